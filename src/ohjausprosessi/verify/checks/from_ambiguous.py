"""Transitions two sources of which can be marked at once: whoever acts must say which one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.checks.evidence import counterexample_to, over_state_space
from ohjausprosessi.verify.state_space.labels import place_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


@over_state_space
def from_ambiguous(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find transitions two sources of which can be marked at once."""
    compiled, definition = analysis.compiled, analysis.definition
    places: dict[str, set[int]] = {}
    for move in compiled.moves:
        transition = move.transition
        if transition is None or move.net.scope != 0 or move.net.kind != "transition":
            continue
        if len(transition.sources) > 1 and not transition.interrupt:
            places.setdefault(transition.id, set()).update(move.net.inputs)
    for ambiguous, sources in places.items():
        state = next((s for s in analysis.state_space.before if len(sources & s.marking) > 1), None)
        if state is None:
            continue
        told = name(definition.transitions[ambiguous])
        marked = place_names(compiled, sources & state.marking)
        yield Finding.warning(
            "from-ambiguous",
            definition.origin.location("transitions", ambiguous, "from"),
            Text(
                f"siirtymän {told.fi} lähtötiloista voi olla voimassa useampi yhtä aikaa: "
                f"{marked.fi}; tekijän on kerrottava, kumpaa tarkoittaa",
                f"more than one source of {told.en} can be marked at once: {marked.en}; who acts "
                "must name one",
            ),
            Text(
                "tee siirtymä erikseen kummastakin lähtötilasta, tai anna tekijän valita (`state`)",
                "write one transition per source, or let those who act choose (`state`)",
            ),
            counterexample=counterexample_to(analysis, state),
        )
