"""Rules on bare nets."""

from __future__ import annotations

from typing import Any

import pytest

from ohjausprosessi.rules import ltlf
from ohjausprosessi.rules.templates import FORMULAS
from ohjausprosessi.verify import rule_on_net


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


def test_a_rule_is_walked_with_as_many_tokens_as_there_are() -> None:
    # Broken only where all eight tokens are there before the first is counted.
    named = {"when": frozenset({"n0"}), "then": frozenset(f"x{k}" for k in range(8))}
    assert rule_on_net(counting(8), FORMULAS["response"], named).holds is False


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


@pytest.mark.parametrize(
    ("template", "when", "then", "holds"),
    [
        ("response", "a0", "b0", True),
        ("response", "a0", "b999", False),
        ("not_coexistence", "a0", "b999", False),
        ("responded_existence", "a0", "b999", True),
        # Whose automata have several states that accept the same:
        ("alternate_precedence", "a0", "b0", True),
        ("alternate_precedence", "b0", "b999", False),
        ("chain_precedence", "a0", "b0", True),
        ("chain_precedence", "b0", "b999", False),
    ],
)
def test_a_rule_on_a_thousand_branches(template: str, when: str, then: str, holds: bool) -> None:  # noqa: FBT001
    before, after = frozenset({when}), frozenset({then})
    named = {"when": before, "first": before, "then": after, "kind": after}
    verdict = rule_on_net(branches(1000), FORMULAS[template], named)
    assert verdict.holds is holds
    assert bool(verdict.trace) is not holds


def test_a_rule_beyond_the_budget_is_undecided() -> None:
    # Here other transitions matter, so the net stays as large as it is.
    third = ltlf.after(ltlf.after(ltlf.TRUE))
    assert rule_on_net(branches(2), third, {}).holds is True
    assert rule_on_net(branches(12), third, {}, budget=100) == (None, ())
