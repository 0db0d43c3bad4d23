"""The compiled net: SEMANTICS §3."""

from __future__ import annotations

from ohjausprosessi.net import compile_net
from small import END, NOTICE, at, called_definition, calling, forked, go, process, start, t


def by_id(p):
    return {move.id: move for move in p.net.transitions}


def marked(p, places) -> set[str]:
    return {p.net.places[place].name for place in places}


KM = {"k": {"type": "int"}, "m": {"type": "int"}}


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


def test_n3_many_interrupts_share_what_they_reset() -> None:
    states = {"a": "c", **{f"s{i}": "c" for i in range(100)}, "e": END}
    ways = {"g": t("a", "s0"), **{f"t{i}": t(f"s{i}", "e") for i in range(100)}}
    ways |= {f"i{i}": t("any_open", "e", if_="k == 1") for i in range(20)}
    net = (p := process(states, ways, facts=KM)).net
    assert len({id(move.resets) for move in net.transitions if move.resets}) == 1
    assert len({id(move.guard) for move in p._compiled.moves if move.guard}) == 1
