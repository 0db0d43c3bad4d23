"""Hand-offs: SEMANTICS §5."""

from __future__ import annotations

from small import (
    DAY,
    END,
    NOTICE,
    T0,
    at,
    called_definition,
    calling,
    forked,
    go,
    load_error,
    process,
    refusal,
    start,
    t,
)

ONE_WAY = {"a": "c", "b": "s", "e": END, "fb": "c"}


def one_handoff(**handoff: object):
    return process(
        ONE_WAY,
        {
            "h": t("a", "b", handoff=handoff),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
    )


def test_h1_an_open_handoff_is_a_place_in_its_branch() -> None:
    p = forked(
        {"b1b": "s"},
        {"h": t("b1", "b1b", handoff={}), "d1": t("b1b", "join", "rs", handoff=NOTICE)},
    )
    case = go(start(p), "go", "h")
    assert at(case) == {"h.offered", "b2"}
    refusal("role", case.advance, "h.accept", by="rc")
    assert at(go(case, ("h.accept", "rs"))) == {"b1b", "b2"}


def test_h7_several_handoffs_may_be_open_one_per_transition() -> None:
    p = forked(
        {"s1": "s", "t1": "te"},
        {
            "h1": t("b1", "s1", handoff={}),
            "h2": t("b2", "t1", handoff={}),
            "d1": t("s1", "join", "rs", handoff=NOTICE),
            "d2": t("t1", "join", "rt", handoff=NOTICE),
        },
    )
    case = go(start(p), "go", "h1", "h2")
    assert at(case) == {"h1.offered", "h2.offered"}
    assert set(case.open_handoffs) == at(case)
    assert at(go(case, ("h2.accept", "rt"))) == {"h1.offered", "t1"}


def test_h7_a_second_open_handoff_of_one_transition_is_occupied() -> None:
    p = forked(
        {"s1": "s"},
        {"h": t(["b1", "b2"], "s1", handoff={}), "n": t("s1", "z", "rs", handoff=NOTICE)},
    )
    case = go(start(p), "go")
    assert refusal("ambiguous", case.advance, "h", by="rc").reasons[0].states == ("b1", "b2")
    case = case.advance("h", by="rc", state="b2")
    assert at(case) == {"h.offered", "b1"}
    assert refusal("occupied", case.advance, "h", by="rc").reasons[0].holder == "c"


def test_h6_else_back_returns_to_the_state_it_left() -> None:
    p = process(
        {"a": "c", "b": "c", "m": "s", "e": END, "fb": "c"},
        {
            "g": t("a", "b"),
            "h": t(["a", "b"], "m", handoff={"else": "back"}),
            "move": t("any_open", "e", handoff={"to": "x", "accept_by": "rc", "else": "back"}),
            "y": t("m", "fb", "rs", handoff=NOTICE),
            "f": t("fb", "e"),
        },
        fallback="fb",
    )
    case = go(start(p), "g", "h")
    assert at(case) == {"h.offered@b"}
    assert at(go(case, ("h.decline", "rs"))) == {"b"}
    case = go(start(p), "move")
    assert at(case) == {"move.offered@a"}
    assert at(go(case, "move.decline")) == {"a"}
    case = go(start(p), "h", "move")
    assert case.history[-1].withdrawn == ("h",)
    assert case.open_handoffs["move.offered"].state is None
    assert at(go(case, "move.decline")) == {"fb"}


def test_h6_fallback_cancels_the_other_branches_else_does_not() -> None:
    states = {"s1": "s", "b1x": "c"}
    ways = {
        "h": t("b1", "s1", handoff={}),
        "d1": t("s1", "join", "rs", handoff=NOTICE),
        "d1x": t("b1x", "b1"),
    }
    case = go(start(forked(states, ways)), "go", "h", ("h.decline", "rs"))
    assert at(case) == {"fb"}
    assert case.history[-1].cancelled == ("b2",)
    assert case.history[-1].tell == ("c",)
    ways["h"] = t("b1", "s1", handoff={"else": "b1x"})
    assert at(go(start(forked(states, ways)), "go", "h", ("h.decline", "rs"))) == {"b1x", "b2"}


def test_h6_a_return_leads_to_the_giver_or_the_responsible() -> None:
    states = {"a": "c", "b": "s", "q": "te", "e": END}
    load_error(
        "return-owner",
        states,
        {
            "h": t("a", "b", handoff={"else": "q"}),
            "n": t("q", "e", "rt", handoff=NOTICE),
            "m": t("b", "e", "rs", handoff=NOTICE),
        },
    )
    load_error(
        "handoff-return",
        {"a": "c", "b": "s", "e": END},
        {"h": t("a", "b", handoff={}), "m": t("b", "e", "rs", handoff=NOTICE)},
    )


def test_h4_accepting_enters_the_target_as_the_transition_would() -> None:
    targets = {
        "call": ({"kind": "call", "process": "sub"}, {"k1", "k1/n"}),
        "choice": ({"kind": "choice"}, {"z"}),
        "fork": ({"kind": "fork"}, {"p1", "p2"}),
        "end": (END, {"k1"}),
    }
    for kind, (target, reached) in targets.items():
        states = {"a": "s", "k1": target, "p1": "c", "p2": "c", "z": "c", "e": END, "fb": "c"}
        ways = {"h": t("a", "k1", "rs", handoff={}), "fin": t(["z", "p1", "p2", "fb"], "e")}
        if kind == "call":
            ways |= {"o1": t("k1", "z", outcome="good"), "o2": t("k1", "z", outcome="bad")}
        elif kind == "choice":
            ways |= {"c1": t("k1", "z", None)}
        elif kind == "fork":
            ways |= {"f1": t("k1", "p1", None), "f2": t("k1", "p2", None)}
        p = process(states, ways, called={"sub": called_definition()}, fallback="fb")
        case = start(p).advance("h", by="rs")
        assert at(case) == {"h.offered"}
        assert at(go(case, "h.accept")) == reached, kind


def test_h4_any_role_of_the_receiver_answers_unless_accept_by_says_who() -> None:
    case = start(one_handoff()).advance("h", by="rc")
    assert case.explain("h.accept").allowed
    assert case.options(by="rs")[0].transition == "h.accept"
    load_error(
        "handoff-receiver",
        ONE_WAY,
        {
            "h": t("a", "b", handoff={"accept_by": "rc"}),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
    )


def test_h4_an_external_receivers_answer_is_recorded_by_the_responsible() -> None:
    p = process(
        {"a": "c", "b": "c", "e": END},
        {
            "g": t("a", "b"),
            "mv": t("any_open", "e", handoff={"to": "x", "accept_by": "rc", "else": "b"}),
            "q": t("b", "e"),
        },
    )
    case = go(start(p), "g", "mv")
    assert at(case) == {"mv.offered"}
    assert case.open_handoffs["mv.offered"].to == "x"
    assert go(case, "mv.accept").ended
    assert at(go(case, "mv.decline")) == {"b"}


def test_h2_a_notice_enters_at_once_and_records_who_handed_over() -> None:
    case = go(start(one_handoff()), "h", ("h.accept", "rs"), ("n", "rs"))
    assert case.outcome == "done"
    assert case.history[-1].handed == (("s", "c"),)
    assert case.history[-1].tell == ("c",)


def test_h3_information_must_be_known_before_people_hand_over() -> None:
    p = process(
        ONE_WAY,
        {
            "h": t("a", "b", handoff={"info": ["doc"]}),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
        info={"doc": {}},
    )
    refused = refusal("missing", start(p).advance, "h", by="rc")
    assert refused.asks == ("doc",)
    assert refused.reasons[0].receiver == "s"
    assert at(start(p).advance("h", by="rc", facts={"doc": "dnro 17"})) == {"h.offered"}


def test_h3_set_holds_from_the_offer_on_whatever_the_answer() -> None:
    p = process(
        ONE_WAY,
        {
            "h": t("a", "b", set={"k": 1}, handoff={}),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
        facts={"k": {"type": "int"}},
    )
    case = go(start(p), "h")
    assert case.facts == {"k": 1}
    assert go(case, ("h.decline", "rs")).facts == {"k": 1}


def test_h5_the_life_of_a_handoff_tells_who_has_to_know() -> None:
    p = one_handoff(within="day")
    opened = start(p, at=T0).advance("h", by="rc", at=T0)
    assert opened.history[-1].tell == ("s",)
    assert opened.history[-1].handed == (("c", "s"),)
    assert opened.holders == {"h.offered": "c"}
    accepted = opened.advance("h.accept", by="rs", at=T0)
    assert accepted.history[-1].tell == ("c",)
    expired = opened.tick(T0 + DAY)
    assert expired.history[-1].tell == ("c", "s")
    assert at(expired) == {"fb"}


def test_h5_an_end_withdraws_what_is_still_open() -> None:
    p = forked(
        {"s1": "s"},
        {
            "h": t("b1", "s1", handoff={}),
            "n": t("s1", "join", "rs", handoff=NOTICE),
            "quit": t("b2", "e"),
        },
    )
    case = go(start(p), "go", "h", "quit")
    assert case.ended
    event = case.history[-1]
    assert event.withdrawn == ("h",)
    assert event.cancelled == ("h.offered",)
    assert event.tell == ("c", "s")


def test_s1_a_joint_state_is_held_by_the_responsible_member_else_the_first() -> None:
    p = process(
        {"a": "j", "b": "s", "c1": "c", "k1": "k", "l": "te", "e": END},
        {
            "h": t("a", "b", handoff={}),
            "r": t("b", "a", "rs", handoff={}),
            "n": t("a", "c1"),
            "m": t("c1", "a"),
            "o": t("b", "k1", "rs"),
            "p1": t("k1", "l", "rs", handoff={}),
            "z": t("c1", "e"),
            "y": t("l", "e", "rt", handoff=NOTICE),
        },
        fallback="c1",
    )
    places = {place.name for place in p.net.places if place.kind == "offered"}
    assert places == {"h.offered", "r.offered", "p1.offered"}
    case = go(start(p), "h", ("h.accept", "rs"), ("r", "rs"))
    assert case.open_handoffs["r.offered"].to == "c"
    assert [o.by for o in case.options() if o.transition == "r.accept"] == [("rc",)]


def test_c2_the_outcome_of_a_call_may_be_handed_over_like_anything_else() -> None:
    p = calling(
        {"o1": t("k1", "sx", outcome="good", handoff={}), "n": t("sx", "z", "rs", handoff=NOTICE)},
        {"sx": "s"},
    )
    case = go(start(p), "g", "w", "y")
    assert at(case) == {"k1.good"}
    case = go(case, "o1")
    assert at(case) == {"o1.offered"}
    assert case.open_handoffs["o1.offered"].state == "k1"
    assert at(go(case, ("o1.decline", "rs"))) == {"fb"}


def test_c3_a_called_process_hands_over_and_falls_back_within_itself() -> None:
    sub = called_definition(
        {
            "w": t("n", "m", handoff={}),
            "y": t("m", "ok", "rt", handoff=NOTICE),
            "q": t("nf", "ko"),
        },
        {"m": "te", "nf": "c"},
        fallback="nf",
    )
    case = go(start(calling(sub=sub)), "g", "w")
    assert at(case) == {"k1", "k1/w.offered"}
    assert "k1/w.offered" in case.open_handoffs
    assert at(go(case, ("k1/w.decline", "rt"))) == {"k1", "k1/nf"}
