"""Cycles in which nobody waits."""

from __future__ import annotations

from load_errors import codes, element, findings
from small import END, NOTICE, t

CHOICE, FORK, JOIN = ({"kind": kind} for kind in ("choice", "fork", "join"))
CALL = {"kind": "call", "process": "sub"}
FACTS = {"k": {"type": "bool"}}
CYCLE = {"a": "c", "w1": CHOICE, "y": {"kind": "choice", "owner": "s"}, "e": END}


def test_e2_a_cycle_needs_somebody_who_waits() -> None:
    ways = {
        "g": t("a", "w1"),
        "p": t("w1", "y", None, handoff={"else": "a"}),
        "q": t("y", "w1", None, handoff=NOTICE),
        "r": t("y", "e", None, if_="k", handoff=NOTICE),
    }
    assert codes(CYCLE, ways, facts=FACTS) == []  # p is answered
    states = CYCLE | {"y": CHOICE}
    for way in ("p", "q", "r"):
        ways[way].pop("handoff")
    assert codes(states, ways, facts=FACTS) == ["automatic-cycle"]
    ways["p"]["to"] = "w1"
    assert element(states, ways, facts=FACTS) == "transitions.p"


def test_e2_a_call_whose_result_nobody_records_does_not_break_a_cycle() -> None:
    states = {"a": "c", "k1": CALL, "w1": CHOICE, "e": END}
    ways = {
        "g": t("a", "k1"),
        "o": t("k1", "w1", None, outcome=["good", "bad"]),
        "again": t("w1", "k1", None, if_="k"),
        "out": t("w1", "e", None),
    }
    assert codes(states, ways, facts=FACTS) == ["automatic-cycle"]
    ways["o"]["by"] = "rc"
    assert codes(states, ways, facts=FACTS) == []


def test_two_cycles_are_two_findings_in_the_order_of_the_file() -> None:
    states = {"a": "c", "w1": CHOICE, "y": CHOICE, "e": END}
    ways = {"g": t("a", "w1"), "p": t("y", "y", None), "q": t("w1", "w1", None)}
    found = findings(states, ways)
    assert [finding.location.element[1] for finding in found] == ["p", "q"]
