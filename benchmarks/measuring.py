"""Taking times and sizes."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from time import perf_counter

RUNS = 5
RUN_SECONDS = 0.15


def seconds_each(run: Callable[[int], object], *, runs: int = RUNS) -> float:
    """Return the median time of one repetition; ``run(n)`` does n of them."""
    run(1)
    number = 1
    while (taken := _timed(run, number)) < RUN_SECONDS / 4:
        number *= 4
    number = max(1, int(number * RUN_SECONDS / taken))
    return statistics.median(_timed(run, number) / number for _ in range(runs))


def _timed(run: Callable[[int], object], number: int) -> float:
    start = perf_counter()
    run(number)
    return perf_counter() - start


def seconds_of(action: Callable[[], object], *, runs: int = RUNS) -> float:
    """Return the median time of an action that is too long, or too seldom, to be repeated."""
    return statistics.median(_timed(lambda _: action(), 1) for _ in range(runs))


def bytes_each(create: Callable[[], object], number: int) -> float:
    """Return the bytes that one of many created values keeps."""
    create()
    gc.collect()
    tracemalloc.start()
    kept = [create() for _ in range(number)]
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (size - sys.getsizeof(kept)) / number


def import_seconds(module: str) -> float:
    """Return the median time a fresh interpreter needs to import a module."""
    code = (
        "from time import perf_counter as t; a = t(); "
        f"import {module}; print(t() - a)"
    )
    times = [
        float(
            subprocess.run(  # noqa: S603  our own code, this interpreter
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(7)
    ]
    return statistics.median(times)


def floor() -> float:
    """Return the time of the least a step can be: a lookup, a closure called, an append."""
    table = {(f"s{i}", f"n{i}"): (lambda f: f[3] == 1, f"s{(i + 1) % 20}") for i in range(20)}
    steps = [f"n{i}" for i in range(20)]
    facts = [1] * 8

    def run(number: int) -> None:
        state, log = "s0", []
        for _ in range(max(1, number // len(steps))):
            for name in steps:
                guard, target = table[state, name]
                if guard(facts):
                    log.append(name)
                    state = target

    return seconds_each(lambda n: run(n * len(steps))) / len(steps)
