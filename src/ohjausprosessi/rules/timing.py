"""The time limits of rules: a ``response`` within a duration, and ``every`` so often.

Each limit is a clock. That of a response starts at the earliest ``when`` that still waits for its
``then``; that of ``every`` restarts at each record and first starts when the rule begins to apply. A
clock is late once its duration has passed, counted on the calendar of the process (SEMANTICS T3). A
case without times has no clocks (T1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.net.calendar import Calendar
from ohjausprosessi.rules.claims import Claim, atoms_of, claims_of
from ohjausprosessi.rules.ltlf import TRUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ohjausprosessi.model import Definition, Duration, Rule
    from ohjausprosessi.rules.alphabet import Letter

__all__ = ["Timed", "is_forced", "timed_of"]


@dataclass(frozen=True, slots=True)
class Timed:
    """A clock of a rule.

    Attributes:
        claim: tells which letters are its ``when`` and ``then``.
        duration: how long it may run.
        calendar: the calendar on which durations are counted.
        recurs: whether ``then`` restarts the clock (``every``) or stops it.
        entries: the owners and roles of a duty: the clock runs while one of them takes part (T7);
            empty if it runs as long as the case is open.
    """

    claim: Claim
    duration: Duration
    calendar: Calendar
    recurs: bool
    entries: tuple[str, ...] = ()

    def due(self, since: datetime) -> datetime:
        """The last moment that is in time for a clock started at ``since``."""
        return self.calendar.add(since, self.duration)

    def read(self, since: datetime | None, letter: Letter, at: datetime) -> datetime | None:
        """When the clock was started, after it has read a letter; None if it is stopped."""
        true = self.claim.propositions(letter)
        if "then" in true and since is not None:
            since = at if self.recurs else None
        return at if since is None and "when" in true else since

    def rest(
        self,
        since: datetime | None,
        definition: Definition,
        states: Iterable[str | None],
        at: datetime,
    ) -> datetime | None:
        """When the clock was started, once the case rests in these states (none: it has ended)."""
        if not self.recurs:
            return since
        here = tuple(states)
        runs = here and not self.entries
        if runs or any(definition.takes_part(e, state) for e in self.entries for state in here):
            return since or at
        return None


def _entries(definition: Definition, duty: str, entry: str) -> tuple[str, ...]:
    """The entry of a duty that an atom names; all of them if it names the whole duty."""
    return (entry,) if entry else definition.duties[duty].by


def is_forced(definition: Definition, rule: Rule, claim: Claim) -> bool:
    """Whether a timer forces a response in time: a hand-off is answered at the latest by expiry (H5).

    Only durations of the same unit are compared: the length of a month or workday depends on the
    calendar.
    """
    transition = definition.transitions.get(claim.of)
    handoff = None if transition is None else transition.handoff
    if handoff is None or handoff.within is None or rule.within is None:
        return False
    given, wanted = definition.durations[handoff.within], definition.durations[rule.within]
    answered = {f"{claim.of}.expire", f"{claim.of}.answer"} & claim.named.get("then", frozenset())
    return bool(answered) and given.unit == wanted.unit and given.amount <= wanted.amount


def timed_of(definition: Definition, rule: Rule) -> Iterator[Timed]:
    """The clocks of a rule; none if it has no ``within``."""
    if rule.within is None:
        return
    calendar = Calendar(definition.timezone, definition.holidays)
    duration = definition.durations[rule.within]
    if rule.rule != "every":
        for claim in claims_of(definition, rule):
            yield Timed(claim, duration, calendar, recurs=False)
        return
    atoms = atoms_of(definition, rule.then)
    parts = [atom.partition(".") for atom in sorted(atoms)]
    always = any(duty not in definition.duties for duty, _, _ in parts)
    named = {e for duty, _, entry in parts if not always for e in _entries(definition, duty, entry)}
    entries = tuple(sorted(named))
    claim = Claim(rule.id, TRUE, {"then": atoms}, frozenset(), "")
    yield Timed(claim, duration, calendar, recurs=True, entries=entries)
