"""The two shipped processes on recorded walks: what an event, a refusal and a question cost.

Every figure is a ratio to the floor of ``benchmarks.measuring``, taken in the same round. A round
performs every walk again at another time of day, so that no moment comes twice: a cache keyed on
``at`` would gain nothing.
"""

from __future__ import annotations

import argparse
import gc
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from statistics import mean, median, quantiles
from time import perf_counter_ns, process_time_ns
from typing import TYPE_CHECKING

import ohjausprosessi as op
from benchmarks.measuring import FLOOR_STEPS, floor_walk
from benchmarks.neighbour import Neighbour
from benchmarks.page import NONE, Section, duration, number, table
from benchmarks.walks import MINUTE, due_now, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.page import Tell
    from benchmarks.walks import Call, Walk
    from ohjausprosessi.engine import Case
    from ohjausprosessi.process import Process

FIGURES = {"Kuvio 1": "tyottomyydesta_tutkintoon", "Kuvio 2": "ohjausprosessi_koulutukseen"}
WALKS = 200
ROUNDS = 5
SHIFTS = tuple(timedelta(hours=n) for n in range(ROUNDS))
# Question to the most times the floor it may take in the mean; None: there is no budget.
BUDGETS: dict[str, float | None] = {
    "an event (`advance`)": 60,
    "a refusal, its `options` read": 250,
    "`options(by=role)`": 250,
    "a replayed event": 80,
    "`learn`": None,
    "`tick`, something due": None,
    "`tick`, nothing due": None,
}
# Clock to the nanoseconds that reading it twice takes.
COST = {
    clock: median(-clock() + clock() for _ in range(10_001))
    for clock in (perf_counter_ns, process_time_ns)
}
EVENT, REFUSAL, OPTIONS, REPLAY, LEARN, DUE, IDLE = BUDGETS

Times = dict[str, list[float]]  # question to the nanoseconds of each time it was asked


@dataclass(frozen=True)
class Figure:
    """What one question costs: in seconds, and in times the floor."""

    count: int
    seconds: float
    mean: float
    p95: float


@dataclass(frozen=True)
class Measured:
    """What was measured of one process."""

    walks: Sequence[Walk]
    refusals: Counter[str]
    figures: dict[str, Figure]


@dataclass(frozen=True)
class Beside:
    """An event of ours and of ``transitions``, on the calls that both can perform."""

    ours: Figure
    theirs: Figure


def section(tell: Tell, walks: int = WALKS) -> Section:
    """Measure both processes, then the second one beside ``transitions``."""
    measured, beside = {}, None
    for title, name in FIGURES.items():
        process = op.load(name)
        tell(f"recording {walks} walks of {title}")
        recorded = record(process, walks, SHIFTS)
        tell(f"walks of {title}")
        measured[title] = measure(process, recorded)
        if not process.definition.calls:
            tell(f"walks of {title} by transitions")
            beside = measure_beside(process, recorded)
    assert beside is not None
    return Section("The two real processes", _lines(measured, beside, walks))


# ---- the rounds


def measure(process: Process, walks: Sequence[Walk]) -> Measured:
    """What every question costs on the walks of a process."""
    refusals = Counter(
        _refused(cases[n], call)
        for walk, cases in ((walk, walk.perform(process)) for walk in walks)
        for n, call in walk.refused
    )
    return Measured(walks, refusals, figures(lambda shift: _round(process, walks, shift)))


def figures(ask: Callable[[timedelta], Times]) -> dict[str, Figure]:
    """Ask everything in every round, each beside its own floor.

    A call counts with the median of the rounds, so that what else the machine does in between, and
    a collection of garbage that happens to fall on one call, count for nothing.
    """
    ask(SHIFTS[0])
    gc.collect()
    gc.freeze()  # exclude what other libraries have loaded from garbage collection
    rounds: list[tuple[float, Times]] = []
    for shift in SHIFTS:
        before = _floor()
        times = ask(shift)
        rounds.append(((before + _floor()) / 2, times))
    gc.unfreeze()
    found = {}
    for question in rounds[0][1]:
        pairs = [(base, times[question]) for base, times in rounds]
        seconds = _medians([each / 1e9 for each in times] for _, times in pairs)
        ratios = _medians([each / base for each in times] for base, times in pairs)
        found[question] = Figure(
            len(ratios), mean(seconds), mean(ratios), quantiles(ratios, n=20)[-1]
        )
    return found


def _medians(rounds: Iterable[list[float]]) -> list[float]:
    return [median(call) for call in zip(*rounds, strict=True)]


def _floor() -> float:
    """The nanoseconds of one step of the floor."""
    return median(timed([floor_walk] * 500)) / FLOOR_STEPS


def _round(process: Process, walks: Sequence[Walk], shift: timedelta) -> Times:
    """Perform every walk, then ask in its states what is asked there."""
    performed, times = perform(process, walks, shift)
    states = list(zip(walks, performed, strict=True))
    times[REFUSAL] = timed(
        partial(_refused, cases[n], call) for walk, cases in states for n, call in walk.refused
    )
    times[OPTIONS] = timed(
        partial(cases[n].options, by=by) for walk, cases in states for n, by in walk.asked
    )
    times[REPLAY] = _replayed(process, performed)
    times[DUE] = timed(
        (partial(cases[n].tick, due_now(cases[n])) for walk, cases in states for n in walk.due),
        perf_counter_ns,
    )
    times[IDLE] = timed(
        (partial(cases[n].tick, cases[n].at + MINUTE) for walk, cases in states for n in walk.idle),
        perf_counter_ns,
    )
    return times


def perform(
    process: Process, walks: Sequence[Walk], shift: timedelta
) -> tuple[list[list[Case]], Times]:
    """All states of each walk, and the time of each event and learning.

    The facts of a call are copied each time: callers make a new mapping for each event.
    """
    performed: list[list[Case]] = []
    times: Times = {EVENT: [], LEARN: []}
    clock, cost = perf_counter_ns, COST[perf_counter_ns]
    for walk in walks:
        start = walk.start + shift
        case = process.start("case", at=start)
        cases = [case]
        for call in walk.calls:
            name, by, at, facts = call.name, call.by, start + call.since, dict(call.facts)
            if name == "tick":
                case = case.tick(at)
            elif name == "learn":
                begin = clock()
                case = case.learn(facts, by=by, at=at)
                times[LEARN].append(clock() - begin - cost)
            else:
                given, state = facts or None, call.state
                begin = clock()
                case = case.advance(name, by=by, facts=given, state=state, at=at)
                times[EVENT].append(clock() - begin - cost)
            cases.append(case)
        performed.append(cases)
    return performed, times


def _refused(case: Case, call: Call) -> str:
    """Try what is refused a minute later; the code of the refusal, whose options are read."""
    try:
        case.advance(call.name, by=call.by, state=call.state, at=case.at + MINUTE)
    except op.Refused as refused:
        _ = refused.options
        return refused.code
    raise AssertionError(f"{call.name} is not refused")


def _replayed(process: Process, performed: Sequence[Sequence[Case]]) -> list[float]:
    """The time of replaying each event: a history takes its time for all of its events alike."""
    histories = [cases[-1].history for cases in performed]
    times = timed(partial(process.replay, history) for history in histories)
    return [
        taken / len(history)
        for taken, history in zip(times, histories, strict=True)
        for _ in history
    ]


def timed(
    actions: Iterable[Callable[[], object]], clock: Callable[[], int] = process_time_ns
) -> list[float]:
    """The nanoseconds that each action takes; making the actions is not timed.

    Processor time takes long to read: what takes a microsecond is timed by the clock on the wall.
    """
    taken = []
    for action in list(actions):
        begin = clock()
        action()
        taken.append(clock() - begin - COST[clock])
    return taken


# ---- beside transitions


def measure_beside(process: Process, walks: Sequence[Walk]) -> Beside:
    """An event of ours and of ``transitions`` on the same calls, as far as both go the same way."""
    neighbour = Neighbour(process)
    along = [neighbour.along(walk) for walk in walks]
    own, told = [walk for walk, _ in along], [triggers for _, triggers in along]
    ours = figures(lambda shift: {EVENT: perform(process, own, shift)[1][EVENT]})[EVENT]
    theirs = figures(lambda _: {EVENT: neighbour.times(told, COST[perf_counter_ns])})[EVENT]
    return Beside(ours, theirs)


# ---- the page


def _lines(measured: dict[str, Measured], beside: Beside, walks: int) -> list[str]:
    return [
        "What the ring does not show: hand-offs, calls, choices, times, duties and personal facts.",
        f"The walks are the demo's (of Kuvio 2 the part it goes through) and {walks} seeded random",
        "ones; they are recorded first and only performing them again is timed, each event at a",
        f"minute of its own. There are {ROUNDS} rounds at other times of day, the floor measured in each; a",
        "call counts with the median of the rounds. Figures are the mean over all calls, in time and in",
        "times the floor, and what 95 of 100 calls stay within.",
        "",
        *(_about(title, each) for title, each in measured.items()),
        "",
        *table(_head(measured), _rows(measured)),
        "",
        "### Kuvio 2 beside transitions",
        "",
        "The same walks by the machine that `interop.to_machine` makes of Kuvio 2, as far as it goes",
        f"the same way: {beside.ours.count:,} events of {measured['Kuvio 2'].figures[EVENT].count:,}. It judges guards, roles and information, keeps no history and",
        "has no clock. Kuvio 1 runs Kuvio 2 as a call, which no flat machine can do, so `to_machine`",
        "refuses it.",
        "",
        *table(
            ["library", "an event", "× floor", "p95"],
            (
                [name, duration(each.seconds), number(each.mean), number(each.p95)]
                for name, each in (("ohjausprosessi", beside.ours), ("transitions", beside.theirs))
            ),
        ),
    ]


def _about(title: str, measured: Measured) -> str:
    codes = ", ".join(f"{number} `{code}`" for code, number in measured.refusals.most_common())
    calls = sum(len(walk.calls) for walk in measured.walks)
    return f"- {title}: {calls:,} calls in {len(measured.walks)} walks; refused {codes}."


def _head(measured: Iterable[str]) -> list[str]:
    each = [cell for title in measured for cell in (title, "×", "p95 ×")]
    return ["what", *each, "budget ×", "kept"]


def _rows(measured: dict[str, Measured]) -> Iterable[list[str]]:
    for question, limit in BUDGETS.items():
        found = [each.figures[question] for each in measured.values()]
        cells = [
            cell
            for each in found
            for cell in (duration(each.seconds), number(each.mean), number(each.p95))
        ]
        kept = "" if limit is None else "yes" if all(f.mean <= limit for f in found) else "**no**"
        yield [question, *cells, NONE if limit is None else f"≤ {limit:g}", kept or NONE]


def main() -> None:
    """Measure the processes and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.processes", description=__doc__)
    parser.add_argument("--walks", type=int, default=WALKS, help="random walks of each process")
    result = section(lambda _: None, parser.parse_args().walks)
    print("\n".join(result.lines))


if __name__ == "__main__":
    main()
