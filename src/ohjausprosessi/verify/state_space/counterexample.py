"""Counterexamples: a run through the state space as the steps that a finding shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Step, Stop, Text
from ohjausprosessi.rules.alphabet import somebody
from ohjausprosessi.text.shorten import one_line
from ohjausprosessi.verify.state_space.labels import place_name, valuation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.model import Element, Value
    from ohjausprosessi.net import Compiled, Move
    from ohjausprosessi.net.moves import HandOver
    from ohjausprosessi.verify.state_space.symbolic_step import Run, SymbolicEvent

__all__ = ["steps"]


def steps(compiled: Compiled, run: Run, tried: Move | None = None) -> tuple[Step, ...]:
    """The steps of a run.

    Args:
        compiled: the compiled process.
        run: the events and the state each leads to, from the start of the case on.
        tried: a move that is refused after the last event.
    """
    counterexample: list[Step] = []
    handing: dict[int, HandOver] = {}
    known: dict[int, Value | None] = {}
    for event, symbolic_state in run:
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
        label = _label(None, tried, Text("", ""))
        stops = counterexample[-1].stops
        name, by = tried.net.name, somebody(tried)
        counterexample.append(Step(name, label, by, _left(tried), (), stops, done=False))
    return tuple(counterexample)


# ---- where the case is


def _stop(compiled: Compiled, place: int, handing: Mapping[int, HandOver]) -> Stop:
    definition, found = compiled.scope_of(place).definition, compiled.net.places[place]
    owners = definition.owners
    label = place_name(compiled, place)
    if found.kind == "state":
        label = _title(definition.states[found.state or ""])
    handed = handing.get(place)
    if handed is None:
        holder = compiled.holders[place]
        return Stop(found.name, label, holder, _title(owners[holder]))
    giver, receiver = _title(owners[handed.giver]), _title(owners[handed.receiver])
    held = Text(f"{giver.fi} → {receiver.fi}", f"{giver.en} → {receiver.en}")
    return Stop(found.name, label, handed.giver, held)


def _title(element: Element) -> Text:
    return Text.made_by(lambda lang: one_line(element.text(lang)))


# ---- what happens


def _step(compiled: Compiled, event: SymbolicEvent, stops: tuple[Stop, ...]) -> Step:
    move = event.moves[0] if event.automatic < len(event.moves) else None
    facts = {
        compiled.slots[number].name: (compiled.slots[number].scope, value)
        for number, value in event.given.items()
    }
    known = tuple((name, value) for name, (_, value) in facts.items())
    label = _label(event, move, _given(compiled, facts))
    return Step(event.name, label, event.by, _left(move), known, stops)


def _left(move: Move | None) -> str | None:
    """The waiting state that an act names as its source; an interrupt names none."""
    return None if move is None or move.interrupts else move.state


def _given(compiled: Compiled, facts: Mapping[str, tuple[int, Value | None]]) -> Text:
    """Facts in parentheses, those of each process in its own labels."""
    known = Text("", "")
    for scope in sorted({scope for scope, _ in facts.values()}):
        definition = compiled.net.scopes[scope].definition
        part = valuation(definition, {n: v for n, (s, v) in facts.items() if s == scope})
        known = Text(f"{known.fi} ({part.fi})", f"{known.en} ({part.en})")
    return known


_ANSWERED = {
    "accept": ("vastaanotetaan", "accepted"),
    "decline": ("torjutaan", "declined"),
    "expire": ("ei vastata ajoissa", "not answered in time"),
}


def _label(event: SymbolicEvent | None, move: Move | None, known: Text) -> Text:
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
