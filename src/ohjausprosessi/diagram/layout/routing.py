"""Routes of all lines: each the cheapest, then rip-up and reroute (LAYOUT §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.layout.a_star import Costs, cheapest_route
from ohjausprosessi.diagram.layout.track_grid import TrackGrid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ohjausprosessi.diagram.geometry.display_list import Point, Rect
    from ohjausprosessi.diagram.layout.track_grid import RouteRequest, TrackRoute

# With many lines the search looks less far aside: five times faster, a line now and then longer.
_MANY = 36
_HASTE = 1.3


def route(
    requests: Sequence[RouteRequest],
    blocks: Mapping[tuple[str, str], Rect],
    xs: Iterable[float],
    ys: Iterable[float],
    *,
    scale: float,
    rounds: int = 3,
) -> dict[str, tuple[Point, ...]]:
    """The corner points of every line that finds a way, from port to port.

    The shortest pairs are routed first; equal input gives equal routes.

    Args:
        requests: the lines.
        blocks: what no line may enter, by its owner and what it is.
        xs: positions of vertical tracks.
        ys: positions of horizontal tracks.
        scale: factor of the costs of bends and crossings.
        rounds: how often every line may be taken up and routed again.
    """
    grid = TrackGrid(blocks, xs, ys)
    costs = Costs.at(scale, haste=_HASTE if len(requests) > _MANY else 1.0)
    order = sorted(requests, key=_distance)
    routes: dict[str, TrackRoute] = {}
    for number in range(rounds):
        changed = False
        for line in order:
            old = routes.get(line.id)
            if number and (old is None or not grid.disturbed(line, old)):
                continue
            if old is not None:
                grid.occupy(line, old, -1)
            found = cheapest_route(grid, line, costs)
            if found is None:
                continue
            changed = changed or old != found
            routes[line.id] = found
            grid.occupy(line, found, 1)
        if not changed:
            break
    return {line.id: grid.points(routes[line.id]) for line in requests if line.id in routes}


def _distance(line: RouteRequest) -> tuple[float, str]:
    one, other = line.sources[0], line.targets[0]
    return abs(one.x - other.x) + abs(one.y - other.y), line.id
