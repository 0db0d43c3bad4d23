"""``check``: problems of definitions, each with its place; a broken file does not stop the others."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.command_terminal import command_terminal
from ohjausprosessi.cli.findings_text import print_finding
from ohjausprosessi.cli.input_errors import system_error
from ohjausprosessi.cli.options import CheckForm, Language, LanguageOption, examples
from ohjausprosessi.cli.sarif import sarif_text
from ohjausprosessi.cli.terminal import printable_json
from ohjausprosessi.diagnostics import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.cli.terminal import Terminal
    from ohjausprosessi.diagnostics import Step, Text
    from ohjausprosessi.model import Definition

__all__ = ["CheckedFile", "check", "check_file", "command", "print_report"]

_MOST_REPAIRS = 3
_OF_THE_FILE = frozenset({"yaml", "name"})

command = typer.Typer()


@command.command(
    short_help="Find what is wrong with definitions.",
    epilog=examples(
        "ohjausprosessi check processes/*.yaml",
        "ohjausprosessi check --strict my_process.yaml",
        "ohjausprosessi check --report fi tyottomyydesta_tutkintoon",
        "ohjausprosessi check --draw build/courses my_process.yaml",
        "ohjausprosessi check --format sarif processes/*.yaml > findings.sarif",
    ),
)
def check(  # noqa: PLR0917  Typer calls it by keyword
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="YAML files, or ids of processes that ship with us."
        ),
    ],
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings count as errors do.")
    ] = False,
    report: Annotated[
        Language | None,
        typer.Option("--report", help="Also tell where a client can drop out, in this language."),
    ] = None,
    draw: Annotated[
        Path | None,
        typer.Option(
            "--draw",
            metavar="FOLDER",
            help="Draw into a folder how a case meets each problem, a picture for each.",
        ),
    ] = None,
    form: Annotated[
        CheckForm, typer.Option("--format", help="For people, programs, or code hosting.")
    ] = CheckForm.TEXT,
    lang: LanguageOption = None,
) -> None:
    """Check definitions: every problem with its place, the line and what to do.

    Where single edits would mend a process, the best of them are named; each was tried. A broken
    file does not stop the others. Exit code: 0 no errors, 1 errors (with --strict also warnings),
    2 a file is missing or cannot be read, or the command is misused.
    """
    if report is not None and form is not CheckForm.TEXT:
        raise typer.BadParameter(
            "it is written for people: leave --format out", param_hint="--report"
        )
    with command_terminal(lang) as terminal:
        checked = _check_files(terminal, files)
        if draw is not None:
            checked = _with_pictures(checked, draw, terminal.language)
        if form is CheckForm.JSON:
            _print_json(terminal, checked)
        elif form is CheckForm.SARIF:
            findings = [finding for file in checked for finding in file.findings]
            terminal.write(sarif_text(findings, op.__version__, terminal.language))
        else:
            print_report(terminal, checked)
            for file in checked:
                if report is not None and file.process is not None:
                    _print_dropouts(terminal, file.process, report.value)
    raise typer.Exit(_exit_code(checked, strict=strict))


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file and what is wrong with it.

    Attributes:
        name: the file or id as it was given.
        process: the process, if the file has a meaning.
        findings: every problem, in the order of the file.
        pictures: for each finding the picture of its course, None where there is none; empty if no
            pictures were asked for.
    """

    name: str
    process: op.Process | None
    findings: tuple[Finding, ...]
    pictures: tuple[Path | None, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether there was a text to look at.

        A file that is missing or cannot be opened, and an id that no process has, give one finding
        without a line: ``yaml`` or ``name``.
        """
        return self.process is not None or any(
            finding.location.line is not None or finding.code not in _OF_THE_FILE
            for finding in self.findings
        )

    def count(self, severity: str) -> int:
        """The number of findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)


def check_file(name: str) -> CheckedFile:
    """Load and check one definition; whatever is wrong with it becomes findings, not an exception."""
    try:
        process = op.load(name)
    except op.DefinitionError as error:
        return CheckedFile(name, None, error.findings)
    except OSError as error:  # a name that no file system takes
        message = say.filled(say.CANNOT_BE_READ, why=system_error(error))
        return CheckedFile(name, None, (Finding.error("yaml", Location(path=name), message),))
    return CheckedFile(name, process, tuple(process.check()))


def _check_files(terminal: Terminal, names: Sequence[str]) -> list[CheckedFile]:
    checked = []
    with terminal.progress(say.CHECKING.text(terminal.language)) as progress:
        for number, name in enumerate(names):
            progress(number, len(names))
            checked.append(check_file(name))
    return checked


def _exit_code(checked: Iterable[CheckedFile], *, strict: bool) -> int:
    """2 if a file could not be read, else 1 if one has errors (strict: findings), else 0."""
    files = tuple(checked)
    if not all(file.readable for file in files):
        return 2
    return int(any(file.count("error") or (strict and file.findings) for file in files))


# ---- pictures


def _with_pictures(
    checked: Sequence[CheckedFile], folder: Path, language: str
) -> list[CheckedFile]:
    """Draw the course of every finding that has one, as ``<process>-<code>-<n>.svg``.

    Raises:
        RenderError: no program that draws is installed.
        OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    numbers: Counter[tuple[str, str]] = Counter()
    drawn = []
    for file in checked:
        pictures: list[Path | None] = []
        for finding in file.findings:
            picture = None
            if file.process is not None and finding.counterexample:
                numbers[file.process.id, finding.code] += 1
                number = numbers[file.process.id, finding.code]
                picture = folder / f"{file.process.id}-{finding.code}-{number}.svg"
                picture = _draw(file.process.definition, finding, picture, language)
            pictures.append(picture)
        drawn.append(replace(file, pictures=tuple(pictures)))
    return drawn


def _draw(definition: Definition, finding: Finding, picture: Path, language: str) -> Path | None:
    """Draw a course into the full view; None if no case can follow it or the process is too large."""
    from ohjausprosessi.diagram import render  # noqa: PLC0415  drawing is not always asked for
    from ohjausprosessi.diagram.output.render import MANY_STATES  # noqa: PLC0415
    from ohjausprosessi.verify import follow  # noqa: PLC0415

    case = follow(definition, finding.counterexample)
    if case is None or len(definition.states) >= MANY_STATES:
        return None
    return render(
        definition,
        picture,
        lang=language,
        view="full",
        case=case,
        counterexample=finding.counterexample,
    )


# ---- for people


def print_report(terminal: Terminal, checked: Sequence[CheckedFile]) -> None:
    """Print every finding, the best repairs and a verdict for each file, then the sum."""
    for file in checked:
        for finding, picture in _pictured(file):
            print_finding(terminal, finding)
            if picture is not None:
                terminal.line("→ ", str(picture), indent=4)
            elif file.pictures and finding.counterexample:
                terminal.line(say.NOT_DRAWN.text(terminal.language), indent=4)
        if file.process is not None and file.count("error"):
            _print_repairs(terminal, file.process)
        _print_verdict(terminal, file)
    if len(checked) > 1:
        errors, warnings = (sum(f.count(s) for f in checked) for s in ("error", "warning"))
        files = _counted(terminal, len(checked), say.FILE, say.FILES)
        terminal.line((f"{files}: {_problems(terminal, errors, warnings)}", "bold"))


def _pictured(file: CheckedFile) -> Iterable[tuple[Finding, Path | None]]:
    return zip_longest(file.findings, file.pictures)


def _print_repairs(terminal: Terminal, process: op.Process) -> None:
    """Print the best single edits that would mend a definition; each was tried and checked."""
    from ohjausprosessi.verify.repair.repair import repairs  # noqa: PLC0415  proofs come with it

    for repair in repairs(process.definition)[:_MOST_REPAIRS]:
        left = len(repair.remaining)
        rest = say.REPAIR_PART if left else say.REPAIR_ALL
        told = repair.message.text(terminal.language)
        lead = say.REPAIR.text(terminal.language)
        terminal.line(f"{lead}{told} ({rest.text(terminal.language).format(left=left)})", indent=4)


def _print_verdict(terminal: Terminal, file: CheckedFile) -> None:
    errors, warnings = file.count("error"), file.count("warning")
    sign = ("✗ ", "bold red") if errors else ("✓ ", "bold green")
    size = ""
    if file.process is not None:
        states = _counted(terminal, len(file.process.states), say.STATE, say.STATES)
        transitions = _counted(
            terminal, len(file.process.transitions), say.TRANSITION, say.TRANSITIONS
        )
        size = f" – {states}, {transitions}"
    terminal.line(sign, (file.name, "bold"), f": {_problems(terminal, errors, warnings)}{size}")


def _problems(terminal: Terminal, errors: int, warnings: int) -> str:
    return (
        f"{_counted(terminal, errors, say.ERROR, say.ERRORS)}, "
        f"{_counted(terminal, warnings, say.WARNING, say.WARNINGS)}"
    )


def _counted(terminal: Terminal, number: int, one: Text, many: Text) -> str:
    return f"{number} {(one if number == 1 else many).text(terminal.language)}"


def _print_dropouts(terminal: Terminal, process: op.Process, language: str) -> None:
    """Print where a client can drop out: every hand-off, every state without a time limit."""
    from ohjausprosessi.verify import dropout_report  # noqa: PLC0415  proofs come with it

    terminal.line()
    for line in dropout_report(process.definition).text(language).splitlines():
        terminal.hanging(line)


# ---- for programs


def _print_json(terminal: Terminal, checked: Sequence[CheckedFile]) -> None:
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
                "findings": [_finding_data(*entry) for entry in _pictured(file)],
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
