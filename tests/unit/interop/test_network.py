"""The process as a networkx graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from ohjausprosessi.interop import graph
from small import END, process, t

if TYPE_CHECKING:
    from ohjausprosessi.process import Process


def handing() -> Process:
    return process(
        {"a": "c", "b": "s", "z": "c", "e": END, "fb": "c"},
        {
            "give": t("a", "b", ["rc", "cl"], if_="ready", handoff={"within": "day"}),
            "keep": t("a", "z"),
            "bring": t("b", "z", "rs", handoff={"ack": False}),
            "fin": t("z", "e"),
            "again": t("fb", "a"),
            "stop": t("any_open", "e"),
        },
        fallback="fb",
        facts={"ready": {"type": "bool"}},
    )


def test_nodes_are_states_with_owner_holder_and_kind() -> None:
    found = graph(
        process(
            {"a": "j", "b": "k", "e": END},
            {
                "t1": t("a", "e"),
                "t2": t("a", "b", handoff={"else": "a"}),
                "t3": t("b", "e", "rs", handoff={"ack": False}),
            },
        ).definition
    )
    assert list(found) == ["a", "b", "e"]
    assert found.nodes["a"] | {"title": ""} == {
        "title": "",
        "kind": "state",
        "owner": "j",
        "holder": "c",
        "phase": None,
    }
    assert found.nodes["b"]["holder"] == "s"
    assert found.nodes["e"]["kind"] == "end"


def test_titles_are_in_the_language_asked_for() -> None:
    p = process(
        {"a": {"title": {"fi": "Alku", "en": "Beginning"}}, "e": END},
        {"t1": {**t("a", "e"), "title": {"fi": "Loppuun", "en": "To the end"}}},
    )
    assert graph(p.definition).nodes["a"]["title"] == "Alku"
    english = graph(p.definition, lang="en")
    assert english.nodes["a"]["title"] == "Beginning"
    assert english.edges["a", "e", "t1"]["title"] == "To the end"


def test_h1_edges_tell_giver_receiver_guard_and_roles() -> None:
    found = graph(handing().definition)
    edge = found.edges["a", "b", "give"]
    assert (edge["giver"], edge["receiver"], edge["handoff"]) == ("c", "s", True)
    assert (edge["guard"], edge["by"], edge["returns"]) == ("ready", ("rc", "cl"), False)
    kept = found.edges["a", "z", "keep"]
    assert (kept["handoff"], kept["guard"], kept["interrupt"]) == (False, None, False)


def test_h6_returns_of_a_handoff_are_marked_edges() -> None:
    found = graph(handing().definition)
    assert found.edges["a", "fb", "give.decline"]["returns"]
    assert found.edges["a", "fb", "give.decline"]["by"] == ("rs",)
    assert found.edges["a", "fb", "give.expire"]["by"] == ()
    assert not any(key.startswith("bring.") for _, _, key in found.edges(keys=True))


def test_h6_back_returns_to_the_state_it_left() -> None:
    p = process(
        {"a": "c", "b": "s", "e": END},
        {
            "give": t("a", "b", handoff={"else": "back"}),
            "fin": t("b", "e", "rs", handoff={"ack": False}),
        },
    )
    assert graph(p.definition).has_edge("a", "a", "give.decline")
    assert not graph(p.definition).has_edge("a", "a", "give.expire")


def test_x1_any_open_leaves_every_state_but_ends_and_its_target() -> None:
    found = graph(handing().definition)
    assert {u for u, _, key in found.edges(keys=True) if key == "stop"} == {"a", "b", "z", "fb"}
    assert found.edges["b", "e", "stop"]["giver"] == "c"
    assert found.edges["b", "e", "stop"]["interrupt"]


def test_graph_answers_questions_of_networkx() -> None:
    assert nx.shortest_path(handing().graph(), "a", "e") == ["a", "e"]
    assert nx.has_path(handing().graph(), "fb", "b")
