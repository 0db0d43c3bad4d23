"""Draws the states: cards, the strip of the fallback, starts, ends, choices and bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.overlays import CROSS, SIGNS
from ohjausprosessi.diagram.content.state_box import (
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
    question,
    question_badge,
    roundel,
    service_mark,
    signed,
    start_badge,
)
from ohjausprosessi.diagram.geometry.dash_patterns import NODE_RADIUS
from ohjausprosessi.diagram.geometry.display_list import Box, Circle, Node, Pen, Rounded, Text
from ohjausprosessi.diagram.geometry.text_metrics import clean, shorten, text_width
from ohjausprosessi.diagram.layout.ports import letter_at, question_at

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.palette import OwnerStyle
    from ohjausprosessi.diagram.content.state_box import Card
    from ohjausprosessi.diagram.geometry.display_list import Dash, Outline, Point, Scene
    from ohjausprosessi.diagram.layout.layout import Layout
    from ohjausprosessi.diagram.layout.placement import Place

_NOTE = "#4A1A5C"


def draw_states(scene: Scene, layout: Layout) -> None:
    """Draw every state of a layout."""
    painter = _Painter(scene, layout)
    for place in layout.frame.places.values():
        painter.draw(place)


class _Painter:
    def __init__(self, scene: Scene, layout: Layout) -> None:
        self.scene = scene
        self.layout = layout
        self.selection = layout.selection
        self.definition = layout.selection.definition
        self.scale = layout.scale

    def draw(self, place: Place) -> None:
        """Draw one state by its form."""
        form = place.card.form
        self._ring(place)
        if form == "card":
            self._card(place)
        elif form == "strip":
            self._strip(place)
        else:
            self._glyph(place)
        self._figure(place)

    # ---- what is laid over

    def _ring(self, place: Place) -> None:
        """Draw a ring around a state a case stands in, or that changed."""
        overlay, state, scale = self.selection.overlay, place.card.state, self.scale
        change = overlay.states.get(state)
        colour = palette.HERE if state in overlay.here else change and palette.CHANGES[change]
        if colour:
            ring = place.box.grown(4.5 * scale)
            dash: Dash = "dashed" if change == "removed" else "solid"
            pen = Pen("", colour, 3.2 * scale, dash)
            if place.card.form in {"start", "end"}:
                self.scene.add(Circle((place.x, place.y), ring.width / 2, pen, "ring-overlay"))
            else:
                self.scene.rectangle(ring, pen, radius=NODE_RADIUS + 4.5 * scale)

    def _figure(self, place: Place) -> None:
        """Draw the sign of what fails or changed, or how many times a state was entered."""
        overlay, state, scale = self.selection.overlay, place.card.state, self.scale
        at = (place.box.right - 12 * scale, place.box.bottom + 4 * scale)
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

    def _style(self, card: Card) -> OwnerStyle:
        return self.selection.styles[self.definition.states[card.state].owner]

    def _node(self, place: Place, outline: Outline, pen: Pen, box: Box | None = None) -> None:
        state = self.definition.states[place.card.state]
        inferred = self.selection.inferred(state)
        classes = ["state", f"kind-{state.kind}", f"owner-{state.owner}"]
        classes += ["inferred"] * inferred + ["ghost"] * place.card.ghost
        classes += ["start"] * (state.id == self.definition.start)
        self.scene.nodes.append(
            Node(
                f"state-{state.id}",
                tuple(classes),
                clean(state.text(self.selection.language)),
                box or place.box,
                outline,
                pen,
            )
        )

    def _text(self, at: Point, text: str, size: float, place: Place, **looks: object) -> None:
        bold = bool(looks.get("bold"))
        ground = str(looks.get("ground", palette.WHITE))
        self.scene.add(
            Text(
                at,
                text,
                size * self.scale,
                bold=bold,
                colour=str(looks.get("colour") or palette.ink_on(ground)),
                anchor="start" if looks.get("left") else "middle",
                kind="state",
                owner=place.card.state,
                ground=ground,
            )
        )

    # ---- cards

    def _card(self, place: Place) -> None:
        card, scale = place.card, self.scale
        state = self.definition.states[card.state]
        inferred = self.selection.inferred(state)
        ground, left = self._fill(place, inferred=inferred)
        middle = (left + place.box.right) / 2
        y = place.box.top + PAD * scale
        used = self._content_height(card)
        y += max(0.0, (place.box.height - 2 * PAD * scale - used) / 2)
        for line in card.lines:
            self._text((middle, y + LEADING * 0.76 * scale), line, TITLE, place, ground=ground)
            y += LEADING * scale
        for line in card.outside:
            self._text(
                (middle, y + 10 * scale),
                line,
                9.5,
                place,
                ground=ground,
                colour=palette.GREY if palette.ink_on(ground) == palette.INK else None,
            )
            y += SMALL_ROW * scale
        if card.calls:
            self._text((middle, y + 10 * scale), card.calls, 10, place, ground=ground, bold=True)
            y += SMALL_ROW * scale
        y = self._services(place, middle, y)
        self._chips(place, middle, y)
        self._badges(place, inferred=inferred)

    def _content_height(self, card: Card) -> float:
        rows = SMALL_ROW * (len(card.outside) + bool(card.calls))
        rows += SERVICE_ROW * len(card.services) + CHIP_ROW * len(card.chips)
        return (len(card.lines) * LEADING + rows) * self.scale

    def _fill(self, place: Place, *, inferred: bool) -> tuple[str, float]:
        """Fill a card and add its outline; return the ground of its text and where that begins."""
        card, box, scale = place.card, place.box, self.scale
        style = self._style(card)
        dash: Dash = "dotted" if inferred else "solid"
        width = (1.8 if inferred else 1.5) * scale
        if card.ghost:
            self.scene.rectangle(box, Pen(palette.WHITE), radius=NODE_RADIUS)
            self._node(place, "rounded", Pen("", style.line, scale, "dashed"))
            return palette.WHITE, box.left
        if style.members:
            self.scene.rectangle(box, Pen(palette.WHITE))
            strip = Box(box.left, box.top, box.left + JOINT_STRIP * scale, box.bottom)
            step = strip.height / len(style.members)
            for n, member in enumerate(style.members):
                part = Box(
                    strip.left, strip.top + n * step, strip.right, strip.top + (n + 1) * step
                )
                look = self.selection.styles[member]
                self.scene.rectangle(part, Pen(look.fill, look.line, 0.8 * scale))
                hatch(self.scene, part.grown(-1), look.hatch, look.line)
            if card.calls:
                inner = Box(strip.right, box.top, box.right, box.bottom).grown(-3.5 * scale)
                self.scene.rectangle(inner, Pen("", palette.GREY, 1.1 * scale))
            self._node(place, "box", Pen("", palette.GREY, width, dash))
            return palette.WHITE, strip.right
        inset = 3 * scale if inferred else 0.0
        if inferred:
            self.scene.rectangle(box, Pen(palette.WHITE), radius=NODE_RADIUS)
        self.scene.rectangle(box.grown(-inset), Pen(style.fill), radius=NODE_RADIUS - inset)
        if card.calls:
            self.scene.rectangle(
                box.grown(-3.5 * scale),
                Pen("", style.line, 1.1 * scale),
                radius=NODE_RADIUS - 3.5 * scale,
            )
        self._node(place, "rounded", Pen("", style.line, width, dash))
        return style.fill, box.left

    def _services(self, place: Place, middle: float, y: float) -> float:
        scale = self.scale
        for row in place.card.services:
            x = middle - SERVICE_STEP * scale * (len(row) - 1) / 2
            for service in row:
                self._service(place, service, (x, y + 12 * scale))
                x += SERVICE_STEP * scale
            y += SERVICE_ROW * scale
        return y

    def _service(self, place: Place, service_id: str, at: Point) -> None:
        service = self.definition.services[service_id]
        style = self.selection.styles[service.owner]
        box, outline = service_mark(
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
                f"service-{service_id}--{place.card.state}",
                classes,
                clean(service.text(self.selection.language)),
                box,
                outline,
                Pen("", style.line, 1.2 * self.scale, "solid" if service.client else "dotted"),
            )
        )

    def _chips(self, place: Place, middle: float, y: float) -> None:
        scale, full = self.scale, self.selection.full
        width = chip_width(scale, numbered=full)
        for row in place.card.chips:
            x = middle - (width + 2 * scale) * len(row) / 2 + scale
            for chip in row:
                colour = palette.PURPLE if chip.handoff else palette.GREY
                dash: Dash = "dotted" if chip.inferred else "dashed" if chip.handoff else "solid"
                box = Box(x, y + 2 * scale, x + width, y + 17 * scale)
                ground = self._chip_ground(chip.transition, place.card.state)
                self.scene.add(Rounded(box, 7.5 * scale, Pen(ground, colour, scale, dash)))
                if full:
                    number = str(self.selection.numbers[chip.transition])
                    self.scene.add(
                        Text(
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

    def _badges(self, place: Place, *, inferred: bool) -> None:
        card, box, scale = place.card, place.box, self.scale
        state = self.definition.states[card.state]
        if state.exclusive and not card.ghost:
            at = (box.right - 2 * scale, box.top + scale)
            choice_badge(self.scene, card.state, at, scale)
        if card.state == self.definition.start:
            start_badge(self.scene, card.state, (box.left, place.y), scale)
        if card.deadline:
            self._deadline(box.left + 9 * scale, box.top, card.deadline)
        if inferred and not card.ghost:
            question_badge(self.scene, card.state, question_at(place, scale), scale)
        if card.state in self.selection.letters:
            letter = self.selection.letters[card.state]
            letter_badge(self.scene, card.state, letter_at(place, scale), letter, 7.5 * scale)

    def _deadline(self, left: float, bottom: float, text: str) -> None:
        """Draw a clock with a text above an outline."""
        pill_text(self.scene, left, bottom - 8.6 * self.scale, text, self.scale, clocked=True)

    # ---- the strip

    def _strip(self, place: Place) -> None:
        card, box, scale = place.card, place.box, self.scale
        style = self._style(card)
        language = self.selection.language
        inferred = self.selection.inferred(self.definition.states[card.state])
        self.scene.rectangle(box, Pen(style.fill), radius=NODE_RADIUS)
        self._node(
            place, "rounded", Pen("", style.line, 1.5 * scale, "dotted" if inferred else "solid")
        )
        ground = style.fill
        x = box.left + 16 * scale
        if letter := self.selection.letters.get(card.state):
            roundel(self.scene, (x, place.y), letter, 7.5 * scale)
        x += 14 * scale
        incoming = self.selection.incoming(card.state) if self.selection.full else ()
        numbers = f"← {' · '.join(map(str, incoming))}" if incoming else ""
        end = box.right - 12 * scale
        if numbers:
            self._end_text(place, end, numbers, ground)
            end -= text_width(numbers, 10.5 * scale, bold=True) + 14 * scale
        name = shorten(card.lines[0], 12.6 * scale, end - x - 30 * scale, bold=True)
        self._text(
            (x, place.y + 4.5 * scale), name, 12.6, place, ground=ground, bold=True, left=True
        )
        x += text_width(name, 12.6 * scale, bold=True) + 20 * scale
        for row in card.services:
            for service in row:
                self._service(place, service, (x, place.y))
                x += 26 * scale
        if card.deadline:
            clock(self.scene, (x + 2 * scale, place.y), 5.5 * scale)
            self._text(
                (x + 11 * scale, place.y + 4 * scale),
                card.deadline,
                10,
                place,
                ground=ground,
                left=True,
            )
            x += text_width(card.deadline, 10 * scale) + 26 * scale
        note = shorten(word("fallback", language), 10.5 * scale, end - x - 14 * scale)
        if self._handed() and len(note) > 3:  # noqa: PLR2004  an ellipsis alone says nothing
            declined(self.scene, (x + 2 * scale, place.y), 5 * scale)
            colour = _NOTE if palette.contrast(_NOTE, ground) >= palette.CONTRAST_TEXT else None
            self._text(
                (x + 12 * scale, place.y + 4 * scale),
                note,
                10.5,
                place,
                ground=ground,
                left=True,
                colour=colour,
            )
        if inferred:
            question_badge(self.scene, card.state, question_at(place, scale), scale)

    def _handed(self) -> bool:
        return any(t.handoff and t.handoff.ack for t in self.definition.transitions.values())

    def _end_text(self, place: Place, right: float, text: str, ground: str) -> None:
        self.scene.add(
            Text(
                (right, place.y + 4 * self.scale),
                text,
                10.5 * self.scale,
                bold=True,
                colour=palette.ink_on(ground),
                anchor="end",
                kind="incoming",
                owner=place.card.state,
                ground=ground,
            )
        )

    # ---- glyphs

    def _glyph(self, place: Place) -> None:
        card, scale = place.card, self.scale
        style = self._style(card)
        inferred = self.selection.inferred(self.definition.states[card.state]) and not card.ghost
        dash: Dash = "dashed" if card.ghost else "dotted" if inferred else "solid"
        if card.form in {"start", "end"}:
            width = (2.4 if card.form == "start" else 4.4) * scale
            colour = palette.START if card.form == "start" else style.line
            radius = card.width / 2 - width / 2
            self.scene.add(Circle((place.x, place.y), radius, Pen(palette.WHITE)))
            self._node(place, "circle", Pen("", colour, width, dash), place.box.grown(-width / 2))
        elif card.form == "choice":
            diamond(self.scene, (place.x, place.y), CHOICE * scale, scale)
            self._node(place, "diamond", Pen("", palette.GREY, 1.3 * scale, dash))
        else:
            self.scene.rectangle(place.box, Pen(palette.GREY))
            self._node(place, "box", Pen("", palette.GREY, 0.5 * scale))
        self._label(place)
        self._glyph_marks(place, inferred=inferred)

    def _label(self, place: Place) -> None:
        if place.label is None:
            return
        scale = self.scale
        top = place.label.top + (4 * scale if place.card.form != "choice" else 0.0)
        ground = self._style(place.card).tint
        for n, line in enumerate(place.card.lines):
            at = (place.x, top + LEADING * (n + 0.75) * scale)
            self._text(at, line, TITLE, place, ground=ground)

    def _glyph_marks(self, place: Place, *, inferred: bool) -> None:
        card, scale = place.card, self.scale
        if inferred:
            question(self.scene, question_at(place, scale), scale)
        if letter := self.selection.letters.get(card.state):
            roundel(self.scene, letter_at(place, scale), letter, 7.5 * scale)
        if card.form == "start" and card.deadline:
            self._deadline(place.box.left - 6 * scale, place.box.top - scale, card.deadline)
        if card.form == "end" and self.selection.full:
            self._incoming(place)

    def _incoming(self, place: Place) -> None:
        """List the numbers of chips and interrupts that lead to an end, right of it."""
        scale, state = self.scale, place.card.state
        x = place.box.right + 4 * scale
        chips = " ".join(map(str, self.selection.incoming(state)))
        interrupts = " ".join(
            str(self.selection.numbers[t.id]) for t in self.selection.interrupts if t.to == state
        )
        y = place.y + (-2 if interrupts else 4) * scale
        looks = {"ground": self._style(place.card).tint, "bold": True, "left": True}
        if chips:
            self._text((x, y), f"← {chips}", 9.5, place, **looks)
            y += 13 * scale
        if interrupts:
            if not chips:
                y = place.y + 4 * scale
            flash(self.scene, (x + 5 * scale, y - 3.5 * scale), scale)
            self._text((x + 12 * scale, y), interrupts, 9.5, place, **looks)
