"""States: where a case starts, services and phases."""

from __future__ import annotations

import pytest

from load_errors import codes, element
from small import END, t

ONE = {"a": "c", "e": END}
ONE_WAY = {"g": t("a", "e")}


@pytest.mark.parametrize("kind", ["choice", "fork", "join", "call", "end"])
def test_n4_a_case_starts_in_a_waiting_state(kind: str) -> None:
    state = {"kind": kind} | ({"process": "sub"} if kind == "call" else {})
    assert "start-kind" in codes({"a": state, "e": END}, {})


def test_a_service_belongs_to_every_phase_or_a_state_to_none() -> None:
    rest = {"phases": {"p1": {}, "p2": {}}, "services": {"v": {"owner": "c", "phases": ["p1"]}}}
    assert codes({"a": {"owner": "c", "services": ["v"]}, "e": END}, ONE_WAY, **rest) == []
    states = {"a": {"owner": "c", "services": ["v"], "phase": "p2"}, "e": END}
    assert codes(states, ONE_WAY, **rest) == ["service-phase"]
    rest["services"] = {"v": {"owner": "c"}}
    assert codes(states, ONE_WAY, **rest) == []


def test_t2_time_alone_leaves_a_waiting_state() -> None:
    assert codes(ONE, {"g": t("a", "e", None, after="day")}) == []
    assert element(ONE, {"g": t("a", "e", None)}) == "transitions.g"
