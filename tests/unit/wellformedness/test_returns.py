"""Where a declined client goes."""

from __future__ import annotations

from typing import Any

from load_errors import codes
from small import END, NOTICE, t

CHOICE, FORK, JOIN = ({"kind": kind} for kind in ("choice", "fork", "join"))
Part = dict[str, Any]
ONE = {"a": "c", "e": END}
ONE_WAY = {"g": t("a", "e")}
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


GIVEN = {"a": "c", "b": "s", "e": END}
HOME = {"n": t("b", "e", "rs", handoff=NOTICE)}


def given(handoff: Part | None, states: Part | None = None, **rest: Any) -> list[str]:
    """Return the codes of a process that hands the client from c to s."""
    way: Part = {} if handoff is None else {"handoff": handoff}
    rest = {key: value for key, value in ({"fallback": "a"} | rest).items() if value is not None}
    return codes(GIVEN | (states or {}), {"h": t("a", "b", **way)} | HOME, **rest)


def test_h6_a_return_leads_to_the_giver_or_the_responsible() -> None:
    states = {"o": "te", "v": "c", "w": "j"}
    assert given({"else": "v"}, states, fallback=None) == []
    assert given({"else": "w"}, states) == []
    assert given({"else": "b"}, states) == ["return-owner"]
    assert given({"else": "o"}, states) == ["return-owner"]
    assert given({"else": "back"}, states, fallback=None) == []
    assert given({}, states, fallback=None) == ["handoff-return"]


def test_h6_a_return_enters_a_state_a_choice_a_fork_or_a_call() -> None:
    assert given({"else": "e"}) == ["return-kind"]
    assert given({"else": "v"}, {"v": CHOICE}) == []
    states = BRANCHES | {"b": "s"}
    ways = BRANCH_WAYS | HOME | {"h": t("a", "b", handoff={"else": "jn"})}
    assert codes(states, ways) == ["return-kind"]
    ways["h"] = t("a", "b", handoff={"else": "f"})
    assert codes(states, ways) == []


def test_h6_back_leads_to_a_waiting_state() -> None:
    states = {"a": "c", "w1": CHOICE, "b": "s", "e": END}
    ways = {"g": t("a", "w1"), "h": t("w1", "b", None, handoff={"else": "back"})} | HOME
    assert codes(states, ways, fallback="a") == ["return-kind"]


MOVE = {"to": "x", "else": "back"}


def test_h6_back_of_an_interrupt_needs_the_fallback_only_where_nobody_may_wait() -> None:
    stop = {"stop": t("any_open", "e", handoff=MOVE)}
    assert codes(ONE, ONE_WAY | stop) == []
    chosen = {"a": "c", "w1": CHOICE, "e": END}
    ways = {"g": t("a", "w1"), "p": t("w1", "e", None)} | stop
    assert codes(chosen, ways) == ["handoff-return"]
    assert codes(chosen, ways, fallback="a") == []
    ways["stop"] = t("w1", "e", interrupt=True, handoff=MOVE)
    assert codes(chosen, ways) == ["handoff-return"]
    ways["stop"] = t("a", "e", interrupt=True, handoff=MOVE)
    assert codes(chosen, ways) == []
    handed = {"h": t("a", "b", handoff={"else": "a"})} | HOME
    assert codes(GIVEN, handed | stop) == ["handoff-return"]


def test_h6_an_interrupt_does_not_go_back_where_there_are_branches() -> None:
    for source in ("any_open", ["b1", "b2"]):
        stop = t(source, "e", interrupt=True, handoff=MOVE)
        assert branched(ways={"stop": stop}) == ["return-kind"]
        stop = t(source, "e", interrupt=True, handoff={"to": "x"})
        assert branched(ways={"stop": stop}) == []
