"""Where lines may leave and enter a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ohjausprosessi.diagram.content.service_list import SHELF_LEADING, SHELF_LEAST, SHELF_TEXT
from ohjausprosessi.diagram.geometry.display_list import Box
from ohjausprosessi.diagram.geometry.text_metrics import text_width

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.geometry.display_list import Point
    from ohjausprosessi.diagram.layout.placement import Frame, Place

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


def ports_of(selection: Selection, frame: Frame, place: Place) -> tuple[Port, ...]:
    """Return the ports of a state; none lies under a badge."""
    scale = frame.setting.scale
    form = place.card.form
    if form == "strip":
        return _strip_ports(selection, frame, place)
    if form == "card":
        ports = _card_ports(place, scale)
    elif form == "choice":
        ports = _choice_ports(place, scale)
    elif form == "bar":
        ports = _bar_ports(place, scale)
    else:
        ports = _circle_ports(place, scale)
    badges = [box.grown(2 * scale) for box in badges_of(selection, frame, place).values()]
    free = tuple(p for p in ports if not any(_within(p, badge) for badge in badges))
    return free or ports


def _within(port: Port, box: Box) -> bool:
    """Return whether a badge covers a port, or what lies before it where it stands at the left."""
    beside = port.side == "L" and box.right >= port.x - _BESIDE and box.left <= port.x
    return (box.left <= port.x <= box.right or beside) and box.top <= port.y <= box.bottom


def _strip_ports(selection: Selection, frame: Frame, place: Place) -> tuple[Port, ...]:
    box, scale = place.box, frame.setting.scale
    downs = (
        Port("B", x + k * frame.card_width * 0.24, box.bottom, abs(k) * 3.0)
        for column, x in frame.columns.items()
        if column < selection.grid.columns
        for k in (0, -1, 1)
    )
    rights = (Port("R", box.right, place.y + k * 9 * scale, 0.0) for k in (-1, 0, 1))
    return (*downs, *rights)


def _card_ports(place: Place, scale: float) -> tuple[Port, ...]:
    box = place.box
    across = box.width / 3.4
    ports: list[Port] = []
    for k, cost in ((0, 0.0), (-1, 5.0), (1, 5.0)):
        y = place.y + k * 11 * scale
        x = place.x + k * across
        ports += [Port("R", box.right, y, cost), Port("L", box.left, y, cost)]
        ports += [Port("B", x, box.bottom, 6 + cost), Port("T", x, box.top, 6 + cost)]
    if box.height > _TALL * scale:
        for k in (-2, 2):
            y = place.y + k * 11 * scale
            ports += [Port("R", box.right, y, 9.0), Port("L", box.left, y, 9.0)]
    return tuple(ports)


def _choice_ports(place: Place, scale: float) -> tuple[Port, ...]:
    """Return ports at the corners of the diamond, then on its sides."""
    box, inset = place.box, 6 * scale
    top = place.label.top if place.label else box.top
    corners = (
        Port("L", box.left, place.y, 0.0),
        Port("R", box.right, place.y, 0.0),
        Port("B", place.x, box.bottom, 2.0),
        Port("T", place.x, top, 8.0),
    )
    sides = (
        port
        for k in (-1, 1)
        for port in (
            Port("L", box.left + inset, place.y + k * inset, 9.0),
            Port("R", box.right - inset, place.y + k * inset, 9.0),
            Port("B", place.x + k * inset, box.bottom - inset, 11.0),
        )
    )
    return (*corners, *sides)


def _bar_ports(place: Place, scale: float) -> tuple[Port, ...]:
    box = place.box
    steps = [(k, abs(k) * 2.0) for k in (0.0, -1.0, 1.0, -1.7, 1.7)]
    lefts = (Port("L", box.left, place.y + k * 11 * scale, cost) for k, cost in steps)
    rights = (Port("R", box.right, place.y + k * 11 * scale, cost) for k, cost in steps)
    beneath = place.label.bottom if place.label else box.bottom
    below, above = Port("B", place.x, beneath, 14.0), Port("T", place.x, box.top, 10.0)
    return (*lefts, *rights, below, above)


def _circle_ports(place: Place, scale: float) -> tuple[Port, ...]:
    """Return the ports of a start or an end; lines end on the circle, or beneath the label."""
    box, spread = place.box, 7 * scale
    inset = box.width / 2 - (box.width**2 / 4 - spread**2) ** 0.5
    beneath = place.label.bottom if place.label else box.bottom
    start = place.card.form == "start"
    lefts = tuple(
        Port("L", box.left + abs(k) * inset, place.y + k * spread, abs(k) * 6.0) for k in (0, -1, 1)
    )
    half = place.label.width / 2 if place.label else box.width / 2
    below = tuple(
        Port("B", place.x + k * _ASIDE * scale, beneath, (2.0 if start else 90.0) + abs(k) * 4)
        for k in (0, -1, 1)
        if abs(k) * _ASIDE * scale <= half
    )
    above = Port("T", place.x, box.top, 8.0 if start else 60.0)
    if not start:
        return (*lefts, above, *below)
    rights = tuple(
        Port("R", box.right - abs(k) * inset, place.y + k * spread, abs(k) * 6.0)
        for k in (0, -1, 1)
    )
    return (*rights, *below, above, *lefts)


def badges_of(selection: Selection, frame: Frame, place: Place) -> dict[str, Box]:
    """Return what is drawn on or beside the outline of a state: no line may run through it."""
    scale, box, state = frame.setting.scale, place.box, place.card.state
    form = place.card.form
    ghost = place.card.ghost
    inferred = selection.inferred(selection.definition.states[state]) and not ghost
    lettered = state in selection.letters
    badges: dict[str, Box] = {}
    if place.card.deadline and form != "strip":
        left = box.left + (9 if form == "card" else -6) * scale
        wide = text_width(place.card.deadline, 9 * scale) + 23 * scale
        badges["deadline"] = Box(left, box.top - 16.6 * scale, left + wide, box.top)
    if inferred:
        badges["question"] = _around(question_at(place, scale), 6.2 * scale)
    if lettered:
        badges["letter"] = _around(letter_at(place, scale), 7.5 * scale)
    if form == "card" and state == selection.definition.start:
        badges["start"] = _around((box.left, place.y), 6.5 * scale)
    if form == "card" and selection.definition.states[state].exclusive and not ghost:
        badges["choice"] = _around((box.right - 2 * scale, box.top + scale), 8.5 * scale)
    return badges


def question_at(place: Place, scale: float) -> Point:
    """Return where the question mark of a state without source stands."""
    box, form = place.box, place.card.form
    if form in {"card", "strip"}:
        return box.left + 10 * scale, box.bottom
    if form == "choice":
        return box.right - scale, box.bottom - scale
    if form == "bar":
        return place.x + 11 * scale, box.top - 4 * scale
    return box.left - 11 * scale, place.y + 10 * scale


def letter_at(place: Place, scale: float) -> Point:
    """Return where the letter of a state stands that chips lead to."""
    box, form = place.box, place.card.form
    if form == "strip":
        return box.left + 16 * scale, place.y
    if form == "card":
        return box.left, box.top
    if form == "choice":
        return box.left + scale, box.bottom - scale
    if form == "bar":
        return place.x - 12 * scale, box.top - 5 * scale
    return box.left - 11 * scale, place.y - 9 * scale


def _around(at: Point, radius: float) -> Box:
    return Box(at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)


def blocks_of(selection: Selection, frame: Frame) -> dict[tuple[str, str], Box]:
    """Return what no line may enter, by what it belongs to and what it is."""
    scale = frame.setting.scale
    blocks: dict[tuple[str, str], Box] = {}
    for state, place in frame.places.items():
        blocks[state, "form"] = place.box
        if place.label is not None:
            blocks[state, "label"] = place.label
        for name, badge in badges_of(selection, frame, place).items():
            blocks[state, name] = badge
    for owner, lane in frame.lanes.items():
        for n, listed in enumerate(lane.listed):
            wide = max(text_width(line, SHELF_TEXT * scale) for line in listed.lines)
            tall = max(len(listed.lines) * SHELF_LEADING, SHELF_LEAST)
            blocks[f"lane {owner}", f"service {n}"] = Box(
                listed.x, listed.y, listed.x + 30 * scale + wide, listed.y + tall * scale
            )
    return blocks
