"""The state space of a process: its reachability graph over symbolic states (SEMANTICS §12).

A *symbolic state* is a marking at rest together with the values of the facts that cannot change
while the case stays there. All other facts are symbolic: people may record any value before the
next event (P4), so one state stands for every value. A guard that reads a symbolic fact splits the
case, and only into the cells that guards can tell apart (``guards.cells``).

The graph is exact in guards, ``set``, defaults, ``by``, ``phases``, ``with`` and ``take``, in the
order of automatic moves, in reset arcs and in the phase that an open hand-off left. It
over-approximates twice: a fact that caller and called process both declare may differ between them
while the call runs; and while a choice waits for a fact, the fact can become known in one event
with an act whose role could not record it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.guards.cells import cells, indistinct
from ohjausprosessi.guards.unknown import Unknown
from ohjausprosessi.model import Fact
from ohjausprosessi.rules.alphabet import somebody
from ohjausprosessi.verify.state_space.symbolic_step import (
    CaseSplit,
    SymbolicEvent,
    SymbolicState,
    SymbolicStep,
    SymbolicValue,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ohjausprosessi.model import Info, Value
    from ohjausprosessi.net import Compiled, Move
    from ohjausprosessi.verify.state_space.symbolic_step import Left, Run, Watcher

BUDGET = 10_000


@dataclass(slots=True)
class Contact:
    """A move that is enabled but for a marked output place (N5).

    Attributes:
        symbolic_state: the state before the event.
        event: the event, with the moves that fired before the one in contact.
        move: the move in contact.
        place: the marked output place.
    """

    symbolic_state: SymbolicState
    event: SymbolicEvent
    move: Move
    place: int


@dataclass(slots=True)
class Cancellation:
    """A move that removes tokens of other branches by its reset arcs.

    Attributes:
        symbolic_state: the state before the event.
        event: the event in which the move fires.
        move: the move.
        lost: the places of the tokens it removes beyond those it consumes.
    """

    symbolic_state: SymbolicState
    event: SymbolicEvent
    move: Move
    lost: frozenset[int]


@dataclass(slots=True)
class WaitingChoice:
    """A choice, or a call that has returned, that waits for facts nobody has recorded yet (E4).

    Attributes:
        symbolic_state: the state before the event.
        event: the event that brings the case to the choice.
        place: the place of the choice.
        asks: the facts it waits for.
    """

    symbolic_state: SymbolicState
    event: SymbolicEvent
    place: int
    asks: tuple[str, ...]


class StateSpace:
    """The reachability graph of a process, explored breadth first from the start.

    Args:
        compiled: the compiled process.
        watcher: writes down the letters of every event; None where no rule is proved.
        budget: the number of states past which exploration stops.

    Attributes:
        compiled: the compiled process.
        watcher: what writes down the letters of every event, if anything does.
        defaults: slot of a fact to its value at the start; None = unknown.
        tracked: slots of the facts that some guard depends on.
        values: slot of a tracked fact to one value of each cell; None = unknown.
        indistinct: whether no guard can tell two values of a fact's name apart.
        exact: whether the values tried stand for all values of every tracked fact.
        complete: whether every state has been explored within the budget.
        before: state to its predecessor on a shortest run (None = the start) and the event between.
        next: state to its outgoing edges: the events that can happen and the states they lead to.
        starts: the ways in which a case can start, and the states they lead to.
        contacts: the contacts met, in breadth-first order.
        cancellations: the moves met that remove tokens of other branches, in the same order.
        waiting_choices: the choices met that wait for facts, in the same order.
        fired: exact names of the moves that fire on some edge.
    """

    def __init__(
        self, compiled: Compiled, watcher: Watcher | None = None, *, budget: int = BUDGET
    ) -> None:
        self.compiled = compiled
        self.watcher = watcher
        self.defaults: dict[int, Value | None] = {
            slot.number: None if isinstance(slot.default, Unknown) else slot.default
            for slot in compiled.slots
        }
        self._number_values()
        self._changeable: dict[tuple[frozenset[int], Left], frozenset[int]] = {}
        self._facts_at: dict[
            tuple[frozenset[int], Left], tuple[Mapping[int, SymbolicValue], tuple[int, ...]]
        ] = {}
        self.contacts: list[Contact] = []
        self.cancellations: list[Cancellation] = []
        self.waiting_choices: list[WaitingChoice] = []
        self.fired: set[str] = set()
        self.before: dict[SymbolicState, tuple[SymbolicState | None, SymbolicEvent]] = {}
        self.next: dict[SymbolicState, list[tuple[SymbolicEvent, SymbolicState]]] = {}
        self.complete = self._explore(budget)

    @classmethod
    def of(cls, compiled: Compiled, *, budget: int = BUDGET) -> StateSpace:
        """The state space of a compiled process, explored once for each budget."""
        key = (cls, budget)
        if key not in compiled.derived:
            compiled.derived[key] = cls(compiled, budget=budget)
        found: StateSpace = compiled.derived[key]
        return found

    # ---- facts

    def _number_values(self) -> None:
        """Choose the facts to track, and one value for each cell of theirs."""
        compiled = self.compiled
        guards = [move.guard.guard for move in compiled.moves if move.guard is not None]
        if self.watcher is not None:
            guards += [guard.guard for guard in self.watcher.guards]
        self.indistinct = indistinct(guards)
        # A name means one thing in caller and called (C5): its values are told apart in both.
        told_apart: dict[str, tuple[Value | Unknown, ...]] = dict(cells(guards))
        for move in compiled.moves:
            for slot in (compiled.slots[number] for number in move.needs):
                told_apart.setdefault(slot.name, (_some_value_of(slot.fact), UNKNOWN))
        self.tracked = tuple(slot.number for slot in compiled.slots if slot.name in told_apart)
        self.values: dict[int, tuple[Value | None, ...]] = {}
        first: dict[str, Fact | Info] = {}
        self.exact = True
        for number in self.tracked:
            slot = compiled.slots[number]
            self.exact &= _same_values(first.setdefault(slot.name, slot.fact), slot.fact)
            values = [None if isinstance(v, Unknown) else v for v in told_apart[slot.name]]
            known = [v for v in values if v is None or _is_value_of(slot.fact, v)]
            unknown = () if self.defaults[number] is not None or None in known else (None,)
            self.values[number] = (*known, *unknown)

    def changeable(self, marking: frozenset[int], left: Left = ()) -> frozenset[int]:
        """The tracked facts that somebody may record where these places are marked.

        Args:
            marking: the places.
            left: of open hand-offs, the phases they left (``SymbolicState.left``).
        """
        key = (marking, left)
        if key not in self._changeable:
            running = [
                scope.number
                for scope in self.compiled.net.scopes
                if scope.call is None or scope.call in marking
            ]
            phases = {scope: self._phases(scope, marking, dict(left)) for scope in running}
            self._changeable[key] = frozenset(
                number for number in self.tracked if self._may_change(number, phases)
            )
        return self._changeable[key]

    def facts_at(
        self, marking: frozenset[int], left: Left
    ) -> tuple[Mapping[int, SymbolicValue], tuple[int, ...]]:
        """The tracked facts that somebody may record there, as symbolic values, and all others."""
        key = (marking, left)
        if key not in self._facts_at:
            changeable = self.changeable(marking, left)
            symbolic = {number: SymbolicValue(number) for number in changeable}
            decided = tuple(number for number in self.tracked if number not in changeable)
            self._facts_at[key] = symbolic, decided
        return self._facts_at[key]

    def _may_change(self, number: int, phases: Mapping[int, frozenset[str | None]]) -> bool:
        """Whether a fact may be recorded: every running scope that declares it must allow it (C5)."""
        compiled = self.compiled
        name = compiled.slots[number].name
        if compiled.slots[number].scope not in phases:
            return False
        roles: frozenset[str] | None = None
        for scope, here in phases.items():
            if name not in compiled.index[scope]:
                continue
            slot = compiled.slots[compiled.index[scope][name]]
            if slot.roles is not None:
                roles = slot.roles if roles is None else roles & slot.roles
            if slot.phases is not None and not slot.phases & here:
                return False
        return roles is None or bool(roles)

    def _phases(
        self, scope: int, marking: frozenset[int], left: Mapping[int, str | None]
    ) -> frozenset[str | None]:
        """The phases a scope is in; an open hand-off counts for the phase it left."""
        states = self.compiled.net.scopes[scope].definition.states
        found: set[str | None] = set()
        for place in (self.compiled.net.places[number] for number in marking):
            if place.scope == scope:
                own = None if place.state is None else states[place.state].phase
                found.add(left.get(place.number, own))
        return frozenset(found)

    # ---- exploring

    def _explore(self, budget: int) -> bool:
        self.starts = list(self._starts())
        for event, symbolic_state in self.starts:
            self.before.setdefault(symbolic_state, (None, event))
        waiting = deque(self.before)
        while waiting:
            symbolic_state = waiting.popleft()
            following: list[tuple[SymbolicEvent, SymbolicState]] = []
            for event, successor in self.events(symbolic_state):
                following.append((event, successor))
                if successor not in self.before:
                    self.before[successor] = (symbolic_state, event)
                    waiting.append(successor)
            self.next[symbolic_state] = following
            if len(self.before) > budget:
                return False
        return True

    def _starts(self) -> Iterator[tuple[SymbolicEvent, SymbolicState]]:
        """Yield the ways in which a case can start, and the states they lead to."""
        compiled = self.compiled
        changeable = self.changeable(compiled.net.initial)
        facts = tuple(
            SymbolicValue(number) if number in changeable else self._at_the_start(number)
            for number in self.tracked
        )
        return self.each("start", SymbolicState(frozenset(), facts), self._start)

    def _at_the_start(self, number: int) -> Value | None:
        return self.defaults[number] if self.compiled.slots[number].scope == 0 else None

    def _start(self, step: SymbolicStep) -> bool:
        for place in sorted(self.compiled.net.initial):
            step.mark(place)
        step.settle()
        return True

    def events(
        self, symbolic_state: SymbolicState
    ) -> Iterator[tuple[SymbolicEvent, SymbolicState]]:
        """Yield the outgoing edges of a state: what can happen next, and where each event leads."""
        if self.is_over(symbolic_state):
            return
        if any(self.compiled.automatics[place] for place in symbolic_state.marking):
            yield from self.each("learn", symbolic_state, self._settles)
        for place in sorted(symbolic_state.marking):
            for move in self.compiled.acts[place]:
                if move.net.inputs <= symbolic_state.marking:
                    told = None if self.watcher is None else self.watcher.roles(move)
                    for by in told or (somebody(move),):
                        yield from self.each(move.net.name, symbolic_state, self._act(move, by))
        for duty, role in self.watcher.records if self.watcher is not None else ():
            yield from self.each(duty, symbolic_state, self._record(duty, role))

    def _settles(self, step: SymbolicStep) -> bool:
        step.settle()
        return bool(step.moves)

    def _act(self, move: Move, by: str | None) -> Callable[[SymbolicStep], bool]:
        def act(step: SymbolicStep) -> bool:
            if not self.may(move, step):
                return False
            step.fire(move, by)
            step.settle()
            return True

        return act

    def _record(self, duty: str, role: str) -> Callable[[SymbolicStep], bool]:
        def record(step: SymbolicStep) -> bool:
            step.by = role
            if self.watcher is not None:
                self.watcher.recorded(duty, role, step)
            return True

        return record

    def may(self, move: Move, step: SymbolicStep, *, informed: bool = False) -> bool:
        """Whether a move whose inputs are marked is enabled; a contact is noted.

        Args:
            move: the move.
            step: the marking and the facts.
            informed: whether the information that must be known is given together with the act.
        """
        if move.guard is not None and step.judge(move.guard) is not True:
            return False
        if not (move.timed or informed) and any(map(step.is_unknown, move.needs)):
            return False
        place = step.contact(move)
        if place is not None:
            step.blocked(move, place)
        return place is None

    def each(
        self, name: str, symbolic_state: SymbolicState, happen: Callable[[SymbolicStep], bool]
    ) -> Iterator[tuple[SymbolicEvent, SymbolicState]]:
        """Yield an event once for each valuation of the symbolic facts that it reads.

        Args:
            name: the exact name of the event.
            symbolic_state: the state in which it happens.
            happen: plays the event on a step; False if it cannot happen.
        """
        valuations: list[dict[int, Value | None]] = [{}]
        while valuations:
            given = valuations.pop()
            step = SymbolicStep(self, symbolic_state, given)
            try:
                happened = happen(step)
                successor = step.rest() if happened else symbolic_state
            except CaseSplit as case_split:
                values = reversed(self.values[case_split.origin])
                valuations += [{**given, case_split.origin: value} for value in values]
                continue
            event = step.event(name if name != "learn" or not happened else _first(step))
            self._note(symbolic_state, step, event)
            if happened:
                yield event, successor

    def _note(
        self, symbolic_state: SymbolicState, step: SymbolicStep, event: SymbolicEvent
    ) -> None:
        self.fired.update(move.net.name for move in step.moves)
        for move, place in step.contacts:
            self.contacts.append(Contact(symbolic_state, event, move, place))
        for move, lost in step.cancellations:
            self.cancellations.append(Cancellation(symbolic_state, event, move, lost))
        for place, asks in step.waiting_choices:
            self.waiting_choices.append(WaitingChoice(symbolic_state, event, place, asks))

    # ---- reading the result

    def run_to(self, symbolic_state: SymbolicState) -> Run:
        """A shortest run to a state, the start of the case included."""
        run: list[tuple[SymbolicEvent, SymbolicState]] = []
        at: SymbolicState | None = symbolic_state
        while at is not None:
            before, event = self.before[at]
            run.append((event, at))
            at = before
        return tuple(reversed(run))

    def is_final(self, symbolic_state: SymbolicState) -> bool:
        """Whether a case has completed properly: one end is marked and nothing else (P1)."""
        return (
            len(symbolic_state.marking) == 1
            and min(symbolic_state.marking) in self.compiled.net.finals
        )

    def is_over(self, symbolic_state: SymbolicState) -> bool:
        """Whether a case has ended: some end is marked."""
        return any(place in symbolic_state.marking for place in self.compiled.net.finals)

    def leading_to(self, wanted: Callable[[SymbolicState], bool]) -> set[SymbolicState]:
        """The states from which a state that is wanted can be reached."""
        earlier: dict[SymbolicState, list[SymbolicState]] = {
            symbolic_state: [] for symbolic_state in self.before
        }
        for symbolic_state, following in self.next.items():
            for _, successor in following:
                earlier[successor].append(symbolic_state)
        reached = [symbolic_state for symbolic_state in self.before if wanted(symbolic_state)]
        seen = set(reached)
        for symbolic_state in reached:
            for source in earlier[symbolic_state]:
                if source not in seen:
                    seen.add(source)
                    reached.append(source)
        return seen


def _first(step: SymbolicStep) -> str:
    return step.moves[0].net.name


def _is_value_of(fact: Fact | Info, value: Value) -> bool:
    if not isinstance(fact, Fact):
        return True
    if fact.type == "int":
        least, most = fact.min, fact.max
        return type(value) is int and (
            (least is None or value >= least) and (most is None or value <= most)
        )
    return value in fact.values if fact.type == "enum" else True


def _some_value_of(fact: Fact | Info) -> Value:
    if not isinstance(fact, Fact) or fact.type == "text":
        return "…"
    if fact.type == "bool":
        return True
    return next(iter(fact.values)) if fact.type == "enum" else fact.min or fact.max or 0


def _same_values(one: Fact | Info, other: Fact | Info) -> bool:
    if not isinstance(one, Fact) or not isinstance(other, Fact):
        return type(one) is type(other)
    return (one.type, list(one.values), one.min, one.max) == (
        other.type,
        list(other.values),
        other.min,
        other.max,
    )
