"""Rules that are to be proved and could be neither proved nor refuted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.proof.prove import proof_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def rule_undecided(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find rules that are to be proved and could be neither proved nor refuted."""
    proof = proof_of(analysis)
    for rule in analysis.definition.rules.values():
        verdict = proof.verdict(rule)
        if verdict.holds is None and not verdict.watched and verdict.why is not None:
            told = name(rule)
            yield Finding.warning(
                "rule-undecided",
                analysis.definition.origin.location("rules", rule.id),
                Text(
                    f"sääntöä {told.fi} ei voitu todistaa: {verdict.why.fi}",
                    f"the rule {told.en} could not be proved: {verdict.why.en}",
                ),
                Text(
                    "jos ihmiset pitävät sen, merkitse `monitor: true`",
                    "if people keep it, say `monitor: true`",
                ),
            )
