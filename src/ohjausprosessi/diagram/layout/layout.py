"""The whole layout of a view: sizes found by trying, lines routed, tracks spread (LAYOUT §3, §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.layout.arrange import arrange
from ohjausprosessi.diagram.layout.placement import Placement, Sizes
from ohjausprosessi.diagram.layout.ports import blocks_of, ports_of
from ohjausprosessi.diagram.layout.routing import route
from ohjausprosessi.diagram.layout.track_grid import RouteRequest
from ohjausprosessi.diagram.layout.tracks import merged_tracks, respace, tracks_between

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ohjausprosessi.diagram.content.selection import Selection, TransitionLine
    from ohjausprosessi.diagram.geometry.display_list import Point
    from ohjausprosessi.diagram.layout.ports import Port

RATIO = 2**0.5
_STEP = 10.0
_BESIDE = 14.0
# Two lines nearer than this look like one.
_APART = 4.5
# What a line of a fan pays for leaving elsewhere than towards its goals.
_ELSEWHERE = 260.0
_MOST_STRETCH = 46.0
_GROWTH = 1.005
_WIDEST = 5000.0
# Cards of this width break few words; beyond a comfortable page letters would get too small.
_BOX_WIDTH = 106.0
_BOX_WIDTH_FULL = 112.0
_BOX_WIDTH_LEAST = 84.0
_COMFORT = 1900.0


@dataclass(frozen=True, slots=True)
class Layout:
    """A view with every coordinate.

    Attributes:
        selection: what is shown.
        placement: where it stands.
        routes: line id to its corner points, from port to port.
        height: height of the page in points; its width is in the frame's setting.
    """

    selection: Selection
    placement: Placement
    routes: dict[str, tuple[Point, ...]]
    height: float

    @property
    def scale(self) -> float:
        """The factor of every length."""
        return self.placement.sizes.scale

    @property
    def width(self) -> float:
        """Width of the page in points."""
        return self.placement.sizes.width


def layout_of(selection: Selection, foot: Callable[[Sizes], float]) -> Layout:
    """Return the layout of a view on a landscape page of ratio √2.

    Args:
        selection: what is shown.
        foot: gives the height of what stands beneath the lanes (bars, legend, table) for a setting.
    """
    usual = _usual(selection)
    placement = arrange(selection, _fit(selection, replace(usual, gutter=84.0, gap=84.0), foot))
    routes = _routes(selection, placement, rounds=1)
    sizes = _fit(selection, _roomy(selection, usual, placement, routes), foot)
    placement = arrange(selection, sizes)
    spare = sizes.width / RATIO - placement.bottom - foot(sizes)
    stretch = min(_MOST_STRETCH, max(0.0, spare / len(placement.gaps)))
    sizes = replace(sizes, stretch=stretch)
    placement = arrange(selection, sizes)
    routes = _routes(selection, placement)
    _spread(selection, placement, routes)
    height = max(sizes.width / RATIO, placement.bottom + foot(sizes))
    return Layout(selection, placement, routes, height)


def _usual(selection: Selection) -> Sizes:
    columns = len(
        {selection.grid.column[s] for s in selection.states if s in selection.grid.column}
    )
    if selection.full:
        width = max(1000.0, min(1800.0, 420.0 + 170.0 * columns))
        return Sizes(width, 1.08, gutter=50.0)
    width = max(900.0, min(1684.0, 380.0 + 165.0 * columns))
    return Sizes(width, 1.22, gutter=42.0)


def _fit(selection: Selection, sizes: Sizes, foot: Callable[[Sizes], float]) -> Sizes:
    """Widen the page until it is no higher than its width by √2."""
    least = (_BOX_WIDTH_FULL if selection.full else _BOX_WIDTH) * sizes.scale
    while sizes.width < _WIDEST:
        placement = arrange(selection, sizes)
        height = placement.bottom + foot(sizes)
        narrow = (least - placement.box_width) * len(placement.columns)
        tight = (_BOX_WIDTH_LEAST * sizes.scale - placement.box_width) * len(placement.columns)
        if tight > 0:
            sizes = replace(sizes, width=round(sizes.width + tight + 2, 1))
            continue
        if height <= sizes.width / RATIO:
            if narrow <= 0 or sizes.width >= _COMFORT:
                return sizes
            width = min(_COMFORT, sizes.width + max(narrow, 2.0))
            sizes = replace(sizes, width=round(width, 1))
            continue
        excess = height * RATIO / sizes.width
        sizes = replace(sizes, width=round(sizes.width * max(_GROWTH, excess**0.5), 1))
    return sizes


def _routes(
    selection: Selection, placement: Placement, *, rounds: int = 3
) -> dict[str, tuple[Point, ...]]:
    ports = {
        state: ports_of(selection, placement, placed) for state, placed in placement.states.items()
    }
    blocks = blocks_of(selection, placement)
    every = [port for found in ports.values() for port in found]
    xs = {port.x for port in every if port.side in "TB"}
    ys = {port.y for port in every if port.side in "LR"}
    beside = _BESIDE * placement.sizes.scale
    more_xs = [x for gutter in placement.gutters for x in tracks_between(*gutter)]
    more_ys = [y for gap in placement.gaps for y in tracks_between(*gap)]
    for placed in placement.states.values():  # a way past a glyph in a wide column
        if placed.state_box.labelled_beneath:
            more_xs += [placed.box.left - beside, placed.box.right + beside]
            lowest = placed.label.bottom if placed.label else placed.box.bottom
            more_ys += [placed.box.top - beside, max(lowest, placed.box.bottom) + beside]
    for box in blocks.values():  # so that no step jumps over a small block
        more_xs.append(box.middle[0])
        more_ys.append(box.middle[1])
    apart = _APART * placement.sizes.scale
    wanted = [_wanted(selection, placement, ports, line) for line in selection.lines]
    return route(
        wanted,
        blocks,
        merged_tracks(xs, more_xs, apart),
        merged_tracks(ys, more_ys, apart),
        scale=placement.sizes.scale,
        rounds=rounds,
    )


def _wanted(
    selection: Selection,
    placement: Placement,
    ports: Mapping[str, tuple[Port, ...]],
    line: TransitionLine,
) -> RouteRequest:
    """Return a line with the ports open to it; fans and merges use buses above and below a row."""
    sources, targets = ports[line.source], ports[line.target]
    below = placement.states[line.target].y > placement.states[line.source].y
    if line.fan:
        sources = _rather(sources, "B" if below else "TR")
        targets = _on(targets, "T" if below else "LB")
    elif _merges(selection, line):
        last = selection.grid.column[line.source] == selection.grid.columns - 1
        sources = _on(sources, "R" if last else "B")
    return RouteRequest(
        line.id, line.trunk, sources, targets, frozenset((line.source, line.target))
    )


def _rather(ports: tuple[Port, ...], sides: str) -> tuple[Port, ...]:
    """Return the ports, those on other sides at a price."""
    return tuple(p if p.side in sides else p._replace(cost=p.cost + _ELSEWHERE) for p in ports)


def _on(ports: tuple[Port, ...], sides: str) -> tuple[Port, ...]:
    """Return the ports on some sides, or all where there is none."""
    return tuple(port for port in ports if port.side in sides) or ports


def _merges(selection: Selection, line: TransitionLine) -> bool:
    """Return whether a line leads from a goal of a fan to an end that others lead to as well."""
    goals = {goal for found in selection.grid.fans.values() for goal in found}
    is_end = selection.definition.states[line.target].kind == "end"
    return is_end and line.source in goals


def _roomy(
    selection: Selection, sizes: Sizes, placement: Placement, routes: dict[str, tuple[Point, ...]]
) -> Sizes:
    """Return the setting with gutters and gaps as wide as what runs in them asks for."""
    straight = _straight(selection, placement, routes)
    spare = 18.0 if selection.full else 13.0
    gutters = {}
    for n, gutter in enumerate(placement.gutters):
        used = _used(routes, 0, gutter.first, gutter.last)
        usual = 16.0 if n == 0 else sizes.gutter
        across = straight.get(n, 0)
        needed = 20.0 + 10.0 * used if used else 20.0
        if across:
            needed = max(needed, usual, 68.0 if across > 1 and selection.full else 0.0)
        gutters[n] = max(needed, usual if used else 20.0)
    upright = _upright(selection, placement, routes)
    gaps = {
        n: max(spare + 10.0 * _used(routes, 1, gap.first, gap.last), upright.get(n, 0.0))
        for n, gap in enumerate(placement.gaps)
    }
    return replace(sizes, gutters=gutters, gaps=gaps)


def _straight(
    selection: Selection, placement: Placement, routes: dict[str, tuple[Point, ...]]
) -> dict[int, int]:
    """Return for each gutter how many lines between the same two neighbours cross it straight."""
    between: dict[tuple[int, frozenset[str]], int] = {}
    for line in selection.lines:
        points = routes.get(line.id, ())
        if len(points) != 2 or abs(points[0][1] - points[1][1]) > 0.01:  # noqa: PLR2004
            continue
        left, right = sorted((points[0][0], points[1][0]))
        for n, gutter in enumerate(placement.gutters):
            if gutter.first >= left - 1 and gutter.last <= right + 1:
                key = (n, frozenset((line.source, line.target)))
                between[key] = between.get(key, 0) + 1
    most: dict[int, int] = {}
    for (n, _), count in between.items():
        most[n] = max(most.get(n, 0), count)
    return most


def _upright(
    selection: Selection, placement: Placement, routes: dict[str, tuple[Point, ...]]
) -> dict[int, float]:
    """Return for gaps that hold the whole of a straight upright line the height it needs."""
    needed: dict[int, float] = {}
    for line in selection.lines:
        points = routes.get(line.id, ())
        if len(points) != 2 or abs(points[0][0] - points[1][0]) > 0.01:  # noqa: PLR2004
            continue
        top, bottom = sorted((points[0][1], points[1][1]))
        for n, gap in enumerate(placement.gaps):
            if gap.first <= bottom and gap.last >= top and gap.last - gap.first > bottom - top - 30:
                length = (34.0 if selection.full else 24.0) + 12.0 * line.handoff
                needed[n] = max(needed.get(n, 0.0), length)
    return needed


def _used(routes: dict[str, tuple[Point, ...]], axis: int, first: float, last: float) -> int:
    return len(
        {
            round(a[axis], 1)
            for line in routes.values()
            for a, b in pairwise(line)
            if abs(a[axis] - b[axis]) < 0.01 and first <= a[axis] <= last  # noqa: PLR2004
        }
    )


def _spread(
    selection: Selection, placement: Placement, routes: dict[str, tuple[Point, ...]]
) -> None:
    scale = placement.sizes.scale
    blocks = [box.grown(3) for box in blocks_of(selection, placement).values()]
    for first, last in placement.gutters:
        respace(routes, 0, (first + 6, last - 6), step=_STEP * scale, blocks=blocks)
    for first, last in placement.gaps:
        respace(routes, 1, (first + 5, last - 5), step=_STEP * scale, blocks=blocks)
