"""Ends that can be entered while something else is still open (P1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.verify.checks.evidence import (
    counterexample_to,
    move_location,
    move_name,
    over_state_space,
)
from ohjausprosessi.verify.state_space.labels import place_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


@over_state_space
def improper_completion(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find ends that are entered while something else is still open; interrupts may (P1)."""
    seen: set[str] = set()
    for cancellation in analysis.state_space.cancellations:
        move = cancellation.move
        if not move.net.ends or move.interrupts or move.net.name in seen:
            continue
        seen.add(move.net.name)
        moved = move_name(analysis, move)
        lost = place_names(analysis.compiled, cancellation.lost)
        yield Finding.error(
            "improper-completion",
            move_location(analysis, move),
            Text(
                f"{moved.fi} päättää tapauksen, vaikka kesken on vielä: {lost.fi}",
                f"{moved.en} ends the case while this is still open: {lost.en}",
            ),
            Text(
                "yhdistä haarat (`join`) ennen loppua",
                "bring the branches together (`join`) before the end",
            ),
            counterexample=counterexample_to(
                analysis, cancellation.symbolic_state, cancellation.event
            ),
        )
