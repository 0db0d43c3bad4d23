"""Guidance processes as text: reviewed as YAML, checked, run case by case, and drawn.

The public names, loaded when they are first used; ``import ohjausprosessi`` itself is light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Location, Reason, Step, Stop, Text
from ohjausprosessi.errors import DefinitionError, OhjausprosessiError, Refused, RenderError

if TYPE_CHECKING:
    from ohjausprosessi import interop, verify
    from ohjausprosessi.engine import Case, Due, Event, History, OpenHandoff, Option
    from ohjausprosessi.model import (
        Definition,
        Duration,
        Duty,
        Fact,
        Handoff,
        Info,
        Owner,
        Phase,
        Role,
        Rule,
        Service,
        State,
        Transition,
        Value,
    )
    from ohjausprosessi.net import Compiled
    from ohjausprosessi.process import Process, Report, from_data, load, loads
    from ohjausprosessi.verify import CaseMonitor, RuleMonitor, RuleStatus, Violation

__version__ = "0.1.0"

__all__ = [
    "Case",
    "CaseMonitor",
    "Compiled",
    "Definition",
    "DefinitionError",
    "Due",
    "Duration",
    "Duty",
    "Event",
    "Fact",
    "Finding",
    "Handoff",
    "History",
    "Info",
    "Location",
    "OhjausprosessiError",
    "OpenHandoff",
    "Option",
    "Owner",
    "Phase",
    "Process",
    "Reason",
    "Refused",
    "RenderError",
    "Report",
    "Role",
    "Rule",
    "RuleMonitor",
    "RuleStatus",
    "Service",
    "State",
    "Step",
    "Stop",
    "Text",
    "Transition",
    "Value",
    "Violation",
    "from_data",
    "interop",
    "load",
    "loads",
    "verify",
]

_HOMES = {
    "engine": ("Case", "Due", "Event", "History", "OpenHandoff", "Option"),
    "model": (
        "Definition",
        "Duration",
        "Duty",
        "Fact",
        "Handoff",
        "Info",
        "Owner",
        "Phase",
        "Role",
        "Rule",
        "Service",
        "State",
        "Transition",
        "Value",
    ),
    "net": ("Compiled",),
    "process": ("Process", "Report", "from_data", "load", "loads"),
    "verify": ("CaseMonitor", "RuleMonitor", "RuleStatus", "Violation"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_ROOMS = frozenset({"interop", "verify"})


def __getattr__(name: str) -> object:
    """Load a public name from its home."""
    if name in _HOME_OF:
        return getattr(import_module(f"ohjausprosessi.{_HOME_OF[name]}"), name)
    if name in _ROOMS:
        return import_module(f"ohjausprosessi.{name}")
    raise AttributeError(f"module 'ohjausprosessi' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
