"""Neighbours: a process as a ``transitions.Machine`` or a ``networkx`` graph.

Each foreign library is imported when its function is first called.
"""

from ohjausprosessi.interop.machine import NotFlatError, to_machine
from ohjausprosessi.interop.network import graph

__all__ = ["NotFlatError", "graph", "to_machine"]
