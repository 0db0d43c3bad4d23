"""Dash patterns, and lines cut into their dashes.

Graphviz has two fixed patterns of its own. An SVG gets ours afterwards; in a PNG every dash is
drawn as a line.
"""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ohjausprosessi.diagram.geometry.display_list import Dash, Point

PATTERNS: dict[Dash, tuple[float, float]] = {"dashed": (5.0, 3.0), "dotted": (1.6, 2.3)}


def dashes(points: Sequence[Point], dash: Dash, scale: float) -> Iterator[tuple[Point, ...]]:
    """Cut a line into its dashes, each a polyline; ``scale`` stretches the pattern."""
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
