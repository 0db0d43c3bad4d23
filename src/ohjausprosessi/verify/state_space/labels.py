"""Labels of places, elements and fact values, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.model import Definition, Element, Value
    from ohjausprosessi.net import Compiled

__all__ = ["element_names", "place_name", "place_names", "valuation"]


def element_names(elements: Iterable[Element]) -> Text:
    """The names of several elements, separated by commas."""
    return _listed(map(name, elements))


def place_names(compiled: Compiled, places: Iterable[int]) -> Text:
    """The names of several places in the order of the net, separated by commas."""
    return _listed(place_name(compiled, place) for place in sorted(places))


def _listed(names: Iterable[Text]) -> Text:
    every = tuple(names)
    return Text.made_by(lambda lang: ", ".join(one.text(lang) for one in every))


def place_name(compiled: Compiled, number: int) -> Text:
    """What a place of the net stands for: a state, an open hand-off, an arrival, a result."""
    place = compiled.net.places[number]
    definition = compiled.net.scopes[place.scope].definition
    if place.kind in {"offered", "arrived"}:
        told = name(definition.transitions[place.transition or ""])
        if place.kind == "offered":
            return Text(f"avoin luovutus {told.fi}", f"the open hand-off {told.en}")
        return Text(f"yhdistymistä odottava {told.fi}", f"{told.en}, waiting to be joined")
    told = name(definition.states[place.state or ""])
    if place.kind == "returned":
        return Text(
            f"tilan {told.fi} tulos {place.outcome}", f"the result {place.outcome} of {told.en}"
        )
    return Text(f"tila {told.fi}", f"the state {told.en}")


def valuation(definition: Definition, values: Mapping[str, Value | None]) -> Text:
    """Facts with their values in the labels of the process; None = unknown."""
    return Text(
        _valuation(definition, values, "fi", "ei tiedossa", "kirjattu"),
        _valuation(definition, values, "en", "not known", "recorded"),
    )


def _valuation(
    definition: Definition,
    values: Mapping[str, Value | None],
    lang: str,
    unknown: str,
    recorded: str,
) -> str:
    told = []
    for known, value in values.items():
        if known in definition.facts:
            fact = definition.facts[known]
            text = unknown if value is None else fact.value_text(value, lang)
            told.append(f"{fact.text(lang)}: {text}")
        else:
            told.append(
                f"{definition.info[known].text(lang)}: {unknown if value is None else recorded}"
            )
    return "; ".join(told)
