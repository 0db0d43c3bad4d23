"""Every exception of the library, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.diagnostics import Finding, Reason, Text

__all__ = ["DefinitionError", "OhjausprosessiError", "Refused", "RenderError"]


class OhjausprosessiError(Exception):
    """Base of every exception that the library raises on purpose.

    Wrong types of arguments raise ``TypeError``, wrong names of rules, places or facts
    ``ValueError``, as usual in Python.

    Example:
        import ohjausprosessi as op

        assert issubclass(op.Refused, op.OhjausprosessiError)
        assert issubclass(op.DefinitionError, op.OhjausprosessiError)
    """


class DefinitionError(OhjausprosessiError):
    """A definition that is refused because it is not well-formed (SEMANTICS §13 A).

    Attributes:
        findings: every problem found, in the order of the file; all at once, not only the first.

    Example:
        import ohjausprosessi as op

        try:
            op.loads("ohjausprosessi: 1")
        except op.DefinitionError as error:
            assert len(error.findings) > 1
            print(error.text("fi"))
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__(self.findings)

    def text(self, lang: str = "fi") -> str:
        """Every problem with its place, line and remedy."""
        return "\n".join(finding.text(lang) for finding in self.findings)

    def __str__(self) -> str:
        return self.text("en")


class RenderError(OhjausprosessiError):
    """A picture that cannot be made: an unknown format, or a missing program or package.

    Attributes:
        message: what is wrong and what to do about it.

    Example:
        import ohjausprosessi as op

        try:
            op.load("ohjausprosessi_koulutukseen").render("kuvio.docx")
        except op.RenderError as error:
            assert "svg" in error.text("en")
    """

    def __init__(self, message: Text) -> None:
        self.message = message
        super().__init__(message)

    def text(self, lang: str = "fi") -> str:
        """What is wrong and what to do about it."""
        return self.message.text(lang)

    def __str__(self) -> str:
        return self.text("en")


class Refused(OhjausprosessiError):  # noqa: N818  a refusal is an answer, not a fault
    """Raised for an event that may not happen now; the case is unchanged (SEMANTICS §10).

    Attributes:
        code: code of the first reason, such as ``role``, ``guard_false`` or ``missing``.
        reasons: every reason, in the order of SEMANTICS §10.
        asks: facts and information items that have to be found out first.
        options: what the same role may do now instead.

    Example:
        import ohjausprosessi as op

        case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1")
        try:
            case.advance("tule_palvelutorille", by="opinto_ohjaaja")
        except op.Refused as refused:
            assert refused.code == "role"
            assert refused.options == ("hakeudu_ohjaukseen",)
            print(refused.text("fi"))
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
        """Every reason, then what may be done instead."""
        lines = [f"{reason.code}: {reason.text(lang)}" for reason in self.reasons]
        if self.options:
            lead = "nyt voi" if lang == "fi" else "allowed now"
            lines.append(f"  {lead}: {', '.join(self.options)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[type[Refused], tuple[object, ...]]:
        return (type(self), (self.reasons, self.asks, self.options))
