"""Strategies for facts, cases and traces."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import small
from ohjausprosessi import Case, engine, load
from ohjausprosessi.testing import Trace, cases, facts, traces

if TYPE_CHECKING:
    from ohjausprosessi.process import Process

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FACTS = {
    "age": {"type": "int", "min": 15, "max": 70},
    "goal": {"type": "enum", "values": ["x", "y", "z"]},
    "ready": {"type": "bool", "default": False},
    "word": {"type": "text"},
    "grade": {"type": "int", "by": "s", "phases": "early"},
}
PROCESS = small.process(
    {"a": {"phase": "early"}, "b": {"phase": "late"}, "far": {}, "e": small.END},
    {
        "young": small.t("a", "b", if_="age < 30 && goal == 'y'"),
        "graded": small.t("b", "far", if_="grade == 5 && ready && word == 'w'"),
        "home": small.t(["b", "far"], "e", after="five"),
    },
    facts=FACTS,
    phases={"early": {}, "late": {}},
    info={"note": {}},
)
UNREACHABLE = small.process(
    {"a": "c", "b": "c", "e": small.END},
    {"go": small.t("a", "e"), "never": small.t("b", "e")},
)


@cache
def figure() -> Process:
    return load("ohjausprosessi_koulutukseen")


@few
@given(facts(PROCESS), facts(PROCESS, complete=False))
def test_facts_can_be_recorded_and_are_complete_if_asked(
    complete: dict[str, object], some: dict[str, object]
) -> None:
    assert set(complete) == set(FACTS)
    assert set(some) <= set(FACTS)
    assert isinstance(complete["age"], int)
    assert 15 <= complete["age"] <= 70


@few
@given(facts(PROCESS, overrides={"goal": "z", "age": st.just(33)}, complete=False))
def test_an_override_is_a_value_or_a_strategy(known: dict[str, object]) -> None:
    assert (known["goal"], known["age"]) == ("z", 33)


def test_an_unknown_fact_is_refused_with_the_one_meant() -> None:
    with pytest.raises(ValueError, match=r"no fact 'gaol'; did you mean 'goal'\?"):
        facts(PROCESS, overrides={"gaol": "z"})


@few
@given(cases(PROCESS, at="far"))
def test_a_case_stands_where_it_is_asked_to(case: Case) -> None:
    assert "far" in case.active
    # Recorded on the way, where it may be: of late the grade can no longer be recorded.
    assert case.facts["grade"] == 5


def test_cases_are_met_all_along_their_way() -> None:
    seen = set()

    @settings(few, max_examples=60, derandomize=True)
    @given(cases(PROCESS))
    def walk(case: Case) -> None:
        seen.add(case.active)

    walk()
    assert seen == {("a",), ("b",), ("far",), ("e",)}


def test_a_place_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no place 'fra'; did you mean 'far'\?"):
        cases(PROCESS, at="fra")
    with pytest.raises(ValueError, match="no case of p can be at 'b'"):
        cases(UNREACHABLE, at="b")


@few
@given(traces(figure()))
def test_a_complete_trace_ends_and_replays(trace: Trace) -> None:
    case = trace.case
    assert case.ended
    assert figure().replay(case.history) == case
    again: engine.Case = figure().start(case.id, at=case.history[0].at)
    for act in trace.acts:
        again = act.on(again)
    assert again == case
    assert trace.names == tuple(event.transition for event in trace.history)
    assert trace.times("start") == 1


def test_a_trace_may_stop_anywhere() -> None:
    trace = find(traces(PROCESS, complete=False), lambda trace: not trace.case.ended)
    assert trace.acts == ()


@pytest.mark.parametrize("answer", ["accept", "decline", "expire"])
def test_every_answer_to_a_handoff_is_met(answer: str) -> None:
    wanted = find(
        traces(figure(), complete=False),
        lambda trace: trace.times(f"valitse_perustutkinto.{answer}") > 0,
        settings=settings(max_examples=400, database=None, phases=[Phase.generate]),
    )
    assert wanted.case.seq > 5
