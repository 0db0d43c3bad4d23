"""``rules``: what is proved of every case, and how the rules stand in cases that were stored."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.case_titles import CaseTitles
from ohjausprosessi.cli.command_terminal import command_terminal
from ohjausprosessi.cli.files import read_cases
from ohjausprosessi.cli.findings_text import print_counterexample
from ohjausprosessi.cli.input_errors import InputError
from ohjausprosessi.cli.options import FileArgument, Form, FormOption, LanguageOption, examples
from ohjausprosessi.cli.terminal import printable_json
from ohjausprosessi.cli.terminal_tables import add, named, table_of
from ohjausprosessi.cli.times import option_moment
from ohjausprosessi.engine.reasons import CaseDataInvalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from rich.table import Table

    from ohjausprosessi.cli.terminal import Part, Terminal
    from ohjausprosessi.diagnostics import Text
    from ohjausprosessi.model import Rule
    from ohjausprosessi.verify import RuleVerdict, Violation

_IN_JSON = {"None": "null", "True": "true", "False": "false"}

__all__ = ["command", "rules"]

command = typer.Typer()


@command.command(
    short_help="Show which rules are proved, and how cases keep them.",
    epilog=examples(
        "ohjausprosessi rules tyottomyydesta_tutkintoon",
        "ohjausprosessi rules tyottomyydesta_tutkintoon build/demo/case.json --now 2021-06-01",
        "ohjausprosessi rules my_process.yaml cases.jsonl --format json",
    ),
)
def rules(
    file: FileArgument,
    cases: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[CASES...]",
            help="Stored cases of the process: JSON with one or an array, or JSON Lines.",
        ),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(
            "--now",
            metavar="DATE",
            help="Let time pass up to then and judge what is late, such as 2021-06-01.",
            show_default="up to the last event of each case",
        ),
    ] = None,
    form: FormOption = Form.TEXT,
    lang: LanguageOption = None,
) -> None:
    """Show every rule: whether it is proved of all cases, or for people to keep.

    With stored cases also in how many it is kept, open (something must still come) or broken; a
    history is judged again event by event, times included. With --now, what time does by then comes
    first: a hand-off that is due has expired. Exit code: 0 no rule is broken, 1 one is, 2 a file is
    missing, is no case of this process or has a later event than --now.
    """
    with command_terminal(lang) as terminal:
        process = op.load(file)
        zone = ZoneInfo(process.definition.timezone)
        moment = None if now is None else option_moment(now, zone)
        results = _judge(terminal, process, cases or (), moment)
        if form is Form.JSON:
            _print_json(terminal, results)
        else:
            _print_text(terminal, results)
    raise typer.Exit(_exit_code(results))


@dataclass(frozen=True, slots=True)
class _Results:
    """What is known of the rules of a process.

    Attributes:
        process: the process.
        verdicts: what is proved of each rule, in the order of the file.
        cases: how many cases were looked at.
        broken: how many of them broke a rule.
        counts: rule and status to the number of cases.
        violations: pairs of case id and what it broke.
        empty: files that hold no case.
        unread: what is wrong with cases that could not be read.
    """

    process: op.Process
    verdicts: tuple[RuleVerdict, ...]
    cases: int
    broken: int
    counts: Counter[tuple[str, str]]
    violations: tuple[tuple[str, Violation], ...]
    empty: tuple[Path, ...]
    unread: tuple[str, ...]


def _judge(
    terminal: Terminal, process: op.Process, paths: Sequence[Path], now: datetime | None
) -> _Results:
    """Prove the rules of a process, and judge them in every case of some files."""
    from ohjausprosessi.verify import RuleMonitor, prove  # noqa: PLC0415  proofs come with it

    watch, titles = (
        RuleMonitor(process.definition),
        CaseTitles(process.definition, terminal.language),
    )
    counts: Counter[tuple[str, str]] = Counter()
    violations: list[tuple[str, Violation]] = []
    empty: list[Path] = []
    unread: list[str] = []
    judged = broken = 0
    with terminal.progress(say.JUDGING.text(terminal.language)) as progress:
        for number, (place, data) in enumerate(_stored(terminal, paths, empty, unread), 1):
            progress(number, None)
            try:
                case = process.restore(data)
                if now is not None and case.at is not None and now < case.at:
                    unread.append(
                        titles.say(say.NOW_BACKWARDS, place=place, last=titles.moment(case.at))
                    )
                    continue
                statuses = watch.judge(_after(case, now).history, now=now)
            except op.Refused as refused:
                unread.append(f"{place}: {_as_json(refused).text(terminal.language)}")
                continue
            judged += 1
            counts.update((status.rule, status.status) for status in statuses)
            found = [(case.id, s.violation) for s in statuses if s.violation is not None]
            broken += bool(found)
            violations += found
    verdicts = prove(process.definition)
    return _Results(
        process,
        verdicts,
        judged,
        broken,
        counts,
        tuple(violations),
        tuple(empty),
        tuple(unread),
    )


def _as_json(refused: op.Refused) -> op.Refused:
    """The refusal with stored values written as JSON writes them."""
    reasons = [
        replace(reason, got=_IN_JSON.get(reason.got, reason.got))
        if isinstance(reason, CaseDataInvalid)
        else reason
        for reason in refused.reasons
    ]
    return op.Refused(reasons)


def _after(case: op.Case, now: datetime | None) -> op.Case:
    """Let time pass for a case up to a moment; a case without times, or over, stays as it is (T1)."""
    return case if now is None or case.at is None or case.ended else case.tick(now)


def _stored(
    terminal: Terminal, paths: Iterable[Path], empty: list[Path], unread: list[str]
) -> Iterator[tuple[str, object]]:
    """Yield every case of the files with its place; note files that are empty or cannot be read."""
    for path in paths:
        found = False
        try:
            for place, data in read_cases(path):
                found = True
                yield place, data
            if not found:
                empty.append(path)
        except InputError as error:
            unread.append(error.text(terminal.language))


def _exit_code(results: _Results) -> int:
    """2 if a case could not be read, else 1 if a rule is broken, else 0."""
    if results.unread:
        return 2
    return int(bool(results.violations) or any(v.holds is False for v in results.verdicts))


def _proof(rule: Rule, verdict: RuleVerdict) -> tuple[str, Text]:
    """The style and the words of what is proved of a rule."""
    if verdict.holds:
        return ("green", say.PROVED_BUT_TIME if verdict.timed else say.PROVED)
    if verdict.holds is False:
        return ("bold red", say.DISPROVED)
    watched = verdict.watched or rule.rule == "every"
    return ("", say.PEOPLE_KEEP) if watched else ("bold yellow", say.NOT_DECIDED)


# ---- for people


def _print_text(terminal: Terminal, results: _Results) -> None:
    """Print a table of the rules, then every breach on a line."""
    titles = CaseTitles(results.process.definition, terminal.language)
    terminal.line((titles.title(results.process.definition), "bold"))
    terminal.line()
    terminal.show(_table(titles, results))
    for verdict in results.verdicts:
        if verdict.holds is False and verdict.why is not None:
            why = verdict.why.text(terminal.language)
            terminal.line(("✗ ", "bold red"), f"{verdict.rule}: {why}")
            print_counterexample(terminal, verdict.counterexample)
    for case, violation in results.violations:
        told = violation.text(terminal.language, definition=results.process.definition)
        terminal.line(("✗ ", "bold red"), (f"{case} ", "bold"), told)
    if results.cases:
        summary = titles.say(say.CASES_JUDGED, cases=results.cases, broken=results.broken)
        terminal.line((summary, "bold"))
    for path in results.empty:
        terminal.line(titles.say(say.NO_CASES, path=path))
    for wrong in results.unread:
        terminal.error(wrong)


def _table(titles: CaseTitles, results: _Results) -> Table:
    columns = [say.COLUMN_RULE, say.COLUMN_PROOF]
    if results.cases:
        columns += [say.COLUMN_KEPT, say.COLUMN_OPEN, say.COLUMN_BROKEN]
    found = table_of(titles, say.RULES_HEAD, *columns)
    for verdict in results.verdicts:
        rule = results.process.rules[verdict.rule]
        style, proof = _proof(rule, verdict)
        cells: list[Sequence[Part]] = [named(titles, rule), [(titles.say(proof), style)]]
        if results.cases:
            cells += [
                [(str(number), "bold red" if number and status == "broken" else "")]
                for status in ("kept", "open", "broken")
                for number in [results.counts[rule.id, status]]
            ]
        add(found, _mark(verdict, results), *cells)
    return found


def _mark(verdict: RuleVerdict, results: _Results) -> list[Part]:
    """A tick for what is proved or kept in every case, a cross for what is broken."""
    if verdict.holds is False or results.counts[verdict.rule, "broken"]:
        return [("✗", "bold red")]
    kept = 0 < results.cases == results.counts[verdict.rule, "kept"]
    proved = verdict.holds and not verdict.timed
    return [("✓", "bold green")] if kept or proved else ["·"]


# ---- for programs


def _print_json(terminal: Terminal, results: _Results) -> None:
    """Print the same as JSON, texts in both languages."""
    definition = results.process.definition
    data = {
        "process": results.process.id,
        "version": results.process.version,
        "cases": results.cases,
        "rules": [
            {
                "rule": verdict.rule,
                "title": {lang: definition.rules[verdict.rule].text(lang) for lang in ("fi", "en")},
                "proved": verdict.holds,
                "timed": verdict.timed,
                "monitor": verdict.watched,
                **{s: results.counts[verdict.rule, s] for s in ("kept", "open", "broken")},
            }
            for verdict in results.verdicts
        ],
        "breaches": [
            {
                "case": case,
                "rule": violation.rule,
                "seq": violation.seq,
                "message": {
                    lang: violation.text(lang, definition=definition) for lang in ("fi", "en")
                },
            }
            for case, violation in results.violations
        ],
        "unread": list(results.unread),
    }
    terminal.write(printable_json(json.dumps(data, ensure_ascii=False, indent=2)))
