"""Facts that nothing reads or sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.net import Compiled
    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def fact_unused(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find facts that nothing reads or sets: no guard, rule, transition, hand-off or call."""
    definition = analysis.definition
    used = _facts_used(analysis.compiled)
    for fact in definition.facts.values():
        if fact.id not in used:
            told = name(fact)
            yield Finding.warning(
                "fact-unused",
                definition.origin.location("facts", fact.id),
                Text(
                    f"tietoa {told.fi} ei lueta eikä aseteta missään: se ei ratkaise mitään eikä "
                    "kulje kenellekään",
                    f"nothing reads or sets the fact {told.en}: it decides nothing and travels to "
                    "nobody",
                ),
                Text(
                    "käytä sitä ehdossa, luovutuksessa tai kutsussa, tai poista tieto",
                    "use it in a guard, a hand-off or a call, or remove the fact",
                ),
            )


def _facts_used(compiled: Compiled) -> set[str]:
    definition = compiled.definition
    used = {name for condition in compiled.conditions() for name in condition.guard.reads}
    for transition in definition.transitions.values():
        used |= transition.sets.keys()
        if transition.handoff is not None:
            used |= set(transition.handoff.info)
    for state in definition.states.values():
        used |= {*state.gives, *state.takes}
    return used
