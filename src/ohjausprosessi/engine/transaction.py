"""One event being made: a private copy of a case that moves are fired on (SEMANTICS §4, E1).

Nothing here decides whether people may do something; that is ``engine.judge``. A draft is either
made into a new case or dropped, so a refused event leaves no trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ohjausprosessi.engine.snapshot import Extension, OpenHandoff, Snapshot, Timer
from ohjausprosessi.guards import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ohjausprosessi.engine.history import EventKind, Record
    from ohjausprosessi.model import State, Value
    from ohjausprosessi.net.compiled import Automatic, Compiled, Move
    from ohjausprosessi.net.fact_slots import Known
    from ohjausprosessi.net.net import NetTransition, Scope


__all__ = ["ANSWERS", "CaseT", "Given", "Transaction", "seers"]

ANSWERS = frozenset({"accept", "decline", "expire"})
CaseT = TypeVar("CaseT", bound=Snapshot)
Given = tuple[tuple[str, "Value | None"], ...]


class Transaction(Generic[CaseT]):
    """The working copy.

    Args:
        case: the case the event happens to.
        at: the moment of the event, in UTC; None for a case without times.
    """

    def __init__(self, case: CaseT, at: datetime | None) -> None:
        more = case._more()
        self.case = case
        self.compiled: Compiled = case._compiled
        self.at = at
        self.marking: set[int] = set(more.marking)
        self.facts: list[Known] = list(case._facts)
        self.times: dict[tuple[int, str], Timer] = {(t.place, t.what): t for t in more.times}
        self.handoffs: dict[int, OpenHandoff] = dict(more.handoffs)
        self.seen: dict[int, tuple[str, ...]] = dict(more.seen)
        self.clocks: dict[int, datetime] = dict(more.clocks)
        self.records: list[Record] = []
        self.first_seq = case._n
        self._facts_changed = False
        self._tell: dict[str, None] = {}
        self._handed: list[tuple[str, str]] = []
        self._cancelled: list[str] = []
        self._withdrawn: list[str] = []
        self._outcome: str | None = None

    # ---- where the case is

    def runs(self, scope: int) -> bool:
        """Return whether a scope is running: the root always, a call while its place is marked."""
        call = self.compiled.net.scopes[scope].call
        return call is None or call in self.marking

    @property
    def ended(self) -> bool:
        """Whether the root has reached an end."""
        return any(place in self.marking for place in self.compiled.net.finals)

    def holder(self, place: int) -> str:
        """Return who holds what is at a place: of an open hand-off its giver (S4)."""
        handoff = self.handoffs.get(place)
        return self.compiled.holders[place] if handoff is None else handoff.giver

    def contact(self, net: NetTransition) -> int | None:
        """Return a place that a move would mark although it stays marked, if there is one (N5)."""
        for place in sorted(net.outputs):
            if place in self.marking and place not in net.inputs and place not in net.resets:
                return place
        return None

    def missing(self, move: Move) -> tuple[int, ...]:
        """Return the information a move needs that is not known (H3)."""
        return tuple(number for number in move.needs if self.facts[number] is UNKNOWN)

    # ---- facts

    def record(self, number: int, value: Value | None, seen_by: tuple[str, ...]) -> None:
        """Record a value; None = as at the start: the default, else unknown (F1)."""
        slot = self.compiled.slots[number]
        self._put(number, slot.default if value is None else value)
        if slot.personal:
            self.seen.pop(number, None)
            if self.facts[number] is not UNKNOWN:
                self.seen[number] = seen_by

    def recorders(self, by: str | None) -> tuple[str, ...]:
        """Return who sees a personal value that ``by`` records now (F6)."""
        role = self.compiled.roles.get(by or "")
        if role is not None and role.owner is not None:
            return (role.owner,)
        holders = [self.holder(place) for place in sorted(self.marking)]
        return tuple(dict.fromkeys([self.compiled.definition.responsible, *holders]))

    # ---- moves

    def fire(self, move: Move, by: str | None = None) -> None:
        """Take the tokens away, set facts, and mark what the move leads to."""
        net = move.net
        answered = [self.handoffs[p] for p in net.inputs if net.kind in ANSWERS]
        for handoff in answered:
            self._answer(move, handoff)
        seen_by = self.recorders(by) if move.sets else ()
        for place in sorted(net.resets & self.marking):
            self._cancel(place, move)
        if net.kind == "return":
            self._take_back(net)
        for place in sorted((net.inputs | net.resets) & self.marking):
            if place in self.handoffs and not (answered and place in net.inputs):
                self._withdraw(place)
            self._unmark(place)
        for number, value in move.sets:
            self.record(number, value, seen_by)
        if net.kind not in ANSWERS:
            self._hand_over(move)
        for place in sorted(net.outputs):
            self.mark(place)

    def _cancel(self, place: int, move: Move) -> None:
        """Note what a move cancels; whoever had the client is told, unless it gives it away (E5, X1)."""
        left, holder = place in move.net.inputs, self.holder(place)
        if not left:
            self._cancelled.append(self.compiled.net.places[place].name)
        if place not in self.handoffs and not (left and holder == move.giver):
            self._told(holder)

    def _withdraw(self, place: int) -> None:
        handoff = self.handoffs[place]
        found = self.compiled.net.places[place]
        prefix = self.compiled.net.scopes[found.scope].prefix
        self._withdrawn.append(f"{prefix}{found.transition}")
        self._told(handoff.giver, handoff.to)

    def _answer(self, move: Move, handoff: OpenHandoff) -> None:
        """Tell who has to know of an answer (H5); who accepts now sees what travelled (F6)."""
        self._told(handoff.giver)
        if move.net.kind == "expire":
            self._told(handoff.to)
        self._told(self.compiled.definition.responsible)
        if move.net.kind == "accept":
            self._show(move, handoff.to)

    def _hand_over(self, move: Move) -> None:
        """Open the hand-offs of a move, or note that one passed without an answer (H2)."""
        places, prefix = self.compiled.net.places, self.compiled.net.scopes[move.net.scope].prefix
        seq = self.first_seq + len(self.records)
        for arrow in move.net.arrows:
            if not arrow.is_handoff:
                continue
            self._handed.append((arrow.giver, arrow.receiver))
            self._told(arrow.receiver)
            if not arrow.opens:
                self._show(move, arrow.receiver)
                continue
            ordinary = arrow.source is not None and not arrow.transition.interrupt
            state = f"{prefix}{arrow.source}" if ordinary else move.state
            for place in move.net.outputs:
                if places[place].transition == arrow.transition.id:
                    self.handoffs[place] = OpenHandoff(
                        arrow.giver, arrow.receiver, state, self.at, seq
                    )

    def _show(self, move: Move, receiver: str) -> None:
        """Let a receiver see the personal information that travelled with a hand-off."""
        scope = move.net.scope
        handoff = None if move.transition is None else move.transition.handoff
        for name in () if handoff is None else handoff.info:
            number = self.compiled.index[scope][name]
            if self.compiled.slots[number].personal and self.facts[number] is not UNKNOWN:
                known = self.seers(number)
                if receiver not in known:
                    self.seen[number] = (*known, receiver)

    def seers(self, number: int) -> tuple[str, ...]:
        """Return the organisations that see a personal value."""
        return seers(self.compiled, self.seen, number)

    def _told(self, *organisations: str) -> None:
        self._tell.update(dict.fromkeys(organisations))

    # ---- places

    def _unmark(self, place: int) -> None:
        self.marking.discard(place)
        self.handoffs.pop(place, None)
        for what, _ in self.compiled.time_limits[place]:
            self.times.pop((place, what), None)
        if (scope := self._called(place)) is not None:
            for number in self.compiled.index[scope.number].values():
                self._put(number, UNKNOWN)
                self.seen.pop(number, None)
            for clock in self.compiled.clocks:
                if clock.scope == scope.number:
                    self.clocks.pop(clock.number, None)

    def mark(self, place: int) -> None:
        """Put a token at a place: arm its times, start its call (N2, T2)."""
        self.marking.add(place)
        state = self.compiled.state_of(place)
        if self.compiled.net.places[place].kind == "state" and state is not None:
            if (scope := self._called(place)) is not None:
                self._start_call(scope, state)
            elif state.kind == "end":
                self._outcome = state.result
        if self.at is not None:
            calendar = self.compiled.calendars[self.compiled.net.places[place].scope]
            for order, (what, duration) in enumerate(self.compiled.time_limits[place]):
                due = calendar.add(self.at, duration)
                self.times[place, what] = Timer(due, place, order, what)

    def _called(self, place: int) -> Scope | None:
        """Return the scope that runs while a place is marked: of a call, what it calls."""
        return self.compiled.called.get(place)

    def _start_call(self, scope: Scope, call: State) -> None:
        """Begin a called process: defaults, then what the caller gives it (C1)."""
        for number in self.compiled.index[scope.number].values():
            self._put(number, self.compiled.slots[number].default)
        if scope.parent is not None:
            self._copy(scope.parent, scope.number, call.gives, known_only=True)

    def _take_back(self, net: NetTransition) -> None:
        """Copy back what the caller takes from a called process, unknown included (C1)."""
        place = min(net.inputs)
        scope, call = self._called(place), self.compiled.state_of(place)
        self._outcome = self.compiled.net.places[min(net.outputs)].outcome
        if scope is not None and scope.parent is not None and call is not None:
            self._copy(scope.number, scope.parent, call.takes, known_only=False)

    def _copy(self, source: int, target: int, names: Iterable[str], *, known_only: bool) -> None:
        for name in names:
            old, new = self.compiled.index[source][name], self.compiled.index[target][name]
            value = self.facts[old]
            if value is UNKNOWN:
                if not known_only:
                    self.record(new, None, self.recorders(None))
                continue
            self._put(new, value)
            if self.compiled.slots[new].personal:
                self.seen[new] = self.seers(old)

    def _put(self, number: int, value: Known) -> None:
        if self.facts[number] is not value:
            self.facts[number] = value
            self._facts_changed = True

    # ---- automatic moves

    def settle(self) -> None:
        """Fire what happens by itself until nothing more can (E2)."""
        cause = self.first_seq
        while not self.ended and (move := self._automatic_move()) is not None:
            self.fire(move)
            self.note("auto", move.net.name, state=move.state, cause=cause)

    def _automatic_move(self) -> Move | None:
        """Return the automatic move whose turn it is, if one is possible."""
        turns: list[tuple[int, Automatic]] = [
            (automatic.order, automatic)
            for place in self.marking
            for automatic in self.compiled.automatics[place]
        ]
        for _, automatic in sorted(turns, key=lambda turn: turn[0]):
            move = self.chosen(automatic)
            if move is not None and self._has_room(move):
                return move
        return None

    def chosen(self, automatic: Automatic) -> Move | None:
        """Return the move an automatic place is to take, or None where it rests (E3, E4).

        It is taken as soon as there is room and the information it needs is known.
        """
        undecided = False
        for move in automatic.moves:
            verdict = True if move.guard is None else move.guard.judge(self.facts)
            if verdict is None:
                undecided = True
            is_else = move.guard is None and len(automatic.moves) > 1
            if verdict is True and not (is_else and undecided):
                return move
        return None

    def _has_room(self, move: Move) -> bool:
        net = move.net
        return net.inputs <= self.marking and not self.missing(move) and self.contact(net) is None

    # ---- records

    def note(
        self,
        kind: EventKind,
        transition: str,
        *,
        state: str | None = None,
        by: str | None = None,
        actor: str | None = None,
        facts: Given = (),
        due: datetime | None = None,
        cause: int | None = None,
        of: int | None = None,
        why: str | None = None,
    ) -> None:
        """Append the record of what has just been done."""
        self.records.append(
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
                tuple(self._handed),
                self._outcome,
                tuple(self._cancelled),
                tuple(self._withdrawn),
                tuple(self._tell),
            )
        )
        self._handed, self._cancelled, self._withdrawn = [], [], []
        self._tell, self._outcome = {}, None

    def tell(self, organisations: Iterable[str]) -> None:
        """Name organisations that the next record is to be told to."""
        self._told(*organisations)

    # ---- the new case

    def finish(self) -> CaseT:
        """Return the new case, with the records of this event at the end of its history."""
        self._run_clocks()
        marking = tuple(sorted(self.marking))
        alone = len(marking) == 1
        here = self.compiled.tables[marking[0]] if alone else self.compiled.nowhere
        extra: datetime | Extension | None = self.at
        if not alone or self.times or self.handoffs or self.seen or self.clocks:
            extra = Extension(
                self.at,
                marking,
                tuple(sorted(self.times.values())),
                tuple(sorted(self.handoffs.items())),
                tuple(sorted(self.seen.items())),
                tuple(self.clocks.items()),
            )
        facts = self.facts if self._facts_changed else self.case._facts
        return self.case._next(here, facts, extra, self.records)

    def take_place_of(self, case: CaseT) -> None:
        """Go on from the end of another version's history: the correction of a case (Y4)."""
        self.case = case
        self.first_seq = case._n
        self._facts_changed = True

    def restart_clock(self, number: int) -> None:
        """Let a duty's clock count from now, if its entry takes part (T7)."""
        if number in self.clocks and self.at is not None:
            self.clocks[number] = self.at

    def _run_clocks(self) -> None:
        """Start the clocks of those who begin to take part, drop those of who no longer do (T7)."""
        if self.at is None or not self.compiled.clocks:
            return
        running: set[int] = set()
        for scope in self.compiled.net.scopes:
            if self.runs(scope.number) and not self._scope_ended(scope):
                running |= self.compiled.always_runs[scope.number]
        for place in self.marking:
            scope = self.compiled.scope_of(place)
            if not self._scope_ended(scope):
                state = self.state_at(place)
                running |= self.compiled.takes_part.get((scope.number, state or ""), frozenset())
        self.clocks = {clock: self.clocks.get(clock, self.at) for clock in sorted(running)}

    def state_at(self, place: int) -> str | None:
        """Return the local id of the state a token stands for: of an open hand-off the one left."""
        handoff = self.handoffs.get(place)
        if handoff is None:
            return self.compiled.net.places[place].state
        if handoff.state is None:
            return None
        return handoff.state.removeprefix(self.compiled.scope_of(place).prefix)

    def _scope_ended(self, scope: Scope) -> bool:
        return any(
            place in self.marking
            and (state := self.compiled.state_of(place))
            and state.kind == "end"
            for place in scope.places
            if self.compiled.net.places[place].scope == scope.number
        )


def seers(compiled: Compiled, seen: dict[int, tuple[str, ...]], number: int) -> tuple[str, ...]:
    """Return the organisations that see a personal value: a default is given by the start (F6)."""
    if number in seen:
        return seen[number]
    scope = compiled.net.scopes[compiled.slots[number].scope]
    start = scope.definition.state_holder(scope.definition.start)
    return tuple(dict.fromkeys((compiled.definition.responsible, start)))
