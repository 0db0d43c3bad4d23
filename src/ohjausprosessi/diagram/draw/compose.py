"""Composes the pages of a view: lays them out and draws everything into their scenes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.draw.footer import draw_footer, footer_height
from ohjausprosessi.diagram.draw.lanes import draw_page, draw_title, title_of
from ohjausprosessi.diagram.draw.lines import draw_lines
from ohjausprosessi.diagram.draw.state_forms import draw_states
from ohjausprosessi.diagram.draw.table import TABLE_SIZE, draw_table
from ohjausprosessi.diagram.geometry.display_list import A3_WIDTH, Pen, Rect, Scene
from ohjausprosessi.diagram.layout.layout import RATIO, layout_of

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.layout.layout import Layout
    from ohjausprosessi.diagram.layout.placement import Sizes

_LEAST_PRINT = 6.5
_TABLE_SCALES = (1.1, 1.0, 0.9, 0.8, 0.72)


def lay_out(selection: Selection, *, table: bool = True) -> Layout:
    """Lay out a view, with room for the footer and, if ``table``, the table in it."""

    def foot(sizes: Sizes) -> float:
        return footer_height(selection, sizes.width, sizes.scale, table=table)

    return layout_of(selection, foot)


def compose(layout: Layout, *, table: bool = True) -> Scene:
    """Draw a layout into a scene."""
    selection = layout.selection
    scene = Scene(
        layout.width, layout.height, title_of(selection), selection.language, layout.scale
    )
    scene.rectangle(Rect(0, 0, layout.width, layout.height), Pen("#FFFFFF"))
    draw_page(scene, layout)
    draw_states(scene, layout)
    draw_lines(scene, layout)
    draw_footer(scene, selection, layout.scale, layout.placement.bottom, table=table)
    return scene


def table_is_readable(layout: Layout) -> bool:
    """Whether the table of a page can be read when printed on A3: 6.5 points or more."""
    return TABLE_SIZE * layout.scale * A3_WIDTH / layout.width >= _LEAST_PRINT


def table_pages(selection: Selection) -> list[Scene]:
    """The table of a view on pages of its own: one if it fits at some scale, else more."""
    rows = list(selection.rows)
    for scale in _TABLE_SCALES:
        page, bottom = _table_page(selection, scale)
        if bottom <= page.height or len(rows) == 1:
            return [page]
    half = len(rows) // 2
    return [
        one
        for part in (rows[:half], rows[half:])
        for one in table_pages(replace(selection, rows=tuple(part)))
    ]


def _table_page(selection: Selection, scale: float) -> tuple[Scene, float]:
    page = Scene(A3_WIDTH, A3_WIDTH / RATIO, title_of(selection), selection.language, scale)
    page.rectangle(Rect(0, 0, page.width, page.height), Pen("#FFFFFF"))
    draw_title(page, selection, scale)
    return page, draw_table(page, selection, scale, 66 * scale)
