"""Compile a definition to its net: the tables of SEMANTICS N1–N4, calls expanded in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ohjausprosessi.model import (
    Arrow,
    arrows,
    may_leave_no_state,
    opening_arrows,
    return_state,
    returns_whole,
)
from ohjausprosessi.net.net import Net, NetTransition, Place, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.model import Definition, State, Transition
    from ohjausprosessi.net.net import MoveKind, PlaceKind

__all__ = ["compile_net"]


def compile_net(definition: Definition) -> Net:
    """The net of a definition, with calls expanded in place."""
    return _Compiler(definition).net()


@dataclass(slots=True)
class _OpenScope:
    """A scope while its places are still being numbered."""

    number: int
    prefix: str
    definition: Definition
    parent: int | None
    call: int | None
    places: set[int] = field(default_factory=set)
    whole: frozenset[int] = (
        frozenset()
    )  # all places, once they are numbered: one set for all resets


class _Compiler:
    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.places: list[Place] = []
        self.number_of: dict[tuple[int, str], int] = {}  # (scope, local name) -> place
        self.inner: dict[tuple[int, str], int] = {}  # (scope, call) -> called scope
        self.scopes: list[_OpenScope] = []
        self.moves: list[NetTransition] = []

    def net(self) -> Net:
        self._number_scopes()
        for scope in self.scopes:
            for state in scope.definition.states.values():
                self._automatic_moves(scope, state)
            for transition in scope.definition.transitions.values():
                self._moves_of(scope, transition)
        start, _ = self._enter(self.scopes[0], self.definition.start, None)
        return Net(
            definition=self.definition,
            scopes=tuple(
                Scope(s.number, s.prefix, s.definition, s.parent, s.call, s.whole)
                for s in self.scopes
            ),
            places=tuple(self.places),
            transitions=tuple(self.moves),
            initial=start,
            finals=tuple(self.number_of[0, end.id] for end in self.definition.ends),
        )

    # ---- places

    def _number_scopes(self) -> None:
        queue: list[_OpenScope] = [_OpenScope(0, "", self.definition, None, None)]
        while queue:
            scope = queue.pop(0)
            self.scopes.append(scope)
            self._number_places(scope)
            for call, called in scope.definition.calls.items():
                number = len(self.scopes) + len(queue)
                self.inner[scope.number, call] = number
                place = self.number_of[scope.number, call]
                prefix = f"{scope.prefix}{call}/"
                queue.append(_OpenScope(number, prefix, called, scope.number, place))
        for scope in reversed(self.scopes):
            scope.whole = frozenset(scope.places)
            if scope.parent is not None:
                self.scopes[scope.parent].places |= scope.places

    def _number_places(self, scope: _OpenScope) -> None:
        definition = scope.definition
        for state in definition.states.values():
            if state.kind == "join":
                for transition in definition.entries(state.id):
                    name = f"{transition.id}.arrived"
                    self._place(scope, name, "arrived", state.id, transition=transition.id)
                continue
            self._place(scope, state.id, "state", state.id)
            if state.kind == "call":
                for outcome in definition.calls[state.id].outcomes:
                    name = f"{state.id}.{outcome}"
                    self._place(scope, name, "returned", state.id, outcome=outcome)
        for transition in definition.transitions.values():
            for left in _left_states(definition, transition):
                name = _offered(transition, left)
                self._place(scope, name, "offered", left, transition=transition.id)

    def _place(
        self,
        scope: _OpenScope,
        local: str,
        kind: PlaceKind,
        state: str | None,
        *,
        transition: str | None = None,
        outcome: str | None = None,
    ) -> None:
        number = len(self.places)
        self.number_of[scope.number, local] = number
        scope.places.add(number)
        self.places.append(
            Place(number, scope.prefix + local, scope.number, kind, state, transition, outcome)
        )

    # ---- outputs

    def _enter(
        self, scope: _OpenScope, state: str, by: Transition | None
    ) -> tuple[frozenset[int], frozenset[int]]:
        """The places that entering a state marks, and those it resets (N2)."""
        kind = scope.definition.states[state].kind
        if kind == "join" and by is not None:
            return frozenset({self.number_of[scope.number, f"{by.id}.arrived"]}), frozenset()
        here = frozenset({self.number_of[scope.number, state]})
        if kind == "end":
            return here, scope.whole
        if kind == "call":
            called = self.scopes[self.inner[scope.number, state]]
            start, _ = self._enter(called, called.definition.start, None)
            return here | start, frozenset()
        return here, frozenset()

    def _out(
        self, scope: _OpenScope, arrow: Arrow, left: str | None
    ) -> tuple[frozenset[int], frozenset[int]]:
        """The places that going along an arrow marks and resets: the open hand-off, or the target."""
        if not arrow.opens:
            return self._enter(scope, arrow.transition.to, arrow.transition)
        name = _offered(arrow.transition, left)
        return frozenset({self.number_of[scope.number, name]}), frozenset()

    # ---- moves

    def _add(
        self,
        scope: _OpenScope,
        name: str,
        kind: MoveKind,
        *,
        inputs: frozenset[int],
        outputs: frozenset[int],
        resets: frozenset[int] = frozenset(),
        apart: str = "",
        eager: bool = False,
        ends: bool = False,
        along: tuple[Arrow, ...] = (),
        target: str | None = None,
    ) -> None:
        exact = scope.prefix + name
        identity = f"{exact}@{apart}" if apart else exact
        self.moves.append(
            NetTransition(
                len(self.moves),
                identity,
                exact,
                kind,
                scope.number,
                inputs,
                resets,
                outputs,
                eager,
                ends,
                along,
                target,
            )
        )

    def _automatic_moves(self, scope: _OpenScope, state: State) -> None:
        """Add the moves that belong to a state: of a fork, a join, and the return of a call."""
        definition = scope.definition
        if state.kind == "fork":
            along = tuple(
                arrow
                for exit_ in definition.exits(state.id)
                for arrow in arrows(definition, exit_)
                if arrow.source == state.id
            )
            marked: set[int] = set()
            for arrow in along:
                marked |= self._out(scope, arrow, state.id)[0]
            self._add(
                scope,
                state.id,
                "fork",
                inputs=frozenset({self.number_of[scope.number, state.id]}),
                outputs=frozenset(marked),
                eager=True,
                along=along,
            )
        elif state.kind == "call":
            called = self.scopes[self.inner[scope.number, state.id]]
            here = self.number_of[scope.number, state.id]
            for end in called.definition.ends:
                inputs = frozenset({here, self.number_of[called.number, end.id]})
                returned = self.number_of[scope.number, f"{state.id}.{end.result}"]
                self._add(
                    scope,
                    f"{state.id}.return",
                    "return",
                    inputs=inputs,
                    outputs=frozenset({returned}),
                    apart=end.id if len(called.definition.ends) > 1 else "",
                    eager=True,
                    target=end.id,
                )

    def _moves_of(self, scope: _OpenScope, transition: Transition) -> None:
        for arrow in arrows(scope.definition, transition):
            if arrow.source is None or transition.interrupt:
                self._interrupt_moves(scope, arrow)
                continue
            kind = scope.definition.states[arrow.source].kind
            if kind == "join":
                self._join_move(scope, arrow)
            elif kind == "call":
                for outcome in transition.outcomes:
                    self._exit_move(scope, arrow, f"{arrow.source}.{outcome}")
            elif kind != "fork":
                self._exit_move(scope, arrow, arrow.source)
        for left in _left_states(scope.definition, transition):
            self._answer_moves(scope, transition, left)

    def _exit_move(self, scope: _OpenScope, arrow: Arrow, place: str) -> None:
        outputs, resets = self._out(scope, arrow, arrow.source)
        self._add(
            scope,
            arrow.transition.id,
            "transition",
            inputs=frozenset({self.number_of[scope.number, place]}),
            outputs=outputs,
            resets=resets,
            apart=place,
            eager=_is_eager(scope.definition, arrow, place),
            ends=bool(resets),
            along=(arrow,),
        )

    def _join_move(self, scope: _OpenScope, arrow: Arrow) -> None:
        join = arrow.source
        assert join is not None  # noqa: S101  an interrupt never leaves a join (interrupt-source)
        outputs, resets = self._out(scope, arrow, join)
        arrived = frozenset(
            self.number_of[scope.number, f"{t.id}.arrived"] for t in scope.definition.entries(join)
        )
        self._add(
            scope,
            arrow.transition.id,
            "join",
            inputs=arrived,
            outputs=outputs,
            resets=resets,
            eager=True,
            ends=bool(resets),
            along=(arrow,),
        )

    def _interrupt_moves(self, scope: _OpenScope, arrow: Arrow) -> None:
        for place in self._interruptible(scope, arrow):
            left = _waiting(scope.definition, place.state) if place.kind == "state" else None
            outputs, _ = self._out(scope, arrow, left)
            self._add(
                scope,
                arrow.transition.id,
                "transition",
                inputs=frozenset({place.number}),
                outputs=outputs,
                resets=scope.whole,
                apart=place.name.removeprefix(scope.prefix),
                ends=scope.definition.states[arrow.transition.to].kind == "end" and not arrow.opens,
                along=(arrow,),
            )

    def _interruptible(self, scope: _OpenScope, arrow: Arrow) -> Iterator[Place]:
        """Yield the places an interrupt can fire from (X1), in order."""
        transition, states = arrow.transition, scope.definition.states
        for place in self.places:
            if place.scope != scope.number:
                continue
            if arrow.source is not None:
                if place.kind == "state" and place.state == arrow.source:
                    yield place
            elif place.kind == "state":
                kind = states[place.state or ""].kind
                if kind not in {"end", "call"} and place.state != transition.to:
                    yield place
            elif not (place.kind == "offered" and place.transition == transition.id):
                yield place

    def _answer_moves(self, scope: _OpenScope, transition: Transition, left: str | None) -> None:
        offered = frozenset({self.number_of[scope.number, _offered(transition, left)]})
        handoff = transition.handoff
        assert handoff is not None  # noqa: S101  handoff-missing refuses the definition
        apart = left if handoff.back and left else ""
        along = arrows(scope.definition, transition)[:1]
        outputs, resets = self._enter(scope, transition.to, transition)
        self._add(
            scope,
            f"{transition.id}.accept",
            "accept",
            inputs=offered,
            outputs=outputs,
            resets=resets,
            apart=apart,
            ends=bool(resets),
            along=along,
            target=transition.to,
        )
        target = return_state(scope.definition, transition, left)
        assert target is not None  # noqa: S101  handoff-return refuses the definition
        outputs, resets = self._enter(scope, target, transition)
        if returns_whole(handoff, left):
            resets = scope.whole
        answers: tuple[MoveKind, ...] = ("decline", "expire") if handoff.within else ("decline",)
        for answer in answers:
            name = f"{transition.id}.{answer}"
            self._add(
                scope,
                name,
                answer,
                inputs=offered,
                outputs=outputs,
                resets=resets,
                apart=apart,
                along=along,
                target=target,
            )


def _waiting(definition: Definition, state: str | None) -> str | None:
    """The state if it is a waiting one: only to such a state can a hand-off go back."""
    return state if state is not None and definition.states[state].kind == "state" else None


def _offered(transition: Transition, left: str | None) -> str:
    """The local name of the place of an open hand-off (N1)."""
    apart = transition.handoff is not None and transition.handoff.back and left is not None
    return f"{transition.id}.offered@{left}" if apart else f"{transition.id}.offered"


def _left_states(definition: Definition, transition: Transition) -> tuple[str | None, ...]:
    """The states whose open hand-offs have a place of their own; None = one place for all others."""
    opening = opening_arrows(definition, transition)
    if not opening:
        return ()
    if transition.handoff is None or not transition.handoff.back:
        return (None,)
    left: list[str | None] = []
    for arrow in opening:
        if arrow.source is not None:
            left.append(_waiting(definition, arrow.source))
            continue
        left += [
            s.id for s in definition.states.values() if s.kind == "state" and s.id != transition.to
        ]
        if may_leave_no_state(definition, transition):
            left.append(None)
    return tuple(dict.fromkeys(left))


def _is_eager(definition: Definition, arrow: Arrow, place: str) -> bool:
    """Whether an exit of an automatic place waits for nothing but room (E2)."""
    transition, source = arrow.transition, definition.states[arrow.source or ""]
    if source.kind == "choice":
        rivals = definition.exits(source.id)
    elif source.kind == "call" and not transition.by:
        outcome = place.removeprefix(f"{source.id}.")
        rivals = tuple(t for t in definition.exits(source.id) if outcome in t.outcomes)
    else:
        return False
    asks = arrow.is_handoff and transition.handoff is not None and transition.handoff.info
    return len(rivals) == 1 and transition.guard is None and not asks
