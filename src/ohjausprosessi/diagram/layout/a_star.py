"""The cheapest way of one line over the grid of tracks: A*, first in a window (LAYOUT §5).

Length costs 1 per point. Bends, crossings, turning on a foreign line and running on one cost more;
running on one's own trunk is cheap.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.layout.track_grid import TrackRoute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagram.layout.ports import Port
    from ohjausprosessi.diagram.layout.track_grid import RouteRequest, TrackGrid

_WINDOW = 170.0
_CROSSING = 34.0
_BEND = 24.0
_TURN_ON_FOREIGN = 150.0
_OVERLAP = 900.0
_TRUNK = 0.35
_TRUNK_AHEAD = 0.6
_PORT_TAKEN = 500.0
_PORT_OWN = -6.0


@dataclass(frozen=True, slots=True)
class Costs:
    """What a search weighs.

    Attributes:
        bend: cost of a bend.
        crossing: cost of crossing a line.
        haste: factor of the estimate; above 1 the search is faster, and a line now and then longer.
    """

    bend: float
    crossing: float
    haste: float

    @classmethod
    def at(cls, scale: float, *, haste: float) -> Costs:
        """The costs on a page at a scale."""
        return cls(_BEND * scale, _CROSSING * scale, haste)


def cheapest_route(grid: TrackGrid, line: RouteRequest, costs: Costs) -> TrackRoute | None:
    """The cheapest route of a line, None if there is none.

    The whole page is searched only if the window around the line holds no route without overlap.
    """
    cost, found = _search(grid, line, costs, _WINDOW)
    if found is None or cost >= _OVERLAP:
        wider_cost, wider = _search(grid, line, costs, None)
        if wider is not None and (found is None or wider_cost < cost):
            return wider
    return found


def _search(
    grid: TrackGrid, line: RouteRequest, costs: Costs, margin: float | None
) -> tuple[float, TrackRoute | None]:
    goals = _entrances(grid, line, line.targets)
    starts = _entrances(grid, line, line.sources)
    if not goals or not starts:
        return _OVERLAP, None
    return _AStar(grid, costs, line.trunk, starts, goals, margin=margin).run()


def _entrances(
    grid: TrackGrid, line: RouteRequest, ports: tuple[Port, ...]
) -> dict[tuple[int, int], tuple[float, Port]]:
    """The free points outside the ports of a state, each with its cheapest port.

    If every port is walled in, the walls do not count: a poor line is better than none.
    """
    found: dict[tuple[int, int], tuple[float, Port]] = {}
    outsides = [(port, grid.outside(port, line.own)) for port in ports]
    if all(outside is None for _, outside in outsides):
        everything = frozenset(owner for owner, _ in grid.blocks)
        outsides = [(port, grid.outside(port, everything)) for port in ports]
    for port, outside in outsides:
        if outside is not None:
            cost = port.cost + sum(
                _PORT_OWN if user == line.trunk else _PORT_TAKEN for user in grid.users(port)
            )
            if outside not in found or cost < found[outside][0]:
                found[outside] = (cost, port)
    return found


class _AStar:
    """One search; a node is a point of the grid and the orientation it was reached in."""

    def __init__(
        self,
        grid: TrackGrid,
        costs: Costs,
        trunk: str,
        starts: Mapping[tuple[int, int], tuple[float, Port]],
        goals: Mapping[tuple[int, int], tuple[float, Port]],
        *,
        margin: float | None,
    ) -> None:
        self.grid = grid
        self.costs = costs
        self.trunk = trunk
        self.starts = starts
        self.goals = goals
        xs, ys, high = grid.xs, grid.ys, grid.high
        columns = [cell // high for _, cell in goals]
        rows = [cell % high for _, cell in goals]
        self.goal_box = (xs[min(columns)], xs[max(columns)], ys[min(rows)], ys[max(rows)])
        columns += [cell // high for _, cell in starts]
        rows += [cell % high for _, cell in starts]
        if margin is None:
            self.window = (0, len(xs) - 1, 0, len(ys) - 1)
        else:
            self.window = (
                bisect_left(xs, xs[min(columns)] - margin),
                bisect_right(xs, xs[max(columns)] + margin) - 1,
                bisect_left(ys, ys[min(rows)] - margin),
                bisect_right(ys, ys[max(rows)] + margin) - 1,
            )
        trunk_share = _TRUNK_AHEAD if grid.routed_of_trunk.get(trunk) else 1.0
        self.discount = trunk_share * costs.haste
        self.cost: dict[int, float] = {}
        self.came: dict[int, int] = {}
        self.queue: list[tuple[float, float, int]] = []
        self.ahead: dict[int, float] = {}

    def run(self) -> tuple[float, TrackRoute | None]:
        for (orientation, cell), (first, _) in self.starts.items():
            node = cell * 2 + orientation
            self.cost[node] = first
            heappush(self.queue, (first + self._ahead(cell), first, node))
        best = float("inf")
        last: tuple[int, Port] | None = None
        ends = {cell for _, cell in self.goals}
        while self.queue:
            estimate, spent, node = heappop(self.queue)
            if estimate + _PORT_OWN * 2 >= best:
                break
            if spent > self.cost[node] + 1e-9:
                continue
            if node // 2 in ends:
                for heading in (0, 1):
                    goal = self.goals.get((heading, node // 2))
                    if goal is not None:
                        turn = 0.0 if heading == node % 2 else self.costs.bend
                        if spent + goal[0] + turn < best:
                            best, last = spent + goal[0] + turn, (node, goal[1])
            self._expand(node, spent)
        return best, None if last is None else self._route(*last)

    def _ahead(self, cell: int) -> float:
        """An estimate of the cost still ahead: a lower bound, except where the trunk makes runs cheap."""
        found = self.ahead.get(cell)
        if found is not None:
            return found
        i, j = divmod(cell, self.grid.high)
        left, right, top, bottom = self.goal_box
        x, y = self.grid.xs[i], self.grid.ys[j]
        across = left - x if x < left else x - right if x > right else 0.0
        down = top - y if y < top else y - bottom if y > bottom else 0.0
        found = (across + down) * self.discount + (self.costs.bend if across and down else 0.0)
        self.ahead[cell] = found
        return found

    def _expand(self, node: int, spent: float) -> None:
        """Reach the neighbours of a node; this is the inner loop of the router."""
        grid, cost, trunk = self.grid, self.cost, self.trunk
        cell, orientation = node >> 1, node & 1
        here = grid.through[0][cell], grid.through[1][cell]
        turn, crossing = self.costs.bend, self.costs.crossing
        if here[0] or here[1]:
            turn += _TURN_ON_FOREIGN * (self._foreign(here[0]) + self._foreign(here[1]))
        low_i, high_i, low_j, high_j = self.window
        for heading, reached, length, step, i, j in grid.neighbours(cell):
            if not (low_i <= i <= high_i and low_j <= j <= high_j):
                continue
            users = grid.steps[heading][step]
            if users:
                foreign = len(users) - (trunk in users)
                total = spent + (length + _OVERLAP if foreign else length * _TRUNK)
            else:
                total = spent + length
            if heading != orientation:
                total += turn
            if crossed := grid.through[1 - heading][reached]:
                total += crossing * (len(crossed) - (trunk in crossed))
            onward = reached * 2 + heading
            known = cost.get(onward)
            if known is None or total < known - 1e-9:
                cost[onward] = total
                self.came[onward] = node
                heappush(self.queue, (total + self._ahead(reached), total, onward))

    def _foreign(self, users: Mapping[str, int]) -> int:
        """How many other trunks there are."""
        return len(users) - (self.trunk in users) if users else 0

    def _route(self, node: int, goal: Port) -> TrackRoute:
        cells = [divmod(node // 2, self.grid.high)]
        while node in self.came:
            node = self.came[node]
            cells.append(divmod(node // 2, self.grid.high))
        start = self.starts[node % 2, node // 2][1]
        return TrackRoute(tuple(reversed(cells)), start, goal)
