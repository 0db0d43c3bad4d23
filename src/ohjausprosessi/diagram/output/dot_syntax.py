"""The DOT language: strings that labels cannot break out of, and attribute lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# dot 2.43 refuses a longer quoted string; longer ones are joined by `+`.
_LONGEST = 12000


def escaped(text: str) -> str:
    r"""A text for a label, shown as it is: no ``\N``, no entity, no HTML."""
    return text.replace("&", "&amp;").replace("\\", "\\\\").replace("\n", "\\n")


def quoted(text: str) -> str:
    """A DOT string; a backslash keeps the meaning it has in DOT."""
    body = text.replace('"', '\\"')
    return f'"{body}"'


def joined(parts: list[str]) -> str:
    """One DOT string of many parts, in pieces short enough for every Graphviz."""
    pieces: list[str] = []
    piece = ""
    for part in parts:
        if piece and len(piece) + len(part) > _LONGEST:
            pieces.append(piece)
            piece = ""
        piece += part
    return "\n + ".join(quoted(one) for one in [*pieces, piece])


def attributes(values: Mapping[str, object]) -> str:
    """An attribute list; None leaves out an attribute."""
    return ", ".join(f"{key}={quoted(str(v))}" for key, v in values.items() if v is not None)


def number(value: float) -> str:
    """A length with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
