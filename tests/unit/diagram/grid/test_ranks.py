"""Columns inside a phase, on processes small enough to place by hand."""

from __future__ import annotations

from typing import Any

from ohjausprosessi.diagram.grid.assign import grid_of
from small import END, process, t


def columns(states: dict[str, Any], transitions: dict[str, Any], **rest: Any) -> dict[str, int]:
    definition = process({**states, "e": END}, transitions, **rest).definition
    return dict(grid_of(definition).column)


def test_a_chain_in_one_lane_goes_from_left_to_right() -> None:
    found = columns(
        {"a": "c", "b": "c", "d": "c"},
        {"t1": t("a", "b"), "t2": t("b", "d"), "t3": t("d", "e")},
    )
    assert found == {"a": 0, "b": 0, "d": 1}  # the start shares the column of what follows it


def test_the_longest_path_decides() -> None:
    found = columns(
        {"a": "c", "b": "c", "d": "c", "f": "c"},
        {
            "t1": t("a", "b"),
            "t2": t("b", "d"),
            "t3": t("d", "f"),
            "t4": t("a", "f"),
            "t5": t("f", "e"),
        },
    )
    assert found == {"a": 0, "b": 0, "d": 1, "f": 2}


def test_a_state_of_another_lane_may_stand_above_its_predecessor_but_not_left_of_it() -> None:
    give, back = {"handoff": {}}, {"handoff": {"ack": False}}
    found = columns(
        {"a": "c", "b": "c", "s1": "s", "d": "c"},
        {
            "t1": t("a", "b"),
            "t2": t("b", "s1", **give),
            "t3": t("s1", "d", "rs", **back),
            "t4": t("d", "e"),
        },
        fallback="b",
    )
    assert found["b"] <= found["s1"] <= found["d"]
    assert found["b"] < found["d"]


def test_a_transition_that_leads_back_moves_nothing() -> None:
    states = {"a": "c", "b": "c", "d": "c"}
    onward = {"t1": t("a", "b"), "t2": t("b", "d"), "t3": t("d", "e")}
    assert columns(states, {**onward, "t4": t("d", "b")}) == columns(states, onward)


def test_a_phase_begins_where_the_one_before_ends() -> None:
    found = columns(
        {
            "a": {"phase": "one"},
            "b": {"phase": "one"},
            "d": {"phase": "one"},
            "f": {"phase": "two"},
            "g": {"phase": "two"},
        },
        {
            "t1": t("a", "b"),
            "t2": t("b", "d"),
            "t3": t("a", "f"),
            "t4": t("f", "g"),
            "t5": t("g", "e"),
            "t6": t("d", "e"),
        },
        phases={"one": {}, "two": {}},
    )
    assert max(found[s] for s in "abd") < min(found[s] for s in "fg")


def test_the_goals_of_a_fan_stand_side_by_side() -> None:
    goals = ["g1", "g2", "g3", "g4"]
    found = columns(
        {"a": "c", "ask": {"kind": "choice"}, **dict.fromkeys(goals, "c")},
        {
            "enter": t("a", "ask"),
            **{f"to_{g}": t("ask", g, None, if_=f"n == {i}") for i, g in enumerate(goals)},
            "done": t(goals, "e"),
        },
        facts={"n": {"type": "int", "min": 0, "max": 3}},
    )
    first = found["g1"]
    assert [found[goal] for goal in goals] == [first, first + 1, first + 2, first + 3]
    assert first > found["ask"]
