"""What the legend explains: exactly the owners, symbols and overlays that a view shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.diagram.content.forms import form_of
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.overlays import SIGNS
from ohjausprosessi.diagram.geometry.text_metrics import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagram.content.selection import Selection

_SERVICES = frozenset({"triangle", "point", "square"})


class LegendEntry(NamedTuple):
    """One entry of the legend.

    Attributes:
        key: name of the symbol, such as ``handoff`` or ``owner sakky``.
        text: what it means.
    """

    key: str
    text: str


def legend_entries(selection: Selection) -> list[LegendEntry]:
    """The entries of a view: overlays, owners, symbols."""
    symbols = (
        LegendEntry(
            key, word("lg_service" if key in _SERVICES else f"lg_{key}", selection.language)
        )
        for key in symbols_shown(selection)
    )
    return [*_overlay_entries(selection), *_owner_entries(selection), *symbols]


def _overlay_entries(selection: Selection) -> Iterator[LegendEntry]:
    overlay, language = selection.overlay, selection.language
    shown = {
        "here": overlay.here,
        "failed": overlay.failed,
        "went": overlay.taken,
        "counts": overlay.counts,
    }
    for key, laid in shown.items():
        if laid:
            yield LegendEntry(key, word(f"lg_{key}", language))
    for change, sign in SIGNS.items():
        if change in overlay.changes:
            yield LegendEntry(change, f"{sign}  {word(f'lg_{change}', language)}")


def _owner_entries(selection: Selection) -> Iterator[LegendEntry]:
    for owner in owners_shown(selection):
        style = selection.styles[owner]
        name = clean(selection.definition.owners[owner].text(selection.language))
        if style.members:
            letters = " + ".join(selection.styles[m].letters for m in style.members)
            yield LegendEntry(f"owner {owner}", f"{name} ({letters})")
        elif name.upper().startswith(style.letters) and len(style.letters) > 1:
            yield LegendEntry(f"owner {owner}", name)
        else:
            yield LegendEntry(f"owner {owner}", f"{style.letters} = {name}")


def owners_shown(selection: Selection) -> tuple[str, ...]:
    """The owners a view shows: those of lanes, then those of services only."""
    definition = selection.definition
    marked = {
        definition.services[s].owner
        for state in selection.states
        if state not in selection.ghosts
        for s in definition.states[state].services
    }
    extra = [
        owner for owner in definition.owners if owner in marked and owner not in selection.lanes
    ]
    return (*selection.lanes, *extra)


def symbols_shown(selection: Selection) -> tuple[str, ...]:
    """The names of the symbols a view shows, in the order of the legend."""
    definition = selection.definition
    states = [definition.states[state] for state in selection.states]
    mine = [state for state in states if state.id not in selection.ghosts]
    forms = {form_of(selection, state) for state in states}
    transitions = [definition.transitions[line.transition] for line in selection.lines]
    chips = [chip for found in selection.chips.values() for chip in found]
    services = [definition.services[s] for state in mine for s in state.services]
    services += [
        definition.services[s] for found in selection.service_lists.values() for s in found
    ]
    handed = [line for line in selection.lines if line.handoff]
    durations = [
        definition.durations[state.deadline]
        for state in mine
        if state.deadline and selection.shows_duration(state.deadline)
    ]
    shapes = {definition.owners[service.owner].shape for service in services if service.client}
    found = {
        "start": definition.start in selection.states,
        "end": "end" in forms,
        "triangle": "triangle" in shapes,
        "point": "point" in shapes,
        "square": "square" in shapes,
        "project": any(not service.client for service in services),
        "choice": "choice" in forms or any(state.exclusive for state in mine),
        "fork": "bar" in forms,
        "call": any(state.kind == "call" for state in mine),
        "transition": any(not line.handoff for line in selection.lines),
        "handoff": bool(handed),
        "ack": any(line.answered for line in handed),
        "notice": any(not line.answered for line in handed),
        "deadline": any(duration.source for duration in durations),
        "deadline_ours": any(not duration.source for duration in durations),
        "timer": selection.full and any(t.after for t in transitions),
        "inferred": any(selection.inferred(s) for s in mine)
        or any(line.inferred for line in selection.lines)
        or any(chip.inferred for chip in chips),
        "connector": bool(chips or selection.interrupts) and selection.full,
        "return": bool(chips) and not selection.full,
        "ghost": bool(selection.ghosts),
        "number": selection.full and bool(selection.rows),
        "interrupt": bool(selection.interrupts),
    }
    return tuple(key for key, shown in found.items() if shown)
