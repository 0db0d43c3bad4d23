"""Dash patterns: Graphviz knows two of its own only, so they are drawn or written afterwards."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.geometry.display_list import Circle, Polygon, Polyline, RoundedBox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ohjausprosessi.diagram.geometry.display_list import Dash, Node, Point, Shape

PATTERNS: dict[Dash, tuple[float, float]] = {"dashed": (5.0, 3.0), "dotted": (1.6, 2.3)}
_CORNER_STEPS = 6
# Graphviz rounds the corners of a node by this much.
NODE_RADIUS = 12.0


def dashes(points: Sequence[Point], dash: Dash, scale: float) -> Iterator[tuple[Point, ...]]:
    """Yield the strokes of a dashed line."""
    on, off = (length * scale for length in PATTERNS[dash])
    left, drawing = on, True
    current: list[Point] = [points[0]]
    for a, b in pairwise(points):
        length = hypot(b[0] - a[0], b[1] - a[1])
        position = 0.0
        while length - position > left:
            position += left
            share = position / length
            at = (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
            if drawing:
                yield (*current, at)
            drawing = not drawing
            left = on if drawing else off
            current = [at]
        left -= length - position
        current.append(b)
    if drawing and len(current) > 1:
        yield tuple(current)


def outline_of(node: Node) -> Polygon | RoundedBox | Circle:
    """Return the outline of a node as a shape, for what knows no nodes."""
    box, pen = node.box, node.pen
    x, y = box.middle
    if node.outline == "circle":
        return Circle((x, y), box.width / 2, pen)
    if node.outline == "triangle":
        return Polygon(((x, box.top), (box.right, box.bottom), (box.left, box.bottom)), pen)
    if node.outline == "diamond":
        return Polygon(((x, box.top), (box.right, y), (x, box.bottom), (box.left, y)), pen)
    return RoundedBox(box, NODE_RADIUS if node.outline == "rounded" else 0.0, pen)


def outline_points(shape: Shape) -> tuple[Point, ...]:
    """Return the outline of a shape as a fine line, closed where the shape is."""
    if isinstance(shape, Circle):
        steps = 40
        x, y = shape.centre
        turns = [2 * pi * n / steps for n in range(steps + 1)]
        return tuple((x + shape.radius * cos(t), y + shape.radius * sin(t)) for t in turns)
    if isinstance(shape, Polygon):
        return (*shape.points, shape.points[0])
    if isinstance(shape, RoundedBox):
        box = shape.box
        radius = min(shape.radius, box.width / 2, box.height / 2)
        points: list[Point] = []
        centres = (
            (box.right - radius, box.top + radius, -pi / 2),
            (box.right - radius, box.bottom - radius, 0.0),
            (box.left + radius, box.bottom - radius, pi / 2),
            (box.left + radius, box.top + radius, pi),
        )
        for x, y, begin in centres:
            for n in range(_CORNER_STEPS + 1):
                turn = begin + pi / 2 * n / _CORNER_STEPS
                points.append((x + radius * cos(turn), y + radius * sin(turn)))
        return (*points, points[0])
    if isinstance(shape, Polyline):
        return shape.points
    return ()
