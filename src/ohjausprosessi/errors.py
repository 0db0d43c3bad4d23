"""Every exception of the library, and the finding: what is wrong with a definition, and where.

This module imports nothing of the library; every room may import it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "DefinitionError",
    "Finding",
    "OhjausprosessiError",
    "Reason",
    "Refused",
    "RenderError",
    "Severity",
    "Text",
    "Where",
]

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Text:
    """One message in both languages of the library.

    Attributes:
        fi: the message in Finnish.
        en: the message in English.
    """

    fi: str
    en: str

    def text(self, language: str = "en") -> str:
        """Return the Finnish text for ``fi``, else the English one."""
        return self.fi if language == "fi" else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a definition.

    Attributes:
        element: path of keys from the document down, such as ``("transitions", "ohjaa", "if")``.
        path: file name, or ``<text>`` for a definition given as text; None if it has none.
        line: line in the file, from 1; None where the place is not in a file.
        column: column in the line, from 1, counted in characters.
        excerpt: the line itself, for the caret beneath it.
        width: how many characters the caret underlines.
    """

    element: tuple[str, ...] = ()
    path: str | None = None
    line: int | None = None
    column: int | None = None
    excerpt: str = ""
    width: int = 1

    def __str__(self) -> str:
        name = self.path or ".".join(self.element)
        return name if self.line is None else f"{name}:{self.line}:{self.column}"

    def pointer(self) -> str:
        """Return the line and a caret line beneath it, or nothing where the line is unknown."""
        if not self.excerpt or self.column is None:
            return ""
        room = len(self.excerpt) - self.column + 1
        caret = "^" + "~" * (max(1, min(self.width, room)) - 1)
        return f"    {self.excerpt}\n    {' ' * (self.column - 1)}{caret}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a definition.

    Attributes:
        code: stable id of the check, as in ``docs/checks/``.
        severity: ``error`` or ``warning``.
        texts: what is wrong, in Finnish and English.
        where: the place.
        hint: what to do about it, in Finnish and English, if there is one remedy to name.
        trace: names of events that lead to the problem, shortest first; empty if it needs none.
    """

    code: str
    severity: Severity
    texts: Text
    where: Where
    hint: Text | None = None
    trace: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.texts.en

    def text(self, language: str = "en") -> str:
        """Return place, code, message, the line with a caret, and the remedy, as several lines."""
        lines = [f"{self.where} {self.code} {self.texts.text(language)}"]
        if pointer := self.where.pointer():
            lines.append(pointer)
        if self.hint is not None:
            lines.append(f"    = {self.hint.text(language)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()


class OhjausprosessiError(Exception):
    """Base of every exception the library raises on purpose."""


class DefinitionError(OhjausprosessiError):
    """A definition that has no meaning (SEMANTICS §13 A).

    Attributes:
        findings: every problem that was found, in the order of the file.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__(self.findings)

    def text(self, language: str = "en") -> str:
        """Return every problem, each with its place, line and remedy."""
        return "\n".join(finding.text(language) for finding in self.findings)

    def __str__(self) -> str:
        return self.text()


class RenderError(OhjausprosessiError):
    """A picture that cannot be drawn: an unknown form or view, or no program that draws it.

    Attributes:
        texts: what is wrong and what to do about it, in Finnish and English.
    """

    def __init__(self, texts: Text) -> None:
        self.texts = texts
        super().__init__(texts)

    def text(self, language: str = "en") -> str:
        """Say what is wrong and what to do about it."""
        return self.texts.text(language)

    def __str__(self) -> str:
        return self.text()


class Reason:
    """Why something may not happen: base of the reasons in ``ohjausprosessi.engine.reasons``."""

    __slots__ = ()
    code: ClassVar[str]

    def text(self, language: str = "en") -> str:
        """Say the reason as one sentence or a few lines."""
        raise NotImplementedError


class Refused(OhjausprosessiError):  # noqa: N818  a refusal is an answer, not a fault
    """An event that may not happen now; the case is unchanged (SEMANTICS §10).

    Attributes:
        code: code of the first reason.
        reasons: every reason that was judged, first gate first.
        asks: facts and information to ask for, each once, in order of reading.
        options: names of what the same role may do now instead.
    """

    def __init__(
        self,
        reasons: Sequence[Reason],
        asks: Iterable[str] = (),
        options: Iterable[str] = (),
    ) -> None:
        self.reasons: tuple[Reason, ...] = tuple(reasons)
        self.code: str = self.reasons[0].code
        self.asks: tuple[str, ...] = tuple(dict.fromkeys(asks))
        self.options: tuple[str, ...] = tuple(options)
        super().__init__(self.reasons, self.asks, self.options)

    def text(self, language: str = "en") -> str:
        """Say every reason, and what may be done instead."""
        lines = [f"{reason.code}: {reason.text(language)}" for reason in self.reasons]
        if self.options:
            lead = "nyt voi" if language == "fi" else "allowed now"
            lines.append(f"  {lead}: {', '.join(self.options)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[type[Refused], tuple[object, ...]]:
        return (type(self), (self.reasons, self.asks, self.options))
