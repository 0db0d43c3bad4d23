"""Run a case: compile a definition to its net, and step a case through it.

Pure: no file, no clock, no randomness; every event is a new case or a refusal (SEMANTICS §4).
"""

from ohjausprosessi.engine.net import Net, NetTransition, Place, Scope, compile_net

__all__ = ["Net", "NetTransition", "Place", "Scope", "compile_net"]
