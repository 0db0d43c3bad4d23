"""Watches rules on one case: reads its events one by one, and tells at once what they break.

A rule about traces is run as its automaton (``rules.ltlf``) over the letters of the case, exactly
those it is proved over, and its time limits are watched (``rules.timing``). What must be possible
(``enabled``, ``always_possible``) is looked at wherever the case rests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from ohjausprosessi.engine import Case, taken_back
from ohjausprosessi.engine.input_validation import record_facts
from ohjausprosessi.engine.judge import possible_moves
from ohjausprosessi.engine.snapshot import Snapshot
from ohjausprosessi.engine.transaction import Transaction
from ohjausprosessi.model.naming import name
from ohjausprosessi.rules import alphabet
from ohjausprosessi.rules.claims import judged
from ohjausprosessi.text.shorten import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from ohjausprosessi.diagnostics import Text
    from ohjausprosessi.engine import Event
    from ohjausprosessi.model import Definition
    from ohjausprosessi.net import Move
    from ohjausprosessi.rules.alphabet import Letter
    from ohjausprosessi.rules.claims import Claim
    from ohjausprosessi.verify.monitor.rule_monitor import RuleMonitor

__all__ = ["CaseMonitor", "RuleStatus", "Violation"]

_INPUTS = frozenset({"act", "learn"})


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a case has broken.

    Attributes:
        rule: id of the rule.
        seq: number of the event that broke it; 0 for a rule that the definition itself breaks.
        why: details, where there is more to say than the rule says.
        due: of something late, until when it would have been in time.

    Example:
        from datetime import UTC, datetime, timedelta

        import ohjausprosessi as op

        process = op.load("tyottomyydesta_tutkintoon")
        start = datetime(2026, 1, 5, 8, tzinfo=UTC)
        case = process.start("asiakas-1", at=start)
        statuses = process.watch().judge(case.history, now=start + timedelta(days=90))
        violations = [found.violation for found in statuses if found.violation]
        assert violations and violations[0].due > start
        print(violations[0].text("fi", definition=process.definition))
    """

    rule: str
    seq: int
    why: Text | None = None
    due: datetime | None = None

    def text(self, lang: str = "fi", *, definition: Definition) -> str:
        """What was broken, with the title of the rule; times are in the time zone of the process.

        Args:
            lang: language of the text.
            definition: the process the rule belongs to.
        """
        title = one_line(definition.rules[self.rule].text(lang))
        event = "tapahtuma" if lang == "fi" else "event"
        location = f" ({event} {self.seq})" if self.seq else ""
        why = [] if self.why is None else [self.why.text(lang)]
        if self.due is not None:
            due = self.due.astimezone(ZoneInfo(definition.timezone))
            day = f"{due.day}.{due.month}.{due.year} klo {due.hour}.{due.minute:02}"
            fi = f"myöhässä, aikaa oli {day} asti"
            why.append(fi if lang == "fi" else f"late, there was time until {due:%Y-%m-%d %H:%M}")
        return f"{self.rule}: {title}{location}{': ' if why else ''}{', '.join(why)}"


@dataclass(frozen=True, slots=True)
class RuleStatus:
    """How a rule stands in a case.

    The statuses are those of Maggi et al. (Monitoring Business Constraints with Linear Temporal
    Logic, BPM 2011); being kept for now and for good are one here.

    Attributes:
        rule: id of the rule.
        status: ``kept``: it would be true if the case ended now; ``open``: something must still
            happen for it to be true; ``broken``: nothing can mend it.
        violation: how it was broken, if it was.
        due: until when what it waits for is in time, where a time limit runs.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        case = process.start("asiakas-1")
        status = process.watch(["asiakas_ei_tipahda"]).judge(case.history)[0]
        assert (status.rule, status.status) == ("asiakas_ei_tipahda", "kept")
    """

    rule: str
    status: Literal["kept", "open", "broken"]
    violation: Violation | None = None
    due: datetime | None = None


class CaseMonitor:
    """Watches the rules on one case while it runs; ``RuleMonitor.monitor`` makes one.

    Attributes:
        broken: what the case has broken so far, each rule once.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        monitor = process.watch().monitor()
        case = process.start("asiakas-1")
        assert not monitor.see(case.history[-1]) and not monitor.rest(case)
        case = case.advance("hakeudu_ohjaukseen", by="asiakas")
        assert not monitor.see(case.history[-1])
        assert monitor.statuses()
    """

    def __init__(self, watch: RuleMonitor) -> None:
        self.watch = watch
        self._prevented: list[Violation] = []
        self._begin()

    def _begin(self) -> None:
        # The times of a case are not needed: nothing fires here but what the log says.
        self._replayed = Transaction(Snapshot.unstarted(self.watch.compiled, "monitored"), None)
        self._states = [0] * len(self.watch.tables)
        self._since: list[datetime | None] = [None] * len(self.watch.timed)
        self._read: list[Event] = []
        self._moment: datetime | None = None
        self.broken: list[Violation] = list(self.watch.static)

    # ---- what is read

    def see(self, event: Event) -> Sequence[Violation]:
        """Read the next event of the case.

        Returns:
            The rules it breaks.
        """
        before = len(self.broken)
        if event.kind == "correct":
            self._again(event)
            before = min(before, len(self.broken))
        else:
            self._see(event)
        return self.broken[before:]

    def _see(self, event: Event) -> None:
        if self._read and (event.kind in _INPUTS or event.at != self._read[-1].at):
            self._so_far()
        self._read.append(event)
        replayed = self._replayed
        # What time does counts at the moment it was due, however late somebody looked; so does what
        # it sets off.
        if event.kind != "auto":
            self._moment = event.due or event.at
        self._late(self._moment, event.seq)
        if event.kind == "start":
            for place in sorted(self.watch.compiled.net.initial):
                replayed.mark(place)
        if event.facts:
            record_facts(replayed, dict(event.facts), event.by)
        if event.kind == "start":
            self._entered(sorted(self.watch.compiled.net.initial), frozenset(), event)
        elif event.kind in {"act", "auto", "time"}:
            self._happened(event)
        if replayed.ended:
            self._ended(event)
        self._rests(event.at)

    def rest(self, case: Case) -> Sequence[Violation]:
        """Look at the case between events, for rules about what must be possible.

        Returns:
            The rules that are broken now.
        """
        if case.ended:
            return ()
        known = {violation.rule for violation in self.broken}
        found = [
            violation for violation in self.watch.prevented(case) if violation.rule not in known
        ]
        self._prevented += found
        self.broken += found
        return found

    def time(self, now: datetime) -> Sequence[Violation]:
        """Let time pass without an event.

        Call ``Case.tick`` first: until then, what time does on its own has not happened.

        Returns:
            The rules that are late by now.
        """
        before = len(self.broken)
        self._late(now, self._read[-1].seq if self._read else 0)
        return self.broken[before:]

    def _so_far(self) -> None:
        """Let all that one tick does be over: what was due by then has happened, or is late."""
        if self._read:
            self._late(self._read[-1].at, self._read[-1].seq)

    def statuses(self) -> tuple[RuleStatus, ...]:
        """The status of every monitored rule at this moment, in the order of the file."""
        self._so_far()
        broken = {violation.rule: violation for violation in self.broken}
        due: dict[str, datetime] = {}
        for timed, since in zip(self.watch.timed, self._since, strict=True):
            if since is not None:
                rule, moment = timed.claim.rule, timed.due(since)
                due[rule] = min(moment, due.get(rule, moment))
        waiting = {
            table.claim.rule
            for table, state in zip(self.watch.tables, self._states, strict=True)
            if not table.accepts(state)
        }
        found = []
        for rule in self.watch.rules:
            if rule in self.watch.unwatched:
                continue
            if rule in broken:
                found.append(RuleStatus(rule, "broken", broken[rule]))
            else:
                status: Literal["open", "kept"] = "open" if rule in waiting else "kept"
                found.append(RuleStatus(rule, status, due=due.get(rule)))
        return tuple(found)

    def _again(self, correction: Event) -> None:
        """Read anew what a correction leaves (Y4); what was impossible at that time stays so."""
        kept = taken_back([*self._read, correction])
        seen = {event.seq for event in kept}
        self._prevented = [violation for violation in self._prevented if violation.seq in seen]
        self._begin()
        for event in kept:
            self._see(event)
        known = {violation.rule for violation in self.broken}
        self.broken += [violation for violation in self._prevented if violation.rule not in known]
        self._late(correction.at, correction.seq)

    # ---- an event

    def _happened(self, event: Event) -> None:
        compiled, replayed = self.watch.compiled, self._replayed
        target = compiled.targets.get(event.transition)
        if target is not None and target.duty is not None:
            if target.scope == 0 and event.by is not None:
                self._letter(alphabet.of_duty(compiled.definition, target.name, event.by), event)
            return
        move = self._move(event)
        for letter in alphabet.of_firing(replayed, move, event.by):
            self._letter(letter, event)
        left = alphabet.phases_left(replayed, move)
        replayed.fire(move, event.by)
        self._entered(move.produces, left, event)

    def _move(self, event: Event) -> Move:
        """Find the move of the net that an event made."""
        compiled, replayed = self.watch.compiled, self._replayed
        target = compiled.targets.get(event.transition)
        if target is not None and target.moves:
            here = possible_moves(compiled, target, replayed.marking, replayed.handoffs)
            return next((move for move, state in here if state == event.state), here[0][0])
        moves = [m for m in compiled.named[event.transition] if m.net.inputs <= replayed.marking]
        return next((move for move in moves if move.state == event.state), moves[0])

    def _entered(self, places: Iterable[int], left: frozenset[str | None], event: Event) -> None:
        for place in places:
            letter = alphabet.of_entry(self.watch.compiled, place, left)
            if letter is not None:
                self._letter(letter, event)

    def _letter(self, letter: Letter, event: Event) -> None:
        letter = judged(letter, self.watch.conditions, self._replayed)
        states = self._states
        for number, table in enumerate(self.watch.tables):
            before = states[number]
            after = table.step(before, letter)
            if after != before:
                states[number] = after
                if table.is_lost(after):
                    self._breaks(table.claim, event.seq)
        if event.at is not None:
            for number, timed in enumerate(self.watch.timed):
                self._since[number] = timed.read(self._since[number], letter, event.at)

    def _ended(self, event: Event) -> None:
        for table, state in zip(self.watch.tables, self._states, strict=True):
            if not table.accepts(state):
                self._breaks(table.claim, event.seq)

    # ---- time

    def _late(self, moment: datetime | None, seq: int) -> None:
        """Break the rules whose clock has run out before a moment."""
        for timed, since in zip(self.watch.timed, self._since, strict=True):
            if moment is not None and since is not None and timed.due(since) < moment:
                self._breaks(timed.claim, seq, timed.due(since))

    def _rests(self, at: datetime | None) -> None:
        """Start and stop the clocks of ``every`` by who takes part now."""
        if at is None or not self._since:
            return
        transaction, over = self._replayed, self._replayed.ended
        places = self.watch.compiled.net.places
        states = [
            transaction.state_at(p)
            for p in transaction.marking
            if not over and places[p].scope == 0
        ]
        for number, timed in enumerate(self.watch.timed):
            since = self._since[number]
            self._since[number] = timed.rest(since, self.watch.definition, states, at)

    def _breaks(self, claim: Claim, seq: int, due: datetime | None = None) -> None:
        if all(violation.rule != claim.rule for violation in self.broken):
            of = self.watch.definition.transitions.get(claim.of)
            self.broken.append(Violation(claim.rule, seq, None if of is None else name(of), due))
