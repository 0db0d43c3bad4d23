"""Where lines may leave and enter a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ohjausprosessi.diagram.geometry.display_list import Rect
from ohjausprosessi.diagram.geometry.text_metrics import text_width
from ohjausprosessi.diagram.layout.service_list import SERVICE_LEADING, SERVICE_LEAST, SERVICE_TEXT

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.geometry.display_list import Point
    from ohjausprosessi.diagram.layout.placement import PlacedState, Placement

Side = Literal["L", "R", "T", "B"]
_TALL = 90.0
_BESIDE = 30.0
_ASIDE = 13.0


class Port(NamedTuple):
    """A place on the outline of a state.

    Attributes:
        side: left, right, top or bottom.
        cost: what a line pays to use it.
    """

    side: Side
    x: float
    y: float
    cost: float


def ports_of(selection: Selection, placement: Placement, placed: PlacedState) -> tuple[Port, ...]:
    """Return the ports of a state; none lies under a badge."""
    scale = placement.sizes.scale
    form = placed.state_box.form
    if form == "strip":
        return _strip_ports(selection, placement, placed)
    if form == "box":
        ports = _card_ports(placed, scale)
    elif form == "choice":
        ports = _choice_ports(placed, scale)
    elif form == "bar":
        ports = _bar_ports(placed, scale)
    else:
        ports = _circle_ports(placed, scale)
    badges = [box.grown(2 * scale) for box in badges_of(selection, placement, placed).values()]
    free = tuple(p for p in ports if not any(_within(p, badge) for badge in badges))
    return free or ports


def _within(port: Port, box: Rect) -> bool:
    """Return whether a badge covers a port, or what lies before it where it stands at the left."""
    beside = port.side == "L" and box.right >= port.x - _BESIDE and box.left <= port.x
    return (box.left <= port.x <= box.right or beside) and box.top <= port.y <= box.bottom


def _strip_ports(
    selection: Selection, placement: Placement, placed: PlacedState
) -> tuple[Port, ...]:
    box, scale = placed.box, placement.sizes.scale
    downs = (
        Port("B", x + k * placement.box_width * 0.24, box.bottom, abs(k) * 3.0)
        for column, x in placement.columns.items()
        if column < selection.grid.columns
        for k in (0, -1, 1)
    )
    rights = (Port("R", box.right, placed.y + k * 9 * scale, 0.0) for k in (-1, 0, 1))
    return (*downs, *rights)


def _card_ports(placed: PlacedState, scale: float) -> tuple[Port, ...]:
    box = placed.box
    across = box.width / 3.4
    ports: list[Port] = []
    for k, cost in ((0, 0.0), (-1, 5.0), (1, 5.0)):
        y = placed.y + k * 11 * scale
        x = placed.x + k * across
        ports += [Port("R", box.right, y, cost), Port("L", box.left, y, cost)]
        ports += [Port("B", x, box.bottom, 6 + cost), Port("T", x, box.top, 6 + cost)]
    if box.height > _TALL * scale:
        for k in (-2, 2):
            y = placed.y + k * 11 * scale
            ports += [Port("R", box.right, y, 9.0), Port("L", box.left, y, 9.0)]
    return tuple(ports)


def _choice_ports(placed: PlacedState, scale: float) -> tuple[Port, ...]:
    """Return ports at the corners of the diamond, then on its sides."""
    box, inset = placed.box, 6 * scale
    top = placed.label.top if placed.label else box.top
    corners = (
        Port("L", box.left, placed.y, 0.0),
        Port("R", box.right, placed.y, 0.0),
        Port("B", placed.x, box.bottom, 2.0),
        Port("T", placed.x, top, 8.0),
    )
    sides = (
        port
        for k in (-1, 1)
        for port in (
            Port("L", box.left + inset, placed.y + k * inset, 9.0),
            Port("R", box.right - inset, placed.y + k * inset, 9.0),
            Port("B", placed.x + k * inset, box.bottom - inset, 11.0),
        )
    )
    return (*corners, *sides)


def _bar_ports(placed: PlacedState, scale: float) -> tuple[Port, ...]:
    box = placed.box
    steps = [(k, abs(k) * 2.0) for k in (0.0, -1.0, 1.0, -1.7, 1.7)]
    lefts = (Port("L", box.left, placed.y + k * 11 * scale, cost) for k, cost in steps)
    rights = (Port("R", box.right, placed.y + k * 11 * scale, cost) for k, cost in steps)
    beneath = placed.label.bottom if placed.label else box.bottom
    below, above = Port("B", placed.x, beneath, 14.0), Port("T", placed.x, box.top, 10.0)
    return (*lefts, *rights, below, above)


def _circle_ports(placed: PlacedState, scale: float) -> tuple[Port, ...]:
    """Return the ports of a start or an end; lines end on the circle, or beneath the label."""
    box, spread = placed.box, 7 * scale
    inset = box.width / 2 - (box.width**2 / 4 - spread**2) ** 0.5
    beneath = placed.label.bottom if placed.label else box.bottom
    start = placed.state_box.form == "start"
    lefts = tuple(
        Port("L", box.left + abs(k) * inset, placed.y + k * spread, abs(k) * 6.0)
        for k in (0, -1, 1)
    )
    half = placed.label.width / 2 if placed.label else box.width / 2
    below = tuple(
        Port("B", placed.x + k * _ASIDE * scale, beneath, (2.0 if start else 90.0) + abs(k) * 4)
        for k in (0, -1, 1)
        if abs(k) * _ASIDE * scale <= half
    )
    above = Port("T", placed.x, box.top, 8.0 if start else 60.0)
    if not start:
        return (*lefts, above, *below)
    rights = tuple(
        Port("R", box.right - abs(k) * inset, placed.y + k * spread, abs(k) * 6.0)
        for k in (0, -1, 1)
    )
    return (*rights, *below, above, *lefts)


def badges_of(selection: Selection, placement: Placement, placed: PlacedState) -> dict[str, Rect]:
    """Return what is drawn on or beside the outline of a state: no line may run through it."""
    scale, box, state = placement.sizes.scale, placed.box, placed.state_box.state
    form = placed.state_box.form
    ghost = placed.state_box.ghost
    inferred = selection.inferred(selection.definition.states[state]) and not ghost
    lettered = state in selection.letters
    badges: dict[str, Rect] = {}
    if placed.state_box.deadline and form != "strip":
        left = box.left + (9 if form == "box" else -6) * scale
        wide = text_width(placed.state_box.deadline, 9 * scale) + 23 * scale
        badges["deadline"] = Rect(left, box.top - 16.6 * scale, left + wide, box.top)
    if inferred:
        badges["question"] = _around(question_at(placed, scale), 6.2 * scale)
    if lettered:
        badges["letter"] = _around(letter_at(placed, scale), 7.5 * scale)
    if form == "box" and state == selection.definition.start:
        badges["start"] = _around((box.left, placed.y), 6.5 * scale)
    if form == "box" and selection.definition.states[state].exclusive and not ghost:
        badges["choice"] = _around((box.right - 2 * scale, box.top + scale), 8.5 * scale)
    return badges


def question_at(placed: PlacedState, scale: float) -> Point:
    """Return where the question mark of a state without source stands."""
    box, form = placed.box, placed.state_box.form
    if form in {"box", "strip"}:
        return box.left + 10 * scale, box.bottom
    if form == "choice":
        return box.right - scale, box.bottom - scale
    if form == "bar":
        return placed.x + 11 * scale, box.top - 4 * scale
    return box.left - 11 * scale, placed.y + 10 * scale


def letter_at(placed: PlacedState, scale: float) -> Point:
    """Return where the letter of a state stands that chips lead to."""
    box, form = placed.box, placed.state_box.form
    if form == "strip":
        return box.left + 16 * scale, placed.y
    if form == "box":
        return box.left, box.top
    if form == "choice":
        return box.left + scale, box.bottom - scale
    if form == "bar":
        return placed.x - 12 * scale, box.top - 5 * scale
    return box.left - 11 * scale, placed.y - 9 * scale


def _around(at: Point, radius: float) -> Rect:
    return Rect(at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)


def blocks_of(selection: Selection, placement: Placement) -> dict[tuple[str, str], Rect]:
    """Return what no line may enter, by what it belongs to and what it is."""
    scale = placement.sizes.scale
    blocks: dict[tuple[str, str], Rect] = {}
    for state, placed in placement.states.items():
        blocks[state, "form"] = placed.box
        if placed.label is not None:
            blocks[state, "label"] = placed.label
        for name, badge in badges_of(selection, placement, placed).items():
            blocks[state, name] = badge
    for owner, lane in placement.lanes.items():
        for n, listed in enumerate(lane.services):
            wide = max(text_width(line, SERVICE_TEXT * scale) for line in listed.lines)
            tall = max(len(listed.lines) * SERVICE_LEADING, SERVICE_LEAST)
            blocks[f"lane {owner}", f"service {n}"] = Rect(
                listed.x, listed.y, listed.x + 30 * scale + wide, listed.y + tall * scale
            )
    return blocks
