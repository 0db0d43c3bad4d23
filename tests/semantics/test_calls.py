"""Calls: SEMANTICS §6."""

from __future__ import annotations

from ohjausprosessi.formats import definition_of
from small import (
    DAY,
    END,
    T0,
    at,
    called_definition,
    calling,
    data,
    go,
    load_error,
    names,
    process,
    refusal,
    round_trip,
    start,
    t,
)

KM = {"k": {"type": "int"}, "m": {"type": "int"}}


def test_c3_the_border_of_a_call_is_never_a_hidden_handoff() -> None:
    sub = called_definition(
        {"w": t("n", "m", "rs"), "y": t("m", "ok", "rs"), "q": t("m", "ko", "rs")},
        {
            "n": "s",
            "m": "s",
            "ok": {"kind": "end", "outcome": "good", "owner": "s"},
            "ko": {"kind": "end", "outcome": "bad", "owner": "s"},
        },
    )
    load_error(
        "call-holder",
        {"a": "c", "k1": {"kind": "call", "process": "sub"}, "e": END},
        {"g": t("a", "k1"), "o1": t("k1", "e", outcome=["good", "bad"])},
        called={"sub": sub},
    )
    load_error(
        "call-outcomes",
        {"a": "c", "k1": {"kind": "call", "process": "sub"}, "e": END},
        {"g": t("a", "k1"), "o1": t("k1", "e", outcome="good")},
        called={"sub": called_definition()},
    )


def test_c2_an_automatic_exit_waits_for_what_its_guard_asks() -> None:
    p = calling(
        {
            "o1": t("k1", "z", None, outcome="good", if_="k == 1"),
            "o1b": t("k1", "y1", None, outcome="good"),
            "fin": t(["z", "y1"], "e"),
        },
        {"y1": "c"},
        facts=KM,
    )
    case = go(start(p), "g", "w", "y")
    assert at(case) == {"k1.good"}
    assert at(case.learn({"k": 1}, by="rc")) == {"z"}
    assert at(case.learn({"k": 2}, by="rc")) == {"y1"}


def test_c5_facts_go_to_every_open_process_that_declares_them() -> None:
    sub = called_definition({"w": t("n", "m", set={"m": None, "k": 9})}, facts=KM)
    p = process(
        {
            "a": "c",
            "k1": {"kind": "call", "process": "sub", "with": ["k"], "take": ["k", "m"]},
            "z": "c",
            "e": END,
        },
        {
            "g": t("a", "k1"),
            "o1": t("k1", "z", outcome="good"),
            "o2": t("k1", "z", None, outcome="bad"),
            "fin": t("z", "e"),
        },
        called={"sub": sub},
        facts=KM,
    )
    case = start(p, facts={"k": 1, "m": 2}).advance("g", by="rc")
    assert case.facts_in("k1") == {"k": 1}
    case = case.learn({"m": 3}, by="rc")
    assert (case.facts["m"], case.facts_in("k1")["m"]) == (3, 3)
    case = go(case, "w")
    assert case.facts == {"k": 1, "m": 3}
    done = go(case, "y")
    assert done.facts == {"k": 9}
    assert at(done) == {"k1.good"}
    assert at(go(case, "q")) == {"z"}
    assert names(go(case, "q"))[-3:] == ["k1/q", "k1.return", "o2"]


def test_c4_a_plain_name_is_the_roots_or_the_only_running_calls() -> None:
    case = go(start(calling({"w": t("z", "fb")})), "g")
    refusal("not_here", case.advance, "w", by="rc")
    assert at(go(case, "k1/w")) == {"k1", "k1/m"}
    assert "k1/w" in {option.transition for option in case.options(by="rc")}
    refusal("not_here", start(calling()).advance, "y", by="rc")
    refusal("transition", start(calling()).advance, "zz/y", by="rc")


def test_t5_deadlines_inside_a_call_belong_to_its_scope() -> None:
    sub = called_definition(
        {"w": t("n", "m", None, after="day"), "q": t(["n", "m"], "ko")},
        {"n": {"deadline": "day"}},
    )
    case = start(calling(sub=sub), at=T0).advance("g", by="rc", at=T0)
    assert [due.what for due in case.due(T0 + DAY)] == ["k1/n.remind", "k1/w"]
    ticked = case.tick(T0 + DAY)
    assert at(ticked) == {"k1", "k1/m"}
    assert names(ticked)[-2:] == ["k1/n.remind", "k1/w"]
    left = case.advance("q", by="rc", at=T0)
    assert at(left) == {"k1.bad"}
    assert not left.due(T0 + 9 * DAY)


def test_s4_the_outcome_of_a_call_is_recorded() -> None:
    case = go(start(calling()), "g", "w", "y")
    returned = case.history[-1]
    assert (returned.transition, returned.outcome) == ("k1.return", "good")
    assert case.outcome is None


def test_c4_a_name_of_two_running_calls_is_given_exactly() -> None:
    inner = called_definition(duties={"visit": {"by": "c"}}, facts=KM)
    states = {"n": "c", "d": {"kind": "call", "process": "sub"}, "ok": END}
    ways = {"w": t("n", "d"), "out": t("d", "ok", outcome=["good", "bad"])}
    outer = definition_of(
        data(states, ways, id="outer", start="n", facts=KM), called={"sub": inner}
    )
    p = process(
        {
            "a": "c",
            "f": {"kind": "fork"},
            "k1": {"kind": "call", "process": "outer"},
            "k2": {"kind": "call", "process": "sub"},
            "z": "c",
            "e": END,
        },
        {
            "go": t("a", "f"),
            "f1": t("f", "k1", None),
            "f2": t("f", "k2", None),
            "o1": t("k1", "z", outcome="done"),
            "o2": t("k2", "e", outcome=["good", "bad"]),
            "fin": t("z", "e"),
        },
        called={"outer": outer, "sub": inner},
    )
    case = go(start(p), "go")
    assert refusal("ambiguous", case.advance, "w", by="rc").reasons[0].candidates == (
        "k1/w",
        "k2/w",
    )
    assert at(go(case, "visit")) == at(case)  # k2 alone runs a process with this duty
    case = go(case, "k1/w")
    assert case.active == ("k1", "k2", "k1/d", "k2/n", "k1/d/n")
    assert refusal("ambiguous", case.advance, "visit", by="rc").reasons[0].candidates == (
        "k2/visit",
        "k1/d/visit",
    )
    refusal("transition", case.advance, "d/w", by="rc")
    refusal("transition", case.advance, "k2/d/w", by="rc")
    refusal("not_here", case.advance, "k2/y", by="rc")
    refusal("not_here", case.advance, "k1/w", by="rc")
    case = case.learn({"k": 4}, by="rc")
    assert [case.facts_in(call) for call in ("", "k1", "k2", "k1/d")] == [{}, *[{"k": 4}] * 3]
    round_trip(p, case)
    case = go(case, "k1/d/w", "k2/w", "k1/d/y", "k1/out")
    assert case.active == ("k1.done", "k2", "k2/m")
    round_trip(p, case)
    assert go(case, "y", "o2").history[-1].cancelled == ("k1.done",)


def test_c5_a_fact_of_a_call_alone_is_unknown_while_it_does_not_run() -> None:
    p = calling(sub=called_definition(facts=KM))
    case = start(p)
    assert refusal("facts", case.learn, {"k": 1}, by="rc").reasons[0].why == "name"
    refusal("facts", case.advance, "g", by="rc", facts={"k": 1})
    case = go(case, "g").learn({"k": 1}, by="rc")
    assert (case.facts, case.facts_in("k1")) == ({}, {"k": 1})
    refusal("facts", go(case, "w", "y").learn, {"k": 1}, by="rc")
