"""The tables a case runs on: everything that can be decided once per definition.

A machine is the net (``net.net``) with roles, guards, facts and times bound to small integers.
It never changes after it is built and is shared by all cases of a definition.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.guards import UNKNOWN, parse
from ohjausprosessi.model import acceptors, arrows, definition_hash
from ohjausprosessi.net.calendar import Calendar
from ohjausprosessi.net.compile import compile_net
from ohjausprosessi.net.fact_slots import BoundGuard, FactSlot, Known, number_facts
from ohjausprosessi.net.fast_path import Recordable, Step, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ohjausprosessi.model import (
        Definition,
        Duration,
        Duty,
        Role,
        State,
        Transition,
        Value,
    )
    from ohjausprosessi.net.net import Net, NetTransition, Place, Scope

__all__ = ["Automatic", "Clock", "Compiled", "FactSlot", "Move", "Target"]


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A transition of the net with what decides whether it may be taken.

    Attributes:
        net: the transition of the net.
        transition: the transition of the definition; None for a fork and a return.
        roles: who may do it; empty = only time or the process itself.
        guard: its condition.
        needs: numbers of the information that must be known (H3).
        sets: pairs of fact number and value; None = as at the start.
        state: exact name of the state it leaves, if it leaves one.
    """

    net: NetTransition
    transition: Transition | None
    roles: tuple[str, ...]
    guard: BoundGuard | None
    needs: tuple[int, ...]
    sets: tuple[tuple[int, Value | None], ...]
    state: str | None

    @property
    def interrupts(self) -> bool:
        """Whether it takes the client out of everything (X1); an answer to an interrupt does not."""
        interrupt = self.transition is not None and self.transition.interrupt
        return interrupt and self.net.kind == "transition"

    @property
    def giver(self) -> str:
        """Who has the client before."""
        return self.net.arrows[0].giver

    @property
    def receiver(self) -> str:
        """Who has the client afterwards."""
        return self.net.arrows[0].receiver


@dataclass(frozen=True, slots=True, eq=False)
class Automatic:
    """What happens by itself at a place (E2–E4).

    Attributes:
        order: the least goes first.
        moves: what may be taken; of a choice its exits in file order, the else last.
    """

    order: int
    moves: tuple[Move, ...]


class Clock(NamedTuple):
    """The clock of one entry of a duty (T7)."""

    number: int
    scope: int
    duty: str
    entry: str
    every: Duration


class Target:
    """What an exact name stands for: a transition's moves, an answer's, or a duty.

    Attributes:
        name: the exact name.
        scope: its scope.
        order: its order among the targets of the scope.
        moves: what it may be, in the order of the net; none for a duty.
        duty: the duty, if it is one.
        leaving: place to the moves whose first token is there.
    """

    __slots__ = ("duty", "leaving", "moves", "name", "order", "scope")

    def __init__(
        self, name: str, scope: int, order: int, moves: tuple[Move, ...], duty: Duty | None
    ) -> None:
        self.name = name
        self.scope = scope
        self.order = order
        self.moves = moves
        self.duty = duty
        self.leaving: dict[int, list[Move]] = {}
        for move in moves:
            self.leaving.setdefault(min(move.net.inputs), []).append(move)

    def here(self, marking: Collection[int]) -> list[Move]:
        """Return the moves whose tokens are all there, in the order of the net."""
        found = [move for place in marking for move in self.leaving.get(place, ())]
        possible = [move for move in found if all(p in marking for p in move.net.inputs)]
        return sorted(possible, key=lambda move: move.net.number)


class _Terms(NamedTuple):
    """What all moves of one transition have in common."""

    roles: tuple[str, ...]
    guard: BoundGuard | None
    sets: tuple[tuple[int, Value | None], ...]


class Compiled:
    """A definition, compiled.

    Attributes:
        definition: what was compiled.
        net: its net.
        moves: by number of the net's transition.
        slots: all facts and information items, by number.
        index: for each scope, name to number.
        clocks: all clocks of duties.
        calendars: for each scope, how its lengths of time are counted.
    """

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.net: Net = compile_net(definition)
        self.slots, self.index = number_facts(self.net)
        self.defaults: list[Known] = [
            slot.default if slot.scope == 0 else UNKNOWN for slot in self.slots
        ]
        self.calendars = tuple(
            Calendar(s.definition.timezone, s.definition.holidays) for s in self.net.scopes
        )
        terms = self._terms()
        self.moves: tuple[Move, ...] = tuple(self._bind(t, terms) for t in self.net.transitions)
        self.clocks = _number_clocks(self.net)

    def __reduce__(self) -> tuple[type[Compiled], tuple[Definition]]:
        return Compiled, (self.definition,)

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """Every role of the process and of all it calls; an id means the same everywhere (C3)."""
        found: dict[str, Role] = {}
        for scope in self.net.scopes:
            found = dict(scope.definition.roles) | found
        return found

    @cached_property
    def owners(self) -> frozenset[str]:
        """Every owner of the process and of all it calls."""
        return frozenset(owner for scope in self.net.scopes for owner in scope.definition.owners)

    @cached_property
    def hash(self) -> str:
        """Hash of the definition (D2)."""
        return definition_hash(self.definition)

    # ---- places

    @cached_property
    def called(self) -> Mapping[int, Scope]:
        """Place of a call to the scope that runs while it is marked."""
        return {scope.call: scope for scope in self.net.scopes if scope.call is not None}

    def scope_of(self, place: int) -> Scope:
        """Return the scope of a place."""
        return self.net.scopes[self.net.places[place].scope]

    def state_of(self, place: int) -> State | None:
        """Return the state of a place: an arrival's join, a returned call's call."""
        found = self.net.places[place]
        return None if found.state is None else self.scope_of(place).definition.states[found.state]

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """Holder of each place; of an open hand-off the usual giver, the case knows the real one."""
        return tuple(self._holder(place) for place in self.net.places)

    def _holder(self, place: Place) -> str:
        definition = self.net.scopes[place.scope].definition
        if place.kind == "offered" and place.transition is not None:
            return arrows(definition, definition.transitions[place.transition])[0].giver
        return definition.state_holder(place.state or "")

    @cached_property
    def place_numbers(self) -> Mapping[str, int]:
        """Exact name of a place to its number."""
        return {place.name: place.number for place in self.net.places}

    @cached_property
    def time_limits(self) -> tuple[tuple[tuple[str, Duration], ...], ...]:
        """What each place arms when it becomes marked (T2): names of events, each with its length."""
        return tuple(tuple(self._time_limits(place)) for place in self.net.places)

    def _time_limits(self, place: Place) -> list[tuple[str, Duration]]:
        scope = self.scope_of(place.number)
        prefix, definition = scope.prefix, scope.definition
        if place.kind == "offered" and place.transition is not None:
            handoff = definition.transitions[place.transition].handoff
            within = None if handoff is None else handoff.within
            expiry = f"{prefix}{place.transition}.expire"
            return [(expiry, definition.durations[within])] if within else []
        if place.kind != "state" or place.state is None:
            return []
        found = []
        deadline = definition.states[place.state].deadline
        if deadline is not None:
            found.append((f"{prefix}{place.state}.remind", definition.durations[deadline]))
        found += [
            (f"{prefix}{exit_.id}", definition.durations[exit_.after])
            for exit_ in definition.exits(place.state)
            if exit_.after is not None
        ]
        return found

    # ---- moves

    def _terms(self) -> Mapping[tuple[int, str], _Terms]:
        """Return scope and transition to what its moves have in common."""
        found: dict[tuple[int, str], _Terms] = {}
        for scope in self.net.scopes:
            definition, index = scope.definition, self.index[scope.number]
            for transition in definition.transitions.values():
                guard = None
                if transition.guard is not None:
                    parsed = parse(transition.guard, facts=definition.facts, info=definition.info)
                    guard = BoundGuard(parsed, index)
                found[scope.number, transition.id] = _Terms(
                    definition.roles_of(transition.by),
                    guard,
                    tuple((index[name], value) for name, value in transition.sets.items()),
                )
        return found

    def _bind(self, net: NetTransition, terms: Mapping[tuple[int, str], _Terms]) -> Move:
        definition, index = self.net.scopes[net.scope].definition, self.index[net.scope]
        transition = net.arrows[0].transition if net.arrows and net.kind != "fork" else None
        state = self._left_state(net)
        if transition is None or net.kind in {"accept", "decline", "expire"}:
            roles = acceptors(definition, transition) if transition else ()
            return Move(net, transition, roles if net.kind != "expire" else (), None, (), (), state)
        roles, guard, sets = terms[net.scope, transition.id]
        handoff = transition.handoff
        travels = handoff.info if handoff is not None and net.arrows[0].is_handoff else ()
        needs = tuple(index[name] for name in travels)
        return Move(net, transition, roles, guard, needs, sets, state)

    def _left_state(self, net: NetTransition) -> str | None:
        place = self.net.places[min(net.inputs)]
        if place.kind not in {"state", "returned", "offered"} or place.state is None:
            return None
        if place.kind == "offered" and net.kind == "transition":
            return None  # an interrupt that found the client between two organisations
        return self.net.scopes[place.scope].prefix + place.state

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """Exact name of everything people or time can do: transitions, answers, duties."""
        moves: dict[str, list[Move]] = {}
        for move in self.moves:
            if move.net.kind not in {"fork", "return"}:
                moves.setdefault(move.net.name, []).append(move)
        found: dict[str, Target] = {}
        for scope in self.net.scopes:
            names = [
                name
                for t in scope.definition.transitions
                for name in (t, f"{t}.accept", f"{t}.decline", f"{t}.expire")
            ]
            for order, local in enumerate([*names, *scope.definition.duties]):
                name = scope.prefix + local
                duty = scope.definition.duties.get(local)
                # The exits of a fork are fired together; alone each is known but never possible.
                if name in moves or duty or local in scope.definition.transitions:
                    own = tuple(moves.get(name, ()))
                    found[name] = Target(name, scope.number, order, own, duty)
        return found

    @cached_property
    def declaring(self) -> Mapping[str, tuple[int, ...]]:
        """Local name to the scopes that declare it, outer first (C4)."""
        found: dict[str, list[int]] = {}
        for target in self.targets.values():
            local = target.name.removeprefix(self.net.scopes[target.scope].prefix)
            found.setdefault(local, []).append(target.scope)
        return {name: tuple(scopes) for name, scopes in found.items()}

    @cached_property
    def duties(self) -> tuple[Target, ...]:
        """The duties of every scope."""
        return tuple(target for target in self.targets.values() if target.duty is not None)

    @cached_property
    def targets_at(self) -> tuple[tuple[Target, ...], ...]:
        """For each place, what people or time could do with the token there."""
        found: list[list[Target]] = [[] for _ in self.net.places]
        for target in self.targets.values():
            for place in target.leaving:
                found[place].append(target)
        return tuple(tuple(targets) for targets in found)

    @cached_property
    def automatics(self) -> tuple[tuple[Automatic, ...], ...]:
        """For each place, what happens by itself with the token there."""
        found: list[list[Automatic]] = [[] for _ in self.net.places]
        choices: dict[int, list[Move]] = {}
        direct: list[Move] = []
        for move in self.moves:
            if move.net.kind in {"fork", "join", "return"}:
                direct.append(move)
            elif move.net.kind == "transition" and self._moves_by_itself(move):
                choices.setdefault(min(move.net.inputs), []).append(move)
        ranks = self._automatic_ranks()
        for move in direct:
            automatic = Automatic(ranks[self._deciding_place(move)], (move,))
            for place in move.net.inputs:
                found[place].append(automatic)
        for place, moves in choices.items():
            exits = sorted(moves, key=lambda m: m.guard is None)
            found[place].append(Automatic(ranks[place], tuple(exits)))
        return tuple(tuple(entries) for entries in found)

    def _deciding_place(self, move: Move) -> int:
        """Return the place whose turn decides when a fork, join or return is tried."""
        places = move.net.inputs
        return max(places) if move.net.kind == "return" else min(places)

    def _moves_by_itself(self, move: Move) -> bool:
        state = self.state_of(min(move.net.inputs))
        if state is None or move.transition is None or move.transition.interrupt:
            return False
        return state.kind == "choice" or (state.kind == "call" and not move.transition.by)

    def _automatic_ranks(self) -> Mapping[int, int]:
        """Rank every place: inner calls before outer, then the order of the definition (E2)."""
        ranks: dict[int, int] = {}

        def rank(scope: int) -> None:
            for inner in self.net.scopes:
                if inner.parent == scope:
                    rank(inner.number)
            for place in self.net.places:
                if place.scope == scope:
                    ranks[place.number] = len(ranks)

        rank(0)
        return ranks

    # ---- duties

    @cached_property
    def takes_part(self) -> Mapping[tuple[int, str], frozenset[int]]:
        """Scope and state to the clocks that run while the state is marked (T7)."""
        found: dict[tuple[int, str], set[int]] = {}
        for clock in self.clocks:
            definition = self.net.scopes[clock.scope].definition
            for state in definition.states:
                if definition.takes_part(clock.entry, state):
                    found.setdefault((clock.scope, state), set()).add(clock.number)
        return {key: frozenset(clocks) for key, clocks in found.items()}

    @cached_property
    def always_runs(self) -> tuple[frozenset[int], ...]:
        """For each scope, the clocks of the process-responsible and its roles."""
        found: list[set[int]] = [set() for _ in self.net.scopes]
        for clock in self.clocks:
            definition = self.net.scopes[clock.scope].definition
            if definition.takes_part(clock.entry, None):
                found[clock.scope].add(clock.number)
        return tuple(frozenset(clocks) for clocks in found)

    # ---- the plain case

    @cached_property
    def _recordable(self) -> Mapping[str, Recordable]:
        """The facts of the root that anybody may record anywhere, and everybody may see."""
        return {
            slot.name: (slot.number, slot.kind, slot.allows)
            for slot in self.slots
            if slot.scope == 0 and slot.roles is None and slot.phases is None and not slot.personal
        }

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """For each place, its plain steps."""
        tables = tuple(Table(place.number, self._recordable) for place in self.net.places)
        for move in self.moves:
            if self._is_plain(move):
                (source,), (target,) = move.net.inputs, move.net.outputs
                timed = not (self.time_limits[source] or self.time_limits[target] or self.clocks)
                compiled = None if move.guard is None else move.guard.compiled
                step = Step(move.net.number, move.roles, compiled, tables[target], timed=timed)
                tables[source][move.net.name] = step
        return tables

    @cached_property
    def nowhere(self) -> Table:
        """The table of a case with several tokens: no step is plain."""
        return Table(-1, {})

    def _is_plain(self, move: Move) -> bool:
        net = move.net
        if net.scope or net.kind != "transition" or net.resets or move.sets:
            return False
        if net.arrows[0].is_handoff or len(net.outputs) != 1:
            return False
        source, target = self.net.places[min(net.inputs)], self.net.places[min(net.outputs)]
        states = self.definition.states
        return all(
            place.kind == "state" and states[place.state or ""].kind == "state"
            for place in (source, target)
        )


def _number_clocks(net: Net) -> tuple[Clock, ...]:
    clocks: list[Clock] = []
    for scope in net.scopes:
        for duty in scope.definition.duties.values():
            if duty.every is not None:
                every = scope.definition.durations[duty.every]
                clocks += [
                    Clock(number, scope.number, duty.id, entry, every)
                    for number, entry in enumerate(duty.by, len(clocks))
                ]
    return tuple(clocks)
