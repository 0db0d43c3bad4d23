"""Pairs of source and target, and which of them a picture draws as lines (LAYOUT §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.model import arrows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.model import Definition, Transition

_FED = 4
_FAR_COLUMNS = 5
_MANY_SOURCES = 3
_BRANCHING = frozenset({"choice", "fork", "join"})


class Pair(NamedTuple):
    """One source of a transition and its target.

    Attributes:
        transition: the transition.
        source: the state it leaves.
        target: the state it leads to.
        giver: the organisation that has the client before.
        receiver: the organisation that has the client afterwards.
        handoff: whether they differ.
        answered: whether the receiver must acknowledge.
    """

    transition: Transition
    source: str
    target: str
    giver: str
    receiver: str
    handoff: bool
    answered: bool


def ordinary_pairs(definition: Definition) -> list[Pair]:
    """Every pair in file order; interrupts and loops have none."""
    return [
        Pair(
            transition,
            arrow.source,
            transition.to,
            arrow.giver,
            arrow.receiver,
            arrow.is_handoff,
            arrow.opens,
        )
        for transition in definition.transitions.values()
        if not transition.interrupt
        for arrow in arrows(definition, transition)
        if arrow.source is not None and arrow.source != transition.to
    ]


def fed_targets(
    pairs: Iterable[Pair], standing: list[str], phase: Mapping[str, str | None]
) -> frozenset[str]:
    """The states that four or more states of their own phase lead to.

    Only transitions with several sources count, because they mean "from anywhere in this phase".
    """
    inside: dict[str, set[str]] = {state: set() for state in standing}
    if len(set(phase.values())) < 2:  # noqa: PLR2004  without phases there is no "own phase"
        return frozenset()
    for pair in pairs:
        several = len(pair.transition.sources) > 1
        if several and pair.target in inside and phase.get(pair.source) == phase[pair.target]:
            inside[pair.target].add(pair.source)
    return frozenset(state for state, sources in inside.items() if len(sources) >= _FED)


def lines_and_chips(
    definition: Definition,
    pairs: list[Pair],
    column: Mapping[str, int],
    phase: Mapping[str, str | None],
    *,
    fed: frozenset[str],
    strip: str | None,
) -> tuple[list[Pair], list[Pair]]:
    """Part the pairs into those drawn as lines and those drawn as chips in the source's box.

    Args:
        definition: the process.
        pairs: the pairs to part.
        column: the column of every state but the ends and the strip.
        phase: the phase of the same states.
        fed: the targets that many states of their own phase lead to.
        strip: the fallback drawn as a strip, if any.
    """
    states = definition.states
    columns = max(column.values(), default=0) + 1
    occupied = list(dict.fromkeys(phase[state] for state in sorted(column, key=column.__getitem__)))

    def back(pair: Pair) -> int:
        return column.get(pair.source, columns) - column.get(pair.target, columns)

    def to_end(pair: Pair) -> bool:
        if pair.source == strip:
            return False
        distance = len(occupied) - 1 - occupied.index(phase[pair.source])
        if len(occupied) == 1:
            return columns - column[pair.source] > _FAR_COLUMNS
        return distance > 1 or (distance == 1 and not pair.transition.source)

    scattered = {
        pair.transition.id
        for pair in pairs
        if len(pair.transition.sources) >= _MANY_SOURCES and pair.source != strip and back(pair) > 1
    }
    lines: list[Pair] = []
    chips: list[Pair] = []
    for pair in pairs:
        if states[pair.target].kind == "end":
            chip = to_end(pair) and states[pair.source].kind not in _BRANCHING
        elif pair.source == strip or states[pair.source].kind in _BRANCHING:
            chip = False
        else:
            chip = (
                pair.target == strip
                or back(pair) > 1
                or pair.transition.id in scattered
                or (pair.target in fed and phase[pair.source] == phase[pair.target])
            )
        (chips if chip else lines).append(pair)
    return lines, chips
