"""Proposes single edits that remove errors of a definition, each of them verified."""

from ohjausprosessi.verify.repair.repair import Repair, repairs

__all__ = ["Repair", "repairs"]
