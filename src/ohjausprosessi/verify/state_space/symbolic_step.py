"""One event of a course while it happens, with facts that may be anything.

It follows the engine step by step (``engine.transaction``), but a fact may be *free*: any value, not chosen
yet. Where a guard reads a free fact, ``CaseSplit`` says so, and the event is tried again for each value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.rules.alphabet import ANSWERS, phases_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ohjausprosessi.guards import Guard, Unknown
    from ohjausprosessi.model import Value
    from ohjausprosessi.net import Compiled
    from ohjausprosessi.net.compiled import Automatic, Move
    from ohjausprosessi.rules.alphabet import Letter


class SymbolicValue(NamedTuple):
    """Any value of a fact, not known or chosen yet; two that have one origin are equal."""

    origin: int


class CaseSplit(Exception):  # noqa: N818  a signal to the caller, not a fault
    """A free fact was read: the event is tried again for each of its values."""

    def __init__(self, origin: int) -> None:
        self.origin = origin


Left = tuple[tuple[int, str | None], ...]


class SymbolicState(NamedTuple):
    """Where a case rests.

    Attributes:
        marking: the marked places.
        facts: the tracked facts, in the order of ``StateSpace.tracked``; None = unknown.
        left: of the open hand-offs whose place does not say it, place and the phase they left.
    """

    marking: frozenset[int]
    facts: tuple[Value | SymbolicValue | None, ...]
    left: Left = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a course: an act, a time that passes or a learning, and what it sets off.

    Attributes:
        name: the exact name of what happens first; ``learn`` where only something is recorded.
        moves: the moves, in order.
        given: facts that are recorded with it: number to value, None = not known.
        automatic: how many of the moves, the last ones, happen by themselves.
        by: a role that does it; None where time or nobody does.
        letters: what rules see of it (``letters``), where they watch.
    """

    name: str
    moves: tuple[Move, ...]
    given: Mapping[int, Value | None]
    automatic: int
    by: str | None = None
    letters: tuple[Letter, ...] = ()


Way = tuple[tuple[Event, SymbolicState], ...]


class Watcher(Protocol):
    """Writes down what rules see of a course (``recording``).

    Attributes:
        guards: conditions over the facts of the root process that it judges.
        records: duties and roles whose records are letters.
    """

    guards: tuple[Guard, ...]
    records: tuple[tuple[str, str], ...]

    def roles(self, move: Move) -> tuple[str | None, ...]:
        """Return the roles to tell apart in an act."""
        ...

    def happens(self, move: Move, by: str | None, running: SymbolicStep) -> None:
        """Write down a move: nothing has been taken or set yet."""
        ...

    def enters(self, state: str, left: frozenset[str | None], running: SymbolicStep) -> None:
        """Write down a state of the root process that is entered, and the phases that were left."""
        ...

    def recorded(self, duty: str, role: str, running: SymbolicStep) -> None:
        """Write down the record of a duty."""
        ...


class Context(Protocol):
    """What an event needs to know of the exploration it belongs to (``state_space``)."""

    compiled: Compiled
    watcher: Watcher | None
    tracked: tuple[int, ...]
    defaults: dict[int, Value | None]
    opens: Mapping[Move, Left]

    def facts_at(
        self, marking: frozenset[int], left: Left
    ) -> tuple[Mapping[int, SymbolicValue], tuple[int, ...]]:
        """Return the tracked facts that somebody may record there, as free ones, and the others."""
        ...


class SymbolicStep:
    """One event while it happens: a marking and facts that change."""

    def __init__(
        self, state_space: Context, situation: SymbolicState, given: Mapping[int, Value | None]
    ) -> None:
        self.state_space = state_space
        self.marking = set(situation.marking)
        self.left = dict(situation.left)
        self.by: str | None = None
        self.letters: list[Letter] = []
        self.moves: list[Move] = []
        self.automatic = 0
        self.blocked: list[tuple[Move, int]] = []
        self.swept: list[tuple[Move, frozenset[int]]] = []
        self.waits: list[tuple[int, tuple[str, ...]]] = []
        self.given = given
        self.facts: dict[int, Value | SymbolicValue | None] = dict(
            zip(state_space.tracked, situation.facts, strict=True)
        )
        self.facts |= given  # a free fact of a situation has itself as its origin

    # ---- facts

    def value(self, number: int) -> Value | Unknown:
        """Return what is known of a fact; a free one is chosen first."""
        value = self.facts.get(number)
        if isinstance(value, SymbolicValue):
            raise CaseSplit(value.origin)
        return UNKNOWN if value is None else value

    def judge(self, guard: Guard, scope: int) -> bool | None:
        """Return what a guard says (F2)."""
        index = self.state_space.compiled.index[scope]
        return guard.judge(lambda name: self.value(index[name]))

    def put(self, number: int, value: Value | SymbolicValue | None) -> None:
        """Record a value; None = as at the start (F1)."""
        if number in self.facts:
            default = self.state_space.defaults[number]
            self.facts[number] = default if value is None else value

    # ---- moves

    def contact(self, move: Move) -> int | None:
        """Return a place that a move would mark although it stays marked (N5)."""
        net = move.net
        for place in sorted(net.outputs):
            if place in self.marking and place not in net.inputs and place not in net.resets:
                return place
        return None

    def fire(self, move: Move, by: str | None = None) -> None:
        """Take the tokens away, set facts, mark what the move leads to (E1)."""
        state_space, net = self.state_space, move.net
        taken = (net.inputs | net.resets) & self.marking
        if lost := taken - net.inputs:
            self.swept.append((move, frozenset(lost)))
        if not self.moves:
            self.by = by
        self.moves.append(move)
        phases = self.phases_left(move)
        if state_space.watcher is not None:
            state_space.watcher.happens(move, by, self)
        if net.kind == "return":
            self.take_back(min(net.inputs))
        self.marking -= taken
        for place in taken:
            self.left.pop(place, None)
            self.forget_call(place)
        for number, value in move.sets:
            self.put(number, value)
        self.marking |= net.outputs
        self.left.update(state_space.opens.get(move, ()))
        for place in sorted(net.outputs):
            self.start_call(place)
            self.enter(place, phases)

    def phases_left(self, move: Move) -> frozenset[str | None]:
        """Return the phases that a move leaves; None = no phase, or no state."""
        place = min(move.net.inputs)
        if place in self.left and (move.net.kind in ANSWERS or move.interrupts):
            return frozenset({self.left[place]})
        return phases_left(self.state_space.compiled, move)

    def enter(self, place: int, left: frozenset[str | None]) -> None:
        """Tell the watcher of a state of the root process that is entered."""
        state_space = self.state_space
        found = state_space.compiled.net.places[place]
        if state_space.watcher is not None and found.kind == "state" and found.scope == 0:
            state_space.watcher.enters(found.name, left, self)

    def forget_call(self, place: int) -> None:
        """Drop the facts of a called process that no longer runs."""
        scope = self.state_space.compiled.called.get(place)
        if scope is not None:
            for number in self.state_space.compiled.index[scope.number].values():
                if number in self.facts:
                    self.facts[number] = None

    def start_call(self, place: int) -> None:
        """Begin a called process with what the caller gives it (C1)."""
        compiled = self.state_space.compiled
        scope, call = compiled.called.get(place), compiled.state_of(place)
        if scope is None or scope.parent is None or call is None:
            return
        for number in compiled.index[scope.number].values():
            self.put(number, None)
        self.copy(scope.parent, scope.number, call.gives, known_only=True)

    def take_back(self, place: int) -> None:
        """Copy back what the caller takes (C1)."""
        compiled = self.state_space.compiled
        scope, call = compiled.called.get(place), compiled.state_of(place)
        if scope is not None and scope.parent is not None and call is not None:
            self.copy(scope.number, scope.parent, call.takes, known_only=False)

    def copy(self, source: int, target: int, names: Iterable[str], *, known_only: bool) -> None:
        """Copy facts from one scope to another."""
        index = self.state_space.compiled.index
        for name in names:
            if index[source][name] in self.facts:
                value = self.facts[index[source][name]]
                if value is not None or not known_only:
                    self.put(index[target][name], value)

    # ---- automatic moves (E2-E4), in the order of the engine

    def settle(self) -> None:
        """Fire what happens by itself until nothing more can."""
        while not self.ended and (move := self.automatic_move()) is not None:
            self.automatic += 1
            self.fire(move)

    @property
    def ended(self) -> bool:
        """Whether the root has reached an end."""
        return any(place in self.marking for place in self.state_space.compiled.net.finals)

    def note_waits(self) -> None:
        """Note the choices that this event came to and that now wait for facts (E4)."""
        entered = {place for move in self.moves for place in move.net.outputs}
        for place in sorted(entered & self.marking):
            asks: dict[str, None] = {}
            for automatic in self.state_space.compiled.automatics[place]:
                for move in automatic.moves:
                    if move.guard is not None:
                        asks |= dict.fromkeys(move.guard.guard.asks(self.known(move.net.scope)))
            if asks:
                self.waits.append((place, tuple(asks)))

    def known(self, scope: int) -> Callable[[str], Value | Unknown]:
        """Return a reader of facts for which a free one is not known."""
        index = self.state_space.compiled.index[scope]

        def value(name: str) -> Value | Unknown:
            found = self.facts.get(index[name])
            return UNKNOWN if found is None or isinstance(found, SymbolicValue) else found

        return value

    def automatic_move(self) -> Move | None:
        """Return the automatic move whose turn it is."""
        automatics = self.state_space.compiled.automatics
        turns = [entry for place in self.marking for entry in automatics[place]]
        for automatic in sorted(turns, key=lambda entry: entry.order):
            move = self.chosen(automatic)
            if move is not None:
                return move
        return None

    def chosen(self, automatic: Automatic) -> Move | None:
        """Return the move an automatic place takes now (E3, E4)."""
        undecided = False
        for move in automatic.moves:
            guard = None if move.guard is None else move.guard.guard
            verdict = True if guard is None else self.judge(guard, move.net.scope)
            undecided |= verdict is None
            is_else = guard is None and len(automatic.moves) > 1
            if verdict is True and not (is_else and undecided):
                return move if self.has_room(move) else None
        return None

    def misses(self, move: Move) -> bool:
        """Return whether information that a move needs is not known (H3)."""
        return any(self.value(number) is UNKNOWN for number in move.needs)

    def has_room(self, move: Move) -> bool:
        """Return whether a move can fire; a contact is noted."""
        if not move.net.inputs <= self.marking or self.misses(move):
            return False
        place = self.contact(move)
        if place is not None:
            self.blocked.append((move, place))
        return place is None

    # ---- the end of the event

    def rest(self) -> SymbolicState:
        """Return where the case rests; a fact that cannot be changed there must be decided."""
        state_space = self.state_space
        if self.ended:
            return SymbolicState(frozenset(self.marking), (None,) * len(state_space.tracked))
        self.note_waits()
        left = tuple(sorted(self.left.items()))
        free, decided = state_space.facts_at(frozenset(self.marking), left)
        for number in decided:
            value = self.facts[number]
            if isinstance(value, SymbolicValue):
                raise CaseSplit(value.origin)
        facts = {**self.facts, **free}
        return SymbolicState(frozenset(self.marking), tuple(facts.values()), left)

    def event(self, name: str) -> Event:
        """Return what has happened."""
        moves = tuple(self.moves)
        letters = tuple(self.letters)
        return Event(name, moves, dict(self.given), self.automatic, self.by, letters)
