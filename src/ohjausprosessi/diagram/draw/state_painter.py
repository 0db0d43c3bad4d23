"""What the drawing of all forms of states has in common: outline, text, services, deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.draw.symbols import pill_text, service_symbol
from ohjausprosessi.diagram.geometry.display_list import Node, Pen, Rect, TextShape
from ohjausprosessi.diagram.geometry.text_metrics import clean

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.palette import OwnerStyle
    from ohjausprosessi.diagram.geometry.display_list import Anchor, Outline, Point, Scene
    from ohjausprosessi.diagram.layout.layout import Layout
    from ohjausprosessi.diagram.layout.placement import PlacedState
    from ohjausprosessi.diagram.layout.state_box import StateBox


class StatePainter:
    """Draws states of a layout into a scene; one subclass for each kind of form."""

    def __init__(self, scene: Scene, layout: Layout) -> None:
        self.scene = scene
        self.selection = layout.selection
        self.definition = layout.selection.definition
        self.scale = layout.scale

    def style(self, state_box: StateBox) -> OwnerStyle:
        """The style of the owner of a state."""
        return self.selection.styles[self.definition.states[state_box.state].owner]

    def inferred(self, state_box: StateBox) -> bool:
        """Whether a state must be marked as inferred: it cites no source."""
        return self.selection.inferred(self.definition.states[state_box.state])

    def node(
        self, placed: PlacedState, outline: Outline, pen: Pen, box: Rect | None = None
    ) -> None:
        """Add the outline of a state."""
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

    def text(
        self,
        at: Point,
        text: str,
        size: float,
        placed: PlacedState,
        *,
        ground: str = palette.WHITE,
        colour: str | None = None,
        bold: bool = False,
        anchor: Anchor = "middle",
        kind: str = "state",
    ) -> None:
        """Draw a line of text, by default in the ink that reads best on its ground."""
        self.scene.add(
            TextShape(
                at,
                text,
                size * self.scale,
                bold=bold,
                colour=colour or palette.ink_on(ground),
                anchor=anchor,
                kind=kind,
                owner=placed.state_box.state,
                ground=ground,
            )
        )

    def service(self, placed: PlacedState, service_id: str, at: Point) -> None:
        """Draw the coded symbol of a service in a state."""
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

    def deadline(self, left: float, bottom: float, text: str) -> None:
        """Draw a deadline, a clock and a text, above an outline."""
        pill_text(self.scene, left, bottom - 8.6 * self.scale, text, self.scale, clocked=True)
