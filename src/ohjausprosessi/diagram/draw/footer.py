"""Draws the footer beneath the lanes: duties, interrupts, legend, table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.phrases import duration_words
from ohjausprosessi.diagram.draw.hatches import hatch
from ohjausprosessi.diagram.draw.legend import draw_legend
from ohjausprosessi.diagram.draw.symbols import flash, number_disc, roundel
from ohjausprosessi.diagram.draw.table import draw_table
from ohjausprosessi.diagram.geometry.display_list import Pen, Rect, Scene, TextShape
from ohjausprosessi.diagram.geometry.text_metrics import clean, shorten, text_width
from ohjausprosessi.diagram.layout.placement import MARGIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.model import Transition

_BAR = 22.0
_BAR_FILL = "#F1F3F5"


def draw_footer(
    scene: Scene, selection: Selection, scale: float, top: float, *, table: bool
) -> float:
    """Draw bars, legend and table beneath ``top``; the result is the y beneath them."""
    y = top + 7 * scale
    y = _duties(scene, selection, scale, y)
    y = _interrupts(scene, selection, scale, y)
    y = draw_legend(scene, selection, scale, y + 13 * scale)
    if table and selection.rows:
        y = draw_table(scene, selection, scale, y + 4 * scale)
    return y + 6


def footer_height(selection: Selection, width: float, scale: float, *, table: bool) -> float:
    """The height of the footer on a page of a width, found by drawing it."""
    page = Scene(width, 0.0, "", selection.language, scale)
    return draw_footer(page, selection, scale, 0.0, table=table)


class _Bar:
    """A framed row of parts that breaks into more rows where the page is too narrow."""

    def __init__(self, scene: Scene, scale: float, top: float, head: str, fill: str) -> None:
        self.scene, self.scale, self.top, self.fill = scene, scale, top, fill
        self.head = head
        self.begin = MARGIN + 18 * scale + text_width(head, 11.5 * scale, bold=True) + 8 * scale
        self.x = self.begin
        self.row = 0
        self.parts: list[tuple[float, int, Callable[[float, float], None]]] = []

    def part(self, width: float, draw: Callable[[float, float], None]) -> None:
        if self.x + width > self.scene.width - MARGIN - 8 and self.x > self.begin:
            self.x = self.begin
            self.row += 1
        self.parts.append((self.x, self.row, draw))
        self.x += width

    def finish(self) -> float:
        scale, scene = self.scale, self.scene
        height = _BAR * scale * (self.row + 1)
        box = Rect(MARGIN, self.top, scene.width - MARGIN, self.top + height)
        scene.rectangle(box, Pen(self.fill, palette.BORDER))
        first = self.top + _BAR * scale / 2
        scene.add(
            TextShape(
                (MARGIN + 10 * scale, first + 4 * scale),
                self.head,
                11.5 * scale,
                bold=True,
                anchor="start",
                kind="bar",
                ground=self.fill,
            )
        )
        for x, row, draw in self.parts:
            draw(x, first + row * _BAR * scale)
        return self.top + height + 5 * scale

    def text(
        self, text: str, *, after: float = 24.0
    ) -> tuple[float, Callable[[float, float], None]]:
        size = 11.5 * self.scale
        text = shorten(text, size, self.scene.width - MARGIN - self.begin - 90 * self.scale)

        def draw(x: float, y: float) -> None:
            self.scene.add(
                TextShape(
                    (x, y + 4 * self.scale),
                    text,
                    size,
                    anchor="start",
                    kind="bar",
                    ground=self.fill,
                )
            )

        return text_width(text, size) + after * self.scale, draw


def _together(
    *parts: tuple[float, Callable[[float, float], None]],
) -> tuple[float, Callable[[float, float], None]]:
    """Several parts as one that does not break."""

    def draw(x: float, y: float) -> None:
        for width, one in parts:
            one(x, y)
            x += width

    return sum(width for width, _ in parts), draw


def _swatches(
    scene: Scene, selection: Selection, scale: float, owners: list[str]
) -> tuple[float, Callable[[float, float], None]]:
    def draw(x: float, y: float) -> None:
        for owner in owners:
            style = selection.styles[owner]
            box = Rect(x, y - 6 * scale, x + 14 * scale, y + 6 * scale)
            scene.rectangle(box, Pen(style.fill, style.line))
            hatch(scene, box.grown(-1), style.hatch, style.line)
            x += 14 * scale

    return (14 * len(owners) + 6) * scale, draw


def _duties(scene: Scene, selection: Selection, scale: float, y: float) -> float:
    definition, language = selection.definition, selection.language
    bar = _Bar(scene, scale, y, word("all_the_time", language), _BAR_FILL)
    for duty in definition.duties.values():
        if not selection.full and selection.inferred(duty):
            continue
        owners = _organisations(selection, duty.by)
        if selection.owner is not None and selection.owner not in owners:
            continue
        text = clean(duty.text(language))
        if duty.every and selection.shows_duration(duty.every):
            text += f" ({duration_words(definition, duty.every, language)})"
        bar.part(*_together(_swatches(scene, selection, scale, owners), bar.text(text)))
    holder = clean(definition.owners[definition.responsible].text(language))
    text = f"{word('responsibility', language)}: {holder}"
    bar.part(
        *_together(_swatches(scene, selection, scale, [definition.responsible]), bar.text(text))
    )
    return bar.finish()


def _organisations(selection: Selection, names: tuple[str, ...]) -> list[str]:
    """The organisations behind roles and owners, in the order of the lanes."""
    definition = selection.definition
    found: dict[str, None] = {}
    for name in names:
        owner = definition.roles[name].owner if name in definition.roles else name
        for one in definition.organisations(owner) if owner else ():
            found[one] = None
    order = {lane: n for n, lane in enumerate(selection.grid.lanes)}
    return sorted(found, key=lambda owner: order.get(owner, len(order)))


def _interrupts(scene: Scene, selection: Selection, scale: float, y: float) -> float:
    if not selection.interrupts:
        return y
    language = selection.language
    bar = _Bar(scene, scale, y, word("any_time", language), palette.WHITE)
    for transition in selection.interrupts:
        letter = selection.letters[transition.to]
        lead = (36 * scale, partial(_flash_and_number, scene, selection, transition, scale))
        end = (30 * scale, partial(_end_letter, scene, letter, scale))
        text = bar.text(clean(transition.text(language)), after=6)
        bar.part(*_together(lead, text, end))
    return bar.finish()


def _flash_and_number(  # noqa: PLR0917  bound by partial
    scene: Scene, selection: Selection, transition: Transition, scale: float, x: float, y: float
) -> None:
    colour = palette.PURPLE if transition.handoff is not None else palette.GREY
    flash(scene, (x + 6 * scale, y), 1.05 * scale)
    number_disc(
        scene,
        (x + 24 * scale, y),
        selection.numbers[transition.id],
        (palette.WHITE, colour),
        scale,
        inferred=selection.inferred(transition),
    )


def _end_letter(scene: Scene, letter: str, scale: float, x: float, y: float) -> None:
    roundel(scene, (x + 7 * scale, y), letter, 7 * scale)
