"""The list of checks: every finding of SEMANTICS §13 B by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.verify import choices, losses, rules, structure, tracing
from ohjausprosessi.verify.study import Study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ohjausprosessi.errors import Finding
    from ohjausprosessi.model import Definition

    Check = Callable[[Study], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "unsafe": losses.unsafe,
    "improper-completion": losses.improper_completion,
    "no-way-to-end": losses.no_way_to_end,
    "dead-transition": losses.dead_transition,
    "unreachable": structure.unreachable,
    "choice-overlap": choices.choice_overlap,
    "choice-incomplete": choices.choice_incomplete,
    "choice-waits": losses.choice_waits,
    "call-cancelled": losses.call_cancelled,
    "from-ambiguous": losses.from_ambiguous,
    "handoff-open-ended": structure.handoff_open_ended,
    "handoff-in-branch": losses.handoff_in_branch,
    "state-open-ended": structure.state_open_ended,
    "untraced": tracing.untraced,
    "service-unused": tracing.service_unused,
    "fact-unused": tracing.fact_unused,
    "undecided": losses.undecided,
}

RULE_CHECKS: Mapping[str, Check] = {
    "rule-broken": rules.rule_broken,
    "rule-undecided": rules.rule_undecided,
}


def findings(definition: Definition, *, prove_rules: bool = False) -> tuple[Finding, ...]:
    """Return everything that is wrong with a definition although it has a meaning.

    Args:
        definition: a definition that has a meaning, as ``ohjausprosessi.formats`` gives it.
        prove_rules: whether its rules are proved, too (``RULE_CHECKS``).

    Returns:
        The findings of SEMANTICS §13 B, in the order of the file; those of one place in the order
        of ``CHECKS``.
    """
    return findings_of(Study(definition), prove_rules=prove_rules)


def findings_of(study: Study, *, prove_rules: bool = False) -> tuple[Finding, ...]:
    """Return the findings of a definition that is examined already."""
    checks = [*CHECKS.values(), *(RULE_CHECKS.values() if prove_rules else ())]
    found = [finding for check in checks for finding in check(study)]
    return tuple(sorted(found, key=lambda f: (f.where.line or 0, f.where.column or 0)))
