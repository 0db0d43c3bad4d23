"""Pages as a searchable PDF on A3, drawn from the display list by ReportLab (the extra ``pdf``)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.diagram.geometry.dash_patterns import PATTERNS
from ohjausprosessi.diagram.geometry.display_list import (
    A3_WIDTH,
    Circle,
    Polygon,
    Polyline,
    RoundedBox,
    TextShape,
)
from ohjausprosessi.diagram.geometry.outlines import outline_of
from ohjausprosessi.diagram.geometry.polyline import curve
from ohjausprosessi.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.diagram.geometry.display_list import Edge, Node, Pen, Point, Scene, Shape


def to_pdf(scenes: Sequence[Scene]) -> bytes:
    """A PDF with one page per scene, as wide as A3 in landscape.

    Raises:
        RenderError: ReportLab is not installed.
    """
    try:
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  an extra, for PDF only
    except ImportError as error:
        raise RenderError(
            Text(
                "PDF:n piirtämiseen tarvitaan lisäosa: pip install 'ohjausprosessi[pdf]'",
                "drawing a PDF needs an extra: pip install 'ohjausprosessi[pdf]'",
            )
        ) from error
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, lang=scenes[0].language)
    canvas.setTitle(scenes[0].title)
    canvas.setCreator("ohjausprosessi")
    for scene in scenes:
        _Page(canvas, scene).draw()
    canvas.save()
    return buffer.getvalue()


class _Page:
    def __init__(self, canvas: Any, scene: Scene) -> None:  # noqa: ANN401  ReportLab has no types
        self.canvas = canvas
        self.scene = scene
        self.share = A3_WIDTH / scene.width

    def draw(self) -> None:
        canvas, scene = self.canvas, self.scene
        canvas.setPageSize((A3_WIDTH, scene.height * self.share))
        canvas.scale(self.share, self.share)
        canvas.setLineJoin(1)
        self._shapes(scene.decoration)
        for edge in scene.edges:
            self._edge(edge)
        for node in scene.nodes:
            self._node(node)
        canvas.showPage()

    def _shapes(self, shapes: Iterable[Shape]) -> None:
        for shape in shapes:
            if isinstance(shape, TextShape):
                self._text(shape)
            else:
                self._shape(shape)

    def _y(self, y: float) -> float:
        return self.scene.height - y

    def _pen(self, pen: Pen) -> dict[str, int]:
        canvas = self.canvas
        if pen.fill:
            canvas.setFillColor(_colour(pen.fill))
        if pen.line:
            canvas.setStrokeColor(_colour(pen.line))
            canvas.setLineWidth(pen.width)
            pattern = () if pen.dash == "solid" else PATTERNS[pen.dash]
            canvas.setDash([length * self.scene.scale for length in pattern])
        return {"fill": int(bool(pen.fill)), "stroke": int(bool(pen.line))}

    def _shape(self, shape: Polygon | RoundedBox | Circle | Polyline) -> None:
        how = self._pen(shape.pen)
        if isinstance(shape, Circle):
            self.canvas.circle(shape.centre[0], self._y(shape.centre[1]), shape.radius, **how)
        elif isinstance(shape, RoundedBox):
            box = shape.box
            radius = min(shape.radius, box.width / 2, box.height / 2)
            self.canvas.roundRect(
                box.left, self._y(box.bottom), box.width, box.height, radius, **how
            )
        else:
            closed = isinstance(shape, Polygon)
            self._path(shape.points, how, closed=closed)

    def _path(self, points: Sequence[Point], how: dict[str, int], *, closed: bool) -> None:
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], self._y(points[0][1]))
        for x, y in points[1:]:
            path.lineTo(x, self._y(y))
        if closed:
            path.close()
        self.canvas.drawPath(path, **how)

    def _text(self, text: TextShape) -> None:
        canvas = self.canvas
        canvas.setFillColor(_colour(text.colour))
        canvas.setFont("Helvetica-Bold" if text.bold else "Helvetica", text.size)
        x, y = text.box.left, self._y(text.at[1])
        canvas.drawString(x, y, text.text)

    def _edge(self, edge: Edge) -> None:
        how = self._pen(edge.pen)
        for piece in edge.pieces:
            points = curve(piece, edge.radius)
            path = self.canvas.beginPath()
            path.moveTo(points[0][0], self._y(points[0][1]))
            for n in range(1, len(points) - 2, 3):
                a, b, c = points[n : n + 3]
                path.curveTo(a[0], self._y(a[1]), b[0], self._y(b[1]), c[0], self._y(c[1]))
            self.canvas.drawPath(path, **how)

    def _node(self, node: Node) -> None:
        self._shape(outline_of(node))
        if node.label is not None:
            self._text(node.label)


def _colour(code: str) -> Any:  # noqa: ANN401  ReportLab has no types
    from reportlab.lib.colors import HexColor  # noqa: PLC0415  an extra, for PDF only

    return HexColor(code)
