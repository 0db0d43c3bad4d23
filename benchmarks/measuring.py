"""Measure times and sizes. Times are processor time, so other load on the machine does not count."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import tracemalloc
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
RUN_SECONDS = 0.15
LAPS = 50  # around the ring: a measured case has 1,000 events


def seconds_each(action: Callable[[], object], *, runs: int = RUNS) -> float:
    """The median time of an action that is repeated for a while in each run."""
    action()
    number = 1
    while (taken := _timed(action, number)) < RUN_SECONDS / 4:
        number *= 4
    number = max(1, int(number * RUN_SECONDS / taken))
    return statistics.median(_timed(action, number) / number for _ in range(runs))


def _timed(action: Callable[[], object], number: int) -> float:
    start = process_time()
    for _ in range(number):
        action()
    return process_time() - start


def seconds_of(action: Callable[[], object], *, runs: int = RUNS) -> float:
    """The median time of an action that takes too long to be repeated within a run."""
    return statistics.median(_timed(action, 1) for _ in range(runs))


def bytes_each(create: Callable[[], object], number: int) -> float:
    """The memory that each of many created values retains, in bytes."""
    create()
    gc.collect()
    tracemalloc.start()
    kept = [create() for _ in range(number)]
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (size - sys.getsizeof(kept)) / number


def fresh_seconds(statement: str) -> float:
    """The median time of a statement in a fresh interpreter with cached bytecode."""
    code = f"from time import process_time as t; a = t(); {statement}; print(t() - a)"
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        times = [
            float(
                subprocess.run(  # noqa: S603  our own code, this interpreter
                    [sys.executable, "-c", code],
                    capture_output=True,
                    text=True,
                    check=True,
                    env=environment,
                ).stdout
            )
            for _ in range(8)
        ]
    return statistics.median(times[1:])  # the first one wrote the bytecode


def command_seconds(command: list[str], *, runs: int = RUNS) -> float:
    """The median time of a program, including its start."""
    times = []
    for _ in range(runs):
        before = _seconds_of_children()
        subprocess.run(command, check=True)  # noqa: S603  our own code, this interpreter
        times.append(_seconds_of_children() - before)
    return statistics.median(times)


def _seconds_of_children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def floor_walk() -> None:
    """Take 1,000 steps of the least work a step can do: a lookup, a call of a closure, an append."""
    table, facts = _FLOOR_TABLE, [1] * 8
    state, log = "s0", []
    for _ in range(LAPS):
        for name in _FLOOR_NAMES:
            guard, target = table[state, name]
            if guard(facts):
                log.append(name)
                state = target


_FLOOR_NAMES = [f"n{i}" for i in range(20)]
FLOOR_STEPS = LAPS * len(_FLOOR_NAMES)
_FLOOR_TABLE = {
    (f"s{i}", f"n{i}"): (lambda facts: facts[3] == 1, f"s{(i + 1) % 20}") for i in range(20)
}


def floor() -> float:
    """The time of one step of the floor, in seconds."""
    return seconds_each(floor_walk) / FLOOR_STEPS


def times_floor(walk: Callable[[], object]) -> float:
    """The time of a walk of 1,000 steps as a multiple of the floor.

    Both are measured alternately and the median of the ratios is taken, so that other load on the
    machine affects both.
    """
    gc.collect()
    gc.freeze()  # exclude what other libraries have loaded from garbage collection
    return statistics.median(
        seconds_each(walk, runs=1) / seconds_each(floor_walk, runs=1) for _ in range(2 * RUNS + 1)
    )
