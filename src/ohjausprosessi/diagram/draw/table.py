"""The table of transitions: number, name, who, guard, who acknowledges (LAYOUT §2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.overlays import SIGNS
from ohjausprosessi.diagram.content.phrases import (
    duration_words,
    guard_words,
    people_words,
    receipt_words,
)
from ohjausprosessi.diagram.draw.symbols import NUMBER_RADIUS, number_disc
from ohjausprosessi.diagram.geometry.display_list import Pen, Polyline, TextShape
from ohjausprosessi.diagram.geometry.text_metrics import clean, text_width
from ohjausprosessi.diagram.layout.placement import MARGIN

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.geometry.display_list import Scene
    from ohjausprosessi.model import Transition

TABLE_SIZE = 9.4
_LEADING = 11.6
_COLUMNS = 4
_GUTTER = 14.0
_LEAD = 22.0
_BETWEEN = 5.0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    bold: bool
    colour: str


def draw_table(scene: Scene, selection: Selection, scale: float, top: float) -> float:
    """Draw the rows of a view in columns beneath ``top``; the result is the y beneath them."""
    columns = max(1, min(_COLUMNS, int((scene.width - 2 * MARGIN) // (380 * scale))))
    width = (scene.width - 2 * MARGIN - _GUTTER * scale * (columns - 1)) / columns
    rows = [(t, _lines(selection, t, width - (_LEAD + 2) * scale, scale)) for t in selection.rows]
    heights = [(len(lines) * _LEADING + _BETWEEN) * scale for _, lines in rows]
    scene.add(Polyline(((MARGIN, top), (scene.width - MARGIN, top)), Pen("", palette.BORDER)))
    y = bottom = top + 7 * scale
    column, filled = 0, 0.0
    for (transition, lines), height in zip(rows, heights, strict=True):
        share = sum(heights) * (column + 1) / columns
        if filled + height * 0.5 > share and column < columns - 1:
            column += 1
            y = top + 7 * scale
        x = MARGIN + column * (width + _GUTTER * scale)
        _row(scene, selection, transition, lines, at=(x, y), scale=scale)
        y += height
        filled += height
        bottom = max(bottom, y)
    return bottom


def _row(
    scene: Scene,
    selection: Selection,
    transition: Transition,
    lines: list[list[_Word]],
    *,
    at: tuple[float, float],
    scale: float,
) -> None:
    x, y = at
    handed = transition.handoff is not None
    colour = palette.PURPLE if handed else palette.GREY
    middle = (x + (NUMBER_RADIUS + 1) * scale, y + 5.5 * scale)
    number_disc(
        scene,
        middle,
        selection.numbers[transition.id],
        (palette.WHITE, colour),
        scale,
        inferred=selection.inferred(transition),
    )
    size = TABLE_SIZE * scale
    for n, line in enumerate(lines):
        left = x + _LEAD * scale
        for run in _runs(line):
            text = TextShape(
                (left, y + _LEADING * scale * (n + 0.76)),
                run.text,
                size,
                bold=run.bold,
                colour=run.colour,
                anchor="start",
                kind="table",
                owner=transition.id,
            )
            scene.add(text)
            left += text_width(run.text, size, bold=run.bold) + text_width(" ", size)


def _runs(line: list[_Word]) -> list[_Word]:
    """The words of a line, joined where they have the same style."""
    runs: list[_Word] = []
    for one in line:
        if runs and (runs[-1].bold, runs[-1].colour) == (one.bold, one.colour):
            runs[-1] = _Word(f"{runs[-1].text} {one.text}", one.bold, one.colour)
        else:
            runs.append(one)
    return runs


def _lines(
    selection: Selection, transition: Transition, width: float, scale: float
) -> list[list[_Word]]:
    size = TABLE_SIZE * scale
    space = text_width(" ", size)
    lines: list[list[_Word]] = [[]]
    used = 0.0
    for one in _words(selection, transition):
        room = text_width(one.text, size, bold=one.bold)
        if lines[-1] and used + space + room > width:
            lines.append([])
            used = 0.0
        lines[-1].append(one)
        used += room + space
    return lines


def _words(selection: Selection, transition: Transition) -> list[_Word]:
    definition, language = selection.definition, selection.language
    overlay = selection.overlay
    said = [(clean(transition.text(language)), True, palette.INK)]
    if change := overlay.transitions.get(transition.id):
        said.insert(0, (SIGNS[change], True, palette.CHANGES[change]))
    if (count := overlay.counts.get(transition.id)) is not None:
        said.append((f"{count} ×", True, palette.DARK))
    who = people_words(definition, transition.by, language)
    if transition.after:
        after = duration_words(definition, transition.after, language)
        who = ", ".join(part for part in (who, f"{word('timer', language)} {after}") if part)
    if who:
        said.append((clean(who), False, palette.GREY))
    if transition.guard:
        words = guard_words(definition, transition.guard, language)
        said.append((f"[{clean(words)}]", False, palette.GUARD))
    if transition.handoff is not None:
        receipt = receipt_words(definition, transition, language)
        said.append((f"→ {clean(receipt)}", False, palette.PURPLE))
    return [
        _Word(piece, bold, colour)
        for text, bold, colour in said
        for entry in text.split(" ")
        for piece in _pieces(entry)
    ]


def _pieces(entry: str) -> list[str]:
    """A word in pieces short enough for a column."""
    longest = 34
    return [entry[n : n + longest] for n in range(0, len(entry), longest)]
