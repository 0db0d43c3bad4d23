"""What the checks find wrong with a process although it has a meaning (SEMANTICS §13 B)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.counterexample_paths import path_list
from ohjausprosessi.handbook.markup import Html, joined, tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.handbook.counterexample_paths import CounterexamplePath
    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.verify import DropoutReport

__all__ = ["check_report", "check_summary"]


def check_summary(context: PageContext, found: tuple[Finding, ...]) -> str:
    """How many errors and warnings there are, in words."""
    if not found:
        return context.message("no_findings")
    errors = sum(finding.severity == "error" for finding in found)
    warnings = len(found) - errors
    parts = []
    if errors:
        parts.append(f"{errors} {context.message('n_error' if errors == 1 else 'n_errors')}")
    if warnings:
        parts.append(
            f"{warnings} {context.message('n_warning' if warnings == 1 else 'n_warnings')}"
        )
    return ", ".join(parts)


def check_report(
    context: PageContext, report: DropoutReport, paths: Mapping[Finding, CounterexamplePath]
) -> Html:
    """Every finding with its remedy, and how a case meets it; errors come first.

    Args:
        context: the process and the language.
        report: the report of the process.
        paths: the course of each finding that has one; the drop-out report draws those of
            ``report.losses`` and ``report.broken``, the others are drawn here.
    """
    found = report.findings
    if not found:
        return tag("p", f"✓ {context.message('no_findings')}", class_="verdict good")
    told_before = {*report.losses, *report.broken}
    ordered = sorted(found, key=lambda finding: finding.severity != "error")
    items = (
        _item(context, finding, paths.get(finding), drawn=finding not in told_before)
        for finding in ordered
    )
    sign, look = ("✗", "bad") if any(f.severity == "error" for f in found) else ("⚠", "warn")
    return joined(
        [
            tag("p", f"{sign} {check_summary(context, found)}", class_=f"verdict {look}"),
            tag("ul", *items, class_="findings", aria_label=context.message("findings")),
        ]
    )


def _item(
    context: PageContext, finding: Finding, path: CounterexamplePath | None, *, drawn: bool
) -> Html:
    sign = "✗" if finding.severity == "error" else "⚠"
    severity = tag(
        "strong", f"{sign} {context.message(finding.severity).capitalize()}", class_="warning"
    )
    told = tag(
        "p",
        severity,
        ": ",
        finding.message.text(context.language),
        " ",
        tag("code", finding.code, class_="note"),
    )
    return tag(
        "li",
        told,
        tag("p", f"{context.message('remedy')}: {finding.hint.text(context.language)}")
        if finding.hint
        else None,
        None if path is None else path_list(context, path) if drawn else _elsewhere(context, path),
    )


def _elsewhere(context: PageContext, path: CounterexamplePath) -> Html:
    link = tag("a", f"{context.message('path')} {path.number}", href=f"#{path.name}")
    return tag("p", f"{context.message('see_path')} ", link)
