"""Reads definitions: a file, a text or plain data becomes a ``Definition`` or a ``DefinitionError``.

The hardened YAML reader, the keys of the format, names, guards and called processes. All problems
of a definition are reported at once, each with its location and remedy. This room refuses to know
what a case is; it alone imports pydantic and PyYAML.
"""

from ohjausprosessi.formats.load.define import definition_of
from ohjausprosessi.formats.load.library import load_definition, loads_definition, shipped_ids

__all__ = ["definition_of", "load_definition", "loads_definition", "shipped_ids"]
