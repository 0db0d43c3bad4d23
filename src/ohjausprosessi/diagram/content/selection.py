"""What a view shows: states, lines, chips, letters, numbers, codes (LAYOUT §1, §4)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from ohjausprosessi.diagram.content.overlays import Overlay
from ohjausprosessi.diagram.content.palette import owner_styles
from ohjausprosessi.diagram.grid.assign import grid_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagram.content.palette import OwnerStyle
    from ohjausprosessi.diagram.grid.assign import Grid
    from ohjausprosessi.diagram.grid.pairs import Pair
    from ohjausprosessi.model import Definition, Element, Transition

View = Literal["overview", "full"]
VIEWS: tuple[View, ...] = ("overview", "full")


@dataclass(frozen=True, slots=True)
class TransitionLine:
    """A pair of source and target drawn as a line.

    Attributes:
        id: ``transition--source``.
        transition: id of the transition.
        giver: the organisation that has the client before.
        receiver: the organisation that has the client afterwards.
        handoff: whether they differ.
        answered: whether the receiver must acknowledge.
        inferred: whether it must be marked as inferred.
        owner: whose transition it is.
        trunk: lines of the same trunk may share a run.
        fan: whether the trunk begins at a common source; else it ends at a common target.
        both: whether it has a head at either end (an antiparallel pair of one kind).
    """

    id: str
    transition: str
    source: str
    target: str
    giver: str
    receiver: str
    handoff: bool
    answered: bool
    inferred: bool
    owner: str
    trunk: str
    fan: bool = False
    both: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A pair drawn as a pill in the box of its source: the number and the letter of the target."""

    transition: str
    target: str
    handoff: bool
    inferred: bool


@dataclass(frozen=True)
class Selection:
    """Everything a view shows, before it has a place.

    Attributes:
        view: ``overview`` or ``full``; an owner's extract is a full view.
        owner: the owner of whom it is an extract, or None.
        traced: whether the definition cites any source; if not, nothing is marked as inferred.
        lanes: lanes that hold a shown state.
        states: shown states in file order, the strip included.
        ghosts: states of other owners that an extract shows because its own states touch them.
        chips: state to its chips.
        interrupts: interrupts whose end is shown.
        letters: the letter of each state that a chip leads to, the fallback first.
        numbers: the number of each transition: its place in the file, the same in all views.
        rows: transitions of the table.
        codes: service to its code.
        service_lists: lane and phase to the services listed there.
        overlay: what is laid over the picture.
    """

    definition: Definition
    view: View
    owner: str | None
    language: str
    grid: Grid
    styles: Mapping[str, OwnerStyle]
    traced: bool
    lanes: tuple[str, ...]
    states: tuple[str, ...]
    ghosts: frozenset[str]
    lines: tuple[TransitionLine, ...]
    chips: Mapping[str, tuple[Chip, ...]]
    interrupts: tuple[Transition, ...]
    letters: Mapping[str, str]
    numbers: Mapping[str, int]
    rows: tuple[Transition, ...]
    codes: Mapping[str, str]
    service_lists: Mapping[tuple[str, str | None], tuple[str, ...]] = field(default_factory=dict)
    overlay: Overlay = field(default_factory=Overlay)

    @property
    def full(self) -> bool:
        """Whether every transition is shown, with its number."""
        return self.view == "full"

    def inferred(self, element: Element) -> bool:
        """Whether an element must be marked as inferred: it cites no source, while others do."""
        return self.traced and not element.source

    def shows_duration(self, duration: str) -> bool:
        """Whether a deadline or a rhythm is shown: an overview leaves out those without source."""
        return self.full or bool(self.definition.durations[duration].source)

    def incoming(self, state: str) -> tuple[int, ...]:
        """The numbers of the chips that lead to a state, each once, ascending."""
        found = {
            self.numbers[chip.transition]
            for chips in self.chips.values()
            for chip in chips
            if chip.target == state
        }
        return tuple(sorted(found))


def select(
    definition: Definition,
    view: View,
    *,
    owner: str | None = None,
    language: str = "fi",
    overlay: Overlay | None = None,
) -> Selection:
    """Select what a view of a definition shows.

    Args:
        definition: the process.
        view: ``overview`` or ``full``.
        owner: the owner of whom to make an extract, None for everything.
        language: language of the labels.
        overlay: what is laid over the picture.
    """
    grid = grid_of(definition)
    chosen = _Chosen(definition, view, owner, grid)
    lines = chosen.lines()
    chips = chosen.chips()
    interrupts = chosen.interrupts()
    states = chosen.states(lines, chips, interrupts)
    styles = owner_styles(definition)
    lanes = tuple(
        lane for lane in grid.lanes if any(definition.states[s].owner == lane for s in states)
    )
    touched = {line.transition for line in lines} | {t.id for t in interrupts}
    touched |= {chip.transition for found in chips.values() for chip in found}
    codes = _codes(definition, styles)
    return Selection(
        definition=definition,
        view=view,
        owner=owner,
        language=language,
        grid=grid,
        styles=styles,
        traced=chosen.traced,
        lanes=lanes,
        states=states,
        ghosts=frozenset(s for s in states if not chosen.mine(s)),
        lines=lines,
        chips=chips,
        interrupts=interrupts,
        letters=_letters(grid.strip or definition.fallback, states, chips, interrupts),
        numbers={transition: n for n, transition in enumerate(definition.transitions, 1)},
        rows=tuple(t for t in definition.transitions.values() if t.id in touched)
        if view == "full"
        else (),
        codes=codes,
        service_lists=_service_lists(definition, grid, lanes, chosen),
        overlay=overlay or Overlay(),
    )


class _Chosen:
    """Chooses the elements of a view, one kind after the other."""

    def __init__(self, definition: Definition, view: View, owner: str | None, grid: Grid) -> None:
        self.definition = definition
        self.overview = view == "overview"
        self.owner = owner
        self.grid = grid
        elements = [*definition.states.values(), *definition.transitions.values()]
        self.traced = any(element.source for element in elements)

    def mine(self, state: str) -> bool:
        if self.owner is None:
            return True
        holder = self.definition.states[state].owner
        return holder == self.owner or self.owner in self.definition.owners[holder].members

    def shown(self, element: Element) -> bool:
        return not self.overview or not self.traced or bool(element.source)

    def _pairs(self, pairs: tuple[Pair, ...]) -> list[Pair]:
        states = self.definition.states
        return [
            pair
            for pair in pairs
            if self.shown(pair.transition)
            and self.shown(states[pair.source])
            and self.shown(states[pair.target])
            and (self.mine(pair.source) or self.mine(pair.target))
        ]

    def lines(self) -> tuple[TransitionLine, ...]:
        found = _apart([self._line(pair) for pair in self._pairs(self.grid.lines)])
        if not self.overview:
            return tuple(found)
        merged: dict[tuple[str, str], TransitionLine] = {}
        for line in found:
            if self.grid.strip == line.source:
                continue
            reverse = merged.get((line.target, line.source))
            if reverse is not None and reverse.handoff == line.handoff:
                merged[line.target, line.source] = replace(
                    reverse, both=True, trunk=f"{reverse.id}/both"
                )
            else:
                merged.setdefault((line.source, line.target), line)
        return tuple(merged.values())

    def _line(self, pair: Pair) -> TransitionLine:
        transition, source, target = pair.transition, pair.source, pair.target
        apart = self.definition.states[source].owner != self.definition.states[target].owner
        fan = apart and target in self.grid.fans.get(source, ())
        kind = f"{pair.handoff:d}{pair.answered:d}"
        if fan:
            trunk = f"fan {source} {pair.handoff:d}"
        elif self.definition.states[target].kind == "end":
            trunk = f"end {target} {kind}"
        else:
            trunk = f"to {transition.id} {kind}"
        owner = transition.owner or self.definition.states[source].owner
        return TransitionLine(
            f"{transition.id}--{source}",
            transition.id,
            source,
            target,
            pair.giver,
            pair.receiver,
            pair.handoff,
            pair.answered,
            self.traced and not transition.source,
            owner,
            trunk,
            fan,
        )

    def chips(self) -> dict[str, tuple[Chip, ...]]:
        chips: dict[str, list[Chip]] = {}
        for pair in self._pairs(self.grid.chips):
            if not self.mine(pair.source):
                continue
            chip = Chip(
                pair.transition.id,
                pair.target,
                pair.handoff,
                self.traced and not pair.transition.source,
            )
            chips.setdefault(pair.source, []).append(chip)
        if self.overview:
            for state, found in chips.items():
                once = {chip.target: chip for chip in reversed(found)}
                chips[state] = [
                    once[target] for target in sorted(once, key=list(self.definition.states).index)
                ]
        return {state: tuple(found) for state, found in chips.items()}

    def interrupts(self) -> tuple[Transition, ...]:
        if self.overview:
            return ()
        return tuple(
            t for t in self.definition.transitions.values() if t.interrupt and self.mine(t.to)
        )

    def states(
        self,
        lines: tuple[TransitionLine, ...],
        chips: Mapping[str, tuple[Chip, ...]],
        interrupts: tuple[Transition, ...],
    ) -> tuple[str, ...]:
        touched = {line.source for line in lines} | {line.target for line in lines} | set(chips)
        touched |= {chip.target for found in chips.values() for chip in found}
        touched |= {transition.to for transition in interrupts}
        if self.mine(self.definition.start):
            touched.add(self.definition.start)
        return tuple(
            s.id
            for s in self.definition.states.values()
            if s.id in touched
            or (s.kind != "end" and self.shown(s) and self.mine(s.id) and not self._lost(s.id))
        )

    def _lost(self, state: str) -> bool:
        """Whether an overview leaves out a state that no line or chip touches."""
        return self.overview and state != self.grid.strip


def _apart(lines: list[TransitionLine]) -> list[TransitionLine]:
    """Give further lines between the same two states a trunk of their own, as each has its number."""
    seen: dict[tuple[str, str, str], int] = {}
    apart = []
    for line in lines:
        key = (line.trunk, line.source, line.target)
        again = seen.get(key, 0)
        seen[key] = again + 1
        apart.append(replace(line, trunk=f"{line.trunk} {line.id}", fan=False) if again else line)
    return apart


def _letters(
    fallback: str | None,
    states: tuple[str, ...],
    chips: Mapping[str, tuple[Chip, ...]],
    interrupts: tuple[Transition, ...],
) -> dict[str, str]:
    targets = dict.fromkeys(chip.target for s in states for chip in chips.get(s, ()))
    targets.update(dict.fromkeys(transition.to for transition in interrupts))
    ordered = sorted(targets, key=lambda state: state != fallback)
    return {state: _letter(n) for n, state in enumerate(ordered)}


def _letter(n: int) -> str:
    rounds, place = divmod(n, 26)
    letter = chr(ord("A") + place)
    return f"{letter}{rounds}" if rounds else letter


def _codes(definition: Definition, styles: Mapping[str, OwnerStyle]) -> dict[str, str]:
    count: dict[str, int] = {}
    codes: dict[str, str] = {}
    for service in definition.services.values():
        count[service.owner] = count.get(service.owner, 0) + 1
        codes[service.id] = f"{styles[service.owner].letters}{count[service.owner]}"
    return codes


def _service_lists(
    definition: Definition, grid: Grid, lanes: tuple[str, ...], chosen: _Chosen
) -> dict[tuple[str, str | None], tuple[str, ...]]:
    """The services of each lane by phase; under None those offered in every phase."""
    service_lists: dict[tuple[str, str | None], list[str]] = {}
    spans: list[str | None] = [span.phase for span in grid.spans]
    for service in definition.services.values():
        foreign = chosen.owner is not None and service.owner != chosen.owner
        if service.owner not in lanes or (
            foreign and not _joint(definition, service.owner, chosen)
        ):
            continue
        inside = [phase for phase in service.phases if phase in spans]
        phases: list[str | None] = [*inside] or [None]
        for phase in phases:
            service_lists.setdefault((service.owner, phase), []).append(service.id)
    return {key: tuple(found) for key, found in service_lists.items()}


def _joint(definition: Definition, owner: str, chosen: _Chosen) -> bool:
    return chosen.owner in definition.owners[owner].members
