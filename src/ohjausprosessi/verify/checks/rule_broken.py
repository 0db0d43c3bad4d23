"""Rules that a case can break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.proof.prove import proof_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def rule_broken(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find rules that a case can break."""
    proof = proof_of(analysis)
    for rule in analysis.definition.rules.values():
        verdict = proof.verdict(rule)
        if verdict.holds is False and verdict.why is not None:
            told = name(rule)
            yield Finding.error(
                "rule-broken",
                analysis.definition.origin.location("rules", rule.id),
                Text(
                    f"sääntö {told.fi} ei päde aina: {verdict.why.fi}",
                    f"the rule {told.en} does not always hold: {verdict.why.en}",
                ),
                Text(
                    "muuta prosessia niin, ettei näin voi käydä, tai korjaa sääntö",
                    "change the process so that this cannot happen, or correct the rule",
                ),
                counterexample=verdict.counterexample,
            )
