"""Bare workflow nets: places, transitions, one source, one or several sinks.

What a net looks like that comes from elsewhere, and the error that names what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ohjausprosessi.errors import OhjausprosessiError

__all__ = ["NetError", "WorkflowNet", "workflow_net"]

Place = str | int


class NetError(OhjausprosessiError, ValueError):
    """Data that describe no workflow net; the text says what is missing or wrong."""


class WorkflowNet(NamedTuple):
    """A workflow net.

    Attributes:
        places: names of the places; a place's number is its position.
        transitions: id to its input and output places, as numbers.
        source: the place that is marked at first.
        sinks: the places in which a run ends; of several, any of them ends its branch.
    """

    places: tuple[Place, ...]
    transitions: Mapping[str, tuple[frozenset[int], frozenset[int]]]
    source: int
    sinks: frozenset[int]


def workflow_net(data: Mapping[str, object]) -> WorkflowNet:
    """Return the net that plain data describe.

    Args:
        data: ``places`` (names or numbers) or ``n_places``; if both are left out, the places are
            those that are named elsewhere. ``transitions``: id to ``{"in": [...], "out": [...]}``,
            or a list of ``[[in], [out]]`` whose ids are their positions; ids and forms may be
            mixed. ``source``; ``sink`` or ``sinks``. Other keys are ignored.

    Raises:
        NetError: if it describes no net.
    """
    if not isinstance(data, Mapping):
        raise NetError(f"a net is a mapping with `transitions`, `source` and `sink`, not {data!r}")
    rows = _rows(data.get("transitions"))
    source = data.get("source")
    if not isinstance(source, Place):
        raise NetError("a net needs a `source`: the place that is marked at first")
    sinks = _places(data["sinks"] if "sinks" in data else [data.get("sink")])
    if not sinks or None in sinks:
        raise NetError("a net needs a `sink`, or `sinks`: the places in which a run ends")
    named: list[Place] = [source, *sinks]
    for arcs in rows.values():
        named += arcs[0]
        named += arcs[1]
    number = _numbered(_declared(data) or named)
    for place in _numbered(named):
        if place not in number:
            raise NetError(f"the net has no place {place!r}")
    transitions = {}
    for transition, (inputs, outputs) in rows.items():
        takes, gives = (
            frozenset([number[p] for p in inputs]),
            frozenset([number[p] for p in outputs]),
        )
        if len(takes) != len(inputs) or len(gives) != len(outputs):
            raise NetError(f"transition {transition!r} has two arcs with one place")
        transitions[transition] = (takes, gives)
    return WorkflowNet(
        tuple(number), transitions, number[source], frozenset(number[s] for s in sinks)
    )


def _numbered(places: Iterable[Place]) -> dict[Place, int]:
    try:
        number = {place: position for position, place in enumerate(dict.fromkeys(places))}
    except TypeError:
        number = {}
    if not number or not all(isinstance(place, Place) for place in number):
        raise NetError("a place is a name or a number")
    return number


def _declared(data: Mapping[str, object]) -> Iterable[Place]:
    if "places" in data:
        return _places(data["places"])
    count = data.get("n_places", 0)
    if not isinstance(count, int) or count < 0:
        raise NetError(f"`n_places` is the number of places, not {count!r}")
    return range(count)


def _rows(transitions: object) -> dict[str, tuple[list[Place], list[Place]]]:
    if isinstance(transitions, Mapping):
        entries: Iterable[tuple[object, object]] = transitions.items()
    else:
        entries = enumerate(_places(transitions))
    rows = {}
    for transition, arcs in entries:
        if isinstance(arcs, Mapping) and "in" in arcs and "out" in arcs:
            rows[str(transition)] = (_places(arcs["in"]), _places(arcs["out"]))
        elif isinstance(arcs, list | tuple) and len(arcs) == 2:  # noqa: PLR2004  [in, out]
            rows[str(transition)] = (_places(arcs[0]), _places(arcs[1]))
        else:
            raise NetError(
                f"transition {transition!r} is {{'in': [...], 'out': [...]}} or [[in], [out]], "
                f"not {arcs!r}"
            )
    return rows


def _places(value: object) -> list[Place]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise NetError(f"expected a list, not {value!r}")
    return list(value)
