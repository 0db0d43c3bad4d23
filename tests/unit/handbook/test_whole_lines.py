"""Lines that share a run are completed from the line that has it."""

from __future__ import annotations

from ohjausprosessi.handbook.whole_lines import Bounds, PictureLine, box_of, line_of, whole_courses

BOXES = {
    "a": Bounds(0, 0, 100, 50),
    "b": Bounds(400, 0, 500, 50),
    "c": Bounds(400, 200, 500, 250),
    "d": Bounds(400, 400, 500, 450),
}
TRUNK = PictureLine(
    "a", "c", (((100.0, 25.0), (250.0, 25.0), (250.0, 225.0)), ((250.0, 225.0), (400.0, 225.0)))
)


def test_a_line_drawn_whole_needs_nothing() -> None:
    assert whole_courses({"one": TRUNK}, BOXES) == {}


def test_a_branch_of_a_fan_begins_at_the_source() -> None:
    branch = PictureLine("a", "b", (((250.0, 25.0), (400.0, 25.0)),))

    state_space = whole_courses({"trunk": TRUNK, "branch": branch}, BOXES)

    assert state_space == {"branch": "M100,25L250,25M250,25L400,25"}


def test_a_branch_of_a_branch_is_followed_back_to_the_source() -> None:
    branch = PictureLine("a", "d", (((250.0, 225.0), (250.0, 425.0), (400.0, 425.0)),))
    twig = PictureLine("a", "d", (((300.0, 425.0), (300.0, 440.0), (400.0, 440.0)),))

    state_space = whole_courses({"trunk": TRUNK, "branch": branch, "twig": twig}, BOXES)

    assert state_space["twig"].startswith("M100,25L250,25L250,225")
    assert state_space["twig"].endswith("M300,425L300,440L400,440")


def test_a_line_into_a_merge_goes_on_to_the_target() -> None:
    merging = PictureLine("b", "c", (((320.0, 25.0), (320.0, 225.0)),))
    boxes = {**BOXES, "b": Bounds(300, 0, 340, 20)}

    state_space = whole_courses({"trunk": TRUNK, "merging": merging}, boxes)

    assert state_space == {"merging": "M320,25L320,225M320,225L400,225"}


def test_what_joins_nothing_stays_as_it_is() -> None:
    lonely = PictureLine("a", "d", (((250.0, 300.0), (250.0, 425.0), (400.0, 425.0)),))

    assert whole_courses({"lonely": lonely}, BOXES) == {}
    assert whole_courses({"lonely": lonely}, {}) == {}
    assert whole_courses({"empty": PictureLine("a", "b", ())}, BOXES) == {}


def test_a_path_is_read_by_the_points_on_it() -> None:
    assert line_of(["M1,2C3,4 5,6 7,8", ""]) == (((1.0, 2.0), (7.0, 8.0)),)
    assert box_of([(1.0, 2.0), (7.0, -8.0)]) == Bounds(1.0, -8.0, 7.0, 2.0)
