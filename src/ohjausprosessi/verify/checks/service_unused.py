"""Services that no state lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def service_unused(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find services that no state lists."""
    definition = analysis.definition
    used = {service for state in definition.states.values() for service in state.services}
    for service in definition.services.values():
        if service.id not in used:
            told = name(service)
            yield Finding.warning(
                "service-unused",
                definition.origin.location("services", service.id),
                Text(
                    f"palvelua {told.fi} ei tarjota missään tilassa",
                    f"the service {told.en} is offered in no state",
                ),
                Text(
                    "lisää se jonkin tilan `services`-luetteloon tai poista palvelu",
                    "list it in the `services` of a state, or remove the service",
                ),
            )
