"""A definition and its elements, key by key as in ``docs/format.md``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ohjausprosessi.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = bool | int | str
Kind = Literal["state", "choice", "fork", "join", "call", "end"]
Section = Literal[
    "owners",
    "roles",
    "phases",
    "facts",
    "durations",
    "info",
    "services",
    "states",
    "transitions",
    "duties",
    "rules",
]


@dataclass(frozen=True, slots=True)
class Label:
    """A text shown to people: one, or one per language in the order written.

    Attributes:
        texts: pairs of language code and text; the code is empty for a label without language.
    """

    texts: tuple[tuple[str, str], ...]

    def text(self, lang: str) -> str:
        """The text in ``lang``, else the first one written."""
        return dict(self.texts).get(lang, self.texts[0][1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Base of the entries of all sections.

    Attributes:
        id: its id, unique in its section.
        title: the text shown to people; None = the id.
        source: references to the source document, such as ``("P5",)``.
        inferred: the reason for an element that the source does not mention.
    """

    id: str
    title: Label | None = None
    source: tuple[str, ...] = ()
    inferred: Label | None = None

    def text(self, lang: str) -> str:
        """The title in ``lang``, else the first one written, else the id."""
        return self.id if self.title is None else self.title.text(lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner(Element):
    """An organisation (no ``members``, not ``external``), a joint owner or an external one."""

    colour: str = "grey"
    shape: str = "square"
    members: tuple[str, ...] = ()
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Element):
    """Who acts: people of one organisation (``owner``), or the client."""

    owner: str | None = None
    client: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Element):
    """A column of the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Element):
    """Something that can be recorded about the client.

    Attributes:
        type: ``bool``, ``int``, ``enum`` or ``text``.
        values: of an enum, value to label (None: the value itself), in the order written.
        min: of an int, the least value allowed, inclusive.
        max: of an int, the greatest value allowed, inclusive.
        default: the value when a case starts; None = unknown.
        by: roles and owners who may record it; empty = anybody who acts.
        phases: the phases in which it may be recorded; empty = all.
        personal: visible only as SEMANTICS F6 allows.
    """

    type: Literal["bool", "int", "enum", "text"]
    values: Mapping[str, Label | None] = field(default_factory=dict)
    min: int | None = None
    max: int | None = None
    default: Value | None = None
    by: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    personal: bool = False

    def value_text(self, value: Value, lang: str) -> str:
        """The text shown to people for a value of this fact."""
        if isinstance(value, bool):
            words = ("kyllä", "ei") if lang == "fi" else ("yes", "no")
            return words[0] if value else words[1]
        label = self.values.get(value) if isinstance(value, str) else None
        return str(value) if label is None else label.text(lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Info(Element):
    """An information item that a hand-off carries: known (a text) or unknown."""

    personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Element):
    """A length of time: ``amount`` of ``unit``.

    Attributes:
        amount: a positive number.
        unit: ``minute hour workday day week month year``.
    """

    amount: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Element):
    """A service offered in states; not a state itself. ``guard`` is the key ``if``."""

    owner: str
    phases: tuple[str, ...] = ()
    guard: str | None = None
    client: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Element):
    """A place a case can be in. ``gives`` and ``takes`` are the keys ``with`` and ``take``."""

    kind: Kind = "state"
    owner: str
    phase: str | None = None
    roles: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    deadline: str | None = None
    exclusive: bool = False
    outcome: str | None = None
    process: str | None = None
    gives: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    @property
    def result(self) -> str:
        """The outcome of an end: ``outcome``, else its id."""
        return self.outcome or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """How a client passes from one organisation to another. ``otherwise`` is the key ``else``."""

    to: str | None = None
    info: tuple[str, ...] = ()
    accept_by: tuple[str, ...] = ()
    within: str | None = None
    otherwise: str | None = None
    ack: bool = True

    @property
    def back(self) -> bool:
        """Whether a decline or expiry leads to the waiting state that was left."""
        return self.otherwise == "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Element):
    """A transition from any of its source states to one target.

    Attributes:
        sources: the key ``from``; empty for ``any_open``.
        to: the target state.
        by: roles and owners who may do it, as written.
        after: id of the duration after which it fires by itself.
        outcomes: the key ``outcome``: the outcomes of a call that this exit is for.
        guard: the key ``if``.
        sets: the key ``set``: fact to value; None resets it to its value at the start.
        handoff: the terms of the hand-off where the holder changes.
        interrupt: whether it takes the client out of the ordinary flow (SEMANTICS X1).
        owner: the owner whose colour it has; None = that of the state it leaves.
    """

    sources: tuple[str, ...]
    to: str
    by: tuple[str, ...] = ()
    after: str | None = None
    outcomes: tuple[str, ...] = ()
    guard: str | None = None
    sets: Mapping[str, Value | None] = field(default_factory=dict)
    handoff: Handoff | None = None
    interrupt: bool = False
    owner: str | None = None

    @property
    def any_open(self) -> bool:
        """Whether it can fire wherever the case is."""
        return not self.sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Element):
    """Recurring work of those who take part; recording it moves no token (SEMANTICS T7)."""

    by: tuple[str, ...]
    every: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Element):
    """A property that every case must have. ``guard`` is the key ``if``; atoms are as written."""

    rule: str
    when: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    guard: str | None = None
    holds: str | None = None
    by: tuple[str, ...] = ()
    within: str | None = None
    monitor: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The source positions of a definition; no part of its meaning.

    Attributes:
        path: file name, or ``<text>``; None for a definition built from data.
        places: path of keys to line and column, from 1.
        lines: the lines of the file.
    """

    path: str | None = None
    places: Mapping[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    def location(self, *element: str) -> Location:
        """The location of an element, else that of the nearest element that encloses it.

        Args:
            element: path of keys from the document down.
        """
        path = element
        while path and path not in self.places:
            path = path[:-1]
        if path not in self.places:
            return Location(element, self.path)
        return Location.in_lines(element, self.path, self.lines, self.places[path])


@dataclass(frozen=True, kw_only=True)
class Definition(Element):
    """A whole process definition.

    Attributes:
        version: version of this definition.
        valid: two ISO dates or ``..``, None = always.
        timezone: IANA name; days, workdays and months are counted there.
        holidays: country whose public holidays are not workdays.
        responsible: id of the process-responsible organisation.
        start: id of the state in which a case begins.
        fallback: id of the state that a declined or expired hand-off enters by default.
        calls: id of a call to the definition it runs.
        origin: source positions; not compared.

    The other attributes are the sections of the format: id to element, in the order of the file.
    """

    version: str
    valid: tuple[str, str] | None = None
    timezone: str = "UTC"
    holidays: str | None = None
    responsible: str
    start: str
    fallback: str | None = None
    owners: Mapping[str, Owner]
    roles: Mapping[str, Role]
    phases: Mapping[str, Phase] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    durations: Mapping[str, Duration] = field(default_factory=dict)
    info: Mapping[str, Info] = field(default_factory=dict)
    services: Mapping[str, Service] = field(default_factory=dict)
    states: Mapping[str, State]
    transitions: Mapping[str, Transition]
    duties: Mapping[str, Duty] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    calls: Mapping[str, Definition] = field(default_factory=dict)
    origin: Origin = field(default_factory=Origin, compare=False, repr=False)

    def holder(self, owner: str) -> str:
        """The organisation that holds what ``owner`` owns (SEMANTICS S1)."""
        members = self.owners[owner].members
        if not members:
            return owner
        return self.responsible if self.responsible in members else members[0]

    def state_holder(self, state: str) -> str:
        """The organisation that holds a state."""
        return self.holder(self.states[state].owner)

    def organisations(self, owner: str) -> tuple[str, ...]:
        """The members of a joint owner, else the owner itself."""
        return self.owners[owner].members or (owner,)

    def roles_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Expand a list of roles and owners to roles, each once, in file order."""
        wanted = set(names)
        owners = {o for name in wanted & self.owners.keys() for o in self.organisations(name)}
        return tuple(
            role.id for role in self.roles.values() if role.id in wanted or role.owner in owners
        )

    def takes_part(self, entry: str, state: str | None) -> bool:
        """Whether an entry of a duty takes part while a case is in a state (SEMANTICS T7).

        A joint entry takes part while any of its members does; the responsible always does.

        Args:
            entry: id of an owner or a role.
            state: id of the state, for an open hand-off of the state it left; None if there is none.
        """
        role = self.roles.get(entry)
        organisations = {role.owner} if role else {entry, *self.organisations(entry)}
        if self.responsible in organisations:
            return True
        if state is None:
            return False
        found = self.states[state]
        if role is not None:
            return entry in found.roles
        if organisations & {found.owner, *self.organisations(found.owner)}:
            return True
        return any(self.roles[other].owner in organisations for other in found.roles)

    @cached_property
    def _exits(self) -> Mapping[str, tuple[Transition, ...]]:
        exits: dict[str, list[Transition]] = {state: [] for state in self.states}
        for transition in self.transitions.values():
            if not transition.interrupt:
                for source in transition.sources:
                    exits[source].append(transition)
        return {state: tuple(found) for state, found in exits.items()}

    def exits(self, state: str) -> tuple[Transition, ...]:
        """The exits of a state without interrupts, in file order."""
        return self._exits[state]

    @cached_property
    def _entries(self) -> Mapping[str, tuple[Transition, ...]]:
        entries: dict[str, list[Transition]] = {state: [] for state in self.states}
        for transition in self.transitions.values():
            entries[transition.to].append(transition)
        return {state: tuple(found) for state, found in entries.items()}

    def entries(self, state: str) -> tuple[Transition, ...]:
        """The transitions that lead to a state, in file order."""
        return self._entries[state]

    @property
    def ends(self) -> tuple[State, ...]:
        """The ends, in file order."""
        return tuple(state for state in self.states.values() if state.kind == "end")

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes a case can have, each once, in file order."""
        return tuple(dict.fromkeys(end.result for end in self.ends))

    @property
    def has_fork(self) -> bool:
        """Whether a case can have several branches."""
        return any(state.kind == "fork" for state in self.states.values())
