"""Reachable states of a case from which no end can be reached (P1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.verify.checks.evidence import (
    counterexample_to,
    marking_location,
    over_state_space,
)
from ohjausprosessi.verify.state_space.labels import place_names, valuation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicState


@over_state_space
def no_way_to_end(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find deadlocks, and one state of a livelock where there is no deadlock (P1)."""
    state_space = analysis.state_space
    if not state_space.complete:
        return
    completing = state_space.leading_to(state_space.is_final)
    lost = [state for state in state_space.before if state not in completing]
    # States that only lead to a deadlock are left to the finding of that deadlock.
    stuck = [state for state in lost if not state_space.next[state]] or lost[:1]
    seen: set[frozenset[int]] = set()
    for state in stuck:
        if state.marking in seen:
            continue
        seen.add(state.marking)
        places = place_names(analysis.compiled, state.marking)
        when = _when_fixed(analysis, state)
        yield Finding.error(
            "no-way-to-end",
            marking_location(analysis, state),
            Text(
                f"täältä ei pääse mihinkään loppuun: {places.fi}{when.fi}",
                f"no end can be reached from here: {places.en}{when.en}",
            ),
            Text(
                "lisää siirtymä, joka on tällöin mahdollinen",
                "add a transition that is possible then",
            ),
            counterexample=counterexample_to(analysis, state),
        )


def _when_fixed(analysis: AnalysisContext, state: SymbolicState) -> Text:
    """The facts that cannot change in a state, as a clause; empty without any."""
    state_space, slots = analysis.state_space, analysis.compiled.slots
    changeable = state_space.changeable(state.marking, state.left)
    fixed = {
        slots[number].name: value
        for number, value in zip(state_space.tracked, state.facts, strict=True)
        if number not in changeable and slots[number].scope == 0 and not isinstance(value, tuple)
    }
    if not fixed:
        return Text("", "")
    facts = valuation(analysis.definition, fixed)
    return Text(f", kun {facts.fi}", f", when {facts.en}")
