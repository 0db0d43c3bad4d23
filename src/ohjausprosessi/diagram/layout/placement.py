"""Where everything stands on the page, in points: lanes, columns, rows, shelves, ends (LAYOUT §3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.service_list import Room, shelved
from ohjausprosessi.diagram.content.state_box import LEADING, TITLE, card_of
from ohjausprosessi.diagram.geometry.display_list import Box
from ohjausprosessi.diagram.geometry.text_metrics import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.content.service_list import Listed
    from ohjausprosessi.diagram.content.state_box import Card

MARGIN = 16.0
HEADER = 106.0
TOP = 62.0
PHASE = 28.0
MOST_CARD = 190.0
CLOCK_ABOVE = 12.0
END_WIDTH = 128.0
END_WIDTH_FULL = 150.0
FAN_GAP = 48.0
FAN_GAP_FULL = 72.0
MERGE_GAP = 30.0
MERGE_GAP_FULL = 52.0
TRACK = 9.0
_LOW_LANE_ENDS = 3
_SNAP = 25.0


class Gap(NamedTuple):
    """A strip between columns (a gutter) or between rows, where lines run."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Place:
    """A state on the page: its card, the middle of its form, and what lines must not enter."""

    card: Card
    x: float
    y: float
    box: Box
    label: Box | None = None


@dataclass(slots=True)
class Lane:
    """A lane on the page; ``shelf`` is the room of its services, None without any."""

    owner: str
    top: float
    bottom: float
    shelf: Box | None = None
    listed: list[Listed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a phase or of the ends."""

    text: str
    left: float
    right: float
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
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
class Frame:
    """The page, everything but the lines."""

    setting: Setting
    left: float
    card_width: float = 0.0
    columns: dict[int, float] = field(default_factory=dict)
    gutters: list[Gap] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    lanes: dict[str, Lane] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0


def frame_of(selection: Selection, setting: Setting) -> Frame:
    """Return the page of a view for one setting of sizes."""
    return _Builder(selection, setting).build()


class _Builder:
    def __init__(self, selection: Selection, setting: Setting) -> None:
        self.selection = selection
        self.setting = setting
        self.scale = setting.scale
        self.right = setting.width - MARGIN
        self.frame = Frame(setting, MARGIN + HEADER * self.scale)
        states = selection.definition.states
        grid = selection.grid
        self.ends = [s for s in selection.states if states[s].kind == "end"]
        self.standing = [s for s in selection.states if s in grid.column]
        self.strip = grid.strip if grid.strip in selection.states else None
        self.columns = sorted({grid.column[state] for state in self.standing})
        self.end_columns = self._end_columns()
        self.end_width = (END_WIDTH_FULL if selection.full else END_WIDTH) * self.scale
        self.end_label = self.end_width - (44.0 if selection.full else 8.0) * self.scale
        self.cards: dict[str, Card] = {}

    def build(self) -> Frame:
        self._place_columns()
        self._head()
        self.cards = {
            state: card_of(self.selection, state, self.frame.card_width, self.scale)
            for state in self.standing
        }
        y = self.frame.top
        for lane in self.selection.lanes:
            y = self._lane(lane, y)
        self.frame.bottom = y
        for lane in self.selection.lanes:
            self._place_ends(lane)
        return self.frame

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
        frame, scale, setting = self.frame, self.scale, self.setting
        count = len(self.columns) + self.end_columns
        widths = [setting.gutters.get(n, setting.gutter) * scale for n in range(count)]
        widths[0] = setting.gutters.get(0, 16.0) * scale
        ends = self.end_width * self.end_columns
        last = 8.0 if self.ends else setting.gutters.get(count, 30.0) * scale
        room = self.right - frame.left - ends - sum(widths) - last
        frame.card_width = min(room / len(self.columns), MOST_CARD * scale)
        spare = (room - frame.card_width * len(self.columns)) / (count + (not self.ends))
        widths = [width + spare for width in widths]
        last += 0.0 if self.ends else spare
        x = frame.left
        for n in range(count):
            frame.gutters.append(Gap(x, x + widths[n]))
            x += widths[n]
            if n < len(self.columns):
                frame.columns[self.columns[n]] = x + frame.card_width / 2
                x += frame.card_width
            else:
                frame.columns[self._end_key(n - len(self.columns))] = x + self.end_width / 2
                x += self.end_width
        if not self.ends:
            frame.gutters.append(Gap(x, x + last))

    def _end_key(self, n: int) -> int:
        return self.selection.grid.columns + n

    # ---- headings

    def _head(self) -> None:
        """Place the headings of the phases and the boundaries between them."""
        frame, selection = self.frame, self.selection
        phases = selection.definition.phases
        numbers = {phase: n for n, phase in enumerate(phases, 1)}
        cuts = [frame.left]
        names: list[tuple[str, bool]] = []

        def named(phase: str) -> str:
            title = phases[phase].text(selection.language)
            return f"{numbers[phase]}  {title}" if len(phases) > 1 else title

        for span in selection.grid.spans:
            inside = [c for c in self.columns if span.first <= c <= span.last]
            if inside and span.phase is not None:
                gutter = frame.gutters[self.columns.index(inside[-1]) + 1]
                cuts.append((gutter.first + gutter.last) / 2)
                names.append((named(span.phase), False))
        ends = self._end_heading()
        if not names:
            frame.top = TOP * self.scale
            return
        if not self.ends or ends == "":
            cuts[-1] = self.right
        elif ends:
            cuts.append(self.right)
            names.append((named(ends) if ends in phases else ends, True))
        frame.headings = [
            Heading(name, cuts[n], cuts[n + 1], is_end) for n, (name, is_end) in enumerate(names)
        ]
        frame.cuts = cuts[1:-1]
        frame.top = (TOP + PHASE) * self.scale + 8

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
        frame = self.frame
        lane = frame.lanes[owner] = Lane(owner, top, top)
        first = owner == self.selection.lanes[0]
        y = top
        if first:
            y = self._shelf(lane, y + 6)
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
            y - (lane.shelf.bottom if first and lane.shelf else top)
        )
        if needed > 0:
            gap = frame.gaps.pop()
            frame.gaps.append(Gap(gap.first, gap.last + needed))
            y += needed
        if not first:
            y = self._shelf(lane, y)
        lane.bottom = y
        return y

    def _gap(self, y: float, *, fan: bool = False, merged: bool = False) -> float:
        """Return the y beneath a gap; fans and merges need room for a bus and their marks."""
        number = len(self.frame.gaps)
        height = self.setting.gaps.get(number, self.setting.gap)
        if fan:
            height = max(height, FAN_GAP_FULL if self.selection.full else FAN_GAP)
        if merged:
            height = max(height, MERGE_GAP_FULL if self.selection.full else MERGE_GAP)
        last = y + height * self.scale + self.setting.stretch
        self.frame.gaps.append(Gap(y, last))
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
            self.cards[s] for s in self.standing if states[s].owner == owner and grid.row[s] == row
        ]
        middle = y + max(self._above(card) for card in members)
        for card in members:
            self.frame.places[card.state] = self._placed(
                card, self.frame.columns[grid.column[card.state]], middle
            )
        return middle + max(self._below(card) for card in members)

    def _label_height(self, card: Card) -> float:
        return 4 * self.scale + len(card.lines) * LEADING * self.scale if card.lines else 0.0

    def _above(self, card: Card) -> float:
        over = self._label_height(card) if card.form == "choice" else 0.0
        if card.form == "card" and card.deadline:
            over = CLOCK_ABOVE * self.scale
        return card.height / 2 + over

    def _below(self, card: Card) -> float:
        beneath = card.labelled_beneath and card.form != "choice"
        return card.height / 2 + (self._label_height(card) if beneath else 0.0)

    def _placed(self, card: Card, x: float, y: float) -> Place:
        box = Box(x - card.width / 2, y - card.height / 2, x + card.width / 2, y + card.height / 2)
        if not card.labelled_beneath or not card.lines:
            return Place(card, x, y, box)
        half = max(text_width(line, TITLE * self.scale) for line in card.lines) / 2
        if card.form == "choice":
            label = Box(x - half, box.top - self._label_height(card), x + half, box.top)
        else:
            label = Box(x - half, box.bottom, x + half, box.bottom + self._label_height(card))
        return Place(card, x, y, box, label)

    def _place_strip(self, strip: str, y: float) -> float:
        left = self.frame.columns[self.columns[0]] - self.frame.card_width / 2
        right = self.frame.columns[self.columns[-1]] + self.frame.card_width / 2
        card = card_of(self.selection, strip, right - left, self.scale)
        middle = y + card.height / 2
        self.frame.places[strip] = self._placed(card, (left + right) / 2, middle)
        return y + card.height

    # ---- shelves

    def _shelf(self, lane: Lane, y: float) -> float:
        """Place the services of a lane, those of every phase first; return the y beneath them."""
        top = y
        always = self.selection.shelves.get((lane.owner, None), ())
        if always:
            left = self.frame.columns[self.columns[0]] - self.frame.card_width / 2 - 4
            listed, tall = shelved(
                self.selection, always, Room(left, self.right - 8, y), self.scale
            )
            lane.listed += listed
            y += tall
        height = 0.0
        for n, span in enumerate(self.selection.grid.spans):
            services = self.selection.shelves.get((lane.owner, span.phase), ())
            inside = [c for c in self.columns if span.first <= c <= span.last]
            if services and inside and span.phase is not None:
                left, right = self._shelf_room(n, inside)
                listed, tall = shelved(self.selection, services, Room(left, right, y), self.scale)
                lane.listed += listed
                height = max(height, tall)
        if not lane.listed:
            return top
        lane.shelf = Box(self.frame.left, top - 2, self.right, y + height + 2)
        return y + height + 6 * self.scale

    def _shelf_room(self, number: int, inside: list[int]) -> tuple[float, float]:
        frame = self.frame
        left = frame.columns[inside[0]] - frame.card_width / 2 - 4
        edges = [frame.left, *frame.cuts, self.right]
        shown = [
            s
            for s in self.selection.grid.spans
            if any(s.first <= c <= s.last for c in self.columns)
        ]
        place = shown.index(self.selection.grid.spans[number])
        return left, edges[place + 1] - 6

    # ---- ends

    def _end_cards(self, owner: str) -> list[Card]:
        states = self.selection.definition.states
        return [
            card_of(self.selection, end, self.end_label, self.scale)
            for end in self.ends
            if states[end].owner == owner
        ]

    def _end_height(self, owner: str) -> float:
        cards = self._end_cards(owner)
        per = -(-len(cards) // self.end_columns) if cards else 0
        tall = max((card.height + self._label_height(card) for card in cards), default=0.0)
        return per * (tall + 12 * self.scale)

    def _place_ends(self, owner: str) -> None:
        """Spread the ends over the height of their lane; those with lines stand on the left."""
        cards = self._end_cards(owner)
        if not cards:
            return
        lane = self.frame.lanes[owner]
        first = owner == self.selection.lanes[0]
        top, bottom = lane.top, lane.bottom
        if lane.shelf is not None:
            top, bottom = (lane.shelf.bottom, bottom) if first else (top, lane.shelf.top)
        lined = {line.target for line in self.selection.lines}
        cards.sort(key=lambda card: card.state not in lined)
        per = -(-len(cards) // self.end_columns)
        for n in range(self.end_columns):
            column = cards[n * per : (n + 1) * per]
            order = {end: place for place, end in enumerate(self.ends)}
            column.sort(key=lambda card: order[card.state])
            self._spread(column, self.frame.columns[self._end_key(n)], top, bottom)

    def _spread(self, cards: list[Card], x: float, top: float, bottom: float) -> None:
        if not cards:
            return
        span = (bottom - top) / len(cards)
        middles = [
            top + span * (n + 0.5) - self._label_height(card) / 2 for n, card in enumerate(cards)
        ]
        for n, card in enumerate(cards):
            for row in self._rows_near(card, middles[n]):
                moved = [*middles[:n], row, *middles[n + 1 :]]
                if self._apart(cards, moved, top, bottom):
                    middles = moved
                    break
        for card, middle in zip(cards, middles, strict=True):
            self.frame.places[card.state] = self._placed(card, x, middle)

    def _rows_near(self, card: Card, middle: float) -> list[float]:
        """Return the rows an end would rather stand on: those its lines come from, then any near."""
        lines = [line for line in self.selection.lines if line.target == card.state]
        if not lines:
            return []
        places = self.frame.places
        states = self.selection.definition.states
        lane = states[card.state].owner
        sources = {
            places[line.source].y
            for line in lines
            if line.source in places and states[line.source].owner == lane
        }
        near = {
            place.y
            for place in places.values()
            if place.card.form == "card" and abs(place.y - middle) < _SNAP * self.scale
        }
        nearest = sorted(sources, key=lambda y: abs(y - middle))
        return nearest + sorted(near - sources, key=lambda y: abs(y - middle))

    def _apart(self, cards: list[Card], middles: list[float], top: float, bottom: float) -> bool:
        """Return whether no end touches the label of the one above, nor leaves its lane."""
        tops = [m - self._above(card) for m, card in zip(middles, cards, strict=True)]
        bottoms = [m + self._below(card) for m, card in zip(middles, cards, strict=True)]
        free = all(b + 6 * self.scale <= t for b, t in zip(bottoms, tops[1:], strict=False))
        return free and tops[0] > top + 2 and bottoms[-1] < bottom - 2
