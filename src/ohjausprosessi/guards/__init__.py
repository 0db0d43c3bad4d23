"""Guards: the conditions of a process, a subset of CEL (``docs/guards.md``).

From text to a typed tree, and from the tree to what is asked of it: a three-valued verdict, what to
ask, what made it false, a Python function, and exact answers about sets of guards
(``ohjausprosessi.guards.domains``). Nothing here knows files, cases or roles.
"""

from ohjausprosessi.guards.errors import GuardError
from ohjausprosessi.guards.guard import Guard, GuardPart, parse
from ohjausprosessi.guards.unknown import UNKNOWN, Unknown, UnknownFact

__all__ = ["UNKNOWN", "Guard", "GuardError", "GuardPart", "Unknown", "UnknownFact", "parse"]
