"""The legend: what is drawn, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.overlays import CROSS, SIGNS
from ohjausprosessi.diagram.draw.symbols import (
    arrowhead,
    clock,
    diamond,
    flash,
    hatch,
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
)
from ohjausprosessi.diagram.geometry.text_metrics import clean
from ohjausprosessi.diagram.layout.state_box import form_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.geometry.display_list import Scene

    Draw = Callable[[Scene, float, float, float], None]


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One entry: a symbol and what it means.

    Attributes:
        key: name of the symbol, such as ``owner sakky`` or ``handoff``.
        width: width of the symbol at scale 1.
        text: what it means.
        draw: draws it on a scene from a left edge, around a middle line, at a scale.
    """

    key: str
    width: float
    text: str
    draw: Draw


def legend_items(selection: Selection) -> list[LegendItem]:
    """Return the entries for exactly what a view shows."""
    present = symbols_of(selection)
    items = [*_overlay(selection), *_owners(selection)]
    for key, (width, name, draw) in _SYMBOLS.items():
        if key in present:
            items.append(LegendItem(key, width, word(name, selection.language), draw))
    return items


def _overlay(selection: Selection) -> Iterator[LegendItem]:
    overlay, language = selection.overlay, selection.language
    if overlay.here:
        yield LegendItem("here", 26.0, word("lg_here", language), _ring(palette.HERE))
    if overlay.failed:
        yield LegendItem("failed", 26.0, word("lg_failed", language), _cross)
    if overlay.taken:
        yield LegendItem("went", 34.0, word("lg_went", language), _wide)
    if overlay.counts:
        yield LegendItem("counts", 34.0, word("lg_counts", language), _wide)
    for change, sign in SIGNS.items():
        if change in overlay.changes:
            text = f"{sign}  {word(f'lg_{change}', language)}"
            yield LegendItem(change, 26.0, text, _ring(palette.CHANGES[change]))


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


def owners_of(selection: Selection) -> tuple[str, ...]:
    """Return the owners a view shows: of lanes, then of marks of services only."""
    definition = selection.definition
    marked = {
        definition.services[s].owner
        for state in selection.states
        if state not in selection.ghosts
        for s in definition.states[state].services
    }
    extra = [
        owner for owner in definition.owners if owner in marked and owner not in selection.lanes
    ]
    return (*selection.lanes, *extra)


def symbols_of(selection: Selection) -> frozenset[str]:
    """Return the names of the symbols a view shows."""
    definition = selection.definition
    states = [definition.states[state] for state in selection.states]
    mine = [state for state in states if state.id not in selection.ghosts]
    forms = {form_of(selection, state) for state in states}
    transitions = [definition.transitions[line.transition] for line in selection.lines]
    chips = [chip for found in selection.chips.values() for chip in found]
    services = [definition.services[s] for state in mine for s in state.services]
    services += [
        definition.services[s] for found in selection.service_lists.values() for s in found
    ]
    handed = [line for line in selection.lines if line.handoff]
    durations = [
        definition.durations[state.deadline]
        for state in mine
        if state.deadline and (selection.full or definition.durations[state.deadline].source)
    ]
    shapes = {definition.owners[service.owner].shape for service in services if service.client}
    found = {
        "start": definition.start in selection.states,
        "end": "end" in forms,
        "triangle": "triangle" in shapes,
        "point": "point" in shapes,
        "square": "square" in shapes,
        "project": any(not service.client for service in services),
        "choice": "choice" in forms or any(state.exclusive for state in mine),
        "fork": "bar" in forms,
        "call": any(state.kind == "call" for state in mine),
        "transition": any(not line.handoff for line in selection.lines),
        "handoff": bool(handed),
        "ack": any(line.answered for line in handed),
        "notice": any(not line.answered for line in handed),
        "deadline": any(duration.source for duration in durations),
        "deadline_ours": any(not duration.source for duration in durations),
        "timer": selection.full and any(t.after for t in transitions),
        "inferred": any(selection.inferred(s) for s in mine)
        or any(line.inferred for line in selection.lines)
        or any(chip.inferred for chip in chips),
        "connector": bool(chips or selection.interrupts) and selection.full,
        "return": bool(chips) and not selection.full,
        "ghost": bool(selection.ghosts),
        "number": selection.full and bool(selection.rows),
        "interrupt": bool(selection.interrupts),
    }
    return frozenset(key for key, shown in found.items() if shown)


def _owners(selection: Selection) -> Iterator[LegendItem]:
    for owner in owners_of(selection):
        style = selection.styles[owner]
        name = clean(selection.definition.owners[owner].text(selection.language))
        if style.members:
            letters = " + ".join(selection.styles[m].letters for m in style.members)
            yield LegendItem(
                f"owner {owner}", 26.0, f"{name} ({letters})", _joint(selection, owner)
            )
        else:
            text = (
                name
                if name.upper().startswith(style.letters) and len(style.letters) > 1
                else f"{style.letters} = {name}"
            )
            yield LegendItem(f"owner {owner}", 26.0, text, _owner(selection, owner))


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
        step = 18 * scale / len(members)
        for n, member in enumerate(members):
            style = selection.styles[member]
            top = y - 9 * scale + n * step
            part = Rect(x, top, x + 9 * scale, top + step)
            scene.rectangle(part, Pen(style.fill, style.line, 0.8 * scale))
            hatch(scene, part.grown(-1), style.hatch, style.line)
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


_SYMBOLS: dict[str, tuple[float, str, Draw]] = {
    "start": (18.0, "lg_start", _start),
    "end": (18.0, "lg_end", _end),
    "triangle": (20.0, "lg_service", _triangle),
    "point": (18.0, "lg_service", _point),
    "square": (19.0, "lg_service", _square),
    "project": (20.0, "lg_project", _project),
    "choice": (16.0, "lg_choice", _choice),
    "fork": (6.0, "lg_fork", _fork),
    "call": (26.0, "lg_call", _call),
    "transition": (34.0, "lg_transition", _transition),
    "handoff": (48.0, "lg_handoff", _handoff),
    "ack": (12.0, "lg_ack", _ack),
    "notice": (12.0, "lg_notice", _notice),
    "deadline": (12.0, "lg_deadline", _clock),
    "deadline_ours": (12.0, "lg_deadline_ours", _clock),
    "timer": (26.0, "lg_timer", _timer),
    "inferred": (40.0, "lg_inferred", _inferred),
    "connector": (16.0, "lg_connector", _letter),
    "return": (16.0, "lg_return", _letter),
    "ghost": (26.0, "lg_ghost", _ghost),
    "number": (18.0, "lg_number", _number),
    "interrupt": (12.0, "lg_interrupt", _interrupt),
}
