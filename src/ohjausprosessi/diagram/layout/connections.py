"""Routes of a placement: ports, obstacles and tracks handed to the router (LAYOUT §4, §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.layout.obstacles import blocks_of
from ohjausprosessi.diagram.layout.ports import ports_of
from ohjausprosessi.diagram.layout.routing import route
from ohjausprosessi.diagram.layout.track_grid import RouteRequest
from ohjausprosessi.diagram.layout.tracks import merged_tracks, tracks_between

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagram.content.selection import Selection, TransitionLine
    from ohjausprosessi.diagram.geometry.display_list import Point
    from ohjausprosessi.diagram.layout.placement import Placement
    from ohjausprosessi.diagram.layout.ports import Port

_BESIDE = 14.0
# Two lines nearer than this look like one.
_APART = 4.5
# What a line of a fan pays for leaving other than towards its targets.
_ELSEWHERE = 260.0


def connect(
    selection: Selection, placement: Placement, *, rounds: int = 3
) -> dict[str, tuple[Point, ...]]:
    """Route every line of a placement; the corner points by line, from port to port."""
    ports = {
        state: ports_of(selection, placement, placed) for state, placed in placement.states.items()
    }
    blocks = blocks_of(selection, placement)
    every = [port for found in ports.values() for port in found]
    xs = {port.x for port in every if port.side in "TB"}
    ys = {port.y for port in every if port.side in "LR"}
    beside = _BESIDE * placement.sizes.scale
    more_xs = [x for gutter in placement.gutters for x in tracks_between(*gutter)]
    more_ys = [y for gap in placement.gaps for y in tracks_between(*gap)]
    for placed in placement.states.values():  # a way past a glyph in a wide column
        if placed.state_box.labelled_beneath:
            more_xs += [placed.box.left - beside, placed.box.right + beside]
            lowest = placed.label.bottom if placed.label else placed.box.bottom
            more_ys += [placed.box.top - beside, max(lowest, placed.box.bottom) + beside]
    for box in blocks.values():  # so that no step jumps over a small block
        more_xs.append(box.middle[0])
        more_ys.append(box.middle[1])
    apart = _APART * placement.sizes.scale
    requests = [_request(selection, placement, ports, line) for line in selection.lines]
    return route(
        requests,
        blocks,
        merged_tracks(xs, more_xs, apart),
        merged_tracks(ys, more_ys, apart),
        scale=placement.sizes.scale,
        rounds=rounds,
    )


def _request(
    selection: Selection,
    placement: Placement,
    ports: Mapping[str, tuple[Port, ...]],
    line: TransitionLine,
) -> RouteRequest:
    """A line with the ports open to it; fans and merges use buses above and below a row."""
    sources, targets = ports[line.source], ports[line.target]
    below = placement.states[line.target].y > placement.states[line.source].y
    if line.fan:
        sources = _rather(sources, "B" if below else "TR")
        targets = _on(targets, "T" if below else "LB")
    elif _merges(selection, line):
        last = selection.grid.column[line.source] == selection.grid.columns - 1
        sources = _on(sources, "R" if last else "B")
    return RouteRequest(
        line.id, line.trunk, sources, targets, frozenset((line.source, line.target))
    )


def _rather(ports: tuple[Port, ...], sides: str) -> tuple[Port, ...]:
    """The ports, those on other sides at a higher cost."""
    return tuple(p if p.side in sides else p._replace(cost=p.cost + _ELSEWHERE) for p in ports)


def _on(ports: tuple[Port, ...], sides: str) -> tuple[Port, ...]:
    """The ports on some sides, or all if there are none."""
    return tuple(port for port in ports if port.side in sides) or ports


def _merges(selection: Selection, line: TransitionLine) -> bool:
    """Whether a line leads from a target of a fan to an end."""
    goals = {goal for found in selection.grid.fans.values() for goal in found}
    is_end = selection.definition.states[line.target].kind == "end"
    return is_end and line.source in goals
