"""What is laid over a picture: where a case is and went, counts, or the change between versions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import RenderError
from ohjausprosessi.model import definition_hash
from ohjausprosessi.text.shorten import shorten, shorten_name
from ohjausprosessi.text.suggest import close_matches, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ohjausprosessi.diagnostics import Step
    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Definition, State, Transition

Change = Literal["added", "removed", "changed", "reowned"]
SIGNS: dict[Change, str] = {"added": "+", "removed": "–", "changed": "~", "reowned": "↔"}
CROSS = "×"
_Entry = TypeVar("_Entry")
_MOVES = frozenset({"act", "auto", "time"})


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is laid over a picture; empty for a plain one.

    Attributes:
        here: states the case stands in; of an open hand-off the state it left.
        taken: pairs of transition and state left to how often the case took them.
        failed: states and transitions at which a course goes wrong.
        counts: transitions, states and pairs (``transition--state``) to a figure.
        states: states to how they changed.
        transitions: transitions to how they changed.
        since: the version they are compared with.
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
        """The kinds of change that occur."""
        return frozenset((*self.states.values(), *self.transitions.values()))

    def count_of(self, transition: str, source: str) -> int | None:
        """Return the figure of one way of a transition, else of the whole transition."""
        return self.counts.get(f"{transition}--{source}", self.counts.get(transition))


def uncounted(definition: Definition, counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the names with a figure that are no transition, state or way of a definition."""
    return tuple(name for name in counts if not _counts(definition, name))


def _counts(definition: Definition, name: str) -> bool:
    transition, way, state = str(name).partition("--")
    if way:
        return transition in definition.transitions and state in definition.states
    return name in definition.transitions or name in definition.states


def check_counts(definition: Definition, counts: Mapping[str, int]) -> None:
    """Refuse a figure that is none, or of nothing.

    Raises:
        RenderError: naming the first of them.
    """
    for name in uncounted(definition, counts):
        near = close_matches(str(name), [*definition.transitions, *definition.states])
        said = shorten(name)
        raise RenderError(
            Text(
                f"{said} ei ole prosessin {definition.id} siirtymä eikä tila"
                + did_you_mean(near, "fi"),
                f"{said} is no transition and no state of {definition.id}"
                + did_you_mean(near, "en"),
            )
        )
    for name, figure in counts.items():
        if type(figure) is not int or figure < 0:
            said = shorten(figure)
            raise RenderError(
                Text(
                    f"kohdan {name} määrä on kokonaisluku, vähintään 0, ei {said}",
                    f"the figure of {name} is a whole number from 0 up, not {said}",
                )
            )


def case_overlay(definition: Definition, case: Case) -> Overlay:
    """Return where a case is and the way it went, what was taken back left out.

    Raises:
        RenderError: if it is no case of the definition.
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
            for way in _ways(definition, name, event.state):
                taken[way] = taken.get(way, 0) + 1
    handoffs = case.open_handoffs
    here = set()
    for place in case.active:
        left = handoffs[place].state if place in handoffs else None
        here.add(_shown_at(definition, left or place))
    return Overlay(here=frozenset(here), taken=taken)


def _ways(definition: Definition, name: str, state: str) -> Iterator[tuple[str, str]]:
    """Yield the ways that a move takes: a fork, which has the name of its state, all its exits."""
    if name in definition.states and definition.states[name].kind == "fork":
        yield from ((exit_.id, name) for exit_ in definition.exits(name))
    else:
        yield name, state


def _shown_at(definition: Definition, place: str) -> str:
    """Return the state at which a place is shown: of an arrival the join, inside a call the call."""
    name, _, kind = place.partition("/")[0].partition(".")
    if kind == "arrived" and name in definition.transitions:
        return definition.transitions[name].to
    return name


def failed_at(counterexample: Sequence[Step], here: frozenset[str]) -> frozenset[str]:
    """Return where a course goes wrong: where the case then is, or what is tried there in vain."""
    if not counterexample or counterexample[-1].done:
        return here if counterexample else frozenset()
    tried = counterexample[-1]
    name = tried.event.partition("/")[0].partition(".")[0]
    return frozenset({name, (tried.state or name).partition("/")[0]})


def change_overlay(old: Definition, new: Definition) -> tuple[Definition, Overlay]:
    """Return both versions as one definition, and how each state and transition changed.

    What was removed stays in the picture, marked; everything else is as in the new version.
    """
    states: dict[str, Change | None] = {
        s.id: _change(old.states.get(s.id), s) for s in new.states.values()
    }
    states |= dict.fromkeys(_missing(old.states, new.states), "removed")
    transitions: dict[str, Change | None] = {
        t.id: _change(old.transitions.get(t.id), t, moved=_moved(old, new, t))
        for t in new.transitions.values()
    }
    transitions |= dict.fromkeys(_missing(old.transitions, new.transitions), "removed")
    both = replace(
        new,
        owners={**new.owners, **_missing(old.owners, new.owners)},
        roles={**new.roles, **_missing(old.roles, new.roles)},
        phases={**new.phases, **_missing(old.phases, new.phases)},
        facts={**new.facts, **_missing(old.facts, new.facts)},
        info={**new.info, **_missing(old.info, new.info)},
        durations={**new.durations, **_missing(old.durations, new.durations)},
        services={**new.services, **_missing(old.services, new.services)},
        states={**new.states, **_missing(old.states, new.states)},
        transitions={**new.transitions, **_missing(old.transitions, new.transitions)},
    )
    return both, Overlay(
        states={key: change for key, change in states.items() if change},
        transitions={key: change for key, change in transitions.items() if change},
        since=old.version,
    )


def _missing(old: Mapping[str, _Entry], new: Mapping[str, _Entry]) -> dict[str, _Entry]:
    return {key: entry for key, entry in old.items() if key not in new}


def _moved(old: Definition, new: Definition, transition: Transition) -> bool:
    """Return whether a transition has another owner, because a state it leaves has."""
    before = old.transitions.get(transition.id)
    if before is None:
        return False
    return transition.owner != before.owner or any(
        source in old.states and old.states[source].owner != new.states[source].owner
        for source in transition.sources
    )


def _change(
    before: State | Transition | None, after: State | Transition, *, moved: bool = False
) -> Change | None:
    if before is None:
        return "added"
    if moved or (before.owner != after.owner):
        return "reowned"
    return None if before == after else "changed"
