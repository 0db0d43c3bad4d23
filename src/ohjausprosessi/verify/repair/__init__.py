"""Single edits that would mend a definition, each tried and verified."""

from ohjausprosessi.verify.repair.repair import Repair, repairs

__all__ = ["Repair", "repairs"]
