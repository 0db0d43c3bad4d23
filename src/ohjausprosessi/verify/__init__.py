"""Prove a process, or say what is wrong with it and how a client would meet it."""

from ohjausprosessi.verify.bare import NetError
from ohjausprosessi.verify.soundness import Verdict, soundness_of

__all__ = ["NetError", "Verdict", "soundness_of"]
