"""The display list: everything on a page, in points from its top left corner.

The decoration is drawn first, in its order, then the edges, then the outlines of the nodes. Edges
and nodes become edges and nodes of Graphviz; decoration becomes the background of the graph.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ohjausprosessi.diagram.geometry.text_metrics import text_width

Point = tuple[float, float]
Dash = Literal["solid", "dashed", "dotted"]
Anchor = Literal["start", "middle", "end"]
Outline = Literal["box", "rounded", "circle", "triangle", "diamond"]

A3_WIDTH = 1190.55  # in landscape, in points
ASCENT = 0.74
DESCENT = 0.22


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle from its top left to its bottom right corner."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, middle: Point, half_width: float, half_height: float | None = None) -> Rect:
        """The rectangle around a point; without ``half_height`` it is a square."""
        (x, y), high = middle, half_width if half_height is None else half_height
        return cls(x - half_width, y - high, x + half_width, y + high)

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        """Its middle point."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Rect:
        """The rectangle, larger by ``by`` on every side."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlap(self, other: Rect) -> float:
        """The area it shares with another."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def contains(self, other: Rect, *, slack: float = 0.5) -> bool:
        """Whether another lies within this one, give or take ``slack`` points."""
        return (
            other.left >= self.left - slack
            and other.right <= self.right + slack
            and other.top >= self.top - slack
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Pen:
    """How a shape is drawn; an empty colour leaves out fill or line."""

    fill: str = ""
    line: str = ""
    width: float = 1.0
    dash: Dash = "solid"


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape; ``kind`` says what it means, for the tests."""

    points: tuple[Point, ...]
    pen: Pen
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RoundedBox:
    """A rectangle with rounded corners; radius 0 makes it a plain one."""

    box: Rect
    radius: float
    pen: Pen


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle; ``kind`` says what it means, for the tests."""

    centre: Point
    radius: float
    pen: Pen
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Polyline:
    """An open line."""

    points: tuple[Point, ...]
    pen: Pen


@dataclass(frozen=True, slots=True)
class TextShape:
    """One line of text.

    Attributes:
        at: where its baseline begins, ends or has its middle, as ``anchor`` says.
        kind: what it is, such as ``title``, ``number``, ``table``; for the tests.
        owner: id of the state or transition it belongs to, or empty.
        ground: colour beneath it, from which the contrast is computed.
    """

    at: Point
    text: str
    size: float
    bold: bool = False
    colour: str = "#111820"
    anchor: Anchor = "middle"
    kind: str = ""
    owner: str = ""
    ground: str = "#FFFFFF"

    @property
    def box(self) -> Rect:
        """The rectangle it covers."""
        width = text_width(self.text, self.size, bold=self.bold)
        shift = {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        left = self.at[0] - shift
        return Rect(
            left, self.at[1] - ASCENT * self.size, left + width, self.at[1] + DESCENT * self.size
        )


Shape = Polygon | RoundedBox | Circle | Polyline | TextShape


@dataclass(frozen=True, slots=True)
class Node:
    """The outline of a state or service; its fill is decoration beneath it.

    A badge on the outline of a state is a node too, since only a node is drawn over nodes.

    Attributes:
        id: stable id, such as ``state-seuranta``.
        classes: classes for styling, such as ``state owner-kaupunki``.
        title: the full name, shown on hover and read by screen readers; empty for a badge.
        label: the text in the middle of a badge.
    """

    id: str
    classes: tuple[str, ...]
    title: str
    box: Rect
    outline: Outline
    pen: Pen
    label: TextShape | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A transition: its line without head, in pieces that leave gaps for the marks on it.

    Attributes:
        id: stable id, ``transition-…`` with the source.
        tail: id of the node it leaves.
        head: id of the node it leads to.
    """

    id: str
    classes: tuple[str, ...]
    title: str
    tail: str
    head: str
    pieces: tuple[tuple[Point, ...], ...]
    pen: Pen
    radius: float


@dataclass(slots=True)
class Scene:
    """A page: its size and everything on it."""

    width: float
    height: float
    title: str
    language: str
    scale: float = 1.0
    decoration: list[Shape] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    @property
    def texts(self) -> list[TextShape]:
        """Every text of the page."""
        labels = [node.label for node in self.nodes if node.label is not None]
        return [shape for shape in self.decoration if isinstance(shape, TextShape)] + labels

    def add(self, *shapes: Shape) -> None:
        """Draw shapes over those drawn so far; blank texts are left out.

        Graphviz silently drops everything that follows an empty text in a background.
        """
        self.decoration += [
            shape
            for shape in shapes
            if not (isinstance(shape, TextShape) and not shape.text.strip())
        ]

    def rectangle(self, box: Rect, pen: Pen, *, radius: float = 0.0) -> None:
        """Draw a rectangle, its corners rounded by ``radius``."""
        self.add(RoundedBox(box, radius, pen))
