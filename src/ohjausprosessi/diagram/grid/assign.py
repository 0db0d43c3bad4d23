"""Assigns every state its lane, column and row.

The grid is derived from the whole process, so it is the same in all views. Columns follow the
longest path inside a phase; rows are found by a search over crossings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.grid.pairs import fed_targets, lines_and_chips, ordinary_pairs
from ohjausprosessi.diagram.grid.ranks import phase_ranks
from ohjausprosessi.diagram.grid.rows import search_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagram.grid.pairs import Pair
    from ohjausprosessi.model import Definition

_FAN = 4


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase: its id (None in a process without phases), first and last column."""

    phase: str | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Which lane, column and row each state stands in.

    Attributes:
        lanes: owners with a state, the process-responsible first, then the joint ones.
        spans: phases that hold a state other than an end, in order.
        columns: number of columns; ends stand in one more.
        column: state to column; ends and the strip have none.
        row: state to row in its lane, from the top; ends and the strip have none.
        strip: the fallback, drawn as a strip over all columns if it belongs to none of several phases.
        fans: each choice with four or more branches, and the states they lead to.
        lines: pairs drawn as lines.
        chips: pairs drawn as chips in the state box of their source.
    """

    lanes: tuple[str, ...]
    spans: tuple[PhaseSpan, ...]
    columns: int
    column: Mapping[str, int]
    row: Mapping[str, int]
    strip: str | None
    fans: Mapping[str, tuple[str, ...]]
    lines: tuple[Pair, ...]
    chips: tuple[Pair, ...]


def grid_of(definition: Definition) -> Grid:
    """Assign every state its place and every pair its form, line or chip (LAYOUT §3, §4)."""
    states = definition.states
    strip = _strip(definition)
    standing = [s.id for s in states.values() if s.kind != "end" and s.id != strip]
    phase = _phases(definition, standing)
    lanes = _lanes(definition)
    pairs = ordinary_pairs(definition)
    fed = fed_targets(pairs, standing, phase)
    fans = _fans(definition, pairs, set(standing))
    column: dict[str, int] = {}
    spans: list[PhaseSpan] = []
    offset = 0
    for name in [None, *definition.phases]:
        members = [state for state in standing if phase[state] == name]
        if members:
            ranks = phase_ranks(definition, members, pairs, fed, fans)
            width = max(ranks.values()) + 1
            column.update({state: offset + rank for state, rank in ranks.items()})
            spans.append(PhaseSpan(name, offset, offset + width - 1))
            offset += width
    lines, chips = lines_and_chips(definition, pairs, column, phase, fed=fed, strip=strip)
    row = search_rows(definition, lanes, column, lines, strip)
    return Grid(lanes, tuple(spans), offset, column, row, strip, fans, tuple(lines), tuple(chips))


def _strip(definition: Definition) -> str | None:
    """The fallback, if it belongs to no phase although there are several."""
    fallback = definition.fallback
    if fallback is None or fallback == definition.start or len(definition.phases) < 2:  # noqa: PLR2004
        return None
    return fallback if definition.states[fallback].phase is None else None


def _lanes(definition: Definition) -> tuple[str, ...]:
    held = {state.owner for state in definition.states.values()}
    present = [owner for owner in definition.owners.values() if owner.id in held]
    present.sort(key=lambda owner: (owner.id != definition.responsible, not owner.members))
    return tuple(owner.id for owner in present)


def _phases(definition: Definition, standing: list[str]) -> dict[str, str | None]:
    """The phase of each state: its own, else the latest phase that leads to it, else the first."""
    order = {phase: n for n, phase in enumerate(definition.phases)}
    phase = {state: definition.states[state].phase for state in standing}
    if not order:
        return phase
    for _ in standing:
        loose = [state for state in standing if phase[state] is None]
        if not loose:
            break
        for state in loose:
            before = [
                found
                for entry in definition.entries(state)
                for source in entry.sources
                if (found := phase.get(source)) is not None
            ]
            if before:
                phase[state] = max(before, key=order.__getitem__)
    first = next(iter(order))
    return {state: found or first for state, found in phase.items()}


def _fans(
    definition: Definition, pairs: list[Pair], standing: set[str]
) -> dict[str, tuple[str, ...]]:
    """The choices with four or more branches, and the states of the same or later phases they reach."""
    fans: dict[str, tuple[str, ...]] = {}
    for state in definition.states.values():
        if state.kind != "choice" and not state.exclusive:
            continue
        targets = dict.fromkeys(
            pair.target
            for pair in pairs
            if pair.source == state.id and pair.target in standing and _later(definition, pair)
        )
        if len(targets) >= _FAN:
            fans[state.id] = tuple(targets)
    return fans


def _later(definition: Definition, pair: Pair) -> bool:
    order = list(definition.phases)
    here, there = (definition.states[s].phase for s in (pair.source, pair.target))
    if here is None or there is None:
        return True
    return order.index(there) >= order.index(here)
