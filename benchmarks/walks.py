"""Recorded walks of a case: the demo's and seeded random ones, as calls to be performed again.

A walk is recorded once, before anything is timed; what is timed is only the calls it is made of.
Everything here uses the public interface of a case, so it measures whatever engine lies behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import ohjausprosessi as op
from ohjausprosessi.cli.commands.demo import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ohjausprosessi.engine import Case
    from ohjausprosessi.process import Process

MINUTE = timedelta(minutes=1)
EVER = timedelta(days=36_525)
MORNING = datetime(2026, 1, 5, 5, tzinfo=UTC)  # a Monday
SHORTEST, LONGEST = 10, 40  # calls of a random walk; a few end sooner
LINGERING = 0.9  # how many of the ends that a walk could enter early it passes by
TRIES = 60  # draws in a row that may come to nothing before a walk is over


@dataclass(frozen=True)
class Call:
    """One ``advance``, ``learn`` or ``tick`` with its arguments.

    Attributes:
        name: of a transition, answer or duty; ``learn``; ``tick``.
        since: how long after the start of the walk it happens.
    """

    name: str
    since: timedelta
    by: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    state: str | None = None

    def on(self, case: Case, at: datetime) -> Case:
        """Perform the call at a moment; raises ``Refused`` if it may not happen."""
        if self.name == "tick":
            return case.tick(at)
        if self.name == "learn":
            return case.learn(self.facts, by=self.by, at=at)
        return case.advance(self.name, by=self.by, facts=self.facts, state=self.state, at=at)


@dataclass(frozen=True)
class Walk:
    """The calls of one case and what else is asked in its states; state 0 is that after the start.

    Attributes:
        start: when it starts when it is not shifted.
        calls: what is done; call ``n`` is performed in state ``n``.
        refused: numbers of states, each with a call that is refused there.
        asked: numbers of states, each with a role that asks for its options.
        due: numbers of the states in which time does something sooner or later.
        idle: numbers of the states in which a minute more does nothing.
    """

    start: datetime
    calls: tuple[Call, ...]
    refused: tuple[tuple[int, Call], ...] = ()
    asked: tuple[tuple[int, str], ...] = ()
    due: tuple[int, ...] = ()
    idle: tuple[int, ...] = ()

    def perform(self, process: Process, shift: timedelta = timedelta(0)) -> list[Case]:
        """All states of the walk, started that much later."""
        start = self.start + shift
        cases = [process.start("case", at=start)]
        for call in self.calls:
            cases.append(call.on(cases[-1], start + call.since))
        return cases


def record(process: Process, number: int, shifts: tuple[timedelta, ...]) -> list[Walk]:
    """The demo's walk and so many random ones, all of which go the same way at every shift.

    A public holiday can stand between an unshifted walk and a shifted one; such a walk is left out
    and the next seed taken.
    """
    walks, seed = [demo_walk(process)], 0
    done: Counter[str] = Counter()
    while len(walks) <= number:
        walk = random_walk(process, seed, done)
        seed += 1
        ways = {tuple(_way(walk.perform(process, shift))) for shift in shifts}
        if len(ways) == 1:
            walks.append(walk)
    return [_with_questions(process, walk, Random(n)) for n, walk in enumerate(walks)]  # noqa: S311


def _way(cases: list[Case]) -> Iterator[object]:
    for case in cases:
        yield case.active
        yield case.seq


def demo_walk(process: Process) -> Walk:
    """What the demo does, without what is refused: of a called process, its part of the demo."""
    zone = ZoneInfo(process.definition.timezone)
    start = datetime(2021, 3, 1, 9, tzinfo=zone)
    case, calls = process.start("case", at=start), []
    for n, step in enumerate(SCRIPT):
        at = datetime.fromisoformat(f"{step.day}T09:00").replace(tzinfo=zone) + n * MINUTE
        # The difference is taken in UTC: two moments of one zone differ by their wall time.
        call = Call(step.name, at.astimezone(UTC) - start.astimezone(UTC), step.by, step.facts)
        with suppress(op.Refused):
            after = call.on(case, at)
            if after is not case:
                case = after
                calls.append(call)
    return Walk(start.astimezone(UTC), tuple(calls))


def random_walk(process: Process, seed: int, done: Counter[str]) -> Walk:
    """A walk that tries what people could do and records what each act needs.

    Args:
        process: whose walk.
        seed: decides the walk, together with ``done``.
        done: how often each thing was done by earlier walks; what is rare is tried more often.
    """
    random = Random(seed)  # noqa: S311  a repeatable walk, no secret
    start = MORNING + timedelta(days=seed, seconds=seed % 60)
    case, calls, now = process.start("case", at=start), [], start
    length, tried = random.randrange(SHORTEST, LONGEST), 0
    facts = _facts(process)
    while len(calls) < length and tried < TRIES and not case.ended:
        tried += 1
        for call in _draw(process, case, now + MINUTE - start, facts, random, done):
            try:
                after = call.on(case, start + call.since)
            except op.Refused:
                break
            early = after.ended and len(calls) < length - 1 and random.random() < LINGERING
            if after is case or early:
                break
            case, now, tried = after, start + call.since, 0
            calls.append(call)
            done[call.name] += 1
    return Walk(start, tuple(calls))


def _draw(  # noqa: PLR0917  what a draw depends on
    process: Process,
    case: Case,
    since: timedelta,
    facts: Mapping[str, list[Any]],
    random: Random,
    done: Counter[str],
) -> Iterator[Call]:
    """Calls to be performed one after the other: records of facts, then an act that needs them."""
    kind, roles = random.random(), list(process.roles)
    assert case.at is not None
    if kind < 0.07 and (coming := next_due(case)) is not None:
        yield Call("tick", max(since, since - MINUTE + (coming - case.at)))
        return
    if kind < 0.12:
        fact = random.choice(list(facts))
        yield Call("learn", since, random.choice(roles), {fact: random.choice(facts[fact])})
        return
    options = case.options(blocked=True)
    if not options:
        return
    (option,) = random.choices(options, [1 / (1 + done[option.transition]) for option in options])
    by = random.choice(option.by)
    wanted = {name: random.choice(facts[name.rpartition("/")[2]]) for name in option.asks}
    if not option.allowed:
        for name in _read(process, option.transition):
            wanted.setdefault(name, random.choice(facts[name]))
    own = {}
    for name, value in wanted.items():
        order = (by, *random.sample(roles, len(roles)))
        able = next((role for role in order if _may_learn(case, role, name, value)), None)
        if able == by:
            own[name] = value
        elif able is not None:
            yield Call("learn", since, able, {name: value})
            since += MINUTE
    yield Call(option.transition, since, by, own, option.state)


def _may_learn(case: Case, by: str, name: str, value: object) -> bool:
    try:
        case.learn({name: value}, by=by, at=case.at)
    except op.Refused:
        return False
    return True


def _definitions(of: Process | Case) -> list[Any]:
    return [of.definition, *of.definition.calls.values()]


def _facts(process: Process) -> dict[str, list[Any]]:
    """Name of each fact and information item, also of called processes, to values worth drawing."""
    values: dict[str, list[Any]] = {}
    for definition in reversed(_definitions(process)):
        values |= {name: ["jotakin"] for name in definition.info}
        for fact in definition.facts.values():
            low = 0 if fact.min is None else fact.min
            high = low + 10 if fact.max is None else fact.max
            values[fact.id] = {
                "bool": [False, True],
                "int": list(range(low, high + 1)),
                "enum": list(fact.values),
                "text": ["jotakin"],
            }[fact.type]
    return values


def _read(process: Process, name: str) -> list[str]:
    """The facts that the guard of a transition reads."""
    call, _, plain = name.rpartition("/")
    definition = process.definition.calls[call] if call else process.definition
    transition = definition.transitions.get(plain)
    if transition is None or transition.guard is None:
        return []
    words = re.findall(r"\w+", re.sub(r"'[^']*'", "", transition.guard))
    return [word for word in dict.fromkeys(words) if word in definition.facts]


def next_due(case: Case) -> datetime | None:
    """When time does something next, as far as is known; duties, which it leaves alone, aside."""
    assert case.at is not None
    duties = {name for d in _definitions(case) for name in d.duties}
    dues = [d for d in case.due(case.at + EVER) if d.what.rpartition("/")[2] not in duties]
    return min((d.due for d in dues), default=None)


def due_now(case: Case) -> datetime:
    """The first moment at which a tick does something; there has to be one."""
    coming = next_due(case)
    assert coming is not None
    assert case.at is not None
    return max(coming, case.at)


def _with_questions(process: Process, walk: Walk, random: Random) -> Walk:
    """A walk with what is asked in its states: a refusal and options in each, a tick in some."""
    cases = walk.perform(process)
    names = [t.id for t in process.transitions.values()] + list(process.duties)
    roles = list(process.roles)
    refused, asked, due, idle = [], [], [], []
    for n, case in enumerate(cases):
        assert case.at is not None
        if case.ended:
            continue
        since = case.at - walk.start + MINUTE
        if call := _refused(case, since, names, roles, random):
            refused.append((n, call))
        asked.append((n, random.choice(roles)))
        if next_due(case) is not None and case.tick(due_now(case)) is not case:
            due.append(n)
        if case.tick(case.at + MINUTE) is case:
            idle.append(n)
    return Walk(walk.start, walk.calls, tuple(refused), tuple(asked), tuple(due), tuple(idle))


def _refused(
    case: Case, since: timedelta, names: list[str], roles: list[str], random: Random
) -> Call | None:
    """A call that is refused: every other time one that only its guard or information forbids."""
    assert case.at is not None
    blocked = [option for option in case.options(blocked=True) if not option.allowed]
    for _ in range(TRIES):
        call = Call(random.choice(names), since, random.choice(roles))
        if blocked and random.random() < 0.5:
            option = random.choice(blocked)
            call = Call(option.transition, since, random.choice(option.by), state=option.state)
        try:
            call.on(case, case.at + MINUTE)
        except op.Refused:
            return call
    return None
