"""Choices at which a fact they read may not be known yet: the case waits for it (E4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.checks.evidence import counterexample_to, over_state_space
from ohjausprosessi.verify.state_space.labels import element_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext
    from ohjausprosessi.verify.state_space.state_space import WaitingChoice


@over_state_space
def choice_waits(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find choices that a case can enter before a fact they read is known (E4)."""
    definition, compiled = analysis.definition, analysis.compiled
    asked: dict[int, dict[str, None]] = {}
    first: dict[int, WaitingChoice] = {}
    for waiting in analysis.state_space.waiting_choices:
        if compiled.net.places[waiting.place].scope == 0:
            first.setdefault(waiting.place, waiting)
            asked.setdefault(waiting.place, {}).update(dict.fromkeys(waiting.asks))
    for place, waiting in first.items():
        state = definition.states[compiled.net.places[place].state or ""]
        told = name(state)
        known = element_names((definition.facts.get(f) or definition.info[f]) for f in asked[place])
        yield Finding.warning(
            "choice-waits",
            definition.origin.location("states", state.id),
            Text(
                f"kun tullaan tilaan {told.fi}, voi olla kirjaamatta: {known.fi}; tapaus odottaa, "
                "kunnes se kirjataan",
                f"on coming to {told.en} this may not be known: {known.en}; the case waits until "
                "it is recorded",
            ),
            Text(
                "vaadi tieto jo siirtymän ehdossa (`has(…)`) tai anna sille `default`",
                "ask for it in the guard of the transition before (`has(…)`), or give a `default`",
            ),
            counterexample=counterexample_to(analysis, waiting.symbolic_state, waiting.event),
        )
