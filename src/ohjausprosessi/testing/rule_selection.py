"""The rules that random walks watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.verify import RuleMonitor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.process import Process

__all__ = ["rule_monitor"]


def rule_monitor(process: Process, rules: str | Iterable[str], *, times: bool) -> RuleMonitor:
    """The monitor of the chosen rules; ``"all"`` leaves out those that only people can keep."""
    if rules == "all":
        definition = process.definition
        rules = [
            rule.id
            for rule in definition.rules.values()
            if not rule.monitor and (times or rule.rule != "every")
        ]
    return RuleMonitor(process.definition, rules, times=times)
