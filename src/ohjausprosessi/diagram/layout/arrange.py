"""Arranges a view on a page for given sizes: columns, then lanes and rows, then ends (LAYOUT §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.geometry.display_list import Rect
from ohjausprosessi.diagram.layout.columns import columns_of, place_columns, place_headings
from ohjausprosessi.diagram.layout.ends import EndPlacer
from ohjausprosessi.diagram.layout.placement import (
    HEADER,
    MARGIN,
    Gap,
    Lane,
    Placement,
    place_state,
    space_above,
    space_below,
)
from ohjausprosessi.diagram.layout.service_list import ListArea, list_services
from ohjausprosessi.diagram.layout.state_box import state_box_of

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.layout.placement import Sizes

_FAN_GAP = 48.0
_FAN_GAP_FULL = 72.0
_MERGE_GAP = 30.0
_MERGE_GAP_FULL = 52.0


def arrange(selection: Selection, sizes: Sizes) -> Placement:
    """Place everything a view shows, but the lines, on a page of given sizes."""
    return _Arranger(selection, sizes).arranged()


class _Arranger:
    def __init__(self, selection: Selection, sizes: Sizes) -> None:
        self.selection = selection
        self.sizes = sizes
        self.scale = sizes.scale
        self.placement = Placement(sizes, MARGIN + HEADER * self.scale)
        self.columns = columns_of(selection, sizes.width, self.scale)
        place_columns(self.placement, self.columns)
        place_headings(self.placement, selection, self.columns)
        self.ends = EndPlacer(selection, self.placement, self.columns)
        self.standing = [s for s in selection.states if s in selection.grid.column]
        self.boxes = {
            state: state_box_of(selection, state, self.placement.box_width, self.scale)
            for state in self.standing
        }
        self.strip = selection.grid.strip if selection.grid.strip in selection.states else None

    def arranged(self) -> Placement:
        y = self.placement.top
        for lane in self.selection.lanes:
            y = self._lane(lane, y)
        self.placement.bottom = y
        for lane in self.selection.lanes:
            self.ends.place(lane)
        return self.placement

    def _row_numbers(self, lane: str) -> list[int]:
        states, grid = self.selection.definition.states, self.selection.grid
        return sorted({grid.row[s] for s in self.standing if states[s].owner == lane})

    def _lane(self, owner: str, top: float) -> float:
        placement = self.placement
        lane = placement.lanes[owner] = Lane(owner, top, top)
        first = owner == self.selection.lanes[0]
        y = top
        if first:
            y = self._service_list(lane, y + 6)
        if self.strip and self.selection.definition.states[self.strip].owner == owner:
            y = self._place_strip(self.strip, y + 6)
        rows = self._row_numbers(owner)
        merged = False
        for row in rows:
            fan = self._is_fan_row(owner, row)
            y = self._gap(y, fan=fan, merged=merged)
            y = self._row(owner, row, y)
            merged = fan
        y = self._gap(y, merged=merged)
        needed = self.ends.height(owner) - (
            y - (lane.service_area.bottom if first and lane.service_area else top)
        )
        if needed > 0:
            gap = placement.gaps.pop()
            placement.gaps.append(Gap(gap.first, gap.last + needed))
            y += needed
        if not first:
            y = self._service_list(lane, y)
        lane.bottom = y
        return y

    def _gap(self, y: float, *, fan: bool = False, merged: bool = False) -> float:
        """Add a gap and return the y beneath it; fans and merges need room for a bus and marks."""
        number = len(self.placement.gaps)
        height = self.sizes.gaps.get(number, self.sizes.gap)
        if fan:
            height = max(height, _FAN_GAP_FULL if self.selection.full else _FAN_GAP)
        if merged:
            height = max(height, _MERGE_GAP_FULL if self.selection.full else _MERGE_GAP)
        last = y + height * self.scale + self.sizes.stretch
        self.placement.gaps.append(Gap(y, last))
        return last

    def _is_fan_row(self, owner: str, row: int) -> bool:
        grid, states = self.selection.grid, self.selection.definition.states
        goals = {goal for goals in grid.fans.values() for goal in goals}
        return any(
            state in goals and states[state].owner == owner and grid.row[state] == row
            for state in self.standing
        )

    def _row(self, owner: str, row: int, y: float) -> float:
        grid, states = self.selection.grid, self.selection.definition.states
        members = [
            self.boxes[s] for s in self.standing if states[s].owner == owner and grid.row[s] == row
        ]
        middle = y + max(space_above(state_box, self.scale) for state_box in members)
        for state_box in members:
            self.placement.states[state_box.state] = place_state(
                state_box, self.placement.columns[grid.column[state_box.state]], middle, self.scale
            )
        return middle + max(space_below(state_box, self.scale) for state_box in members)

    def _place_strip(self, strip: str, y: float) -> float:
        left = self.placement.columns[self.columns.shown[0]] - self.placement.box_width / 2
        right = self.placement.columns[self.columns.shown[-1]] + self.placement.box_width / 2
        state_box = state_box_of(self.selection, strip, right - left, self.scale)
        middle = y + state_box.height / 2
        self.placement.states[strip] = place_state(
            state_box, (left + right) / 2, middle, self.scale
        )
        return y + state_box.height

    def _service_list(self, lane: Lane, y: float) -> float:
        """List the services of a lane, those of every phase first; return the y beneath them."""
        top = y
        always = self.selection.service_lists.get((lane.owner, None), ())
        if always:
            left = self.placement.columns[self.columns.shown[0]] - self.placement.box_width / 2 - 4
            services, tall = list_services(
                self.selection, always, ListArea(left, self.columns.right - 8, y), self.scale
            )
            lane.services += services
            y += tall
        height = 0.0
        for n, span in enumerate(self.selection.grid.spans):
            offered = self.selection.service_lists.get((lane.owner, span.phase), ())
            inside = self.columns.inside(span)
            if offered and inside and span.phase is not None:
                left, right = self._list_edges(n, inside)
                services, tall = list_services(
                    self.selection, offered, ListArea(left, right, y), self.scale
                )
                lane.services += services
                height = max(height, tall)
        if not lane.services:
            return top
        lane.service_area = Rect(self.placement.left, top - 2, self.columns.right, y + height + 2)
        return y + height + 6 * self.scale

    def _list_edges(self, number: int, inside: list[int]) -> tuple[float, float]:
        placement = self.placement
        left = placement.columns[inside[0]] - placement.box_width / 2 - 4
        edges = [placement.left, *placement.cuts, self.columns.right]
        shown = [span for span in self.selection.grid.spans if self.columns.inside(span)]
        placed = shown.index(self.selection.grid.spans[number])
        return left, edges[placed + 1] - 6
