"""Hand-offs without ``else`` in parallel branches: a decline cancels the other branches (H6)."""

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
def handoff_in_branch(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find hand-offs without ``else`` that can be open while another branch is."""
    definition, compiled = analysis.definition, analysis.compiled
    root = {place.number: place for place in compiled.net.places if place.scope == 0}
    offered = {
        number: definition.transitions[place.transition or ""]
        for number, place in root.items()
        if place.kind == "offered"
    }
    seen: set[str] = set()
    for state in analysis.state_space.before:
        for place in sorted(offered.keys() & state.marking):
            transition, handoff = offered[place], offered[place].handoff
            others = (state.marking & root.keys()) - {place}
            if not others or handoff is None or handoff.otherwise or transition.id in seen:
                continue
            seen.add(transition.id)
            told, branches = name(transition), place_names(compiled, others)
            yield Finding.warning(
                "handoff-in-branch",
                definition.origin.location("transitions", transition.id, "handoff"),
                Text(
                    f"jos luovutusta {told.fi} ei oteta vastaan, myös muut haarat peruuntuvat: "
                    f"{branches.fi}",
                    f"if the hand-off {told.en} is declined, other branches are cancelled too: "
                    f"{branches.en}",
                ),
                Text(
                    "anna luovutukselle `else`: se siirtää vain oman haaransa",
                    "give the hand-off an `else`: it moves only its own branch",
                ),
                counterexample=counterexample_to(analysis, state),
            )
