"""Draws the states of a layout by their forms, and what is laid over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.overlays import CROSS, SIGNS
from ohjausprosessi.diagram.draw.fallback_strip import StripPainter
from ohjausprosessi.diagram.draw.glyphs import GlyphPainter
from ohjausprosessi.diagram.draw.state_boxes import BoxPainter
from ohjausprosessi.diagram.draw.symbols import signed
from ohjausprosessi.diagram.geometry.display_list import Circle, Pen
from ohjausprosessi.diagram.geometry.outlines import NODE_RADIUS

if TYPE_CHECKING:
    from ohjausprosessi.diagram.geometry.display_list import Dash, Scene
    from ohjausprosessi.diagram.layout.layout import Layout
    from ohjausprosessi.diagram.layout.placement import PlacedState


def draw_states(scene: Scene, layout: Layout) -> None:
    """Draw every state of a layout, each between its ring and its sign."""
    boxes, strip, glyphs = (
        BoxPainter(scene, layout),
        StripPainter(scene, layout),
        GlyphPainter(scene, layout),
    )
    for placed in layout.placement.states.values():
        _ring(scene, layout, placed)
        if placed.state_box.form == "box":
            boxes.draw(placed)
        elif placed.state_box.form == "strip":
            strip.draw(placed)
        else:
            glyphs.draw(placed)
        _sign(scene, layout, placed)


def _ring(scene: Scene, layout: Layout, placed: PlacedState) -> None:
    """Draw a ring around a state that a case is in, or that changed."""
    overlay, state, scale = layout.selection.overlay, placed.state_box.state, layout.scale
    change = overlay.states.get(state)
    colour = palette.HERE if state in overlay.here else change and palette.CHANGES[change]
    if colour:
        ring = placed.box.grown(4.5 * scale)
        dash: Dash = "dashed" if change == "removed" else "solid"
        pen = Pen("", colour, 3.2 * scale, dash)
        if placed.state_box.form in {"start", "end"}:
            scene.add(Circle((placed.x, placed.y), ring.width / 2, pen, "ring-overlay"))
        else:
            scene.rectangle(ring, pen, radius=NODE_RADIUS + 4.5 * scale)


def _sign(scene: Scene, layout: Layout, placed: PlacedState) -> None:
    """Draw the sign of a failure or a change, else the count of a state."""
    overlay, state, scale = layout.selection.overlay, placed.state_box.state, layout.scale
    at = (placed.box.right - 12 * scale, placed.box.bottom + 4 * scale)
    if state in overlay.failed:
        red = palette.FAILED
        signed(scene, f"failed-{state}", at, CROSS, colour=red, scale=1.4 * scale)
    elif change := overlay.states.get(state):
        colour = palette.CHANGES[change]
        signed(scene, f"change-{state}", at, SIGNS[change], colour=colour, scale=scale)
    elif (count := overlay.counts.get(state)) is not None:
        text = str(count)
        signed(scene, f"count-{state}", at, text, colour=palette.DARK, scale=scale)
