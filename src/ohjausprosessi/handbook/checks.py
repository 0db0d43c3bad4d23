"""What the checks find wrong with a process although it has a meaning (SEMANTICS §13 B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, joined, table, tag, text
from ohjausprosessi.handbook.tables import cells

if TYPE_CHECKING:
    from ohjausprosessi.errors import Finding
    from ohjausprosessi.handbook.subject import Subject

__all__ = ["check_report", "check_summary"]


def check_summary(subject: Subject, found: tuple[Finding, ...]) -> str:
    """Return how many errors and warnings there are, in words."""
    if not found:
        return subject.word("no_findings")
    errors = sum(finding.severity == "error" for finding in found)
    parts = [f"{errors} {subject.word('n_errors')}"] if errors else []
    warnings = len(found) - errors
    parts += [f"{warnings} {subject.word('n_warnings')}"] if warnings else []
    return ", ".join(parts)


def check_report(subject: Subject, found: tuple[Finding, ...]) -> Html:
    """Return every finding with its remedy, and how a case would meet it."""
    if not found:
        return tag("p", f"✓ {subject.word('no_findings')}", class_="verdict good")
    heads = [subject.word(key) for key in ("finding", "code", "remedy", "trace")]
    rows = (_row(subject, finding) for finding in found)
    return joined(
        [
            tag("p", f"⚠ {check_summary(subject, found)}", class_="verdict bad"),
            table(subject.word("check"), heads, rows, headed=True),
        ]
    )


def _row(subject: Subject, finding: Finding) -> Html:
    severity = tag("strong", subject.word(finding.severity), class_="warning")
    hint = finding.hint.text(subject.language) if finding.hint else subject.word("none")
    return cells(
        joined([severity, ": ", finding.texts.text(subject.language)]),
        tag("code", finding.code),
        hint,
        subject.lines(text(name) for name in finding.trace),
    )
