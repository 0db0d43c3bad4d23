"""Draws the states: cards, the strip of the fallback, starts, ends, choices and bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.overlays import CROSS, SIGNS
from ohjausprosessi.diagram.draw.symbols import (
    chip_width,
    choice_badge,
    clock,
    declined,
    diamond,
    flash,
    hatch,
    letter_badge,
    pill_text,
    question_badge,
    question_mark,
    roundel,
    service_symbol,
    signed,
    start_badge,
)
from ohjausprosessi.diagram.geometry.display_list import (
    Circle,
    Node,
    Pen,
    Rect,
    RoundedBox,
    TextShape,
)
from ohjausprosessi.diagram.geometry.outlines import NODE_RADIUS
from ohjausprosessi.diagram.geometry.text_metrics import clean, shorten, text_width
from ohjausprosessi.diagram.layout.obstacles import letter_at, question_at
from ohjausprosessi.diagram.layout.state_box import (
    CHIP_ROW,
    CHOICE,
    JOINT_STRIP,
    LEADING,
    PAD,
    SERVICE_ROW,
    SERVICE_STEP,
    SMALL_ROW,
    TITLE,
)
from ohjausprosessi.model import is_answered

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.palette import OwnerStyle
    from ohjausprosessi.diagram.geometry.display_list import Dash, Outline, Point, Scene
    from ohjausprosessi.diagram.layout.layout import Layout
    from ohjausprosessi.diagram.layout.placement import PlacedState
    from ohjausprosessi.diagram.layout.state_box import StateBox

_NOTE = "#4A1A5C"


def draw_states(scene: Scene, layout: Layout) -> None:
    """Draw every state of a layout."""
    painter = _StatePainter(scene, layout)
    for placed in layout.placement.states.values():
        painter.draw(placed)


class _StatePainter:
    def __init__(self, scene: Scene, layout: Layout) -> None:
        self.scene = scene
        self.layout = layout
        self.selection = layout.selection
        self.definition = layout.selection.definition
        self.scale = layout.scale

    def draw(self, placed: PlacedState) -> None:
        """Draw one state by its form."""
        form = placed.state_box.form
        self._ring(placed)
        if form == "box":
            self._card(placed)
        elif form == "strip":
            self._strip(placed)
        else:
            self._glyph(placed)
        self._figure(placed)

    # ---- what is laid over

    def _ring(self, placed: PlacedState) -> None:
        """Draw a ring around a state a case stands in, or that changed."""
        overlay, state, scale = self.selection.overlay, placed.state_box.state, self.scale
        change = overlay.states.get(state)
        colour = palette.HERE if state in overlay.here else change and palette.CHANGES[change]
        if colour:
            ring = placed.box.grown(4.5 * scale)
            dash: Dash = "dashed" if change == "removed" else "solid"
            pen = Pen("", colour, 3.2 * scale, dash)
            if placed.state_box.form in {"start", "end"}:
                self.scene.add(Circle((placed.x, placed.y), ring.width / 2, pen, "ring-overlay"))
            else:
                self.scene.rectangle(ring, pen, radius=NODE_RADIUS + 4.5 * scale)

    def _figure(self, placed: PlacedState) -> None:
        """Draw the sign of what fails or changed, or how many times a state was entered."""
        overlay, state, scale = self.selection.overlay, placed.state_box.state, self.scale
        at = (placed.box.right - 12 * scale, placed.box.bottom + 4 * scale)
        if state in overlay.failed:
            red = palette.FAILED
            signed(self.scene, f"failed-{state}", at, CROSS, colour=red, scale=1.4 * scale)
        elif change := overlay.states.get(state):
            colour = palette.CHANGES[change]
            signed(self.scene, f"change-{state}", at, SIGNS[change], colour=colour, scale=scale)
        elif (count := overlay.counts.get(state)) is not None:
            text = str(count)
            signed(self.scene, f"count-{state}", at, text, colour=palette.DARK, scale=scale)

    # ---- parts

    def _style(self, state_box: StateBox) -> OwnerStyle:
        return self.selection.styles[self.definition.states[state_box.state].owner]

    def _node(
        self, placed: PlacedState, outline: Outline, pen: Pen, box: Rect | None = None
    ) -> None:
        state = self.definition.states[placed.state_box.state]
        inferred = self.selection.inferred(state)
        classes = ["state", f"kind-{state.kind}", f"owner-{state.owner}"]
        classes += ["inferred"] * inferred + ["ghost"] * placed.state_box.ghost
        classes += ["start"] * (state.id == self.definition.start)
        self.scene.nodes.append(
            Node(
                f"state-{state.id}",
                tuple(classes),
                clean(state.text(self.selection.language)),
                box or placed.box,
                outline,
                pen,
            )
        )

    def _text(
        self, at: Point, text: str, size: float, placed: PlacedState, **looks: object
    ) -> None:
        bold = bool(looks.get("bold"))
        ground = str(looks.get("ground", palette.WHITE))
        self.scene.add(
            TextShape(
                at,
                text,
                size * self.scale,
                bold=bold,
                colour=str(looks.get("colour") or palette.ink_on(ground)),
                anchor="start" if looks.get("left") else "middle",
                kind="state",
                owner=placed.state_box.state,
                ground=ground,
            )
        )

    # ---- cards

    def _card(self, placed: PlacedState) -> None:
        state_box, scale = placed.state_box, self.scale
        state = self.definition.states[state_box.state]
        inferred = self.selection.inferred(state)
        ground, left = self._fill(placed, inferred=inferred)
        middle = (left + placed.box.right) / 2
        y = placed.box.top + PAD * scale
        used = self._content_height(state_box)
        y += max(0.0, (placed.box.height - 2 * PAD * scale - used) / 2)
        for line in state_box.lines:
            self._text((middle, y + LEADING * 0.76 * scale), line, TITLE, placed, ground=ground)
            y += LEADING * scale
        for line in state_box.outside:
            self._text(
                (middle, y + 10 * scale),
                line,
                9.5,
                placed,
                ground=ground,
                colour=palette.GREY if palette.ink_on(ground) == palette.INK else None,
            )
            y += SMALL_ROW * scale
        if state_box.calls:
            self._text(
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
        """Fill a card and add its outline; return the ground of its text and where that begins."""
        state_box, box, scale = placed.state_box, placed.box, self.scale
        style = self._style(state_box)
        dash: Dash = "dotted" if inferred else "solid"
        width = (1.8 if inferred else 1.5) * scale
        if state_box.ghost:
            self.scene.rectangle(box, Pen(palette.WHITE), radius=NODE_RADIUS)
            self._node(placed, "rounded", Pen("", style.line, scale, "dashed"))
            return palette.WHITE, box.left
        if style.members:
            self.scene.rectangle(box, Pen(palette.WHITE))
            strip = Rect(box.left, box.top, box.left + JOINT_STRIP * scale, box.bottom)
            step = strip.height / len(style.members)
            for n, member in enumerate(style.members):
                part = Rect(
                    strip.left, strip.top + n * step, strip.right, strip.top + (n + 1) * step
                )
                look = self.selection.styles[member]
                self.scene.rectangle(part, Pen(look.fill, look.line, 0.8 * scale))
                hatch(self.scene, part.grown(-1), look.hatch, look.line)
            if state_box.calls:
                inner = Rect(strip.right, box.top, box.right, box.bottom).grown(-3.5 * scale)
                self.scene.rectangle(inner, Pen("", palette.GREY, 1.1 * scale))
            self._node(placed, "box", Pen("", palette.GREY, width, dash))
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
        self._node(placed, "rounded", Pen("", style.line, width, dash))
        return style.fill, box.left

    def _services(self, placed: PlacedState, middle: float, y: float) -> float:
        scale = self.scale
        for row in placed.state_box.services:
            x = middle - SERVICE_STEP * scale * (len(row) - 1) / 2
            for service in row:
                self._service(placed, service, (x, y + 12 * scale))
                x += SERVICE_STEP * scale
            y += SERVICE_ROW * scale
        return y

    def _service(self, placed: PlacedState, service_id: str, at: Point) -> None:
        service = self.definition.services[service_id]
        style = self.selection.styles[service.owner]
        box, outline = service_symbol(
            self.scene,
            at,
            self.selection.codes[service_id],
            (style, self.definition.owners[service.owner].shape),
            self.scale,
            client=service.client,
            outlined=False,
        )
        classes = ("service", f"owner-{service.owner}", *["development"] * (not service.client))
        self.scene.nodes.append(
            Node(
                f"service-{service_id}--{placed.state_box.state}",
                classes,
                clean(service.text(self.selection.language)),
                box,
                outline,
                Pen("", style.line, 1.2 * self.scale, "solid" if service.client else "dotted"),
            )
        )

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
        """Return the fill of a chip: tinted where the case went that way or it changed."""
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
            self._deadline(box.left + 9 * scale, box.top, state_box.deadline)
        if inferred and not state_box.ghost:
            question_badge(self.scene, state_box.state, question_at(placed, scale), scale)
        if state_box.state in self.selection.letters:
            letter = self.selection.letters[state_box.state]
            letter_badge(self.scene, state_box.state, letter_at(placed, scale), letter, 7.5 * scale)

    def _deadline(self, left: float, bottom: float, text: str) -> None:
        """Draw a clock with a text above an outline."""
        pill_text(self.scene, left, bottom - 8.6 * self.scale, text, self.scale, clocked=True)

    # ---- the strip

    def _strip(self, placed: PlacedState) -> None:
        state_box, box, scale = placed.state_box, placed.box, self.scale
        style = self._style(state_box)
        language = self.selection.language
        inferred = self.selection.inferred(self.definition.states[state_box.state])
        self.scene.rectangle(box, Pen(style.fill), radius=NODE_RADIUS)
        self._node(
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
            self._end_text(placed, end, numbers, ground)
            end -= text_width(numbers, 10.5 * scale, bold=True) + 14 * scale
        name = shorten(state_box.lines[0], 12.6 * scale, end - x - 30 * scale, bold=True)
        self._text(
            (x, placed.y + 4.5 * scale), name, 12.6, placed, ground=ground, bold=True, left=True
        )
        x += text_width(name, 12.6 * scale, bold=True) + 20 * scale
        for row in state_box.services:
            for service in row:
                self._service(placed, service, (x, placed.y))
                x += 26 * scale
        if state_box.deadline:
            clock(self.scene, (x + 2 * scale, placed.y), 5.5 * scale)
            self._text(
                (x + 11 * scale, placed.y + 4 * scale),
                state_box.deadline,
                10,
                placed,
                ground=ground,
                left=True,
            )
            x += text_width(state_box.deadline, 10 * scale) + 26 * scale
        note = shorten(word("fallback", language), 10.5 * scale, end - x - 14 * scale)
        if self._handed() and len(note) > 3:  # noqa: PLR2004  an ellipsis alone says nothing
            declined(self.scene, (x + 2 * scale, placed.y), 5 * scale)
            colour = _NOTE if palette.contrast(_NOTE, ground) >= palette.CONTRAST_TEXT else None
            self._text(
                (x + 12 * scale, placed.y + 4 * scale),
                note,
                10.5,
                placed,
                ground=ground,
                left=True,
                colour=colour,
            )
        if inferred:
            question_badge(self.scene, state_box.state, question_at(placed, scale), scale)

    def _handed(self) -> bool:
        return any(is_answered(self.definition, t) for t in self.definition.transitions.values())

    def _end_text(self, placed: PlacedState, right: float, text: str, ground: str) -> None:
        self.scene.add(
            TextShape(
                (right, placed.y + 4 * self.scale),
                text,
                10.5 * self.scale,
                bold=True,
                colour=palette.ink_on(ground),
                anchor="end",
                kind="incoming",
                owner=placed.state_box.state,
                ground=ground,
            )
        )

    # ---- glyphs

    def _glyph(self, placed: PlacedState) -> None:
        state_box, scale = placed.state_box, self.scale
        style = self._style(state_box)
        inferred = (
            self.selection.inferred(self.definition.states[state_box.state]) and not state_box.ghost
        )
        dash: Dash = "dashed" if state_box.ghost else "dotted" if inferred else "solid"
        if state_box.form in {"start", "end"}:
            width = (2.4 if state_box.form == "start" else 4.4) * scale
            colour = palette.START if state_box.form == "start" else style.line
            radius = state_box.width / 2 - width / 2
            self.scene.add(Circle((placed.x, placed.y), radius, Pen(palette.WHITE)))
            self._node(placed, "circle", Pen("", colour, width, dash), placed.box.grown(-width / 2))
        elif state_box.form == "choice":
            diamond(self.scene, (placed.x, placed.y), CHOICE * scale, scale)
            self._node(placed, "diamond", Pen("", palette.GREY, 1.3 * scale, dash))
        else:
            self.scene.rectangle(placed.box, Pen(palette.GREY))
            self._node(placed, "box", Pen("", palette.GREY, 0.5 * scale))
        self._label(placed)
        self._glyph_marks(placed, inferred=inferred)

    def _label(self, placed: PlacedState) -> None:
        if placed.label is None:
            return
        scale = self.scale
        top = placed.label.top + (4 * scale if placed.state_box.form != "choice" else 0.0)
        ground = self._style(placed.state_box).tint
        for n, line in enumerate(placed.state_box.lines):
            at = (placed.x, top + LEADING * (n + 0.75) * scale)
            self._text(at, line, TITLE, placed, ground=ground)

    def _glyph_marks(self, placed: PlacedState, *, inferred: bool) -> None:
        state_box, scale = placed.state_box, self.scale
        if inferred:
            question_mark(self.scene, question_at(placed, scale), scale)
        if letter := self.selection.letters.get(state_box.state):
            roundel(self.scene, letter_at(placed, scale), letter, 7.5 * scale)
        if state_box.form == "start" and state_box.deadline:
            self._deadline(placed.box.left - 6 * scale, placed.box.top - scale, state_box.deadline)
        if state_box.form == "end" and self.selection.full:
            self._incoming(placed)

    def _incoming(self, placed: PlacedState) -> None:
        """List the numbers of chips and interrupts that lead to an end, right of it."""
        scale, state = self.scale, placed.state_box.state
        x = placed.box.right + 4 * scale
        chips = " ".join(map(str, self.selection.incoming(state)))
        interrupts = " ".join(
            str(self.selection.numbers[t.id]) for t in self.selection.interrupts if t.to == state
        )
        y = placed.y + (-2 if interrupts else 4) * scale
        looks = {"ground": self._style(placed.state_box).tint, "bold": True, "left": True}
        if chips:
            self._text((x, y), f"← {chips}", 9.5, placed, **looks)
            y += 13 * scale
        if interrupts:
            if not chips:
                y = placed.y + 4 * scale
            flash(self.scene, (x + 5 * scale, y - 3.5 * scale), scale)
            self._text((x + 12 * scale, y), interrupts, 9.5, placed, **looks)
