"""Soundness, rules, guards and random walks, and other tools that decide soundness."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.inputs import decision_tree, nested, parallel
from benchmarks.judges import GIGABYTES, JUDGES, SECONDS, ask, installed
from benchmarks.measuring import seconds_each, seconds_of
from benchmarks.page import NONE, Budget, Section, budget_table, duration, table
from ohjausprosessi import load
from ohjausprosessi.formats import load_definition, shipped_ids
from ohjausprosessi.guards.domains import GuardSet
from ohjausprosessi.rules.templates import FORMULAS
from ohjausprosessi.testing import machine
from ohjausprosessi.verify import findings, rule_on_net, soundness_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.page import Tell

CORPUS = Path(__file__).parents[2] / "shared" / "nets" / "ibm_sap.jsonl.gz"
BRANCHES = (2, 4, 6, 8, 10, 12, 14, 16, 100, 1000)
EXAMPLES = 100
RUNS = 5


def section(tell: Tell) -> Section:
    """Measure what has a budget, then everybody on more and more branches."""
    budgets = []
    for name, measured in (
        ("nets of practice", corpus),
        ("large nets", large),
        ("definitions", definitions),
        ("random walks", walks),
    ):
        tell(f"soundness: {name}")
        budgets += measured()
    return Section("Soundness", [*_budget_lines(budgets), *_peer_lines(tell)])


# ---- what has a budget


def corpus() -> list[Budget]:
    """The time for nets from practice, whose verdicts have to match the known ones."""
    if not CORPUS.exists():
        together = tail = None
        what = "nets of practice"
    else:
        with gzip.open(CORPUS, "rt") as lines:
            nets = [json.loads(line) for line in lines]
        runs = [sorted(_verdict_seconds(net) for net in nets) for _ in range(RUNS)]
        together = median(sum(run) for run in runs)
        tail = median(run[int(len(run) * 0.99)] for run in runs) * 1e3
        what = f"{len(nets):,} nets of practice"
    return [
        Budget(f"{what}, together", together, 1, "s"),
        Budget(f"{what}, 99 of 100 within", tail, 3, "ms"),
    ]


def _verdict_seconds(net: Mapping[str, object]) -> float:
    begin = process_time()
    sound = soundness_of(net).sound
    taken = process_time() - begin
    assert sound is net["sound"], net["name"]
    return taken


def large() -> list[Budget]:
    """The time for nets and sets of guards larger than anybody draws."""
    wide, deep = parallel(1000), nested(10_000)
    rule = max(rule_seconds(name, wide) for name in FORMULAS)
    return [
        Budget("1,000 parallel branches of two tasks", sound_seconds(wide) * 1e3, 50, "ms"),
        Budget("a nest of 10,000 tasks", sound_seconds(deep), 0.5, "s"),
        Budget(f"a rule on 1,000 branches, slowest of {len(FORMULAS)} kinds", rule * 1e3, 50, "ms"),
        Budget(
            "40 guards over 24 facts: which overlap, when does none hold",
            guard_seconds() * 1e3,
            2,
            "ms",
        ),
    ]


def sound_seconds(net: Mapping[str, object]) -> float:
    """The time to decide that a net is sound."""

    def judge() -> None:
        assert soundness_of(net).sound is True

    return seconds_of(judge)


def rule_seconds(template: str, net: Mapping[str, object]) -> float:
    """The time to prove a rule about the first tasks of the first and last branch."""
    first, last = frozenset({"2"}), frozenset({"2000"})
    named = {"when": first, "first": first, "then": last, "kind": last}

    def prove() -> None:
        assert rule_on_net(net, FORMULAS[template], named).holds is not None

    return seconds_of(prove, runs=3)


def guard_seconds() -> float:
    """The time to find no overlap and one gap, as the median of several sets of guards."""
    times = []
    for seed in range(RUNS):
        guards = decision_tree(24, 40, seed)

        def look() -> None:
            guard_set = GuardSet(guards)  # noqa: B023  used within this round
            assert guard_set.overlap().holds is False
            assert guard_set.gap().witness is not None

        times.append(seconds_each(look, runs=3))
    return median(times)


def definitions() -> list[Budget]:
    """The time to check both shipped processes, including the proofs of all rules."""
    shipped = [load_definition(name) for name in shipped_ids()]

    def check() -> None:
        for definition in shipped:
            findings(definition, prove_rules=True)

    return [Budget("checking both processes and proving their rules", seconds_of(check), 1, "s")]


def walks() -> Iterator[Budget]:
    """The events per second of random walks through each shipped process."""
    for name in shipped_ids():
        for rules, watched in ((), "no rules"), ("all", "all rules"):
            what = f"random walks of `{name}`, {watched} watched"
            yield Budget(what, events_a_second(name, rules), 2000, "events/s", at_least=True)


def events_a_second(name: str, rules: str | Sequence[str]) -> float:
    """The events per second that Hypothesis drives a process through."""
    events = 0

    class Counting(machine(load(name), rules=rules)):
        def on_fire(self, case: object, event: object) -> None:  # noqa: ARG002  the hook's
            nonlocal events
            events += 1

    profile = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    taken = seconds_of(lambda: run_state_machine_as_test(Counting, settings=profile), runs=RUNS)
    return events / RUNS / taken  # every run takes the same walks


def _budget_lines(budgets: Sequence[Budget]) -> list[str]:
    return [
        "Bare nets by `soundness_of` and `rule_on_net`, and what else a proof takes. The nets of",
        "practice are models of IBM and SAP whose verdicts are known; they are no part of the",
        "repository and not measured where they are not at hand. Random walks are those of",
        f"`testing.machine`, {EXAMPLES} examples; an event is one of a case.",
        "",
        *budget_table(budgets),
        "",
    ]


# ---- beside the peers


def _peer_lines(tell: Tell) -> list[str]:
    versions = {judge: installed(judge) for judge in JUDGES}
    heads = [f"{JUDGES[judge]} {version or ''}".strip() for judge, version in versions.items()]
    columns = [_ours(tell), *(_theirs(tell, judge) for judge in JUDGES)]
    rows = zip(
        [f"{branches:,}" for branches in BRANCHES],
        [_markings(branches) for branches in BRANCHES],
        *columns,
        strict=True,
    )
    return [
        "### Beside the peers",
        "",
        "A fork into so many branches of two tasks each, and their join: is it sound? Every marking",
        "more is work for those who visit them. pm4py runs Woflan on the net; rust_bpmn_analyzer",
        "explores the same as BPMN, once for each of three questions. Each question is asked in a",
        f"process of its own, with {SECONDS} s and {GIGABYTES} GB; who gave up is not asked for more.",
        "",
        *table(["branches", "markings", "ohjausprosessi", *heads], map(list, rows)),
    ]


def _ours(tell: Tell) -> list[str]:
    tell("soundness: ours on parallel branches")
    return [duration(sound_seconds(parallel(branches))) for branches in BRANCHES]


def _theirs(tell: Tell, judge: str) -> Iterator[str]:
    if installed(judge) is None:
        yield from ["not installed"] * len(BRANCHES)
        return
    gave_up = False
    for branches in BRANCHES:
        if gave_up:
            yield NONE
            continue
        tell(f"soundness: {JUDGES[judge]} on {branches} branches")
        answer = ask(judge, branches)
        gave_up = answer.sound is None
        yield answer.gave_up or duration(answer.seconds) + ("" if answer.sound else ", wrong")


def _markings(branches: int) -> str:
    """The number of markings: three per branch, combined, and those of source and sink."""
    markings = 3**branches + 2
    return f"{markings:,}" if branches < 20 else f"> 10^{len(str(markings)) - 1}"
