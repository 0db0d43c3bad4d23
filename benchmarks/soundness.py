"""Soundness of bare nets: time against size, and against the peers that are installed.

python benchmarks/soundness.py [NETS.jsonl.gz]   # a corpus in the form of `soundness_of`
"""

from __future__ import annotations

import gzip
import json
import random
import statistics
import sys
import time

from ohjausprosessi.formats import load_definition, shipped_ids
from ohjausprosessi.verify import findings, rule_on_net, soundness_of
from ohjausprosessi.verify.templates import FORMULAS


def parallel(branches: int) -> dict:
    """Return a fork into branches of two tasks each, and their join."""
    rows = [
        [[0], [2 + 3 * k for k in range(branches)]],
        [[4 + 3 * k for k in range(branches)], [1]],
    ]
    rows += [[[p], [p + 1]] for k in range(branches) for p in (2 + 3 * k, 3 + 3 * k)]
    return {"n_places": 2 + 3 * branches, "transitions": rows, "source": 0, "sink": 1}


def nested(tasks: int, seed: int = 1) -> dict:
    """Return a random nest of sequences, choices, loops and parallel branches."""
    rows, count, rnd = [], 2, random.Random(seed)  # noqa: S311  a repeatable net, no secret
    todo = [(0, 1, tasks)]
    while todo:
        before, after, size = todo.pop()
        if size == 1:
            rows.append([[before], [after]])
            continue
        left = rnd.randrange(1, size)
        kind = rnd.choice(["sequence", "sequence", "choice", "parallel", "loop"])
        if kind == "sequence":
            todo += [(before, count, left), (count, after, size - left)]
            count += 1
        elif kind == "choice":
            todo += [(before, after, left), (before, after, size - left)]
        elif kind == "parallel":
            rows += [[[before], [count, count + 1]], [[count + 2, count + 3], [after]]]
            todo += [(count, count + 2, left), (count + 1, count + 3, size - left)]
            count += 4
        else:
            rows += [[[before], [count]], [[count + 1], [after]]]
            todo += [(count, count + 1, left), (count + 1, count, size - left)]
            count += 2
    return {"n_places": count, "transitions": rows, "source": 0, "sink": 1}


def median(net: dict, repeats: int = 5) -> float:
    """Return the median time in milliseconds; the verdict must be `sound`."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        assert soundness_of(net).sound is True
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def rule(branches: int, repeats: int = 5) -> float:
    """Return the median time in milliseconds of one rule over so many branches."""
    net, last = parallel(branches), str(2 * branches)
    named = {"when": frozenset({"2"}), "then": frozenset({last})}
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        assert rule_on_net(net, FORMULAS["response"], named).holds is False
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def processes() -> float:
    """Return the time in milliseconds to check both shipped processes with all their rules."""
    definitions = [load_definition(name) for name in shipped_ids()]
    start = time.perf_counter()
    for definition in definitions:
        findings(definition, prove_rules=True)
    return (time.perf_counter() - start) * 1e3


def peer(branches: int) -> str:
    """Return what pm4py needs for the same question, if it is installed."""
    try:
        import pm4py  # noqa: PLC0415  a peer, not a dependency
        from pm4py.objects.petri_net.obj import Marking, PetriNet  # noqa: PLC0415
        from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to  # noqa: PLC0415
    except ImportError:
        return "not installed"
    data, net = parallel(branches), PetriNet("parallel")
    places = [PetriNet.Place(str(number)) for number in range(data["n_places"])]
    net.places.update(places)
    for number, (inputs, outputs) in enumerate(data["transitions"]):
        transition = PetriNet.Transition(str(number), str(number))
        net.transitions.add(transition)
        for place in inputs:
            add_arc_from_to(places[place], transition, net)
        for place in outputs:
            add_arc_from_to(transition, places[place], net)
    start = time.perf_counter()
    sound = pm4py.check_soundness(net, Marking({places[0]: 1}), Marking({places[1]: 1}))
    return f"{(time.perf_counter() - start) * 1e3:.0f} ms ({sound[0] if isinstance(sound, tuple) else sound})"


def corpus(path: str) -> None:
    """Print the time that a corpus needs, together and in the tail."""
    with gzip.open(path, "rt") as lines:
        nets = [json.loads(line) for line in lines]
    times, wrong = [], 0
    for net in nets:
        start = time.perf_counter()
        verdict = soundness_of(net)
        times.append((time.perf_counter() - start) * 1e3)
        wrong += verdict.sound is not net["sound"]
    times.sort()
    tail = f"p99 {times[int(len(times) * 0.99)]:.1f} ms, worst {times[-1]:.1f} ms"
    print(f"{path}: {len(nets)} nets, {sum(times) / 1e3:.2f} s, {tail}, wrong {wrong}")


if __name__ == "__main__":
    print(f"1,000 branches of 2: {median(parallel(1000)):.0f} ms (budget 50)")
    print(f"nested 10,000 tasks: {median(nested(10_000)):.0f} ms (budget 500)")
    print(f"one rule, 1,000 branches: {rule(1000):.0f} ms (budget 50)")
    print(f"both processes, all rules: {processes():.0f} ms (budget 1,000)")
    for size in (4, 6):
        print(f"{size} branches: {median(parallel(size)):.2f} ms, pm4py {peer(size)}")
    for name in sys.argv[1:]:
        corpus(name)
