"""Builds the frozen model from validated entries, with the defaults filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ohjausprosessi import model
from ohjausprosessi.formats.schema.value_types import length_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.formats.schema import document as keys


def label(value: str | Mapping[str, str] | None) -> model.Label | None:
    """The label of the model; a single text is stored without a language code."""
    if value is None:
        return None
    return model.Label((("", value),) if isinstance(value, str) else tuple(value.items()))


def _common(identifier: str, entry: keys.Entry) -> dict[str, Any]:
    return {
        "id": identifier,
        "title": label(entry.title),
        "source": entry.source,
        "inferred": label(entry.inferred),
    }


def _owner(identifier: str, entry: keys.OwnerEntry) -> model.Owner:
    return model.Owner(
        **_common(identifier, entry),
        colour=entry.colour,
        shape=entry.shape,
        members=entry.members,
        external=entry.external,
    )


def _role(identifier: str, entry: keys.RoleEntry) -> model.Role:
    return model.Role(
        **_common(identifier, entry), owner=entry.owner, client=entry.client is not None
    )


def _phase(identifier: str, entry: keys.PhaseEntry) -> model.Phase:
    return model.Phase(**_common(identifier, entry))


def _fact(identifier: str, entry: keys.FactEntry) -> model.Fact:
    return model.Fact(
        **_common(identifier, entry),
        type=entry.type,
        values={value: label(text) for value, text in entry.values.items()},
        min=entry.min,
        max=entry.max,
        default=entry.default,
        by=entry.by,
        phases=entry.phases,
        personal=entry.personal,
    )


def _info(identifier: str, entry: keys.InfoEntry) -> model.Info:
    return model.Info(**_common(identifier, entry), personal=entry.personal)


def _duration(identifier: str, entry: keys.DurationEntry) -> model.Duration:
    amount, unit = length_parts(entry.length)
    return model.Duration(**_common(identifier, entry), amount=amount, unit=unit)


def _service(identifier: str, entry: keys.ServiceEntry) -> model.Service:
    return model.Service(
        **_common(identifier, entry),
        owner=entry.owner,
        phases=entry.phases,
        guard=entry.if_,
        client=entry.client,
    )


def _state(identifier: str, entry: keys.StateEntry) -> model.State:
    return model.State(
        **_common(identifier, entry),
        kind=entry.kind,
        owner=entry.owner,
        phase=entry.phase,
        roles=entry.roles,
        services=entry.services,
        deadline=entry.deadline,
        exclusive=entry.exclusive,
        outcome=entry.outcome,
        process=entry.process,
        gives=entry.with_,
        takes=entry.take,
    )


def _handoff(entry: keys.HandoffEntry) -> model.Handoff:
    return model.Handoff(
        to=entry.to,
        info=entry.info,
        accept_by=entry.accept_by,
        within=entry.within,
        otherwise=entry.else_,
        ack=entry.ack,
    )


def _transition(identifier: str, entry: keys.TransitionEntry) -> model.Transition:
    any_open = "any_open" in entry.from_
    return model.Transition(
        **_common(identifier, entry),
        sources=() if any_open else entry.from_,
        to=entry.to,
        by=entry.by,
        after=entry.after,
        outcomes=entry.outcome,
        guard=entry.if_,
        sets=entry.set,
        handoff=None if entry.handoff is None else _handoff(entry.handoff),
        interrupt=any_open or bool(entry.interrupt),
        owner=entry.owner,
    )


def _duty(identifier: str, entry: keys.DutyEntry) -> model.Duty:
    return model.Duty(**_common(identifier, entry), by=entry.by, every=entry.every)


def _rule(identifier: str, entry: keys.RuleEntry) -> model.Rule:
    return model.Rule(
        **_common(identifier, entry),
        rule=entry.rule,
        when=entry.when,
        first=entry.first,
        then=entry.then,
        guard=entry.if_,
        holds=entry.holds,
        by=entry.by,
        within=entry.within,
        monitor=entry.monitor,
    )


def build_facts(document: keys.Document) -> dict[str, model.Fact]:
    """The facts among the valid entries."""
    return {name: _fact(name, entry) for name, entry in document.facts.items()}


def build_info(document: keys.Document) -> dict[str, model.Info]:
    """The information items among the valid entries."""
    return {name: _info(name, entry) for name, entry in document.info.items()}


def build(
    document: keys.Document,
    origin: model.Origin,
    facts: Mapping[str, model.Fact],
    info: Mapping[str, model.Info],
    calls: Mapping[str, model.Definition],
) -> model.Definition:
    """Build the definition that a valid document describes.

    Args:
        document: the validated entries.
        origin: where they are written.
        facts: the result of ``build_facts``.
        info: the result of ``build_info``.
        calls: id of a call to the definition it runs.
    """
    return model.Definition(
        **_common(document.id, document),
        version=document.version,
        valid=_period(document.valid),
        timezone=document.timezone,
        holidays=document.holidays,
        responsible=document.responsible,
        start=document.start,
        fallback=document.fallback,
        owners={name: _owner(name, entry) for name, entry in document.owners.items()},
        roles={name: _role(name, entry) for name, entry in document.roles.items()},
        phases={name: _phase(name, entry) for name, entry in document.phases.items()},
        facts=facts,
        durations={name: _duration(name, entry) for name, entry in document.durations.items()},
        info=info,
        services={name: _service(name, entry) for name, entry in document.services.items()},
        states={name: _state(name, entry) for name, entry in document.states.items()},
        transitions={
            name: _transition(name, entry) for name, entry in document.transitions.items()
        },
        duties={name: _duty(name, entry) for name, entry in document.duties.items()},
        rules={name: _rule(name, entry) for name, entry in document.rules.items()},
        calls=calls,
        origin=origin,
    )


def _period(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    first, last = text.split("/")
    return first, last
