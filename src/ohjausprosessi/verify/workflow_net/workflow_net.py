"""Workflow nets as plain data: places, transitions, one source, one or several sinks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ohjausprosessi.errors import OhjausprosessiError

__all__ = ["NetError", "WorkflowNet", "workflow_net"]

PlaceName = str | int


class NetError(OhjausprosessiError, ValueError):
    """Data that do not describe a workflow net; the text says what is missing or wrong.

    Example:
        import ohjausprosessi as op

        try:
            op.verify.soundness_of({"transitions": {}})
        except op.verify.NetError as error:
            assert "source" in str(error)
    """


class WorkflowNet(NamedTuple):
    """A workflow net.

    Attributes:
        places: names of the places; the number of a place is its position.
        transitions: the input and output places of each transition, as numbers.
        source: the place that is marked initially.
        sinks: the places in which a run ends; of several, each ends its branch.
    """

    places: tuple[PlaceName, ...]
    transitions: Mapping[str, tuple[frozenset[int], frozenset[int]]]
    source: int
    sinks: frozenset[int]


def workflow_net(data: Mapping[str, object]) -> WorkflowNet:
    """The workflow net that plain data describe.

    Args:
        data: ``places`` (names or numbers) or ``n_places``; without either, the places are those
            that occur elsewhere. ``transitions``: id to ``{"in": [...], "out": [...]}``, or a list
            of ``[[in], [out]]`` with their positions as ids; both forms of a transition may be
            mixed. ``source``; ``sink`` or ``sinks``. Other keys are ignored.

    Raises:
        NetError: if the data do not describe a net.
    """
    if not isinstance(data, Mapping):
        raise NetError(f"a net is a mapping with `transitions`, `source` and `sink`, not {data!r}")
    rows = _rows(data.get("transitions"))
    source = data.get("source")
    if not isinstance(source, PlaceName):
        raise NetError("a net needs a `source`: the place that is marked at first")
    sinks = _places(data["sinks"] if "sinks" in data else [data.get("sink")])
    if not sinks or None in sinks:
        raise NetError("a net needs a `sink`, or `sinks`: the places in which a run ends")
    named: list[PlaceName] = [source, *sinks]
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


def _numbered(places: Iterable[PlaceName]) -> dict[PlaceName, int]:
    try:
        number = {place: position for position, place in enumerate(dict.fromkeys(places))}
    except TypeError:
        number = {}
    if not number or not all(isinstance(place, PlaceName) for place in number):
        raise NetError("a place is a name or a number")
    return number


def _declared(data: Mapping[str, object]) -> Iterable[PlaceName]:
    if "places" in data:
        return _places(data["places"])
    count = data.get("n_places", 0)
    if not isinstance(count, int) or count < 0:
        raise NetError(f"`n_places` is the number of places, not {count!r}")
    return range(count)


def _rows(transitions: object) -> dict[str, tuple[list[PlaceName], list[PlaceName]]]:
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


def _places(value: object) -> list[PlaceName]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise NetError(f"expected a list, not {value!r}")
    return list(value)
