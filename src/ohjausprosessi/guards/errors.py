"""The one exception of the guard language: what is wrong, where in the text, and the remedy."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from ohjausprosessi.diagnostics import Location, Text
from ohjausprosessi.errors import OhjausprosessiError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["GuardCode", "GuardError", "alike", "shown"]

GuardCode = Literal["guard", "guard-info"]

_SHOWN_CHARACTERS = 40


class GuardError(OhjausprosessiError):
    """A text that is no guard over the given facts (SEMANTICS §13 A).

    Attributes:
        guard: the whole text.
        start: where the mistake begins in it, from 0.
        end: where it ends, exclusive; equal to ``start`` where something is missing.
        message: what is wrong.
        hint: the remedy, if there is one to name.
        code: ``guard``, or ``guard-info`` for an information item read other than by ``has``.
    """

    def __init__(
        self,
        guard: str,
        span: tuple[int, int],
        message: Text,
        hint: Text | None = None,
        code: GuardCode = "guard",
    ) -> None:
        self.guard = guard
        self.start, self.end = span
        self.message = message
        self.hint = hint
        self.code: GuardCode = code
        super().__init__(guard, span, message, hint, code)

    @property
    def location(self) -> Location:
        """The place in the guard, its lines counted from 1."""
        before = self.guard[: self.start]
        first = before.rfind("\n") + 1
        line, _, _ = self.guard[first:].partition("\n")
        return Location(
            path="<guard>",
            line=before.count("\n") + 1,
            column=self.start - first + 1,
            excerpt=line,
            width=max(1, self.end - self.start),
        )

    def text(self, language: str = "en") -> str:
        """Return place, message, the line with a caret, and the remedy, as several lines."""
        lines = [f"{self.location} {self.code} {self.message.text(language)}"]
        if pointer := self.location.pointer():
            lines.append(pointer)
        if self.hint is not None:
            lines.append(f"    = {self.hint.text(language)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()


def shown(word: str) -> str:
    """Return a word of the guard short enough for a message, invisible characters by number."""
    word = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in word)
    return word if len(word) <= _SHOWN_CHARACTERS else f"{word[: _SHOWN_CHARACTERS - 1]}…"


def alike(word: str, known: Iterable[str]) -> str | None:
    """Return the known name most like a word, or None; ``ä`` counts as ``a``, capitals as small."""
    plain = normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    return next(iter(get_close_matches(plain, list(known), n=1, cutoff=0.6)), None)
