"""Hand-offs whose answer has no time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model import is_answered
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def handoff_open_ended(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find hand-offs that may wait for an answer for ever: answered, but without ``within``."""
    definition = analysis.definition
    for transition in definition.transitions.values():
        handoff = transition.handoff
        if handoff is None or handoff.within or not is_answered(definition, transition):
            continue
        told = name(transition)
        yield Finding.warning(
            "handoff-open-ended",
            definition.origin.location("transitions", transition.id, "handoff"),
            Text(
                f"luovutus {told.fi} voi jäädä odottamaan vastausta: vastaukselle ei ole aikarajaa",
                f"the hand-off {told.en} may wait for ever: its answer has no time limit",
            ),
            Text(
                "lisää `within`: jos kukaan ei vastaa ajoissa, asiakas palaa",
                "add `within`: if nobody answers in time, the client returns",
            ),
        )
