"""Conditions over facts: a subset of CEL, typed, three-valued, compiled (``docs/guards.md``)."""

from ohjausprosessi.guards.guard import Guard, Part, parse
from ohjausprosessi.guards.parser import GuardError
from ohjausprosessi.guards.tree import UNKNOWN, Unknown, UnknownFact

__all__ = ["UNKNOWN", "Guard", "GuardError", "Part", "Unknown", "UnknownFact", "parse"]
