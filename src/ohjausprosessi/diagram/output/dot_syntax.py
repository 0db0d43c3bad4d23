"""The DOT language: texts that can neither break nor inject, and attribute lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# dot 2.43 refuses a longer quoted string; longer ones are joined by `+`.
_LONGEST = 12000


def escaped(text: str) -> str:
    r"""Return a text for a label: shown as it is, so no ``\N``, no entity, no HTML."""
    return text.replace("&", "&amp;").replace("\\", "\\\\").replace("\n", "\\n")


def quoted(text: str) -> str:
    """Return a DOT string; a backslash keeps the meaning it has in DOT."""
    body = text.replace('"', '\\"')
    return f'"{body}"'


def joined(parts: list[str]) -> str:
    """Return one DOT string of many parts, in pieces that every Graphviz can read."""
    pieces: list[str] = []
    piece = ""
    for part in parts:
        if piece and len(piece) + len(part) > _LONGEST:
            pieces.append(piece)
            piece = ""
        piece += part
    return "\n + ".join(quoted(one) for one in [*pieces, piece])


def attributes(values: Mapping[str, object]) -> str:
    """Return an attribute list; None leaves an attribute out."""
    return ", ".join(f"{key}={quoted(str(v))}" for key, v in values.items() if v is not None)


def number(value: float) -> str:
    """Return a length with two decimals and no needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
