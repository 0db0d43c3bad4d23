"""The compiled process: one net of places and transitions, and everything that is decided once.

A definition compiles to a 1-safe net with reset arcs (docs/semantics.md §3). The engine fires its
transitions for one case, the proofs explore them for all. This room refuses to know what a case is,
who asks, and what a proof is.
"""

from ohjausprosessi.net.compile import compile_net
from ohjausprosessi.net.compiled import Compiled
from ohjausprosessi.net.moves import Move
from ohjausprosessi.net.net import Net, NetTransition, Place, Scope
from ohjausprosessi.net.token_game import TokenGame

__all__ = ["Compiled", "Move", "Net", "NetTransition", "Place", "Scope", "TokenGame", "compile_net"]
