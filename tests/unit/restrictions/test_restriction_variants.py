"""Every way to break a restriction, and what looks like one but is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of
from small import END, NOTICE, OWNERS, ROLES, called_definition, data, t

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition

CHOICE, FORK, JOIN = ({"kind": kind} for kind in ("choice", "fork", "join"))
CALL = {"kind": "call", "process": "sub"}
Part = dict[str, Any]


def findings(
    states: Part, transitions: Part, called: Definition | None = None, **rest: Any
) -> tuple[Finding, ...]:
    """Return why a definition is refused; nothing if it is not."""
    sub = called or called_definition()
    try:
        definition_of(data(states, transitions, **rest), called={"sub": sub})
    except DefinitionError as error:
        return error.findings
    return ()


def codes(states: Part, transitions: Part, **rest: Any) -> list[str]:
    return [finding.code for finding in findings(states, transitions, **rest)]


def element(states: Part, transitions: Part, **rest: Any) -> str:
    """Return the place of the only finding."""
    (finding,) = findings(states, transitions, **rest)
    return ".".join(finding.location.element)


# ---- owners and states

ONE = {"a": "c", "e": END}
ONE_WAY = {"g": t("a", "e")}


def test_s2_a_role_has_one_owner_or_is_the_clients() -> None:
    both = ROLES | {"cl": {"client": True, "owner": "c"}}
    assert element(ONE, ONE_WAY, roles=both) == "roles.cl.client"
    assert codes(ONE, ONE_WAY, roles=ROLES | {"r": {"owner": "x"}}) == []


def test_a_joint_owner_is_not_outside() -> None:
    owners = OWNERS | {"y": {"members": ["c", "s"], "external": True}}
    assert element(ONE, ONE_WAY, owners=owners) == "owners.y.external"


@pytest.mark.parametrize("kind", ["choice", "fork", "join", "call", "end"])
def test_n4_a_case_starts_in_a_waiting_state(kind: str) -> None:
    state = {"kind": kind} | ({"process": "sub"} if kind == "call" else {})
    assert "start-kind" in codes({"a": state, "e": END}, {})


def test_s1_a_joint_fallback_is_held_by_the_responsible() -> None:
    states = {"a": "c", "b": "j", "q": "k", "e": END}
    assert codes(states, ONE_WAY, fallback="b") == []
    assert codes(states, ONE_WAY, fallback="q") == ["fallback-owner"]


def test_a_service_belongs_to_every_phase_or_a_state_to_none() -> None:
    rest = {"phases": {"p1": {}, "p2": {}}, "services": {"v": {"owner": "c", "phases": ["p1"]}}}
    assert codes({"a": {"owner": "c", "services": ["v"]}, "e": END}, ONE_WAY, **rest) == []
    states = {"a": {"owner": "c", "services": ["v"], "phase": "p2"}, "e": END}
    assert codes(states, ONE_WAY, **rest) == ["service-phase"]
    rest["services"] = {"v": {"owner": "c"}}
    assert codes(states, ONE_WAY, **rest) == []


# ---- choices, forks, joins

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


# ---- people, time, interrupts


def test_t2_time_alone_leaves_a_waiting_state() -> None:
    assert codes(ONE, {"g": t("a", "e", None, after="day")}) == []
    assert element(ONE, {"g": t("a", "e", None)}) == "transitions.g"


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


# ---- cycles

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


# ---- calls

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
    alike = [{"enum", "turned"}]
    states = CALLING | {"k1": CALL | {key: ["k"]}}
    for here, ours in kinds.items():
        for there, theirs in kinds.items():
            sub = called_definition(facts={"k": theirs})
            found = codes(states, CALL_WAYS, called=sub, facts={"k": ours})
            same = here == there or {here, there} in alike
            assert found == ([] if same else ["call-facts"]), (here, there)
        informed = called_definition(info={"k": {}})
        assert codes(states, CALL_WAYS, called=informed, facts={"k": ours}) == ["call-facts"]


# ---- hand-offs

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


# ---- where a declined client goes


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


def test_texts_name_elements_by_title_and_id() -> None:
    states = {"a": {"owner": "c"}, "e": END | {"title": {"fi": "Valmis", "en": "Done"}}}
    (finding,) = findings(states, ONE_WAY | {"again": t("e", "a")})
    assert "lopusta ”Valmis” (e)" in finding.text("fi")
    assert "the end “Done” (e)" in finding.text("en")
