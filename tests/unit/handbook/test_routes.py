"""Routes: the shortest way to each end, and the way of a case without what is personal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import ohjausprosessi as op
from ohjausprosessi.handbook.page_context import PageContext
from ohjausprosessi.handbook.routes import case_route, shortest_routes
from small import DURATIONS, END, forked, go, process, start, t

WAYS = {
    "long": t("a", "b", handoff={"within": "five", "else": "a"}, title={"en": "Hand over"}),
    "on": t("b", "d", by="rs", handoff={"ack": False}),
    "stop": t("d", "e"),
    "quit": t("any_open", "z"),
}
STATES = {"a": "c", "b": "s", "d": "c", "e": END, "z": {"kind": "end"}}
PROCESS = process(STATES, WAYS, durations=DURATIONS, facts={"secret": {"type": "text"}})


def english(p: op.Process) -> PageContext:
    return PageContext(p.compiled, "en")


def test_the_shortest_route_takes_an_interrupt_only_where_nothing_else_leads() -> None:
    found = {
        walk.title: [step.places for step in walk.steps]
        for walk in shortest_routes(english(PROCESS))
    }

    assert found == {"e": [("a",), ("b",), ("d",), ("e",)], "z": [("a",), ("z",)]}


def test_the_shortest_route_says_which_handoff_is_accepted() -> None:
    walk = shortest_routes(english(PROCESS))[0]

    assert [step.told for step in walk.steps] == [
        "The client is in a",
        "Hand over → b (accepted)",
        "on → d",
        "stop → e",
    ]
    assert walk.steps[1].ways == (("long", "a", "b"),)


def test_a_process_with_branches_has_no_shortest_route() -> None:
    assert shortest_routes(english(forked())) == ()


def test_the_way_of_a_case_stops_where_a_handoff_waits() -> None:
    case = go(start(PROCESS), "long", ("long.decline", "rs"), "long", ("long.accept", "rs"))
    walk = case_route(english(PROCESS), case.to_dict())

    assert [step.places for step in walk.steps] == [("a",), ("a",), ("a",), ("a",), ("b",)]
    assert [step.ways for step in walk.steps[1:3]] == [(("long", "a", "b"),), ()]
    assert walk.steps[1].told == "Hand over (rc) – the hand-off waits for an answer → a"
    assert walk.steps[2].told == "Hand over: declined (rs) → a"
    assert walk.real


def test_f6_neither_facts_nor_persons_get_into_a_route() -> None:
    case = start(PROCESS, at=datetime(2026, 1, 5, 23, 30, tzinfo=UTC))
    later = datetime(2026, 1, 6, tzinfo=UTC)
    case = case.learn({"secret": "salaisuus"}, by="rc", actor="Maija", at=later)
    case = case.advance("long", by="rc", actor="Maija", at=later, facts={"secret": "toinen"})
    case = case.tick(later + timedelta(days=6))
    told = " ".join(step.told for step in case_route(english(PROCESS), case.to_dict()).steps)

    for message in ("salaisuus", "toinen", "Maija", "secret"):
        assert message not in told
    assert "2026-01-05 the case begins" in told
    assert "facts were recorded" in told
    assert "nobody answered in time" in told


def test_branches_are_all_marked_and_automatic_moves_belong_to_the_step() -> None:
    p = forked()
    first = p.definition.exits("a")[0].id
    walk = case_route(english(p), go(start(p), first).to_dict())

    assert walk.steps[-1].places == ("b1", "b2")
    ways = [("go", "a", "f"), ("f1", "f", "b1"), ("f2", "f", "b2")]
    assert walk.steps[-1].ways == tuple(ways)


def test_a_called_process_is_told_but_the_client_stays_in_the_call() -> None:
    p = op.load("tyottomyydesta_tutkintoon")
    facts = {"osaamisen_kehittamistarve": True}
    case = p.start("x", facts=facts)
    case = case.advance("arvioi_palvelutarve", by="tyollisyyspalvelukoordinaattori")
    case = case.advance("ohjaa_koulutuskoordinaattorille", by="tyollisyyspalvelukoordinaattori")
    case = case.advance("aloita_kartoitus_koordinaattorin_kautta", by="koulutuskoordinaattori")
    inner = next(
        o.transition for o in case.options(by="koulutuskoordinaattori") if "/" in o.transition
    )
    case = case.advance(inner, by="koulutuskoordinaattori")
    walk = case_route(PageContext(p.compiled, "fi"), case.to_dict())

    assert inner.startswith("koulutusvaihtoehtojen_kartoitus/")
    assert walk.steps[-1].places == ("koulutusvaihtoehtojen_kartoitus",)
    assert walk.steps[-1].ways == ()
    assert "Koulutuskoordinaattori" in walk.steps[-1].told
    assert "/" not in walk.steps[-1].told


def test_a_correction_is_a_step_back() -> None:
    case = go(start(PROCESS), "long").correct(by="rc", why="väärä asiakas")
    walk = case_route(english(PROCESS), case.to_dict())

    assert walk.steps[-1].told == "the last record was corrected (rc) → a"


def test_a_case_of_another_process_is_refused() -> None:
    other = process({"a": "c", "e": END}, {"stop": t("a", "e")})

    with pytest.raises(op.Refused):
        case_route(english(PROCESS), start(other).to_dict())
