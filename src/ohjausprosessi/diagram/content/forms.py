"""The form a state is drawn in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.model import State

Form = Literal["box", "strip", "start", "end", "choice", "bar"]
_MOST_ON_CIRCLE = 5


def form_of(selection: Selection, state: State) -> Form:
    """The form that a state has in a view."""
    if state.id == selection.grid.strip:
        return "strip"
    if state.kind == "end":
        return "end"
    if state.kind in {"fork", "join"}:
        return "bar"
    if state.kind == "choice":
        return "choice"
    return "start" if _is_circle(selection, state) else "box"


def _is_circle(selection: Selection, state: State) -> bool:
    """Whether a start has nothing to show in a box, and few enough lines for a circle."""
    if state.id != selection.definition.start or state.kind != "state":
        return False
    lines = sum(state.id in {line.source, line.target} for line in selection.lines)
    bare = not state.services and not state.exclusive and not selection.chips.get(state.id)
    return bare and lines <= _MOST_ON_CIRCLE
