"""One event of a run while it happens, over facts that may have any value.

A step plays the token game (``net.token_game``) as the engine does, but a fact may be *symbolic*: any
value, not chosen yet. Where a guard reads a symbolic fact the step raises ``CaseSplit``, and the
event is tried again for each value of the fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.net.token_game import TokenGame
from ohjausprosessi.rules.alphabet import phases_left

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ohjausprosessi.guards import Unknown
    from ohjausprosessi.model import Value
    from ohjausprosessi.net import Compiled, Move
    from ohjausprosessi.net.fact_slots import BoundGuard
    from ohjausprosessi.net.moves import Called, PlaceEffect
    from ohjausprosessi.rules.alphabet import Letter


class SymbolicValue(NamedTuple):
    """Any value of a fact, unknown included, not chosen yet; two of one origin are equal."""

    origin: int


class CaseSplit(Exception):  # noqa: N818  a signal to the caller, not a fault
    """A symbolic fact was read: the event is tried again for each of its values."""

    def __init__(self, origin: int) -> None:
        self.origin = origin


Left = tuple[tuple[int, str | None], ...]


class SymbolicState(NamedTuple):
    """A marking at rest, for all values of the facts that can still change there.

    Attributes:
        marking: the marked places.
        facts: the tracked facts, in the order of ``StateSpace.tracked``; None = unknown.
        left: of the open hand-offs whose place does not say it, place and the phase they left.
    """

    marking: frozenset[int]
    facts: tuple[Value | SymbolicValue | None, ...]
    left: Left = ()


@dataclass(frozen=True, slots=True)
class SymbolicEvent:
    """One event of a run: an act, a timer or a recording of facts, and the moves it sets off.

    Attributes:
        name: the exact name of what happens first; ``learn`` where facts are only recorded.
        moves: the moves, in order.
        given: facts that are recorded with it: slot to value, None = unknown.
        automatic: the number of moves, at the end of ``moves``, that fire by themselves.
        by: a role that may act; None for timers and automatic moves.
        letters: the letters of the event (``rules.alphabet``), where a watcher writes them down.
    """

    name: str
    moves: tuple[Move, ...]
    given: Mapping[int, Value | None]
    automatic: int
    by: str | None = None
    letters: tuple[Letter, ...] = ()


Run = tuple[tuple[SymbolicEvent, SymbolicState], ...]


class Watcher(Protocol):
    """Writes down the letters of a run (``verify.proof.letter_recorder``).

    Attributes:
        guards: conditions over the facts of the root process that it evaluates.
        records: duties and roles whose records are letters.
    """

    guards: tuple[BoundGuard, ...]
    records: tuple[tuple[str, str], ...]

    def roles(self, move: Move) -> tuple[str | None, ...]:
        """One role for each class of roles that rules can tell apart in an act."""
        ...

    def fires(self, move: Move, by: str | None, step: SymbolicStep) -> None:
        """Write down a move: nothing has been taken or set yet."""
        ...

    def enters(self, place: int, left: frozenset[str | None], step: SymbolicStep) -> None:
        """Write down a place that is marked, and the phases that were left for it."""
        ...

    def recorded(self, duty: str, role: str, step: SymbolicStep) -> None:
        """Write down the record of a duty."""
        ...


class Context(Protocol):
    """The part of a state space that a step reads (``state_space.StateSpace``)."""

    compiled: Compiled
    watcher: Watcher | None
    tracked: tuple[int, ...]
    defaults: dict[int, Value | None]

    def facts_at(
        self, marking: frozenset[int], left: Left
    ) -> tuple[Mapping[int, SymbolicValue], tuple[int, ...]]:
        """The tracked facts that somebody may record there, as symbolic values, and all others."""
        ...


class SymbolicStep(TokenGame):
    """One event while it happens: the marking and the facts, as they change.

    Attributes:
        left: place of an open hand-off to the phase it left, where the place does not say it.
        facts: the tracked facts, by slot; None = unknown.
        given: the values chosen for symbolic facts of this event.
        moves: the moves that have fired.
        automatic: how many of them fired by themselves.
        by: the role that does it.
        letters: the letters of what has happened.
        contacts: moves that only a marked output place stopped, each with that place.
        cancellations: moves that removed tokens of other branches, each with their places.
        waiting_choices: choices entered that wait for facts, each with the facts they ask for.
    """

    def __init__(
        self, space: Context, state: SymbolicState, given: Mapping[int, Value | None]
    ) -> None:
        super().__init__(space.compiled, set(state.marking))
        self.space = space
        self.left = dict(state.left)
        self.given = given
        self.facts: dict[int, Value | SymbolicValue | None] = dict(
            zip(space.tracked, state.facts, strict=True)
        )
        self.facts |= given  # a symbolic fact of a state has itself as its origin
        self.by: str | None = None
        self.moves: list[Move] = []
        self.automatic = 0
        self.letters: list[Letter] = []
        self.contacts: list[tuple[Move, int]] = []
        self.cancellations: list[tuple[Move, frozenset[int]]] = []
        self.waiting_choices: list[tuple[int, tuple[str, ...]]] = []
        self._phases: frozenset[str | None] = frozenset()

    # ---- what is known

    def value(self, slot: int) -> Value | Unknown:
        """The value of a fact, or ``UNKNOWN``.

        Raises:
            CaseSplit: the fact is symbolic: a value has to be chosen first.
        """
        value = self.facts.get(slot)
        if isinstance(value, SymbolicValue):
            raise CaseSplit(value.origin)
        return UNKNOWN if value is None else value

    def judge(self, guard: BoundGuard) -> bool | None:
        """Judge a guard (F2); a symbolic fact that it reads splits the case."""
        return guard.judge_with(self.value)

    def is_unknown(self, slot: int) -> bool:
        """Tell whether a fact is not known; a symbolic one splits the case."""
        return self.value(slot) is UNKNOWN

    def assign(self, slot: int, value: Value | SymbolicValue | None) -> None:
        """Set a tracked fact; None restores its value at the start (F1)."""
        if slot in self.facts:
            self.facts[slot] = self.space.defaults[slot] if value is None else value

    def begin(self, called: Called) -> None:
        """Set every fact of a called process that starts to its default, or to unknown."""
        for slot in range(called.slots.start, called.slots.stop):
            self.assign(slot, None)

    def forget(self, called: Called) -> None:
        """Drop all facts of a called process that has ended."""
        for slot in range(called.slots.start, called.slots.stop):
            if slot in self.facts:
                self.facts[slot] = None

    def give(self, source: int, target: int) -> None:
        """Copy a fact of the caller, if it is known or symbolic (C1)."""
        if self.facts.get(source) is not None:
            self.assign(target, self.facts[source])

    def take(self, source: int, target: int) -> None:
        """Copy a fact back to the caller (C1)."""
        if source in self.facts:
            self.assign(target, self.facts[source])

    def phase_at(self, place: int) -> str | None:
        """Name the phase a token stands for: of an open hand-off, that of the state it left."""
        return self.left.get(place, self.compiled.effects[place].phase)

    # ---- what firing a move brings with it

    def firing(self, move: Move, by: str | None) -> None:
        """Record the move, and the tokens of other branches that it removes."""
        if lost := (move.empties & self.marking) - move.net.inputs:
            self.cancellations.append((move, lost))
        if not self.moves:
            self.by = by
        self.moves.append(move)
        self._phases = phases_left(self, move)
        if self.space.watcher is not None:
            self.space.watcher.fires(move, by, self)

    def emptied(self, place: int, effect: PlaceEffect) -> None:
        """Forget the phase that an open hand-off left."""
        self.left.pop(place, None)

    def handing_over(self, move: Move) -> None:
        """Remember which phase an open hand-off left, where its place does not say it (N1)."""
        for handed in move.hand_overs:
            place = handed.place
            if place is not None and self.compiled.effects[place].stands_for is None:
                self.left[place] = handed.phase

    def filled(self, place: int, effect: PlaceEffect) -> None:
        """Report the state that is entered to the watcher."""
        if self.space.watcher is not None:
            self.space.watcher.enters(place, self._phases, self)

    def settled(self, move: Move) -> None:
        """Count an automatic move."""
        self.automatic += 1

    def blocked(self, move: Move, place: int) -> None:
        """Record a contact."""
        self.contacts.append((move, place))

    # ---- the end of the event

    def rest(self) -> SymbolicState:
        """The state in which the case comes to rest.

        Raises:
            CaseSplit: a symbolic fact cannot change there, so its value has to be decided.
        """
        marking = frozenset(self.marking)
        if self.ended:
            return SymbolicState(marking, (None,) * len(self.space.tracked))
        self._note_waiting_choices()
        left = tuple(sorted(self.left.items()))
        symbolic, decided = self.space.facts_at(marking, left)
        for slot in decided:
            value = self.facts[slot]
            if isinstance(value, SymbolicValue):
                raise CaseSplit(value.origin)
        return SymbolicState(marking, tuple({**self.facts, **symbolic}.values()), left)

    def _note_waiting_choices(self) -> None:
        """Record the choices that this event has entered and that now wait for facts (E4)."""
        entered = {place for move in self.moves for place in move.produces}
        for place in sorted(entered & self.marking):
            asks: dict[str, None] = {}
            for automatic in self.compiled.automatics[place]:
                for move in automatic.moves:
                    if move.guard is not None:
                        asks |= dict.fromkeys(move.guard.guard.asks(self._known(move.net.scope)))
            if asks:
                self.waiting_choices.append((place, tuple(asks)))

    def _known(self, scope: int) -> Callable[[str], Value | Unknown]:
        """Reads facts, symbolic ones as unknown."""
        index = self.compiled.index[scope]

        def value(name: str) -> Value | Unknown:
            found = self.facts.get(index[name])
            return UNKNOWN if found is None or isinstance(found, SymbolicValue) else found

        return value

    def event(self, name: str) -> SymbolicEvent:
        """The step as an edge of the state space."""
        moves, letters = tuple(self.moves), tuple(self.letters)
        return SymbolicEvent(name, moves, dict(self.given), self.automatic, self.by, letters)
