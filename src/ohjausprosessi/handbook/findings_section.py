"""What the checks find wrong with a process although it has a meaning (SEMANTICS §13 B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.counterexample_paths import drawn_path
from ohjausprosessi.handbook.markup import Html, joined, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.handbook.counterexample_paths import Path
    from ohjausprosessi.handbook.page_context import Subject
    from ohjausprosessi.verify import DropoutReport

__all__ = ["check_report", "check_summary"]


def check_summary(subject: Subject, found: tuple[Finding, ...]) -> str:
    """Return how many errors and warnings there are, in words."""
    if not found:
        return subject.word("no_findings")
    errors = sum(finding.severity == "error" for finding in found)
    warnings = len(found) - errors
    parts = []
    if errors:
        parts.append(f"{errors} {subject.word('n_error' if errors == 1 else 'n_errors')}")
    if warnings:
        parts.append(f"{warnings} {subject.word('n_warning' if warnings == 1 else 'n_warnings')}")
    return ", ".join(parts)


def check_report(subject: Subject, report: DropoutReport, paths: Mapping[Finding, Path]) -> Html:
    """Return every finding with its remedy, and how a case meets it; errors come first.

    Args:
        subject: the process and the language.
        report: the report of the process.
        paths: the course of each finding that has one; the drop-out report draws those of
            ``report.losses`` and ``report.broken``, the others are drawn here.
    """
    found = report.findings
    if not found:
        return tag("p", f"✓ {subject.word('no_findings')}", class_="verdict good")
    told_before = {*report.losses, *report.broken}
    ordered = sorted(found, key=lambda finding: finding.severity != "error")
    items = (
        _item(subject, finding, paths.get(finding), drawn=finding not in told_before)
        for finding in ordered
    )
    sign, look = ("✗", "bad") if any(f.severity == "error" for f in found) else ("⚠", "warn")
    return joined(
        [
            tag("p", f"{sign} {check_summary(subject, found)}", class_=f"verdict {look}"),
            tag("ul", *items, class_="findings", aria_label=subject.word("findings")),
        ]
    )


def _item(subject: Subject, finding: Finding, path: Path | None, *, drawn: bool) -> Html:
    sign = "✗" if finding.severity == "error" else "⚠"
    severity = tag(
        "strong", f"{sign} {subject.word(finding.severity).capitalize()}", class_="warning"
    )
    told = tag(
        "p",
        severity,
        ": ",
        finding.message.text(subject.language),
        " ",
        tag("code", finding.code, class_="note"),
    )
    return tag(
        "li",
        told,
        tag("p", f"{subject.word('remedy')}: {finding.hint.text(subject.language)}")
        if finding.hint
        else None,
        None if path is None else drawn_path(subject, path) if drawn else _elsewhere(subject, path),
    )


def _elsewhere(subject: Subject, path: Path) -> Html:
    link = tag("a", f"{subject.word('path')} {path.number}", href=f"#{path.name}")
    return tag("p", f"{subject.word('see_path')} ", link)
