"""Events, cases and loading, compared with other libraries that run state machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.contenders.ours import Ours
from benchmarks.contenders.with_sismic import Sismic
from benchmarks.contenders.with_spiff import Spiff
from benchmarks.contenders.with_statemachine import StateMachine
from benchmarks.contenders.with_transitions import Transitions
from benchmarks.measuring import bytes_each, floor, fresh_seconds, seconds_each
from benchmarks.model import EVENTS
from benchmarks.page import NONE, Section, budget_table, duration, table
from benchmarks.ring import budgets, creation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.contenders import Contender
    from benchmarks.page import Budget, Tell

CONTENDERS: tuple[type[Contender], ...] = (Ours, Transitions, StateMachine, Sismic, Spiff)


@dataclass(frozen=True)
class Peer:
    """What was measured of one library: seconds, ``size`` in bytes; None = not supported."""

    name: str
    version: str
    checks: str
    build: float
    advance: float
    events: int
    refuse: float | None
    options: float | None
    create: float
    size: float
    round_trip: float | None
    imported: float
    many: int


def section(tell: Tell) -> Section:
    """Measure every library, then what has a budget."""
    tell("floor")
    base = floor()
    peers = []
    for kind in CONTENDERS:
        tell(f"steps of {kind.name}")
        peers.append(measure_peer(kind()))
    tell("budgets of the ring")
    return Section("Steps and cases", _lines(base, budgets(Ours()), peers))


def measure_peer(contender: Contender) -> Peer:
    """What is measured of every library, in seconds and bytes."""

    def each(question: Callable[[], object] | None) -> float | None:
        return None if question is None else seconds_each(question)

    events = contender.laps * len(EVENTS)
    return Peer(
        contender.name,
        contender.version,
        contender.checks,
        build=seconds_each(contender.build),
        advance=seconds_each(lambda: contender.walk(contender.laps)) / events,
        events=events,
        refuse=each(contender.refuse()),
        options=each(contender.options()),
        create=creation(contender, contender.many),
        size=bytes_each(contender.create, contender.many),
        round_trip=each(contender.round_trip()),
        imported=fresh_seconds(f"import {contender.module}"),
        many=contender.many,
    )


def _lines(base: float, kept: Sequence[Budget], peers: Sequence[Peer]) -> list[str]:
    return [
        "The model is 20 states in a ring with 35 transitions, 6 of them guarded; one event is one",
        f"step. The floor, {base * 1e9:.0f} ns, is the least a step can be: a dict lookup, a closure called, an",
        "append to a list.",
        "",
        *budget_table(kept),
        "",
        "### Beside the peers",
        "",
        "One event, and in brackets its ratio to the floor; `of` so many in one case (an event of",
        "SpiffWorkflow costs more with every event before it). `checks` says what an event includes:",
        "only ours judges the role and keeps the history in every event.",
        "",
        *table(
            ["library", "checks", "advance", "of", "refuse", "options", "build"],
            (
                [
                    f"{peer.name} {peer.version}",
                    peer.checks,
                    _ratio(peer.advance, base),
                    f"{peer.events:,}",
                    _ratio(peer.refuse, base),
                    _ratio(peer.options, base),
                    duration(peer.build),
                ]
                for peer in peers
            ),
        ),
        "",
        "Cases: creating one of so many that all live, what it keeps, and writing one down and",
        "reading it back (ours and SpiffWorkflow's with a history of 20 events, the others' only",
        "the state). A refusal of ours carries every reason and what may be done instead; the",
        "others say no.",
        "",
        *table(
            ["library", "cases", "create", "bytes", "round trip", "import"],
            (
                [
                    peer.name,
                    f"{peer.many:,}",
                    duration(peer.create),
                    f"{peer.size:,.0f}",
                    duration(peer.round_trip),
                    duration(peer.imported),
                ]
                for peer in peers
            ),
        ),
    ]


def _ratio(seconds: float | None, base: float) -> str:
    if seconds is None:
        return NONE
    ratio = seconds / base
    shown = f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.3g}"
    return f"{duration(seconds)} ({shown} ×)"
