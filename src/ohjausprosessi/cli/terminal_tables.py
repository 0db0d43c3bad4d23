"""Tables of a process for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from ohjausprosessi.cli.terminal import styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ohjausprosessi.cli.case_titles import CaseTitles
    from ohjausprosessi.cli.terminal import Part
    from ohjausprosessi.diagnostics import Text
    from ohjausprosessi.model import Element

__all__ = ["add", "named", "table_of"]


def table_of(titles: CaseTitles, title: Text, *columns: Text) -> Table:
    """An empty table with a title; its first column holds a mark without a heading."""
    table = Table(
        title=titles.say(title),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
    )
    table.add_column("")
    for column in columns:
        table.add_column(titles.say(column), overflow="fold")
    return table


def add(table: Table, *cells: Sequence[Part] | str) -> None:
    """Add a row; a cell is a text, or parts of text with styles."""
    table.add_row(*(styled([cell] if isinstance(cell, str) else cell) for cell in cells))


def named(titles: CaseTitles, element: Element) -> list[Part]:
    """A title, with the id beneath it where it is another text."""
    title = titles.title(element)
    return [title] if title == element.id else [f"{title}\n", (element.id, "dim")]
