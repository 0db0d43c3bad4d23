"""Random cases to test a process with, and the systems that are to follow it.

Strategies, a state machine and a pytest plugin for Hypothesis: the extra ``testing``. What is here
without it needs no Hypothesis: ``Act``, ``Coverage``, ``Mutants``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ohjausprosessi.testing.acts import Act
    from ohjausprosessi.testing.coverage import Coverage
    from ohjausprosessi.testing.mutant_processes import Mutants, mutants
    from ohjausprosessi.testing.state_machine import ProcessMachine, RuleBroken, Stuck, machine
    from ohjausprosessi.testing.strategies import Trace, cases, facts, traces

__all__ = [
    "Act",
    "Coverage",
    "Mutants",
    "ProcessMachine",
    "RuleBroken",
    "Stuck",
    "Trace",
    "cases",
    "facts",
    "machine",
    "mutants",
    "traces",
]

_HOMES = {
    "Act": "acts",
    "Coverage": "coverage",
    **dict.fromkeys(("Mutants", "mutants"), "mutant_processes"),
    **dict.fromkeys(("ProcessMachine", "RuleBroken", "Stuck", "machine"), "state_machine"),
    **dict.fromkeys(("Trace", "cases", "facts", "traces"), "strategies"),
}
_MISSING = (
    "ohjausprosessi.testing.{name} needs hypothesis, which is not installed; "
    'install it with: pip install "ohjausprosessi[testing]"'
)


def __getattr__(name: str) -> object:
    """Load a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ohjausprosessi.testing' has no attribute {name!r}")
    try:
        return getattr(import_module(f"ohjausprosessi.testing.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "hypothesis":
            raise
        message = _MISSING.format(name=name)
        raise ModuleNotFoundError(message, name="hypothesis") from None


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
