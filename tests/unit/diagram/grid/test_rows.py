"""Rows inside a lane: chosen so that lines cross seldom."""

from __future__ import annotations

from ohjausprosessi.diagram.grid.assign import grid_of
from ohjausprosessi.diagram.grid.rows import search_rows
from small import END, process, t


def rows(*ways: str, column: dict[str, int]) -> dict[str, int]:
    """The rows of states of one lane that stand in given columns; a way is two names."""
    states = {**dict.fromkeys(["a", *column], "c"), "e": END}
    transitions = {f"t{n}": t(*way.split()) for n, way in enumerate([*ways, "a e"])}
    definition = process(states, transitions).definition
    lines = [line for line in grid_of(definition).lines if line.target != "e"]
    return search_rows(definition, ("c",), column, lines, None)


def test_states_of_one_column_have_rows_of_their_own_in_the_order_of_the_file() -> None:
    assert rows(column={"b": 0, "d": 0, "f": 0}) == {"b": 0, "d": 1, "f": 2}


def test_two_lines_that_would_cross_are_drawn_side_by_side() -> None:
    found = rows("b h", "d g", column={"b": 0, "d": 0, "g": 1, "h": 1})
    assert (found["b"] < found["d"]) == (found["h"] < found["g"])


def test_a_line_passes_beside_the_state_between_its_ends() -> None:
    found = rows("b d", "b f", "d f", column={"b": 0, "d": 1, "f": 2, "g": 1})
    straight = found["b"] == found["f"]
    assert not straight or found["d"] != found["b"]


def test_the_start_keeps_the_top_of_its_column() -> None:
    found = rows("a h", "b g", column={"b": 0, "a": 0, "g": 1, "h": 1})
    assert found["a"] == 0


def test_each_place_of_a_column_holds_one_state() -> None:
    column = {"b": 0, "d": 0, "f": 0, "g": 1, "h": 1, "i": 1}
    found = rows("b i", "d h", "f g", "b g", column=column)
    assert len({(column[state], row) for state, row in found.items()}) == len(column)
