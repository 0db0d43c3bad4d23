"""What lines must not run through: forms, labels, badges and listed services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.geometry.display_list import Rect
from ohjausprosessi.diagram.geometry.text_metrics import text_width
from ohjausprosessi.diagram.layout.service_list import SERVICE_LEADING, SERVICE_LEAST, SERVICE_TEXT

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.geometry.display_list import Point
    from ohjausprosessi.diagram.layout.placement import PlacedState, Placement


def badges_of(selection: Selection, placement: Placement, placed: PlacedState) -> dict[str, Rect]:
    """The badges on or beside the outline of a state, by name; no line may run through them."""
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
        badges["question"] = Rect.around(question_at(placed, scale), 6.2 * scale)
    if lettered:
        badges["letter"] = Rect.around(letter_at(placed, scale), 7.5 * scale)
    if form == "box" and state == selection.definition.start:
        badges["start"] = Rect.around((box.left, placed.y), 6.5 * scale)
    if form == "box" and selection.definition.states[state].exclusive and not ghost:
        badges["choice"] = Rect.around((box.right - 2 * scale, box.top + scale), 8.5 * scale)
    return badges


def question_at(placed: PlacedState, scale: float) -> Point:
    """Where the question mark of a state without source stands."""
    box, form = placed.box, placed.state_box.form
    if form in {"box", "strip"}:
        return box.left + 10 * scale, box.bottom
    if form == "choice":
        return box.right - scale, box.bottom - scale
    if form == "bar":
        return placed.x + 11 * scale, box.top - 4 * scale
    return box.left - 11 * scale, placed.y + 10 * scale


def letter_at(placed: PlacedState, scale: float) -> Point:
    """Where the letter of a state that chips lead to stands."""
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


def blocks_of(selection: Selection, placement: Placement) -> dict[tuple[str, str], Rect]:
    """Everything that no line of another state may enter, by its owner and what it is."""
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
