"""A page as DOT with fixed coordinates: Graphviz draws it and places nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.geometry.dash_patterns import dashes
from ohjausprosessi.diagram.geometry.display_list import (
    Circle,
    Pen,
    Polygon,
    Polyline,
    RoundedBox,
    TextShape,
)
from ohjausprosessi.diagram.geometry.outlines import outline_of, outline_points
from ohjausprosessi.diagram.geometry.polyline import curve, flattened
from ohjausprosessi.diagram.geometry.text_metrics import text_width
from ohjausprosessi.diagram.output.dot_syntax import attributes, joined, number, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ohjausprosessi.diagram.geometry.display_list import Edge, Node, Point, Rect, Scene, Shape

FONT = "Arial"
_INCH = 72
# Graphviz lifts a text of a background by a share of its size: graphviz-pure by this, dot by twice.
_LIFT = 0.1


def to_dot(scene: Scene, *, exact: bool = False) -> str:
    """The DOT text of a page, to be drawn with ``neato -n2``.

    Args:
        scene: the page.
        exact: draw every dash as a line of its own; for a PNG, whose dash patterns nothing can
            correct afterwards.
    """
    return _Writer(scene, exact=exact).text()


class _Writer:
    """Writes a scene in the coordinates of Graphviz, whose y runs from the bottom up."""

    def __init__(self, scene: Scene, *, exact: bool) -> None:
        self.scene = scene
        self.height = scene.height
        self.exact = exact

    def text(self) -> str:
        scene = self.scene
        corner = f"{number(scene.width)},{number(scene.height)}"
        head = attributes(
            {
                "bb": f"0,0,{corner}",
                "pad": 0,
                "bgcolor": "white",
                "outputorder": "edgesfirst",
                "fontname": FONT,
            }
        )
        lines = [
            "digraph ohjausprosessi {",
            f"  graph [{head}];",
            f'  node [fixedsize="true", label="", margin="0", fontname="{FONT}"];',
            '  edge [dir="none"];',
            *self._corners(),
            *(self._node(node) for node in scene.nodes),
            *(self._edge(edge) for edge in scene.edges),
            f"  graph [_background={joined(list(self._decoration()))}];",
            "}",
        ]
        return "\n".join(lines) + "\n"

    def _corners(self) -> Iterator[str]:
        """Two invisible nodes in the corners, since Graphviz computes the page from its nodes."""
        for name, x, y in (("corner_1", 0.0, 0.0), ("corner_2", self.scene.width, self.height)):
            place = attributes(
                {
                    "shape": "point",
                    "style": "invis",
                    "width": 0.01,
                    "height": 0.01,
                    "pos": f"{number(x)},{number(y)}",
                }
            )
            yield f"  {quoted(name)} [{place}];"

    def _at(self, point: Point, mark: str = " ") -> str:
        return f"{number(point[0])}{mark}{number(self.height - point[1])}"

    # ---- nodes and edges

    def _node(self, node: Node) -> str:
        box = node.box
        (x, y), width, height = box.middle, box.width, box.height
        if node.outline == "triangle":
            # Graphviz' triangle fills the upper three quarters of its box.
            height = box.height / 0.75
            y = box.top + height / 2
        fill = node.pen.fill or "#FFFFFF00"
        style = ["filled"]
        apart = self.exact and node.pen.dash != "solid"
        style += [node.pen.dash] if node.pen.dash != "solid" and not apart else []
        style += ["rounded"] if node.outline == "rounded" else []
        return (
            f"  {quoted(node.id)} ["
            + attributes(
                {
                    "id": node.id,
                    "class": " ".join(node.classes),
                    "shape": "box" if node.outline == "rounded" else node.outline,
                    "pos": self._at((x, y), ","),
                    "width": number4(width / _INCH),
                    "height": number4(height / _INCH),
                    "style": ",".join(style),
                    "fillcolor": fill,
                    "color": "#FFFFFF00" if apart else node.pen.line,
                    "penwidth": number(node.pen.width),
                }
            )
            + _label(node.label)
            + "];"
        )

    def _edge(self, edge: Edge) -> str:
        apart = self.exact and edge.pen.dash != "solid"
        strokes = [curve(piece, edge.radius) for piece in edge.pieces]
        if apart:
            strokes = [
                curve(dash, 0)
                for piece in edge.pieces
                for dash in dashes(flattened(piece, edge.radius), edge.pen.dash, self.scene.scale)
            ]
        pieces = [" ".join(self._at(point, ",") for point in stroke) for stroke in strokes]
        return (
            f"  {quoted(edge.tail)} -> {quoted(edge.head)} ["
            + attributes(
                {
                    "id": edge.id,
                    "class": " ".join(edge.classes),
                    "pos": ";".join(pieces),
                    "style": "solid" if apart else edge.pen.dash,
                    "color": edge.pen.line,
                    "penwidth": number(edge.pen.width),
                }
            )
            + "];"
        )

    # ---- decoration, in the operations of xdot

    def _decoration(self) -> Iterator[str]:
        for shape in self.scene.decoration:
            if isinstance(shape, TextShape):
                yield self._letters(shape)
            elif self.exact and shape.pen.dash != "solid" and shape.pen.line:
                yield from self._dashed(shape)
            else:
                yield self._pen(shape.pen) + self._outline(shape)
        if self.exact:
            for node in self.scene.nodes:
                if node.pen.dash != "solid":
                    yield from self._dashed(outline_of(node))

    def _dashed(self, shape: Polygon | RoundedBox | Circle | Polyline) -> Iterator[str]:
        """The fill of a shape, then its outline dash by dash."""
        if shape.pen.fill and not isinstance(shape, Polyline):
            bare = replace(shape, pen=Pen(shape.pen.fill))
            yield self._pen(bare.pen) + self._outline(bare)
        line = Pen("", shape.pen.line, shape.pen.width)
        for dash in dashes(outline_points(shape), shape.pen.dash, self.scene.scale):
            yield self._pen(line) + self._list("L", dash)

    def _pen(self, pen: Pen) -> str:
        width = f"setlinewidth({number(pen.width if pen.line else 0)})"
        parts = [_counted("S", pen.dash), _counted("S", width)]
        if pen.fill:
            parts.append(_counted("C", pen.fill))
        parts.append(_counted("c", pen.line or pen.fill))
        return "".join(parts)

    def _outline(self, shape: Shape) -> str:
        filled = not isinstance(shape, TextShape) and bool(shape.pen.fill)
        if isinstance(shape, Circle):
            radius = number(shape.radius)
            return f"{'E' if filled else 'e'} {self._at(shape.centre)} {radius} {radius} "
        if isinstance(shape, Polygon):
            return self._list("P" if filled else "p", shape.points)
        if isinstance(shape, RoundedBox):
            if shape.radius <= 0:
                return self._list("P" if filled else "p", _rectangle(shape.box))
            return self._list("b" if filled else "B", _rounded(shape.box, shape.radius))
        if isinstance(shape, Polyline):
            return self._list("L", shape.points)
        return ""

    def _list(self, operation: str, points: Sequence[Point]) -> str:
        return f"{operation} {len(points)} {' '.join(self._at(point) for point in points)} "

    def _letters(self, text: TextShape) -> str:
        width = text_width(text.text, text.size, bold=text.bold)
        side = {"start": -1, "middle": 0, "end": 1}[text.anchor]
        body = text.text.replace("\\", "\\\\")
        x, y = text.at
        baseline = x, y + _LIFT * text.size
        return (
            f"F {number(text.size)} {len(FONT)} -{FONT} t {int(text.bold)} "
            f"{_counted('c', text.colour)}"
            f"T {self._at(baseline)} {side} {number(width)} {len(text.text.encode())} -{body} "
        )


def _label(text: TextShape | None) -> str:
    if text is None:
        return ""
    body = text.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    look = attributes({"fontsize": number(text.size), "fontcolor": text.colour})
    return f", label=<<B>{body}</B>>, {look}" if text.bold else f", label=<{body}>, {look}"


def number4(value: float) -> str:
    """A length in inches, precise to a hundredth of a point."""
    return f"{value:.5f}"


def _counted(operation: str, text: str) -> str:
    return f"{operation} {len(text)} -{text} "


def _rectangle(box: Rect) -> tuple[Point, ...]:
    return (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )


def _rounded(box: Rect, radius: float) -> tuple[Point, ...]:
    middle = ((box.left + box.right) / 2, box.top)
    _, right_top, right_bottom, left_bottom = _rectangle(box)
    line = (middle, right_top, right_bottom, left_bottom, (box.left, box.top), middle)
    return curve(line, radius)
