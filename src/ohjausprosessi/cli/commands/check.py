"""``check``: problems of definitions, each with its place; a broken file does not stop the others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.commands.proofs import report_course, report_repairs
from ohjausprosessi.cli.terminal import printable_json
from ohjausprosessi.diagnostics import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ohjausprosessi.cli.terminal import Terminal
    from ohjausprosessi.diagnostics import Step, Text

__all__ = ["Checked", "check", "exit_code", "report_json", "report_text"]

_OF_THE_FILE = frozenset({"yaml", "name"})
_STYLES = {"error": "bold red", "warning": "bold yellow"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and what is wrong with it.

    Attributes:
        name: the file or id as it was given.
        process: the process, if the file has a meaning.
        findings: every problem, in the order of the file.
        pictures: of each finding the picture of its course, None where there is none; empty where
            none were asked for.
    """

    name: str
    process: op.Process | None
    findings: tuple[Finding, ...]
    pictures: tuple[Path | None, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether there was a text to look at.

        A file that is missing or cannot be opened, and an id that nothing is called, have one
        finding without a line: ``yaml`` or ``name``.
        """
        return self.process is not None or any(
            finding.location.line is not None or finding.code not in _OF_THE_FILE
            for finding in self.findings
        )

    def count(self, severity: str) -> int:
        """Return the number of findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)


def check(name: str) -> Checked:
    """Load and check one definition; what is wrong with it is the answer, never an exception."""
    try:
        process = op.load(name)
    except op.DefinitionError as error:
        return Checked(name, None, error.findings)
    except OSError as error:  # a name that no file system takes
        why = error.strerror or str(error)
        message = say.filled(say.CANNOT_BE_READ, why=why)
        return Checked(name, None, (Finding.error("yaml", Location(path=name), message),))
    return Checked(name, process, tuple(process.check()))


def exit_code(checked: Iterable[Checked], *, strict: bool = False) -> int:
    """Return 2 if a file could not be read, else 1 if one has errors (strict: warnings), else 0."""
    files = tuple(checked)
    if not all(file.readable for file in files):
        return 2
    wrong = any(file.count("error") or (strict and file.findings) for file in files)
    return int(wrong)


# ---- for people


def report_text(terminal: Terminal, checked: Sequence[Checked]) -> None:
    """Print every finding with its line and caret, a line per file, and the sum."""
    for file in checked:
        for finding, picture in _with_pictures(file):
            _print_finding(terminal, finding)
            if picture is not None:
                terminal.line("→ ", str(picture), indent=4)
            elif file.pictures and finding.counterexample:
                terminal.line(say.NOT_DRAWN.text(terminal.language), indent=4)
        if file.process is not None and file.count("error"):
            report_repairs(terminal, file.process)
        _print_verdict(terminal, file)
    if len(checked) > 1:
        errors, warnings = (sum(f.count(s) for f in checked) for s in ("error", "warning"))
        files = _counted(terminal, len(checked), say.FILE, say.FILES)
        terminal.line((f"{files}: {_problems(terminal, errors, warnings)}", "bold"))


def _with_pictures(file: Checked) -> Iterable[tuple[Finding, Path | None]]:
    return zip_longest(file.findings, file.pictures)


def _print_finding(terminal: Terminal, finding: Finding) -> None:
    language = terminal.language
    severity = say.SEVERITY[finding.severity].text(language)
    terminal.line(
        (f"{finding.location}: ", "bold"),
        (f"{severity} {finding.code}: ", _STYLES[finding.severity]),
        finding.message.text(language),
    )
    if pointer := finding.location.pointer():
        line, _, below = pointer.partition("\n")
        excerpt, caret = _clipped(line, below, terminal.width)
        terminal.line(excerpt)
        terminal.line((caret, _STYLES[finding.severity]))
    report_course(terminal, finding.counterexample)
    if finding.hint is not None:
        terminal.line("= ", finding.hint.text(language), indent=4)


def _clipped(excerpt: str, caret: str, width: int) -> tuple[str, str]:
    """Return the part of a long line that the caret is in, and the caret beneath it."""
    start = max(0, caret.index("^") - width // 2) if len(excerpt) > width else 0
    if start:
        return "    …" + excerpt[start : start + width - 6], "     " + caret[start:]
    return excerpt[:width], caret[:width]


def _print_verdict(terminal: Terminal, file: Checked) -> None:
    language = terminal.language
    errors, warnings = file.count("error"), file.count("warning")
    sign = ("✗ ", "bold red") if errors else ("✓ ", "bold green")
    size = ""
    if file.process is not None:
        size = say.SIZE.text(language).format(
            states=_counted(terminal, len(file.process.states), say.STATE, say.STATES),
            transitions=_counted(
                terminal, len(file.process.transitions), say.TRANSITION, say.TRANSITIONS
            ),
        )
    terminal.line(sign, (file.name, "bold"), f": {_problems(terminal, errors, warnings)}{size}")


def _problems(terminal: Terminal, errors: int, warnings: int) -> str:
    return (
        f"{_counted(terminal, errors, say.ERROR, say.ERRORS)}, "
        f"{_counted(terminal, warnings, say.WARNING, say.WARNINGS)}"
    )


def _counted(terminal: Terminal, number: int, one: Text, many: Text) -> str:
    return f"{number} {(one if number == 1 else many).text(terminal.language)}"


# ---- for programs


def report_json(terminal: Terminal, checked: Sequence[Checked]) -> None:
    """Print files and findings as JSON, texts in both languages."""
    data = {
        "errors": sum(file.count("error") for file in checked),
        "warnings": sum(file.count("warning") for file in checked),
        "files": [
            {
                "file": file.name,
                "readable": file.readable,
                "process": None if file.process is None else file.process.id,
                "version": None if file.process is None else file.process.version,
                "findings": [_finding_data(*entry) for entry in _with_pictures(file)],
            }
            for file in checked
        ],
    }
    terminal.write(printable_json(json.dumps(data, ensure_ascii=False, indent=2)))


def _finding_data(finding: Finding, picture: Path | None) -> dict[str, object]:
    location = finding.location
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": _both(finding.message),
        "hint": None if finding.hint is None else _both(finding.hint),
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "element": list(location.element),
        "trace": list(finding.trace),
        "counterexample": [_step_data(step) for step in finding.counterexample],
        "picture": None if picture is None else str(picture),
    }


def _step_data(step: Step) -> dict[str, object]:
    return {
        "event": step.event,
        "text": _both(step.label),
        "by": step.by,
        "state": step.state,
        "facts": dict(step.facts),
        "active": [stop.place for stop in step.stops],
        "done": step.done,
    }


def _both(text: Text) -> dict[str, str]:
    return {"fi": text.fi, "en": text.en}
