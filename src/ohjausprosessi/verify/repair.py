"""Single edits that would mend a definition, each tried and verified.

An edit is offered only if the definition then still has a meaning, has fewer errors and has none
that it did not have. Whether it is the right one for the people concerned is theirs to say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from ohjausprosessi.errors import Text
from ohjausprosessi.model import Handoff, Transition, is_answered
from ohjausprosessi.restrictions import problems
from ohjausprosessi.restrictions.wording import name
from ohjausprosessi.verify.checks import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ohjausprosessi.errors import Finding
    from ohjausprosessi.model import Definition, State

__all__ = ["Repair", "repairs"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit that mends something.

    Attributes:
        texts: what to do, in words.
        definition: the result.
        mended: the errors that are gone.
        remaining: the errors that are left.
    """

    texts: Text
    definition: Definition
    mended: tuple[Finding, ...]
    remaining: tuple[Finding, ...]


def repairs(definition: Definition) -> tuple[Repair, ...]:
    """Return the single edits that mend a definition, the best first.

    Tried: a transition from a state where cases get stuck to an end, the fallback or the start; a
    join made a place where alternatives meet (a ``choice`` with one exit); two transitions into a
    join made one; ``else: back`` for a hand-off. The best leaves the fewest errors, then adds the fewest warnings. A definition without
    errors needs none.
    """
    before = findings(definition)
    errors = {_identity(f): f for f in before if f.severity == "error"}
    if not errors:
        return ()
    offered: list[tuple[tuple[int, int], Repair]] = []
    for texts, edited in _edits(definition, errors.values()):
        if problems(edited):
            continue
        after = findings(edited)
        left = {_identity(f): f for f in after if f.severity == "error"}
        mended = tuple(f for key, f in errors.items() if key not in left)
        if mended and left.keys() <= errors.keys():
            warnings = len(after) - len(left)
            repair = Repair(texts, edited, mended, tuple(left.values()))
            offered.append(((len(left), warnings), repair))
    offered.sort(key=lambda entry: entry[0])
    return tuple(repair for _, repair in offered)


def _identity(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.code, finding.where.element


def _edits(definition: Definition, errors: Iterable[Finding]) -> Iterator[tuple[Text, Definition]]:
    """Yield the edits that could have to do with the errors, each with its words."""
    for state in _stuck_states(definition, errors):
        for target in _ways_out(definition, state):
            yield _with_transition(definition, state, target)
    for state in definition.states.values():
        if state.kind == "join":
            told = name(state)
            merged = {**definition.states, state.id: replace(state, kind="choice")}
            yield (
                Text(
                    f"tee liittymästä {told.fi} kohta, jossa vaihtoehdot yhtyvät (`kind: choice`)",
                    f"make the join {told.en} a place where alternatives meet (`kind: choice`)",
                ),
                replace(definition, states=merged),
            )
            yield from _merged(definition, state)
    for transition in definition.transitions.values():
        handoff = transition.handoff
        if handoff is not None and not handoff.otherwise and is_answered(definition, transition):
            told = name(transition)
            returned = replace(transition, handoff=replace(handoff, otherwise="back"))
            yield (
                Text(
                    f"anna luovutukselle {told.fi} `else: back`",
                    f"give the hand-off {told.en} `else: back`",
                ),
                replace(
                    definition, transitions={**definition.transitions, transition.id: returned}
                ),
            )


def _merged(definition: Definition, join: State) -> Iterator[tuple[Text, Definition]]:
    """Yield, for two transitions into a join, the definition in which they are one.

    A join waits for each of them (E3), so alternatives of one branch must be one transition.
    """
    for one, other in combinations(definition.entries(join.id), 2):
        if (one.guard, one.handoff, dict(one.sets)) == (
            other.guard,
            other.handoff,
            dict(other.sets),
        ):
            both = replace(
                one,
                sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
                by=tuple(dict.fromkeys((*one.by, *other.by))),
            )
            transitions = {**definition.transitions, one.id: both}
            del transitions[other.id]
            first, second = name(one), name(other)
            yield (
                Text(
                    f"yhdistä siirtymät {first.fi} ja {second.fi}: liittymä odottaa niitä kumpaakin",
                    f"make {first.en} and {second.en} one: the join waits for both of them",
                ),
                replace(definition, transitions=transitions),
            )


def _stuck_states(definition: Definition, errors: Iterable[Finding]) -> Iterator[State]:
    """Yield the waiting states that errors speak of: there a transition could be added."""
    for finding in errors:
        if finding.code == "no-way-to-end" and finding.where.element[0] == "states":
            state = definition.states[finding.where.element[1]]
            if state.kind == "state":
                yield state


def _ways_out(definition: Definition, state: State) -> Iterator[State]:
    """Yield where a transition could lead without an answer: fallback, start, ends.

    That is where the holder stays the same, or to the process-responsible, who need not accept.
    """
    ids = [definition.fallback, definition.start, *(end.id for end in definition.ends)]
    holder = definition.state_holder(state.id)
    for target in dict.fromkeys(filter(None, ids)):
        if target != state.id and definition.state_holder(target) in {
            holder,
            definition.responsible,
        }:
            yield definition.states[target]


def _with_transition(
    definition: Definition, state: State, target: State
) -> tuple[Text, Definition]:
    identifier = f"{state.id}_{target.id}"
    holder = definition.state_holder(state.id)
    passes = holder != definition.state_holder(target.id)
    handoff = Handoff(ack=False) if passes else None
    added = Transition(
        id=identifier, sources=(state.id,), to=target.id, by=(holder,), handoff=handoff
    )
    transitions = {**definition.transitions, identifier: added}
    left, entered, who = name(state), name(target), name(definition.owners[holder])
    return (
        Text(
            f"lisää siirtymä tilasta {left.fi} tilaan {entered.fi}, tekijänä {who.fi}",
            f"add a transition from {left.en} to {entered.en}, by {who.en}",
        ),
        replace(definition, transitions=transitions),
    )
