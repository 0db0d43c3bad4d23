"""Lines of one trunk share segments, and a shared segment is drawn once (LAYOUT §4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.geometry.polyline import corners, distance, length_of, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ohjausprosessi.diagram.content.selection import TransitionLine
    from ohjausprosessi.diagram.geometry.display_list import Point
    from ohjausprosessi.diagram.geometry.polyline import Run

_ON = 0.6
_LEAST_RUN = 2.0
_STRAIGHT = 0.01


@dataclass(frozen=True, slots=True)
class Segment:
    """The segment of a line that is drawn as its own.

    Attributes:
        line: the line.
        points: the segment, from the source towards the target.
        stem: whether it begins at the source; else at a joint with its trunk.
        tail: whether it reaches the target; else it ends at a joint with its trunk.
    """

    line: TransitionLine
    points: tuple[Point, ...]
    stem: bool = True
    tail: bool = True

    @property
    def joint(self) -> Point | None:
        """Where it meets its trunk, if it does not run alone."""
        if self.stem and self.tail:
            return None
        return self.points[-1] if self.stem else self.points[0]

    @property
    def length(self) -> float:
        """Its length in points."""
        return length_of(self.points)


def segments_of(
    lines: Sequence[TransitionLine], routes: Mapping[str, tuple[Point, ...]]
) -> list[Segment]:
    """The own segment of every routed line; the longest line of a trunk is drawn whole."""
    segments: dict[str, Segment] = {}
    compose: dict[str, list[Run]] = {}
    routed = [line for line in lines if line.id in routes]
    for line in sorted(routed, key=lambda one: (-length_of(routes[one.id]), one.id)):
        points = routes[line.id]
        trunk = compose.setdefault(line.trunk, [])
        if line.fan:
            own, joined = _until_joint(points[::-1], trunk)
            segments[line.id] = Segment(line, own[::-1], stem=not joined)
        else:
            own, joined = _until_joint(points, trunk)
            segments[line.id] = Segment(line, own, tail=not joined)
        trunk += runs(points)
    return [segments[line.id] for line in routed]


def _until_joint(points: Sequence[Point], trunk: Iterable[Run]) -> tuple[tuple[Point, ...], bool]:
    """The line up to where it first runs along its trunk, and whether it does."""
    trunk = list(trunk)
    for n, (a, b) in enumerate(runs(points)):
        starts = [start for run in trunk if (start := _shared_from(a, b, run)) is not None]
        if starts:
            first = min(starts)
            length = distance(a, b)
            at = (a[0] + (b[0] - a[0]) * first / length, a[1] + (b[1] - a[1]) * first / length)
            own = corners([*points[: n + 1], at])
            if len(own) > 1:
                return own, True
            return (points[0], at), True
    return tuple(points), False


def _shared_from(a: Point, b: Point, run: Run) -> float | None:
    """How far from a, on the way to b, a run of the trunk begins; None if they share nothing."""
    axis = 1 if abs(a[0] - b[0]) < _STRAIGHT else 0
    c, d = run
    across = 1 - axis
    if abs(c[across] - d[across]) > _STRAIGHT or abs(c[across] - a[across]) > _ON:
        return None
    low, high = sorted((c[axis], d[axis]))
    first, last = sorted((a[axis], b[axis]))
    shared = min(high, last) - max(low, first)
    if shared < _LEAST_RUN:
        return None
    return max(0.0, low - a[axis]) if b[axis] > a[axis] else max(0.0, a[axis] - high)
