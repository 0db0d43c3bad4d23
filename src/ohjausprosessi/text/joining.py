"""Lists in running text: ``a, b or c``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["all_of", "one_of", "quoted"]

_MOST = 40  # what comes after is left out


def all_of(words: Iterable[str], lang: str) -> str:
    """Words joined by *and*: ``a, b and c``, in Finnish ``a, b ja c``."""
    return _joined(words, "ja" if lang == "fi" else "and")


def one_of(words: Iterable[str], lang: str) -> str:
    """Words joined by *or*: ``a, b or c``, in Finnish ``a, b tai c``."""
    return _joined(words, "tai" if lang == "fi" else "or")


def quoted(words: Iterable[str]) -> list[str]:
    """Words in backticks, as messages show what is written in a file."""
    return [f"`{word}`" for word in words]


def _joined(words: Iterable[str], last: str) -> str:
    found = list(words)
    if len(found) > _MOST:
        return f"{', '.join(found[:_MOST])} …"
    if len(found) < 2:  # noqa: PLR2004  a list of one needs no word before the last
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"
