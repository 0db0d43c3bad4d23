"""The compiled net: SEMANTICS §3."""

from __future__ import annotations

from ohjausprosessi.net import compile_net
from plain_net import enabled, fired
from small import END, NOTICE, T0, at, called_definition, calling, forked, go, process, start, t


def by_id(p):
    return {move.id: move for move in p.net.transitions}


def marked(p, places) -> set[str]:
    return {p.net.places[place].name for place in places}


def test_n1_places_are_states_arrivals_open_handoffs_and_returned_calls() -> None:
    p = calling(
        {"o1": t("k1", "sx", outcome="good", handoff={}), "n": t("sx", "z", "rs", handoff=NOTICE)},
        {"sx": "s"},
    )
    assert [place.name for place in p.net.places] == [
        "a", "k1", "k1.good", "k1.bad", "z", "e", "fb", "sx", "o1.offered",
        "k1/n", "k1/m", "k1/ok", "k1/ko",
    ]  # fmt: skip
    assert {place.name for place in forked().net.places if place.kind == "arrived"} == {
        "d1.arrived",
        "d2.arrived",
    }
    back = process(
        {"a": "c", "b": "c", "m": "s", "e": END},
        {
            "g": t("a", "b"),
            "h": t(["a", "b"], "m", handoff={"else": "back"}),
            "n": t("m", "e", "rs", handoff=NOTICE),
        },
    )
    assert {place.name for place in back.net.places if place.kind == "offered"} == {
        "h.offered@a",
        "h.offered@b",
    }


def test_n2_entering_marks_what_the_kind_of_state_says() -> None:
    p = calling()
    moves = by_id(p)
    assert marked(p, moves["g@a"].outputs) == {"k1", "k1/n"}
    end = moves["fin@z"]
    assert marked(p, end.outputs) == {"e"}
    assert end.resets == frozenset(range(len(p.net.places)))
    assert end.ends
    inner = moves["k1/y@m"]
    assert marked(p, inner.resets) == {"k1/n", "k1/m", "k1/ok", "k1/ko"}
    assert marked(forked(), by_id(forked())["d1@b1"].outputs) == {"d1.arrived"}


def test_n3_moves_have_the_event_names_of_the_engine() -> None:
    p = calling()
    assert {m.id for m in p.net.transitions if m.name == "k1.return"} == {
        "k1.return@ok",
        "k1.return@ko",
    }
    branches = by_id(forked())
    assert marked(forked(), branches["f"].outputs) == {"b1", "b2"}
    assert marked(forked(), branches["out"].inputs) == {"d1.arrived", "d2.arrived"}
    stop = calling({"stop": t("any_open", "e")})
    sources = {m.id for m in stop.net.transitions if m.name == "stop"}
    assert sources == {"stop@a", "stop@k1.good", "stop@k1.bad", "stop@z", "stop@fb"}


def test_n4_a_case_starts_in_the_initial_marking_and_ends_in_a_final_one() -> None:
    p = calling(sub=called_definition())
    assert marked(p, p.net.initial) == at(start(p)) == {"a"}
    done = go(start(p), "g", "w", "y", "o1", "fin")
    assert marked(p, p.net.finals) == at(done) == {"e"}


def test_n5_a_transition_with_contact_is_not_enabled() -> None:
    p = forked(
        transitions={
            "d1": t("b1", "z"),
            "d2": t("b2", "z"),
            "u1": t("fb", "join"),
            "u2": t("fb", "join"),
        }
    )
    moves = by_id(p)
    both = frozenset(place.number for place in p.net.places if place.name in {"z", "b2"})
    assert not enabled(moves["d2@b2"], both)
    alone = frozenset(place.number for place in p.net.places if place.name == "b2")
    assert marked(p, fired(moves["d2@b2"], alone)) == {"z"}


def test_s2_an_act_names_one_role_and_may_name_the_person() -> None:
    p = process({"a": "c", "e": END}, {"q": t("a", "e", ["rc", "cl"])})
    event = start(p).advance("q", by="cl", actor="Liisa, koordinaattori").history[-1]
    assert (event.by, event.actor) == ("cl", "Liisa, koordinaattori")


def test_t2_entering_arms_and_leaving_cancels() -> None:
    p = process(
        {"a": {"deadline": "day"}, "b": "c", "e": END},
        {"g": t("a", "b"), "x1": t("a", "e", None, after="five"), "q": t("b", "e")},
    )
    case = start(p, at=T0)
    assert [(time[0], time[1]) for time in case.to_dict()["scope"]["times"]] == [
        ("a", "a.remind"),
        ("a", "x1"),
    ]
    assert "times" not in case.advance("g", by="rc", at=T0).to_dict()["scope"]


def test_the_same_definition_compiles_to_the_same_net() -> None:
    one, two = (calling(sub=called_definition()).definition for _ in range(2))
    assert compile_net(one).transitions == compile_net(two).transitions


def test_p3_without_forks_no_reset_takes_anything_but_the_token_that_moves() -> None:
    p = process(
        {"a": "c", "b": "s", "e": END, "fb": "c"},
        {
            "h": t("a", "b", handoff={"within": "day"}),
            "n": t("b", "fb", "rs", handoff=NOTICE),
            "stop": t("any_open", "e"),
            "q": t("fb", "e"),
        },
        fallback="fb",
    )
    assert all(len(move.inputs) == len(move.outputs) == 1 for move in p.net.transitions)
    for case in (start(p), go(start(p), "h"), go(start(p), "h", ("h.accept", "rs"))):
        assert go(case, "stop").history[-1].cancelled == ()


def test_p2_a_called_process_is_the_same_net_in_place() -> None:
    inner, outer = called_definition(), calling()
    prefix = "k1/"
    alone = {(move.id, move.kind, move.eager) for move in compile_net(inner).transitions}
    in_place = {
        (move.id.removeprefix(prefix), move.kind, move.eager)
        for move in outer.net.transitions
        if move.id.startswith(prefix)
    }
    assert alone == in_place
