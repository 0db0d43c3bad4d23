"""The compiled process: everything that is decided once per definition, handed round as one value.

A ``Compiled`` is the net (``net.net``) with guards, roles, facts, times and hand-offs bound to small
integers, and the effects of its moves as data (``net.moves``). It never changes after it is made.
The engine, the proofs, the testing kit, the neighbours and the handbook are given one; nobody else
compiles a net or parses a guard.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ohjausprosessi.guards import UNKNOWN, parse
from ohjausprosessi.model import acceptors, arrows, definition_hash
from ohjausprosessi.net.calendar import Calendar
from ohjausprosessi.net.compile import compile_net
from ohjausprosessi.net.fact_slots import BoundGuard, FactSlot, Known, number_facts
from ohjausprosessi.net.fast_path import PlainStep, Recordable, Table
from ohjausprosessi.net.moves import (
    Automatic,
    Called,
    DutyClock,
    HandOver,
    Move,
    PlaceEffect,
    Target,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ohjausprosessi.model import Definition, Role, State, Transition, Value
    from ohjausprosessi.net.calendar import Length
    from ohjausprosessi.net.net import Net, NetTransition, Place, Scope

__all__ = ["Compiled"]

_ANSWERS = frozenset({"accept", "decline", "expire"})


class _Terms(NamedTuple):
    """What all moves of one transition have in common."""

    roles: tuple[str, ...]
    guard: BoundGuard | None
    sets: tuple[tuple[int, Value | None], ...]


class Compiled:
    """A definition, compiled; what does not change from case to case is worked out here, once.

    ``Process.compiled`` is one. It is made to be passed on to ``op.verify``; its attributes are for
    the library itself and may change.

    Attributes:
        definition: what was compiled.
        net: its net.
        moves: by number of the net's transition.
        slots: all facts and information items, by number.
        index: for each scope, name to slot.
        defaults: what is known at the start of a case, by slot.
        clocks: all clocks of duties.
        calendars: for each scope, how its lengths of time are counted.
        ends: the places of the root's ends.
        picture: draws a case of it as SVG text, for notebooks; None where nothing can.
        derived: what rooms above have worked out of it and keep as long as it lives, such as its
            state space.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        compiled = process.compiled
        assert op.verify.findings(compiled) == op.verify.findings(process.definition)
    """

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.net: Net = compile_net(definition)
        self.ends = frozenset(self.net.finals)
        self.slots, self.index = number_facts(self.net)
        self.defaults: list[Known] = [
            slot.default if slot.scope == 0 else UNKNOWN for slot in self.slots
        ]
        self.calendars = tuple(
            Calendar(s.definition.timezone, s.definition.holidays) for s in self.net.scopes
        )
        self._conditions: dict[tuple[int, str], BoundGuard] = {}
        self.picture: Callable[[Any], str] | None = None
        self.derived: dict[object, Any] = {}
        terms = self._terms()
        self.moves: tuple[Move, ...] = tuple(self._bind(t, terms) for t in self.net.transitions)
        self.clocks = self._number_clocks()

    @classmethod
    def of(cls, process: Definition | Compiled) -> Compiled:
        """Give a compiled process as it is; compile a definition."""
        return process if isinstance(process, Compiled) else cls(process)

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

    @cached_property
    def slots_named(self) -> Mapping[str, tuple[FactSlot, ...]]:
        """Name of a fact or an information item to its slots, outer scopes first (C5)."""
        found: dict[str, list[FactSlot]] = {}
        for slot in self.slots:
            found.setdefault(slot.name, []).append(slot)
        return {name: tuple(slots) for name, slots in found.items()}

    def entries_of(self, scope: int, duty: str, role: str) -> tuple[int, ...]:
        """List the clocks of a duty that a role is or belongs to: its record restarts them (T7)."""
        key = (scope, duty, role)
        if key not in self._entries_of:
            definition = self.net.scopes[scope].definition
            owner = definition.roles[role].owner
            self._entries_of[key] = tuple(
                clock.number
                for clock in self.clocks
                if (clock.scope, clock.duty) == (scope, duty)
                and (
                    clock.entry == role
                    or (
                        owner is not None
                        and clock.entry in definition.owners
                        and owner in definition.organisations(clock.entry)
                    )
                )
            )
        return self._entries_of[key]

    @cached_property
    def _entries_of(self) -> dict[tuple[int, str, str], tuple[int, ...]]:
        return {}

    # ---- guards

    def condition(self, text: str, scope: int = 0) -> BoundGuard:
        """Give the parsed form of a condition over the facts of a scope, such as one of a rule."""
        key = (scope, text)
        if key not in self._conditions:
            definition = self.net.scopes[scope].definition
            parsed = parse(text, facts=definition.facts, info=definition.info)
            self._conditions[key] = BoundGuard(parsed, self.index[scope])
        return self._conditions[key]

    def conditions(self, scope: int = 0) -> Iterator[BoundGuard]:
        """Yield every condition of a scope once: of transitions, services and rules."""
        definition = self.net.scopes[scope].definition
        written = [transition.guard for transition in definition.transitions.values()]
        written += [service.guard for service in definition.services.values()]
        for rule in definition.rules.values():
            written += [rule.guard, None if rule.rule == "ltlf" else rule.holds]
        yield from (self.condition(text, scope) for text in dict.fromkeys(written) if text)

    def _terms(self) -> Mapping[tuple[int, str], _Terms]:
        """Bind what all moves of a transition have in common, by scope and id."""
        found: dict[tuple[int, str], _Terms] = {}
        for scope in self.net.scopes:
            definition, index = scope.definition, self.index[scope.number]
            for transition in definition.transitions.values():
                text = transition.guard
                guard = None if text is None else self.condition(text, scope.number)
                found[scope.number, transition.id] = _Terms(
                    definition.roles_of(transition.by),
                    guard,
                    tuple((index[name], value) for name, value in transition.sets.items()),
                )
        return found

    # ---- places

    @cached_property
    def called(self) -> Mapping[int, Scope]:
        """Place of a call to the scope that runs while it is marked."""
        return {scope.call: scope for scope in self.net.scopes if scope.call is not None}

    def scope_of(self, place: int) -> Scope:
        """Give the scope of a place."""
        return self.net.scopes[self.net.places[place].scope]

    def state_of(self, place: int) -> State | None:
        """Give the state of a place: of an arrival the join, of a returned call the call."""
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
    def effects(self) -> tuple[PlaceEffect, ...]:
        """For each place, what a token there brings with it."""
        return tuple(self._effect(place) for place in self.net.places)

    def _effect(self, place: Place) -> PlaceEffect:
        state = self.state_of(place.number)
        own = state if place.kind == "state" else None
        return PlaceEffect(
            arms=tuple(self._time_limits(place)),
            calls=None if own is None else self._called(place.number, own),
            outcome=own.result if own is not None and own.kind == "end" else None,
            phase=None if state is None else state.phase,
            stands_for=place.state,
            clocks=self.clocks_at(place.scope, place.state),
        )

    def _called(self, place: int, call: State) -> Called | None:
        scope = self.called.get(place)
        if scope is None or scope.parent is None:
            return None
        outer, inner = self.index[scope.parent], self.index[scope.number]
        return Called(
            scope=scope.number,
            slots=(own := slice(*_bounds(inner.values()))),
            defaults=[slot.default for slot in self.slots[own]],
            gives=tuple((outer[name], inner[name]) for name in call.gives),
            takes=tuple((inner[name], outer[name]) for name in call.takes),
            clocks=tuple(clock.number for clock in self.clocks if clock.scope == scope.number),
        )

    def clocks_at(self, scope: int, state: str | None) -> frozenset[int]:
        """Give the clocks of duties that count while a token stands for a state (T7).

        Args:
            scope: number of the scope.
            state: id of the state; None where an open hand-off left none.
        """
        key = (scope, state)
        if key not in self._clocks_at:
            definition = self.net.scopes[scope].definition
            ended = state is not None and definition.states[state].kind == "end"
            self._clocks_at[key] = frozenset(
                clock.number
                for clock in self.clocks
                if clock.scope == scope
                and not ended
                and (
                    definition.takes_part(clock.entry, None)
                    or (state is not None and definition.takes_part(clock.entry, state))
                )
            )
        return self._clocks_at[key]

    @cached_property
    def _clocks_at(self) -> dict[tuple[int, str | None], frozenset[int]]:
        return {}

    def _time_limits(self, place: Place) -> Iterator[tuple[str, Length]]:
        """Yield the time limits that a place arms (T2): names of events, each with its length."""
        scope = self.scope_of(place.number)
        prefix, definition, length = scope.prefix, scope.definition, self._length(scope)
        if place.kind == "offered" and place.transition is not None:
            handoff = definition.transitions[place.transition].handoff
            if handoff is not None and handoff.within:
                yield f"{prefix}{place.transition}.expire", length(handoff.within)
        if place.kind != "state" or place.state is None:
            return
        deadline = definition.states[place.state].deadline
        if deadline is not None:
            yield f"{prefix}{place.state}.remind", length(deadline)
        for exit_ in definition.exits(place.state):
            if exit_.after is not None:
                yield f"{prefix}{exit_.id}", length(exit_.after)

    def _length(self, scope: Scope) -> Callable[[str], Length]:
        """Look up the durations of a scope, bound to its calendar."""
        calendar, durations = self.calendars[scope.number], scope.definition.durations
        return lambda name: calendar.length(durations[name])

    def _number_clocks(self) -> tuple[DutyClock, ...]:
        clocks: list[DutyClock] = []
        for scope in self.net.scopes:
            for duty in scope.definition.duties.values():
                if duty.every is not None:
                    every = self._length(scope)(duty.every)
                    clocks += [
                        DutyClock(number, scope.number, duty.id, entry, every)
                        for number, entry in enumerate(duty.by, len(clocks))
                    ]
        return tuple(clocks)

    # ---- moves

    def _bind(self, net: NetTransition, terms: Mapping[tuple[int, str], _Terms]) -> Move:
        definition, index = self.net.scopes[net.scope].definition, self.index[net.scope]
        transition = net.arrows[0].transition if net.arrows and net.kind != "fork" else None
        handoff = None if transition is None else transition.handoff
        answers, ordinary = net.kind in _ANSWERS, net.kind == "transition"
        roles: tuple[str, ...] = ()
        guard: BoundGuard | None = None
        sets: tuple[tuple[int, Value | None], ...] = ()
        needs: tuple[int, ...] = ()
        if transition is not None and answers:
            roles = () if net.kind == "expire" else acceptors(definition, transition)
        elif transition is not None:
            roles, guard, sets = terms[net.scope, transition.id]
            if handoff is not None and net.arrows[0].is_handoff:
                needs = tuple(index[name] for name in handoff.info)
        travels = () if handoff is None else tuple(index[name] for name in handoff.info)
        state = self._left_state(net)
        return Move(
            net=net,
            transition=transition,
            consumes=tuple(sorted(net.inputs)),
            empties=net.inputs | net.resets,
            produces=tuple(sorted(net.outputs)),
            blocked_by=tuple(sorted(net.outputs - net.inputs - net.resets)),
            roles=roles,
            guard=guard,
            needs=needs,
            sets=sets,
            hand_overs=() if answers else tuple(self._hand_overs(net, state)),
            shows=tuple(slot for slot in travels if self.slots[slot].personal),
            state=state,
            outcome=self.net.places[min(net.outputs)].outcome if net.kind == "return" else None,
            answers=answers,
            interrupts=ordinary and transition is not None and transition.interrupt,
            automatic=self._is_automatic(net, transition),
            timed=net.kind == "expire"
            or (not answers and transition is not None and transition.after is not None),
        )

    def _left_state(self, net: NetTransition) -> str | None:
        place = self.net.places[min(net.inputs)]
        if place.kind not in {"state", "returned", "offered"} or place.state is None:
            return None
        if place.kind == "offered" and net.kind == "transition":
            return None  # an interrupt that found the client between two organisations
        return self.net.scopes[place.scope].prefix + place.state

    def _hand_overs(self, net: NetTransition, left: str | None) -> Iterator[HandOver]:
        """Yield the hand-offs that a move opens or passes (H1, H2)."""
        scope, places = self.net.scopes[net.scope], self.net.places
        for arrow in net.arrows:
            if not arrow.is_handoff:
                continue
            ordinary = arrow.source is not None and not arrow.transition.interrupt
            local = arrow.source if ordinary else (left or "").removeprefix(scope.prefix)
            opened = (p for p in sorted(net.outputs) if places[p].kind == "offered")
            yield HandOver(
                giver=arrow.giver,
                receiver=arrow.receiver,
                place=next(
                    (p for p in opened if places[p].transition == arrow.transition.id), None
                ),
                state=f"{scope.prefix}{local}" if local else None,
                phase=scope.definition.states[local].phase if local else None,
            )

    def _is_automatic(self, net: NetTransition, transition: Transition | None) -> bool:
        """Tell whether a move fires by itself (E2)."""
        if net.kind in {"fork", "join", "return"}:
            return True
        state = self.state_of(min(net.inputs))
        if net.kind != "transition" or state is None or transition is None or transition.interrupt:
            return False
        return state.kind == "choice" or (state.kind == "call" and not transition.by)

    @cached_property
    def named(self) -> Mapping[str, tuple[Move, ...]]:
        """Exact name to the moves that have it, in the order of the net."""
        found: dict[str, list[Move]] = {}
        for move in self.moves:
            found.setdefault(move.net.name, []).append(move)
        return {name: tuple(moves) for name, moves in found.items()}

    @cached_property
    def acts(self) -> tuple[tuple[Move, ...], ...]:
        """For each place, the moves that people or time fire and whose first token is there."""
        found: list[list[Move]] = [[] for _ in self.net.places]
        for move in self.moves:
            if not move.automatic:
                found[move.consumes[0]].append(move)
        return tuple(tuple(moves) for moves in found)

    # ---- what a name stands for

    @cached_property
    def targets(self) -> Mapping[str, Target]:
        """Exact name of everything people or time can do: transitions, answers, duties."""
        found: dict[str, Target] = {}
        for scope in self.net.scopes:
            definition = scope.definition
            names = [
                name
                for t in definition.transitions
                for name in (t, f"{t}.accept", f"{t}.decline", f"{t}.expire")
            ]
            for order, local in enumerate([*names, *definition.duties]):
                name = scope.prefix + local
                duty = definition.duties.get(local)
                # The exits of a fork fire together; alone each is known but never possible.
                if name in self.named or duty or local in definition.transitions:
                    roles = definition.roles_of(duty.by) if duty else ()
                    moves = self.named.get(name, ())
                    found[name] = Target(name, (scope.number, order), moves, duty, roles)
        return found

    @cached_property
    def meanings(self) -> Mapping[str, tuple[Target, ...]]:
        """Name to what it can stand for: an exact name of a call, or a plain one, outer first (C4)."""
        found: dict[str, list[Target]] = {}
        for target in self.targets.values():
            prefix = self.net.scopes[target.scope].prefix
            found.setdefault(target.name.removeprefix(prefix), []).append(target)
            if prefix:
                found[target.name] = [target]
        return {name: tuple(targets) for name, targets in found.items()}

    def candidates(self, marking: Collection[int]) -> tuple[Target, ...]:
        """List what people or time could do where these places are marked, outer first (K3)."""
        if len(marking) == 1:
            (place,) = marking
            return self._candidates[place]
        found = {target.name: target for place in marking for target in self.targets_at[place]}
        for target in self.duties:
            call = self.net.scopes[target.scope].call
            if call is None or call in marking:
                found[target.name] = target
        return tuple(sorted(found.values(), key=lambda target: (target.scope, target.order)))

    @cached_property
    def _candidates(self) -> tuple[tuple[Target, ...], ...]:
        """For each place of the root, the candidates where it alone is marked."""
        duties = [target for target in self.duties if target.scope == 0]
        return tuple(
            tuple(sorted([*targets, *duties], key=lambda target: (target.scope, target.order)))
            for targets in self.targets_at
        )

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

    # ---- what fires by itself

    @cached_property
    def automatics(self) -> tuple[tuple[Automatic, ...], ...]:
        """For each place, what happens by itself with the token there."""
        found: list[list[Automatic]] = [[] for _ in self.net.places]
        choices: dict[int, list[Move]] = {}
        direct: list[Move] = []
        for move in self.moves:
            if move.net.kind in {"fork", "join", "return"}:
                direct.append(move)
            elif move.automatic:
                choices.setdefault(move.consumes[0], []).append(move)
        ranks = self._automatic_ranks()
        for move in direct:
            automatic = Automatic(ranks[self._deciding_place(move)], (move,))
            for place in move.consumes:
                found[place].append(automatic)
        for place, moves in choices.items():
            exits = sorted(moves, key=lambda m: m.guard is None)
            found[place].append(Automatic(ranks[place], tuple(exits)))
        return tuple(tuple(entries) for entries in found)

    @cached_property
    def automatic_places(self) -> frozenset[int]:
        """The places where something may fire by itself."""
        return frozenset(place for place, entries in enumerate(self.automatics) if entries)

    def _deciding_place(self, move: Move) -> int:
        """Give the place whose turn decides when a fork, join or return is tried."""
        return move.consumes[-1 if move.net.kind == "return" else 0]

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

    # ---- the fast path of a flat case

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
                (source,), (target,) = move.consumes, move.produces
                timed = not (self.effects[source].arms or self.effects[target].arms or self.clocks)
                compiled = None if move.guard is None else move.guard.compiled
                step = PlainStep(move.net.number, move.roles, compiled, tables[target], timed=timed)
                tables[source][move.net.name] = step
        return tables

    @cached_property
    def nowhere(self) -> Table:
        """The table of a case with several tokens: no step is plain."""
        return Table(-1, {})

    def _is_plain(self, move: Move) -> bool:
        """Tell whether a move only goes from a waiting state of the root to another, or to an end."""
        net = move.net
        if net.scope or net.kind != "transition" or move.automatic or move.interrupts or move.sets:
            return False
        if net.arrows[0].is_handoff or len(move.produces) != 1:
            return False
        places, states = self.net.places, self.definition.states
        source, target = places[move.consumes[0]], places[move.produces[0]]
        return (
            source.kind == target.kind == "state"
            and states[source.state or ""].kind == "state"
            and states[target.state or ""].kind in {"state", "end"}
        )


def _bounds(numbers: Collection[int]) -> tuple[int, int]:
    """Give first and last plus one of numbers that follow one another; (0, 0) for none."""
    return (min(numbers), max(numbers) + 1) if numbers else (0, 0)
