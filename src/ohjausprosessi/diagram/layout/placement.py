"""Where everything stands on the page, in points: lanes, columns, states, headings (LAYOUT §3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.diagram.geometry.display_list import Rect
from ohjausprosessi.diagram.geometry.text_metrics import text_width
from ohjausprosessi.diagram.layout.state_box import LEADING, TITLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagram.layout.service_list import ListedService
    from ohjausprosessi.diagram.layout.state_box import StateBox

MARGIN = 16.0
HEADER = 106.0
TOP = 62.0
PHASE = 28.0
_CLOCK_ABOVE = 12.0


class Gap(NamedTuple):
    """A strip between columns (a gutter) or between rows, where lines run."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class PlacedState:
    """A state on the page.

    Attributes:
        state_box: what it shows and how large it is.
        x: horizontal middle of its form.
        y: vertical middle of its form.
        box: its form, which no line of another state may enter.
        label: its title where that stands outside the form; no line may enter it either.
    """

    state_box: StateBox
    x: float
    y: float
    box: Rect
    label: Rect | None = None


@dataclass(slots=True)
class Lane:
    """A lane on the page.

    Attributes:
        owner: whose lane it is.
        top: its upper edge.
        bottom: its lower edge.
        service_area: where its services are listed, None if it has none.
        services: the services listed there.
    """

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
    """The sizes that a layout finds by trying.

    Attributes:
        width: width of the page in points.
        scale: factor of every length and size of text.
        gutters: width of a gutter before scaling, by its number; ``gutter`` for all others.
        gaps: height of a gap between rows before scaling, by its number; ``gap`` for all others.
        stretch: points added to every gap between rows.
        gutter: usual width of a gutter before scaling.
        gap: usual height of a gap before scaling.
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
    """Everything on the page but the lines.

    Attributes:
        sizes: the sizes it was made with.
        left: left edge of the columns.
        box_width: width of a state box.
        columns: middle of each column, those of the ends included.
        gutters: the strips between the columns.
        gaps: the strips between the rows.
        lanes: the lanes, by owner.
        states: the states, by id.
        headings: the headings of the phases and of the ends.
        cuts: where one heading ends and the next begins.
        top: upper edge of the lanes.
        bottom: lower edge of the lanes.
    """

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


def label_height(state_box: StateBox, scale: float) -> float:
    """The height of a title outside its form, 0 without one."""
    return 4 * scale + len(state_box.lines) * LEADING * scale if state_box.lines else 0.0


def space_above(state_box: StateBox, scale: float) -> float:
    """How far a state reaches above the middle of its form, with its label and clock."""
    over = label_height(state_box, scale) if state_box.form == "choice" else 0.0
    if state_box.form == "box" and state_box.deadline:
        over = _CLOCK_ABOVE * scale
    return state_box.height / 2 + over


def space_below(state_box: StateBox, scale: float) -> float:
    """How far a state reaches below the middle of its form, with its label."""
    beneath = state_box.labelled_beneath and state_box.form != "choice"
    return state_box.height / 2 + (label_height(state_box, scale) if beneath else 0.0)


def place_state(state_box: StateBox, x: float, y: float, scale: float) -> PlacedState:
    """Place a state with the middle of its form at a point."""
    box = Rect(
        x - state_box.width / 2,
        y - state_box.height / 2,
        x + state_box.width / 2,
        y + state_box.height / 2,
    )
    if not state_box.labelled_beneath or not state_box.lines:
        return PlacedState(state_box, x, y, box)
    half = max(text_width(line, TITLE * scale) for line in state_box.lines) / 2
    if state_box.form == "choice":
        label = Rect(x - half, box.top - label_height(state_box, scale), x + half, box.top)
    else:
        label = Rect(x - half, box.bottom, x + half, box.bottom + label_height(state_box, scale))
    return PlacedState(state_box, x, y, box, label)
