"""Proofs, findings, repairs and monitors: what is wrong with a process, and how it would show.

One check is one id, one function, one page in ``docs/checks/`` and fixtures in ``tests/checks/``.
The checks find what has a meaning but is wrong (SEMANTICS §13 B); what has no meaning is refused
before, by ``ohjausprosessi.formats``.
"""

from ohjausprosessi.verify.checks.registry import CHECKS, RULE_CHECKS, findings
from ohjausprosessi.verify.dropout import DropoutReport, dropout_report
from ohjausprosessi.verify.monitor.monitor import CaseMonitor, RuleStatus, Violation
from ohjausprosessi.verify.monitor.rule_monitor import RuleMonitor
from ohjausprosessi.verify.mutation import Mutant, Score, mutants, mutation_score
from ohjausprosessi.verify.proof.prove import RuleVerdict, prove
from ohjausprosessi.verify.repair.repair import Repair, repairs
from ohjausprosessi.verify.state_space.follow import follow
from ohjausprosessi.verify.workflow_net.net_rules import NetRuleVerdict, rule_on_net
from ohjausprosessi.verify.workflow_net.soundness import Verdict, soundness_of
from ohjausprosessi.verify.workflow_net.workflow_net import NetError

__all__ = [
    "CHECKS",
    "RULE_CHECKS",
    "CaseMonitor",
    "DropoutReport",
    "Mutant",
    "NetError",
    "NetRuleVerdict",
    "Repair",
    "RuleMonitor",
    "RuleStatus",
    "RuleVerdict",
    "Score",
    "Verdict",
    "Violation",
    "dropout_report",
    "findings",
    "follow",
    "mutants",
    "mutation_score",
    "prove",
    "repairs",
    "rule_on_net",
    "soundness_of",
]
