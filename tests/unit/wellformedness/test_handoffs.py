"""Hand-offs: which arrows are, and who answers."""

from __future__ import annotations

from typing import Any

import pytest

from load_errors import codes, element
from small import END, NOTICE, ROLES, t

Part = dict[str, Any]
ONE = {"a": "c", "e": END}
GIVEN = {"a": "c", "b": "s", "e": END}
HOME = {"n": t("b", "e", "rs", handoff=NOTICE)}


def given(handoff: Part | None, states: Part | None = None, **rest: Any) -> list[str]:
    """Return the codes of a process that hands the client from c to s."""
    way: Part = {} if handoff is None else {"handoff": handoff}
    rest = {key: value for key, value in ({"fallback": "a"} | rest).items() if value is not None}
    return codes(GIVEN | (states or {}), {"h": t("a", "b", **way)} | HOME, **rest)


def test_h1_each_arrow_for_itself() -> None:
    states = GIVEN | {"b2": "s"}
    ways = HOME | {"m": t("b", "b2", "rs"), "h": t(["a", "b2"], "b", handoff={})}
    assert codes(states, ways, fallback="a") == []
    assert codes(states, ways | {"h": t(["a", "b2"], "b")}, fallback="a") == ["handoff-missing"]
    needless = ways | {"h": t("a", "b", handoff={}), "m": t("b", "b2", "rs", handoff={})}
    assert codes(states, needless, fallback="a") == ["handoff-needless"]


def test_h1_joint_and_the_responsible_are_no_handoff_joint_and_another_member_is() -> None:
    states = {"a": "c", "b": "j", "d": "s", "e": END}
    ways = {
        "g": t("a", "b"),
        "h": t("b", "d", handoff={}),
        "r": t("d", "b", "rs", handoff={}),
        "n": t("b", "e"),
    }
    assert codes(states, ways, fallback="a") == []
    ways["g"] = t("a", "b", handoff={})
    assert codes(states, ways, fallback="a") == ["handoff-needless"]


def test_h1_an_interrupt_is_given_by_the_responsible() -> None:
    stop = {"stop": t("b", "e", "rs", interrupt=True)}
    ways = {"h": t("a", "b", handoff={})} | HOME
    assert codes(GIVEN, ways | stop, fallback="a") == []
    stop["stop"]["handoff"] = NOTICE
    assert codes(GIVEN, ways | stop, fallback="a") == ["handoff-needless"]


def test_h4_who_may_answer() -> None:
    assert given({"accept_by": "s"}) == []
    assert given({"accept_by": ["rs", "rc"]}) == ["handoff-receiver"]
    assert given({"accept_by": "cl"}) == ["handoff-receiver"]
    assert given({"accept_by": "j"}) == ["handoff-receiver"]
    roles = {role: value for role, value in ROLES.items() if role != "rt"}
    assert given({"accept_by": "te"}, roles=roles) == ["handoff-nobody"]
    assert given({"accept_by": "rt"}, {"b": "k"}) == []  # another member of the joint target


def test_h4_an_outsiders_answer_may_be_recorded_by_the_responsible() -> None:
    states = {"a": "s", "b": "s", "f": "c", "e": END}

    def moved(**handoff: Any) -> list[str]:
        ways = {"h": t("a", "b", "rs", handoff={"to": "x"} | handoff)} | HOME
        return codes(states, ways, fallback="f")

    assert moved() == []
    assert moved(accept_by="rc") == []
    assert moved(accept_by="rs") == ["handoff-receiver"]
    assert moved(to="te") == ["handoff-to"]


def test_h4_without_the_responsible_nobody_answers_for_an_outsider() -> None:
    roles = {role: value for role, value in ROLES.items() if role != "rc"}
    ways = {"h": t("a", "e", "cl", handoff={"to": "x", "else": "a"})}
    assert codes(ONE, ways, roles=roles) == ["handoff-nobody"]


@pytest.mark.parametrize("key", ["accept_by", "within", "else"])
def test_h2_without_an_answer_nothing_is_planned_for_one(key: str) -> None:
    value = {"accept_by": "rc", "within": "day", "else": "a"}[key]
    ways = {
        "h": t("a", "b", handoff={}),
        "n": t("b", "e", "rs", handoff={"ack": False, key: value}),
    }
    assert element(GIVEN, ways, fallback="a") == f"transitions.n.handoff.{key}"


def test_h2_only_the_responsible_receives_without_answering() -> None:
    assert given({"ack": False}) == ["handoff-ack"]
    assert given({"ack": False, "to": "x"}) == ["handoff-ack"]
