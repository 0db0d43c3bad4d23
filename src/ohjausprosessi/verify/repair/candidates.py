"""Repair candidates: single edits that may remove an error; ``repair`` verifies them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model import Handoff, State, Transition, is_answered
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition

    Edit = tuple[Text, Definition]

__all__ = ["edits"]


def edits(definition: Definition, errors: Iterable[Finding]) -> Iterator[Edit]:
    """Yield the candidates for some errors: what to do, and the edited definition."""
    found = tuple(errors)
    yield from _ways_out(definition, found)
    yield from _joins_added(definition, found)
    yield from _elses(definition, found)
    yield from _joins_undone(definition)
    yield from _ways_back(definition)


def _named(errors: Iterable[Finding], section: str, *codes: str) -> Iterator[str]:
    """Yield the elements of a section at which errors of some codes are located, each once."""
    named = [f.location.element for f in errors if f.code in codes]
    yield from dict.fromkeys(element[1] for element in named if element[0] == section)


def _edited(definition: Definition, *changed: Transition) -> Definition:
    """The definition with some transitions replaced or added."""
    added = {transition.id: transition for transition in changed}
    return replace(definition, transitions={**definition.transitions, **added})


# ---- where cases get stuck


def _ways_out(definition: Definition, errors: Iterable[Finding]) -> Iterator[Edit]:
    """Add a transition out of a state in which cases get stuck.

    Targets are the fallback, the start and the ends whose holder is the same or the
    process-responsible, so that nobody has to answer a hand-off.
    """
    ids = [definition.fallback, definition.start, *(end.id for end in definition.ends)]
    for stuck in _named(errors, "states", "no-way-to-end"):
        holder = definition.state_holder(stuck)
        for target in dict.fromkeys(filter(None, ids)):
            near = definition.state_holder(target) in {holder, definition.responsible}
            if definition.states[stuck].kind == "state" and target != stuck and near:
                yield _with_transition(definition, stuck, target)


def _with_transition(definition: Definition, source: str, target: str) -> Edit:
    holder = definition.state_holder(source)
    passes = holder != definition.state_holder(target)
    added = Transition(
        id=f"{source}_{target}",
        sources=(source,),
        to=target,
        by=(holder,),
        handoff=Handoff(ack=False) if passes else None,
    )
    left, entered = name(definition.states[source]), name(definition.states[target])
    who = name(definition.owners[holder])
    return (
        Text(
            f"lisää siirtymä tilasta {left.fi} tilaan {entered.fi}, tekijänä {who.fi}",
            f"add a transition from {left.en} to {entered.en}, by {who.en}",
        ),
        _edited(definition, added),
    )


# ---- where branches meet


def _joins_added(definition: Definition, errors: Iterable[Finding]) -> Iterator[Edit]:
    """Insert a join before a state or end in which branches meet."""
    moved = _named(errors, "transitions", "improper-completion", "unsafe")
    for target in dict.fromkeys(definition.transitions[t].to for t in moved):
        state = definition.states[target]
        if state.kind == "join":
            continue
        taken = {*definition.states, *definition.transitions}
        join, onward = (_free(f"{target}_{part}", taken) for part in ("liittyma", "jatkuu"))
        joined = State(id=join, kind="join", owner=state.owner, phase=state.phase)
        entries = [entry for entry in definition.entries(target) if not entry.interrupt]
        changed = [replace(entry, to=join) for entry in entries]
        added = _edited(definition, *changed, Transition(id=onward, sources=(join,), to=target))
        told = name(state)
        yield (
            Text(
                f"lisää yhdistyminen (`kind: join`) ennen tilaa {told.fi}: sinne mennään, kun "
                f"kaikki "
                "haarat ovat valmiit",
                f"add a join (`kind: join`) before {told.en}: it is entered once every branch is "
                "done",
            ),
            replace(added, states={**definition.states, join: joined}),
        )


def _free(wanted: str, taken: set[str]) -> str:
    """An unused id, derived from the one wanted."""
    while wanted in taken:
        wanted += "_2"
    return wanted


def _joins_undone(definition: Definition) -> Iterator[Edit]:
    """Turn a join into a merge of alternatives, or merge two transitions into it.

    A join waits for each incoming transition (E3), so alternatives must be a single one.
    """
    for join in [state for state in definition.states.values() if state.kind == "join"]:
        told = name(join)
        yield (
            Text(
                f"tee yhdistymisestä {told.fi} kohta, jossa vaihtoehdot yhtyvät (`kind: choice`)",
                f"make the join {told.en} a place where alternatives meet (`kind: choice`)",
            ),
            replace(
                definition, states={**definition.states, join.id: replace(join, kind="choice")}
            ),
        )
        for one, other in combinations(definition.entries(join.id), 2):
            if _terms(one) == _terms(other):
                yield _merged(definition, one, other)


def _terms(transition: Transition) -> tuple[object, ...]:
    return transition.guard, transition.handoff, dict(transition.sets)


def _merged(definition: Definition, one: Transition, other: Transition) -> Edit:
    both = replace(
        one,
        sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
        by=tuple(dict.fromkeys((*one.by, *other.by))),
    )
    transitions = {**definition.transitions, one.id: both}
    del transitions[other.id]
    first, second = name(one), name(other)
    return (
        Text(
            f"yhdistä siirtymät {first.fi} ja {second.fi}: yhdistyminen odottaa niitä kumpaakin",
            f"merge {first.en} and {second.en} into one transition: the join waits for both",
        ),
        replace(definition, transitions=transitions),
    )


# ---- choices and hand-offs


def _elses(definition: Definition, errors: Iterable[Finding]) -> Iterator[Edit]:
    """Remove the guard of an exit of an incomplete choice, which makes it the else."""
    for choice in _named(errors, "states", "choice-incomplete"):
        for exit_ in definition.exits(choice):
            if definition.states[choice].kind == "choice" and exit_.guard:
                told = name(exit_)
                yield (
                    Text(
                        f"poista siirtymältä {told.fi} `if`: sitä kuljetaan, kun muiden ehdot "
                        f"eivät toteudu",
                        f"remove the `if` of {told.en}: it is then taken when no other guard is "
                        f"true",
                    ),
                    _edited(definition, replace(exit_, guard=None)),
                )


def _ways_back(definition: Definition) -> Iterator[Edit]:
    """Let a hand-off that is not accepted return to the state it left."""
    for transition in definition.transitions.values():
        handoff = transition.handoff
        if handoff is not None and not handoff.otherwise and is_answered(definition, transition):
            told = name(transition)
            yield (
                Text(
                    f"anna luovutukselle {told.fi} `else: back`",
                    f"give the hand-off {told.en} `else: back`",
                ),
                _edited(
                    definition, replace(transition, handoff=replace(handoff, otherwise="back"))
                ),
            )
