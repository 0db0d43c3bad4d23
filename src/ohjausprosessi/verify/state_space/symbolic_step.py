"""One event of a run while it happens, with facts that may have any value.

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
    """Where a case rests, for all values of the facts that can still change there.

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
    """One event of a run: an act, a time that passes or a learning, and what it sets off.

    Attributes:
        name: the exact name of what happens first; ``learn`` where only something is recorded.
        moves: the moves, in order.
        given: facts that are recorded with it: slot to value, None = not known.
        automatic: how many of the moves, the last ones, fire by themselves.
        by: a role that does it; None where time or nobody does.
        letters: what rules see of it (``rules.alphabet``), where they watch.
    """

    name: str
    moves: tuple[Move, ...]
    given: Mapping[int, Value | None]
    automatic: int
    by: str | None = None
    letters: tuple[Letter, ...] = ()


Run = tuple[tuple[SymbolicEvent, SymbolicState], ...]


class Watcher(Protocol):
    """Writes down what rules see of a run (``verify.proof.letter_recorder``).

    Attributes:
        guards: conditions over the facts of the root process that it judges.
        records: duties and roles whose records are letters.
    """

    guards: tuple[BoundGuard, ...]
    records: tuple[tuple[str, str], ...]

    def roles(self, move: Move) -> tuple[str | None, ...]:
        """List the roles to tell apart in an act."""
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
    """What a step needs to know of the exploration it belongs to (``state_space``)."""

    compiled: Compiled
    watcher: Watcher | None
    tracked: tuple[int, ...]
    defaults: dict[int, Value | None]

    def facts_at(
        self, marking: frozenset[int], left: Left
    ) -> tuple[Mapping[int, SymbolicValue], tuple[int, ...]]:
        """Give the tracked facts that somebody may record there, as symbolic ones, and the others."""
        ...


class SymbolicStep(TokenGame):
    """One event while it happens: a marking and facts that change.

    Attributes:
        left: place of an open hand-off to the phase it left, where the place does not say it.
        facts: the tracked facts, by slot; None = unknown.
        given: the values chosen for symbolic facts of this event.
        moves: the moves that have fired.
        automatic: how many of them fired by themselves.
        by: the role that does it.
        letters: what rules see of it.
        contacts: moves that only a marked output place stopped, each with that place.
        swept: moves that took away more than their own tokens, each with the others' places.
        waits: choices the event came to that wait for facts, each with what they ask for.
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
        self.swept: list[tuple[Move, frozenset[int]]] = []
        self.waits: list[tuple[int, tuple[str, ...]]] = []
        self._phases: frozenset[str | None] = frozenset()

    # ---- what is known

    def value(self, slot: int) -> Value | Unknown:
        """Give what is known of a fact.

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
        """Give a tracked fact a value; None restores what it was at the start (F1)."""
        if slot in self.facts:
            self.facts[slot] = self.space.defaults[slot] if value is None else value

    def begin(self, called: Called) -> None:
        """Give all facts of a called process that starts their defaults, else make them unknown."""
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
        """Note the move, and the tokens of others that it takes away."""
        if lost := (move.empties & self.marking) - move.net.inputs:
            self.swept.append((move, lost))
        if not self.moves:
            self.by = by
        self.moves.append(move)
        self._phases = phases_left(self, move)
        if self.space.watcher is not None:
            self.space.watcher.fires(move, by, self)

    def emptied(self, place: int, effect: PlaceEffect) -> None:
        """Forget what an open hand-off left."""
        self.left.pop(place, None)

    def handing_over(self, move: Move) -> None:
        """Remember which phase an open hand-off left, where its place does not say it (N1)."""
        for handed in move.hand_overs:
            place = handed.place
            if place is not None and self.compiled.effects[place].stands_for is None:
                self.left[place] = handed.phase

    def filled(self, place: int, effect: PlaceEffect) -> None:
        """Let the rules see a state that is entered."""
        if self.space.watcher is not None:
            self.space.watcher.enters(place, self._phases, self)

    def settled(self, move: Move) -> None:
        """Count a move that has fired by itself."""
        self.automatic += 1

    def blocked(self, move: Move, place: int) -> None:
        """Note a move that only a marked output place stops."""
        self.contacts.append((move, place))

    # ---- the end of the event

    def rest(self) -> SymbolicState:
        """Give where the case rests.

        Raises:
            CaseSplit: a symbolic fact cannot be changed there, so its value has to be decided.
        """
        marking = frozenset(self.marking)
        if self.ended:
            return SymbolicState(marking, (None,) * len(self.space.tracked))
        self._note_waits()
        left = tuple(sorted(self.left.items()))
        symbolic, decided = self.space.facts_at(marking, left)
        for slot in decided:
            value = self.facts[slot]
            if isinstance(value, SymbolicValue):
                raise CaseSplit(value.origin)
        return SymbolicState(marking, tuple({**self.facts, **symbolic}.values()), left)

    def _note_waits(self) -> None:
        """Note the choices that this event came to and that now wait for facts (E4)."""
        entered = {place for move in self.moves for place in move.produces}
        for place in sorted(entered & self.marking):
            asks: dict[str, None] = {}
            for automatic in self.compiled.automatics[place]:
                for move in automatic.moves:
                    if move.guard is not None:
                        asks |= dict.fromkeys(move.guard.guard.asks(self._known(move.net.scope)))
            if asks:
                self.waits.append((place, tuple(asks)))

    def _known(self, scope: int) -> Callable[[str], Value | Unknown]:
        """Give a reader of facts for which a symbolic one is not known."""
        index = self.compiled.index[scope]

        def value(name: str) -> Value | Unknown:
            found = self.facts.get(index[name])
            return UNKNOWN if found is None or isinstance(found, SymbolicValue) else found

        return value

    def event(self, name: str) -> SymbolicEvent:
        """Give what has happened."""
        moves, letters = tuple(self.moves), tuple(self.letters)
        return SymbolicEvent(name, moves, dict(self.given), self.automatic, self.by, letters)
