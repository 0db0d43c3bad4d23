"""No run goes round for ever: cycles in which nothing waits (SEMANTICS E2)."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING

from ohjausprosessi.errors import Text
from ohjausprosessi.model import arrows
from ohjausprosessi.restrictions.gateways import AUTOMATIC
from ohjausprosessi.restrictions.wording import listed, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.errors import Finding
    from ohjausprosessi.model import Definition, Transition

    Edges = dict[tuple[str, str], Transition]


def automatic_cycle(definition: Definition) -> Iterator[Finding]:
    """Find cycles only of automatic states and of calls that are left without ``by``.

    An answered hand-off on the cycle waits for people, so it breaks it. Of several cycles through
    one state one is reported.
    """
    edges = _automatic_edges(definition)
    order = {transition: index for index, transition in enumerate(definition.transitions)}
    while cycle := _cycle(edges):
        along = sorted((edges[step] for step in pairwise(cycle)), key=lambda t: order[t.id])
        told = listed(definition.states[state] for state in _from_first(definition, cycle))
        ways = listed(along)
        yield problem(
            definition,
            "automatic-cycle",
            *("transitions", along[0].id),
            fi=f"asiakas kiertäisi itsestään ympäri pysähtymättä: {told.fi}; siirtymät {ways.fi}",
            en=f"the case would go round by itself without stopping: {told.en}; by the transitions "
            f"{ways.en}",
            hint=Text(
                "lisää kiertoon odottava tila, jossa joku päättää jatkosta",
                "put a waiting state on the way round, where somebody decides what follows",
            ),
        )
        edges = {step: way for step, way in edges.items() if not set(step) & set(cycle)}


def _automatic_edges(definition: Definition) -> Edges:
    """Return the steps that happen by themselves: pair of states to the first transition."""
    edges: Edges = {}
    for transition in definition.transitions.values():
        if transition.interrupt:
            continue
        for arrow in arrows(definition, transition):
            kind = None if arrow.source is None else definition.states[arrow.source].kind
            by_itself = kind in AUTOMATIC or (kind == "call" and not transition.by)
            if arrow.source is not None and by_itself and not arrow.opens:
                edges.setdefault((arrow.source, transition.to), transition)
    return edges


def _cycle(edges: Edges) -> list[str]:
    """Return the states of one cycle, the first one repeated at the end; empty if there is none."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for source, target in edges:
        sorter.add(target, source)
    try:
        sorter.prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def _from_first(definition: Definition, cycle: list[str]) -> list[str]:
    """Return a cycle, each state once, beginning with the one that is first in the file."""
    places = list(definition.states)
    ring = cycle[:-1]
    first = min(range(len(ring)), key=lambda index: places.index(ring[index]))
    return ring[first:] + ring[:first]
