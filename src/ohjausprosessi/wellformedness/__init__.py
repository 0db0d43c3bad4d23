"""Well-formedness: the conditions under which a definition has a meaning (SEMANTICS §13 A).

This room checks a ``Definition`` whose references all resolve, and reports why it cannot be run. It
refuses to know files, YAML and the grammar of guards. Definitions that can be run but are wrong are
the matter of ``verify``.
"""

from ohjausprosessi.wellformedness.registry import CHECKS, problems

__all__ = ["CHECKS", "problems"]
