"""``demo``: the main job, shown. Both processes are checked, and one client walks through them.

The times are fixed examples; nothing reads the clock. Every line tells what the engine answered.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.case_titles import CaseTitles
from ohjausprosessi.cli.command_terminal import command_terminal
from ohjausprosessi.cli.commands.check import check_file, print_report
from ohjausprosessi.cli.files import case_text, write_text
from ohjausprosessi.cli.options import LanguageOption, examples
from ohjausprosessi.cli.refusal_text import reasons_lines
from ohjausprosessi.cli.times import coming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ohjausprosessi.cli.terminal import Part, Terminal
    from ohjausprosessi.model import Value

__all__ = ["PROCESSES", "SCRIPT", "ScriptStep", "command", "demo", "walk"]

PROCESSES = ("tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen")
_CASE_ID = "A-1"
_DAY = 11
_MARK = 4
_ANSWERS = {"accept": say.DEMO_ACCEPTS, "decline": say.DEMO_DECLINES}
_TIMES = {"remind": say.DEMO_REMINDED, "expire": say.DEMO_EXPIRED}

Shown = tuple["ScriptStep", "op.Case", "op.Case", "op.Refused | None"]


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """What is tried in the walk.

    Attributes:
        day: the date, in the time zone of the process, at nine in the morning.
        name: the transition, answer or duty; ``learn``; or ``tick``, where only time passes.
        by: the role that acts.
        facts: facts and information recorded with it.
    """

    day: str
    name: str
    by: str | None = None
    facts: Mapping[str, Value] = field(default_factory=dict)


_EMPLOYMENT = "tyollisyyspalvelukoordinaattori"
_COUNSELLOR = "opinto_ohjaaja"
_COORDINATOR = "koulutuskoordinaattori"
_CLIENT = "asiakas"

SCRIPT = (
    ScriptStep("2021-03-09", "tick"),
    ScriptStep("2021-03-09", "arvioi_palvelutarve", _EMPLOYMENT),
    ScriptStep("2021-03-10", "tukitoimet", _EMPLOYMENT),
    ScriptStep("2021-03-10", "motivointi", _EMPLOYMENT),
    ScriptStep(
        "2021-03-11",
        "ohjaa_opinto_ohjaajalle",
        _EMPLOYMENT,
        {
            "vailla_perusasteen_jalkeista_tutkintoa": True,
            "osaamisen_kehittamistarve": True,
            "tiedonsiirron_peruste": "suostumus",
            "yhteystiedot": "050 000 0000",
            "palvelutarvearvio": "tutkinto puuttuu",
            "tuen_tarpeet": "tukea kirjoittamiseen",
        },
    ),
    ScriptStep("2021-03-12", "ohjaa_opinto_ohjaajalle.decline", _COUNSELLOR),
    ScriptStep("2021-03-22", "ohjaa_opinto_ohjaajalle", _EMPLOYMENT),
    ScriptStep("2021-03-23", "ohjaa_opinto_ohjaajalle.accept", _COUNSELLOR),
    ScriptStep("2021-03-30", "aloita_kartoitus_opinto_ohjaajan_kautta", _COUNSELLOR),
    ScriptStep("2021-03-31", "hakeudu_ohjaukseen", _CLIENT, {"haluaa_koulutukseen": "kylla"}),
    ScriptStep("2021-04-07", "aloita_kartoitus", _COUNSELLOR),
    ScriptStep("2021-04-21", "esita_vaihtoehdot", _COORDINATOR, {"vaihtoehdot_kartoitettu": True}),
    ScriptStep(
        "2021-04-23",
        "valitse_perustutkinto",
        _CLIENT,
        {
            "tavoite": "perustutkinto",
            "oppilaitos": "savon_ammattiopisto",
            "koulutusala": "sosiaali- ja terveysala",
            "tavoite_ja_suunnitelma": "lähihoitajan tutkinto",
        },
    ),
    ScriptStep("2021-04-26", "valitse_perustutkinto.accept", _COUNSELLOR),
    ScriptStep(
        "2021-06-10",
        "vahvista_opiskelupaikka",
        _COUNSELLOR,
        {"valintatulos": "valittu", "opiskelupaikan_tiedot": "alkaa 9.8.2021"},
    ),
    ScriptStep("2021-06-14", "siirra_savon_ammattiopistoon", _COORDINATOR),
    ScriptStep(
        "2021-06-16",
        "learn",
        _COUNSELLOR,
        {"suunnitelma_laadittu": True, "tukitoimet_sovittu": True},
    ),
    ScriptStep("2021-08-05", "siirra_savon_ammattiopistoon", _COORDINATOR),
    ScriptStep("2021-08-09", "siirra_savon_ammattiopistoon.accept", _COUNSELLOR),
    ScriptStep("2021-08-20", "tukitoimet", _COUNSELLOR),
    ScriptStep("2021-08-20", "motivointi", _COUNSELLOR),
    ScriptStep(
        "2022-01-10", "aloita_tyossaoppimisjakso", _COUNSELLOR, {"tyonantaja_sovittu": True}
    ),
    ScriptStep("2022-05-20", "paata_tyossaoppimisjakso", _COUNSELLOR),
    ScriptStep(
        "2023-05-31",
        "suorita_opinnot_savon_ammattiopistossa",
        _COUNSELLOR,
        {
            "suoritus": "tutkinto",
            "suoritustiedot": "lähihoitaja",
            "tyonhaun_tila_ja_jatkosuunnitelma": "hakee työtä",
        },
    ),
    ScriptStep("2023-06-08", "tick"),
    ScriptStep("2023-06-09", "ohjaa_palautuksesta_tyonhaun_tukeen", _EMPLOYMENT),
    ScriptStep("2023-06-12", "tukitoimet", _EMPLOYMENT),
    ScriptStep("2023-06-28", "kirjaa_tyollistyminen", _CLIENT, {"tyollistynyt": True}),
)
_FIRST_DAY = "2021-03-01"


command = typer.Typer()


@command.command(
    short_help="Show the main job on one client.",
    epilog=examples(
        "ohjausprosessi demo",
        "ohjausprosessi demo --lang fi --output /tmp/demo",
    ),
)
def demo(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files go.")
    ] = Path("build/demo"),
    lang: LanguageOption = None,
) -> None:
    """Show the main job: both processes checked, one client walked from start to end.

    Writes both pictures as SVG and the case as JSON. The times are fixed examples.
    """
    with command_terminal(lang) as terminal:
        _show(terminal, output)


def _show(terminal: Terminal, folder: Path) -> None:
    """Check both processes, walk one client through them and write pictures and case."""
    folder.mkdir(parents=True, exist_ok=True)
    terminal.line((say.DEMO_CHECKED.text(terminal.language), "bold"))
    for name in PROCESSES:
        print_report(terminal, [check_file(name)])
    processes = [op.load(name) for name in PROCESSES]
    process = processes[0]
    titles = CaseTitles(process.definition, terminal.language, brief=True)
    terminal.line()
    terminal.line((say.DEMO_WALK.text(terminal.language), "bold"))
    shown = list(walk(process))
    _legend(terminal, titles, shown)
    _story(terminal, titles, shown)
    terminal.line()
    terminal.line((say.DEMO_SUMMARY.text(terminal.language), "bold"))
    _summary(terminal, titles, process, shown)
    _write(terminal, processes, shown[-1][2], folder)


def walk(process: op.Process) -> Iterator[Shown]:
    """Walk the script; yield each step, the case before and after, and the refusal if it was one."""
    zone = ZoneInfo(process.definition.timezone)
    case = process.start(_CASE_ID, at=_at(_FIRST_DAY, zone))
    yield ScriptStep(_FIRST_DAY, "start"), case, case, None
    for step in SCRIPT:
        before, refused = case, None
        try:
            case = _take(case, step, _at(step.day, zone))
        except op.Refused as refusal:
            refused = refusal
        yield step, before, case, refused


def _at(day: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=zone)


def _take(case: op.Case, step: ScriptStep, at: datetime) -> op.Case:
    if step.name == "tick":
        return case.tick(at)
    if step.name == "learn":
        return case.learn(step.facts, by=step.by, at=at)
    return case.advance(step.name, by=step.by, facts=step.facts, at=at)


# ---- the story


def _legend(terminal: Terminal, titles: CaseTitles, shown: list[Shown]) -> None:
    owners = dict.fromkeys(
        owner
        for _, _, case, _ in shown
        for place in case.active
        for owner in _owners(titles, case, place)
    )
    parts: list[Part] = [titles.say(say.DEMO_LEGEND)]
    for owner in owners:
        parts += ["  ", *titles.mark(owner), f" {titles.owner(owner)}"]
    terminal.line(*parts)
    terminal.line(titles.say(say.DEMO_INSIDE))
    terminal.line()


def _owners(titles: CaseTitles, case: op.Case, place: str) -> tuple[str, ...]:
    handoff = case.open_handoffs.get(place)
    if handoff is not None:
        return handoff.giver, handoff.to
    state = titles.state(place)
    return () if state is None else (state.owner,)


def _story(terminal: Terminal, titles: CaseTitles, shown: list[Shown]) -> None:
    """Print the walk: when, what happened, in whose hands the client is then, and where."""
    last: Sequence[Part] = ()
    for step, before, after, refused in shown:
        if refused is not None:
            _refusal(terminal, titles, step, refused)
            continue
        first = 0 if step.name == "start" else before.seq
        events = [e for e in after.history[first:] if not e.transition.endswith(".return")]
        for event in events:
            mark, place = _where(titles, after) if event is events[-1] else ((), ())
            moved = place != last
            _row(
                terminal, titles.day(event.at), _event(titles, event), mark, place if moved else ()
            )
            last = place


def _row(
    terminal: Terminal, day: str, what: Sequence[Part], mark: Sequence[Part], place: Sequence[Part]
) -> None:
    room = terminal.width - _DAY - _MARK - 3
    wide = room * 58 // 100
    terminal.row(([day], _DAY), (what, wide), (mark, _MARK), (place, room - wide))


def _event(titles: CaseTitles, event: op.Event) -> list[Part]:
    """What happened, and the owners who are told of it."""
    who = "" if event.by is None else titles.role(event.by)
    answer = event.transition.rpartition(".")[2]
    if answer in _ANSWERS:
        return [(f"{who} {titles.say(_ANSWERS[answer])}", "bold")]
    if answer in _TIMES:
        parts: list[Part] = [(titles.say(_TIMES[answer], day=titles.day(event.due)), "bold")]
        for owner in event.tell:
            parts += [" ", *titles.mark(owner)]
        return parts
    return [titles.event(event)]


def _where(titles: CaseTitles, case: op.Case) -> tuple[Sequence[Part], Sequence[Part]]:
    """The mark of who is responsible for the client, and where the client is."""
    place = case.active[-1]
    inside = "↳ " if "/" in place else ""
    handoff = case.open_handoffs.get(place)
    if handoff is None:
        state = titles.state(place)
        owner = case.holders[place] if state is None else state.owner
        return titles.mark(owner), [inside, titles.place(place)]
    until = titles.say(say.DEMO_UNTIL, day=titles.day(coming(case)[place]))
    waits = titles.say(say.DEMO_WAITS)
    return titles.mark(handoff.giver), [inside, waits, " ", *titles.mark(handoff.to), " ", until]


def _refusal(terminal: Terminal, titles: CaseTitles, step: ScriptStep, refused: op.Refused) -> None:
    day = titles.day(_at(step.day, titles.zone))
    who = "" if step.by is None else f"{titles.role(step.by)}: "
    lead = (f"✗ {titles.say(say.DEMO_REFUSED)}", "bold red")
    what: list[Part] = [lead, f" – {who}{titles.act(step.name)}"]
    terminal.row(([day], _DAY), (what, terminal.width - _DAY - 1))
    for line in reasons_lines(titles, refused.reasons):
        terminal.line(line, indent=_DAY + 3)


# ---- the summary


def _summary(
    terminal: Terminal, titles: CaseTitles, process: op.Process, shown: list[Shown]
) -> None:
    case = shown[-1][2]
    answers = Counter(event.transition.rpartition(".")[2] for event in case.history)
    refused = sum(refusal is not None for *_, refusal in shown)
    first, last = case.history[0], case.history[-1]
    terminal.line(
        titles.say(
            say.DEMO_RESULT,
            first=titles.day(first.at),
            last=titles.day(last.at),
            place=titles.place(case.active[0]),
            outcome=case.outcome,
        )
    )
    terminal.line(
        titles.say(
            say.DEMO_COUNTS,
            events=len(case.history),
            refused=refused,
            accepted=answers["accept"],
            declined=answers["decline"],
            expired=answers["expire"],
            reminded=answers["remind"],
        )
    )
    stored = json.loads(json.dumps(case.to_dict()))
    same = process.restore(stored) == case and process.replay(case.history) == case
    terminal.line(titles.say(say.DEMO_SAME if same else say.DEMO_NOT_SAME))
    statuses = process.watch().judge(case.history)
    violations = [status.violation for status in statuses if status.violation is not None]
    kept = len(statuses) - len(violations)
    terminal.line(titles.say(say.DEMO_RULES, rules=len(statuses), kept=kept))
    for violation in violations:
        told = violation.text(terminal.language, definition=process.definition)
        terminal.line(("✗ ", "bold red"), told, indent=2)


def _write(terminal: Terminal, processes: list[op.Process], case: op.Case, folder: Path) -> None:
    stored = folder / "case.json"
    written = [
        process.render(folder / f"{process.id}.svg", lang=terminal.language)
        for process in processes
    ]
    write_text(stored, case_text(case))
    terminal.line(say.DEMO_FILES.text(terminal.language))
    for path in (*written, stored):
        terminal.line(str(path), indent=2)
    next_command = (f"ohjausprosessi run {processes[0].id}", "bold")
    terminal.line(say.DEMO_NEXT.text(terminal.language), " ", next_command)
