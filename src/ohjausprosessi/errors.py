"""Every exception of the library, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.diagnostics import Finding, Reason, Text

__all__ = ["DefinitionError", "OhjausprosessiError", "Refused", "RenderError"]


class OhjausprosessiError(Exception):
    """Base of every exception the library raises on purpose."""


class DefinitionError(OhjausprosessiError):
    """A definition that is refused because it is not well-formed (SEMANTICS §13 A).

    Attributes:
        findings: every problem found, in the order of the file.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__(self.findings)

    def text(self, lang: str = "fi") -> str:
        """Every problem, each with its place, line and remedy."""
        return "\n".join(finding.text(lang) for finding in self.findings)

    def __str__(self) -> str:
        return self.text("en")


class RenderError(OhjausprosessiError):
    """A picture that cannot be rendered: an unknown format or view, or no program to lay it out.

    Attributes:
        message: what is wrong and what to do about it, in Finnish and English.
    """

    def __init__(self, message: Text) -> None:
        self.message = message
        super().__init__(message)

    def text(self, lang: str = "fi") -> str:
        """The message: what is wrong and what to do about it."""
        return self.message.text(lang)

    def __str__(self) -> str:
        return self.text("en")


class Refused(OhjausprosessiError):  # noqa: N818  a refusal is an answer, not a fault
    """Raised for an event that may not happen now; the case is unchanged (SEMANTICS §10).

    Attributes:
        code: code of the first reason.
        reasons: every reason found, in the order of the gates of SEMANTICS §10.
        asks: facts and information items to ask for, each once, in the order the guards read them.
        options: names of the events the same role may cause now instead.
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

    def text(self, lang: str = "fi") -> str:
        """Every reason, and what may be done instead."""
        lines = [f"{reason.code}: {reason.text(lang)}" for reason in self.reasons]
        if self.options:
            lead = "nyt voi" if lang == "fi" else "allowed now"
            lines.append(f"  {lead}: {', '.join(self.options)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[type[Refused], tuple[object, ...]]:
        return (type(self), (self.reasons, self.asks, self.options))
