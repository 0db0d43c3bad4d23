"""Findings as lines of the terminal: place, message, the line with a caret, course and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.cli import messages as say
from ohjausprosessi.diagnostics import counterexample_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.cli.terminal import Terminal
    from ohjausprosessi.diagnostics import Finding, Step

__all__ = ["print_counterexample", "print_finding", "print_findings"]

_STYLES = {"error": "bold red", "warning": "bold yellow"}


def print_findings(terminal: Terminal, findings: Iterable[Finding]) -> None:
    """Print findings one below the other."""
    for finding in findings:
        print_finding(terminal, finding)


def print_finding(terminal: Terminal, finding: Finding) -> None:
    """Print a finding with everything that is known of it."""
    language = terminal.language
    severity = say.SEVERITY[finding.severity].text(language)
    style = _STYLES[finding.severity]
    terminal.line(
        (f"{finding.location}: ", "bold"),
        (f"{severity} {finding.code}: ", style),
        finding.message.text(language),
    )
    if pointer := finding.location.pointer():
        line, _, below = pointer.partition("\n")
        excerpt, caret = _clipped(line, below, terminal.width)
        terminal.line(excerpt)
        terminal.line((caret, style))
    print_counterexample(terminal, finding.counterexample)
    if finding.hint is not None:
        terminal.line("= ", finding.hint.text(language), indent=4)


def _clipped(excerpt: str, caret: str, width: int) -> tuple[str, str]:
    """Cut a long line to the part around its caret, and move the caret beneath it."""
    start = max(0, caret.index("^") - width // 2) if len(excerpt) > width else 0
    if start:
        return "    …" + excerpt[start : start + width - 6], "     " + caret[start:]
    return excerpt[:width], caret[:width]


def print_counterexample(terminal: Terminal, counterexample: Sequence[Step]) -> None:
    """Print a course downwards, wrapped beside its marks; a cross marks where it goes wrong."""
    for line in counterexample_lines(counterexample, terminal.language):
        terminal.hanging(line, indent=4, style="bold red" if line[0] == "✗" else "dim")
