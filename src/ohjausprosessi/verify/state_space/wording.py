"""Words findings: elements by their titles, counterexamples as steps, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Step, Stop, Text
from ohjausprosessi.model.naming import name
from ohjausprosessi.rules.alphabet import somebody
from ohjausprosessi.text.shorten import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.model import Definition, Element, Value
    from ohjausprosessi.net import Compiled, Move
    from ohjausprosessi.net.moves import HandOver
    from ohjausprosessi.verify.state_space.symbolic_step import Run, SymbolicEvent


def names(elements: Iterable[Element]) -> Text:
    """The names of several elements, separated by commas."""
    every = [name(element) for element in elements]
    return Text(", ".join(one.fi for one in every), ", ".join(one.en for one in every))


def titles(elements: Iterable[Element]) -> Text:
    """The titles of several elements, separated by commas."""
    every = tuple(elements)
    fi, en = (", ".join(one_line(one.text(lang)) for one in every) for lang in ("fi", "en"))
    return Text(fi, en)


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


def place_name(compiled: Compiled, number: int) -> Text:
    """A place of the net in words: a state, an open hand-off, an arrival, a result."""
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


def steps(compiled: Compiled, way: Run, tried: Move | None = None) -> tuple[Step, ...]:
    """A path through the state space as the steps of a counterexample.

    Args:
        compiled: the compiled definition.
        way: the events and the state each leads to, from the start on.
        tried: a move that is refused at the end.
    """
    counterexample: list[Step] = []
    handing: dict[int, HandOver] = {}
    known: dict[int, Value | None] = {}
    for event, symbolic_state in way:
        given = {n: v for n, v in event.given.items() if n not in known or known[n] != v}
        known |= given
        for move in event.moves:
            handing |= {
                handed.place: handed for handed in move.hand_overs if handed.place is not None
            }
            if move.net.kind == "return" or move.net.outputs & compiled.called.keys():
                known.clear()  # what is copied between caller and called is not followed here
            for number, _ in move.sets:
                known.pop(number, None)
        stops = tuple(_stop(compiled, place, handing) for place in sorted(symbolic_state.marking))
        counterexample.append(_step(compiled, replace(event, given=given), stops))
    if tried is not None:
        words = _happens(None, tried, Text("", ""))
        state = None if tried.interrupts else tried.state
        step = Step(
            tried.net.name, words, somebody(tried), state, (), counterexample[-1].stops, done=False
        )
        counterexample.append(step)
    return tuple(counterexample)


def _stop(compiled: Compiled, place: int, handing: Mapping[int, HandOver]) -> Stop:
    definition, found = compiled.scope_of(place).definition, compiled.net.places[place]
    owners, exact = definition.owners, found.name
    told = place_name(compiled, place)
    if found.kind == "state":
        told = titles([definition.states[found.state or ""]])
    handed = handing.get(place)
    if handed is None:
        holder = compiled.holders[place]
        return Stop(exact, told, holder, titles([owners[holder]]))
    giver, receiver = titles([owners[handed.giver]]), titles([owners[handed.receiver]])
    held = Text(f"{giver.fi} → {receiver.fi}", f"{giver.en} → {receiver.en}")
    return Stop(exact, told, handed.giver, held)


def _step(compiled: Compiled, event: SymbolicEvent, stops: tuple[Stop, ...]) -> Step:
    move = event.moves[0] if event.automatic < len(event.moves) else None
    facts = {
        compiled.slots[number].name: (compiled.slots[number].scope, value)
        for number, value in event.given.items()
    }
    known = tuple((name, value) for name, (_, value) in facts.items())
    state = None if move is None or move.interrupts else move.state
    return Step(
        event.name, _happens(event, move, _known(compiled, facts)), event.by, state, known, stops
    )


_ANSWERED = {
    "accept": ("vastaanotetaan", "accepted"),
    "decline": ("torjutaan", "declined"),
    "expire": ("ei vastata ajoissa", "not answered in time"),
}


def _known(compiled: Compiled, facts: Mapping[str, tuple[int, Value | None]]) -> Text:
    """Facts in parentheses, those of each process in its own labels."""
    known = Text("", "")
    for scope in sorted({scope for scope, _ in facts.values()}):
        definition = compiled.net.scopes[scope].definition
        part = valuation(definition, {n: v for n, (s, v) in facts.items() if s == scope})
        known = Text(f"{known.fi} ({part.fi})", f"{known.en} ({part.en})")
    return known


def _happens(event: SymbolicEvent | None, move: Move | None, known: Text) -> Text:
    transition = None if move is None else move.transition
    if move is None or transition is None:
        fi, en = "kirjataan", "recorded"
        if event is not None and event.name == "start":
            fi, en = "tapaus alkaa", "the case starts"
        elif not known.fi:
            fi, en = "jatkuu itsestään", "goes on by itself"
        return Text(f"{fi}{known.fi}", f"{en}{known.en}")
    fi, en = _ANSWERED.get(move.net.kind, ("", ""))
    return Text(
        f"{one_line(transition.text('fi'))}{f' – {fi}' if fi else ''}{known.fi}",
        f"{one_line(transition.text('en'))}{f' – {en}' if en else ''}{known.en}",
    )
