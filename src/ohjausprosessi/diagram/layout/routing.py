"""Orthogonal routes on a grid of tracks: A* in a window, then rip-up and reroute (LAYOUT §5).

Costs: length 1 per point, bends, crossings, turning on a foreign line, running on a foreign line;
running on one's own trunk is cheap. Shortest pairs first; equal input gives equal routes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ohjausprosessi.diagram.geometry.display_list import Point, Rect
    from ohjausprosessi.diagram.layout.ports import Port

_CLEARANCE = 7.0
_REACH = 110.0
_WINDOW = 170.0
_CROSSING = 34.0
_BEND = 24.0
_TURN_ON_FOREIGN = 150.0
_OVERLAP = 900.0
_TRUNK = 0.35
_TRUNK_AHEAD = 0.6
_PORT_TAKEN = 500.0
_PORT_OWN = -6.0
_SAME = 0.01
# With many lines the search looks less far aside: five times faster, a line now and then longer.
_MANY = 36
_HASTE = 1.3


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
class _Route:
    cells: tuple[tuple[int, int], ...]
    start: Port
    goal: Port


def route(
    wanted: Sequence[RouteRequest],
    blocks: Mapping[tuple[str, str], Rect],
    xs: Iterable[float],
    ys: Iterable[float],
    *,
    scale: float,
    rounds: int = 3,
) -> dict[str, tuple[Point, ...]]:
    """Return the corner points of every line, from port to port.

    Args:
        wanted: the lines.
        blocks: what no line may enter, by what it belongs to and what it is.
        xs: positions of vertical tracks.
        ys: positions of horizontal tracks.
        scale: factor of bends and crossings.
        rounds: how often every line may be taken up and routed again.
    """
    router = _Router(blocks, xs, ys, scale)
    router.haste = _HASTE if len(wanted) > _MANY else 1.0
    order = sorted(wanted, key=_distance)
    routes: dict[str, _Route] = {}
    for number in range(rounds):
        changed = False
        for line in order:
            old = routes.get(line.id)
            if number and (old is None or not router.disturbed(line, old)):
                continue
            if old is not None:
                router.occupy(line, old, -1)
            found = router.search(line)
            if found is None:
                continue
            changed = changed or old != found
            routes[line.id] = found
            router.occupy(line, found, 1)
        if not changed:
            break
    return {line.id: router.points(routes[line.id]) for line in wanted if line.id in routes}


def _distance(line: RouteRequest) -> tuple[float, str]:
    one, other = line.sources[0], line.targets[0]
    return abs(one.x - other.x) + abs(one.y - other.y), line.id


class _Router:
    """The grid, what is on it, and the search."""

    def __init__(
        self,
        blocks: Mapping[tuple[str, str], Rect],
        xs: Iterable[float],
        ys: Iterable[float],
        scale: float,
    ) -> None:
        self.xs = sorted({round(x, 2) for x in xs})
        self.ys = sorted({round(y, 2) for y in ys})
        self.high = len(self.ys)
        self.x_at = {x: i for i, x in enumerate(self.xs)}
        self.y_at = {y: j for j, y in enumerate(self.ys)}
        self.haste = 1.0
        self.bend = _BEND * scale
        self.crossing = _CROSSING * scale
        size = len(self.xs) * self.high
        self.blocked = bytearray(size)
        self.blocks = blocks
        self.near: dict[int, tuple[tuple[int, int, float, int, int, int], ...]] = {}
        self.outsides: dict[tuple[Port, frozenset[str]], tuple[int, int] | None] = {}
        for block in blocks.values():
            self._block(block)
        # For each orientation (0 across, 1 down): trunks on a step, trunks through a point.
        self.steps: tuple[list[dict[str, int]], list[dict[str, int]]] = (
            [{} for _ in range(size)],
            [{} for _ in range(size)],
        )
        self.through: tuple[list[dict[str, int]], list[dict[str, int]]] = (
            [{} for _ in range(size)],
            [{} for _ in range(size)],
        )
        self.taken: dict[tuple[float, float], dict[str, int]] = {}
        self.routed_of_trunk: dict[str, int] = {}

    def neighbours(self, cell: int) -> tuple[tuple[int, int, float, int, int, int], ...]:
        """Return the free points next to one: heading, point, length, step, column and row."""
        found = self.near.get(cell)
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
                if 0 <= k < len(xs) and 0 <= m < high and not self.blocked[k * high + m]
            )
            self.near[cell] = found
        return found

    def _block(self, block: Rect) -> None:
        first = bisect_left(self.ys, block.top - _CLEARANCE)
        last = bisect_right(self.ys, block.bottom + _CLEARANCE)
        for i in range(
            bisect_left(self.xs, block.left - _CLEARANCE),
            bisect_right(self.xs, block.right + _CLEARANCE),
        ):
            for j in range(first, last):
                self.blocked[i * self.high + j] = 1

    def _outside(self, port: Port, own: frozenset[str]) -> tuple[int, int] | None:
        """Return the first free place outside a port, found once."""
        key = (port, own)
        if key not in self.outsides:
            self.outsides[key] = self._find_outside(port, own)
        return self.outsides[key]

    def _find_outside(self, port: Port, own: frozenset[str]) -> tuple[int, int] | None:
        """Return the orientation and the cell of the first free point outside a port.

        The way there may touch what the line belongs to, and nothing else.
        """
        across = port.side in "LR"
        line, at = (self.xs, port.x) if across else (self.ys, port.y)
        step = 1 if port.side in "RB" else -1
        n = bisect_left(line, at) if step > 0 else bisect_right(line, at) - 1
        other = self.y_at[round(port.y, 2)] if across else self.x_at[round(port.x, 2)]
        while 0 <= n < len(line) and abs(line[n] - at) < _REACH:
            cell = n * self.high + other if across else other * self.high + n
            if not self.blocked[cell]:
                end = (line[n], port.y) if across else (port.x, line[n])
                way = ((port.x, port.y), end)
                foreign = (b for (key, _), b in self.blocks.items() if key not in own)
                if any(enters(way, block) for block in foreign):
                    return None
                return (0 if across else 1), cell
            n += step
        return None

    def _port_cost(self, port: Port, trunk: str) -> float:
        users = self.taken.get((round(port.x, 2), round(port.y, 2)), {})
        return port.cost + sum(_PORT_OWN if user == trunk else _PORT_TAKEN for user in users)

    def search(self, line: RouteRequest) -> _Route | None:
        """Return the cheapest route, in a window first, on the whole page if that is poor."""
        cost, found = self._search(line, _WINDOW)
        if found is None or cost >= _OVERLAP:
            wider_cost, wider = self._search(line, None)
            if wider is not None and (found is None or wider_cost < cost):
                return wider
        return found

    def _entrances(
        self, line: RouteRequest, ports: tuple[Port, ...]
    ) -> dict[tuple[int, int], tuple[float, Port]]:
        """Return the free places outside the ports of a state, each with its cheapest port.

        Where every port is walled in, the walls do not count: better a poor line than none.
        """
        found: dict[tuple[int, int], tuple[float, Port]] = {}
        places = [(port, self._outside(port, line.own)) for port in ports]
        if all(place is None for _, place in places):
            everything = frozenset(owner for owner, _ in self.blocks)
            places = [(port, self._outside(port, everything)) for port in ports]
        for port, place in places:
            if place is not None:
                cost = self._port_cost(port, line.trunk)
                if place not in found or cost < found[place][0]:
                    found[place] = (cost, port)
        return found

    def _search(self, line: RouteRequest, margin: float | None) -> tuple[float, _Route | None]:
        goals = self._entrances(line, line.targets)
        starts = self._entrances(line, line.sources)
        if not goals or not starts:
            return _OVERLAP, None
        return _AStar(self, line.trunk, starts, goals, margin).run()

    def occupy(self, line: RouteRequest, found: _Route, change: int) -> None:
        """Add or take away a route."""
        _count(self.routed_of_trunk, line.trunk, change)
        for (i, j), (k, m) in pairwise(found.cells):
            if i == k:
                span = [i * self.high + n for n in range(min(j, m), max(j, m) + 1)]
                orientation = 1
            else:
                span = [n * self.high + j for n in range(min(i, k), max(i, k) + 1)]
                orientation = 0
            for cell in span:
                _count(self.through[orientation][cell], line.trunk, change)
            for cell in span[:-1]:
                _count(self.steps[orientation][cell], line.trunk, change)
        for port in (found.start, found.goal):
            users = self.taken.setdefault((round(port.x, 2), round(port.y, 2)), {})
            _count(users, line.trunk, change)

    def disturbed(self, line: RouteRequest, found: _Route) -> bool:
        """Return whether another try may pay: the line meets others, or shares its trunk."""
        if self.routed_of_trunk.get(line.trunk, 0) > 1:
            return True
        for (i, j), (k, m) in pairwise(found.cells):
            if i == k:
                span = [i * self.high + n for n in range(min(j, m), max(j, m) + 1)]
            else:
                span = [n * self.high + j for n in range(min(i, k), max(i, k) + 1)]
            if any(len(self.through[0][c] | self.through[1][c]) > 1 for c in span):
                return True
        return any(
            len(self.taken.get((round(port.x, 2), round(port.y, 2)), {})) > 1
            for port in (found.start, found.goal)
        )

    def points(self, found: _Route) -> tuple[Point, ...]:
        """Return the corners of a route."""
        line = [
            (found.start.x, found.start.y),
            *((self.xs[i], self.ys[j]) for i, j in found.cells),
            (found.goal.x, found.goal.y),
        ]
        return corners(line)


def corners(line: Iterable[Point]) -> tuple[Point, ...]:
    """Return a line without repeated points and without points inside a straight run."""
    kept: list[Point] = []
    for x, y in line:
        if kept and abs(x - kept[-1][0]) < _SAME and abs(y - kept[-1][1]) < _SAME:
            continue
        while len(kept) > 1 and any(
            abs(kept[-1][axis] - kept[-2][axis]) < _SAME
            and abs((x, y)[axis] - kept[-1][axis]) < _SAME
            for axis in (0, 1)
        ):
            kept.pop()
        kept.append((x, y))
    return tuple(kept)


def _count(users: dict[str, int], trunk: str, change: int) -> None:
    users[trunk] = users.get(trunk, 0) + change
    if users[trunk] <= 0:
        del users[trunk]


class _AStar:
    """One search; a place is a cell and the orientation it was reached in."""

    def __init__(
        self,
        router: _Router,
        trunk: str,
        starts: Mapping[tuple[int, int], tuple[float, Port]],
        goals: Mapping[tuple[int, int], tuple[float, Port]],
        margin: float | None,
    ) -> None:
        self.router = router
        self.trunk = trunk
        self.starts = starts
        self.goals = goals
        high = router.high
        columns = [cell // high for _, cell in goals]
        rows = [cell % high for _, cell in goals]
        self.goal_box = (
            router.xs[min(columns)],
            router.xs[max(columns)],
            router.ys[min(rows)],
            router.ys[max(rows)],
        )
        columns += [cell // high for _, cell in starts]
        rows += [cell % high for _, cell in starts]
        xs, ys = router.xs, router.ys
        if margin is None:
            self.window = (0, len(xs) - 1, 0, len(ys) - 1)
        else:
            self.window = (
                bisect_left(xs, xs[min(columns)] - margin),
                bisect_right(xs, xs[max(columns)] + margin) - 1,
                bisect_left(ys, ys[min(rows)] - margin),
                bisect_right(ys, ys[max(rows)] + margin) - 1,
            )
        trunk_share = _TRUNK_AHEAD if router.routed_of_trunk.get(trunk) else 1.0
        self.discount = trunk_share * router.haste
        self.cost: dict[int, float] = {}
        self.came: dict[int, int] = {}
        self.queue: list[tuple[float, float, int]] = []
        self.ahead: dict[int, float] = {}

    def run(self) -> tuple[float, _Route | None]:
        for (orientation, cell), (first, _) in self.starts.items():
            place = cell * 2 + orientation
            self.cost[place] = first
            heappush(self.queue, (first + self._ahead(cell), first, place))
        best = float("inf")
        last: tuple[int, Port] | None = None
        ends = {cell for _, cell in self.goals}
        while self.queue:
            estimate, spent, place = heappop(self.queue)
            if estimate + _PORT_OWN * 2 >= best:
                break
            if spent > self.cost[place] + 1e-9:
                continue
            if place // 2 in ends:
                for heading in (0, 1):
                    goal = self.goals.get((heading, place // 2))
                    if goal is not None:
                        turn = 0.0 if heading == place % 2 else self.router.bend
                        if spent + goal[0] + turn < best:
                            best, last = spent + goal[0] + turn, (place, goal[1])
            self._expand(place, spent)
        return best, None if last is None else self._route(*last)

    def _ahead(self, cell: int) -> float:
        """Return what is at least still to pay; more than that where the trunk makes runs cheap."""
        found = self.ahead.get(cell)
        if found is not None:
            return found
        i, j = divmod(cell, self.router.high)
        left, right, top, bottom = self.goal_box
        x, y = self.router.xs[i], self.router.ys[j]
        across = left - x if x < left else x - right if x > right else 0.0
        down = top - y if y < top else y - bottom if y > bottom else 0.0
        found = (across + down) * self.discount + (self.router.bend if across and down else 0.0)
        self.ahead[cell] = found
        return found

    def _expand(self, place: int, spent: float) -> None:
        """Reach the neighbours of a place: the inner loop, so everything is at hand."""
        router, cost, trunk = self.router, self.cost, self.trunk
        cell, orientation = place >> 1, place & 1
        here = router.through[0][cell], router.through[1][cell]
        turn = router.bend
        if here[0] or here[1]:
            turn += _TURN_ON_FOREIGN * (self._foreign(here[0]) + self._foreign(here[1]))
        low_i, high_i, low_j, high_j = self.window
        for heading, reached, length, step, i, j in router.neighbours(cell):
            if not (low_i <= i <= high_i and low_j <= j <= high_j):
                continue
            users = router.steps[heading][step]
            if users:
                foreign = len(users) - (trunk in users)
                total = spent + (length + _OVERLAP if foreign else length * _TRUNK)
            else:
                total = spent + length
            if heading != orientation:
                total += turn
            if crossed := router.through[1 - heading][reached]:
                total += router.crossing * (len(crossed) - (trunk in crossed))
            onward = reached * 2 + heading
            known = cost.get(onward)
            if known is None or total < known - 1e-9:
                cost[onward] = total
                self.came[onward] = place
                heappush(self.queue, (total + self._ahead(reached), total, onward))

    def _foreign(self, users: Mapping[str, int]) -> int:
        """Return how many other trunks there are."""
        return len(users) - (self.trunk in users) if users else 0

    def _route(self, place: int, goal: Port) -> _Route:
        cells = [divmod(place // 2, self.router.high)]
        while place in self.came:
            place = self.came[place]
            cells.append(divmod(place // 2, self.router.high))
        start = self.starts[place % 2, place // 2][1]
        return _Route(tuple(reversed(cells)), start, goal)


def respace(
    lines: dict[str, tuple[Point, ...]],
    axis: int,
    room: tuple[float, float],
    *,
    step: float,
    blocks: Sequence[Rect],
) -> None:
    """Spread the used tracks of a gutter (axis 0) or of a gap (axis 1) evenly around its middle.

    Nothing is moved where a moved run would enter a block.
    """
    first, last = room
    used = sorted(
        {
            round(one[axis], 2)
            for line in lines.values()
            for one, other in _inner(line)
            if abs(one[axis] - other[axis]) < _SAME and first <= one[axis] <= last
        }
    )
    if not used:
        return
    gap = min(step, (last - first) / max(1, len(used) - 1))
    begin = (first + last) / 2 - gap * (len(used) - 1) / 2
    moved = {track: begin + n * gap for n, track in enumerate(used)}
    changed: dict[str, tuple[Point, ...]] = {}
    for name, line in lines.items():
        points = [list(point) for point in line]
        for n, (one, other) in enumerate(_inner(line), 1):
            track = round(one[axis], 2)
            if abs(one[axis] - other[axis]) < _SAME and track in moved:
                points[n][axis] = points[n + 1][axis] = moved[track]
        new = tuple((x, y) for x, y in points)
        if new != line:
            changed[name] = new
    if not any(enters(line[1:-1], block) for line in changed.values() for block in blocks):
        lines.update(changed)


def _inner(line: tuple[Point, ...]) -> list[tuple[Point, Point]]:
    return list(pairwise(line[1:-1]))


def enters(line: tuple[Point, ...], block: Rect, *, slack: float = 1.0) -> bool:
    """Return whether a run of a line passes through a block, its outline apart."""
    return any(
        min(a[0], b[0]) < block.right - slack
        and max(a[0], b[0]) > block.left + slack
        and min(a[1], b[1]) < block.bottom - slack
        and max(a[1], b[1]) > block.top + slack
        for a, b in pairwise(line)
    )
