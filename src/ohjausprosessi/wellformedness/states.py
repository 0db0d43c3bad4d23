"""Start, ends and fallback of a process, and the services of its states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model.naming import kind, listed, name
from ohjausprosessi.wellformedness.problem import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition


def start_kind(definition: Definition) -> Iterator[Finding]:
    """Find a start that is not a waiting state."""
    start = definition.states[definition.start]
    if start.kind != "state":
        told, sort = name(start), kind(start)
        yield problem(
            definition,
            "start-kind",
            "start",
            message=Text(
                f"alku {told.fi} on {sort.fi}, ei odottava tila",
                f"the start {told.en} is {sort.en}, not a waiting state",
            ),
            hint=Text(
                "aloita tilasta, jossa joku ottaa asiakkaan vastaan (`kind: state`)",
                "begin in a state where somebody receives the client (`kind: state`)",
            ),
        )


def end_exit(definition: Definition) -> Iterator[Finding]:
    """Find transitions that leave an end; ``interrupt-source`` checks interrupts."""
    for transition in definition.transitions.values():
        if transition.interrupt:
            continue
        for index, source in enumerate(definition.states[one] for one in transition.sources):
            if source.kind == "end":
                way, told = name(transition), name(source)
                yield problem(
                    definition,
                    "end-exit",
                    *("transitions", transition.id, "from", str(index)),
                    message=Text(
                        f"siirtymä {way.fi} lähtee lopusta {told.fi}, vaikka prosessi päättyy "
                        f"siihen",
                        f"the transition {way.en} leaves the end {told.en}, where the process is "
                        f"over",
                    ),
                    hint=Text(
                        "ota loppu pois siirtymän `from`-kohdasta; jos asiakas vielä jatkaa, tee "
                        "siitä odottava tila",
                        "take the end out of `from`; if the client goes on, make it a waiting "
                        "state",
                    ),
                )


def fallback_kind(definition: Definition) -> Iterator[Finding]:
    """Find a fallback that is not a waiting state (H6)."""
    if definition.fallback is None:
        return
    fallback = definition.states[definition.fallback]
    if fallback.kind != "state":
        told, sort = name(fallback), kind(fallback)
        yield problem(
            definition,
            "fallback-kind",
            "fallback",
            message=Text(
                f"paluutila {told.fi} on {sort.fi}, ei odottava tila",
                f"the fallback {told.en} is {sort.en}, not a waiting state",
            ),
            hint=Text(
                "nimeä odottava tila, jossa prosessivastuullinen ottaa asiakkaan takaisin",
                "name a waiting state where the process-responsible takes the client back",
            ),
        )


def fallback_owner(definition: Definition) -> Iterator[Finding]:
    """Find a fallback that is not held by the process-responsible (H6)."""
    if definition.fallback is None:
        return
    holder = definition.owners[definition.state_holder(definition.fallback)]
    if holder.id != definition.responsible:
        told = name(definition.states[definition.fallback])
        theirs, ours = name(holder), name(definition.owners[definition.responsible])
        yield problem(
            definition,
            "fallback-owner",
            "fallback",
            message=Text(
                f"paluutilassa {told.fi} asiakas on omistajalla {theirs.fi}, ei "
                f"prosessivastuullisella "
                f"{ours.fi}",
                f"in the fallback {told.en} the client is with {theirs.en}, not with the "
                f"process-responsible {ours.en}",
            ),
            hint=Text(
                "nimeä tila, jonka omistaa prosessivastuullinen yksin tai yhdessä muiden kanssa",
                "name a state that the process-responsible owns, alone or jointly",
            ),
        )


def service_phase(definition: Definition) -> Iterator[Finding]:
    """Find services listed by a state in whose phase they are not offered."""
    for state in definition.states.values():
        if state.phase is None:
            continue
        for index, service in enumerate(definition.services[one] for one in state.services):
            if service.phases and state.phase not in service.phases:
                told, mark = name(state), name(service)
                here = name(definition.phases[state.phase])
                offered = listed(definition.phases[phase] for phase in service.phases)
                yield problem(
                    definition,
                    "service-phase",
                    *("states", state.id, "services", str(index)),
                    message=Text(
                        f"tila {told.fi} on vaiheessa {here.fi}, mutta palvelua {mark.fi} "
                        f"tarjotaan "
                        f"vain täällä: {offered.fi}",
                        f"the state {told.en} is in the phase {here.en}, but the service "
                        f"{mark.en} is offered only in {offered.en}",
                    ),
                    hint=Text(
                        "poista palvelu tilasta, tai lisää vaihe palvelun `phases`-luetteloon",
                        "remove the service from the state, or add the phase to its `phases`",
                    ),
                )
