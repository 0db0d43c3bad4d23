"""Calls: outcomes, holders, roles, facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from load_errors import codes, element
from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of
from small import END, NOTICE, OWNERS, ROLES, called_definition, data, t

CALL = {"kind": "call", "process": "sub"}
Part = dict[str, Any]
CALLING = {"a": "c", "k1": CALL, "e": END}
CALL_WAYS = {
    "g": t("a", "k1"),
    "o1": t("k1", "e", None, outcome="good"),
    "o2": t("k1", "a", None, outcome="bad"),
}


def test_c2_every_outcome_of_a_call_has_an_exit_and_every_exit_an_outcome() -> None:
    assert codes(CALLING, CALL_WAYS) == []
    assert codes(CALLING, CALL_WAYS | {"o2": t("k1", "a", None)}) == ["call-outcomes"] * 2
    stray = {"g": t("a", "k1", outcome="good")}
    assert element(CALLING, CALL_WAYS | stray) == "transitions.g.outcome"
    leaving = {"stop": t("any_open", "e", outcome="good")}
    assert element(CALLING, CALL_WAYS | leaving) == "transitions.stop.outcome"
    mixed = {"o2": t(["k1", "a"], "e", outcome="bad")}
    assert codes(CALLING, CALL_WAYS | mixed) == ["call-outcomes"]


def test_c2_an_exit_of_two_calls_is_for_an_outcome_of_each() -> None:
    fine = called_definition(states={"ok": {"kind": "end", "outcome": "fine"}})
    other = replace(fine, id="sub2")
    states = CALLING | {"k2": {"kind": "call", "process": "sub2"}}
    ways = {
        "g": t("a", "k1"),
        "h": t("a", "k2"),
        "o1": t("k1", "e", None, outcome="good"),
        "o2": t(["k1", "k2"], "a", None, outcome="bad"),
        "o3": t("k2", "a", None, outcome="fine"),
    }

    def found() -> list[str]:
        called = {"sub": called_definition(), "sub2": other}
        try:
            definition_of(data(states, ways), called=called)
        except DefinitionError as error:
            return [finding.code for finding in error.findings]
        return []

    assert found() == []
    ways["o1"]["from"] = ["k1", "k2"]
    assert found() == ["call-outcomes"]


def test_c2_the_exits_of_one_outcome_are_all_done_by_people_or_none() -> None:
    more = {"o3": t("k1", "e", outcome="bad")}
    assert codes(CALLING, CALL_WAYS | more) == ["call-exits"]
    people = {"o2": t("k1", "a", outcome="bad")}
    assert codes(CALLING, CALL_WAYS | more | people) == []
    itself = {"o3": t("k1", "e", None, outcome="bad")}
    assert codes(CALLING, CALL_WAYS | itself) == ["choice-else"]


def test_c3_a_call_is_held_by_who_holds_its_start_and_ends() -> None:
    assert codes(CALLING | {"k1": CALL | {"owner": "j"}}, CALL_WAYS) == []
    ways = CALL_WAYS | {
        "g": t("a", "k1", handoff={"else": "a"}),
        "o1": t("k1", "e", None, outcome="good", handoff=NOTICE),
        "o2": t("k1", "a", None, outcome="bad", handoff=NOTICE),
    }
    found = codes(CALLING | {"k1": CALL | {"owner": "s"}}, ways)
    assert found == ["call-holder"] * 3


def test_c3_roles_and_owners_mean_the_same_in_both() -> None:
    def against(**rest: Any) -> list[str]:
        return codes(CALLING, CALL_WAYS, called=called_definition(**rest))

    assert against(owners=OWNERS | {"k": {"members": ["te", "c"]}}) == []
    assert against(owners=OWNERS | {"k": {}}) == ["call-clash"]
    assert against(owners=OWNERS | {"x": {}}) == ["call-clash"]
    assert against(roles=ROLES | {"rs": {"owner": "te"}}) == ["call-clash"]
    assert against(roles=ROLES | {"cl": {"owner": "c"}}) == ["call-clash"]


@pytest.mark.parametrize("key", ["with", "take"])
def test_c1_what_is_copied_has_one_type(key: str) -> None:
    kinds: Part = {
        "bool": {"type": "bool"},
        "range": {"type": "int", "min": 1, "max": 5},
        "wider": {"type": "int", "min": 1},
        "enum": {"type": "enum", "values": ["u", "v"]},
        "turned": {"type": "enum", "values": ["v", "u"], "default": "v"},
        "more": {"type": "enum", "values": ["u", "v", "w"]},
    }
    close_matches = [{"enum", "turned"}]
    states = CALLING | {"k1": CALL | {key: ["k"]}}
    for here, ours in kinds.items():
        for there, theirs in kinds.items():
            sub = called_definition(facts={"k": theirs})
            found = codes(states, CALL_WAYS, called=sub, facts={"k": ours})
            same = here == there or {here, there} in close_matches
            assert found == ([] if same else ["call-facts"]), (here, there)
        informed = called_definition(info={"k": {}})
        assert codes(states, CALL_WAYS, called=informed, facts={"k": ours}) == ["call-facts"]
