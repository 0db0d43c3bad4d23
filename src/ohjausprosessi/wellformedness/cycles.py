"""No run goes round for ever: cycles in which nothing waits (SEMANTICS E2)."""

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
    """Find cycles only of automatic states and of calls that are left without ``by``.

    An answered hand-off on the cycle waits for people, so it breaks it. Of several cycles that
    close in one state one is reported.
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
                f"the case would loop without ever stopping: {places.en}; by the transitions {told.en}",
            ),
            hint=Text(
                "lisää kiertoon odottava tila, jossa joku päättää jatkosta",
                "add a waiting state to the loop, where somebody decides what happens next",
            ),
        )


def _automatic_exits(definition: Definition) -> dict[str, list[Transition]]:
    """The exits of each state that are taken at once and by themselves."""
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
    """Yield cycles as the transitions along them, at most one that closes in each state.

    There is one whenever there is a cycle: the search is depth first, in the order of the file.
    """
    left: set[str] = set()  # searched, nothing more to find
    closed: set[str] = set()
    for first in exits:
        if first in left:
            continue
        depth = {first: 0}  # states of the path that is being searched
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
