"""Draws the glyphs: starts, ends, choices, and the bars of forks and joins."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.draw.state_painter import StatePainter
from ohjausprosessi.diagram.draw.symbols import diamond, flash, question_mark, roundel
from ohjausprosessi.diagram.geometry.display_list import Circle, Pen
from ohjausprosessi.diagram.layout.obstacles import letter_at, question_at
from ohjausprosessi.diagram.layout.state_box import CHOICE, LEADING, TITLE

if TYPE_CHECKING:
    from ohjausprosessi.diagram.geometry.display_list import Dash
    from ohjausprosessi.diagram.layout.placement import PlacedState


class GlyphPainter(StatePainter):
    """Draws states whose title stands outside their form."""

    def draw(self, placed: PlacedState) -> None:
        """Draw one glyph, its label and its marks."""
        state_box, scale = placed.state_box, self.scale
        style = self.style(state_box)
        inferred = self.inferred(state_box) and not state_box.ghost
        dash: Dash = "dashed" if state_box.ghost else "dotted" if inferred else "solid"
        if state_box.form in {"start", "end"}:
            width = (2.4 if state_box.form == "start" else 4.4) * scale
            colour = palette.START if state_box.form == "start" else style.line
            radius = state_box.width / 2 - width / 2
            self.scene.add(Circle((placed.x, placed.y), radius, Pen(palette.WHITE)))
            self.node(placed, "circle", Pen("", colour, width, dash), placed.box.grown(-width / 2))
        elif state_box.form == "choice":
            diamond(self.scene, (placed.x, placed.y), CHOICE * scale, scale)
            self.node(placed, "diamond", Pen("", palette.GREY, 1.3 * scale, dash))
        else:
            self.scene.rectangle(placed.box, Pen(palette.GREY))
            self.node(placed, "box", Pen("", palette.GREY, 0.5 * scale))
        self._label(placed)
        self._glyph_marks(placed, inferred=inferred)

    def _label(self, placed: PlacedState) -> None:
        if placed.label is None:
            return
        scale = self.scale
        top = placed.label.top + (4 * scale if placed.state_box.form != "choice" else 0.0)
        ground = self.style(placed.state_box).tint
        for n, line in enumerate(placed.state_box.lines):
            at = (placed.x, top + LEADING * (n + 0.75) * scale)
            self.text(at, line, TITLE, placed, ground=ground)

    def _glyph_marks(self, placed: PlacedState, *, inferred: bool) -> None:
        state_box, scale = placed.state_box, self.scale
        if inferred:
            question_mark(self.scene, question_at(placed, scale), scale)
        if letter := self.selection.letters.get(state_box.state):
            roundel(self.scene, letter_at(placed, scale), letter, 7.5 * scale)
        if state_box.form == "start" and state_box.deadline:
            self.deadline(placed.box.left - 6 * scale, placed.box.top - scale, state_box.deadline)
        if state_box.form == "end" and self.selection.full:
            self._incoming(placed)

    def _incoming(self, placed: PlacedState) -> None:
        """List the numbers of chips and interrupts that lead to an end, to the right of it."""
        scale, state = self.scale, placed.state_box.state
        x = placed.box.right + 4 * scale
        chips = " ".join(map(str, self.selection.incoming(state)))
        interrupts = " ".join(
            str(self.selection.numbers[t.id]) for t in self.selection.interrupts if t.to == state
        )
        y = placed.y + (-2 if interrupts else 4) * scale
        write = partial(
            self.text,
            size=9.5,
            placed=placed,
            ground=self.style(placed.state_box).tint,
            bold=True,
            anchor="start",
        )
        if chips:
            write((x, y), f"← {chips}")
            y += 13 * scale
        if interrupts:
            if not chips:
                y = placed.y + 4 * scale
            flash(self.scene, (x + 5 * scale, y - 3.5 * scale), scale)
            write((x + 12 * scale, y), interrupts)
