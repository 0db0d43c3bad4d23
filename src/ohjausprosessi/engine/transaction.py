"""One event in the making: a private copy of a case on which moves fire (SEMANTICS §4, E1).

A transaction plays the token game (``net.token_game``) with a case's facts, times and hand-offs, and
writes down what happens. Whether people may do something is decided by ``engine.judge``. A
transaction is either committed as a new case or dropped, so a refused event leaves no trace; what
it does not change it shares with the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ohjausprosessi.engine.snapshot import Extension, OpenHandoff, Snapshot, Timer
from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.net.token_game import TokenGame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from ohjausprosessi.engine.history import EventKind, Record
    from ohjausprosessi.model import Value
    from ohjausprosessi.net.compiled import Compiled
    from ohjausprosessi.net.fact_slots import BoundGuard, FactSlot, Known
    from ohjausprosessi.net.moves import Called, Move, PlaceEffect

__all__ = ["CaseT", "Given", "Transaction", "seers"]

CaseT = TypeVar("CaseT", bound=Snapshot)
Given = tuple[tuple[str, "Value | None"], ...]


class Transaction(TokenGame, Generic[CaseT]):
    """The working copy of a case.

    Args:
        case: the case the event happens to.
        at: the moment of the event, in UTC; None for a case without times.

    Attributes:
        at: the moment of the event.
        facts: what is known, by slot.
        timers: the running time limits, the next due first.
        handoffs: place to the hand-off that is open there.
        seen: slot of a personal fact to the organisations that see its value.
        clocks: clock of a duty to the moment it counts from.
    """

    timers: tuple[Timer, ...]
    handoffs: Mapping[int, OpenHandoff]
    seen: Mapping[int, tuple[str, ...]]
    clocks: Mapping[int, datetime]

    # What most events leave as it is costs nothing until it changes.
    _moved: bool = False
    _own_facts: bool = False
    _seen_by: tuple[str, ...] = ()
    _handed: tuple[tuple[str, str], ...] = ()
    _cancelled: tuple[str, ...] = ()
    _withdrawn: tuple[str, ...] = ()
    _told: tuple[str, ...] = ()
    _outcome: str | None = None

    def __init__(self, case: CaseT, at: datetime | None) -> None:
        _, marking, self.timers, self.handoffs, self.seen, self.clocks = case._more()
        self.compiled = case._compiled
        self.marking = set(marking)
        self.at = at
        self.facts = case._facts
        self._case = case
        self._first_seq = case._n
        self._records: list[Record] = []

    # ---- where the case is

    def holder(self, place: int) -> str:
        """Name the organisation that holds what is at a place: of an open hand-off its giver (S4)."""
        handoff = self.handoffs.get(place)
        return self.compiled.holders[place] if handoff is None else handoff.giver

    def state_at(self, place: int) -> str | None:
        """Give the id of the state a token stands for: of an open hand-off the one it left."""
        handoff = self.handoffs.get(place)
        if handoff is None:
            return self.compiled.effects[place].stands_for
        if handoff.state is None:
            return None
        return handoff.state.removeprefix(self.compiled.scope_of(place).prefix)

    def phase_at(self, place: int) -> str | None:
        """Name the phase a token stands for: of an open hand-off, that of the state it left."""
        if place not in self.handoffs:
            return self.compiled.effects[place].phase
        state = self.state_at(place)
        return (
            None if state is None else self.compiled.scope_of(place).definition.states[state].phase
        )

    def missing(self, move: Move) -> tuple[int, ...]:
        """List the slots of the information that a move needs and that is not known (H3)."""
        return tuple(slot for slot in move.needs if self.facts[slot] is UNKNOWN)

    # ---- facts

    def judge(self, guard: BoundGuard) -> bool | None:
        """Judge a guard on what is known; None = unknown (F2)."""
        return guard.judge(self.facts)

    def is_unknown(self, slot: int) -> bool:
        """Tell whether a fact or an information item is not known."""
        return self.facts[slot] is UNKNOWN

    def record(self, slot: FactSlot, value: Value | None, seen_by: tuple[str, ...]) -> None:
        """Record a value; None restores the default, else the fact becomes unknown (F1).

        Args:
            slot: which fact.
            value: what to record.
            seen_by: the organisations that see the value, if it is personal (F6).
        """
        known = slot.default if value is None else value
        self._put(slot.number, known)
        if slot.personal:
            self._see(slot.number, None if known is UNKNOWN else seen_by)

    def assign(self, slot: int, value: Value | None) -> None:
        """Give a fact the value that the move that fires sets."""
        self.record(self.compiled.slots[slot], value, self._seen_by)

    def begin(self, called: Called) -> None:
        """Give all facts of a called process that starts their defaults, else make them unknown."""
        self._own()[called.slots] = called.defaults

    def forget(self, called: Called) -> None:
        """Drop all facts of a called process that has ended."""
        slots = range(called.slots.start, called.slots.stop)
        self._own()[called.slots] = [UNKNOWN] * len(slots)
        if self.seen:
            self.seen = {slot: who for slot, who in self.seen.items() if slot not in slots}

    def give(self, source: int, target: int) -> None:
        """Copy a fact of the caller, and who sees it, if it is known (C1)."""
        value = self.facts[source]
        if value is not UNKNOWN:
            self._put(target, value)
            if self.compiled.slots[target].personal:
                self._see(target, self.seers(source))

    def take(self, source: int, target: int) -> None:
        """Copy a fact back to the caller exactly, unknown included (C1)."""
        if self.facts[source] is UNKNOWN:
            self.record(self.compiled.slots[target], None, self.recorders(None))
        else:
            self.give(source, target)

    def recorders(self, by: str | None) -> tuple[str, ...]:
        """Name the organisations that see a personal value that ``by`` records now (F6)."""
        role = self.compiled.roles.get(by or "")
        if role is not None and role.owner is not None:
            return (role.owner,)
        holders = [self.holder(place) for place in sorted(self.marking)]
        return tuple(dict.fromkeys([self.compiled.definition.responsible, *holders]))

    def seers(self, slot: int) -> tuple[str, ...]:
        """Name the organisations that see a personal value."""
        return seers(self.compiled, self.seen, slot)

    def _put(self, slot: int, value: Known) -> None:
        if self.facts[slot] is not value:
            self._own()[slot] = value

    def _own(self) -> list[Known]:
        """Give the facts to change: at the first change a copy of those of the case."""
        if not self._own_facts:
            self.facts = self.facts.copy()
            self._own_facts = True
        return self.facts

    def _see(self, slot: int, organisations: tuple[str, ...] | None) -> None:
        if organisations is not None:
            self.seen = {**self.seen, slot: organisations}
        elif slot in self.seen:
            self.seen = {known: who for known, who in self.seen.items() if known != slot}

    # ---- what firing a move brings with it

    def firing(self, move: Move, by: str | None) -> None:
        """Note what a move cancels and withdraws, and whom an answer is told (E5, X1, H5)."""
        self._moved = True
        if move.sets:
            self._seen_by = self.recorders(by)
        if move.answers:
            self._answer(move, self.handoffs[move.consumes[0]])
        if not (move.net.resets or self.handoffs):
            return
        for place in sorted(move.net.resets & self.marking):
            self._cancel(place, move)
        for place in sorted(move.empties & self.handoffs.keys()):
            if not (move.answers and place in move.consumes):
                self._withdraw(place)

    def _cancel(self, place: int, move: Move) -> None:
        """Note a cancelled place; its holder is told, unless it gives the client away itself."""
        left, holder = place in move.consumes, self.holder(place)
        if not left:
            self._cancelled += (self.compiled.net.places[place].name,)
        if place not in self.handoffs and not (left and holder == move.giver):
            self.tell(holder)

    def _withdraw(self, place: int) -> None:
        handoff, found = self.handoffs[place], self.compiled.net.places[place]
        prefix = self.compiled.net.scopes[found.scope].prefix
        self._withdrawn += (f"{prefix}{found.transition}",)
        self.tell(handoff.giver, handoff.to)

    def _answer(self, move: Move, handoff: OpenHandoff) -> None:
        """Tell of an answer (H5); who accepts sees from now on what travelled (F6)."""
        self.tell(handoff.giver)
        if move.net.kind == "expire":
            self.tell(handoff.to)
        self.tell(self.compiled.definition.responsible)
        if move.net.kind == "accept":
            self._show(move, handoff.to)

    def handing_over(self, move: Move) -> None:
        """Open the hand-offs of a move, or note that one passes without an answer (H2)."""
        seq = self._first_seq + len(self._records)
        for giver, receiver, place, state, _ in move.hand_overs:
            self._handed += ((giver, receiver),)
            self.tell(receiver)
            if place is None:
                self._show(move, receiver)
            else:
                opened = OpenHandoff(giver, receiver, state, self.at, seq)
                self.handoffs = {**self.handoffs, place: opened}

    def _show(self, move: Move, receiver: str) -> None:
        """Let a receiver see the personal information that travelled with a hand-off (F6)."""
        for slot in move.shows:
            if self.facts[slot] is not UNKNOWN and receiver not in self.seers(slot):
                self._see(slot, (*self.seers(slot), receiver))

    def emptied(self, place: int, effect: PlaceEffect) -> None:
        """Disarm what a token armed, close its hand-off, stop the clocks of a process that ran."""
        if place in self.handoffs:
            self.handoffs = {key: open_ for key, open_ in self.handoffs.items() if key != place}
        if effect.arms and (timers := self.timers):
            if len(timers) == 1:
                self.timers = () if timers[0].place == place else timers
            else:
                self.timers = tuple([timer for timer in timers if timer.place != place])
        if effect.calls is not None and effect.calls.clocks:
            stopped = effect.calls.clocks
            self.clocks = {key: since for key, since in self.clocks.items() if key not in stopped}

    def filled(self, place: int, effect: PlaceEffect) -> None:
        """Arm the time limits of a token (T2); at an end, note the result."""
        if effect.outcome is not None:
            self._outcome = effect.outcome
        if effect.arms and (at := self.at) is not None:
            timers = self.timers
            for order, (what, length) in enumerate(effect.arms):
                timers += (tuple.__new__(Timer, (length.after(at), place, order, what)),)
            self.timers = timers if len(timers) == 1 else tuple(sorted(timers))

    def settled(self, move: Move) -> None:
        """Write down a move that has fired by itself."""
        if move.outcome is not None:
            self._outcome = move.outcome
        self.append_event("auto", move.net.name, move.state, cause=self._first_seq)

    def disarm(self, timer: Timer) -> None:
        """Spend a time limit that has been acted on."""
        self.timers = tuple(other for other in self.timers if other != timer)

    # ---- what is written down

    def append_event(  # noqa: PLR0917  the fields of an event in their order
        self,
        kind: EventKind,
        transition: str,
        state: str | None = None,
        by: str | None = None,
        actor: str | None = None,
        facts: Given = (),
        due: datetime | None = None,
        cause: int | None = None,
        of: int | None = None,
        why: str | None = None,
    ) -> None:
        """Append the record of what has just been done (``engine.history.Event``)."""
        self._records.append(
            (
                kind,
                transition,
                state,
                by,
                actor,
                self.at,
                facts,
                due,
                cause,
                of,
                why,
                self._handed,
                self._outcome,
                self._cancelled,
                self._withdrawn,
                self._told,
            )
        )
        self._handed = self._cancelled = self._withdrawn = self._told = ()
        self._outcome = None

    def tell(self, *organisations: str) -> None:
        """Name organisations that are to be told of the next event, each once."""
        for organisation in organisations:
            if organisation not in self._told:
                self._told += (organisation,)

    # ---- the new case

    def commit(self) -> CaseT:
        """Make the new case, with the records of this event at the end of its history."""
        self._run_clocks()
        compiled = self.compiled
        alone = len(self.marking) == 1
        marking = tuple(self.marking) if alone else tuple(sorted(self.marking))
        table = compiled.tables[marking[0]] if alone else compiled.nowhere
        extra: datetime | Extension | None = self.at
        if not alone or self.timers or self.handoffs or self.seen or self.clocks:
            known = (self.at, marking, self.timers, self.handoffs, self.seen, self.clocks)
            extra = tuple.__new__(Extension, known)  # cheaper than calling Extension, once an event
        return self._case._next(table, self.facts, extra, self._records)

    def continue_from(self, case: CaseT) -> None:
        """Append to another version's history: the correction of a case (Y4)."""
        self._case = case
        self._first_seq = case._n

    def restart_clocks(self, numbers: Iterable[int]) -> None:
        """Let duties' clocks count from now, if their entries take part (T7)."""
        if (at := self.at) is not None:
            restarted = {number: at for number in numbers if number in self.clocks}
            self.clocks = {**self.clocks, **restarted}

    def _run_clocks(self) -> None:
        """Start the clocks of those who begin to take part, drop those of who no longer do (T7)."""
        compiled, at = self.compiled, self.at
        if at is None or not compiled.clocks or (self.clocks and not self._moved):
            return
        running: frozenset[int] = frozenset()
        effects = compiled.effects
        for place in self.marking:
            effect = effects[place]
            here = effect.clocks
            if effect.stands_for is None and place in self.handoffs:
                here = compiled.clocks_at(compiled.net.places[place].scope, self.state_at(place))
            running = running | here if running else here
        if running != self.clocks.keys():
            self.clocks = {clock: self.clocks.get(clock, at) for clock in sorted(running)}


def seers(compiled: Compiled, seen: Mapping[int, tuple[str, ...]], slot: int) -> tuple[str, ...]:
    """Name the organisations that see a personal value: a default is given by the start (F6)."""
    if slot in seen:
        return seen[slot]
    scope = compiled.net.scopes[compiled.slots[slot].scope]
    start = scope.definition.state_holder(scope.definition.start)
    return tuple(dict.fromkeys((compiled.definition.responsible, start)))
