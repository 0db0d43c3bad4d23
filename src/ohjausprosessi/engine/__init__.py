"""Run a case: compile a definition to its net, and step a case through it.

Pure: no file, no clock, no randomness; every event is a new case or a refusal (SEMANTICS §4).
"""

from ohjausprosessi.engine.case import Case, Explanation, Option
from ohjausprosessi.engine.compiling import compile_net
from ohjausprosessi.engine.events import Due, start
from ohjausprosessi.engine.history import Event, History
from ohjausprosessi.engine.machine import Machine
from ohjausprosessi.engine.net import Net, NetTransition, Place, Scope
from ohjausprosessi.engine.replay import replay, replayed, taken_back
from ohjausprosessi.engine.serial import event_data, restore
from ohjausprosessi.engine.snapshot import OpenHandoff

__all__ = [
    "Case",
    "Due",
    "Event",
    "Explanation",
    "History",
    "Machine",
    "Net",
    "NetTransition",
    "OpenHandoff",
    "Option",
    "Place",
    "Scope",
    "compile_net",
    "event_data",
    "replay",
    "replayed",
    "restore",
    "start",
    "taken_back",
]
