"""Guidance processes as text: reviewed as YAML, checked, run case by case, and drawn.

The public names, loaded when they are first used; ``import ohjausprosessi`` itself is light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Reason, Step, Stop
from ohjausprosessi.errors import DefinitionError, OhjausprosessiError, Refused, RenderError

if TYPE_CHECKING:
    from ohjausprosessi import interop, verify
    from ohjausprosessi.engine import (
        Due,
        Event,
        Explanation,
        History,
        OpenHandoff,
        Option,
    )
    from ohjausprosessi.process import Case, Process, Report, load, loads

__version__ = "0.1.0"

__all__ = [
    "Case",
    "DefinitionError",
    "Due",
    "Event",
    "Explanation",
    "Finding",
    "History",
    "OhjausprosessiError",
    "OpenHandoff",
    "Option",
    "Process",
    "Reason",
    "Refused",
    "RenderError",
    "Report",
    "Step",
    "Stop",
    "interop",
    "load",
    "loads",
    "verify",
]

_HOMES = {
    **dict.fromkeys(("Case", "Process", "Report", "load", "loads"), "process"),
    **dict.fromkeys(("Due", "Event", "Explanation", "History", "OpenHandoff", "Option"), "engine"),
}
_ROOMS = frozenset({"interop", "verify"})


def __getattr__(name: str) -> object:
    """Load a public name from its home."""
    if name in _HOMES:
        return getattr(import_module(f"ohjausprosessi.{_HOMES[name]}"), name)
    if name in _ROOMS:
        return import_module(f"ohjausprosessi.{name}")
    raise AttributeError(f"module 'ohjausprosessi' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
