"""Moves that can be in contact: enabled, but for a token in the place they lead to (N5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.verify.checks.evidence import (
    counterexample_to,
    move_location,
    move_name,
    over_state_space,
)
from ohjausprosessi.verify.state_space.labels import place_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagnostics import Step
    from ohjausprosessi.verify.state_space.analysis import AnalysisContext
    from ohjausprosessi.verify.state_space.state_space import Contact


@over_state_space
def unsafe(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find moves that a token in an output place can stop (N5)."""
    seen: set[str] = set()
    for contact in analysis.state_space.contacts:
        move = contact.move
        if move.net.name in seen:
            continue
        seen.add(move.net.name)
        moved, place = move_name(analysis, move), place_name(analysis.compiled, contact.place)
        yield Finding.error(
            "unsafe",
            move_location(analysis, move),
            Text(
                f"{moved.fi} voi jäädä odottamaan: {place.fi} on jo varattu toisen haaran "
                "asiakkaalle",
                f"{moved.en} can be stopped: {place.en} is taken by another branch",
            ),
            Text(
                "yhdistä haarat (`join`) ennen samaa tilaa",
                "bring the branches together (`join`) before they meet in one state",
            ),
            counterexample=_counterexample(analysis, contact),
        )


def _counterexample(analysis: AnalysisContext, contact: Contact) -> tuple[Step, ...]:
    """A run to the contact: to the event that leads to it, or to the move itself as tried."""
    if contact.event.moves:
        return counterexample_to(analysis, contact.symbolic_state, contact.event)
    return counterexample_to(analysis, contact.symbolic_state, tried=contact.move)
