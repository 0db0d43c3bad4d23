"""The definition hash: a digest of the meaning of a definition (SEMANTICS D2)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ohjausprosessi.model.definition import Definition

# Attributes that are displayed but never decide what may happen.
_NOT_MEANING = frozenset(
    {"title", "source", "inferred", "colour", "shape", "services", "origin", "valid", "rules"}
)


def definition_hash(definition: Definition) -> str:
    """The SHA-256 of the meaning of a definition and of all it calls, as 64 hex digits.

    Covered, in file order: ids, owners, kinds, guards, times, facts, hand-offs. Not covered:
    titles, colours, shapes, services, sources, rules and validity.
    """
    text = json.dumps(_meaning(definition), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _meaning(value: object) -> object:
    """The attributes that carry meaning, as JSON data; a mapping becomes pairs, as order matters."""
    if is_dataclass(value):
        return [
            [f.name, _meaning(getattr(value, f.name))]
            for f in fields(value)
            if f.name not in _NOT_MEANING
        ]
    if isinstance(value, dict):
        return [[key, _label_free(entry)] for key, entry in value.items()]
    if isinstance(value, tuple):
        return [_meaning(entry) for entry in value]
    return value


def _label_free(value: object) -> object:
    """The meaning of a value in a mapping; None for the label of an enum value."""
    return None if type(value).__name__ == "Label" else _meaning(value)
