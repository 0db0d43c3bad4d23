"""Where everything stands on the page, in points: lanes, columns, rows, shelves, ends (LAYOUT §3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.geometry.display_list import Rect
from ohjausprosessi.diagram.geometry.text_metrics import text_width
from ohjausprosessi.diagram.layout.service_list import ListArea, list_services
from ohjausprosessi.diagram.layout.state_box import LEADING, TITLE, state_box_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.layout.service_list import ListedService
    from ohjausprosessi.diagram.layout.state_box import StateBox

MARGIN = 16.0
HEADER = 106.0
TOP = 62.0
PHASE = 28.0
MAX_BOX_WIDTH = 190.0
CLOCK_ABOVE = 12.0
END_WIDTH = 128.0
END_WIDTH_FULL = 150.0
FAN_GAP = 48.0
FAN_GAP_FULL = 72.0
MERGE_GAP = 30.0
MERGE_GAP_FULL = 52.0
_LOW_LANE_ENDS = 3
_SNAP = 25.0


class Gap(NamedTuple):
    """A strip between columns (a gutter) or between rows, where lines run."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class PlacedState:
    """A state on the page: its card, the middle of its form, and what lines must not enter."""

    state_box: StateBox
    x: float
    y: float
    box: Rect
    label: Rect | None = None


@dataclass(slots=True)
class Lane:
    """A lane on the page; ``service_area`` is the room of its services, None without any."""

    owner: str
    top: float
    bottom: float
    service_area: Rect | None = None
    services: list[ListedService] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a phase or of the ends."""

    text: str
    left: float
    right: float
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a layout may vary: sizes that are found by trying.

    Attributes:
        width: width of the page in points.
        scale: factor of every length and size of text.
        gutters: width of each gutter before scaling, by its number; others have the usual one.
        gaps: height of each gap between rows before scaling, by its number.
        stretch: points added to every gap between rows.
    """

    width: float
    scale: float
    gutters: Mapping[int, float] = field(default_factory=dict)
    gaps: Mapping[int, float] = field(default_factory=dict)
    stretch: float = 0.0
    gutter: float = 44.0
    gap: float = 36.0


@dataclass(slots=True)
class Placement:
    """The page, everything but the lines."""

    sizes: Sizes
    left: float
    box_width: float = 0.0
    columns: dict[int, float] = field(default_factory=dict)
    gutters: list[Gap] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    lanes: dict[str, Lane] = field(default_factory=dict)
    states: dict[str, PlacedState] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0


def placement_of(selection: Selection, sizes: Sizes) -> Placement:
    """Return the page of a view for one setting of sizes."""
    return _Placer(selection, sizes).build()


class _Placer:
    def __init__(self, selection: Selection, sizes: Sizes) -> None:
        self.selection = selection
        self.sizes = sizes
        self.scale = sizes.scale
        self.right = sizes.width - MARGIN
        self.placement = Placement(sizes, MARGIN + HEADER * self.scale)
        states = selection.definition.states
        grid = selection.grid
        self.ends = [s for s in selection.states if states[s].kind == "end"]
        self.standing = [s for s in selection.states if s in grid.column]
        self.strip = grid.strip if grid.strip in selection.states else None
        self.columns = sorted({grid.column[state] for state in self.standing})
        self.end_columns = self._end_columns()
        self.end_width = (END_WIDTH_FULL if selection.full else END_WIDTH) * self.scale
        self.end_label = self.end_width - (44.0 if selection.full else 8.0) * self.scale
        self.boxes: dict[str, StateBox] = {}

    def build(self) -> Placement:
        self._place_columns()
        self._head()
        self.boxes = {
            state: state_box_of(self.selection, state, self.placement.box_width, self.scale)
            for state in self.standing
        }
        y = self.placement.top
        for lane in self.selection.lanes:
            y = self._lane(lane, y)
        self.placement.bottom = y
        for lane in self.selection.lanes:
            self._place_ends(lane)
        return self.placement

    # ---- columns

    def _end_columns(self) -> int:
        """Return how many columns the ends need: two where a lane would grow too high."""
        if not self.ends:
            return 0
        states = self.selection.definition.states
        most = max(
            sum(states[end].owner == lane for end in self.ends) for lane in self.selection.lanes
        )
        rows = max((self._rows_of(lane) for lane in self.selection.lanes), default=1)
        return 1 if most <= max(_LOW_LANE_ENDS, 2 * rows) else 2

    def _rows_of(self, lane: str) -> int:
        return len(set(self._row_numbers(lane)))

    def _row_numbers(self, lane: str) -> list[int]:
        states, grid = self.selection.definition.states, self.selection.grid
        return sorted({grid.row[s] for s in self.standing if states[s].owner == lane})

    def _place_columns(self) -> None:
        placement, scale, sizes = self.placement, self.scale, self.sizes
        count = len(self.columns) + self.end_columns
        widths = [sizes.gutters.get(n, sizes.gutter) * scale for n in range(count)]
        widths[0] = sizes.gutters.get(0, 16.0) * scale
        ends = self.end_width * self.end_columns
        last = 8.0 if self.ends else sizes.gutters.get(count, 30.0) * scale
        room = self.right - placement.left - ends - sum(widths) - last
        placement.box_width = min(room / len(self.columns), MAX_BOX_WIDTH * scale)
        spare = (room - placement.box_width * len(self.columns)) / (count + (not self.ends))
        widths = [width + spare for width in widths]
        last += 0.0 if self.ends else spare
        x = placement.left
        for n in range(count):
            placement.gutters.append(Gap(x, x + widths[n]))
            x += widths[n]
            if n < len(self.columns):
                placement.columns[self.columns[n]] = x + placement.box_width / 2
                x += placement.box_width
            else:
                placement.columns[self._end_key(n - len(self.columns))] = x + self.end_width / 2
                x += self.end_width
        if not self.ends:
            placement.gutters.append(Gap(x, x + last))

    def _end_key(self, n: int) -> int:
        return self.selection.grid.columns + n

    # ---- headings

    def _head(self) -> None:
        """Place the headings of the phases and the boundaries between them."""
        placement, selection = self.placement, self.selection
        phases = selection.definition.phases
        numbers = {phase: n for n, phase in enumerate(phases, 1)}
        cuts = [placement.left]
        names: list[tuple[str, bool]] = []

        def named(phase: str) -> str:
            title = phases[phase].text(selection.language)
            return f"{numbers[phase]}  {title}" if len(phases) > 1 else title

        for span in selection.grid.spans:
            inside = [c for c in self.columns if span.first <= c <= span.last]
            if inside and span.phase is not None:
                gutter = placement.gutters[self.columns.index(inside[-1]) + 1]
                cuts.append((gutter.first + gutter.last) / 2)
                names.append((named(span.phase), False))
        ends = self._end_heading()
        if not names:
            placement.top = TOP * self.scale
            return
        if not self.ends or ends == "":
            cuts[-1] = self.right
        elif ends:
            cuts.append(self.right)
            names.append((named(ends) if ends in phases else ends, True))
        placement.headings = [
            Heading(name, cuts[n], cuts[n + 1], is_end) for n, (name, is_end) in enumerate(names)
        ]
        placement.cuts = cuts[1:-1]
        placement.top = (TOP + PHASE) * self.scale + 8

    def _end_heading(self) -> str:
        """Return the heading of the ends: a phase of their own, a word, or the last phase (empty)."""
        states = self.selection.definition.states
        found = {states[end].phase for end in self.ends}
        spans = [span.phase for span in self.selection.grid.spans]
        if found == {spans[-1]}:
            return ""
        phase = next(iter(found)) if len(found) == 1 else None
        if phase is not None and phase not in spans:
            return phase
        return word("ends", self.selection.language)

    # ---- lanes and rows

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
        needed = self._end_height(owner) - (
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
        """Return the y beneath a gap; fans and merges need room for a bus and their marks."""
        number = len(self.placement.gaps)
        height = self.sizes.gaps.get(number, self.sizes.gap)
        if fan:
            height = max(height, FAN_GAP_FULL if self.selection.full else FAN_GAP)
        if merged:
            height = max(height, MERGE_GAP_FULL if self.selection.full else MERGE_GAP)
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
        middle = y + max(self._above(state_box) for state_box in members)
        for state_box in members:
            self.placement.states[state_box.state] = self._placed(
                state_box, self.placement.columns[grid.column[state_box.state]], middle
            )
        return middle + max(self._below(state_box) for state_box in members)

    def _label_height(self, state_box: StateBox) -> float:
        return (
            4 * self.scale + len(state_box.lines) * LEADING * self.scale if state_box.lines else 0.0
        )

    def _above(self, state_box: StateBox) -> float:
        over = self._label_height(state_box) if state_box.form == "choice" else 0.0
        if state_box.form == "box" and state_box.deadline:
            over = CLOCK_ABOVE * self.scale
        return state_box.height / 2 + over

    def _below(self, state_box: StateBox) -> float:
        beneath = state_box.labelled_beneath and state_box.form != "choice"
        return state_box.height / 2 + (self._label_height(state_box) if beneath else 0.0)

    def _placed(self, state_box: StateBox, x: float, y: float) -> PlacedState:
        box = Rect(
            x - state_box.width / 2,
            y - state_box.height / 2,
            x + state_box.width / 2,
            y + state_box.height / 2,
        )
        if not state_box.labelled_beneath or not state_box.lines:
            return PlacedState(state_box, x, y, box)
        half = max(text_width(line, TITLE * self.scale) for line in state_box.lines) / 2
        if state_box.form == "choice":
            label = Rect(x - half, box.top - self._label_height(state_box), x + half, box.top)
        else:
            label = Rect(x - half, box.bottom, x + half, box.bottom + self._label_height(state_box))
        return PlacedState(state_box, x, y, box, label)

    def _place_strip(self, strip: str, y: float) -> float:
        left = self.placement.columns[self.columns[0]] - self.placement.box_width / 2
        right = self.placement.columns[self.columns[-1]] + self.placement.box_width / 2
        state_box = state_box_of(self.selection, strip, right - left, self.scale)
        middle = y + state_box.height / 2
        self.placement.states[strip] = self._placed(state_box, (left + right) / 2, middle)
        return y + state_box.height

    # ---- shelves

    def _service_list(self, lane: Lane, y: float) -> float:
        """Place the services of a lane, those of every phase first; return the y beneath them."""
        top = y
        always = self.selection.service_lists.get((lane.owner, None), ())
        if always:
            left = self.placement.columns[self.columns[0]] - self.placement.box_width / 2 - 4
            services, tall = list_services(
                self.selection, always, ListArea(left, self.right - 8, y), self.scale
            )
            lane.services += services
            y += tall
        height = 0.0
        for n, span in enumerate(self.selection.grid.spans):
            offered = self.selection.service_lists.get((lane.owner, span.phase), ())
            inside = [c for c in self.columns if span.first <= c <= span.last]
            if offered and inside and span.phase is not None:
                left, right = self._list_edges(n, inside)
                services, tall = list_services(
                    self.selection, offered, ListArea(left, right, y), self.scale
                )
                lane.services += services
                height = max(height, tall)
        if not lane.services:
            return top
        lane.service_area = Rect(self.placement.left, top - 2, self.right, y + height + 2)
        return y + height + 6 * self.scale

    def _list_edges(self, number: int, inside: list[int]) -> tuple[float, float]:
        placement = self.placement
        left = placement.columns[inside[0]] - placement.box_width / 2 - 4
        edges = [placement.left, *placement.cuts, self.right]
        shown = [
            s
            for s in self.selection.grid.spans
            if any(s.first <= c <= s.last for c in self.columns)
        ]
        placed = shown.index(self.selection.grid.spans[number])
        return left, edges[placed + 1] - 6

    # ---- ends

    def _end_cards(self, owner: str) -> list[StateBox]:
        states = self.selection.definition.states
        return [
            state_box_of(self.selection, end, self.end_label, self.scale)
            for end in self.ends
            if states[end].owner == owner
        ]

    def _end_height(self, owner: str) -> float:
        boxes = self._end_cards(owner)
        per = -(-len(boxes) // self.end_columns) if boxes else 0
        tall = max(
            (state_box.height + self._label_height(state_box) for state_box in boxes), default=0.0
        )
        return per * (tall + 12 * self.scale)

    def _place_ends(self, owner: str) -> None:
        """Spread the ends over the height of their lane; those with lines stand on the left."""
        boxes = self._end_cards(owner)
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
        per = -(-len(boxes) // self.end_columns)
        for n in range(self.end_columns):
            column = boxes[n * per : (n + 1) * per]
            order = {end: placed for placed, end in enumerate(self.ends)}
            column.sort(key=lambda state_box: order[state_box.state])
            self._spread(column, self.placement.columns[self._end_key(n)], top, bottom)

    def _spread(self, boxes: list[StateBox], x: float, top: float, bottom: float) -> None:
        if not boxes:
            return
        span = (bottom - top) / len(boxes)
        middles = [
            top + span * (n + 0.5) - self._label_height(state_box) / 2
            for n, state_box in enumerate(boxes)
        ]
        for n, state_box in enumerate(boxes):
            for row in self._rows_near(state_box, middles[n]):
                moved = [*middles[:n], row, *middles[n + 1 :]]
                if self._apart(boxes, moved, top, bottom):
                    middles = moved
                    break
        for state_box, middle in zip(boxes, middles, strict=True):
            self.placement.states[state_box.state] = self._placed(state_box, x, middle)

    def _rows_near(self, state_box: StateBox, middle: float) -> list[float]:
        """Return the rows an end would rather stand on: those its lines come from, then any near."""
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
        """Return whether no end touches the label of the one above, nor leaves its lane."""
        tops = [m - self._above(state_box) for m, state_box in zip(middles, boxes, strict=True)]
        bottoms = [m + self._below(state_box) for m, state_box in zip(middles, boxes, strict=True)]
        free = all(b + 6 * self.scale <= t for b, t in zip(bottoms, tops[1:], strict=False))
        return free and tops[0] > top + 2 and bottoms[-1] < bottom - 2
