"""A client's case: what may happen to it and why not, what happens, and how it is stored.

Pure: no file, no clock, no randomness; every event gives a new case or a refusal (SEMANTICS §4).
The definition comes compiled, from ``ohjausprosessi.net``.
"""

from ohjausprosessi.engine.case import Case, Option
from ohjausprosessi.engine.codec import event_data, restore
from ohjausprosessi.engine.events import Due, start
from ohjausprosessi.engine.history import Event, History
from ohjausprosessi.engine.replay import replay, replayed, taken_back
from ohjausprosessi.engine.snapshot import OpenHandoff

__all__ = [
    "Case",
    "Due",
    "Event",
    "History",
    "OpenHandoff",
    "Option",
    "event_data",
    "replay",
    "replayed",
    "restore",
    "start",
    "taken_back",
]
