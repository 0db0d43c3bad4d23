"""Draws the lines: own segments, joints, heads, receiver marks, and numbers where they cover least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.overlays import CROSS, SIGNS
from ohjausprosessi.diagram.content.phrases import guard_words
from ohjausprosessi.diagram.draw.symbols import (
    HEAD_LENGTH,
    NUMBER_RADIUS,
    RECEIVER_MARK_RADIUS,
    RING_RADIUS,
    arrowhead,
    clock,
    number_disc,
    receiver_mark,
    signed,
)
from ohjausprosessi.diagram.geometry.display_list import Circle, Edge, Pen, Rect, TextShape
from ohjausprosessi.diagram.geometry.polyline import at_distance, distance, runs, without
from ohjausprosessi.diagram.geometry.text_metrics import clean
from ohjausprosessi.diagram.layout.shared_segments import Segment, segments_of

if TYPE_CHECKING:
    from ohjausprosessi.diagram.geometry.display_list import Dash, Point, Scene
    from ohjausprosessi.diagram.layout.layout import Layout

RADIUS = 7.0
_JOINT_RADIUS = 2.3
_BEFORE_TIP = 14.0
_STEP = 4.0
_CELL = 48.0


def draw_lines(scene: Scene, layout: Layout) -> None:
    """Draw every line of a layout over the states drawn before."""
    _LinePainter(scene, layout).draw()


class _Crowd:
    """What is already drawn, in cells, so that what lies near a place is found fast."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[tuple[Rect, str, float]]] = {}

    def add(self, box: Rect, trunk: str, weight: float) -> None:
        for key in self._keys(box):
            self.cells.setdefault(key, []).append((box, trunk, weight))

    def _keys(self, box: Rect) -> list[tuple[int, int]]:
        return [
            (i, j)
            for i in range(int(box.left // _CELL), int(box.right // _CELL) + 1)
            for j in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1)
        ]

    def penalty(self, box: Rect, line: str) -> float:
        """What it costs to cover what is drawn here; covering ``line`` costs nothing."""
        found = {id(entry): entry for key in self._keys(box) for entry in self.cells.get(key, ())}
        total = 0.0
        for other, owner, weight in found.values():
            if owner != line and (area := box.overlap(other)):
                total += 30.0 + area * weight
        return total


class _LinePainter:
    def __init__(self, scene: Scene, layout: Layout) -> None:
        self.scene = scene
        self.layout = layout
        self.selection = layout.selection
        self.definition = layout.selection.definition
        self.scale = layout.scale
        self.gaps: dict[str, list[tuple[float, float]]] = {}
        self.discs: list[tuple[str, Point]] = []

    def draw(self) -> None:
        """Draw all lines; numbers last, when everything else is known."""
        segments = segments_of(self.selection.lines, self.layout.routes)
        crowd = self._crowd(segments)
        for segment in segments:
            self.gaps[segment.line.id] = []
            self._ends(segment, crowd)
        if self.selection.full:
            for segment in sorted(segments, key=lambda one: (one.length, one.line.id)):
                self._number(segment, crowd)
        for segment in sorted(segments, key=lambda one: (one.length, one.line.id)):
            self._figure(segment, crowd)
        for segment in segments:
            self._edge(segment)

    def _crowd(self, segments: list[Segment]) -> _Crowd:
        crowd = _Crowd()
        for shape in self.scene.decoration:
            if isinstance(shape, TextShape) and shape.kind != "title":
                crowd.add(shape.box, "", 8.0)
            elif isinstance(shape, Circle):
                crowd.add(Rect.around(shape.centre, shape.radius), "", 6.0)
        for node in self.scene.nodes:
            crowd.add(node.box, "", 6.0)
        for segment in segments:
            for a, b in runs(segment.points):
                box = Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
                crowd.add(box.grown(1), segment.line.id, 2.0)
        return crowd

    def _colour(self, segment: Segment) -> str:
        if segment.line.handoff:
            return palette.PURPLE
        return self.selection.styles[segment.line.owner].line

    # ---- ends of lines

    def _ends(self, segment: Segment, crowd: _Crowd) -> None:
        line, scale, colour = segment.line, self.scale, self._colour(segment)
        length = segment.length
        gaps = self.gaps[line.id]
        if segment.joint is not None:
            self.scene.add(Circle(segment.joint, _JOINT_RADIUS * scale, Pen(colour, colour)))
        if segment.tail:
            arrowhead(
                self.scene,
                segment.points[-2],
                segment.points[-1],
                colour,
                scale,
                open_=line.handoff,
                line=line.id,
            )
            gaps.append((length - HEAD_LENGTH * scale, length))
        if line.both:
            arrowhead(
                self.scene,
                segment.points[1],
                segment.points[0],
                colour,
                scale,
                open_=line.handoff,
                line=line.id,
            )
            gaps.append((0.0, HEAD_LENGTH * scale))
        if line.handoff:
            if segment.stem and not line.both:
                self._ring(segment)
            if segment.tail:
                self._receipt(segment, crowd, line.receiver, backwards=False)
            if line.both:
                self._receipt(segment, crowd, line.giver, backwards=True)

    def _ring(self, segment: Segment) -> None:
        style = self.selection.styles[segment.line.giver]
        radius = RING_RADIUS * self.scale
        fill = style.fill
        self.scene.add(
            Circle(
                segment.points[0],
                radius,
                Pen(fill, palette.PURPLE, 1.3 * self.scale),
                f"ring {segment.line.id}",
            )
        )
        self.gaps[segment.line.id].append((0.0, radius))

    def _receipt(self, segment: Segment, crowd: _Crowd, receiver: str, *, backwards: bool) -> None:
        scale, line = self.scale, segment.line
        points = segment.points[::-1] if backwards else segment.points
        length = segment.length
        along = length - _fitting(
            points, length, _BEFORE_TIP * scale, (RECEIVER_MARK_RADIUS + 1) * scale
        )
        at = at_distance(points, along)
        colour = self.selection.styles[receiver].line
        if palette.contrast(colour, palette.WHITE) < palette.CONTRAST_TEXT:
            colour = palette.GREY
        receiver_mark(
            self.scene,
            at,
            RECEIVER_MARK_RADIUS * scale,
            colour,
            answered=line.answered,
            line=line.id,
        )
        reach = RECEIVER_MARK_RADIUS * scale
        crowd.add(Rect.around(at, reach), "", 8.0)
        gap = (along - reach, along + reach)
        self.gaps[line.id].append((length - gap[1], length - gap[0]) if backwards else gap)

    # ---- numbers

    def _number(self, segment: Segment, crowd: _Crowd) -> None:
        line, scale = segment.line, self.scale
        radius = NUMBER_RADIUS * scale
        along, at = self._best_place(segment, crowd, (radius, radius))
        transition = self.definition.transitions[line.transition]
        style = self.selection.styles[line.owner]
        fill = palette.WHITE if line.handoff else style.fill
        colour = palette.PURPLE if line.handoff else palette.ink_on(fill)
        number = self.selection.numbers[line.transition]
        number_disc(
            self.scene, at, number, (fill, colour), scale, inferred=line.inferred, line=line.id
        )
        if transition.after:
            clock(self.scene, (at[0] + 8 * scale, at[1] - 7 * scale), 4.2 * scale)
        crowd.add(Rect.around(at, radius), "", 8.0)
        self.gaps[line.id].append((along - radius, along + radius))
        self.discs.append((line.id, at))

    def _best_place(
        self, segment: Segment, crowd: _Crowd, half: tuple[float, float]
    ) -> tuple[float, Point]:
        """Where a mark covers least: the distance along the line, and the point.

        ``half`` is half of the mark's width and height.
        """
        best: tuple[float, float, Point] = (float("inf"), 0.0, segment.points[0])
        passed = 0.0
        for a, b in runs(segment.points):
            length = distance(a, b)
            steps = max(1, int(length // _STEP))
            for n in range(1, steps + 1):
                along = length * n / (steps + 1)
                at = (a[0] + (b[0] - a[0]) * along / length, a[1] + (b[1] - a[1]) * along / length)
                box = Rect.around(at, *half)
                near_bend = max(0.0, max(half) - min(along, length - along))
                cost = crowd.penalty(box.grown(1), segment.line.id) + near_bend * 2
                cost += (passed + along) * 0.05
                if cost < best[0] - 1e-9:
                    best = (cost, passed + along, at)
            passed += length
        return best[1], best[2]

    # ---- figures and signs of an overlay

    def _figure(self, segment: Segment, crowd: _Crowd) -> None:
        """Draw the sign of a failure or a change, else the count of a line."""
        line, overlay = segment.line, self.selection.overlay
        change = overlay.transitions.get(line.transition)
        count = overlay.count_of(line.transition, line.source)
        if line.transition in overlay.failed:
            text, colour = CROSS, palette.FAILED
        elif change is not None:
            text, colour = SIGNS[change], palette.CHANGES[change]
        elif count is not None:
            text, colour = str(count), palette.DARK
        else:
            return
        half = (max(7.0, 3.0 * len(text) + 4) * self.scale, 6.5 * self.scale)
        along, at = self._best_place(segment, crowd, half)
        signed(self.scene, f"figure-{line.id}", at, text, colour=colour, scale=self.scale)
        box = Rect.around(at, *half)
        crowd.add(box, "", 8.0)
        self.gaps[line.id].append((along - half[1], along + half[1]))

    def _weight(self, segment: Segment) -> float:
        """The factor of a line's width: wide if the case took it, else by its count."""
        line, overlay = segment.line, self.selection.overlay
        if (line.transition, line.source) in overlay.taken:
            return 2.6
        count = overlay.count_of(line.transition, line.source)
        most = max(overlay.counts.values(), default=0)
        return 0.8 + 3.2 * (count / most) ** 0.5 if count and most else 1.0

    def _under_discs(self, segment: Segment) -> list[tuple[float, float]]:
        """The gaps where a line passes beneath the number of another."""
        radius = NUMBER_RADIUS * self.scale
        gaps = []
        for owner, at in self.discs:
            passed = 0.0
            for a, b in runs(segment.points) if owner != segment.line.id else ():
                length = distance(a, b)
                along = ((at[0] - a[0]) * (b[0] - a[0]) + (at[1] - a[1]) * (b[1] - a[1])) / length
                if -radius < along < length + radius:
                    near = at_distance((a, b), min(max(along, 0.0), length))
                    if distance(near, at) < radius:
                        gaps.append((passed + along - radius, passed + along + radius))
                passed += length
        return gaps

    # ---- edges

    def _edge(self, segment: Segment) -> None:
        line, scale = segment.line, self.scale
        dash: Dash = "dotted" if line.inferred else "dashed" if line.handoff else "solid"
        width = (1.6 if line.handoff else 1.4) * scale * self._weight(segment)
        transition = self.definition.transitions[line.transition]
        title = clean(transition.text(self.selection.language))
        if transition.guard:
            title += f" [{guard_words(self.definition, transition.guard, self.selection.language)}]"
        classes = ["transition", f"owner-{line.owner}"]
        classes += ["handoff"] * line.handoff + ["inferred"] * line.inferred
        gaps = self.gaps[line.id] + self._under_discs(segment)
        pieces = without(segment.points, [(max(0.0, first), last) for first, last in gaps])
        self.scene.edges.append(
            Edge(
                f"transition-{line.id}",
                tuple(classes),
                title,
                f"state-{line.source}",
                f"state-{line.target}",
                pieces or (segment.points,),
                Pen("", self._colour(segment), width, dash),
                RADIUS * scale,
            )
        )


def _fitting(points: tuple[Point, ...], length: float, wanted: float, room: float) -> float:
    """How far before the tip a mark fits on a straight run; at least ``wanted`` if it can."""
    bends = []
    position = 0.0
    for a, b in runs(points):
        position += distance(a, b)
        bends.append(length - position)
    inner = [bend for bend in bends if bend > 0]
    back = wanted
    while back < length - room:
        clash = [bend for bend in inner if abs(bend - back) < room]
        if not clash:
            return back
        back = max(clash) + room + 0.01
    return min(wanted, length / 2)
