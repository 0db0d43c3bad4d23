"""Draws the legend: a sample of each symbol, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.legend_entries import legend_entries
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.overlays import CROSS
from ohjausprosessi.diagram.draw.hatches import hatch, member_bands
from ohjausprosessi.diagram.draw.symbols import (
    arrowhead,
    clock,
    diamond,
    flash,
    number_disc,
    question_mark,
    receiver_mark,
    roundel,
    signed,
)
from ohjausprosessi.diagram.geometry.display_list import (
    Circle,
    Pen,
    Polygon,
    Polyline,
    Rect,
    RoundedBox,
    TextShape,
)
from ohjausprosessi.diagram.geometry.text_metrics import shorten, text_width
from ohjausprosessi.diagram.layout.placement import MARGIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.geometry.display_list import Scene

    # Draws a sample into a scene from a left edge, around a middle line, at a scale.
    Draw = Callable[[Scene, float, float, float], None]

_TEXT = 10.5
_ROW = 23.0
_RING = 26.0


def draw_legend(scene: Scene, selection: Selection, scale: float, y: float) -> float:
    """Draw the legend around the middle line ``y`` and further rows; return the y beneath it."""
    title = word("legend", selection.language)
    scene.add(
        TextShape(
            (MARGIN, y + 4 * scale), title, 12 * scale, bold=True, anchor="start", kind="legend"
        )
    )
    begin = MARGIN + text_width(title, 12 * scale, bold=True) + 16 * scale
    x = begin
    size = _TEXT * scale
    for key, text in legend_entries(selection):
        width, draw = sample(selection, key)
        label = shorten(text, size, scene.width - MARGIN - begin - width * scale - 8 * scale)
        total = width * scale + 6 * scale + text_width(label, size)
        if x + total > scene.width - MARGIN and x > begin:
            x = begin
            y += _ROW * scale
        draw(scene, x, y, scale)
        at = (x + width * scale + 6 * scale, y + 4 * scale)
        scene.add(TextShape(at, label, size, anchor="start", kind="legend"))
        x += total + 16 * scale
    return y + 14 * scale


def sample(selection: Selection, key: str) -> tuple[float, Draw]:
    """The width of a sample at scale 1, and what draws it."""
    if key.startswith("owner "):
        owner = key.removeprefix("owner ")
        joint = selection.styles[owner].members
        return _RING, _joint(selection, owner) if joint else _owner(selection, owner)
    if key == "here":
        return _RING, _ring(palette.HERE)
    if key in palette.CHANGES:
        return _RING, _ring(palette.CHANGES[key])
    return _SAMPLES[key]


def _ring(colour: str) -> Draw:
    def draw(scene: Scene, x: float, y: float, scale: float) -> None:
        box = Rect(x, y - 9 * scale, x + 26 * scale, y + 9 * scale)
        scene.add(RoundedBox(box, 6 * scale, Pen("", colour, 3 * scale)))

    return draw


def _cross(scene: Scene, x: float, y: float, scale: float) -> None:
    at = (x + 13 * scale, y)
    signed(scene, "legend-failed", at, CROSS, colour=palette.FAILED, scale=1.4 * scale)


def _wide(scene: Scene, x: float, y: float, scale: float) -> None:
    scene.add(Polyline(((x, y), (x + 34 * scale, y)), Pen("", palette.GREY, 4 * scale)))


def _owner(selection: Selection, owner: str) -> Draw:
    style = selection.styles[owner]

    def draw(scene: Scene, x: float, y: float, scale: float) -> None:
        box = Rect(x, y - 9 * scale, x + 26 * scale, y + 9 * scale)
        scene.add(RoundedBox(box, 4 * scale, Pen(style.fill, style.line, 1.2 * scale)))
        inner = Rect(x + 1, y - 7.5 * scale, x + 10 * scale, y + 7.5 * scale)
        hatch(scene, inner, style.hatch, style.line)

    return draw


def _joint(selection: Selection, owner: str) -> Draw:
    members = selection.styles[owner].members

    def draw(scene: Scene, x: float, y: float, scale: float) -> None:
        scene.rectangle(Rect(x, y - 9 * scale, x + 26 * scale, y + 9 * scale), Pen(palette.WHITE))
        strip = Rect(x, y - 9 * scale, x + 9 * scale, y + 9 * scale)
        member_bands(scene, strip, members, selection.styles, width=0.8 * scale)
        outline = Rect(x, y - 9 * scale, x + 26 * scale, y + 9 * scale)
        scene.rectangle(outline, Pen("", palette.GREY, 1.2 * scale))

    return draw


def _start(scene: Scene, x: float, y: float, scale: float) -> None:
    pen = Pen(palette.WHITE, palette.START, 2.2 * scale)
    scene.add(Circle((x + 9 * scale, y), 8 * scale, pen))


def _end(scene: Scene, x: float, y: float, scale: float) -> None:
    scene.add(Circle((x + 9 * scale, y), 7 * scale, Pen(palette.WHITE, palette.GREY, 4 * scale)))


def _triangle(scene: Scene, x: float, y: float, scale: float) -> None:
    points = ((x + 10 * scale, y - 9 * scale), (x + 20 * scale, y + 8 * scale), (x, y + 8 * scale))
    scene.add(Polygon(points, Pen(palette.WHITE, palette.GREY, 1.2 * scale)))


def _point(scene: Scene, x: float, y: float, scale: float) -> None:
    scene.add(
        Circle((x + 9 * scale, y), 8.5 * scale, Pen(palette.WHITE, palette.GREY, 1.2 * scale))
    )


def _square(scene: Scene, x: float, y: float, scale: float) -> None:
    box = Rect(x + scale, y - 8 * scale, x + 18 * scale, y + 8 * scale)
    scene.rectangle(box, Pen(palette.WHITE, palette.GREY, 1.2 * scale))


def _project(scene: Scene, x: float, y: float, scale: float) -> None:
    points = ((x + 10 * scale, y - 9 * scale), (x + 20 * scale, y + 8 * scale), (x, y + 8 * scale))
    scene.add(Polygon(points, Pen(palette.WHITE, palette.GREY, 1.2 * scale, "dotted")))


def _choice(scene: Scene, x: float, y: float, scale: float) -> None:
    diamond(scene, (x + 8 * scale, y), 8 * scale, scale)


def _fork(scene: Scene, x: float, y: float, scale: float) -> None:
    scene.rectangle(Rect(x, y - 9 * scale, x + 5 * scale, y + 9 * scale), Pen(palette.GREY))


def _call(scene: Scene, x: float, y: float, scale: float) -> None:
    outer = Rect(x, y - 9 * scale, x + 26 * scale, y + 9 * scale)
    scene.rectangle(outer, Pen(palette.WHITE, palette.GREY, 1.2 * scale))
    scene.rectangle(outer.grown(-3 * scale), Pen("", palette.GREY, scale))


def _transition(scene: Scene, x: float, y: float, scale: float) -> None:
    scene.add(Polyline(((x, y), (x + 27 * scale, y)), Pen("", palette.GREY, 1.4 * scale)))
    arrowhead(scene, (x, y), (x + 34 * scale, y), palette.GREY, scale, open_=False)


def _handoff(scene: Scene, x: float, y: float, scale: float) -> None:
    line = ((x + 3 * scale, y), (x + 40 * scale, y))
    scene.add(
        Polyline(line, Pen("", palette.PURPLE, 1.6 * scale, "dashed")),
        Circle((x + 3 * scale, y), 3.2 * scale, Pen(palette.WHITE, palette.PURPLE, 1.3 * scale)),
    )
    arrowhead(scene, (x, y), (x + 48 * scale, y), palette.PURPLE, scale, open_=True)


def _ack(scene: Scene, x: float, y: float, scale: float) -> None:
    receiver_mark(scene, (x + 6 * scale, y), 5 * scale, palette.GREY, answered=True)


def _notice(scene: Scene, x: float, y: float, scale: float) -> None:
    receiver_mark(scene, (x + 6 * scale, y), 5 * scale, palette.GREY, answered=False)


def _clock(scene: Scene, x: float, y: float, scale: float) -> None:
    clock(scene, (x + 6 * scale, y), 6 * scale)


def _timer(scene: Scene, x: float, y: float, scale: float) -> None:
    scene.add(Polyline(((x, y), (x + 26 * scale, y)), Pen("", palette.GREY, 1.4 * scale)))
    clock(scene, (x + 13 * scale, y - 1 * scale), 5 * scale)


def _inferred(scene: Scene, x: float, y: float, scale: float) -> None:
    box = Rect(x, y - 9 * scale, x + 26 * scale, y + 9 * scale)
    pen = Pen(palette.WHITE, palette.GREY, 1.6 * scale, "dotted")
    scene.add(RoundedBox(box, 4 * scale, pen))
    question_mark(scene, (x + 33 * scale, y), scale)


def _letter(scene: Scene, x: float, y: float, scale: float) -> None:
    roundel(scene, (x + 8 * scale, y), "A", 7.5 * scale)


def _ghost(scene: Scene, x: float, y: float, scale: float) -> None:
    box = Rect(x, y - 9 * scale, x + 26 * scale, y + 9 * scale)
    scene.add(RoundedBox(box, 4 * scale, Pen(palette.WHITE, palette.GREY, scale, "dashed")))


def _number(scene: Scene, x: float, y: float, scale: float) -> None:
    style = (palette.WHITE, palette.GREY)
    number_disc(scene, (x + 9 * scale, y), 1, style, scale, inferred=False)


def _interrupt(scene: Scene, x: float, y: float, scale: float) -> None:
    flash(scene, (x + 6 * scale, y), scale)


_SAMPLES: dict[str, tuple[float, Draw]] = {
    "failed": (26.0, _cross),
    "went": (34.0, _wide),
    "counts": (34.0, _wide),
    "start": (18.0, _start),
    "end": (18.0, _end),
    "triangle": (20.0, _triangle),
    "point": (18.0, _point),
    "square": (19.0, _square),
    "project": (20.0, _project),
    "choice": (16.0, _choice),
    "fork": (6.0, _fork),
    "call": (26.0, _call),
    "transition": (34.0, _transition),
    "handoff": (48.0, _handoff),
    "ack": (12.0, _ack),
    "notice": (12.0, _notice),
    "deadline": (12.0, _clock),
    "deadline_ours": (12.0, _clock),
    "timer": (26.0, _timer),
    "inferred": (40.0, _inferred),
    "connector": (16.0, _letter),
    "return": (16.0, _letter),
    "ghost": (26.0, _ghost),
    "number": (18.0, _number),
    "interrupt": (12.0, _interrupt),
}
