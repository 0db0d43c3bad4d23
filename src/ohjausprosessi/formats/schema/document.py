"""The keys of the definition format as pydantic models; the JSON Schema is made from them.

A model says which keys an entry has and what each holds by itself. What depends on another key of
the entry is checked in ``load/entry_rules``, references to other entries in ``load/references``.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ohjausprosessi.formats.schema import value_types as typed  # noqa: TC001  pydantic reads annotations
from ohjausprosessi.model import Kind  # noqa: TC001  pydantic reads annotations
from ohjausprosessi.rules.templates import TEMPLATES

_OPEN_LENGTH = "id of a duration: "


class Keys(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Entry(Keys):
    """What the document and every entry of a section has."""

    title: typed.Label | None = Field(
        None, description="What people read; one text, or one per language. Default: the id."
    )
    source: typed.Texts = Field((), description="Where the source document says so.")
    inferred: typed.Label | None = Field(
        None, description="Why it is here although the source does not say so."
    )


class OwnerEntry(Entry):
    """An organisation, a joint owner (members) or an owner outside the system (external)."""

    colour: typed.Colour = Field("grey", description="Colour of its lane and marks.")
    shape: Literal["triangle", "point", "square"] = Field(
        "square", description="Mark of its services."
    )
    members: typed.References = Field(
        (), description="Of a joint owner: the organisations it consists of."
    )
    external: bool = Field(
        default=False, description="Outside the system: no lane, no work list; owns no state."
    )


class RoleEntry(Entry):
    """Who acts: people of one owner, or the client."""

    owner: typed.Reference | None = Field(None, description="id of an owner: whose people.")
    client: Literal[True] | None = Field(None, description="true: the client.")


class PhaseEntry(Entry):
    """A column of the picture."""


class FactEntry(Entry):
    """What is known of the client; unknown until recorded."""

    type: Literal["bool", "int", "enum", "text"] = Field(description="Type of its value.")
    values: typed.EnumValues = Field(
        default_factory=dict, description="Of an enum: its values, with labels or without."
    )
    min: typed.Number | None = Field(None, description="Of an int: the least value.")
    max: typed.Number | None = Field(None, description="Of an int: the greatest value.")
    default: typed.Value | None = Field(None, description="Value when a case starts.")
    by: typed.References = Field(
        (), description="Roles and owners who may record it. Default: anybody who acts."
    )
    phases: typed.References = Field(
        (), description="Phases in which it may be recorded. Default: always."
    )
    personal: bool = Field(
        default=False,
        description="Shown only to the client and to owners who recorded or received it.",
    )


class DurationEntry(Entry):
    """A length of time."""

    length: typed.Length = Field(
        description="A number and a unit: minute, hour, workday, day, week, month or year.",
        examples=["5 workdays"],
    )


class InfoEntry(Entry):
    """What a hand-off carries: known or unknown."""

    personal: bool = Field(
        default=False,
        description="Shown only to the client and to owners who recorded or received it.",
    )


class ServiceEntry(Entry):
    """A mark on states, never a state."""

    owner: typed.Reference = Field(description="id of an owner: colour and shape of the mark.")
    phases: typed.References = Field(
        (), description="Phases in which it is offered. Default: every phase."
    )
    if_: typed.Guard | None = Field(
        None, alias="if", description="Guard: offered only to clients for whom it is true."
    )
    client: bool = Field(
        default=True, description="false: no client service, drawn but never offered."
    )


class StateEntry(Entry):
    """A place a case can be in."""

    kind: Kind = Field(
        "state", description="state waits for somebody; choice, fork, join, call and end do not."
    )
    owner: typed.Reference = Field(description="id of an owner: whose lane.")
    phase: typed.Reference | None = Field(None, description="id of a phase: its column.")
    roles: typed.References = Field((), description="Roles that take part.")
    services: typed.References = Field((), description="Services marked on the state.")
    deadline: typed.Reference | None = Field(
        None, description=_OPEN_LENGTH + "still here after it, people are reminded once."
    )
    exclusive: bool = Field(
        default=False, description="Promise that of the ordinary exits exactly one is open."
    )
    outcome: typed.Identifier | None = Field(
        None, description="Of an end: name of the result. Default: the id of the state."
    )
    process: typed.ProcessName | None = Field(
        None, description="Of a call: the process run inside, id or id@version."
    )
    with_: typed.References = Field(
        (), alias="with", description="Of a call: facts and info copied in at its start."
    )
    take: typed.References = Field(
        (), description="Of a call: facts and info copied back at its end."
    )


class HandoffEntry(Keys):
    """How the client passes from one organisation to another."""

    to: typed.Reference | None = Field(
        None, description="id of an external owner: the receiver. Default: holder of the target."
    )
    info: typed.References = Field(
        (), description="Info and facts that must be known and go to the receiver."
    )
    accept_by: typed.References = Field(
        (), description="Roles and owners who accept or decline. Default: those of the receiver."
    )
    within: typed.Reference | None = Field(None, description=_OPEN_LENGTH + "then it expires.")
    else_: typed.Reference | None = Field(
        None,
        alias="else",
        description="State a decline or expiry leads to, or back. Default: the fallback.",
    )
    ack: bool = Field(
        default=True, description="false: no answer needed; only towards the process-responsible."
    )


class TransitionEntry(Entry):
    """A way from states to a state."""

    from_: typed.SomeReferences = Field(
        alias="from", description="States it leaves, any one of them; or any_open."
    )
    to: typed.Reference = Field(description="id of the state it leads to.")
    by: typed.References = Field((), description="Roles and owners who may do it.")
    after: typed.Reference | None = Field(
        None, description=_OPEN_LENGTH + "then it fires by itself."
    )
    outcome: typed.References = Field(
        (), description="Of exits of a call: the results this exit is for."
    )
    if_: typed.Guard | None = Field(
        None, alias="if", description="Guard: must be true; an unknown fact is asked for."
    )
    set: dict[str, typed.ValueOrNull] = Field(
        default_factory=dict,
        description="Facts recorded when it fires; null is as at the start. Info: null only.",
    )
    handoff: HandoffEntry | None = Field(
        None, description="Needed where the holder changes, refused elsewhere."
    )
    interrupt: bool | None = Field(
        None, description="true: takes the client out of the ordinary course."
    )
    owner: typed.Reference | None = Field(
        None, description="id of an owner: colour of the arrow. Default: that of the state left."
    )


class DutyEntry(Entry):
    """What those who take part do beside the path; recording it moves nothing."""

    by: typed.SomeReferences = Field(description="Owners and roles that have it, each apart.")
    every: typed.Reference | None = Field(
        None, description=_OPEN_LENGTH + "overdue this long after the last time."
    )


class RuleEntry(Entry):
    """What must hold of every case."""

    rule: Literal[tuple(TEMPLATES)] = Field(description="The template.")  # type: ignore[valid-type]
    when: typed.Atoms = Field((), description="Events; any of them.")
    first: typed.Atoms = Field((), description="Events that come before; any of them.")
    then: typed.Atoms = Field((), description="Events that follow; any of them.")
    if_: typed.Guard | None = Field(
        None, alias="if", description="Guard: counts only a when at which it is true."
    )
    holds: typed.Guard | None = Field(
        None, description="Guard that must be true; of ltlf the formula."
    )
    by: typed.References = Field((), description="Roles and owners it speaks of.")
    within: typed.Reference | None = Field(None, description=_OPEN_LENGTH + "the time limit.")
    monitor: bool = Field(
        default=False, description="true: people keep it; watched on cases and logs, never proved."
    )


class Document(Entry):
    """A guidance process, definition format 1."""

    ohjausprosessi: Literal[1] = Field(description="Version of the format: 1.")
    id: typed.Identifier = Field(description="Name of the process; calls look for <id>.yaml.")
    version: typed.FilledText = Field(description="Version of this definition.")
    extends: typed.ProcessName | None = Field(
        None, description="id@version of the definition that this overlay changes."
    )
    valid: typed.Valid | None = Field(
        None, description="When it applies: from/to, ISO dates; .. is open. Default: always."
    )
    timezone: typed.TimeZone = Field(
        "UTC", description="IANA name: where days, workdays and months are counted."
    )
    holidays: typed.Country | None = Field(
        None, description="Country whose public holidays are no workdays."
    )
    responsible: typed.Reference = Field(description="id of the process-responsible owner.")
    start: typed.Reference = Field(description="id of the state in which a case begins.")
    fallback: typed.Reference | None = Field(
        None, description="id of the state where a declined or expired hand-off leads."
    )
    owners: dict[str, OwnerEntry] = Field(description="Organisations.")
    roles: dict[str, RoleEntry] = Field(description="Who acts.")
    phases: dict[str, PhaseEntry] = Field(default_factory=dict, description="Columns.")
    facts: dict[str, FactEntry] = Field(
        default_factory=dict, description="What is known of the client."
    )
    durations: dict[str, DurationEntry] = Field(
        default_factory=dict, description="Lengths of time."
    )
    info: dict[str, InfoEntry] = Field(default_factory=dict, description="What hand-offs carry.")
    services: dict[str, ServiceEntry] = Field(default_factory=dict, description="Marks on states.")
    states: dict[str, StateEntry] = Field(description="Where a case can be.")
    transitions: dict[str, TransitionEntry] = Field(description="Ways from state to state.")
    duties: dict[str, DutyEntry] = Field(
        default_factory=dict, description="What is done beside the path."
    )
    rules: dict[str, RuleEntry] = Field(
        default_factory=dict, description="What must hold of every case."
    )


ENTRIES: dict[str, type[Entry]] = {
    "owners": OwnerEntry,
    "roles": RoleEntry,
    "phases": PhaseEntry,
    "facts": FactEntry,
    "durations": DurationEntry,
    "info": InfoEntry,
    "services": ServiceEntry,
    "states": StateEntry,
    "transitions": TransitionEntry,
    "duties": DutyEntry,
    "rules": RuleEntry,
}


def keys_of(model: type[Keys]) -> tuple[str, ...]:
    """The keys of a model as written in a definition, such as ``if`` for ``if_``."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def all_keys() -> frozenset[str]:
    """Every key of the format."""
    models: list[type[Keys]] = [Document, HandoffEntry, *ENTRIES.values()]
    return frozenset(key for model in models for key in keys_of(model))


def written(entry: Keys) -> dict[str, Any]:
    """The keys an entry was written with, and their values; defaults are left out."""
    fields = type(entry).model_fields
    return {
        fields[name].alias or name: getattr(entry, name)
        for name in fields
        if name in entry.model_fields_set
    }
