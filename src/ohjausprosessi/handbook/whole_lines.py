"""The whole course of a line that a picture draws only in part.

Lines that share a run are drawn once: the group of one transition holds the shared run, those of
the others only what is their own. To show the way of a case, the missing part is taken from the
line that has it.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Bounds", "PictureLine", "Point", "box_of", "line_of", "whole_courses"]

Point = tuple[float, float]
Pieces = tuple[tuple[Point, ...], ...]
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NEAR = 26.0  # an end of a line may stand off its state by a ring, a mark or a head
_TOUCH = 3.0


class Bounds(NamedTuple):
    """The bounding box of a state."""

    left: float
    top: float
    right: float
    bottom: float

    def near(self, point: Point) -> bool:
        """Whether a point lies in it or close to it."""
        return (
            self.left - _NEAR <= point[0] <= self.right + _NEAR
            and self.top - _NEAR <= point[1] <= self.bottom + _NEAR
        )


class PictureLine(NamedTuple):
    """A line as drawn: its states, and its pieces between the marks on it."""

    source: str
    target: str
    pieces: Pieces


def line_of(paths: Sequence[str], *, every: int = 3) -> Pieces:
    """The corner points of paths made of one move and curves.

    Args:
        paths: the paths as written in SVG.
        every: 3 takes the points on the line, 1 those that bend it, too.
    """
    pieces = []
    for path in paths:
        numbers = [float(number) for number in _NUMBER.findall(path)]
        points = list(zip(numbers[::2], numbers[1::2], strict=False))
        if points:
            pieces.append(tuple(points[::every]))
    return tuple(pieces)


def box_of(points: Sequence[Point]) -> Bounds:
    """The bounding box of points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Bounds(min(xs), min(ys), max(xs), max(ys))


def whole_courses(lines: Mapping[str, PictureLine], boxes: Mapping[str, Bounds]) -> dict[str, str]:
    """Complete every line that is drawn only in part from the lines it joins, as SVG paths.

    Args:
        lines: name to line.
        boxes: state to its room.
    """
    found = {}
    for name, line in lines.items():
        if not line.pieces or not {line.source, line.target} <= boxes.keys():
            continue
        before = _before(line.pieces[0][0], line, boxes[line.source], list(lines.values()))
        after = _after(line.pieces[-1][-1], line, boxes[line.target], list(lines.values()))
        if before or after:
            pieces = (*before, *line.pieces, *after)
            found[name] = "".join(_path(piece) for piece in pieces if len(piece) > 1)
    return found


def _before(
    joint: Point, line: PictureLine, source: Bounds, others: Sequence[PictureLine]
) -> Pieces:
    """The pieces from the common source to a joint; none if the source is near."""
    for other in others if not source.near(joint) else ():
        cut = _cut(other.pieces, joint) if other.source == line.source else None
        if cut is not None and other is not line:
            rest = [one for one in others if one is not other]
            return (*_before(cut[0][0][0], line, source, rest), *cut[0])
    return ()


def _after(
    joint: Point, line: PictureLine, target: Bounds, others: Sequence[PictureLine]
) -> Pieces:
    """The pieces from a joint to the common target; none if the target is near."""
    for other in others if not target.near(joint) else ():
        cut = _cut(other.pieces, joint) if other.target == line.target else None
        if cut is not None and other is not line:
            rest = [one for one in others if one is not other]
            return (*cut[1], *_after(cut[1][-1][-1], line, target, rest))
    return ()


def _cut(pieces: Pieces, joint: Point) -> tuple[Pieces, Pieces] | None:
    """The pieces before and after a joint, or None where the line does not pass it."""
    for n, piece in enumerate(pieces):
        for k, (a, b) in enumerate(itertools.pairwise(piece)):
            if _passes(a, b, joint):
                before = (*pieces[:n], (*piece[: k + 1], joint))
                after = ((joint, *piece[k + 1 :]), *pieces[n + 1 :])
                return before, after
    return None


def _passes(a: Point, b: Point, joint: Point) -> bool:
    return (
        min(a[0], b[0]) - _TOUCH <= joint[0] <= max(a[0], b[0]) + _TOUCH
        and min(a[1], b[1]) - _TOUCH <= joint[1] <= max(a[1], b[1]) + _TOUCH
    )


def _path(piece: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in piece)
