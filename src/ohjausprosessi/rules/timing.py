"""The times of rules: ``response`` within a time, and ``every`` so often.

Each is a clock that runs or does not. Of a response it counts from the earliest ``when`` that still
waits for its ``then``; of ``every`` from the last record, or from when it began to count. It is late
once its length has passed. Times are counted on the calendar of the process (SEMANTICS T3); a case
without times has none (T1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.net.calendar import Calendar
from ohjausprosessi.rules.ltlf import TRUE
from ohjausprosessi.rules.templates import Claim, atoms_of, claims_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from ohjausprosessi.model import Definition, Duration, Rule
    from ohjausprosessi.rules.alphabet import Letter

__all__ = ["Timed", "is_forced", "timed_of"]


@dataclass(frozen=True, slots=True)
class Timed:
    """One clock of a rule.

    Attributes:
        claim: says which letters are its ``when`` and ``then``.
        duration: how long it may run.
        calendar: how lengths of time are counted.
        recurs: whether it begins again with each ``then`` (``every``), or stops there.
        entries: of ``every`` a duty, the owners and roles while one of which takes part it runs
            (T7); empty if it runs while the case is open.
    """

    claim: Claim
    duration: Duration
    calendar: Calendar
    recurs: bool
    entries: tuple[str, ...] = ()

    def due(self, since: datetime) -> datetime:
        """Return the last moment that is in time."""
        return self.calendar.add(since, self.duration)

    def read(self, since: datetime | None, letter: Letter, at: datetime) -> datetime | None:
        """Return from when the clock counts after a letter; None if it does not run."""
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
        """Return from when the clock counts once a case is in these states; empty if it is over."""
        if not self.recurs:
            return since
        here = tuple(states)
        runs = here and not self.entries
        if runs or any(definition.takes_part(e, state) for e in self.entries for state in here):
            return since or at
        return None


def _entries(definition: Definition, duty: str, entry: str) -> tuple[str, ...]:
    """Return the entry that an atom names, of a whole duty all of them."""
    return (entry,) if entry else definition.duties[duty].by


def is_forced(definition: Definition, rule: Rule, claim: Claim) -> bool:
    """Return whether a timer sees to it that a response comes in time: an answer by expiry (H5).

    Lengths of time are compared only in one unit: how long a month or a workday is, the calendar
    says.
    """
    transition = definition.transitions.get(claim.of)
    handoff = None if transition is None else transition.handoff
    if handoff is None or handoff.within is None or rule.within is None:
        return False
    given, wanted = definition.durations[handoff.within], definition.durations[rule.within]
    answered = {f"{claim.of}.expire", f"{claim.of}.answer"} & claim.named.get("then", frozenset())
    return bool(answered) and given.unit == wanted.unit and given.amount <= wanted.amount


def timed_of(definition: Definition, rule: Rule) -> Iterator[Timed]:
    """Yield the clocks of a rule; none if it has no time."""
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
