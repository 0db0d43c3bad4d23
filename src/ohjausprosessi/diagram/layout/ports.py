"""Ports: where lines may leave and enter a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ohjausprosessi.diagram.layout.obstacles import badges_of

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.geometry.display_list import Rect
    from ohjausprosessi.diagram.layout.placement import PlacedState, Placement

Side = Literal["L", "R", "T", "B"]
_TALL = 90.0
_BESIDE = 30.0
_ASIDE = 13.0


class Port(NamedTuple):
    """A point on the outline of a state.

    Attributes:
        side: left, right, top or bottom.
        x: its position across.
        y: its position down.
        cost: what a line pays to use it.
    """

    side: Side
    x: float
    y: float
    cost: float


def ports_of(selection: Selection, placement: Placement, placed: PlacedState) -> tuple[Port, ...]:
    """The ports of a state; none lies under a badge unless all do."""
    scale = placement.sizes.scale
    form = placed.state_box.form
    if form == "strip":
        return _strip_ports(selection, placement, placed)
    if form == "box":
        ports = _box_ports(placed, scale)
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
    """Whether a badge covers a port, or the way to a port on the left."""
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


def _box_ports(placed: PlacedState, scale: float) -> tuple[Port, ...]:
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
    """Ports at the corners of the diamond, then on its sides."""
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
    """The ports of a start or an end: on the circle, or beneath the label."""
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
