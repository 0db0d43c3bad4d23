"""Checks of what is written: where it comes from, and whether anything uses it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ohjausprosessi.model import Definition, Element, Section
    from ohjausprosessi.net import Compiled
    from ohjausprosessi.verify.state_space.analysis import AnalysisContext

_SECTIONS: tuple[Section, ...] = (
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
)


def untraced(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find elements that say neither where they come from nor why they are here.

    An error where the document itself says it: it then promises it of every element. A document
    in which nothing at all is traced gets one warning, not one for each element.
    """
    definition = analysis.definition
    elements: list[tuple[Section, Element]] = []
    for section in _SECTIONS:
        own: Mapping[str, Element] = getattr(definition, section)
        for element in own.values():
            elements.append((section, element))  # noqa: PERF401  a comprehension loses the type
    missing = [entry for entry in elements if not _is_traced(entry[1])]
    if _is_traced(definition):
        for section, element in missing:
            yield _untraced(definition, section, element)
    elif missing and len(missing) == len(elements):
        yield Finding.warning(
            "untraced",
            definition.origin.location(),
            Text(
                "määrittely ei kerro, mistä sen osat ovat peräisin",
                "the definition does not say where its elements come from",
            ),
            Text(
                "kerro `source` tai `inferred`, ensin koko prosessille",
                "say `source` or `inferred`, of the whole process first",
            ),
        )
    else:
        for section, element in missing:
            yield _untraced(definition, section, element)


def _is_traced(element: Element) -> bool:
    return bool(element.source) or element.inferred is not None


def _untraced(definition: Definition, section: Section, element: Element) -> Finding:
    told = name(element)
    make = Finding.error if _is_traced(definition) else Finding.warning
    return make(
        "untraced",
        definition.origin.location(section, element.id),
        Text(
            f"ei kerrota, mistä {told.fi} on peräisin", f"it is not said where {told.en} comes from"
        ),
        Text(
            "lisää `source` (missä lähde sanoo sen) tai `inferred` (miksi se on päätelty)",
            "add `source` (where the source says so) or `inferred` (why it is inferred)",
        ),
    )


def service_unused(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find services that no state lists."""
    definition = analysis.definition
    used = set(chain.from_iterable(state.services for state in definition.states.values()))
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


def fact_unused(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find facts that nothing reads or sets: no guard, rule, transition, hand-off or call."""
    definition = analysis.definition
    used = _facts_used(analysis.compiled)
    for fact in definition.facts.values():
        if fact.id not in used:
            told = name(fact)
            yield Finding.warning(
                "fact-unused",
                definition.origin.location("facts", fact.id),
                Text(
                    f"tietoa {told.fi} ei lueta eikä aseteta missään: se ei ratkaise mitään eikä "
                    f"kulje "
                    "kenellekään",
                    f"nothing reads or sets the fact {told.en}: it decides nothing and travels to "
                    "nobody",
                ),
                Text(
                    "käytä sitä ehdossa, luovutuksessa tai kutsussa, tai poista tieto",
                    "use it in a guard, a hand-off or a call, or remove the fact",
                ),
            )


def _facts_used(compiled: Compiled) -> set[str]:
    definition = compiled.definition
    used = {name for condition in compiled.conditions() for name in condition.guard.reads}
    for transition in definition.transitions.values():
        used |= transition.sets.keys()
        if transition.handoff is not None:
            used |= set(transition.handoff.info)
    for state in definition.states.values():
        used |= {*state.gives, *state.takes}
    return used
