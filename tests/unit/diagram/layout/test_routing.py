"""Routes on a grid of tracks, between ports and around blocks set by hand."""

from __future__ import annotations

from itertools import pairwise

from ohjausprosessi.diagram.geometry.display_list import Rect
from ohjausprosessi.diagram.layout.ports import Port
from ohjausprosessi.diagram.layout.routing import route
from ohjausprosessi.diagram.layout.track_grid import RouteRequest

XS = range(0, 401, 10)
YS = range(0, 301, 10)
LEFT, RIGHT = Rect(20, 80, 80, 120), Rect(320, 80, 380, 120)
FREE = {("l", "card"): LEFT, ("r", "card"): RIGHT}
Points = tuple[tuple[float, float], ...]


def line(name: str = "1", *, trunk: str = "", y: float = 100, to: float = 100) -> RouteRequest:
    """A line from the right edge of the left box to the left edge of the right box."""
    sources, targets = (Port("R", 80, y, 0),), (Port("L", 320, to, 0),)
    return RouteRequest(name, trunk or name, sources, targets, frozenset({"l", "r"}))


def routed(*wanted: RouteRequest, blocks: dict[tuple[str, str], Rect] = FREE) -> dict[str, Points]:
    return route(wanted, blocks, XS, YS, scale=1.0)


def bends(points: Points) -> int:
    ways = [a[0] == b[0] for a, b in pairwise(points)]
    return sum(one != other for one, other in pairwise(ways))


def runs(points: Points) -> set[tuple[bool, float]]:
    """The tracks a route runs on: whether upright, and where."""
    return {(a[0] == b[0], a[0] if a[0] == b[0] else a[1]) for a, b in pairwise(points)}


def test_where_nothing_stands_between_a_line_is_straight() -> None:
    assert routed(line())["1"] == ((80, 100), (320, 100))


def test_a_route_is_of_upright_and_level_runs_from_port_to_port() -> None:
    points = routed(line(y=90, to=110))["1"]
    assert (points[0], points[-1]) == ((80, 90), (320, 110))
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
    assert bends(points) == 2


def test_a_block_between_is_gone_around_with_room() -> None:
    wall = Rect(180, 60, 220, 140)
    points = routed(line(), blocks={**FREE, ("w", "card"): wall})["1"]
    for a, b in pairwise(points):
        run = Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        assert run.overlap(wall) == 0
        assert not wall.contains(run, slack=0)
    assert all(not (wall.left < x < wall.right and wall.top < y < wall.bottom) for x, y in points)
    assert len(points) > 2


def test_a_wall_over_the_whole_height_cannot_be_passed() -> None:
    assert routed(line(), blocks={**FREE, ("w", "card"): Rect(180, -50, 220, 350)}) == {}


def test_of_several_ports_the_cheap_one_is_taken() -> None:
    dear, cheap = Port("R", 80, 100, 90.0), Port("R", 80, 110, 0.0)
    wanted = RouteRequest("1", "1", (dear, cheap), (Port("L", 320, 110, 0),), frozenset({"l", "r"}))
    assert routed(wanted)["1"][0] == (80, 110)


def test_foreign_lines_do_not_run_on_each_other_and_those_of_a_trunk_may() -> None:
    ports = {"y": 100.0, "to": 100.0}
    foreign = routed(line("1", **ports), line("2", y=100, to=110))
    shared = routed(line("1", trunk="t", **ports), line("2", trunk="t", y=100, to=110))
    assert len(runs(shared["1"]) & runs(shared["2"])) == 1
    assert foreign["1"] != foreign["2"]


def test_the_same_input_gives_the_same_routes_whatever_its_order() -> None:
    one, other = line("1", y=90, to=110), line("2", y=110, to=90)
    assert routed(one, other) == routed(other, one)
