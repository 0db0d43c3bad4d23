"""Where lines may leave and enter a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ohjausprosessi.diagram.metrics import text_width
from ohjausprosessi.diagram.shapes import Box
from ohjausprosessi.diagram.shelves import SHELF_LEADING, SHELF_LEAST, SHELF_TEXT

if TYPE_CHECKING:
    from ohjausprosessi.diagram.frame import Frame, Place
    from ohjausprosessi.diagram.selection import Selection

Side = Literal["L", "R", "T", "B"]
_TALL = 90.0


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
    box, card = place.box, place.card
    if card.form == "card":
        return _card_ports(selection, place, scale)
    if card.form == "strip":
        downs = tuple(
            Port("B", x + k * frame.card_width * 0.24, box.bottom, abs(k) * 3.0)
            for column, x in frame.columns.items()
            if column < selection.grid.columns
            for k in (0, -1, 1)
        )
        rights = (Port("R", box.right, place.y + k * 9 * scale, 0.0) for k in (-1, 0, 1))
        return (*downs, *rights)
    if card.form == "choice":
        top = place.label.top if place.label else box.top
        return (
            Port("L", box.left, place.y, 0.0),
            Port("R", box.right, place.y, 0.0),
            Port("B", place.x, box.bottom, 2.0),
            Port("T", place.x, top, 8.0),
        )
    beneath = place.label.bottom if place.label else box.bottom
    if card.form == "bar":
        lefts = (Port("L", box.left, place.y + k * 12 * scale, abs(k) * 2.0) for k in (0, -1, 1))
        rights = (Port("R", box.right, place.y + k * 12 * scale, abs(k) * 2.0) for k in (0, -1, 1))
        below, above = Port("B", place.x, beneath, 14.0), Port("T", place.x, box.top, 10.0)
        return (*lefts, *rights, below, above)
    spread = 7 * scale
    marked = card.form == "end" and _marked(selection, card.state)
    sides: tuple[Port, ...] = tuple(
        Port("L", box.left, place.y + k * spread, abs(k) * 6.0)
        for k in ((0,) if marked else (0, -1, 1))
    )
    if card.form == "start":
        return (
            Port("R", box.right, place.y, 0.0),
            Port("B", place.x, beneath, 2.0),
            Port("T", place.x, box.top, 8.0),
            *sides,
        )
    return (*sides, Port("T", place.x, box.top, 60.0), Port("B", place.x, beneath, 90.0))


def _card_ports(selection: Selection, place: Place, scale: float) -> tuple[Port, ...]:
    box = place.box
    state = selection.definition.states[place.card.state]
    across = box.width / 3.4
    ports: list[Port] = []
    for k, cost in ((0, 0.0), (-1, 5.0), (1, 5.0)):
        y = place.y + k * 11 * scale
        ports += [Port("R", box.right, y, cost), Port("L", box.left, y, cost)]
        ports.append(Port("B", place.x + k * across, box.bottom, 6 + cost))
        under_clock = k == -1 and bool(place.card.deadline)
        under_choice = k == 1 and state.exclusive
        if not under_clock and not under_choice:
            ports.append(Port("T", place.x + k * across, box.top, 6 + cost))
    if box.height > _TALL * scale:
        for k in (-2, 2):
            y = place.y + k * 11 * scale
            ports += [Port("R", box.right, y, 9.0), Port("L", box.left, y, 9.0)]
    return tuple(ports)


def blocks_of(selection: Selection, frame: Frame) -> dict[str, Box]:
    """Return what no line may enter: states, labels and marks beside them, services listed."""
    scale = frame.setting.scale
    blocks: dict[str, Box] = {}
    for state, place in frame.places.items():
        blocks[state] = place.box
        if place.label is not None:
            blocks[f"label {state}"] = place.label
        if place.card.form != "card" and place.card.deadline and place.card.form != "strip":
            top = place.box.top
            blocks[f"clock {state}"] = Box(
                place.box.left - 6 * scale, top - 17 * scale, place.box.right + 12 * scale, top
            )
        if place.card.form == "end" and _marked(selection, state):
            x = place.box.left
            blocks[f"marks {state}"] = Box(
                x - 19 * scale, place.y - 16 * scale, x, place.y + 15 * scale
            )
    for owner, lane in frame.lanes.items():
        for n, listed in enumerate(lane.listed):
            wide = max(text_width(line, SHELF_TEXT * scale) for line in listed.lines)
            tall = max(len(listed.lines) * SHELF_LEADING, SHELF_LEAST)
            blocks[f"service {owner} {n}"] = Box(
                listed.x, listed.y, listed.x + 30 * scale + wide, listed.y + tall * scale
            )
    return blocks


def _marked(selection: Selection, state: str) -> bool:
    """Return whether an end has a letter or a question mark at its left."""
    inferred = selection.inferred(selection.definition.states[state])
    return inferred or state in selection.letters
