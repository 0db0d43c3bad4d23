"""Figures of a handbook: whose they are, and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from ohjausprosessi.errors import RenderError
from ohjausprosessi.handbook.counting import figures_of
from ohjausprosessi.handbook.page_context import PageContext
from small import END, process, t

DESK = process(
    {"a": "c", "b": "c", "e": END}, {"g": t("a", "b"), "stop": t(["a", "b"], "e")}, id="desk"
)
COURSE = process({"a": "c", "m": "s", "e": END}, {"quit": t("a", "e")}, id="course")
DEFINITIONS = [DESK.definition, COURSE.definition]


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({}, {}),
        ({"g": 3, "stop--b": 1}, {"desk": {"g": 3, "stop--b": 1}}),
        ({"a": 5, "m": 2}, {"course": {"a": 5, "m": 2}}),
        ({"desk": {"g": 1}, "course": {"a": 2}}, {"desk": {"g": 1}, "course": {"a": 2}}),
    ],
)
def test_figures_are_of_the_process_that_has_their_names(counts: Any, found: Any) -> None:
    assert figures_of(DEFINITIONS, counts) == found


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"a": 1}, "it is not clear which process the figures are of: desk or course; give"),
        ({"zz": 1}, "it is not clear which process"),
        ({"g": 1, "stopt": 2}, "'stopt' is not a transition or state of desk; did you mean stop?"),
        ({"dsk": {"g": 1}}, "the handbook has no process 'dsk'; did you mean desk?"),
        ({"course": {"g": 1}}, "'g' is not a transition or state of course"),
        ({"g": -1}, "the count of g must be an integer of at least 0, got -1"),
    ],
)
def test_a_figure_of_nothing_is_refused(counts: Any, said: str) -> None:
    with pytest.raises(RenderError) as caught:
        figures_of(DEFINITIONS, counts)
    assert said in str(caught.value)
    assert caught.value.text("fi") != caught.value.text("en")


def test_the_ways_of_a_transition_are_counted_one_by_one_and_together() -> None:
    context = PageContext(DESK.compiled, "en", counts={"stop--a": 2, "stop--b": 3, "g": 7})
    assert [context.count(name) for name in ("stop", "g", "a")] == ["5", "7", None]
    assert context.count_of_way("stop", "b") == "3"
    assert context.count_of_way("g", "a") == "7"
    assert context.count_of_way("gg", "a") is None
