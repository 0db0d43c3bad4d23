"""Every check by its code, in the order of findings at one place (SEMANTICS §13 B).

A check is a function in a module of the same name: the code with underscores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.verify.checks.call_cancelled import call_cancelled
from ohjausprosessi.verify.checks.choice_incomplete import choice_incomplete
from ohjausprosessi.verify.checks.choice_overlap import choice_overlap
from ohjausprosessi.verify.checks.choice_waits import choice_waits
from ohjausprosessi.verify.checks.dead_transition import dead_transition
from ohjausprosessi.verify.checks.fact_unused import fact_unused
from ohjausprosessi.verify.checks.from_ambiguous import from_ambiguous
from ohjausprosessi.verify.checks.handoff_in_branch import handoff_in_branch
from ohjausprosessi.verify.checks.handoff_open_ended import handoff_open_ended
from ohjausprosessi.verify.checks.improper_completion import improper_completion
from ohjausprosessi.verify.checks.no_way_to_end import no_way_to_end
from ohjausprosessi.verify.checks.rule_broken import rule_broken
from ohjausprosessi.verify.checks.rule_undecided import rule_undecided
from ohjausprosessi.verify.checks.service_unused import service_unused
from ohjausprosessi.verify.checks.state_open_ended import state_open_ended
from ohjausprosessi.verify.checks.undecided import undecided
from ohjausprosessi.verify.checks.unreachable import unreachable
from ohjausprosessi.verify.checks.unsafe import unsafe
from ohjausprosessi.verify.checks.untraced import untraced
from ohjausprosessi.verify.state_space.analysis import AnalysisContext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition
    from ohjausprosessi.net import Compiled
    from ohjausprosessi.verify.checks.evidence import Check


def _by_code(*checks: Check) -> Mapping[str, Check]:
    return {check.__name__.replace("_", "-"): check for check in checks}


CHECKS = _by_code(
    unsafe,
    improper_completion,
    no_way_to_end,
    dead_transition,
    unreachable,
    choice_overlap,
    choice_incomplete,
    choice_waits,
    call_cancelled,
    from_ambiguous,
    handoff_open_ended,
    handoff_in_branch,
    state_open_ended,
    untraced,
    service_unused,
    fact_unused,
    undecided,
)
"""Code of every check to its function; each has a page in ``docs/checks/``.

Example:
    import ohjausprosessi as op

    assert "no-way-to-end" in op.verify.CHECKS
"""

RULE_CHECKS = _by_code(rule_broken, rule_undecided)
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
    """The findings of a process whose analysis is at hand."""
    checks = [*CHECKS.values(), *(RULE_CHECKS.values() if prove_rules else ())]
    found = [finding for check in checks for finding in check(analysis)]
    return tuple(sorted(found, key=lambda f: (f.location.line or 0, f.location.column or 0)))
