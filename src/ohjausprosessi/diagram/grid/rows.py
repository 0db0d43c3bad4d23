"""Rows inside the lanes: a local search over crossings, detours and length."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.diagram.grid.pairs import Pair
    from ohjausprosessi.model import Definition

_CROSSING = 12.0
_THROUGH = 6.0
_LANE_GAP = 0.6
_ROUNDS = 6
_FEW_LINES = 90
_NEAR = 0.35


def search_rows(
    definition: Definition,
    lanes: tuple[str, ...],
    column: Mapping[str, int],
    lines: Iterable[Pair],
    strip: str | None,
) -> dict[str, int]:
    """The row of each state in its lane, from the top.

    The search begins in file order, then swaps and moves states within their lane and column as
    long as the estimated cost falls: crossings of straight lines weigh most, then lines through
    other states, then length. The start keeps the top of its column.
    """
    cells: dict[tuple[str, int], list[str]] = {}
    for state in column:
        cells.setdefault((definition.states[state].owner, column[state]), []).append(state)
    for members in cells.values():
        members.sort(key=lambda state: state != definition.start)
    height = {
        lane: max((len(m) for (owner, _), m in cells.items() if owner == lane), default=1)
        for lane in lanes
    }
    row = {state: n for members in cells.values() for n, state in enumerate(members)}
    pairs = list(dict.fromkeys((p.source, p.target) for p in lines if p.source != strip))
    cost = _Cost(definition, height, column, pairs)
    best = cost.of(row)
    for _ in range(_ROUNDS if len(pairs) <= _FEW_LINES else 1):
        before = best
        for (lane, _column), members in cells.items():
            for moved in _moves(members, height[lane], definition.start, row):
                if (now := cost.of(moved)) < best - 1e-9:
                    row, best = moved, now
        if best == before:
            break
    return row


def _moves(
    members: list[str], height: int, start: str, row: Mapping[str, int]
) -> list[dict[str, int]]:
    """The arrangements one swap or move away, in one lane and column."""
    moves = []
    for state in members:
        for target in range(height):
            swapped = [other for other in members if row[other] == target]
            if row[state] == target or start in (state, *swapped):
                continue
            moves.append({**row, **dict.fromkeys(swapped, row[state]), state: target})
    return moves


class _Cost:
    """Estimates what an arrangement costs if every line is straight."""

    def __init__(
        self,
        definition: Definition,
        height: Mapping[str, int],
        column: Mapping[str, int],
        pairs: list[tuple[str, str]],
    ) -> None:
        self.column = column
        self.columns = max(column.values(), default=0) + 1
        self.pairs = pairs
        self.owner = {state.id: state.owner for state in definition.states.values()}
        self.height = height
        self.top: dict[str, float] = {}
        top = 0.0
        for lane, rows in height.items():
            self.top[lane] = top
            top += rows + _LANE_GAP

    def of(self, row: Mapping[str, int]) -> float:
        """The cost of an arrangement; less is better."""
        places = {
            state: (float(column), self.top[self.owner[state]] + row[state])
            for state, column in self.column.items()
        }
        segments = [
            (source, target, *self._ends(source, target, places)) for source, target in self.pairs
        ]
        length = sum(abs(a[1] - b[1]) for _, _, a, b in segments)
        crossings = 0
        for n, (source, target, a, b) in enumerate(segments):
            for other_source, other_target, c, d in segments[n + 1 :]:
                if not {source, target} & {other_source, other_target}:
                    crossings += _cross(a, b, c, d)
        through = sum(
            _passes(a, b, place)
            for source, target, a, b in segments
            for state, place in places.items()
            if state not in {source, target}
        )
        return _CROSSING * crossings + _THROUGH * through + length

    def _ends(
        self, source: str, target: str, places: Mapping[str, tuple[float, float]]
    ) -> tuple[tuple[float, float], tuple[float, float]]:
        start = places[source]
        if target in places:
            return start, places[target]
        lane = self.owner[target]
        middle = self.top[lane] + (self.height[lane] - 1) / 2
        if lane == self.owner[source]:
            middle = start[1]
        return start, (float(self.columns), middle)


def _side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(
    a: tuple[float, float],
    b: tuple[float, float],
    c: tuple[float, float],
    d: tuple[float, float],
) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _passes(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    """Whether the line from a to b passes near c, between its ends."""
    if not (
        min(a[0], b[0]) - _NEAR < c[0] < max(a[0], b[0]) + _NEAR
        and min(a[1], b[1]) - _NEAR < c[1] < max(a[1], b[1]) + _NEAR
    ):
        return False
    length = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
    return bool(length > 0 and abs(_side(a, b, c)) / length < _NEAR)
