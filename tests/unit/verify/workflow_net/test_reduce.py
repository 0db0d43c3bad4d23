"""Nets made smaller keep their verdict."""

from __future__ import annotations

from typing import Any

import pytest

from ohjausprosessi.verify.workflow_net.explore import explore
from ohjausprosessi.verify.workflow_net.reduce import reduce
from ohjausprosessi.verify.workflow_net.workflow_net import workflow_net


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


@pytest.mark.parametrize("eliminating", [False, True])
@pytest.mark.parametrize(
    ("data", "why"),
    [row[1:] for row in CORPUS if row[2] != "no workflow net"],
    ids=[row[0] for row in CORPUS if row[2] != "no workflow net"],
)
def test_corpus_made_smaller(data: dict[str, Any], why: str, eliminating: bool) -> None:  # noqa: FBT001
    found = explore(reduce(workflow_net(data), eliminating=eliminating), 10_000)
    assert (found.problem is None) is (not why)
    assert found.complete


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
