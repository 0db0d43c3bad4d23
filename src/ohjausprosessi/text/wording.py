"""How refusals write what they were given: briefly, and nothing that does not show."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["alike", "brief", "either", "meant", "named"]

_LONGEST = 80
_WORD = 200  # nothing longer is a slip of the pen, and comparing it would take long


def brief(value: object) -> str:
    """Return a value of any kind as a reason tells it: written as in Python, and never long."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  a number or a nesting too large to write, or a foreign class
        text = type(value).__name__
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def named(text: str) -> str:
    """Return a name as a reason tells it: as it is if it could be one, else as Python writes it."""
    return text if text.isprintable() and len(text) <= _LONGEST else brief(text)


def either(names: Iterable[str], language: str) -> str:
    """Return a list in words: ``a, b or c``."""
    found = list(names)
    if len(found) < 2:  # noqa: PLR2004  a list of one has no "or"
        return "".join(found)
    word = "tai" if language == "fi" else "or"
    return f"{', '.join(found[:-1])} {word} {found[-1]}"


def alike(word: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the words most like a word, best first."""
    if len(word) > _WORD:
        return ()
    return tuple(get_close_matches(word, list(words), n=3, cutoff=0.6))


def meant(names: tuple[str, ...], language: str) -> str:
    """Return a question to append, or nothing: ``; did you mean a or b?``."""
    if not names:
        return ""
    words = either(names, language)
    return f"; tarkoititko {words}?" if language == "fi" else f"; did you mean {words}?"
