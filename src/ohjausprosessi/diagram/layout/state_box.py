"""The size of each state and the lines of text in it, for a given width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ohjausprosessi.diagram.content.forms import form_of
from ohjausprosessi.diagram.content.phrases import duration_words
from ohjausprosessi.diagram.geometry.text_metrics import clean, shorten, wrap

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.forms import Form
    from ohjausprosessi.diagram.content.selection import Chip, Selection
    from ohjausprosessi.model import Definition, State

TITLE = 12.0
LEADING = 14.5
PAD = 6.0
LEAST_HEIGHT = 44.0
GLYPH = 15.0
CHOICE = 13.0
BAR = (6.0, 44.0)
SERVICE_STEP = 26.0
SERVICE_ROW = 22.0
CHIP_WIDTH = 37.0
MARK_WIDTH = 23.0
CHIP_ROW = 18.0
SMALL_ROW = 13.0
JOINT_STRIP = 13.0
_MOST_LINES = 7
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class StateBox:
    """A state measured for drawing; lengths are in points, already scaled.

    Attributes:
        form: box, strip, circle of a start or an end, diamond of a choice, bar of a fork or join.
        width: width of its form, without a label beside it.
        height: height of its form, without a label above or beneath it.
        lines: the title.
        outside: external organisations that take part, as ``+ työnantaja``, in at most two lines.
        calls: the process a call runs, as ``» Kuvio 2``, or empty.
        deadline: text of the clock, or empty.
        services: rows of services.
        chips: rows of chips.
        ghost: whether it belongs to another owner than the extract.
    """

    state: str
    form: Form
    width: float
    height: float
    lines: tuple[str, ...]
    outside: tuple[str, ...] = ()
    calls: str = ""
    deadline: str = ""
    services: tuple[tuple[str, ...], ...] = ()
    chips: tuple[tuple[Chip, ...], ...] = ()
    ghost: bool = False

    @property
    def labelled_beneath(self) -> bool:
        """Whether the title stands outside the form."""
        return self.form in {"start", "end", "choice", "bar"}


def state_box_of(selection: Selection, state_id: str, width: float, scale: float) -> StateBox:
    """Measure a state for a column of ``width`` points at a scale."""
    definition = selection.definition
    state = definition.states[state_id]
    form = form_of(selection, state)
    title = state.text(selection.language)
    if form in {"start", "end", "choice", "bar"}:
        return _glyph(selection, state, form, width, scale)
    if form == "strip":
        deadline = _deadline(selection, state)
        services = tuple(sorted(state.services, key=selection.codes.__getitem__))
        return StateBox(
            state_id,
            form,
            width,
            38 * scale,
            (clean(title),),
            deadline=deadline,
            services=(services,) if services else (),
        )
    ghost = state_id in selection.ghosts
    room = width
    if definition.owners[state.owner].members and not ghost:
        room -= JOINT_STRIP * scale
    lines = wrap(title, TITLE * scale, room - 12 * scale, most=_MOST_LINES)
    calls = "" if ghost or state.kind != "call" else _calls(selection, state, room, scale)
    outside = () if ghost else _outside(definition, state, selection.language, room, scale)
    rows = () if ghost else _service_rows(selection, state, room, scale)
    chips = () if ghost else _chip_rows(selection, state_id, room, scale)
    height = (
        len(lines) * LEADING
        + 2 * PAD
        + SERVICE_ROW * len(rows)
        + CHIP_ROW * len(chips)
        + SMALL_ROW * (len(outside) + bool(calls))
    )
    return StateBox(
        state_id,
        form,
        width,
        max(height, LEAST_HEIGHT) * scale,
        tuple(lines),
        outside,
        calls,
        "" if ghost else _deadline(selection, state),
        rows,
        chips,
        ghost,
    )


def _glyph(selection: Selection, state: State, form: Form, width: float, scale: float) -> StateBox:
    title = state.text(selection.language)
    named = form != "bar" or state.title is not None
    size = {"choice": (2 * CHOICE, 2 * CHOICE), "bar": BAR}.get(form, (2 * GLYPH, 2 * GLYPH))
    lines = wrap(title, TITLE * scale, width - 4 * scale, most=_MOST_LINES) if named else []
    return StateBox(
        state.id,
        form,
        size[0] * scale,
        size[1] * scale,
        tuple(lines),
        deadline=_deadline(selection, state) if form == "start" else "",
        ghost=state.id in selection.ghosts,
    )


def _deadline(selection: Selection, state: State) -> str:
    if state.deadline is None or not selection.shows_duration(state.deadline):
        return ""
    return duration_words(selection.definition, state.deadline, selection.language)


def _calls(selection: Selection, state: State, width: float, scale: float) -> str:
    called = selection.definition.calls.get(state.id)
    name = (state.process or "").split("@")[0]
    if called is not None:
        name = clean(called.text(selection.language))
        name = name.split(". ")[0] if name.split(". ")[0][-1:].isdigit() else name
    return shorten(f"» {name}", 10 * scale, width - 14 * scale, bold=True)


def _outside(
    definition: Definition, state: State, language: str, width: float, scale: float
) -> tuple[str, ...]:
    """The external organisations whose people take part in a state, wrapped."""
    owners = dict.fromkeys(
        owner
        for role in state.roles
        if (owner := definition.roles[role].owner) and definition.owners[owner].external
    )
    if not owners:
        return ()
    names = ", ".join(clean(definition.owners[owner].text(language)) for owner in owners)
    said = f"+ {names[:1].lower()}{names[1:]}"
    return tuple(wrap(said, 9.5 * scale, width - 10 * scale, most=2))


def _service_rows(
    selection: Selection, state: State, width: float, scale: float
) -> tuple[tuple[str, ...], ...]:
    """The services sorted by code, in balanced rows."""
    services = sorted(state.services, key=lambda s: _code_key(selection.codes[s]))
    return _balanced(services, int((width - 8 * scale) // (SERVICE_STEP * scale)))


def _code_key(code: str) -> tuple[str, int]:
    letters = code.rstrip("0123456789")
    return letters, int(code[len(letters) :])


def _chip_rows(
    selection: Selection, state: str, width: float, scale: float
) -> tuple[tuple[Chip, ...], ...]:
    step = CHIP_WIDTH if selection.full else MARK_WIDTH
    chips = list(selection.chips.get(state, ()))
    return _balanced(chips, int((width - 4 * scale) // (step * scale)))


def _balanced(items: list[_Item], most: int) -> tuple[tuple[_Item, ...], ...]:
    if not items:
        return ()
    rows = -(-len(items) // max(1, most))
    per = -(-len(items) // rows)
    return tuple(tuple(items[n : n + per]) for n in range(0, len(items), per))
