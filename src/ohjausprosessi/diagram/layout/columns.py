"""The columns of the page and the headings above them (LAYOUT §3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.layout.placement import MARGIN, PHASE, TOP, Gap, Heading

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.grid.assign import PhaseSpan
    from ohjausprosessi.diagram.layout.placement import Placement

_MAX_BOX_WIDTH = 190.0
_END_WIDTH = 128.0
_END_WIDTH_FULL = 150.0
_LOW_LANE_ENDS = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a view shows.

    Attributes:
        shown: columns of the grid that hold a shown state, ascending.
        ends: how many columns of ends follow: none, one, or two where a lane would grow too high.
        end_width: width of a column of ends.
        first_end: key of the first column of ends.
        right: right edge of the last column.
    """

    shown: tuple[int, ...]
    ends: int
    end_width: float
    first_end: int
    right: float

    def inside(self, span: PhaseSpan) -> list[int]:
        """The shown columns of a phase."""
        return [column for column in self.shown if span.first <= column <= span.last]

    def end_key(self, n: int) -> int:
        """The key of a column of ends in ``Placement.columns``."""
        return self.first_end + n


def columns_of(selection: Selection, width: float, scale: float) -> Columns:
    """The columns of a view on a page of a width."""
    grid = selection.grid
    return Columns(
        shown=tuple(sorted({grid.column[s] for s in selection.states if s in grid.column})),
        ends=_end_columns(selection),
        end_width=(_END_WIDTH_FULL if selection.full else _END_WIDTH) * scale,
        first_end=grid.columns,
        right=width - MARGIN,
    )


def _end_columns(selection: Selection) -> int:
    states, row = selection.definition.states, selection.grid.row
    ends = dict.fromkeys(selection.lanes, 0)
    rows: dict[str, set[int]] = {lane: set() for lane in selection.lanes}
    for state in selection.states:
        owner = states[state].owner
        if states[state].kind == "end":
            ends[owner] += 1
        elif state in row:
            rows[owner].add(row[state])
    most = max(ends.values())
    if not most:
        return 0
    return 1 if most <= max(_LOW_LANE_ENDS, 2 * max(map(len, rows.values()))) else 2


def place_columns(placement: Placement, columns: Columns) -> None:
    """Spread the columns over the width of the page, with a gutter before each."""
    sizes = placement.sizes
    scale = sizes.scale
    count = len(columns.shown) + columns.ends
    widths = [sizes.gutters.get(n, sizes.gutter) * scale for n in range(count)]
    widths[0] = sizes.gutters.get(0, 16.0) * scale
    ends = columns.end_width * columns.ends
    last = 8.0 if columns.ends else sizes.gutters.get(count, 30.0) * scale
    room = columns.right - placement.left - ends - sum(widths) - last
    placement.box_width = min(room / len(columns.shown), _MAX_BOX_WIDTH * scale)
    spare = (room - placement.box_width * len(columns.shown)) / (count + (not columns.ends))
    widths = [width + spare for width in widths]
    last += 0.0 if columns.ends else spare
    x = placement.left
    for n in range(count):
        placement.gutters.append(Gap(x, x + widths[n]))
        x += widths[n]
        if n < len(columns.shown):
            placement.columns[columns.shown[n]] = x + placement.box_width / 2
            x += placement.box_width
        else:
            placement.columns[columns.end_key(n - len(columns.shown))] = x + columns.end_width / 2
            x += columns.end_width
    if not columns.ends:
        placement.gutters.append(Gap(x, x + last))


def place_headings(placement: Placement, selection: Selection, columns: Columns) -> None:
    """Place the headings of the phases and the boundaries between them."""
    scale = placement.sizes.scale
    phases = selection.definition.phases
    numbers = {phase: n for n, phase in enumerate(phases, 1)}
    cuts = [placement.left]
    names: list[tuple[str, bool]] = []

    def named(phase: str) -> str:
        title = phases[phase].text(selection.language)
        return f"{numbers[phase]}  {title}" if len(phases) > 1 else title

    for span in selection.grid.spans:
        inside = columns.inside(span)
        if inside and span.phase is not None:
            gutter = placement.gutters[columns.shown.index(inside[-1]) + 1]
            cuts.append((gutter.first + gutter.last) / 2)
            names.append((named(span.phase), False))
    ends = _end_heading(selection)
    if not names:
        placement.top = TOP * scale
        return
    if not columns.ends or ends == "":
        cuts[-1] = columns.right
    elif ends:
        cuts.append(columns.right)
        names.append((named(ends) if ends in phases else ends, True))
    placement.headings = [
        Heading(name, cuts[n], cuts[n + 1], is_end) for n, (name, is_end) in enumerate(names)
    ]
    placement.cuts = cuts[1:-1]
    placement.top = (TOP + PHASE) * scale + 8


def _end_heading(selection: Selection) -> str:
    """The heading of the ends: their own phase, else a word; empty if they belong to the last phase."""
    states = selection.definition.states
    found = {states[s].phase for s in selection.states if states[s].kind == "end"}
    spans = [span.phase for span in selection.grid.spans]
    if found == {spans[-1]}:
        return ""
    phase = next(iter(found)) if len(found) == 1 else None
    if phase is not None and phase not in spans:
        return phase
    return word("ends", selection.language)
