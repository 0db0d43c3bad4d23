"""The hatches of the owners, so that colour is never the only cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.geometry.display_list import Circle, Pen, Polyline, Rect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ohjausprosessi.diagram.content.palette import OwnerStyle
    from ohjausprosessi.diagram.geometry.display_list import Point, Scene


def hatch(scene: Scene, box: Rect, kind: str, colour: str) -> None:
    """Fill a rectangle with the hatch of an owner."""
    pen = Pen("", colour, 1.0)
    for line in _HATCHES.get(kind, _no_lines)(box):
        scene.add(Polyline(line, pen))
    if kind == "dots":
        for x, y in _lattice(box):
            scene.add(Circle((x, y), 1.1, Pen(colour, colour, 0.2)))
    elif kind == "rings":
        for x, y in _lattice(box):
            scene.add(Circle((x, y), 1.5, Pen("", colour, 0.8)))


def member_bands(
    scene: Scene,
    strip: Rect,
    members: Sequence[str],
    styles: Mapping[str, OwnerStyle],
    *,
    width: float = 1.0,
) -> None:
    """Fill a strip with one hatched band for each member of a joint owner, in their order."""
    step = strip.height / len(members)
    for n, member in enumerate(members):
        style = styles[member]
        band = Rect(strip.left, strip.top + n * step, strip.right, strip.top + (n + 1) * step)
        scene.rectangle(band, Pen(style.fill, style.line, width))
        hatch(scene, band.grown(-1), style.hatch, style.line)


def _no_lines(_: Rect) -> Iterator[tuple[Point, Point]]:
    return iter(())


def _horizontal(box: Rect) -> Iterator[tuple[Point, Point]]:
    y = box.top + 3
    while y < box.bottom:
        yield (box.left, y), (box.right, y)
        y += 5


def _vertical(box: Rect) -> Iterator[tuple[Point, Point]]:
    x = box.left + 2.5
    while x < box.right:
        yield (x, box.top), (x, box.bottom)
        x += 4


def _diagonal(box: Rect) -> Iterator[tuple[Point, Point]]:
    offset = -box.height + 4
    while offset < box.width:
        x, y = box.left + max(0.0, offset), box.top + max(0.0, -offset)
        run = min(box.right - x, box.bottom - y)
        if run > 0:
            yield (x, y), (x + run, y + run)
        offset += 6


def _back(box: Rect) -> Iterator[tuple[Point, Point]]:
    for (x1, y1), (x2, y2) in _diagonal(box):
        yield (box.left + box.right - x1, y1), (box.left + box.right - x2, y2)


def _cross(box: Rect) -> Iterator[tuple[Point, Point]]:
    yield from _horizontal(box)
    yield from _vertical(box)


def _waves(box: Rect) -> Iterator[tuple[Point, Point]]:
    y = box.top + 4
    while y < box.bottom - 3:
        x, up = box.left, True
        while x < box.right - 3:
            yield (x, y + (3 if up else 0)), (x + 3, y + (0 if up else 3))
            x, up = x + 3, not up
        y += 6


def _lattice(box: Rect) -> Iterator[Point]:
    y, odd = box.top + 4, False
    while y < box.bottom - 2:
        x = box.left + (3 if odd else 6)
        while x < box.right - 1:
            yield x, y
            x += 6
        y, odd = y + 5, not odd


_HATCHES = {
    "horizontal": _horizontal,
    "vertical": _vertical,
    "diagonal": _diagonal,
    "back": _back,
    "cross": _cross,
    "waves": _waves,
}
