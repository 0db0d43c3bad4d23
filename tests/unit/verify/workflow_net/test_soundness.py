"""Verdicts on bare nets and shortest traces; a small corpus and, where there is one, a large one."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from ohjausprosessi.verify import soundness_of
from places import ROOT

SHARED = ROOT.parent / "shared" / "nets"


def net(arcs: str, *, sinks: str = "o") -> dict[str, Any]:
    """Return the net written as ``t: a b > c d; …``, from place ``i``."""
    transitions = {}
    for row in filter(None, (part.strip() for part in arcs.split(";"))):
        name, places = row.split(":")
        inputs, outputs = places.split(">")
        transitions[name] = {"in": inputs.split(), "out": outputs.split()}
    return {"transitions": transitions, "source": "i", "sinks": sinks.split()}


def counting(tokens: int) -> dict[str, Any]:
    """Return a net that puts so many tokens in one place and counts them one by one."""
    branches = range(tokens)
    arcs = [f"f: i > n0 {' '.join(f'b{k}' for k in branches)}", f"e: n{tokens} > o"]
    arcs += [f"x{k}: b{k} > many; n{k}: many n{k} > n{k + 1}" for k in branches]
    return net("; ".join(arcs))


def ring(size: int) -> dict[str, Any]:
    """Return branches whose steps need permits that they share in a ring; nothing reduces them."""
    branches = range(size)
    arcs = [f"f: i > {' '.join(f'a{k} m{k}' for k in branches)}"]
    for k in branches:
        own, other = f"m{k}", f"m{(k + 1) % size}"
        arcs += [f"x{k}: a{k} {own} > b{k} {own}", f"y{k}: b{k} {other} > c{k} {other}"]
    arcs += [f"j: {' '.join(f'c{k} m{k}' for k in branches)} > o"]
    return net("; ".join(arcs))


FORK = "f: i > a b; x: a > c; y: b > d;"


# Name, net, and why it is not sound: at least one for each reason, with one sink and with several.
CORPUS = [
    ("sequence", net("a: i > p; b: p > o"), ""),
    ("fork and join", net(FORK + "j: c d > o"), ""),
    ("loop", net("a: i > p; again: p > q; back: q > p; b: p > o"), ""),
    ("choice after fork, joined each way", net("f: i > a b; x: a > c; y: a > c; j: c b > o"), ""),
    ("two ends of two branches", net("f: i > a b; x: a > o1; y: b > o2", sinks="o1 o2"), ""),
    ("one of two ends", net("x: i > o1; y: i > o2", sinks="o1 o2"), ""),
    (
        "not free choice, yet sound",
        net("f: i > a b; x: a > c; y: a > d; u: b c > o; v: b d > o"),
        "",
    ),
    (
        "several tokens, yet sound",
        net("f: i > a b; x: a > p; y: b > p q; j: p q > r; k: r p > o"),
        "",
    ),
    ("eight tokens in one place, yet sound", counting(8), ""),
    ("permits in a ring", ring(4), ""),
    ("a branch that ends in nothing", net("f: i > a b; x: a > o; z: b >", sinks="o o2"), ""),
    ("join waits for ever", net("a: i > p; b: i > q; j: p q > o"), "stuck"),
    ("trap", net("a: i > p; b: p > o; c: p > q"), "stuck"),
    ("forked, never joined", net(FORK + "u: c > o; v: d > o"), "improper completion"),
    (
        "one end twice",
        net(FORK + "u: c > o; v: d > o2; w: d > o", sinks="o o2"),
        "improper completion",
    ),
    ("grows", net("a: i > p; more: p > p q; b: p q > o"), "unbounded"),
    ("round for ever", net("a: i > p; b: p > q; c: q > p; d: i > o"), "no option to complete"),
    (
        "never fires",
        net("a: i > p q; b: p > r; d: q > s; c: p s i > o; j: r s > o"),
        "dead transition",
    ),
    ("leaves its end", net("a: i > o; b: o > p; c: p > o"), "no workflow net"),
    ("comes back to its source", net("a: i > p; b: p > i; c: p > o"), "no workflow net"),
    ("gone without an end", net("a: i > p; b: p > o; c: p >"), "stuck"),
    # Joined to one step, the second branch would seem to be over as soon as it begins.
    ("over before a branch that ends in nothing", net("f: i > a o; x: a >"), "improper completion"),
    ("an end beside a trap", net(FORK + "u: c > o; z: d > q", sinks="o o2"), "stuck"),
    (
        "one of the ends once more each round",
        net("f: i > a; g: a > a o2; x: a > o", sinks="o o2"),
        "improper completion",
    ),
    (
        "grows beside an end",
        net("f: i > a o2; g: a > a q; x: a q > o", sinks="o o2"),
        "unbounded",
    ),
    (
        "round for ever beside an end",
        net("f: i > a o2; x: a > b; y: b > a; z: i > o", sinks="o o2"),
        "no option to complete",
    ),
    (
        "never fires between two ends",
        net("x: i > a; y: i > b; u: a > o; v: b > o2; z: a b > o", sinks="o o2"),
        "dead transition",
    ),
    ("leaves one of its ends", net("a: i > o; b: o > o2", sinks="o o2"), "no workflow net"),
]


@pytest.mark.parametrize(
    ("data", "why"), [row[1:] for row in CORPUS], ids=[row[0] for row in CORPUS]
)
def test_corpus(data: dict[str, Any], why: str) -> None:
    verdict = soundness_of(data)
    assert (verdict.why, verdict.sound) == (why, not why)


def test_the_trace_is_the_shortest_and_ends_in_the_problem() -> None:
    data = net("long1: i > p; long2: p > q; long3: q > trap; short: i > hole; end: i > o")
    verdict = soundness_of(data)
    assert verdict.trace == ("short",)
    assert repr(verdict) == "<Verdict sound=False: stuck>"


def test_a_dead_transition_is_named_and_has_no_trace() -> None:
    verdict = soundness_of(net("a: i > p q; b: p > r; d: q > s; c: p s i > o; j: r s > o"))
    assert verdict.dead == ("c",)
    assert verdict.trace == ()


def test_past_the_budget_the_answer_is_undecided() -> None:
    assert soundness_of(ring(7)).sound is True
    verdict = soundness_of(ring(7), budget=50)
    assert (verdict.sound, verdict.why, verdict.trace) == (None, "undecided", ())


def test_a_thousand_parallel_branches_are_decided() -> None:
    rows = [[[0], [2 + 3 * k for k in range(1000)]], [[4 + 3 * k for k in range(1000)], [1]]]
    rows += [[[p], [p + 1]] for k in range(1000) for p in (2 + 3 * k, 3 + 3 * k)]
    data: dict[str, object] = {"n_places": 3002, "transitions": rows, "source": 0, "sink": 1}
    assert soundness_of(data).sound is True
    rows[-1] = [[3 + 3 * 999], [3 + 3 * 999]]
    assert soundness_of(data).sound is False


@pytest.mark.skipif(not SHARED.exists(), reason="the large corpus is not part of the repository")
@pytest.mark.parametrize("name", ["generated", "ibm_sap"])
def test_known_verdicts(name: str) -> None:
    with gzip.open(SHARED / f"{name}.jsonl.gz", "rt") as lines:
        nets = [json.loads(line) for line in lines]
    wrong = [entry["name"] for entry in nets if soundness_of(entry).sound is not entry["sound"]]
    assert wrong == []


def branches(count: int) -> dict[str, object]:
    """Return a fork into so many branches of two tasks each, ``a0 b0, a1 b1, …``, and their join."""
    transitions: dict[str, object] = {
        "fork": [["i"], [f"p{k}" for k in range(count)]],
        "join": [[f"r{k}" for k in range(count)], ["o"]],
    }
    for k in range(count):
        transitions[f"a{k}"] = [[f"p{k}"], [f"q{k}"]]
        transitions[f"b{k}"] = [[f"q{k}"], [f"r{k}"]]
    return {"transitions": transitions, "source": "i", "sink": "o"}
