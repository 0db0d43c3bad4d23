"""The ends of a process, spread over the height of their lane (LAYOUT §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.layout.placement import (
    label_height,
    place_state,
    space_above,
    space_below,
)
from ohjausprosessi.diagram.layout.state_box import state_box_of

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.layout.columns import Columns
    from ohjausprosessi.diagram.layout.placement import Placement
    from ohjausprosessi.diagram.layout.state_box import StateBox

_BESIDE_LABEL = 8.0
_BESIDE_LABEL_FULL = 44.0
_SNAP = 25.0


class EndPlacer:
    """Measures the ends of each lane, and places them once the lanes have their height."""

    def __init__(self, selection: Selection, placement: Placement, columns: Columns) -> None:
        self.selection = selection
        self.placement = placement
        self.columns = columns
        self.scale = placement.sizes.scale
        states = selection.definition.states
        self.ends = [s for s in selection.states if states[s].kind == "end"]
        beside = _BESIDE_LABEL_FULL if selection.full else _BESIDE_LABEL
        self.label_width = columns.end_width - beside * self.scale

    def _boxes(self, owner: str) -> list[StateBox]:
        states = self.selection.definition.states
        return [
            state_box_of(self.selection, end, self.label_width, self.scale)
            for end in self.ends
            if states[end].owner == owner
        ]

    def height(self, owner: str) -> float:
        """The height that the ends of a lane need."""
        boxes = self._boxes(owner)
        per = -(-len(boxes) // self.columns.ends) if boxes else 0
        tall = max(
            (state_box.height + label_height(state_box, self.scale) for state_box in boxes),
            default=0.0,
        )
        return per * (tall + 12 * self.scale)

    def place(self, owner: str) -> None:
        """Spread the ends of a lane over its height; those with lines stand on the left."""
        boxes = self._boxes(owner)
        if not boxes:
            return
        lane = self.placement.lanes[owner]
        first = owner == self.selection.lanes[0]
        top, bottom = lane.top, lane.bottom
        if lane.service_area is not None:
            top, bottom = (
                (lane.service_area.bottom, bottom) if first else (top, lane.service_area.top)
            )
        lined = {line.target for line in self.selection.lines}
        boxes.sort(key=lambda state_box: state_box.state not in lined)
        per = -(-len(boxes) // self.columns.ends)
        for n in range(self.columns.ends):
            column = boxes[n * per : (n + 1) * per]
            order = {end: n for n, end in enumerate(self.ends)}
            column.sort(key=lambda state_box: order[state_box.state])
            self._spread(column, self.placement.columns[self.columns.end_key(n)], top, bottom)

    def _spread(self, boxes: list[StateBox], x: float, top: float, bottom: float) -> None:
        if not boxes:
            return
        span = (bottom - top) / len(boxes)
        middles = [
            top + span * (n + 0.5) - label_height(state_box, self.scale) / 2
            for n, state_box in enumerate(boxes)
        ]
        for n, state_box in enumerate(boxes):
            for row in self._rows_near(state_box, middles[n]):
                moved = [*middles[:n], row, *middles[n + 1 :]]
                if self._apart(boxes, moved, top, bottom):
                    middles = moved
                    break
        for state_box, middle in zip(boxes, middles, strict=True):
            self.placement.states[state_box.state] = place_state(state_box, x, middle, self.scale)

    def _rows_near(self, state_box: StateBox, middle: float) -> list[float]:
        """The rows an end aligns with if it can: those its lines come from, then any near."""
        lines = [line for line in self.selection.lines if line.target == state_box.state]
        if not lines:
            return []
        places = self.placement.states
        states = self.selection.definition.states
        lane = states[state_box.state].owner
        sources = {
            places[line.source].y
            for line in lines
            if line.source in places and states[line.source].owner == lane
        }
        near = {
            placed.y
            for placed in places.values()
            if placed.state_box.form == "box" and abs(placed.y - middle) < _SNAP * self.scale
        }
        nearest = sorted(sources, key=lambda y: abs(y - middle))
        return nearest + sorted(near - sources, key=lambda y: abs(y - middle))

    def _apart(
        self, boxes: list[StateBox], middles: list[float], top: float, bottom: float
    ) -> bool:
        """Whether no end touches the label of the one above or leaves its lane."""
        tops = [
            m - space_above(state_box, self.scale)
            for m, state_box in zip(middles, boxes, strict=True)
        ]
        bottoms = [
            m + space_below(state_box, self.scale)
            for m, state_box in zip(middles, boxes, strict=True)
        ]
        free = all(b + 6 * self.scale <= t for b, t in zip(bottoms, tops[1:], strict=False))
        return free and tops[0] > top + 2 and bottoms[-1] < bottom - 2
