"""Where states stand on the page: in their lane, in their column, apart from each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from ohjausprosessi.diagram.content.selection import select
from ohjausprosessi.diagram.layout.arrange import arrange
from ohjausprosessi.diagram.layout.placement import Sizes
from small import END, NOTICE, process, t

DEFINITION = process(
    {
        "a": {"phase": "one"},
        "b": {"phase": "one"},
        "d": {"phase": "one"},
        "s1": {"owner": "s", "phase": "two"},
        "f": {"phase": "two"},
        "e": END,
    },
    {
        "t1": t("a", "b"),
        "t2": t("a", "d"),
        "t3": t(["b", "d"], "s1", handoff={}),
        "t4": t("s1", "f", "rs", handoff=NOTICE),
        "t5": t("f", "e"),
    },
    phases={"one": {}, "two": {}},
    fallback="b",
).definition
SELECTION = select(DEFINITION, "full")
SETTING = Sizes(width=1200.0, scale=1.0)
PLACEMENT = arrange(SELECTION, SETTING)


def test_every_state_shown_has_a_place_on_the_page() -> None:
    assert PLACEMENT.states.keys() == set(SELECTION.states)
    for place in PLACEMENT.states.values():
        assert PLACEMENT.left <= place.box.left
        assert place.box.right <= SETTING.width
        assert PLACEMENT.top <= place.box.top
        assert place.box.bottom <= PLACEMENT.bottom


def test_a_state_stands_in_the_lane_of_its_owner() -> None:
    for state, place in PLACEMENT.states.items():
        lane = PLACEMENT.lanes[DEFINITION.states[state].owner]
        assert lane.top <= place.box.top
        assert place.box.bottom <= lane.bottom


def test_lanes_lie_beneath_each_other_the_responsible_first() -> None:
    first, second = PLACEMENT.lanes.values()
    assert (first.owner, second.owner) == ("c", "s")
    assert first.bottom <= second.top


def test_states_of_one_column_are_in_line_and_columns_go_from_left_to_right() -> None:
    column = SELECTION.grid.column
    for one, other in combinations(column, 2):
        x, y = PLACEMENT.states[one].x, PLACEMENT.states[other].x
        assert (x > y) - (x < y) == (column[one] > column[other]) - (column[one] < column[other])


def test_no_two_states_overlap() -> None:
    for one, other in combinations(PLACEMENT.states.values(), 2):
        assert one.box.overlap(other.box) == 0


def test_a_boundary_of_phases_runs_between_their_states() -> None:
    cut, ends = PLACEMENT.cuts
    assert cut < ends < PLACEMENT.states["e"].box.left
    for state, place in PLACEMENT.states.items():
        if state != "e":
            before = DEFINITION.states[state].phase == "one"
            assert (place.box.right < cut) if before else (cut < place.box.left)


def test_ends_stand_right_of_everything() -> None:
    others = [place.box.right for state, place in PLACEMENT.states.items() if state != "e"]
    assert max(others) < PLACEMENT.states["e"].box.left


def test_a_wider_page_makes_wider_cards_and_a_stretch_a_taller_page() -> None:
    narrow = arrange(SELECTION, replace(SETTING, width=500.0))
    assert narrow.box_width < PLACEMENT.box_width
    stretched = arrange(SELECTION, replace(SETTING, stretch=20.0))
    assert stretched.bottom == PLACEMENT.bottom + 20.0 * len(PLACEMENT.gaps)
