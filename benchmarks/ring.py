"""What a step on the ring may cost, and what a case, an import and a load may: all with a budget."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from benchmarks.contenders.ours import AT, Ours, large_definition
from benchmarks.measuring import (
    LAPS,
    bytes_each,
    floor,
    fresh_seconds,
    seconds_of,
    times_floor,
)
from benchmarks.page import Budget, budget_table

if TYPE_CHECKING:
    from datetime import datetime

    from benchmarks.contenders import Contender

CASES = 100_000
ENDING = 1_000
ROUNDS = 11


def creation(contender: Contender, number: int) -> float:
    """The time of creating one of so many cases that all live."""

    def create() -> None:
        kept = [contender.create() for _ in range(number)]
        kept.clear()

    return seconds_of(create, runs=3) / number


def ageing(ours: Ours) -> float:
    """The time of an event about the 10,000th of a case over that of one about the 10th."""
    young, old = [ours.lap_seconds(ours.start())[1] for _ in range(300)], []
    for _ in range(3):
        case = ours.long_case(10_000)
        for _ in range(100):
            case, taken = ours.lap_seconds(case)
            old.append(taken)
    return median(old) / median(young)


def budgets(ours: Ours) -> list[Budget]:
    """The figures that have a budget, each beside it."""
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
        Budget("entering an end", entering_an_end(ours, None), 6, "× floor"),
        Budget("entering an end with `at`", entering_an_end(ours, AT), 6, "× floor"),
        Budget("event 10,000 against event 10", ageing(ours), 1.2, "×"),
        Budget("a fresh case", bytes_each(ours.create, ours.many), 1000, "bytes"),
        Budget("creating a case, of 400,000 against of 100,000", linear, 1.5, "×"),
        Budget("a stored case without its history", ours.stored_bytes(), 1000, "bytes"),
        Budget("import", fresh_seconds(f"import {ours.module}") * 1000, 60, "ms"),
        Budget("import and the first load", fresh_seconds(first_load) * 1000, 200, "ms"),
        Budget("loading 1,000 states", seconds_of(large_definition(1000)), 0.5, "s"),
    ]


def entering_an_end(ours: Ours, at: datetime | None) -> float:
    """How many times longer than the floor it takes to enter an end, each time with a fresh case."""
    ratios = []
    for _ in range(ROUNDS):
        cases = [ours.case_before_an_end(at) for _ in range(ENDING)]
        ratios.append(ours.ending_seconds(cases, at) / ENDING / floor())
    return median(ratios)


def main() -> None:
    """Measure the ring and print the table."""
    print("\n".join(budget_table(budgets(Ours()))))


if __name__ == "__main__":
    main()
