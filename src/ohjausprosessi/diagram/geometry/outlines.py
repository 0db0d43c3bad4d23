"""Outlines of shapes and nodes, for what draws them itself instead of leaving that to Graphviz."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.geometry.display_list import Circle, Polygon, Polyline, RoundedBox

if TYPE_CHECKING:
    from ohjausprosessi.diagram.geometry.display_list import Node, Point, Shape

_CORNER_STEPS = 6
_CIRCLE_STEPS = 40
# Graphviz rounds the corners of a node by this much.
NODE_RADIUS = 12.0


def outline_of(node: Node) -> Polygon | RoundedBox | Circle:
    """The outline of a node as a shape."""
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
    """The outline of a shape as a polyline of short runs, closed where the shape is closed."""
    if isinstance(shape, Circle):
        x, y = shape.centre
        turns = [2 * pi * n / _CIRCLE_STEPS for n in range(_CIRCLE_STEPS + 1)]
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
