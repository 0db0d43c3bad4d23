"""A process as a ``transitions.Machine``, for code that already speaks that library.

Built from the compiled process, place by place and move by move (``net.moves``): roles, guards,
information of hand-offs, returns and interrupts are those that the engine itself reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import OhjausprosessiError
from ohjausprosessi.guards import UNKNOWN, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import transitions

    from ohjausprosessi.model import Value
    from ohjausprosessi.net import Compiled, Move, Place
    from ohjausprosessi.net.moves import Automatic

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


class HasCompiled(Protocol):
    """What is needed of a ``Process``: its compiled form."""

    @property
    def compiled(self) -> Compiled: ...


class Client:
    """The model of a machine that was given none.

    Attributes:
        state: name of the place the client is at, kept by the machine.
        facts: what is known; what is absent is unknown.
    """

    state: str

    def __init__(self) -> None:
        self.facts: dict[str, Value] = {}


def to_machine(process: HasCompiled, model: object | None = None) -> transitions.Machine:
    """A process without fork and call as a ``transitions.Machine``.

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

    compiled = process.compiled
    definition, net = compiled.definition, compiled.net
    for state in definition.states.values():
        if state.kind == "fork" or state.kind == "call":  # noqa: PLR1714  narrows the type
            raise NotFlatError(state.id, state.kind)
    model = Client() if model is None else model
    memory = _Memory(compiled)
    known = getattr(model, "facts", {})
    model.facts = {**memory.defaults, **known}  # type: ignore[attr-defined]  # the caller's object
    choices = {state.id for state in definition.states.values() if state.kind == "choice"}
    (initial,) = net.initial
    machine = Machine(
        model,
        states=[
            State(place.name, on_enter=[_try_exits] if place.name in choices else [])
            for place in net.places
        ],
        initial=net.places[initial].name,
        auto_transitions=False,
        send_event=True,
    )
    _MachineBuilder(compiled, choices, memory, machine).build()
    return machine


class _MachineBuilder:
    """Adds the moves of a compiled process to a machine."""

    def __init__(
        self,
        compiled: Compiled,
        choices: set[str],
        memory: _Memory,
        machine: transitions.Machine,
    ) -> None:
        self.compiled = compiled
        self.memory = memory
        self.places = compiled.net.places
        self.choices = choices
        self.machine = machine

    def build(self) -> None:
        """Add every move, and learning in every place but the ends."""
        for place in self.places:
            for move in self.compiled.acts[place.number]:
                self._add_act(place.name, _Exit(move, self.memory))
            for automatic in self.compiled.automatics[place.number]:
                if automatic.moves[0].net.kind != "join":  # which waits for several tokens
                    self._add_choice(place.name, automatic)
            if place.number not in self.compiled.ends:
                self._add_learning(place)

    def _add_act(self, source: str, exit_: _Exit) -> None:
        move = exit_.move
        self._add(move.net.name, source, exit_, exit_.role_may, exit_.may)
        if move.timed and not move.answers:
            self._add(f"{move.net.name}.after", source, exit_, exit_.holds)

    def _add_choice(self, source: str, automatic: Automatic) -> None:
        exits = [_Exit(move, self.memory) for move in automatic.moves]
        choice = _ChoiceExits(exits)
        for exit_ in exits:
            self._add(f"{source}.choose", source, exit_, choice.takes(exit_))

    def _add(self, trigger: str, source: str, exit_: _Exit, *conditions: Condition) -> None:
        self.machine.add_transition(
            trigger,
            source,
            self.places[exit_.move.produces[0]].name,
            conditions=list(conditions),
            before=[self.memory.record, exit_.set_facts],
        )

    def _add_learning(self, place: Place) -> None:
        roles = frozenset(self.compiled.roles)
        self.machine.add_transition(
            LEARN,
            place.name,
            None,
            conditions=lambda event: event.kwargs.get("by") in roles,
            before=self.memory.record,
            after=[_try_exits] if place.name in self.choices else [],
        )


class _Exit:
    """One move, as callbacks of a ``transitions`` transition."""

    def __init__(self, move: Move, memory: _Memory) -> None:
        self.move = move
        self.memory = memory

    def role_may(self, event: transitions.EventData) -> bool:
        """Whether the role is allowed to act; an expiry has no actor."""
        return self.move.net.kind == "expire" or event.kwargs.get("by") in self.move.roles

    def may(self, event: transitions.EventData) -> bool:
        """Whether guard and information allow it, the event's facts included."""
        return self.holds(event) and self.informed(event)

    def holds(self, event: transitions.EventData) -> bool:
        """Whether the guard is true."""
        return self.judge(event) is True

    def judge(self, event: transitions.EventData) -> bool | None:
        """Evaluate the guard; None = unknown."""
        if self.move.guard is None:
            return True
        facts = self.memory.known(event)
        return self.move.guard.guard.judge(lambda name: facts.get(name, UNKNOWN))

    def informed(self, event: transitions.EventData) -> bool:
        """Whether the information that has to travel is known (SEMANTICS H3)."""
        names = self.memory.names
        return all(names[slot] in self.memory.known(event) for slot in self.move.needs)

    def set_facts(self, event: transitions.EventData) -> None:
        """Record what the transition sets."""
        self.memory.set(event, self.move.sets)


class _ChoiceExits:
    """The exits of a choice, tried in the order of the file, the else last (SEMANTICS E4)."""

    def __init__(self, exits: list[_Exit]) -> None:
        self.exits = exits

    def takes(self, exit_: _Exit) -> Condition:
        """The condition that this exit is the one taken now."""
        return lambda event: self._open_exit(event) is exit_ and exit_.informed(event)

    def _open_exit(self, event: transitions.EventData) -> _Exit | None:
        unknown = False
        for exit_ in self.exits:
            if exit_.move.guard is None:
                return None if unknown else exit_
            verdict = exit_.judge(event)
            if verdict is True:
                return exit_
            unknown = unknown or verdict is None
        return None


class _Memory:
    """Reads and writes ``model.facts``; None as a value means as at the start (SEMANTICS F1)."""

    def __init__(self, compiled: Compiled) -> None:
        self.names = tuple(slot.name for slot in compiled.slots)
        self.defaults = {
            slot.name: slot.default
            for slot in compiled.slots
            if not isinstance(slot.default, Unknown)
        }

    def known(self, event: transitions.EventData) -> dict[str, Value]:
        """The facts an event is judged on, those it brings included (SEMANTICS E1)."""
        facts = dict(_model(event).facts)
        self._write(facts, event.kwargs.get("facts") or {})
        return facts

    def record(self, event: transitions.EventData) -> None:
        """Keep the facts that an event brings."""
        self._write(_model(event).facts, event.kwargs.get("facts") or {})

    def set(self, event: transitions.EventData, sets: Iterable[tuple[int, Value | None]]) -> None:
        """Record what a move sets."""
        self._write(_model(event).facts, {self.names[slot]: value for slot, value in sets})

    def _write(self, facts: dict[str, Value], values: Mapping[str, Value | None]) -> None:
        for name, value in values.items():
            kept = self.defaults.get(name) if value is None else value
            if kept is None:
                facts.pop(name, None)
            else:
                facts[name] = kept


def _try_exits(event: transitions.EventData) -> None:
    """Let a choice move on by itself, if it can."""
    model = _model(event)
    model.trigger(f"{model.state}.choose")


def _model(event: transitions.EventData) -> Any:  # noqa: ANN401  an object of the caller's
    return event.model
