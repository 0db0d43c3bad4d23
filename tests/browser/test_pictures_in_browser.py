"""Pictures measured in a real browser: every text is as wide as its box allows.

Skipped where Playwright, Chromium or a font with Arial's widths is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.diagram import render
from ohjausprosessi.diagram.content.legend_entries import legend_entries
from ohjausprosessi.diagram.content.selection import select
from ohjausprosessi.diagram.draw.compose import compose, lay_out
from ohjausprosessi.diagram.draw.legend import sample
from ohjausprosessi.diagram.geometry.display_list import (
    Circle,
    Polygon,
    Polyline,
    Rect,
    RoundedBox,
    TextShape,
)
from ohjausprosessi.diagram.layout.placement import MARGIN
from ohjausprosessi.diagram.layout.state_box import JOINT_STRIP
from ohjausprosessi.formats import load_definition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ohjausprosessi.diagram.content.selection import View
    from ohjausprosessi.diagram.geometry.display_list import Scene, Shape
    from ohjausprosessi.diagram.layout.layout import Layout

# Chromium rounds the sizes of letters.
SLACK = 0.5
ON_A_MARK = {"code", "number", "chip", "letter", "badge"}
# What each text says, its length, and where it begins, rises, ends and sinks, in points of the page.
MEASURED = """() => {
  const page = document.documentElement.getScreenCTM().inverse();
  return [...document.querySelectorAll('text')].map(text => {
    const at = page.multiply(text.getScreenCTM()), box = text.getBBox();
    const last = text.getNumberOfChars() - 1;
    return [text.textContent, text.getComputedTextLength(),
      text.getStartPositionOfChar(0).x + at.e, box.y + at.f,
      text.getEndPositionOfChar(last).x + at.e, box.y + box.height + at.f];
  });
}"""
PROBE = "Mikä iWl 0123"
ARIAL = [627.9, 650.3]  # its width at size 100, regular and bold
PROBED = f"""() => {{
  const pen = document.createElement('canvas').getContext('2d');
  return ['100px', 'bold 100px'].map(look => {{
    pen.font = look + " Arial, 'Liberation Sans', Helvetica, sans-serif";
    return pen.measureText({PROBE!r}).width;
  }});
}}"""


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    if page.evaluate(PROBED) != pytest.approx(ARIAL, abs=2):
        pytest.skip("no font with the widths of Arial")
    yield page
    page.close()


@pytest.mark.parametrize("lang", ["fi", "en"])
@pytest.mark.parametrize("view", ["overview", "full"])
@pytest.mark.parametrize("name", ["tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen"])
def test_no_text_is_wider_than_its_box(
    page: Any, tmp_path: Path, name: str, view: View, lang: str
) -> None:
    definition = load_definition(name)
    layout = lay_out(select(definition, view, language=lang))
    scene = compose(layout)
    page.goto(render(definition, tmp_path / "picture.svg", lang=lang, view=view).as_uri())
    seen = page.evaluate(MEASURED)
    said = [words.replace("\u00a0", " ") for words, *_ in seen]
    assert said == [text.text for text in scene.texts]

    rooms = Rooms(layout, scene)
    faults = []
    for text, (_, length, *corners) in zip(scene.texts, seen, strict=True):
        real, (left, right) = Rect(*corners), rooms.of(text)
        if not Rect(0, 0, scene.width, scene.height).contains(real, slack=0):
            faults.append(f"{text.text!r} ({text.kind}) leaves the page")
        if length > text.box.width + SLACK:
            faults.append(f"{text.text!r} is {length:.1f} wide, planned {text.box.width:.1f}")
        if real.left < left - SLACK or real.right > right + SLACK:
            faults.append(f"{text.text!r} ({text.kind}) leaves {left:.1f}–{right:.1f}: {real}")
    assert faults == []
    assert rooms.used >= {"box", "glyph", "header", "phase", "legend", "mark"}
    assert ("table" in rooms.used) == (view == "full")


@dataclass(slots=True)
class Rooms:
    """From where to where each text of a page may reach."""

    layout: Layout
    scene: Scene
    used: set[str] = field(default_factory=set)

    def of(self, text: TextShape) -> tuple[float, float]:
        """Return the left and right edge of the room of a text; of the margins without a box."""
        if text.kind in ON_A_MARK:
            return self._mark(text)
        finders = {
            "state": self._state,
            "incoming": self._state,
            "header": self._header,
            "phase": self._phase,
            "legend": self._legend,
            "table": self._table,
        }
        return finders.get(text.kind, self._margins)(text)

    def _margins(self, _: TextShape) -> tuple[float, float]:
        return MARGIN, self.scene.width - MARGIN

    def _state(self, text: TextShape) -> tuple[float, float]:
        selection, placed = self.layout.selection, self.layout.placement.states[text.owner]
        if placed.state_box.labelled_beneath:
            if placed.label is None or text.anchor == "start":  # the numbers beside an end
                return self._margins(text)
            self.used.add("glyph")
            return placed.label.left, placed.label.right
        self.used.add("box")
        owner = selection.definition.states[text.owner].owner
        joint = selection.styles[owner].members and not placed.state_box.ghost
        strip = JOINT_STRIP * self.layout.scale if joint and placed.state_box.form == "box" else 0.0
        return placed.box.left + strip, placed.box.right

    def _header(self, text: TextShape) -> tuple[float, float]:
        self.used.add("header")
        lane = next(
            lane
            for lane in self.layout.placement.lanes.values()
            if lane.top < text.at[1] < lane.bottom
        )
        strips = [
            max(x for x, _ in shape.points)
            for shape in self.scene.decoration
            if isinstance(shape, Polyline) and shape.points[0][1] == lane.top
            if shape.points[1][1] == lane.bottom and shape.points[0][0] < self.layout.placement.left
        ]
        return max(strips, default=MARGIN), self.layout.placement.left

    def _phase(self, text: TextShape) -> tuple[float, float]:
        self.used.add("phase")
        return next(
            (heading.left, heading.right)
            for heading in self.layout.placement.headings
            if heading.left < text.at[0] < heading.right
        )

    def _legend(self, text: TextShape) -> tuple[float, float]:
        """Return the room up to the symbol of the entry that follows in the row."""
        self.used.add("legend")
        texts = [one for one in self.scene.texts if one.kind == "legend"]
        n = next(n for n, one in enumerate(texts) if one is text)
        if n + 1 == len(texts) or texts[n + 1].at[1] != text.at[1]:
            return self._margins(text)
        selection = self.layout.selection
        symbol = sample(selection, legend_entries(selection)[n].key)[0] * self.layout.scale
        return text.at[0], texts[n + 1].at[0] - symbol

    def _table(self, text: TextShape) -> tuple[float, float]:
        """Return the room up to the next words of the line, or to the next column's number."""
        self.used.add("table")
        texts = [one for one in self.scene.texts if one.kind == "table"]
        line = [one.at[0] for one in texts if (one.owner, one.at[1]) == (text.owner, text.at[1])]
        lines: dict[tuple[str, float], float] = {}
        for one in texts:
            lines.setdefault((one.owner, one.at[1]), one.at[0])
        columns = sorted({round(left, 1) for left in lines.values()})
        discs = [left - (columns[0] - MARGIN) for left in columns if left > text.at[0] + SLACK]
        after = [left for left in line if left > text.at[0]]
        return text.at[0], min([*after, *discs, self.scene.width - MARGIN])

    def _mark(self, text: TextShape) -> tuple[float, float]:
        """Return the smallest closed shape around a text."""
        self.used.add("mark")
        x = (text.box.left + text.box.right) / 2
        point = Rect(x, text.at[1], x, text.at[1])
        around = [box for box in self._closed() if box.contains(point, slack=0)]
        least = min(around, key=lambda box: box.width * box.height)
        return least.left, least.right

    def _closed(self) -> Iterator[Rect]:
        for shape in self.scene.decoration:
            if box := box_of(shape):
                yield box
        yield from (node.box for node in self.scene.nodes)


def box_of(shape: Shape) -> Rect | None:
    """Return the room of a closed shape."""
    if isinstance(shape, RoundedBox):
        return shape.box
    if isinstance(shape, Circle):
        (x, y), r = shape.centre, shape.radius
        return Rect(x - r, y - r, x + r, y + r)
    if isinstance(shape, Polygon):
        xs, ys = zip(*shape.points, strict=True)
        return Rect(min(xs), min(ys), max(xs), max(ys))
    return None
