"""What changed between two versions of a definition, state by state and transition by transition.

This is a comparison of the data alone: it explores no state space and runs no check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.model import Definition, State, Transition

__all__ = ["Change", "DefinitionDiff", "compare"]

Change = Literal["added", "removed", "changed", "reowned"]


@dataclass(frozen=True, slots=True)
class DefinitionDiff:
    """The states and transitions that differ between two versions; the rest is equal.

    ``reowned`` outranks ``changed``: an element that has another owner may differ in other keys too.

    Attributes:
        since: the older version.
        states: each state that differs and how, those of the newer version first.
        transitions: each transition that differs and how, in the same order. A transition is
            reowned with the state it leaves, since it belongs to the owner of that state.
    """

    since: str
    states: Mapping[str, Change]
    transitions: Mapping[str, Change]


def compare(old: Definition, new: Definition) -> DefinitionDiff:
    """Compare the states and transitions of two versions by their ids."""
    return DefinitionDiff(
        old.version,
        _changes(old.states, new.states, frozenset()),
        _changes(old.transitions, new.transitions, _leaving_reowned(old, new)),
    )


def _changes(
    old: Mapping[str, State] | Mapping[str, Transition],
    new: Mapping[str, State] | Mapping[str, Transition],
    reowned: frozenset[str],
) -> dict[str, Change]:
    changes: dict[str, Change] = {}
    for key, after in new.items():
        before = old.get(key)
        if before is None:
            changes[key] = "added"
        elif key in reowned or before.owner != after.owner:
            changes[key] = "reowned"
        elif before != after:
            changes[key] = "changed"
    for key in old:
        if key not in new:
            changes[key] = "removed"
    return changes


def _leaving_reowned(old: Definition, new: Definition) -> frozenset[str]:
    """The transitions that leave a state which has another owner in the newer version."""
    return frozenset(
        transition.id
        for transition in new.transitions.values()
        for source in transition.sources
        if source in old.states and old.states[source].owner != new.states[source].owner
    )
