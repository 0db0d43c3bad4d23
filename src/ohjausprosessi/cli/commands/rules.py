"""``rules``: what is proved of every case, and how the rules stand in cases that were stored."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.case_titles import CaseTitles
from ohjausprosessi.cli.commands.proofs import report_course
from ohjausprosessi.cli.files import FileError, read_cases
from ohjausprosessi.cli.terminal import printable_json
from ohjausprosessi.cli.terminal_tables import add, named, table_of
from ohjausprosessi.engine.reasons import CaseDataInvalid
from ohjausprosessi.verify import RuleMonitor, prove

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from rich.table import Table

    from ohjausprosessi.cli.terminal import Part, Terminal
    from ohjausprosessi.diagnostics import Text
    from ohjausprosessi.model import Rule
    from ohjausprosessi.verify import RuleVerdict, Violation

_IN_JSON = {"None": "null", "True": "true", "False": "false"}

__all__ = ["Ruled", "exit_code", "rules", "show_json", "show_text"]


@dataclass(frozen=True, slots=True)
class Ruled:
    """What is known of the rules of a process.

    Attributes:
        process: the process.
        verdicts: what is proved of each rule, in the order of the file.
        cases: how many cases were looked at.
        broken: how many of them broke a rule.
        counts: rule and status to the number of cases.
        violations: pairs of case id and what it broke.
        unread: what is wrong with cases that could not be read.
    """

    process: op.Process
    verdicts: tuple[RuleVerdict, ...]
    cases: int
    broken: int
    counts: Counter[tuple[str, str]]
    violations: tuple[tuple[str, Violation], ...]
    unread: tuple[str, ...]


def rules(
    terminal: Terminal, process: op.Process, paths: Sequence[Path], now: datetime | None
) -> Ruled:
    """Prove the rules of a process, and judge them in every case of some files."""
    watch, titles = (
        RuleMonitor(process.definition),
        CaseTitles(process.definition, terminal.language),
    )
    counts: Counter[tuple[str, str]] = Counter()
    violations: list[tuple[str, Violation]] = []
    unread: list[str] = []
    judged = broken = 0
    with terminal.progress(say.JUDGING.text(terminal.language)) as progress:
        for number, (place, data) in enumerate(_stored(terminal, paths, unread), 1):
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
    return Ruled(process, verdicts, judged, broken, counts, tuple(violations), tuple(unread))


def _as_json(refused: op.Refused) -> op.Refused:
    """Return why stored data is no case, with what it holds written as in the file."""
    reasons = [
        replace(reason, got=_IN_JSON.get(reason.got, reason.got))
        if isinstance(reason, CaseDataInvalid)
        else reason
        for reason in refused.reasons
    ]
    return op.Refused(reasons)


def _after(case: op.Case, now: datetime | None) -> op.Case:
    """Return a case after what is due by a moment; one without times knows of none (T1)."""
    return case if now is None or case.at is None or case.ended else case.tick(now)


def _stored(
    terminal: Terminal, paths: Iterable[Path], unread: list[str]
) -> Iterator[tuple[str, object]]:
    """Yield every case of the files with its place; note what cannot be read and go on."""
    for path in paths:
        try:
            yield from read_cases(path)
        except FileError as error:
            unread.append(error.text(terminal.language))


def exit_code(ruled: Ruled) -> int:
    """Return 2 if a case could not be read, else 1 if a rule is broken, else 0."""
    if ruled.unread:
        return 2
    return int(bool(ruled.violations) or any(v.holds is False for v in ruled.verdicts))


def _proof(rule: Rule, verdict: RuleVerdict) -> tuple[str, Text]:
    """Return the style and the words of what is proved of a rule."""
    if verdict.holds:
        return ("green", say.PROVED_BUT_TIME if verdict.timed else say.PROVED)
    if verdict.holds is False:
        return ("bold red", say.DISPROVED)
    watched = verdict.watched or rule.rule == "every"
    return ("", say.PEOPLE_KEEP) if watched else ("bold yellow", say.NOT_DECIDED)


# ---- for people


def show_text(terminal: Terminal, ruled: Ruled) -> None:
    """Print a table of the rules, then every breach on a line."""
    titles = CaseTitles(ruled.process.definition, terminal.language)
    terminal.line((titles.title(ruled.process.definition), "bold"))
    terminal.line()
    terminal.show(_table(titles, ruled))
    for verdict in ruled.verdicts:
        if verdict.holds is False and verdict.why is not None:
            why = verdict.why.text(terminal.language)
            terminal.line(("✗ ", "bold red"), f"{verdict.rule}: {why}")
            report_course(terminal, verdict.counterexample)
    for case, violation in ruled.violations:
        told = violation.text(ruled.process.definition, terminal.language)
        terminal.line(("✗ ", "bold red"), (f"{case} ", "bold"), told)
    if ruled.cases:
        summary = titles.say(say.CASES_JUDGED, cases=ruled.cases, broken=ruled.broken)
        terminal.line((summary, "bold"))
    for wrong in ruled.unread:
        terminal.error(wrong)


def _table(titles: CaseTitles, ruled: Ruled) -> Table:
    columns = [say.COLUMN_RULE, say.COLUMN_PROOF]
    if ruled.cases:
        columns += [say.COLUMN_KEPT, say.COLUMN_OPEN, say.COLUMN_BROKEN]
    found = table_of(titles, say.RULES_HEAD, *columns)
    for verdict in ruled.verdicts:
        rule = ruled.process.rules[verdict.rule]
        style, proof = _proof(rule, verdict)
        cells: list[Sequence[Part]] = [named(titles, rule), [(titles.say(proof), style)]]
        if ruled.cases:
            cells += [
                [(str(number), "bold red" if number and status == "broken" else "")]
                for status in ("kept", "open", "broken")
                for number in [ruled.counts[rule.id, status]]
            ]
        add(found, _mark(verdict, ruled), *cells)
    return found


def _mark(verdict: RuleVerdict, ruled: Ruled) -> list[Part]:
    """Return a tick for what is proved or kept in every case, a cross for what is broken."""
    if verdict.holds is False or ruled.counts[verdict.rule, "broken"]:
        return [("✗", "bold red")]
    kept = 0 < ruled.cases == ruled.counts[verdict.rule, "kept"]
    proved = verdict.holds and not verdict.timed
    return [("✓", "bold green")] if kept or proved else ["·"]


# ---- for programs


def show_json(terminal: Terminal, ruled: Ruled) -> None:
    """Print the same as JSON, texts in both languages."""
    definition = ruled.process.definition
    data = {
        "process": ruled.process.id,
        "version": ruled.process.version,
        "cases": ruled.cases,
        "rules": [
            {
                "rule": verdict.rule,
                "title": {lang: definition.rules[verdict.rule].text(lang) for lang in ("fi", "en")},
                "proved": verdict.holds,
                "timed": verdict.timed,
                "monitor": verdict.watched,
                **{s: ruled.counts[verdict.rule, s] for s in ("kept", "open", "broken")},
            }
            for verdict in ruled.verdicts
        ],
        "breaches": [
            {
                "case": case,
                "rule": violation.rule,
                "seq": violation.seq,
                "message": {lang: violation.text(definition, lang) for lang in ("fi", "en")},
            }
            for case, violation in ruled.violations
        ],
        "unread": list(ruled.unread),
    }
    terminal.write(printable_json(json.dumps(data, ensure_ascii=False, indent=2)))
