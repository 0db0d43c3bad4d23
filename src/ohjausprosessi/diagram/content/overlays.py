"""What is laid over a picture: where a case is and went, counts, or the change between versions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import RenderError
from ohjausprosessi.model import definition_hash
from ohjausprosessi.text.shorten import shorten_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ohjausprosessi.diagnostics import Step
    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Definition
    from ohjausprosessi.verify.diff import Change, DefinitionDiff

SIGNS: dict[Change, str] = {"added": "+", "removed": "–", "changed": "~", "reowned": "↔"}
CROSS = "×"
_Entry = TypeVar("_Entry")
_MOVES = frozenset({"act", "auto", "time"})


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is laid over a picture; an empty overlay leaves the picture plain.

    Attributes:
        here: the states the case is in; for an open hand-off, the state it left.
        taken: how many times the case took a transition, by transition and state left.
        failed: the states and transitions at which a counterexample goes wrong.
        counts: the count of a transition, a state or a pair (``transition--state``).
        states: how a state changed since the older version.
        transitions: how a transition changed since the older version.
        since: the older version, or empty.
    """

    here: frozenset[str] = frozenset()
    taken: Mapping[tuple[str, str], int] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, Change] = field(default_factory=dict)
    transitions: Mapping[str, Change] = field(default_factory=dict)
    since: str = ""

    @property
    def changes(self) -> frozenset[Change]:
        """The kinds of change in the picture."""
        return frozenset((*self.states.values(), *self.transitions.values()))

    def count_of(self, transition: str, source: str) -> int | None:
        """The count of a transition from one source, else of the whole transition."""
        return self.counts.get(f"{transition}--{source}", self.counts.get(transition))


def case_overlay(definition: Definition, case: Case) -> Overlay:
    """Where a case is and which way it went, without the events that were taken back.

    Raises:
        RenderError: the case runs another definition.
    """
    own = case.definition
    if own is not definition and definition_hash(own) != definition_hash(definition):
        raise RenderError(
            Text(
                f"asiakkuus {shorten_name(case.id)} ei ole prosessin {definition.id}"
                f" {definition.version} vaan prosessin {own.id} {own.version}",
                f"the case {shorten_name(case.id)} is not of {definition.id} {definition.version}"
                f" but of {own.id} {own.version}",
            )
        )
    taken_back = {event.of for event in case.history}
    taken: dict[tuple[str, str], int] = {}
    for event in case.history:
        name = event.transition.partition(".")[0]
        moved = event.kind in _MOVES and event.transition == name and event.state is not None
        if moved and event.seq not in taken_back and event.state is not None:
            for pair in _pairs_taken(definition, name, event.state):
                taken[pair] = taken.get(pair, 0) + 1
    handoffs = case.open_handoffs
    here = set()
    for place in case.active:
        left = handoffs[place].state if place in handoffs else None
        here.add(_shown_at(definition, left or place))
    return Overlay(here=frozenset(here), taken=taken)


def _pairs_taken(definition: Definition, name: str, state: str) -> Iterator[tuple[str, str]]:
    """The pairs of transition and source that one event takes.

    The event of a fork bears the name of the fork and takes all of its exits.
    """
    if name in definition.states and definition.states[name].kind == "fork":
        yield from ((exit_.id, name) for exit_ in definition.exits(name))
    else:
        yield name, state


def _shown_at(definition: Definition, place: str) -> str:
    """The state that shows a place of the net: a join its arrivals, a call all that is inside it."""
    name, _, kind = place.partition("/")[0].partition(".")
    if kind == "arrived" and name in definition.transitions:
        return definition.transitions[name].to
    return name


def failed_at(counterexample: Sequence[Step], here: frozenset[str]) -> frozenset[str]:
    """Where a counterexample goes wrong: where it leaves the case, or the step that fails at its end."""
    if not counterexample or counterexample[-1].done:
        return here if counterexample else frozenset()
    tried = counterexample[-1]
    name = tried.event.partition("/")[0].partition(".")[0]
    return frozenset({name, (tried.state or name).partition("/")[0]})


def change_overlay(diff: DefinitionDiff) -> Overlay:
    """The overlay that marks every state and transition that differs."""
    return Overlay(states=diff.states, transitions=diff.transitions, since=diff.since)


def with_removed(old: Definition, new: Definition) -> Definition:
    """The newer version, with what was removed since the older one still in place.

    A picture of a change shows the removed states and transitions, and what they refer to.
    """
    return replace(
        new,
        owners=_with_removed(old.owners, new.owners),
        roles=_with_removed(old.roles, new.roles),
        phases=_with_removed(old.phases, new.phases),
        facts=_with_removed(old.facts, new.facts),
        info=_with_removed(old.info, new.info),
        durations=_with_removed(old.durations, new.durations),
        services=_with_removed(old.services, new.services),
        states=_with_removed(old.states, new.states),
        transitions=_with_removed(old.transitions, new.transitions),
    )


def _with_removed(old: Mapping[str, _Entry], new: Mapping[str, _Entry]) -> dict[str, _Entry]:
    return {**new, **{key: entry for key, entry in old.items() if key not in new}}
