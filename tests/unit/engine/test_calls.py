"""Calls: SEMANTICS §6."""

from __future__ import annotations

from small import (
    DAY,
    END,
    T0,
    at,
    called_definition,
    calling,
    go,
    load_error,
    names,
    process,
    refusal,
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
    assert "k1/w" in {option.transition for option in case.options("rc")}
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
