"""Choices, forks and joins."""

from __future__ import annotations

from typing import Any

import pytest

from load_errors import codes, element
from small import END, NOTICE, t

CHOICE, FORK, JOIN = ({"kind": kind} for kind in ("choice", "fork", "join"))
Part = dict[str, Any]
FACTS = {"k": {"type": "bool"}}
BRANCHES = {"a": "c", "f": FORK, "b1": "c", "b2": "c", "jn": JOIN, "e": END}
BRANCH_WAYS: Part = {
    "g": t("a", "f"),
    "f1": t("f", "b1", None),
    "f2": t("f", "b2", None),
    "d1": t("b1", "jn"),
    "d2": t("b2", "jn"),
    "out": t("jn", "e", None),
}


def branched(states: Part | None = None, ways: Part | None = None, **rest: Any) -> list[str]:
    """Return the codes of a process with two branches and something changed; None removes."""
    changed = {k: v for k, v in (BRANCH_WAYS | (ways or {})).items() if v is not None}
    return codes(BRANCHES | (states or {}), changed, facts=FACTS, fallback="a", **rest)


def test_e3_a_fork_and_a_join_as_they_should_be() -> None:
    assert branched() == []
    assert branched(ways={"out": t("jn", "e", None, set={"k": True})}) == []


@pytest.mark.parametrize(
    "ways",
    [
        {"f2": None},
        {"f2": t("f", "b1", None)},
        {"f2": t("f", "e", None)},
        {"f2": t("f", "b2", None, if_="k")},
        {"f2": t("f", "b2", None, set={"k": True})},
    ],
    ids=["one", "twice", "end", "if", "set"],
)
def test_e3_a_fork_starts_two_branches_at_once(ways: Part) -> None:
    assert branched(ways=ways) == ["fork-exits"]


def test_e3_what_a_receiver_needs_is_asked_before_the_fork() -> None:
    states = {"b2": "s", "jn": JOIN}
    home = {"d2": t("b2", "jn", "rs", handoff=NOTICE)}
    assert branched(states, home | {"f2": t("f", "b2", None, handoff={})}) == []
    informed = t("f", "b2", None, handoff={"info": "k"})
    assert branched(states, home | {"f2": informed}) == ["fork-exits"]


@pytest.mark.parametrize(
    "ways",
    [
        {"d2": t("b2", "e")},
        {"out": None},
        {"out2": t("jn", "a", None)},
        {"out": t("jn", "e", None, if_="k")},
    ],
    ids=["one-in", "none-out", "two-out", "if"],
)
def test_e3_a_join_brings_branches_together(ways: Part) -> None:
    assert branched(ways=ways) == ["join-exits"]


def test_e3_a_join_does_not_wait_for_information() -> None:
    out = t("jn", "z", None, handoff={"info": "k"})
    states = {"z": "s"}
    assert branched(states, {"out": out, "n": t("z", "e", "rs", handoff=NOTICE)}) == ["join-exits"]


def test_a_list_with_one_fork_or_join_is_no_list() -> None:
    assert branched(ways={"f1": t(["f"], "b1", None)}) == []
    assert branched(ways={"out": t(["jn", "a"], "e", None)}) == ["gateway-list", "nobody"]


def test_e4_a_choice_has_one_exit_without_a_condition() -> None:
    states = {"a": "c", "w1": CHOICE, "e": END}
    ways = {"g": t("a", "w1"), "p": t("w1", "e", None), "q": t("w1", "a", None, if_="k")}
    assert codes(states, ways, facts=FACTS) == []
    assert element(states, ways | {"q": t("w1", "a", None)}, facts=FACTS) == "transitions.q"


@pytest.mark.parametrize("key", ["by", "after"])
def test_e2_an_automatic_exit_waits_for_nobody(key: str) -> None:
    states = {"a": "c", "w1": CHOICE, "e": END}
    value = {"by": "rc", "after": "day"}[key]
    ways = {"g": t("a", "w1"), "p": t("w1", "e", None) | {key: value}}
    assert element(states, ways) == f"transitions.p.{key}"
    assert codes(states, {"g": t("a", "w1"), "p": t(["w1", "a"], "e")}) == ["automatic-by"]
    assert codes(states, {"g": t("a", "w1"), "p": t(["w1", "a"], "e", None)}) == ["nobody"]
