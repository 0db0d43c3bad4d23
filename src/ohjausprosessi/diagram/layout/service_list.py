"""The services of a lane listed by name, in as many columns as give the least height."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.diagram.geometry.text_metrics import wrap

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection

SERVICE_TEXT = 11.3
SERVICE_LEADING = 13.5
SERVICE_LEAST = 23.0
_MARK = 34.0
_MOST_LINES = 3
_LEAST_TEXT = 70.0


class ListArea(NamedTuple):
    """The area of a list: its left and right edge, and its top."""

    left: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class ListedService:
    """A listed service: the top left corner of its symbol, and its lines of text."""

    service: str
    x: float
    y: float
    lines: tuple[str, ...]


def list_services(
    selection: Selection, services: tuple[str, ...], area: ListArea, scale: float
) -> tuple[list[ListedService], float]:
    """List services in an area; the result is their places, and the height they need."""
    listed, height, _ = _columns(selection, services, area, 1, scale)
    for count in range(2, len(services) + 1):
        wider, lower, fits = _columns(selection, services, area, count, scale)
        if fits and lower < height - 1:
            listed, height = wider, lower
    return listed, height


def _columns(
    selection: Selection, services: tuple[str, ...], area: ListArea, count: int, scale: float
) -> tuple[list[ListedService], float, bool]:
    """The services in a number of columns, the height, and whether the columns are wide enough."""
    step = (area.right - area.left) / count
    width = step - (_MARK + 4) * scale
    texts = [
        wrap(
            selection.definition.services[service].text(selection.language),
            SERVICE_TEXT * scale,
            max(width, 40 * scale),
        )
        for service in services
    ]
    fits = width >= _LEAST_TEXT * scale and all(len(lines) <= _MOST_LINES for lines in texts)
    listed: list[ListedService] = []
    top = area.top
    for start in range(0, len(services), count):
        row = range(start, min(start + count, len(services)))
        listed += [
            ListedService(services[n], area.left + (n - start) * step, top, tuple(texts[n]))
            for n in row
        ]
        top += max(max(len(texts[n]) * SERVICE_LEADING, SERVICE_LEAST) for n in row) * scale
        top += 4 * scale
    return listed, top - area.top, fits
