"""A definition and its elements, key by key as in ``docs/format.md``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ohjausprosessi.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = bool | int | str
"""A value of a fact; an information item is a string.

Example:
    import ohjausprosessi as op

    facts: dict[str, op.Value] = {"ika": 24}
    assert op.load("tyottomyydesta_tutkintoon").start("asiakas-1", facts=facts).facts["ika"] == 24
"""

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
    """Who can hold a client: an organisation, a joint owner (``members``) or an external one.

    Attributes:
        colour: name of the colour of its lane.
        shape: the mark that tells it apart without colour.
        members: of a joint owner, the organisations.
        external: whether it is outside the system: it owns no state and can only receive.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        assert process.owners["yhteinen"].members == ("kaupunki", "sakky", "te")
        assert process.definition.holder("yhteinen") == "kaupunki"
    """

    colour: str = "grey"
    shape: str = "square"
    members: tuple[str, ...] = ()
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Element):
    """Who acts: people of one organisation, or the client.

    Attributes:
        owner: the organisation its people belong to; None for the client.
        client: whether it is the client.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        assert process.roles["opinto_ohjaaja"].owner == "sakky"
        assert process.roles["asiakas"].client
    """

    owner: str | None = None
    client: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Element):
    """A column of the picture; facts and services can be limited to it.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        assert [phase.text("fi") for phase in process.phases.values()][0] == "Tarve"
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Element):
    """Something that can be recorded about a client.

    Attributes:
        type: ``bool``, ``int``, ``enum`` or ``text``.
        values: of an enum, value to label (None: the value itself), in the order written.
        min: of an int, the least value allowed, inclusive.
        max: of an int, the greatest value allowed, inclusive.
        default: the value when a case starts; None = unknown.
        by: roles and owners who may record it; empty = anybody who acts.
        phases: the phases in which it may be recorded; empty = all.
        personal: whether only some organisations may see it (SEMANTICS F6).

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        fact = process.facts["haluaa_koulutukseen"]
        assert tuple(fact.values) == ("kylla", "epavarma", "ei")
        assert fact.value_text("kylla", "en") == "Yes"
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
        """A value of this fact as it is shown to people."""
        if isinstance(value, bool):
            words = ("kyllä", "ei") if lang == "fi" else ("yes", "no")
            return words[0] if value else words[1]
        label = self.values.get(value) if isinstance(value, str) else None
        return str(value) if label is None else label.text(lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Info(Element):
    """An information item that a hand-off carries: known (a string) or unknown.

    Attributes:
        personal: whether only some organisations may see it (SEMANTICS F6).

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        assert "yhteystiedot" in process.info
    """

    personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Element):
    """A length of time: ``amount`` of ``unit``.

    Attributes:
        amount: a positive integer.
        unit: ``minute``, ``hour``, ``day``, ``workday``, ``week``, ``month`` or ``year``.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        length = process.durations["vastaanottokuittaus"]
        assert (length.amount, length.unit) == (5, "workday")
    """

    amount: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Element):
    """A service offered in states; not a state itself.

    Attributes:
        owner: who offers it.
        phases: the phases in which it is offered; empty = all.
        guard: the key ``if``: for which clients it is offered.
        client: whether it is a service to clients; else it is drawn and never offered.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        assert process.services["palvelutori"].owner in process.owners
    """

    owner: str
    phases: tuple[str, ...] = ()
    guard: str | None = None
    client: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Element):
    """Where a case can be.

    Attributes:
        kind: ``state`` (a waiting state), ``choice``, ``fork``, ``join``, ``call`` or ``end``.
        owner: who has the client there.
        phase: its phase.
        roles: the roles that work with the client there.
        services: the services offered there.
        deadline: id of the duration after which its owner and the responsible are reminded, once.
        exclusive: of a waiting state, whether exactly one exit has to be open, whatever the facts.
        outcome: of an end, the outcome it stands for; None = its id.
        process: of a call, the process it runs: ``id`` or ``id@version``.
        gives: the key ``with``: facts copied into the called process when it starts.
        takes: the key ``take``: facts copied back when it ends.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        state = process.states["perustutkinto"]
        assert (state.kind, state.owner) == ("state", "sakky")
    """

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
        """The outcome an end stands for: ``outcome``, else its id."""
        return self.outcome or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """How a client passes from one organisation to another.

    Attributes:
        to: the receiver, where it is an external owner; None = the holder of the target.
        info: information items that must be known, and travel with the client.
        accept_by: roles and owners who may answer; empty = every role of the receiver (H4).
        within: id of the duration within which an answer is expected.
        otherwise: the key ``else``: where a declined or expired hand-off leads: a state, ``back``,
            or None = the fallback of the process.
        ack: whether the receiver has to answer; else the client passes at once.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        handoff = process.transitions["valitse_rekrykoulutus"].handoff
        assert handoff.ack and handoff.accept_by == ("te_asiantuntija",)
        assert handoff.within == "vastaanottokuittaus"
    """

    to: str | None = None
    info: tuple[str, ...] = ()
    accept_by: tuple[str, ...] = ()
    within: str | None = None
    otherwise: str | None = None
    ack: bool = True

    @property
    def back(self) -> bool:
        """Whether a decline or an expiry leads back to the state that was left."""
        return self.otherwise == "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Element):
    """A transition from any of its sources to one target.

    Attributes:
        sources: the key ``from``; empty for ``any_open``.
        to: the target state.
        by: roles and owners who may do it, as written.
        after: id of the duration after which it fires by itself.
        outcomes: the key ``outcome``: the outcomes of a call that this exit is for.
        guard: the key ``if``.
        sets: the key ``set``: fact to value; None resets it to its value at the start.
        handoff: the terms of the hand-off, where the client passes to another organisation.
        interrupt: whether it takes the client out of wherever they are (SEMANTICS X1).
        owner: the owner whose colour it has; None = that of the state it leaves.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        transition = process.transitions["esita_vaihtoehdot"]
        assert transition.guard == "vaihtoehdot_kartoitettu == true"
        assert transition.to == "tavoitteen_valinta"
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
    """Recurring work of those who take part; recording it moves nothing (SEMANTICS T7).

    Attributes:
        by: roles and owners it belongs to, as written.
        every: id of the duration after which it is due again; None = no time.

    Example:
        import ohjausprosessi as op

        process = op.load("tyottomyydesta_tutkintoon")
        assert all(duty.by for duty in process.duties.values())
    """

    by: tuple[str, ...]
    every: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Element):
    """A property that every case must have; the keys are those of its template.

    Attributes:
        rule: the template, such as ``response``, ``invariant`` or ``ltlf``.
        when: events that the rule is about, as written; so are the next two.
        first: events that have to come before.
        then: events that have to follow, or to be possible.
        guard: the key ``if``: a condition on the facts at ``when``.
        holds: a condition, or the formula of ``ltlf``.
        by: roles and owners who may or must be able to act.
        within: id of the duration within which ``then`` has to come.
        monitor: whether people have to keep it: it is watched on cases and not proved.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        rule = process.rules["asiakas_ei_tipahda"]
        assert rule.rule == "always_possible"
    """

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
    """A whole process definition; one that was loaded is well-formed.

    Attributes:
        version: version of this definition.
        valid: from when to when it is in force: ISO dates or ``..``; None = always.
        timezone: IANA name; days, workdays and months are counted there.
        holidays: ISO code of the country whose public holidays are not workdays.
        responsible: id of the process-responsible organisation.
        start: id of the state in which a case begins.
        fallback: id of the state that a declined or expired hand-off enters by default.
        owners: id to owner, in the order of the file, like the sections that follow.
        roles: id to role.
        phases: id to phase.
        facts: id to fact.
        durations: id to duration.
        info: id to information item.
        services: id to service.
        states: id to state.
        transitions: id to transition.
        duties: id to duty.
        rules: id to rule.
        calls: id of a call to the definition it runs.
        origin: source positions; not compared.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        definition = process.definition
        assert definition.start == "ohjauksen_tarve"
        assert definition.holder("yhteinen") == definition.responsible
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
