"""Suggestions for a name that nothing has: close matches, and the question "did you mean …?"."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING
from unicodedata import normalize

from ohjausprosessi.text.joining import one_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["close_match", "close_matches", "did_you_mean"]

_COMPARED = 200  # characters; no name is longer, and comparing takes long
_ALIKE = 0.6


def close_matches(word: str, known: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """The known names most like a word, best first; ``ä`` counts as ``a``, capitals as small."""
    plain = normalize("NFKD", word[:_COMPARED]).encode("ascii", "ignore").decode().lower()
    return tuple(get_close_matches(plain, list(known), n=most, cutoff=_ALIKE))


def close_match(word: str, known: Iterable[str]) -> str | None:
    """The known name most like a word, if one is like it."""
    return next(iter(close_matches(word, known, most=1)), None)


def did_you_mean(names: Iterable[str], lang: str, *, lead: str = "; ") -> str:
    """The question to append to a message: ``; did you mean a or b?``; empty without names."""
    words = one_of(names, lang)
    if not words:
        return ""
    return f"{lead}tarkoititko {words}?" if lang == "fi" else f"{lead}did you mean {words}?"
