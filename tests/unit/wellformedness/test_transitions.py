"""Interrupts, and who may take a transition."""

from __future__ import annotations

from typing import Any

from load_errors import codes, element
from small import END, t

CHOICE, FORK, JOIN = ({"kind": kind} for kind in ("choice", "fork", "join"))
CALL = {"kind": "call", "process": "sub"}
Part = dict[str, Any]
ONE = {"a": "c", "e": END}
ONE_WAY = {"g": t("a", "e")}
BRANCHES = {"a": "c", "f": FORK, "b1": "c", "b2": "c", "jn": JOIN, "e": END}
BRANCH_WAYS: Part = {
    "g": t("a", "f"),
    "f1": t("f", "b1", None),
    "f2": t("f", "b2", None),
    "d1": t("b1", "jn"),
    "d2": t("b2", "jn"),
    "out": t("jn", "e", None),
}


def test_x1_interrupts_leave_waiting_states_and_choices() -> None:
    states = BRANCHES | {"k1": CALL, "w1": CHOICE}
    ways = BRANCH_WAYS | {
        "o": t("k1", "w1", None, outcome=["good", "bad"]),
        "p": t("w1", "a", None),
    }
    for source, found in {
        "b1": [],
        "w1": [],
        "f": ["interrupt-source"],
        "jn": ["interrupt-source"],
        "k1": ["interrupt-source"],
        "e": ["interrupt-source"],
    }.items():
        stop = t(["a", source], "e", interrupt=True)
        assert codes(states, ways | {"stop": stop}) == found, source


def test_x1_only_people_interrupt() -> None:
    assert element(ONE, ONE_WAY | {"stop": t("any_open", "e", None)}) == "transitions.stop"
    timed = t("any_open", "e", after="day")
    assert element(ONE, ONE_WAY | {"stop": timed}) == "transitions.stop.after"
