"""The list of checks: every finding of SEMANTICS §13 B by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.verify.checks import choices, soundness_checks, structure, traceability
from ohjausprosessi.verify.proof import prove
from ohjausprosessi.verify.state_space.analysis import AnalysisContext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition
    from ohjausprosessi.net import Compiled

    Check = Callable[[AnalysisContext], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "unsafe": soundness_checks.unsafe,
    "improper-completion": soundness_checks.improper_completion,
    "no-way-to-end": soundness_checks.no_way_to_end,
    "dead-transition": soundness_checks.dead_transition,
    "unreachable": structure.unreachable,
    "choice-overlap": choices.choice_overlap,
    "choice-incomplete": choices.choice_incomplete,
    "choice-waits": soundness_checks.choice_waits,
    "call-cancelled": soundness_checks.call_cancelled,
    "from-ambiguous": soundness_checks.from_ambiguous,
    "handoff-open-ended": structure.handoff_open_ended,
    "handoff-in-branch": soundness_checks.handoff_in_branch,
    "state-open-ended": structure.state_open_ended,
    "untraced": traceability.untraced,
    "service-unused": traceability.service_unused,
    "fact-unused": traceability.fact_unused,
    "undecided": soundness_checks.undecided,
}
"""Code of every check to its function; each has a page in ``docs/checks/``.

Example:
    import ohjausprosessi as op

    assert "no-way-to-end" in op.verify.CHECKS
"""

RULE_CHECKS: Mapping[str, Check] = {
    "rule-broken": prove.rule_broken,
    "rule-undecided": prove.rule_undecided,
}
"""The checks that prove the rules, by code; ``findings`` runs them with ``prove_rules=True``.

Example:
    import ohjausprosessi as op

    assert set(op.verify.RULE_CHECKS) == {"rule-broken", "rule-undecided"}
"""


def findings(process: Definition | Compiled, *, prove_rules: bool = False) -> tuple[Finding, ...]:
    """Find everything that is wrong with a process although it is well-formed.

    Args:
        process: ``Process.compiled``, or a definition.
        prove_rules: whether to prove its rules, too (``RULE_CHECKS``).

    Returns:
        The findings of SEMANTICS §13 B, in the order of the file; those of one place in the order
        of ``CHECKS``.

    Example:
        import ohjausprosessi as op

        process = op.from_data({
            "ohjausprosessi": 1, "id": "jumi", "version": "1", "responsible": "kunta",
            "start": "alku", "owners": {"kunta": {}}, "roles": {"neuvoja": {"owner": "kunta"}},
            "states": {
                "alku": {"owner": "kunta"},
                "umpikuja": {"owner": "kunta"},
                "loppu": {"kind": "end", "owner": "kunta"},
            },
            "transitions": {
                "paata": {"from": "alku", "to": "loppu", "by": "neuvoja"},
                "jatka": {"from": "alku", "to": "umpikuja", "by": "neuvoja"},
            },
        })
        codes = {finding.code for finding in op.verify.findings(process.compiled)}
        assert "no-way-to-end" in codes
    """
    return findings_of(AnalysisContext.of(process), prove_rules=prove_rules)


def findings_of(analysis: AnalysisContext, *, prove_rules: bool = False) -> tuple[Finding, ...]:
    """Return the findings of a definition that is examined already."""
    checks = [*CHECKS.values(), *(RULE_CHECKS.values() if prove_rules else ())]
    found = [finding for check in checks for finding in check(analysis)]
    return tuple(sorted(found, key=lambda f: (f.location.line or 0, f.location.column or 0)))
