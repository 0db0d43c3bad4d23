"""Measure everything, say how it went, and write ``docs/benchmarks.md``."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks.contenders.ours import Ours, large_definition
from benchmarks.contenders.with_sismic import Sismic
from benchmarks.contenders.with_spiff import Spiff
from benchmarks.contenders.with_statemachine import StateMachine
from benchmarks.contenders.with_transitions import Transitions
from benchmarks.measuring import (
    LAPS,
    bytes_each,
    floor,
    fresh_seconds,
    seconds_each,
    seconds_of,
    times_floor,
)
from benchmarks.model import EVENTS
from benchmarks.page import Budget, Peer, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.contenders import Contender

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
CASES = 100_000


def measure_peer(contender: Contender) -> Peer:
    """Return what is measured of everybody, in seconds and bytes."""

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


def creation(contender: Contender, number: int) -> float:
    """Return the time of creating one of so many cases that all live."""

    def create() -> None:
        kept = [contender.create() for _ in range(number)]
        kept.clear()

    return seconds_of(create, runs=3) / number


def ageing(ours: Ours) -> float:
    """Return the time of an event about the 10,000th of a case over that of one about the 10th."""
    young, old = [ours.lap_seconds(ours.start())[1] for _ in range(300)], []
    for _ in range(3):
        case = ours.long_case(10_000)
        for _ in range(100):
            case, taken = ours.lap_seconds(case)
            old.append(taken)
    return median(old) / median(young)


def budgets(ours: Ours, peer: Peer) -> list[Budget]:
    """Return the figures that have a budget, each beside it."""
    linear = creation(ours, 4 * CASES) / creation(ours, CASES)
    first_load = f"import {ours.module} as op; op.load('tyottomyydesta_tutkintoon')"
    return [
        Budget("advance", times_floor(lambda: ours.walk(LAPS)), 3, "× floor"),
        Budget("advance with `at`", times_floor(lambda: ours.walk_at(LAPS)), 4, "× floor"),
        Budget(
            "advance with `at` and one fact",
            times_floor(lambda: ours.walk_at_with_a_fact(LAPS)),
            6,
            "× floor",
        ),
        Budget("event 10,000 against event 10", ageing(ours), 1.2, "×"),
        Budget("a fresh case", peer.size, 1000, "bytes"),
        Budget("creating a case, of 400,000 against of 100,000", linear, 1.5, "×"),
        Budget("a stored case without its history", ours.stored_bytes(), 1000, "bytes"),
        Budget("import", peer.imported * 1000, 60, "ms"),
        Budget("import and the first load", fresh_seconds(first_load) * 1000, 200, "ms"),
        Budget("loading 1,000 states", seconds_of(large_definition(1000)), 0.5, "s"),
    ]


def main() -> None:
    """Measure with a progress bar, then print and write the page."""
    console = Console(stderr=True)
    kinds: list[type[Contender]] = [Ours, Transitions, StateMachine, Sismic, Spiff]
    columns = (
        TextColumn("{task.description:<20}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("floor", total=len(kinds) + 2)
        base = floor()
        progress.advance(task)
        peers = []
        for kind in kinds:
            progress.update(task, description=kind.name)
            peers.append(measure_peer(kind()))
            progress.advance(task)
        progress.update(task, description="budgets")
        kept = budgets(Ours(), peers[0])
        progress.advance(task)
    text = page(base, kept, peers)
    PAGE.write_text(text, encoding="utf-8")
    Console().print(Markdown(text))
    console.print(
        f"written: {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}"
    )


if __name__ == "__main__":
    main()
