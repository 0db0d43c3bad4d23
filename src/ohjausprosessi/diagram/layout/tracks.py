"""The tracks lines may run on: where they lie, and how those in use are spread afterwards."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.geometry.polyline import SAME, enters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.diagram.geometry.display_list import Point, Rect

_TRACK = 9.0
_EDGE = 8.0
_MOST_TRACKS = 12


def tracks_between(first: float, last: float) -> list[float]:
    """The tracks of a gutter or gap, at most twelve, evenly around its middle."""
    count = max(1, min(_MOST_TRACKS, int((last - first - 2 * _EDGE) // _TRACK)))
    begin = (first + last) / 2 - (count - 1) * _TRACK / 2
    return [begin + n * _TRACK for n in range(count)]


def merged_tracks(ports: Iterable[float], others: Iterable[float], apart: float) -> list[float]:
    """The tracks through ports, and those others that lie ``apart`` from all accepted before them."""
    tracks = sorted(ports)
    for track in others:
        placed = bisect_left(tracks, track)
        near = tracks[max(0, placed - 1) : placed + 1]
        if all(abs(other - track) >= apart for other in near):
            tracks.insert(placed, track)
    return tracks


def respace(
    lines: dict[str, tuple[Point, ...]],
    axis: int,
    room: tuple[float, float],
    *,
    step: float,
    blocks: Sequence[Rect],
) -> None:
    """Spread the used tracks of a gutter (axis 0) or of a gap (axis 1) evenly around its middle.

    The lines stay as they are if a moved run would enter a block.

    Args:
        lines: corner points by line; replaced in place.
        axis: the coordinate that a track fixes.
        room: first and last position a track may have.
        step: distance of two tracks, less where the room is narrow.
        blocks: what no line may enter.
    """
    first, last = room
    used = sorted(
        {
            round(one[axis], 2)
            for line in lines.values()
            for one, other in _inner(line)
            if abs(one[axis] - other[axis]) < SAME and first <= one[axis] <= last
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
            if abs(one[axis] - other[axis]) < SAME and track in moved:
                points[n][axis] = points[n + 1][axis] = moved[track]
        new = tuple((x, y) for x, y in points)
        if new != line:
            changed[name] = new
    if not any(enters(line[1:-1], block) for line in changed.values() for block in blocks):
        lines.update(changed)


def _inner(line: tuple[Point, ...]) -> list[tuple[Point, Point]]:
    return list(pairwise(line[1:-1]))
