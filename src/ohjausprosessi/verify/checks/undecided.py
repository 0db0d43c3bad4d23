"""State spaces that are too large to explore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.verify.checks.evidence import over_state_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


@over_state_space
def undecided(analysis: AnalysisContext) -> Iterator[Finding]:
    """Report a state space that exceeds the budget: its other findings may be incomplete."""
    if not analysis.state_space.complete:
        seen = len(analysis.state_space.before)
        yield Finding.warning(
            "undecided",
            analysis.definition.origin.location("states"),
            Text(
                f"tilanteita on niin paljon, ettei kaikkia voitu käydä läpi ({seen} nähtiin): "
                "se, mitä ei löytynyt, voi silti olla",
                f"there are too many situations to look at all of them ({seen} were seen): what "
                "was not found may still be there",
            ),
            Text(
                "vähennä yhtä aikaa avoimia haaroja ja ehtojen lukemia tietoja, tai siirrä osa "
                "kutsuttuun prosessiin",
                "reduce the parallel branches and the facts that guards read, or move a part into "
                "a called process",
            ),
        )
