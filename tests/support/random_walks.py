"""Random things done to a case of a random definition, sensible ones and others."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from ohjausprosessi.errors import Refused
from random_definitions import chance, some
from small import T0

if TYPE_CHECKING:
    from random import Random

    from ohjausprosessi.engine import Case
    from ohjausprosessi.process import Process

ROLES = ("rc", "rs", "rt", "cl")
HELSINKI = ZoneInfo("Europe/Helsinki")
VALUES: dict[str, tuple[Any, ...]] = {
    "flag": (True, False, None),
    "level": (0, 1, 2, None),
    "kind": ("a", "b", None),
    "note": ("noted", None),
}
WRONG = (7, "nothing", True, 1.5)


class Act(NamedTuple):
    """The arguments of one ``Case.advance``."""

    name: str
    by: str | None
    facts: dict[str, Any] | None
    state: str | None
    at: datetime | None

    def on(self, case: Case) -> Case:
        """Do it."""
        return case.advance(self.name, by=self.by, facts=self.facts, state=self.state, at=self.at)


def random_start(random: Random, process: Process) -> Case:
    """A fresh case, with or without time."""
    return process.start("x", at=random.choice([None, T0]))


def random_facts(random: Random, case: Case, *, right: bool = False) -> dict[str, Any]:
    """A few facts; unless ``right``, some are unknown names or wrong values."""
    known = {slot.name: VALUES.get(slot.name, (0, 1, 2, 3)) for slot in case._compiled.slots}
    facts = {}
    for name in some(random, sorted(known), min(len(known), random.choice([1, 1, 2, 3]))):
        values = WRONG if not right and chance(random, 10) else known[name]
        facts[name] = random.choice(values)
    if not right and chance(random, 3):
        facts["levle"] = 1
    return facts


def random_moment(random: Random, case: Case) -> datetime | None:
    """When something may happen; seldom a moment that will not do."""
    last = case.at
    if last is None:
        return T0 if chance(random, 10) else None
    if chance(random, 10):
        return random.choice([None, last.replace(tzinfo=None), last - timedelta(seconds=1)])
    later = last + timedelta(hours=random.choice([0, 0, 1, 30]))
    return later.astimezone(HELSINKI) if chance(random, 15) else later


def random_act(random: Random, case: Case) -> Act:
    """An act, mostly one that may happen or nearly may."""
    facts = random_facts(random, case) if chance(random, 40) else None
    at = random_moment(random, case)
    options = case.options(blocked=True)
    if options and not chance(random, 7):
        option = random.choice(options)
        by = random.choice(ROLES if chance(random, 15) else option.by)
        state = option.state if chance(random, 40) else None
        return Act(option.transition, by, facts, state, at)
    name = random.choice([*case._compiled.targets, "t99", "t1.accept"])
    state = random.choice([None, None, "s0", "fb"])
    return Act(name, random.choice([*ROLES, "nobody", None]), facts, state, at)


def random_event(random: Random, case: Case) -> Case:
    """The case after something random, or the same case where that is refused."""
    kind = random.randrange(100)
    by, at = random.choice(ROLES), random_moment(random, case)
    try:
        if kind < 65:
            return random_act(random, case).on(case)
        if kind < 80:
            return case.learn(random_facts(random, case), by=by, at=at)
        if kind < 92:
            return case.tick((case.at or T0) + timedelta(days=random.choice([0, 1, 7, 45])))
        return case.correct(by=by, why="a mistake", at=at)
    except Refused:
        return case
