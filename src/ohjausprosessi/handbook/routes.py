"""Routes to follow step by step: the way a case went, and the shortest way to each end.

A route shows states, transitions, roles and dates; never facts, and never who the person was.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ohjausprosessi.engine import Case, replay, restore
from ohjausprosessi.model import arrows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from ohjausprosessi.engine import Event
    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.model import Definition, Role, Transition

    _Came = dict[str, tuple[str, Transition] | None]
    _Onward = Callable[[Definition, str], Iterable[Transition]]

__all__ = ["Route", "RouteStep", "case_route", "places_of", "role_of", "shortest_routes", "way_of"]

_ANSWERS = ("accept", "decline", "expire")


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step of a route.

    Attributes:
        places: states where the client is after it; while a hand-off is open, the state it left.
        ways: triples of transition, state left and state reached.
        told: what happened, in words.
    """

    places: tuple[str, ...]
    ways: tuple[tuple[str, str, str], ...]
    told: str


@dataclass(frozen=True, slots=True)
class Route:
    """A route through a process.

    Attributes:
        title: what it is called where it is chosen.
        steps: its steps, the first at the start of the process.
        real: whether it is that of a case.
    """

    title: str
    steps: tuple[RouteStep, ...]
    real: bool


# ---- shortest ways


def shortest_routes(context: PageContext) -> tuple[Route, ...]:
    """The shortest route from the start to each end it can reach, conditions ignored.

    Interrupts are taken only to ends that nothing else leads to. A process with branches has no
    such route: no single path leads through a join.
    """
    definition = context.definition
    if definition.has_fork:
        return ()
    routes = []
    ordinary, all_ways = _ways(definition, _exits), _ways(definition, _exits_and_interrupts)
    for end in definition.ends:
        came = ordinary if end.id in ordinary else all_ways
        if end.id in came:
            routes.append(Route(context.title(end), _path(context, came, end.id), real=False))
    return tuple(routes)


def _ways(definition: Definition, onward: _Onward) -> _Came:
    """Search breadth-first; each state reached maps to its predecessor and the transition taken."""
    came: _Came = {definition.start: None}
    waiting = deque([definition.start])
    while waiting:
        state = waiting.popleft()
        for transition in onward(definition, state):
            if transition.to not in came:
                came[transition.to] = (state, transition)
                waiting.append(transition.to)
    return came


def _exits(definition: Definition, state: str) -> Iterable[Transition]:
    return definition.exits(state)


def _exits_and_interrupts(definition: Definition, state: str) -> Iterator[Transition]:
    """Yield what leads on from a state, interrupts last; none leaves a call or an end."""
    yield from definition.exits(state)
    if definition.states[state].kind in {"call", "end"}:
        return
    for transition in definition.transitions.values():
        if transition.interrupt and (transition.any_open or state in transition.sources):
            yield transition


def _path(context: PageContext, came: _Came, end: str) -> tuple[RouteStep, ...]:
    steps: list[RouteStep] = []
    state = end
    while (way := came[state]) is not None:
        source, transition = way
        told = f"{context.title(transition)} → {context.title(context.definition.states[state])}"
        if any(
            a.opens and a.source in {source, None} for a in arrows(context.definition, transition)
        ):
            told += f" ({context.message('accept')})"
        steps.append(RouteStep((state,), ((transition.id, source, state),), told))
        state = source
    start = context.title(context.definition.states[state])
    steps.append(RouteStep((state,), (), f"{context.message('starts')} {start}"))
    return tuple(reversed(steps))


# ---- cases


def case_route(context: PageContext, data: object) -> Route:
    """The way that a case went.

    Args:
        context: the process and the language.
        data: the case, as ``Case.to_dict`` gave it.

    Raises:
        Refused: ``definition`` or ``case_data``, if it is no case of this process.
    """
    case = restore(Case, context.compiled, data)
    history = case.history
    bounds = [n for n, event in enumerate(history) if n and event.kind != "auto"]
    steps = []
    for first, last in zip([0, *bounds], [*bounds, len(history)], strict=True):
        events = history[first:last]
        then = replay(Case, context.compiled, case.id, history[:last])
        steps.append(_case_step(context, events, then))
    title = f"{context.message('case')} {case.id}"
    return Route(title, tuple(steps), real=True)


def _case_step(context: PageContext, events: Sequence[Event], case: Case) -> RouteStep:
    places = places_of(context.definition, case)
    told = "; ".join(_told(context, event) for event in events)
    if (at := events[0].at) is not None:
        told = f"{_date(context, at)} {told}"
    if case.open_handoffs:
        told += f" – {context.message('waits_answer')}"
    names = ", ".join(context.title(context.definition.states[place]) for place in places)
    if names:
        told += f" → {names}"
    ways = tuple(way for event in events for way in way_of(context.definition, event))
    return RouteStep(places, ways, told)


def places_of(definition: Definition, case: Case) -> tuple[str, ...]:
    """The states of the picture where a case is; of an open hand-off the one it left."""
    return tuple(dict.fromkeys(_places(definition, case)))


def _places(definition: Definition, case: Case) -> Iterator[str]:
    for name in case.active:
        handoff = case.open_handoffs.get(name)
        exact = handoff.state if handoff is not None else name
        if exact is None:
            continue
        local = exact.split("/", 1)[0].split(".", 1)[0]
        if local in definition.states:
            yield local
        elif local in definition.transitions:
            yield definition.transitions[local].to  # arrived at a join


def way_of(definition: Definition, event: Event) -> Iterator[tuple[str, str, str]]:
    """Yield the transitions of the picture that an event took; a fork takes all its exits."""
    name, _, answer = event.transition.partition(".")
    if event.state is None or answer in {"decline", "expire"}:
        return
    if name in definition.states and definition.states[name].kind == "fork":
        for exit_ in definition.exits(name):
            yield exit_.id, name, exit_.to
        return
    transition = definition.transitions.get(name)
    source = event.state.split("/", 1)[0].split(".", 1)[0]
    if transition is not None and source in definition.states:
        yield name, source, transition.to


def _told(context: PageContext, event: Event) -> str:
    """Say an event: when, what, by whom; no facts, no person."""
    told = _what(context, event.transition)
    role = None if event.by is None else role_of(context.definition, event.by)
    return told if role is None else f"{told} ({context.title(role)})"


def role_of(definition: Definition, role: str) -> Role | None:
    """A role of the process or of one it calls."""
    if role in definition.roles:
        return definition.roles[role]
    return next((found for d in definition.calls.values() if (found := role_of(d, role))), None)


def _date(context: PageContext, moment: datetime) -> str:
    local = moment.astimezone(ZoneInfo(context.definition.timezone))
    if context.language == "fi":
        return f"{local.day}.{local.month}.{local.year}"
    return local.date().isoformat()


def _what(context: PageContext, exact: str) -> str:
    """Say the exact name of an event in words."""
    definition = context.definition
    *calls, name = exact.split("/")
    for call in calls:
        definition = definition.calls[call]
    base, _, answer = name.partition(".")
    element = (
        definition.transitions.get(base)
        or definition.duties.get(base)
        or definition.states.get(base)
    )
    if element is None:
        return context.message(base) if base in {"start", "learn", "correct"} else exact
    told = context.title(element)
    if answer in {*_ANSWERS, "remind", "return"}:
        told += f": {context.message(answer)}"
    return told
