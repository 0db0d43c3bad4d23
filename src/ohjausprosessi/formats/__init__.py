"""Definitions as text: a file, a text or plain data becomes a ``Definition``, or says why not.

The hardened YAML reader, the keys of the format, names, guards and called processes: all problems
of a definition are found at once, each with its place and remedy. This room refuses to know what a
case is. pydantic and PyYAML are used here only.
"""

from ohjausprosessi.formats.load.define import definition_of
from ohjausprosessi.formats.load.library import load_definition, loads_definition, shipped_ids

__all__ = ["definition_of", "load_definition", "loads_definition", "shipped_ids"]
