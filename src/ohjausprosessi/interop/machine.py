"""A process as a ``transitions.Machine``, for code that already speaks that library.

Built from the compiled net, place by place and move by move: what is a hand-off, where it returns
and what an interrupt leaves is read in one place only (``net.net``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import OhjausprosessiError
from ohjausprosessi.guards import UNKNOWN, parse
from ohjausprosessi.model import acceptors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import transitions

    from ohjausprosessi.guards import Guard
    from ohjausprosessi.model import Definition, Transition, Value
    from ohjausprosessi.net import Net, NetTransition

    Condition = str | Callable[..., bool | None]

__all__ = ["NotFlatError", "to_machine"]

LEARN = "learn"


class NotFlatError(OhjausprosessiError):
    """A process that no flat state machine can run: it has a fork or a call.

    Attributes:
        state: id of the fork or the call.
        message: why, and what to do instead.

    Example:
        import ohjausprosessi as op

        try:
            op.interop.to_machine(op.load("tyottomyydesta_tutkintoon"))
        except op.interop.NotFlatError as error:
            print(error.text("fi"))
    """

    def __init__(self, state: str, kind: Literal["fork", "call"]) -> None:
        self.state = state
        word = {"fork": "haarauma", "call": "kutsu"}[kind]
        self.message = Text(
            f"{state} ({word}): asiakas voi olla monessa paikassa yhtä aikaa, tilakoneella on vain "
            "yksi tila; aja prosessi kutsulla Process.start",
            f"{state} is a {kind}: a client can be in several places at once, a state machine has "
            "one state; run the process with Process.start",
        )
        super().__init__(state, kind)

    def text(self, lang: str = "fi") -> str:
        """Why the process cannot be a state machine, and what to do instead."""
        return self.message.text(lang)

    def __str__(self) -> str:
        return self.text("en")


class HasNet(Protocol):
    """What is needed of a ``Process``: its definition, and the net that was made of it."""

    @property
    def definition(self) -> Definition: ...

    @property
    def net(self) -> Net: ...


class Client:
    """The model of a machine that was given none.

    Attributes:
        state: name of the place the client is at, kept by the machine.
        facts: what is known; what is absent is unknown.
    """

    state: str

    def __init__(self) -> None:
        self.facts: dict[str, Value] = {}


def to_machine(process: HasNet, model: object | None = None) -> transitions.Machine:
    """Build a ``transitions.Machine`` of a process without forks and calls.

    States are the places of the net: waiting states, choices, ends, and an open hand-off
    ``t.offered`` (with ``else: back`` one ``t.offered@s`` for each state it left). Triggers are the
    event names: a transition, ``t.accept``, ``t.decline``, ``t.expire``; beside them ``t.after``
    (the time of ``after`` has come; the machine has no clock), ``learn`` (records facts, and lets a
    choice that waits try again) and ``s.choose`` (of a choice ``s``; fired on entry).

    Trigger with ``by=`` (a role) and ``facts=`` (a mapping). Guards, roles and the information of
    hand-offs are conditions over ``model.facts``, where an absent name is unknown. A trigger whose
    condition is not true returns False; one that the state does not have raises
    ``transitions.MachineError``. Facts are taken as given: who may record what, types and time
    limits stay with the engine.

    Args:
        process: a ``Process``.
        model: gets ``state`` and the triggers; its ``facts`` are used if it has any, else it gets
            them. None makes a new one, ``machine.model``.

    Raises:
        NotFlatError: if the process has a fork or a call.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        client = op.interop.to_machine(process).model
        assert client.trigger("hakeudu_ohjaukseen", by="asiakas")
        assert client.state == "henkilokohtainen_ohjaus"
    """
    from transitions import Machine, State  # noqa: PLC0415  needed only here

    definition, net = process.definition, process.net
    for state in definition.states.values():
        if state.kind == "fork" or state.kind == "call":  # noqa: PLR1714  narrows the type
            raise NotFlatError(state.id, state.kind)
    model = Client() if model is None else model
    memory = _Memory(definition)
    known = getattr(model, "facts", {})
    model.facts = {**memory.defaults, **known}  # type: ignore[attr-defined]  # the caller's object
    choices = {state.id for state in definition.states.values() if state.kind == "choice"}
    (initial,) = net.initial
    machine = Machine(
        model,
        states=[
            State(place.name, on_enter=[_choose] if place.name in choices else [])
            for place in net.places
        ],
        initial=net.places[initial].name,
        auto_transitions=False,
        send_event=True,
    )
    _MachineBuilder(definition, net, memory, machine).build()
    return machine


class _MachineBuilder:
    """Adds the moves of a net to a machine."""

    def __init__(
        self, definition: Definition, net: Net, memory: _Memory, machine: transitions.Machine
    ) -> None:
        self.definition = definition
        self.memory = memory
        self.places = net.places
        self.moves = net.transitions
        self.machine = machine

    def build(self) -> None:
        """Add every move, and learning in every place but the ends."""
        by_itself: dict[str, list[_Exit]] = {}
        for move in self.moves:
            if len(move.inputs) > 1:
                continue  # a join: it waits for several tokens, and there is only one
            exit_ = _Exit(self.definition, move, self.memory)
            source = self.places[min(move.inputs)].name
            if self._kind(source) == "choice" and not exit_.transition.interrupt:
                by_itself.setdefault(source, []).append(exit_)
            else:
                self._add_act(source, exit_)
        for source, exits in by_itself.items():
            choice = _ChoiceExits(exits)
            for exit_ in exits:
                self._add(f"{source}.choose", source, exit_, choice.takes(exit_))
        for place in self.places:
            if self._kind(place.name) != "end":
                self._add_learning(place.name)

    def _kind(self, place: str) -> str | None:
        """The kind of state a place is; None for an open hand-off or an arrival."""
        state = self.definition.states.get(place)
        return None if state is None else state.kind

    def _add_act(self, source: str, exit_: _Exit) -> None:
        self._add(exit_.move.name, source, exit_, exit_.role_may, exit_.may)
        if exit_.transition.after is not None and exit_.move.kind == "transition":
            self._add(f"{exit_.transition.id}.after", source, exit_, exit_.holds)

    def _add(self, trigger: str, source: str, exit_: _Exit, *conditions: Condition) -> None:
        self.machine.add_transition(
            trigger,
            source,
            self.places[min(exit_.move.outputs)].name,
            conditions=list(conditions),
            before=[self.memory.record, exit_.set_facts],
        )

    def _add_learning(self, place: str) -> None:
        roles = frozenset(self.definition.roles)
        self.machine.add_transition(
            LEARN,
            place,
            None,
            conditions=lambda event: event.kwargs.get("by") in roles,
            before=self.memory.record,
            after=[_choose] if self._kind(place) == "choice" else [],
        )


class _Exit:
    """One move of the net, as callbacks of a ``transitions`` transition."""

    def __init__(self, definition: Definition, move: NetTransition, memory: _Memory) -> None:
        self.move = move
        self.memory = memory
        self.transition: Transition = move.arrows[0].transition
        self.answers = move.kind in {"accept", "decline", "expire"}
        self.guard: Guard | None = None
        self.needs: tuple[str, ...] = ()
        self.roles: tuple[str, ...] | None
        if self.answers:
            self.roles = None if move.kind == "expire" else acceptors(definition, self.transition)
            return
        self.roles = definition.roles_of(self.transition.by)
        if self.transition.guard is not None:
            self.guard = parse(self.transition.guard, facts=definition.facts, info=definition.info)
        if self.transition.handoff is not None and move.arrows[0].is_handoff:
            self.needs = self.transition.handoff.info

    def role_may(self, event: transitions.EventData) -> bool:
        """Whether the role is allowed to act; an expiry has no actor."""
        return self.roles is None or event.kwargs.get("by") in self.roles

    def may(self, event: transitions.EventData) -> bool:
        """Whether guard and information allow it, the event's facts included."""
        return self.holds(event) and self.informed(event)

    def holds(self, event: transitions.EventData) -> bool:
        """Whether the guard is true."""
        return self.judge(event) is True

    def judge(self, event: transitions.EventData) -> bool | None:
        """Evaluate the guard; None = unknown."""
        if self.guard is None:
            return True
        facts = self.memory.known(event)
        return self.guard.judge(lambda name: facts.get(name, UNKNOWN))

    def informed(self, event: transitions.EventData) -> bool:
        """Whether the information that has to travel is known (SEMANTICS H3)."""
        return all(name in self.memory.known(event) for name in self.needs)

    def set_facts(self, event: transitions.EventData) -> None:
        """Record what the transition sets."""
        if not self.answers:
            self.memory.set(event, self.transition.sets)


class _ChoiceExits:
    """The exits of a choice, tried in the order of the file, the else last (SEMANTICS E4)."""

    def __init__(self, exits: list[_Exit]) -> None:
        self.exits = sorted(exits, key=lambda exit_: exit_.guard is None)

    def takes(self, exit_: _Exit) -> Condition:
        """The condition that this exit is the one taken now."""
        return lambda event: self._chosen(event) is exit_ and exit_.informed(event)

    def _chosen(self, event: transitions.EventData) -> _Exit | None:
        unknown = False
        for exit_ in self.exits:
            if exit_.guard is None:
                return None if unknown else exit_
            verdict = exit_.judge(event)
            if verdict is True:
                return exit_
            unknown = unknown or verdict is None
        return None


class _Memory:
    """Reads and writes ``model.facts``; None as a value means as at the start (SEMANTICS F1)."""

    def __init__(self, definition: Definition) -> None:
        self.defaults = {
            fact.id: fact.default for fact in definition.facts.values() if fact.default is not None
        }

    def known(self, event: transitions.EventData) -> dict[str, Value]:
        """The facts an event is judged on, those it brings included (SEMANTICS E1)."""
        facts = dict(_model(event).facts)
        self._write(facts, event.kwargs.get("facts") or {})
        return facts

    def record(self, event: transitions.EventData) -> None:
        """Keep the facts that an event brings."""
        self._write(_model(event).facts, event.kwargs.get("facts") or {})

    def set(self, event: transitions.EventData, values: Mapping[str, Value | None]) -> None:
        """Record what a transition sets."""
        self._write(_model(event).facts, values)

    def _write(self, facts: dict[str, Value], values: Mapping[str, Value | None]) -> None:
        for name, value in values.items():
            kept = self.defaults.get(name) if value is None else value
            if kept is None:
                facts.pop(name, None)
            else:
                facts[name] = kept


def _choose(event: transitions.EventData) -> None:
    """Let a choice move on by itself, if it can."""
    model = _model(event)
    model.trigger(f"{model.state}.choose")


def _model(event: transitions.EventData) -> Any:  # noqa: ANN401  an object of the caller's
    return event.model
