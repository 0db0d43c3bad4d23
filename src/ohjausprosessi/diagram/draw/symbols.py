"""The small symbols: services, letters, receiver marks, clocks, flashes, arrowheads, pills."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.geometry.display_list import (
    Circle,
    Node,
    Pen,
    Polygon,
    Polyline,
    Rect,
    RoundedBox,
    TextShape,
)
from ohjausprosessi.diagram.geometry.text_metrics import text_width

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.palette import OwnerStyle
    from ohjausprosessi.diagram.geometry.display_list import Dash, Outline, Point, Scene

NUMBER_RADIUS = 7.6
RECEIVER_MARK_RADIUS = 4.6
RING_RADIUS = 3.2
HEAD_LENGTH = 8.0
HEAD_HALF = 3.4
SERVICE_RADIUS = 10.4
_CODE = 9.6
_CODE_LONG = 8.9


def roundel(scene: Scene, at: Point, letter: str, radius: float) -> None:
    """Draw a white letter on a black disc: it names where a chip leads."""
    scene.add(
        Circle(at, radius, Pen(palette.DARK, palette.DARK)),
        TextShape(
            (at[0], at[1] + radius * 0.43),
            letter,
            radius * (1.22 if len(letter) == 1 else 0.9),
            bold=True,
            colour=palette.WHITE,
            kind="letter",
            ground=palette.DARK,
        ),
    )


def letter_badge(scene: Scene, name: str, at: Point, letter: str, radius: float) -> None:
    """Draw the letter of a state on its outline: chips of the same letter lead here."""
    size = radius * (1.22 if len(letter) == 1 else 0.9)
    label = _middle_text(at, letter, size, "letter", palette.DARK)
    pen = Pen(palette.DARK, palette.DARK, 0.5)
    _badge(scene, f"letter-{name}", "circle", at, radius, pen=pen, label=label)


def question_badge(scene: Scene, name: str, at: Point, scale: float) -> None:
    """Draw the question mark of a state without a source, on its outline."""
    label = _middle_text(at, "?", 9.5 * scale, "badge", palette.WHITE)
    pen = Pen(palette.WHITE, palette.GREY, scale)
    _badge(scene, f"inferred-{name}", "circle", at, 6.2 * scale, pen=pen, label=label)


def choice_badge(scene: Scene, name: str, at: Point, scale: float) -> None:
    """Draw a small diamond on the outline of a state: exactly one of its exits is taken."""
    label = _middle_text(at, "×", 11 * scale, "badge", palette.WHITE)
    pen = Pen(palette.WHITE, palette.GREY, 1.3 * scale)
    _badge(scene, f"choice-{name}", "diamond", at, 8.5 * scale, pen=pen, label=label)


def start_badge(scene: Scene, name: str, at: Point, scale: float) -> None:
    """Draw the green circle of a start on the outline of a box: a case begins here."""
    radius = 6.5 * scale
    box = Rect.around(at, radius)
    pen = Pen(palette.WHITE, palette.START, 2.2 * scale)
    scene.nodes.append(Node(f"start-{name}", ("badge",), "", box, "circle", pen))


def signed(scene: Scene, name: str, at: Point, text: str, *, colour: str, scale: float) -> None:
    """Draw a count or a sign in white on a coloured pill, over everything else."""
    size = 9 * scale
    half = max(7 * scale, text_width(text, size, bold=True) / 2 + 4 * scale)
    box = Rect.around(at, half, 6.5 * scale)
    label = _middle_text(at, text, size, "overlay", colour)
    pen = Pen(colour, palette.WHITE, 0.8 * scale)
    scene.nodes.append(Node(name, ("badge", "overlay"), "", box, "box", pen, label))


def _middle_text(at: Point, text: str, size: float, kind: str, ground: str) -> TextShape:
    colour = palette.ink_on(ground)
    y = at[1] + size * 0.35
    return TextShape((at[0], y), text, size, bold=True, colour=colour, kind=kind, ground=ground)


def _badge(
    scene: Scene,
    name: str,
    outline: Outline,
    at: Point,
    radius: float,
    *,
    pen: Pen,
    label: TextShape,
) -> None:
    box = Rect.around(at, radius)
    scene.nodes.append(Node(name, ("badge",), "", box, outline, pen, label))


def receiver_mark(
    scene: Scene, at: Point, radius: float, colour: str, *, answered: bool, line: str = ""
) -> None:
    """Draw a receiver mark: with a tick the receiver must acknowledge, hollow notice is enough."""
    x, y = at
    pen = Pen(colour if answered else palette.WHITE, colour, radius * 0.26)
    kind = f"{'receipt' if answered else 'notice'} {line}"
    scene.add(Circle(at, radius, pen, kind.strip()))
    if answered:
        points = (
            (x - radius * 0.45, y + radius * 0.02),
            (x - radius * 0.1, y + radius * 0.4),
            (x + radius * 0.5, y - radius * 0.38),
        )
        scene.add(Polyline(points, Pen("", palette.WHITE, radius * 0.27)))


def declined(scene: Scene, at: Point, radius: float) -> None:
    """Draw the symbol of a hand-off that was declined or not answered."""
    x, y = at
    arm = radius * 0.42
    white = Pen("", palette.WHITE, radius * 0.27)
    scene.add(
        Circle(at, radius, Pen(palette.PURPLE, palette.PURPLE)),
        Polyline(((x - arm, y - arm), (x + arm, y + arm)), white),
        Polyline(((x - arm, y + arm), (x + arm, y - arm)), white),
    )


def clock(scene: Scene, at: Point, radius: float) -> None:
    """Draw a clock: a deadline or a timer."""
    x, y = at
    pen = Pen(palette.WHITE, palette.INK, radius * 0.22)
    hands = ((x, y - radius * 0.62), (x, y), (x + radius * 0.45, y + radius * 0.2))
    scene.add(
        Circle(at, radius, pen, "clock"), Polyline(hands, Pen("", palette.INK, radius * 0.22))
    )


def flash(scene: Scene, at: Point, scale: float) -> None:
    """Draw the symbol of an interrupt."""
    x, y = at
    shape = ((1, -8), (-5, 1.5), (-0.5, 1.5), (-2, 8), (5, -2), (0.6, -2))
    points = tuple((x + dx * scale, y + dy * scale) for dx, dy in shape)
    scene.add(Polygon(points, Pen(palette.FLASH, palette.FLASH_EDGE, 0.8 * scale), "flash"))


def question_mark(scene: Scene, at: Point, scale: float) -> None:
    """Draw the question mark of an element without a source."""
    radius = 6.2 * scale
    scene.add(
        Circle(at, radius, Pen(palette.WHITE, palette.GREY, scale, "dotted")),
        TextShape((at[0], at[1] + 3.4 * scale), "?", 9.5 * scale, bold=True, kind="badge"),
    )


def diamond(scene: Scene, at: Point, half: float, scale: float) -> None:
    """Draw a choice: a white diamond with a cross."""
    x, y = at
    points = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    arm = half * 0.34
    pen = Pen("", palette.GREY, 1.7 * scale)
    scene.add(
        Polygon(points, Pen(palette.WHITE, palette.GREY, 1.3 * scale), "choice"),
        Polyline(((x - arm, y - arm), (x + arm, y + arm)), pen),
        Polyline(((x - arm, y + arm), (x + arm, y - arm)), pen),
    )


def number_disc(
    scene: Scene,
    at: Point,
    number: int,
    style: tuple[str, str],
    scale: float,
    *,
    inferred: bool,
    line: str = "",
) -> None:
    """Draw the number of a transition; ``style`` is the fill, and the colour of outline and number."""
    fill, colour = style
    dash: Dash = "dotted" if inferred else "solid"
    size = 9.2 if number < 100 else 7.4  # noqa: PLR2004  three figures need less
    scene.add(
        Circle(at, NUMBER_RADIUS * scale, Pen(fill, colour, 1.1 * scale, dash)),
        TextShape(
            (at[0], at[1] + size * 0.36 * scale),
            str(number),
            size * scale,
            bold=True,
            colour=colour,
            kind="number",
            owner=line,
            ground=fill,
        ),
    )


def service_symbol(
    scene: Scene,
    at: Point,
    code: str,
    look: tuple[OwnerStyle, str],
    scale: float,
    *,
    client: bool = True,
    outlined: bool = True,
    kind: str = "code",
) -> tuple[Rect, Outline]:
    """Draw the coded symbol of a service, without its outline if that is a node of its own.

    ``look`` is the style of the owner and the shape of its services. The result is the rectangle and
    the form of the outline.
    """
    x, y = at
    style, shape = look
    radius = SERVICE_RADIUS * scale
    fill = style.fill if client else palette.WHITE
    pen = Pen(fill, style.line if outlined else "", 1.2 * scale, "solid" if client else "dotted")
    size = _CODE if len(code) <= 2 else _CODE_LONG  # noqa: PLR2004  three signs need less
    if shape == "triangle":
        box = Rect(x - radius * 1.12, y - radius * 1.05, x + radius * 1.12, y + radius * 0.86)
        points = ((x, box.top), (box.right, box.bottom), (box.left, box.bottom))
        scene.add(Polygon(points, pen))
        baseline = y + radius * 0.66
        form: Outline = "triangle"
    elif shape == "point":
        box = Rect.around(at, radius * 0.95)
        scene.add(Circle(at, radius * 0.95, pen))
        baseline = y + size * 0.36 * scale
        form = "circle"
    else:
        box = Rect.around(at, radius * 0.95, radius * 0.85)
        scene.add(RoundedBox(box, 0.0, pen))
        baseline = y + size * 0.36 * scale
        form = "box"
    colour = palette.ink_on(fill)
    scene.add(
        TextShape(
            (x, baseline), code, size * scale, bold=True, colour=colour, kind=kind, ground=fill
        )
    )
    return box, form


def arrowhead(
    scene: Scene,
    before: Point,
    tip: Point,
    colour: str,
    scale: float,
    *,
    open_: bool,
    line: str = "",
) -> None:
    """Draw the head of a line, open for a hand-off, else filled."""
    length = hypot(tip[0] - before[0], tip[1] - before[1]) or 1.0
    ux, uy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    x, y = tip[0] - ux * HEAD_LENGTH * scale, tip[1] - uy * HEAD_LENGTH * scale
    half = HEAD_HALF * scale
    points = (tip, (x - uy * half, y + ux * half), (x + uy * half, y - ux * half))
    fill = palette.WHITE if open_ else colour
    scene.add(
        Polygon(
            points, Pen(fill, colour, 1.2 * scale if open_ else 0.6 * scale), f"head {line}".strip()
        )
    )


def chip_width(scale: float, *, numbered: bool) -> float:
    """The width of a chip with number and letter, or with the letter alone."""
    return (35.0 if numbered else 21.0) * scale


def pill_text(
    scene: Scene, left: float, middle: float, text: str, scale: float, *, clocked: bool
) -> Rect:
    """Draw a white pill with a text, behind a clock if ``clocked``; the result is its rectangle."""
    size = 9 * scale
    lead = 17 * scale if clocked else 7 * scale
    box = Rect(
        left,
        middle - 7 * scale,
        left + lead + text_width(text, size) + 6 * scale,
        middle + 7 * scale,
    )
    scene.rectangle(box, Pen(palette.WHITE, palette.GREY, scale), radius=7 * scale)
    if clocked:
        clock(scene, (left + 8.5 * scale, middle), 4.4 * scale)
    scene.add(
        TextShape((left + lead, middle + 3.3 * scale), text, size, anchor="start", kind="badge")
    )
    return box
