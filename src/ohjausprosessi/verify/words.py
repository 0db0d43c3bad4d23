"""How findings are worded: elements by the names people read, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.errors import Finding, Severity, Text
from ohjausprosessi.restrictions.wording import name, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.engine import Machine
    from ohjausprosessi.errors import Where
    from ohjausprosessi.model import Definition, Element, Value
    from ohjausprosessi.verify.running import Event


def names(elements: Iterable[Element]) -> Text:
    """Return several elements, each by its name."""
    every = [name(element) for element in elements]
    return Text(", ".join(one.fi for one in every), ", ".join(one.en for one in every))


def valuation(definition: Definition, values: Mapping[str, Value | None]) -> Text:
    """Return facts and their values in the labels of the process; None = not known."""
    return Text(
        _valuation(definition, values, "fi", "ei tiedossa", "kirjattu"),
        _valuation(definition, values, "en", "not known", "recorded"),
    )


def _valuation(
    definition: Definition,
    values: Mapping[str, Value | None],
    language: str,
    unknown: str,
    recorded: str,
) -> str:
    told = []
    for known, value in values.items():
        if known in definition.facts:
            fact = definition.facts[known]
            text = unknown if value is None else fact.value_text(value, language)
            told.append(f"{fact.text(language)}: {text}")
        else:
            told.append(
                f"{definition.info[known].text(language)}: {unknown if value is None else recorded}"
            )
    return "; ".join(told)


def finding(
    code: str,
    severity: Severity,
    where: Where,
    *,
    fi: str,
    en: str,
    hint: tuple[str, str] | None = None,
    trace: tuple[str, ...] = (),
) -> Finding:
    """Return a finding; ``hint`` is a pair of Finnish and English."""
    remedy = None if hint is None else Text(*hint)
    return Finding(code, severity, Text(fi, en), where, remedy, trace)


def place_name(machine: Machine, number: int) -> Text:
    """Return what is at a place, in words: a state, an open hand-off, an arrival, a result."""
    place = machine.net.places[number]
    definition = machine.net.scopes[place.scope].definition
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


def course(machine: Machine, events: Iterable[Event]) -> Text:
    """Tell a course in the titles of the process, with the facts recorded on the way."""
    told = [_step(machine, event) for event in events]
    told = [step for step in told if step.fi]
    return Text(" → ".join(step.fi for step in told), " → ".join(step.en for step in told))


_ANSWERED = {
    "accept": ("vastaanotetaan", "accepted"),
    "decline": ("torjutaan", "declined"),
    "expire": ("ei vastata ajoissa", "not answered in time"),
}


def _step(machine: Machine, event: Event) -> Text:
    facts = {
        machine.slots[number].name: (machine.slots[number].scope, value)
        for number, value in event.given.items()
    }
    known = Text("", "")
    for scope in sorted({scope for scope, _ in facts.values()}):
        definition = machine.net.scopes[scope].definition
        part = valuation(definition, {n: v for n, (s, v) in facts.items() if s == scope})
        known = Text(f"{known.fi} ({part.fi})", f"{known.en} ({part.en})")
    if event.automatic == len(event.moves) or event.moves[0].transition is None:
        return Text(known.fi.strip(), known.en.strip())
    move = event.moves[0]
    transition = move.transition
    title = Text("", "") if transition is None else Text(*map(transition.text, ("fi", "en")))
    fi, en = _ANSWERED.get(move.net.kind, ("", ""))
    return Text(
        f"{printed(title.fi)}{f' – {fi}' if fi else ''}{known.fi}",
        f"{printed(title.en)}{f' – {en}' if en else ''}{known.en}",
    )
