"""The grid of tracks that lines run on: what blocks it, and which lines occupy it.

A point of the grid is where two tracks cross; it is numbered ``column * high + row``. Orientation 0
is across, 1 is down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.diagram.geometry.polyline import corners, enters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ohjausprosessi.diagram.geometry.display_list import Point, Rect
    from ohjausprosessi.diagram.layout.ports import Port

_CLEARANCE = 7.0
_REACH = 110.0


class RouteRequest(NamedTuple):
    """A line to route.

    Attributes:
        id: its id.
        trunk: lines of one trunk may share a run and a port.
        sources: ports it may leave from.
        targets: ports it may enter.
        own: what it belongs to: keys of the blocks it may touch.
    """

    id: str
    trunk: str
    sources: tuple[Port, ...]
    targets: tuple[Port, ...]
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TrackRoute:
    """A routed line: the points of the grid where it bends, and its two ports."""

    cells: tuple[tuple[int, int], ...]
    start: Port
    goal: Port


class TrackGrid:
    """The tracks, the blocks on them, and the trunks that occupy each step, point and port.

    Attributes:
        xs: positions of the vertical tracks, ascending.
        ys: positions of the horizontal tracks, ascending.
        steps: for each orientation and point, the trunks on the step to the next point.
        through: for each orientation and point, the trunks that run through it.
        routed_of_trunk: how many lines of each trunk are routed.
    """

    def __init__(
        self, blocks: Mapping[tuple[str, str], Rect], xs: Iterable[float], ys: Iterable[float]
    ) -> None:
        self.blocks = blocks
        self.xs = sorted({round(x, 2) for x in xs})
        self.ys = sorted({round(y, 2) for y in ys})
        self.high = len(self.ys)
        self._x_at = {x: i for i, x in enumerate(self.xs)}
        self._y_at = {y: j for j, y in enumerate(self.ys)}
        size = len(self.xs) * self.high
        self._blocked = bytearray(size)
        for block in blocks.values():
            self._block(block)
        self.steps = _per_orientation(size)
        self.through = _per_orientation(size)
        self.routed_of_trunk: dict[str, int] = {}
        self._taken: dict[tuple[float, float], dict[str, int]] = {}
        self._near: dict[int, tuple[tuple[int, int, float, int, int, int], ...]] = {}
        self._outsides: dict[tuple[Port, frozenset[str]], tuple[int, int] | None] = {}

    def neighbours(self, cell: int) -> tuple[tuple[int, int, float, int, int, int], ...]:
        """The free points next to one: orientation, point, length, step, column and row of each."""
        found = self._near.get(cell)
        if found is None:
            high, xs, ys = self.high, self.xs, self.ys
            i, j = divmod(cell, high)
            around = ((0, i + 1, j), (0, i - 1, j), (1, i, j + 1), (1, i, j - 1))
            found = tuple(
                (
                    heading,
                    k * high + m,
                    abs(xs[k] - xs[i]) + abs(ys[m] - ys[j]),
                    min(cell, k * high + m),
                    k,
                    m,
                )
                for heading, k, m in around
                if 0 <= k < len(xs) and 0 <= m < high and not self._blocked[k * high + m]
            )
            self._near[cell] = found
        return found

    def _block(self, block: Rect) -> None:
        first = bisect_left(self.ys, block.top - _CLEARANCE)
        last = bisect_right(self.ys, block.bottom + _CLEARANCE)
        for i in range(
            bisect_left(self.xs, block.left - _CLEARANCE),
            bisect_right(self.xs, block.right + _CLEARANCE),
        ):
            for j in range(first, last):
                self._blocked[i * self.high + j] = 1

    def outside(self, port: Port, own: frozenset[str]) -> tuple[int, int] | None:
        """The orientation and the first free point outside a port, None if it is walled in.

        Args:
            port: the port.
            own: owners of blocks that the way there may touch; it touches no others.
        """
        key = (port, own)
        if key not in self._outsides:
            self._outsides[key] = self._find_outside(port, own)
        return self._outsides[key]

    def _find_outside(self, port: Port, own: frozenset[str]) -> tuple[int, int] | None:
        across = port.side in "LR"
        line, at = (self.xs, port.x) if across else (self.ys, port.y)
        step = 1 if port.side in "RB" else -1
        n = bisect_left(line, at) if step > 0 else bisect_right(line, at) - 1
        other = self._y_at[round(port.y, 2)] if across else self._x_at[round(port.x, 2)]
        while 0 <= n < len(line) and abs(line[n] - at) < _REACH:
            cell = n * self.high + other if across else other * self.high + n
            if not self._blocked[cell]:
                end = (line[n], port.y) if across else (port.x, line[n])
                way = ((port.x, port.y), end)
                foreign = (b for (key, _), b in self.blocks.items() if key not in own)
                if any(enters(way, block) for block in foreign):
                    return None
                return (0 if across else 1), cell
            n += step
        return None

    def users(self, port: Port) -> Mapping[str, int]:
        """How many lines of each trunk use a port."""
        return self._taken.get(_position(port), {})

    def occupy(self, line: RouteRequest, found: TrackRoute, change: int) -> None:
        """Enter a route (``change`` 1), or take it away (-1)."""
        _count(self.routed_of_trunk, line.trunk, change)
        for orientation, span in self._spans(found):
            for cell in span:
                _count(self.through[orientation][cell], line.trunk, change)
            for cell in span[:-1]:
                _count(self.steps[orientation][cell], line.trunk, change)
        for port in (found.start, found.goal):
            _count(self._taken.setdefault(_position(port), {}), line.trunk, change)

    def disturbed(self, line: RouteRequest, found: TrackRoute) -> bool:
        """Whether another try may pay: the line meets others, or shares its trunk."""
        if self.routed_of_trunk.get(line.trunk, 0) > 1:
            return True
        across, down = self.through
        return any(
            len(across[cell] | down[cell]) > 1 for _, span in self._spans(found) for cell in span
        ) or any(len(self.users(port)) > 1 for port in (found.start, found.goal))

    def _spans(self, found: TrackRoute) -> Iterator[tuple[int, range]]:
        """The runs of a route, each as its orientation and its points in ascending order."""
        high = self.high
        for (i, j), (k, m) in pairwise(found.cells):
            if i == k:
                yield 1, range(i * high + min(j, m), i * high + max(j, m) + 1)
            else:
                yield 0, range(min(i, k) * high + j, max(i, k) * high + j + 1, high)

    def points(self, found: TrackRoute) -> tuple[Point, ...]:
        """The corner points of a route, from port to port."""
        line = [
            (found.start.x, found.start.y),
            *((self.xs[i], self.ys[j]) for i, j in found.cells),
            (found.goal.x, found.goal.y),
        ]
        return corners(line)


def _position(port: Port) -> tuple[float, float]:
    return round(port.x, 2), round(port.y, 2)


def _count(users: dict[str, int], trunk: str, change: int) -> None:
    users[trunk] = users.get(trunk, 0) + change
    if users[trunk] <= 0:
        del users[trunk]


def _per_orientation(size: int) -> tuple[list[dict[str, int]], list[dict[str, int]]]:
    return [{} for _ in range(size)], [{} for _ in range(size)]
