"""``run``: walk a case by hand; what may happen now, why not, and what to ask first.

Time passes only when the user says so. Every answer comes from the engine; a refusal leaves the
case as it was.
"""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.case_titles import CaseTitles
from ohjausprosessi.cli.command_terminal import command_terminal
from ohjausprosessi.cli.fact_input import YES, choices, value_of
from ohjausprosessi.cli.files import case_text, read_case, write_text
from ohjausprosessi.cli.input_errors import InputError
from ohjausprosessi.cli.options import CaseOption, FileArgument, LanguageOption, examples
from ohjausprosessi.cli.refusal_text import reasons_lines, refuse_for_all
from ohjausprosessi.cli.times import coming, moment_of, option_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ohjausprosessi.cli.terminal import Part, Terminal
    from ohjausprosessi.diagnostics import Text
    from ohjausprosessi.model import Value

__all__ = ["Session", "command", "run"]

_ASK_AT_MOST = 3
_FEW_ROLES = 3

command = typer.Typer()


@command.command(
    short_help="Walk a case by hand.",
    epilog=examples(
        "ohjausprosessi run tyottomyydesta_tutkintoon --at 2021-03-01",
        "ohjausprosessi run tyottomyydesta_tutkintoon --case build/demo/case.json",
        "ohjausprosessi run my_process.yaml < steps.txt",
    ),
)
def run(
    file: FileArgument,
    case: CaseOption = None,
    name: Annotated[str, typer.Option("--id", metavar="ID", help="The id of a new case.")] = "1",
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="DATE",
            help="When it starts, such as 2021-03-01.",
            show_default="today; with --case the time of its last event",
        ),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Walk a case by hand: what may happen now, why not, and what to find out first.

    Type help there for the commands. Time passes only by tick. Commands may also come through a
    pipe, one a line.
    """
    with command_terminal(lang) as terminal:
        process = op.load(file)
        zone = ZoneInfo(process.definition.timezone)
        given = None if at is None else option_moment(at, zone)
        if case is None:
            now = _today(zone) if given is None else given
            walked = process.start(name, at=now)
        else:
            walked = read_case(process, case)
            now = given or walked.at or _today(zone)
            if walked.at is not None and now < walked.at:
                raise InputError(say.AT_BACKWARDS, at=at)
        Session(terminal, process, walked, now, case).run()


def _today(zone: ZoneInfo) -> datetime:
    """Nine o'clock today: nothing else in the library reads the clock."""
    return moment_of(datetime.now(zone).date().isoformat(), zone)


class _Left(Exception):  # noqa: N818  an end, not an error
    """The user ends the session."""


class Session:
    """An interactive session with one case."""

    def __init__(
        self,
        terminal: Terminal,
        process: op.Process,
        case: op.Case,
        now: datetime,
        file: Path | None = None,
    ) -> None:
        """Open a session.

        Args:
            terminal: where to talk.
            process: the process it runs.
            case: the case.
            now: the time it is.
            file: where the case was read from, and may be saved again.
        """
        self._terminal = terminal
        self._process = process
        self._titles = CaseTitles(process.definition, terminal.language)
        self._case = case
        self._now = now
        self._role: str | None = None
        self._own_file = file
        self._saved = case
        self._offered: tuple[op.Option, ...] = ()
        self._commands: Mapping[str, Callable[[list[str]], None]] = {
            "options": lambda _: self._options(),
            "why": self._why,
            "as": self._as,
            "learn": self._learn,
            "tick": self._tick,
            "due": lambda _: self._due(),
            "facts": lambda _: self._facts(),
            "history": lambda _: self._history(),
            "correct": self._correct,
            "save": self._save,
            "load": self._load,
            "help": lambda _: self._help(),
            "quit": lambda _: self._quit(),
        }

    def run(self) -> None:
        """Read and do commands until the user leaves, the input ends or Ctrl-C is pressed."""
        self._say(say.RUN_WELCOME, title=self._titles.title(self._process.definition))
        self._place()
        self._options()
        try:
            while True:
                self._do(self._terminal.ask(self._prompt()))
        except (_Left, EOFError, KeyboardInterrupt):
            pass
        if self._case != self._saved:
            self._say(say.RUN_NOT_SAVED)

    # ---- talking

    def _say(self, text: Text, /, **values: object) -> None:
        for line in self._titles.say(text, **values).split("\n"):
            self._terminal.line(line)

    def _prompt(self) -> str:
        role = "" if self._role is None else f" {self._role}"
        return f"{self._titles.day(self._now)}{role}> "

    def _ask(self, text: Text, /, **values: object) -> str:
        return self._terminal.ask(f"  {self._titles.say(text, **values)}: ")

    def _do(self, line: str) -> None:
        try:
            typed = shlex.split(line)
        except ValueError:
            typed = line.split()
        if not typed:
            self._options()
            return
        name, rest = typed[0], typed[1:]
        command = self._commands.get(say.COMMANDS.get(name.casefold(), ""))
        try:
            if command is not None:
                command(rest)
            else:
                self._act(name, rest)
        except op.Refused as refused:
            self._refused(refused)
        except OverflowError:
            self._say(say.OUTSIDE_CALENDAR)
        except InputError as error:
            self._terminal.line((error.text(self._terminal.language), "bold red"))

    def _refused(self, refused: op.Refused) -> None:
        lead = (f"✗ {self._titles.say(say.RUN_REFUSED)}", "bold red")
        first, *rest = reasons_lines(self._titles, refused.reasons)
        self._terminal.line(lead, f" {first}")
        for line in rest:
            self._terminal.line(line, indent=4)

    # ---- where the case is

    def _place(self) -> None:
        case, titles = self._case, self._titles
        if case.ended:
            self._say(say.RUN_ENDED, place=titles.place(case.active[0]), outcome=case.outcome)
            return
        due = coming(case)
        for place in case.active:
            state, handoff = titles.state(place), case.open_handoffs.get(place)
            owner = case.holders[place] if state is None or handoff is not None else state.owner
            parts: list[Part] = ["→ ", *titles.mark(owner), (f" {titles.place(place)}", "bold")]
            if handoff is not None:
                parts += ["  → ", *titles.mark(handoff.to)]
            if place in due:
                parts.append(f"  {titles.say(say.RUN_DUE_AT, day=titles.day(due[place]))}")
            self._terminal.line(*parts)

    def _options(self) -> None:
        """List what may happen now, what lacks an answer, and the duties; all numbered."""
        found = self._case.options(by=self._role, blocked=True)
        acts = [option for option in found if option.allowed and option.to is not None]
        asking = [option for option in found if not option.allowed and option.asks]
        duties = [option for option in found if option.allowed and option.to is None]
        self._offered = (*acts, *asking, *duties)
        numbers = iter(range(1, len(found) + 1))
        for options, lead in ((acts, None), (asking, say.RUN_ASKING), (duties, say.RUN_DUTIES)):
            if options and lead is not None:
                self._say(lead)
            for option in options:
                self._terminal.line((f"{next(numbers):4}  ", "bold"), *self._option(option))
        if blocked := len(found) - len(self._offered):
            self._say(say.RUN_BLOCKED, number=blocked)
        if not self._offered and not self._case.ended:
            self._say(say.RUN_NOTHING)

    def _option(self, option: op.Option) -> list[Part]:
        titles = self._titles
        parts: list[Part] = [titles.act(option.transition)]
        if sum(option.transition == other.transition for other in self._offered) > 1:
            parts.append(f" [{titles.place(option.state or '')}]")
        if option.to is not None:
            state = titles.state(option.to)
            parts += [" → ", *(() if state is None else titles.mark(state.owner))]
            parts.append(f" {titles.place(option.to)}")
        if self._role is None and option.by:
            parts += ["  (", *self._roles(option.by), ")"]
        return [*parts, (f"  {titles.short(option.transition)}", "dim")]

    def _roles(self, roles: Sequence[str]) -> list[Part]:
        """Roles by their titles; many of them by the marks of their owners."""
        titles = self._titles
        if len(roles) <= _FEW_ROLES:
            return [titles.listed(map(titles.role, roles))]
        found = [titles.find_role(role) for role in roles]
        owners = dict.fromkeys(role.owner for role in found if role is not None and role.owner)
        clients = [titles.title(role) for role in found if role is not None and role.client]
        marks = [part for owner in owners for part in (*titles.mark(owner), " ")]
        return [*marks[:-1], *(f" {client}" for client in clients)]

    def _why(self, rest: list[str]) -> None:
        """Say why what could happen here may not happen yet, or why one thing may not."""
        if rest:
            name, _ = self._named(rest[0])
            explanation = self._case.explain(name, by=self._role)
            if explanation.allowed:
                self._say(say.RUN_ALLOWED, what=self._titles.act(name))
            else:
                self._blocked(name, explanation.reasons)
            return
        blocked = [o for o in self._case.options(by=self._role, blocked=True) if not o.allowed]
        for option in blocked:
            self._blocked(option.transition, option.reasons)
        if not blocked:
            self._say(say.RUN_NOTHING_BLOCKED)

    def _blocked(self, name: str, reasons: Sequence[op.Reason]) -> None:
        self._terminal.line(
            ("✗ ", "bold red"), self._titles.act(name), (f"  {self._titles.short(name)}", "dim")
        )
        for line in reasons_lines(self._titles, reasons):
            self._terminal.line(line, indent=4)

    # ---- what happens

    def _act(self, name: str, rest: list[str]) -> None:
        """Do a transition, an answer or a duty: by its number or name; ask for what it lacks."""
        exact, option = self._named(name)
        pairs = self._pairs(rest)
        if pairs is None:
            return
        state = pairs.pop("state", None) or (None if option is None else option.state)
        roles: list[str] = [] if option is None else list(option.by)
        named = pairs.pop("by", None)
        facts = self._values(pairs)
        if self._asks_who(roles, named):
            said = self._case.explain(exact, by=roles[0], facts=facts, state=state, at=self._now)
            refuse_for_all(said.reasons)
        by = self._who(roles, named)
        for _ in range(_ASK_AT_MOST):
            asks = self._case.explain(exact, by=by, facts=facts, state=state, at=self._now).asks
            open_facts = [fact for fact in asks if fact not in facts]
            if not open_facts:
                break
            self._say(say.RUN_FIRST, what=self._titles.act(exact))
            for fact in open_facts:
                if (value := self._fact(fact, by)) is None:
                    self._say(say.RUN_DROPPED)
                    return
                facts[fact] = value
        self._happened(
            self._case.advance(exact, by=by, facts=facts or None, state=state, at=self._now)
        )

    def _named(self, name: str) -> tuple[str, op.Option | None]:
        """The exact name that a number or name means, and what is known of it here."""
        if name.isascii() and name.isdecimal() and 1 <= int(name[:4]) <= len(self._offered):
            option = self._offered[int(name[:4]) - 1]
            return option.transition, option
        for option in self._case.options(by=self._role, blocked=True):
            if name in {option.transition, option.transition.rpartition("/")[2]}:
                return option.transition, option
        return name, None

    def _pairs(self, rest: list[str]) -> dict[str, str] | None:
        """Return ``name=value`` pairs, or None after saying that one is none."""
        found = {}
        for pair in rest:
            name, sign, value = pair.partition("=")
            if not sign or not name:
                self._say(say.RUN_NO_PAIR, pair=pair)
                return None
            found[name] = value
        return found

    def _values(self, pairs: Mapping[str, str]) -> dict[str, Value | None]:
        """The values that people mean by what they typed."""
        return {name: value_of(self._titles, name, text) for name, text in pairs.items()}

    def _asks_who(self, roles: Sequence[str], named: str | None) -> bool:
        return named is None and self._role is None and len(roles) > 1

    def _who(self, roles: Sequence[str], named: str | None) -> str | None:
        """The role that acts: named, taken on, the only one possible, or asked for."""
        if not self._asks_who(roles, named):
            return named or self._role or (roles[0] if roles else None)
        listed = [f"{number} {self._titles.role(role)}" for number, role in enumerate(roles, 1)]
        answer = self._ask(say.RUN_WHO, roles=" · ".join(listed))
        if answer.isascii() and answer.isdecimal() and 1 <= int(answer[:4]) <= len(roles):
            return roles[int(answer[:4]) - 1]
        return answer or None

    def _fact(self, name: str, by: str | None) -> Value | None:
        """Ask for a fact; None if it is not told or somebody else records it."""
        fact = self._titles.find_fact(name)
        recorders = () if fact is None else self._process.definition.roles_of(fact.by)
        if recorders and by not in recorders:
            roles = self._titles.listed(map(self._titles.role, recorders))
            self._say(say.RECORDED_BY, fact=self._titles.fact(name), roles=roles)
            self._say(say.RUN_LEARN_AS, name=name, role=recorders[0])
            return None
        listed = " · ".join(choices(self._titles, name))
        title = self._titles.fact(name)
        answer = self._terminal.ask(f"  {title} ({listed}): " if listed else f"  {title}: ")
        return value_of(self._titles, name, answer) if answer else None

    def _happened(self, case: op.Case) -> None:
        """Go on with a new case, after telling what has happened."""
        before, self._case = self._case, case
        for event in case.history[before.seq :]:
            self._event(event)
        self._due()
        self._place()
        self._options()

    def _event(self, event: op.Event) -> None:
        titles, hidden = self._titles, self._hidden()
        parts: list[Part] = [
            (f"{event.seq:4}  ", "dim"),
            f"{titles.day(event.at):13}",
            titles.event(event, hidden),
        ]
        if event.facts and event.kind != "learn":
            parts.append((f"  [{titles.facts(event.facts, hidden)}]", "dim"))
        if event.tell:
            parts.append(f"  {titles.say(say.RUN_TOLD)}")
            for owner in event.tell:
                parts += [" ", *titles.mark(owner)]
        self._terminal.line(*parts)

    # ---- the commands

    def _as(self, rest: list[str]) -> None:
        """Take on a role, or none."""
        role = rest[0] if rest else None
        if role is not None and self._titles.find_role(role) is None:
            self._say(say.RUN_NO_ROLE, role=role)
            for name in self._process.roles:
                self._terminal.line(f"{name}  ", (self._titles.role(name), "dim"), indent=4)
            return
        self._role = role
        self._options()

    def _learn(self, rest: list[str]) -> None:
        """Record facts: as pairs, or asked for."""
        if not rest:
            self._facts()
            self._say(say.RUN_HOW_TO_LEARN)
            return
        asked = [word for word in rest if "=" not in word]
        pairs = self._pairs([word for word in rest if "=" in word])
        if pairs is None:
            return
        named = pairs.pop("by", None)
        unknown = [name for name in (*pairs, *asked) if not self._titles.knows(name)]
        if unknown:
            self._say(say.RUN_NO_FACT, names=self._titles.listed(unknown))
            return
        roles, facts = self._recorders([*pairs, *asked]), self._values(pairs)
        if facts and self._asks_who(roles, named):
            try:  # only a trial: the case stays as it is
                self._case.learn(facts, by=roles[0], at=self._now)
            except op.Refused as refused:
                refuse_for_all(refused.reasons)
        by = self._who(roles, named)
        for name in asked:
            if (value := self._fact(name, by)) is None:
                self._say(say.RUN_DROPPED)
                return
            facts[name] = value
        self._happened(self._case.learn(facts, by=by, at=self._now))

    def _recorders(self, names: Sequence[str]) -> tuple[str, ...]:
        """The roles that may record all of some facts, in the order of the file."""
        roles = tuple(self._process.roles)
        for name in names:
            fact = self._titles.find_fact(name)
            if fact is not None and fact.by:
                allowed = self._process.definition.roles_of(fact.by)
                roles = tuple(role for role in roles if role in allowed)
        return roles

    def _tick(self, rest: list[str]) -> None:
        """Let time pass to a moment, and do what is due then."""
        text = " ".join(rest) or self._ask(say.RUN_UNTIL)
        try:
            moment = moment_of(text, self._titles.zone, self._now)
        except (ValueError, OverflowError):
            self._say(say.NO_MOMENT, text=text)
            return
        if moment < self._now:
            self._say(say.RUN_BACKWARDS, now=self._titles.day(self._now))
            return
        case = self._case.tick(moment)
        self._now = moment
        if case.seq > self._case.seq:
            self._happened(case)
        else:
            self._say(say.RUN_NOTHING_DUE, day=self._titles.day(moment))
            self._due()

    def _due(self) -> None:
        """Say what is late: duties, and time limits that wait for something."""
        for due in self._case.due(self._now):
            self._say(
                say.RUN_LATE,
                what=self._titles.act(due.what),
                day=self._titles.day(due.due),
                owner=self._titles.role(due.owner),
            )

    def _facts(self) -> None:
        """List what is known, and what could be."""
        known = self._known()
        for name, value in known.items():
            text = self._titles.value(name, value)
            self._terminal.line(
                f"{self._titles.fact(name)}: ", (text, "bold"), (f"  {name}", "dim"), indent=4
            )
        definition = self._process.definition
        missing = [name for name in (*definition.facts, *definition.info) if name not in known]
        if missing and self._role is None:
            self._say(say.RUN_UNKNOWN_FACTS, names=self._titles.listed(missing))

    def _known(self) -> dict[str, Value]:
        """What is known: with a role taken on, what it may see of the outer process (F6)."""
        if self._role is not None:
            return self._case.visible_facts(by=self._role)
        calls = dict.fromkeys(p.rpartition("/")[0] for p in self._case.active)
        known = self._case.facts
        for call in calls:
            known |= self._case.facts_in(call)
        return known

    def _hidden(self) -> frozenset[str]:
        """Names of the personal values that the current role may not see."""
        return frozenset() if self._role is None else self._titles.personal() - self._known().keys()

    def _history(self) -> None:
        """Tell what has happened, from the start."""
        for event in self._case.history:
            self._event(event)

    def _correct(self, rest: list[str]) -> None:
        """Take the last act or learning back."""
        roles = tuple(self._process.roles)
        try:  # only a trial
            self._case.correct(by=self._role or roles[0], why="", at=self._now)
        except op.Refused as refused:
            refuse_for_all(refused.reasons)
        by = self._who(roles, None)
        why = " ".join(rest) or (self._ask(say.RUN_WHY_CORRECT) if by else "")
        if not by or not why:
            self._say(say.RUN_DROPPED)
            return
        self._happened(self._case.correct(by=by, why=why, at=self._now))

    def _save(self, rest: list[str]) -> None:
        """Write the case to a file; ask before another file is lost."""
        path = Path(rest[0]) if rest else self._own_file
        if path is None:
            self._say(say.RUN_WHICH_FILE)
            return
        if path != self._own_file and path.exists():
            answer = self._ask(say.RUN_OVERWRITE, path=path)
            if answer.casefold() not in YES:
                self._say(say.RUN_DROPPED)
                return
        write_text(path, case_text(self._case))
        self._own_file, self._saved = path, self._case
        self._say(say.RUN_SAVED, path=path)

    def _load(self, rest: list[str]) -> None:
        """Go on with a case from a file."""
        if not rest:
            self._say(say.RUN_WHICH_FILE)
            return
        path = Path(rest[0])
        case = read_case(self._process, path)
        self._case = self._saved = case
        self._own_file = path
        self._now = self._now if case.at is None else max(self._now, case.at)
        self._place()
        self._options()

    def _help(self) -> None:
        """List the commands."""
        for line in self._titles.say(say.RUN_HELP).splitlines():
            self._terminal.line(line)

    def _quit(self) -> None:
        raise _Left
