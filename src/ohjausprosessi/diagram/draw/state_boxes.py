"""Draws the state boxes: fill and outline, title, services, chips and badges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.draw.hatches import member_bands
from ohjausprosessi.diagram.draw.state_painter import StatePainter
from ohjausprosessi.diagram.draw.symbols import (
    chip_width,
    choice_badge,
    letter_badge,
    question_badge,
    roundel,
    start_badge,
)
from ohjausprosessi.diagram.geometry.display_list import Pen, Rect, RoundedBox, TextShape
from ohjausprosessi.diagram.geometry.outlines import NODE_RADIUS
from ohjausprosessi.diagram.layout.obstacles import letter_at, question_at
from ohjausprosessi.diagram.layout.state_box import (
    CHIP_ROW,
    JOINT_STRIP,
    LEADING,
    PAD,
    SERVICE_ROW,
    SERVICE_STEP,
    SMALL_ROW,
    TITLE,
)

if TYPE_CHECKING:
    from ohjausprosessi.diagram.geometry.display_list import Dash
    from ohjausprosessi.diagram.layout.placement import PlacedState
    from ohjausprosessi.diagram.layout.state_box import StateBox


class BoxPainter(StatePainter):
    """Draws states that have the form of a box."""

    def draw(self, placed: PlacedState) -> None:
        """Draw one state box, its compartments from the top."""
        state_box, scale = placed.state_box, self.scale
        inferred = self.inferred(state_box)
        ground, left = self._fill(placed, inferred=inferred)
        middle = (left + placed.box.right) / 2
        y = placed.box.top + PAD * scale
        used = self._content_height(state_box)
        y += max(0.0, (placed.box.height - 2 * PAD * scale - used) / 2)
        for line in state_box.lines:
            self.text((middle, y + LEADING * 0.76 * scale), line, TITLE, placed, ground=ground)
            y += LEADING * scale
        for line in state_box.outside:
            self.text(
                (middle, y + 10 * scale),
                line,
                9.5,
                placed,
                ground=ground,
                colour=palette.GREY if palette.ink_on(ground) == palette.INK else None,
            )
            y += SMALL_ROW * scale
        if state_box.calls:
            self.text(
                (middle, y + 10 * scale), state_box.calls, 10, placed, ground=ground, bold=True
            )
            y += SMALL_ROW * scale
        y = self._services(placed, middle, y)
        self._chips(placed, middle, y)
        self._badges(placed, inferred=inferred)

    def _content_height(self, state_box: StateBox) -> float:
        rows = SMALL_ROW * (len(state_box.outside) + bool(state_box.calls))
        rows += SERVICE_ROW * len(state_box.services) + CHIP_ROW * len(state_box.chips)
        return (len(state_box.lines) * LEADING + rows) * self.scale

    def _fill(self, placed: PlacedState, *, inferred: bool) -> tuple[str, float]:
        """Fill a box and add its outline; the result is the ground of its text and its left edge."""
        state_box, box, scale = placed.state_box, placed.box, self.scale
        style = self.style(state_box)
        dash: Dash = "dotted" if inferred else "solid"
        width = (1.8 if inferred else 1.5) * scale
        if state_box.ghost:
            self.scene.rectangle(box, Pen(palette.WHITE), radius=NODE_RADIUS)
            self.node(placed, "rounded", Pen("", style.line, scale, "dashed"))
            return palette.WHITE, box.left
        if style.members:
            self.scene.rectangle(box, Pen(palette.WHITE))
            strip = Rect(box.left, box.top, box.left + JOINT_STRIP * scale, box.bottom)
            bands = 0.8 * scale
            member_bands(self.scene, strip, style.members, self.selection.styles, width=bands)
            if state_box.calls:
                inner = Rect(strip.right, box.top, box.right, box.bottom).grown(-3.5 * scale)
                self.scene.rectangle(inner, Pen("", palette.GREY, 1.1 * scale))
            self.node(placed, "box", Pen("", palette.GREY, width, dash))
            return palette.WHITE, strip.right
        inset = 3 * scale if inferred else 0.0
        if inferred:
            self.scene.rectangle(box, Pen(palette.WHITE), radius=NODE_RADIUS)
        self.scene.rectangle(box.grown(-inset), Pen(style.fill), radius=NODE_RADIUS - inset)
        if state_box.calls:
            self.scene.rectangle(
                box.grown(-3.5 * scale),
                Pen("", style.line, 1.1 * scale),
                radius=NODE_RADIUS - 3.5 * scale,
            )
        self.node(placed, "rounded", Pen("", style.line, width, dash))
        return style.fill, box.left

    def _services(self, placed: PlacedState, middle: float, y: float) -> float:
        scale = self.scale
        for row in placed.state_box.services:
            x = middle - SERVICE_STEP * scale * (len(row) - 1) / 2
            for service in row:
                self.service(placed, service, (x, y + 12 * scale))
                x += SERVICE_STEP * scale
            y += SERVICE_ROW * scale
        return y

    def _chips(self, placed: PlacedState, middle: float, y: float) -> None:
        scale, full = self.scale, self.selection.full
        width = chip_width(scale, numbered=full)
        for row in placed.state_box.chips:
            x = middle - (width + 2 * scale) * len(row) / 2 + scale
            for chip in row:
                colour = palette.PURPLE if chip.handoff else palette.GREY
                dash: Dash = "dotted" if chip.inferred else "dashed" if chip.handoff else "solid"
                box = Rect(x, y + 2 * scale, x + width, y + 17 * scale)
                ground = self._chip_ground(chip.transition, placed.state_box.state)
                self.scene.add(RoundedBox(box, 7.5 * scale, Pen(ground, colour, scale, dash)))
                if full:
                    number = str(self.selection.numbers[chip.transition])
                    self.scene.add(
                        TextShape(
                            (x + 12 * scale, y + 12.9 * scale),
                            number,
                            9.5 * scale,
                            bold=True,
                            colour=colour,
                            kind="chip",
                            owner=chip.transition,
                            ground=ground,
                        )
                    )
                at = (
                    box.right - 10 * scale if full else (box.left + box.right) / 2,
                    y + 9.5 * scale,
                )
                roundel(self.scene, at, self.selection.letters[chip.target], 5.8 * scale)
                x += width + 2 * scale
            y += CHIP_ROW * scale

    def _chip_ground(self, transition: str, state: str) -> str:
        """The fill of a chip: tinted if the case took it or it changed."""
        overlay = self.selection.overlay
        if (transition, state) in overlay.taken:
            return palette.HERE_TINT
        change = overlay.transitions.get(transition)
        return palette.mixed(palette.CHANGES[change], 0.82) if change else palette.WHITE

    def _badges(self, placed: PlacedState, *, inferred: bool) -> None:
        state_box, box, scale = placed.state_box, placed.box, self.scale
        state = self.definition.states[state_box.state]
        if state.exclusive and not state_box.ghost:
            at = (box.right - 2 * scale, box.top + scale)
            choice_badge(self.scene, state_box.state, at, scale)
        if state_box.state == self.definition.start:
            start_badge(self.scene, state_box.state, (box.left, placed.y), scale)
        if state_box.deadline:
            self.deadline(box.left + 9 * scale, box.top, state_box.deadline)
        if inferred and not state_box.ghost:
            question_badge(self.scene, state_box.state, question_at(placed, scale), scale)
        if state_box.state in self.selection.letters:
            letter = self.selection.letters[state_box.state]
            letter_badge(self.scene, state_box.state, letter_at(placed, scale), letter, 7.5 * scale)
