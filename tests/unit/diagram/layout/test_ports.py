"""Where lines may leave and enter a state, by the form of the state."""

from __future__ import annotations

import pytest

from ohjausprosessi.diagram.content.selection import select
from ohjausprosessi.diagram.draw.compose import lay_out
from ohjausprosessi.diagram.layout.ports import ports_of
from small import forked, t

LAYOUT = lay_out(
    select(
        forked(
            {"ask": {"kind": "choice"}, "y": "c"},
            {
                "go_on": t("z", "ask"),
                "yes": t("ask", "y", None, if_="ok"),
                "no": t("ask", "z", None),
                "stop": t("y", "e"),
            },
            facts={"ok": {"type": "bool"}},
        ).definition,
        "full",
    )
)


def sides(state: str) -> set[str]:
    place = LAYOUT.placement.states[state]
    return {port.side for port in ports_of(LAYOUT.selection, LAYOUT.placement, place)}


def test_a_waiting_state_is_left_and_entered_on_all_sides() -> None:
    assert sides("z") == {"L", "R", "T", "B"}


@pytest.mark.parametrize("state", ["a", "f", "join", "ask", "z"])
def test_ports_lie_on_the_outline(state: str) -> None:
    place = LAYOUT.placement.states[state]
    top = min(place.box.top, place.label.top) if place.label else place.box.top
    bottom = max(place.box.bottom, place.label.bottom) if place.label else place.box.bottom
    for port in ports_of(LAYOUT.selection, LAYOUT.placement, place):
        assert place.box.left - 0.1 <= port.x <= place.box.right + 0.1
        assert top - 0.1 <= port.y <= bottom + 0.1
        assert (port.side == "L") <= (port.x < place.x)
        assert (port.side == "R") <= (port.x > place.x)


@pytest.mark.parametrize("state", ["a", "f", "join", "ask", "z"])
def test_some_port_costs_nothing_and_the_others_more(state: str) -> None:
    ports = ports_of(LAYOUT.selection, LAYOUT.placement, LAYOUT.placement.states[state])
    assert min(port.cost for port in ports) == 0
    assert all(port.cost >= 0 for port in ports)


def test_a_choice_offers_its_corners_first() -> None:
    place = LAYOUT.placement.states["ask"]
    ports = ports_of(LAYOUT.selection, LAYOUT.placement, place)
    free = {(p.side, p.x, p.y) for p in ports if p.cost == 0}
    assert free == {("L", place.box.left, place.y), ("R", place.box.right, place.y)}


def test_a_port_on_the_other_side_of_a_state_is_mirrored() -> None:
    place = LAYOUT.placement.states["z"]
    ports = ports_of(LAYOUT.selection, LAYOUT.placement, place)
    rights = {p.y for p in ports if p.side == "R"}
    assert {p.y for p in ports if p.side == "L"} <= rights
