"""The registry of the well-formedness checks of SEMANTICS §13 A, by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ohjausprosessi.model import Section
from ohjausprosessi.wellformedness import (
    calls,
    cycles,
    gateways,
    handoffs,
    owners,
    returns,
    states,
    transitions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition

    Check = Callable[[Definition], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "members": owners.members,
    "role-owner": owners.role_owner,
    "responsible-owner": owners.responsible_owner,
    "state-owner": owners.state_owner,
    "start-kind": states.start_kind,
    "end-exit": states.end_exit,
    "automatic-by": gateways.automatic_by,
    "choice-else": gateways.choice_else,
    "fork-exits": gateways.fork_exits,
    "join-exits": gateways.join_exits,
    "gateway-list": gateways.gateway_list,
    "nobody": transitions.nobody,
    "interrupt-by": transitions.interrupt_by,
    "interrupt-source": transitions.interrupt_source,
    "automatic-cycle": cycles.automatic_cycle,
    "call-outcomes": calls.call_outcomes,
    "call-exits": calls.call_exits,
    "call-responsible": calls.call_responsible,
    "call-holder": calls.call_holder,
    "call-clash": calls.call_clash,
    "call-facts": calls.call_facts,
    "fallback-kind": states.fallback_kind,
    "fallback-owner": states.fallback_owner,
    "handoff-missing": handoffs.handoff_missing,
    "handoff-needless": handoffs.handoff_needless,
    "handoff-return": returns.handoff_return,
    "return-kind": returns.return_kind,
    "return-owner": returns.return_owner,
    "handoff-nobody": handoffs.handoff_nobody,
    "handoff-receiver": handoffs.handoff_receiver,
    "handoff-to": handoffs.handoff_to,
    "handoff-ack": handoffs.handoff_ack,
    "service-phase": states.service_phase,
}


def problems(definition: Definition) -> tuple[Finding, ...]:
    """Run every check on a definition.

    Args:
        definition: a definition whose references all resolve, with the processes it calls.

    Returns:
        Errors in the order of the file, else in the order of sections and entries; those of one
        location in the order of ``CHECKS``.
    """
    found = [finding for check in CHECKS.values() for finding in check(definition)]
    return tuple(sorted(found, key=lambda finding: _place(definition, finding)))


def _place(definition: Definition, finding: Finding) -> tuple[int, int, int, int]:
    """The sort key of a finding: line and column, then section and entry."""
    location = finding.location
    sections = get_args(Section)
    section = entry = -1  # keys of the document come first
    if location.element[0] in sections:
        section = sections.index(location.element[0])
        entry = list(getattr(definition, location.element[0])).index(location.element[1])
    return (location.line or 0, location.column or 0, section, entry)
