"""What a definition must keep to have a meaning: the load errors of SEMANTICS §13 A.

This room looks at a ``Definition`` whose names all resolve and says why it could not be run. It
refuses to know files, YAML and the grammar of guards, and what has a meaning but is unwise: that is
the matter of ``verify``.
"""

from ohjausprosessi.wellformedness.registry import CHECKS, problems

__all__ = ["CHECKS", "problems"]
