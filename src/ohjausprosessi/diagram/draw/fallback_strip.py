"""Draws the fallback as a strip over all phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.draw.state_painter import StatePainter
from ohjausprosessi.diagram.draw.symbols import clock, declined, question_badge, roundel
from ohjausprosessi.diagram.geometry.display_list import Pen
from ohjausprosessi.diagram.geometry.outlines import NODE_RADIUS
from ohjausprosessi.diagram.geometry.text_metrics import shorten, text_width
from ohjausprosessi.diagram.layout.obstacles import question_at
from ohjausprosessi.model import is_answered

if TYPE_CHECKING:
    from ohjausprosessi.diagram.layout.placement import PlacedState

_NOTE = "#4A1A5C"
_LEAST_NOTE = 4  # an ellipsis alone says nothing


class StripPainter(StatePainter):
    """Draws the fallback that has the form of a strip."""

    def draw(self, placed: PlacedState) -> None:
        """Draw the strip: name, services and deadline from the left, incoming numbers at the right."""
        state_box, box, scale = placed.state_box, placed.box, self.scale
        style = self.style(state_box)
        language = self.selection.language
        inferred = self.inferred(state_box)
        self.scene.rectangle(box, Pen(style.fill), radius=NODE_RADIUS)
        self.node(
            placed, "rounded", Pen("", style.line, 1.5 * scale, "dotted" if inferred else "solid")
        )
        ground = style.fill
        x = box.left + 16 * scale
        if letter := self.selection.letters.get(state_box.state):
            roundel(self.scene, (x, placed.y), letter, 7.5 * scale)
        x += 14 * scale
        incoming = self.selection.incoming(state_box.state) if self.selection.full else ()
        numbers = f"← {' · '.join(map(str, incoming))}" if incoming else ""
        end = box.right - 12 * scale
        if numbers:
            self.text(
                (end, placed.y + 4 * scale),
                numbers,
                10.5,
                placed,
                ground=ground,
                bold=True,
                anchor="end",
                kind="incoming",
            )
            end -= text_width(numbers, 10.5 * scale, bold=True) + 14 * scale
        name = shorten(state_box.lines[0], 12.6 * scale, end - x - 30 * scale, bold=True)
        self.text(
            (x, placed.y + 4.5 * scale),
            name,
            12.6,
            placed,
            ground=ground,
            bold=True,
            anchor="start",
        )
        x += text_width(name, 12.6 * scale, bold=True) + 20 * scale
        for row in state_box.services:
            for service in row:
                self.service(placed, service, (x, placed.y))
                x += 26 * scale
        if state_box.deadline:
            clock(self.scene, (x + 2 * scale, placed.y), 5.5 * scale)
            self.text(
                (x + 11 * scale, placed.y + 4 * scale),
                state_box.deadline,
                10,
                placed,
                ground=ground,
                anchor="start",
            )
            x += text_width(state_box.deadline, 10 * scale) + 26 * scale
        note = shorten(word("fallback", language), 10.5 * scale, end - x - 14 * scale)
        answered = any(
            is_answered(self.definition, t) for t in self.definition.transitions.values()
        )
        if answered and len(note) >= _LEAST_NOTE:
            declined(self.scene, (x + 2 * scale, placed.y), 5 * scale)
            colour = _NOTE if palette.contrast(_NOTE, ground) >= palette.CONTRAST_TEXT else None
            self.text(
                (x + 12 * scale, placed.y + 4 * scale),
                note,
                10.5,
                placed,
                ground=ground,
                anchor="start",
                colour=colour,
            )
        if inferred:
            question_badge(self.scene, state_box.state, question_at(placed, scale), scale)
