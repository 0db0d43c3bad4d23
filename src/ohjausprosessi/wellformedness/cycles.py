"""Cycles of automatic moves, in which a case would run for ever (SEMANTICS E2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model import arrows
from ohjausprosessi.model.naming import listed
from ohjausprosessi.wellformedness.gateways import AUTOMATIC
from ohjausprosessi.wellformedness.problem import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition, Transition


def automatic_cycle(definition: Definition) -> Iterator[Finding]:
    """Find cycles of automatic states and of calls that are left without ``by``.

    A hand-off that is answered waits for people and so breaks a cycle. Of several cycles that close
    in the same state only one is reported.
    """
    order = {transition: index for index, transition in enumerate(definition.transitions)}
    for cycle in _cycles(_automatic_exits(definition)):
        ways = sorted(cycle, key=lambda transition: order[transition.id])
        told = listed(ways)
        places = listed(definition.states[transition.to] for transition in cycle)
        yield problem(
            definition,
            "automatic-cycle",
            *("transitions", ways[0].id),
            message=Text(
                f"asiakas kiertäisi kehää pysähtymättä: {places.fi}; siirtymät {told.fi}",
                f"the case would loop without ever stopping: {places.en}; by the transitions "
                f"{told.en}",
            ),
            hint=Text(
                "lisää kiertoon odottava tila, jossa joku päättää jatkosta",
                "add a waiting state to the loop, where somebody decides what happens next",
            ),
        )


def _automatic_exits(definition: Definition) -> dict[str, list[Transition]]:
    """State to its exits that are taken automatically and at once."""
    exits: dict[str, list[Transition]] = {state: [] for state in definition.states}
    for transition in definition.transitions.values():
        if transition.interrupt:
            continue
        for arrow in arrows(definition, transition):
            kind = None if arrow.source is None else definition.states[arrow.source].kind
            by_itself = kind in AUTOMATIC or (kind == "call" and not transition.by)
            if arrow.source is not None and by_itself and not arrow.opens:
                exits[arrow.source].append(transition)
    return exits


def _cycles(exits: Mapping[str, list[Transition]]) -> Iterator[list[Transition]]:
    """Yield cycles as lists of transitions, at most one that closes in each state.

    The search is depth-first in the order of the file, and finds a cycle whenever there is one.
    """
    left: set[str] = set()  # searched completely
    closed: set[str] = set()
    for first in exits:
        if first in left:
            continue
        depth = {first: 0}  # position of each state on the current path
        ways: list[Transition] = []
        todo = [(first, iter(exits[first]))]
        while todo:
            state, rest = todo[-1]
            way = next(rest, None)
            if way is None:
                todo.pop()
                left.add(state)
                del depth[state], ways[-1:]
            elif way.to in depth:
                if way.to not in closed:
                    closed.add(way.to)
                    yield [*ways[depth[way.to] :], way]
            elif way.to not in left:
                depth[way.to] = len(todo)
                ways.append(way)
                todo.append((way.to, iter(exits[way.to])))
