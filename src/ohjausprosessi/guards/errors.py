"""The exception of the guard language, with message, position and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ohjausprosessi.diagnostics import Finding, Location
from ohjausprosessi.errors import OhjausprosessiError

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Text

__all__ = ["GuardCode", "GuardError"]

GuardCode = Literal["guard", "guard-info"]


class GuardError(OhjausprosessiError):
    """A text that does not parse, or does not type-check, as a guard over the given facts (§13 A).

    Attributes:
        guard: the whole text.
        start: where the mistake begins in it, from 0.
        end: where it ends, exclusive; equal to ``start`` where something is missing.
        message: what is wrong.
        hint: the remedy, if there is a single one.
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
        """The location within the guard, its lines counted from 1."""
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

    def text(self, lang: str = "fi") -> str:
        """Place, message, the line with a caret, and the remedy, as several lines."""
        return Finding.error(self.code, self.location, self.message, self.hint).text(lang)

    def __str__(self) -> str:
        return self.text("en")
