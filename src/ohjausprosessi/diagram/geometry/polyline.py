"""Polylines: their runs, lengths and points, what they enter, and their rounded corners."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.diagram.geometry.display_list import Point, Rect

Run = tuple["Point", "Point"]
SAME = 0.01
_CURVE = 0.45
_FINE = 6


def runs(points: Sequence[Point]) -> list[Run]:
    """The straight runs between the corners of a line."""
    return list(pairwise(points))


def distance(a: Point, b: Point) -> float:
    """The distance between two points."""
    return hypot(a[0] - b[0], a[1] - b[1])


def length_of(points: Sequence[Point]) -> float:
    """The length of a line in points."""
    return sum(distance(a, b) for a, b in runs(points))


def at_distance(points: Sequence[Point], along: float) -> Point:
    """The point of a line at a distance from its beginning, its last point if the line is shorter."""
    for a, b in runs(points):
        length = distance(a, b)
        if along <= length:
            share = along / length if length else 0.0
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        along -= length
    return points[-1]


def without(
    points: Sequence[Point], gaps: Iterable[tuple[float, float]]
) -> tuple[tuple[Point, ...], ...]:
    """The pieces of a line that remain without its gaps, which are distances from the beginning."""
    total = length_of(points)
    pieces = []
    position = 0.0
    for first, last in [*sorted(gaps), (total, total)]:
        if first - position > 1:
            pieces.append(_between(points, position, min(first, total)))
        position = max(position, last)
    return tuple(pieces)


def _between(points: Sequence[Point], first: float, last: float) -> tuple[Point, ...]:
    kept = [at_distance(points, first)]
    position = 0.0
    for a, b in runs(points):
        position += distance(a, b)
        if first < position < last:
            kept.append(b)
    kept.append(at_distance(points, last))
    return corners(kept)


def corners(line: Iterable[Point]) -> tuple[Point, ...]:
    """A line without repeated points and without points inside a straight run."""
    kept: list[Point] = []
    for x, y in line:
        if kept and abs(x - kept[-1][0]) < SAME and abs(y - kept[-1][1]) < SAME:
            continue
        while len(kept) > 1 and any(
            abs(kept[-1][axis] - kept[-2][axis]) < SAME
            and abs((x, y)[axis] - kept[-1][axis]) < SAME
            for axis in (0, 1)
        ):
            kept.pop()
        kept.append((x, y))
    return tuple(kept)


def enters(line: tuple[Point, ...], block: Rect, *, slack: float = 1.0) -> bool:
    """Whether a line passes through the inside of a block; touching its outline does not count."""
    return any(
        min(a[0], b[0]) < block.right - slack
        and max(a[0], b[0]) > block.left + slack
        and min(a[1], b[1]) < block.bottom - slack
        and max(a[1], b[1]) > block.top + slack
        for a, b in pairwise(line)
    )


def curve(line: Sequence[Point], radius: float) -> tuple[Point, ...]:
    """The control points of a cubic Bézier curve along a line, its corners rounded."""
    points: list[Point] = [line[0]]

    def straight(a: Point, b: Point) -> None:
        points.extend([_toward(a, b, 1 / 3), _toward(a, b, 2 / 3), b])

    current = line[0]
    for before, corner, after in zip(line, line[1:], line[2:], strict=False):
        room = min(radius, distance(before, corner) / 2, distance(corner, after) / 2)
        enter = _toward(corner, before, room / (distance(before, corner) or 1))
        leave = _toward(corner, after, room / (distance(corner, after) or 1))
        straight(current, enter)
        points.extend(
            [_toward(enter, corner, 1 - _CURVE), _toward(leave, corner, 1 - _CURVE), leave]
        )
        current = leave
    straight(current, line[-1])
    return tuple(points)


def _toward(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def flattened(piece: Sequence[Point], radius: float) -> list[Point]:
    """A line with its corners rounded, as a polyline of short runs."""
    points = curve(piece, radius)
    flat: list[Point] = [points[0]]
    for n in range(0, len(points) - 3, 3):
        a, b, c, d = points[n : n + 4]
        for step in range(1, _FINE + 1):
            t = step / _FINE
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            flat.append(
                (
                    sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
                    sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
                )
            )
    return flat
