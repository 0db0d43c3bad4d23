"""States that nothing leads to from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def unreachable(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find states that nothing leads to from the start, guards left out of account."""
    for state in analysis.definition.states.values():
        if state.id not in analysis.reachable:
            told = name(state)
            yield Finding.error(
                "unreachable",
                analysis.definition.origin.location("states", state.id),
                Text(
                    f"tilaan {told.fi} ei pääse alusta mitään kautta",
                    f"nothing leads from the start to the state {told.en}",
                ),
                Text(
                    "lisää siirtymä, joka vie siihen, tai poista tila",
                    "add a transition that leads there, or remove the state",
                ),
            )
