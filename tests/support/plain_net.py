"""The textbook firing rule of a net with reset arcs, to hold the token game against (N5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ohjausprosessi.net import NetTransition

Marking = frozenset[int]


def enabled(transition: NetTransition, marking: Marking) -> bool:
    """Return whether a transition can fire: inputs marked, and no contact."""
    kept = marking - transition.inputs - transition.resets
    return transition.inputs <= marking and not transition.outputs & kept


def fired(transition: NetTransition, marking: Marking) -> Marking:
    """Return the marking after an enabled transition has fired."""
    return (marking - transition.inputs - transition.resets) | transition.outputs
