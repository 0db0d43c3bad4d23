"""Moves of another branch that cancel a process running inside a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.checks.evidence import (
    counterexample_to,
    move_location,
    move_name,
    over_state_space,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


@over_state_space
def call_cancelled(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find moves of another branch that cancel a process running inside a call."""
    compiled = analysis.compiled
    seen: set[tuple[str, int]] = set()
    for cancellation in analysis.state_space.cancellations:
        move = cancellation.move
        for place in sorted(cancellation.lost & compiled.called.keys()):
            call = compiled.net.places[place]
            if call.scope != 0 or (move.net.name, place) in seen:
                continue
            seen.add((move.net.name, place))
            moved = move_name(analysis, move)
            told = name(analysis.definition.states[call.state or ""])
            yield Finding.error(
                "call-cancelled",
                move_location(analysis, move),
                Text(
                    f"{moved.fi} voi katkaista kesken olevan prosessin {told.fi}",
                    f"{moved.en} can cut off the process running in {told.en}",
                ),
                Text(
                    "yhdistä haarat ennen kutsua tai anna luovutukselle oma `else`",
                    "join the branches before the call, or give the hand-off its own `else`",
                ),
                counterexample=counterexample_to(
                    analysis, cancellation.symbolic_state, cancellation.event
                ),
            )
