"""Measure everything, say how it went, and write ``docs/benchmarks.md``."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks.contenders import Contender
from benchmarks.contenders.ours import Ours
from benchmarks.contenders.with_sismic import Sismic
from benchmarks.contenders.with_spiff import Spiff
from benchmarks.contenders.with_statemachine import StateMachine
from benchmarks.contenders.with_transitions import Transitions
from benchmarks.measuring import bytes_each, floor, import_seconds, seconds_each, seconds_of
from benchmarks.model import EVENTS
from benchmarks.page import Budget, Peer, page

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
CASES = 100_000


def measure_peer(contender: Contender) -> Peer:
    """Return what is measured of everybody, in seconds and bytes."""

    def each(question: Callable[[], object] | None) -> float | None:
        return None if question is None else seconds_each(partial(_repeat, question))

    return Peer(
        contender.name,
        contender.version,
        contender.checks,
        build=seconds_each(partial(_repeat, contender.build)),
        advance=seconds_each(contender.walk) / len(EVENTS),
        refuse=each(contender.refuse()),
        options=each(contender.options()),
        create=_creation(contender),
        size=bytes_each(contender.create, contender.many),
        round_trip=each(contender.round_trip()),
        imported=import_seconds(contender.module),
        many=contender.many,
    )


def _repeat(action: Callable[[], object], number: int) -> None:
    for _ in range(number):
        action()


def _creation(contender: Contender) -> float:
    """Return the time of creating one of many cases that all live."""

    def create() -> None:
        kept = [contender.create() for _ in range(contender.many)]
        kept.clear()

    return seconds_of(create, runs=3) / contender.many


def ageing(ours: Ours) -> tuple[float, float]:
    """Return the time of an event about the 10th and about the 10,000th of a case."""
    young = []
    for _ in range(300):
        case = ours.long_case(20)
        start = perf_counter()
        ours.go_on(case, 1)
        young.append((perf_counter() - start) / len(EVENTS))
    old = []
    for _ in range(3):
        case = ours.long_case(10_000)
        for _ in range(100):
            start = perf_counter()
            for name in EVENTS:
                case = case.advance(name, by="clerk")
            old.append((perf_counter() - start) / len(EVENTS))
    return sorted(young)[len(young) // 2], sorted(old)[len(old) // 2]


def budgets(ours: Ours, base: float, peer: Peer) -> list[Budget]:
    """Return the figures that have a budget, each beside it."""
    at = seconds_each(ours.walk_at) / len(EVENTS)
    fact = seconds_each(ours.walk_at_with_a_fact) / len(EVENTS)
    young, old = ageing(ours)
    bare, _ = ours.stored_bytes()
    return [
        Budget("advance", peer.advance / base, 3, "× floor"),
        Budget("advance with `at`", at / base, 4, "× floor"),
        Budget("advance with `at` and one fact", fact / base, 6, "× floor"),
        Budget("event 10,000 against event 10", old / young, 1.2, "×"),
        Budget("a fresh case", peer.size, 1000, "bytes"),
        Budget("creating 100,000 against 10,000, per case", linear(ours), 1.2, "×"),
        Budget("stored case without its history", bare, 1000, "bytes"),
        Budget("import", peer.imported * 1000, 60, "ms"),
    ]


def linear(ours: Ours) -> float:
    """Return how much a case costs among many, against among few."""

    def create(number: int) -> float:
        gc.collect()
        start = perf_counter()
        kept = [ours.create() for _ in range(number)]
        return (perf_counter() - start) / len(kept)

    few = sorted(create(CASES // 10) for _ in range(5))[2]
    many = sorted(create(CASES) for _ in range(3))[1]
    return many / few


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
        kept = budgets(Ours(), base, peers[0])
        progress.advance(task)
    text = page(base, kept, peers)
    PAGE.write_text(text, encoding="utf-8")
    Console().print(Markdown(text))
    console.print(f"written: {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}")


if __name__ == "__main__":
    main()
