"""Branches, automatic moves and interrupts: SEMANTICS §3, §4."""

from __future__ import annotations

from small import (
    END,
    NOTICE,
    at,
    branched,
    called_definition,
    calling,
    forked,
    go,
    handed,
    load_error,
    names,
    process,
    refusal,
    round_trip,
    start,
    t,
)

KM = {"k": {"type": "int"}, "m": {"type": "int"}}
CHOICE = {"a": "c", "x1": {"kind": "choice"}, "p1": "c", "q1": "c", "e": END}
CHOICE_WAYS = {
    "g": t("a", "x1"),
    "c1": t("x1", "p1", None, if_="k == 1"),
    "c2": t("x1", "q1", None, if_="m == 1"),
    "c3": t("x1", "e", None),
    "w": t(["p1", "q1"], "e"),
}


def choice():
    return process(CHOICE, CHOICE_WAYS, facts=KM)


def test_e3_a_join_waits_for_one_arrival_per_way_in() -> None:
    p = forked(
        {"b1": "s"}, {"f1": t("f", "b1", None, handoff={}), "d1": t("b1", "join", "rs", handoff={})}
    )
    case = go(start(p), "go", ("f1.accept", "rs"), ("d1", "rs"), "d2")
    assert at(case) == {"d1.offered", "d2.arrived"}
    assert at(go(case, "d1.accept")) == {"z"}


def test_e3_two_ways_of_one_branch_into_a_join_wait_for_each_other() -> None:
    p = forked(transitions={"d1b": t("b1", "join")})
    assert at(go(start(p), "go", "d1", "d2")) == {"d1.arrived", "d2.arrived"}
    merged = forked(
        {"mg": {"kind": "choice"}},
        {"d1": t("b1", "mg"), "d1b": t("b1", "mg"), "mgo": t("mg", "join", None)},
    )
    assert at(go(start(merged), "go", "d1b", "d2")) == {"z"}


def test_e3_forks_may_be_nested() -> None:
    p = forked(
        {"f3": {"kind": "fork"}, "x1": "c", "x2": "c", "j3": {"kind": "join"}},
        {
            "f1": t("f", "f3", None),
            "g1": t("f3", "x1", None),
            "g2": t("f3", "x2", None),
            "h1": t("x1", "j3"),
            "h2": t("x2", "j3"),
            "o3": t("j3", "b1", None),
        },
    )
    case = go(start(p), "go")
    assert at(case) == {"x1", "x2", "b2"}
    assert at(go(case, "h1", "d2", "h2", "d1")) == {"z"}


def test_e4_a_choice_takes_the_first_true_exit_and_rests_while_it_is_open() -> None:
    case = go(start(choice()), "g")
    assert at(case) == {"x1"}
    assert case.explain("c1").asks == ("k", "m")
    assert at(case.learn({"m": 1}, by="rs")) == {"q1"}
    assert at(case.learn({"m": 2}, by="rs")) == {"x1"}
    moved = case.learn({"m": 2}, by="rs").learn({"k": 2}, by="rs")
    assert moved.ended
    learnt, auto = moved.history[-2:]
    assert (learnt.kind, auto.kind, auto.cause) == ("learn", "auto", learnt.seq)
    assert at(start(choice()).advance("g", by="rc", facts={"k": 1, "m": 1})) == {"p1"}
    refusal("role", case.advance, "c1", by="rc")


def test_e2_automatic_states_run_to_rest_within_the_event() -> None:
    load_error(
        "automatic-cycle",
        {"a": "c", "x1": {"kind": "choice"}, "y1": {"kind": "choice"}, "e": END},
        {
            "g": t("a", "x1"),
            "p1": t("x1", "y1", None),
            "q": t("y1", "x1", None, if_="k == 1"),
            "r": t("y1", "e", None),
        },
        facts=KM,
    )
    p = process(
        {"a": "c", "x1": {"kind": "choice"}, "y1": {"kind": "choice"}, "e": END},
        {
            "g": t("a", "x1"),
            "p1": t("x1", "y1", None),
            "q": t("y1", "a", None, if_="k == 1"),
            "r": t("y1", "e", None),
        },
        facts={"k": {"type": "int", "default": 0}},
    )
    assert names(go(start(p), "g")) == ["g", "p1", "r"]


def test_e1_order_inside_one_event() -> None:
    ways = {**CHOICE_WAYS, "g": t("a", "x1", if_="k == 5", set={"k": 1})}
    case = start(process(CHOICE, ways, facts=KM))
    refusal("guard_unknown", case.advance, "g", by="rc")
    case = case.advance("g", by="rc", facts={"k": 5})
    assert at(case) == {"p1"}
    assert case.facts["k"] == 1


def test_e5_an_end_cancels_what_is_still_open() -> None:
    case = go(start(forked(transitions={"quit": t("b1", "e")})), "go", "quit")
    assert case.ended
    assert case.outcome == "done"
    assert case.history[-1].cancelled == ("b2",)
    assert case.history[-1].outcome == "done"
    refusal("ended", case.advance, "d2", by="rc")


def test_e6_one_of_several_marked_sources_is_named() -> None:
    p = forked({"y1": "c"}, {"both": t(["b1", "b2"], "y1"), "yz": t("y1", "z")})
    case = go(start(p), "go")
    assert refusal("ambiguous", case.advance, "both", by="rc").reasons[0].states == ("b1", "b2")
    assert {o.state for o in case.options(by="rc") if o.transition == "both"} == {"b1", "b2"}
    assert at(case.advance("both", by="rc", state="b2")) == {"b1", "y1"}
    refused = refusal("not_here", case.advance, "both", by="rc", state="z")
    assert refused.reasons[0].text("en") == "both cannot leave z now: give state=b1 or b2"
    assert (
        refused.reasons[0].text("fi") == "both ei nyt voi lähteä kohdasta z: anna state=b1 tai b2"
    )
    assert case.explain("both", by="rc", state="b\n").text("en").endswith("give state=b1 or b2")


def test_n5_contact_is_refused_and_no_token_is_merged() -> None:
    p = forked(
        transitions={
            "d1": t("b1", "z"),
            "d2": t("b2", "z"),
            "u1": t("fb", "join"),
            "u2": t("fb", "join"),
        }
    )
    case = go(start(p), "go", "d1")
    assert refusal("occupied", case.advance, "d2", by="rc").reasons[0].place == "z"
    assert at(case) == {"z", "b2"}


def test_n5_an_automatic_move_waits_for_room() -> None:
    p = forked(
        {"x1": {"kind": "choice"}},
        {
            "d1": t("b1", "x1"),
            "c1": t("x1", "b2", None),
            "d2": t("b2", "z"),
            "u1": t("fb", "join"),
            "u2": t("fb", "join"),
        },
    )
    case = go(start(p), "go", "d1")
    assert at(case) == {"x1", "b2"}
    assert at(go(case, "d2")) == {"b2", "z"}


def test_x1_an_interrupt_takes_the_client_out_of_everything() -> None:
    p = process(
        {"a": "c", "b": "s", "e": END, "fb": "c"},
        {
            "g": t("a", "b", handoff={}),
            "r": t("b", "a", "rs", handoff=NOTICE),
            "r2": t("fb", "a"),
            "stop": t("any_open", "e"),
        },
        fallback="fb",
    )
    case = go(start(p), "g", "stop")
    assert case.ended
    assert case.history[-1].withdrawn == ("g",)
    assert case.history[-1].tell == ("c", "s")
    assert not case.open_handoffs


def test_x1_it_fires_from_the_start_but_not_from_its_own_handoff_alone() -> None:
    p = process(
        {"a": "c", "b": "c", "e": END, "fb": "c"},
        {
            "g": t("a", "b"),
            "stop": t("any_open", "e"),
            "move": t("any_open", "e", handoff={"to": "x", "accept_by": "rc"}),
            "r": t("fb", "a"),
            "r2": t("b", "a"),
        },
        fallback="fb",
    )
    assert go(start(p), "stop").ended
    case = go(start(p), "move")
    assert at(case) == {"move.offered"}
    refusal("occupied", case.advance, "move", by="rc")
    assert go(case, "stop").ended


def test_x1_a_list_interrupt_fires_from_its_states_only() -> None:
    p = process(
        {"a": "c", "b": "s", "d": "c", "e": END, "fb": "c"},
        {
            "g": t("a", "b", handoff={}),
            "n": t("b", "d", "rs", handoff=NOTICE),
            "out": t(["a", "b"], "e", interrupt=True),
            "fin": t(["d", "fb"], "e"),
        },
        fallback="fb",
    )
    assert go(start(p), "out").ended
    case = go(start(p), "g", ("g.accept", "rs"))
    assert go(case, "out").ended
    assert case.advance("out", by="rc").history[-1].handed == ()
    refusal("not_here", go(case, ("n", "rs")).advance, "out", by="rc")


def test_x1_in_a_flat_process_a_running_call_is_not_interrupted() -> None:
    case = go(start(calling({"stop": t("any_open", "e")})), "g")
    assert at(case) == {"k1", "k1/n"}
    refused = refusal("not_here", case.advance, "stop", by="rc")
    assert refused.reasons[0].call == "k1"
    case = go(case, "w", "y")
    assert at(case) == {"k1.good"}
    assert go(case, "stop").ended


def test_x1_from_another_branch_it_cancels_a_running_call_too() -> None:
    p = process(
        {
            "a": "c",
            "f": {"kind": "fork"},
            "k1": {"kind": "call", "process": "sub"},
            "b2": "c",
            "join": {"kind": "join"},
            "z": "c",
            "e": END,
        },
        {
            "go": t("a", "f"),
            "f1": t("f", "k1", None),
            "f2": t("f", "b2", None),
            "o1": t("k1", "join", None, outcome="good"),
            "o2": t("k1", "z", outcome="bad"),
            "d2": t("b2", "join"),
            "out": t("join", "z", None),
            "fin": t("z", "e"),
            "stop": t("any_open", "e"),
        },
        called={"sub": called_definition()},
    )
    case = go(start(p), "go")
    assert at(case) == {"k1", "k1/n", "b2"}
    stopped = go(case, "stop")
    assert stopped.ended
    assert "k1/n" in stopped.history[-1].cancelled
    assert at(go(case, "d2", "w", "y")) == {"z"}


def test_e6_results_of_one_call_that_wait_together_are_named_by_their_places() -> None:
    p = branched({"again": t("b2", "k1")})
    case = go(start(p), "go", "k1/w", "k1/y", "again", "k1/w", "k1/q")
    assert case.active == ("k1.good", "k1.bad")
    assert refusal("ambiguous", case.advance, "o1", by="rc").reasons[0].states == case.active
    refusal("ambiguous", case.advance, "o1", by="rc", state="k1")
    assert [(o.transition, o.state) for o in case.options(by="rc")] == [
        ("o1", "k1.good"),
        ("o1", "k1.bad"),
    ]
    assert refusal("not_here", case.advance, "go", by="rc").options == ("o1",)
    gone = case.advance("o1", by="rc", state="k1.bad")
    assert at(gone) == {"k1.good", "z"}
    round_trip(p, gone)


def test_n5_a_call_that_has_ended_waits_for_room_to_return() -> None:
    p = branched({"again": t("b2", "k1")}, facts=KM)
    case = go(start(p), "go", "k1/w", "k1/y", "again", "k1/w", "k1/y")
    assert case.active == ("k1", "k1.good", "k1/ok")
    round_trip(p, case)
    assert not case.learn({"k": 1}, by="rc").ended
    case = go(case, "o1")
    assert names(case)[-2:] == ["o1", "k1.return"]
    assert at(case) == {"k1.good", "z"}


def test_e4_a_choice_that_has_chosen_asks_for_what_its_exit_lacks_only() -> None:
    p = process(
        {"a": "c", "x1": {"kind": "choice"}, "p1": "s", "q1": "c", "e": END, "fb": "c"},
        {
            "g": t("a", "x1"),
            "c1": t("x1", "p1", None, if_="k == 1", handoff={"info": ["doc"]}),
            "c2": t("x1", "q1", None, if_="m == 1"),
            "n": t("p1", "e", "rs", handoff=NOTICE),
            "w": t(["q1", "fb"], "e"),
        },
        fallback="fb",
        facts=KM,
        info={"doc": {}},
    )
    case = start(p).advance("g", by="rc", facts={"k": 1})
    assert case.explain("c1").asks == case.explain("c2").asks == ("doc",)
    assert at(case.learn({"doc": "here"}, by="rc")) == {"c1.offered"}


def test_x1_whoever_had_the_client_is_told_of_an_interrupt() -> None:
    p = handed(transitions={"stop": t("any_open", "e")})
    case = go(start(p), "h", ("h.accept", "rs"))
    assert go(case, "stop").history[-1].tell == ("s",)
    assert go(start(p), "stop").history[-1].tell == ()


def test_x1_an_interrupt_leaves_no_state_where_it_finds_an_open_handoff() -> None:
    p = handed(transitions={"stop": t("any_open", "e")})
    case = go(start(p), "h")
    assert case.explain("stop", by="rc").state is None
    refused = refusal("not_here", case.advance, "stop", by="rc", state="a")
    assert refused.reasons[0].text("en") == "stop cannot leave a now: leave state= out"
    round_trip(p, go(case, "stop"))
