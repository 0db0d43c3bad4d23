"""The layout of a view: sizes found by trial, lines routed, tracks spread (LAYOUT §3, §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.layout.arrange import arrange
from ohjausprosessi.diagram.layout.connections import connect
from ohjausprosessi.diagram.layout.obstacles import blocks_of
from ohjausprosessi.diagram.layout.placement import Placement, Sizes
from ohjausprosessi.diagram.layout.tracks import respace

if TYPE_CHECKING:
    from collections.abc import Callable

    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.geometry.display_list import Point

RATIO = 2**0.5
_STEP = 10.0
_MOST_STRETCH = 46.0
_GROWTH = 1.005
_WIDEST = 5000.0
# Boxes of this width break few words; on a page wider than comfortable letters get too small.
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
        height: height of the page in points; its width is that of ``placement.sizes``.
    """

    selection: Selection
    placement: Placement
    routes: dict[str, tuple[Point, ...]]
    height: float

    @property
    def scale(self) -> float:
        """The factor that every length is multiplied by."""
        return self.placement.sizes.scale

    @property
    def width(self) -> float:
        """Width of the page in points."""
        return self.placement.sizes.width


def layout_of(selection: Selection, footer_height: Callable[[Sizes], float]) -> Layout:
    """Lay out a view on a landscape page of ratio √2.

    The lines are routed twice: first with room to spare, then with gutters and gaps as wide as the
    first try needed.

    Args:
        selection: what the view shows.
        footer_height: the height of bars, legend and table beneath the lanes, for given sizes.
    """
    usual = _usual(selection)
    placement = arrange(
        selection, _fit(selection, replace(usual, gutter=84.0, gap=84.0), footer_height)
    )
    routes = connect(selection, placement, rounds=1)
    sizes = _fit(selection, _roomy(selection, usual, placement, routes), footer_height)
    placement = arrange(selection, sizes)
    spare = sizes.width / RATIO - placement.bottom - footer_height(sizes)
    stretch = min(_MOST_STRETCH, max(0.0, spare / len(placement.gaps)))
    sizes = replace(sizes, stretch=stretch)
    placement = arrange(selection, sizes)
    routes = connect(selection, placement)
    _spread(selection, placement, routes)
    height = max(sizes.width / RATIO, placement.bottom + footer_height(sizes))
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


def _fit(selection: Selection, sizes: Sizes, footer_height: Callable[[Sizes], float]) -> Sizes:
    """Widen the page until it is no higher than its width by √2."""
    least = (_BOX_WIDTH_FULL if selection.full else _BOX_WIDTH) * sizes.scale
    while sizes.width < _WIDEST:
        placement = arrange(selection, sizes)
        height = placement.bottom + footer_height(sizes)
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


def _roomy(
    selection: Selection, sizes: Sizes, placement: Placement, routes: dict[str, tuple[Point, ...]]
) -> Sizes:
    """The sizes with gutters and gaps as wide as the lines in them need."""
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
    """For each gutter, how many lines between the same two neighbours cross it straight."""
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
    """For each gap that holds the whole of a straight vertical line, the height this line needs."""
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
