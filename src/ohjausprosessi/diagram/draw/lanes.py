"""Draws what lies beneath the states: title, headings of phases, lanes, service lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.draw.hatches import hatch, member_bands
from ohjausprosessi.diagram.draw.symbols import service_symbol
from ohjausprosessi.diagram.geometry.display_list import Pen, Polygon, Polyline, Rect, TextShape
from ohjausprosessi.diagram.geometry.text_metrics import clean, shorten, text_width, wrap
from ohjausprosessi.diagram.layout.placement import HEADER, MARGIN, PHASE, TOP
from ohjausprosessi.diagram.layout.service_list import SERVICE_LEADING, SERVICE_TEXT

if TYPE_CHECKING:
    from ohjausprosessi.diagram.content.selection import Selection
    from ohjausprosessi.diagram.geometry.display_list import Scene
    from ohjausprosessi.diagram.layout.layout import Layout
    from ohjausprosessi.diagram.layout.placement import Heading, Lane

_STRIP = 14.0
_POINT = 9.0
_LEAST_HEADING = 0.64
_HEADING_FILL = "#DDE3E9"
_ENDS_FILL = "#EEF1F4"
_BOUNDARY = "#8D99A5"
_GHOST_TINT = "#F7F8F9"


def title_of(selection: Selection) -> str:
    """The title of the page."""
    return clean(selection.definition.text(selection.language))


def subtitle_of(selection: Selection) -> str:
    """The subtitle: which view of which process and version."""
    definition, language = selection.definition, selection.language
    if selection.owner is not None:
        owner = clean(definition.owners[selection.owner].text(language))
        view = f"{word('extract', language)}: {owner}"
    elif selection.full:
        view = word("full", language)
    else:
        view = word("overview" if selection.traced else "overview_all", language)
    under = f"{view} · {definition.id} · {word('version', language)} {clean(definition.version)}"
    if since := selection.overlay.since:
        under += f" · {word('comparison', language)} {clean(since)}"
    return under


def draw_title(scene: Scene, selection: Selection, scale: float) -> None:
    """Draw the title and the subtitle."""
    room = scene.width - 2 * MARGIN
    title, size = _fitted(title_of(selection), 20 * scale, room)
    subtitle = shorten(subtitle_of(selection), 12 * scale, room)
    scene.add(
        TextShape((MARGIN, 30 * scale), title, size, bold=True, anchor="start", kind="title"),
        TextShape(
            (MARGIN, 48 * scale),
            subtitle,
            12 * scale,
            colour=palette.MUTED,
            anchor="start",
            kind="title",
        ),
    )


def _fitted(text: str, size: float, room: float) -> tuple[str, float]:
    """A bold line and its font size, which shrinks before the line is cut."""
    wide = text_width(text, size, bold=True)
    if wide > room:
        # a hair less than the room, so that rounding does not cut the last letter
        size *= max(_LEAST_HEADING, 0.999 * room / wide)
    return shorten(text, size, room, bold=True), size


def draw_page(scene: Scene, layout: Layout) -> None:
    """Draw title, headings, lanes and service lists."""
    scale = layout.scale
    draw_title(scene, layout.selection, scale)
    for n, heading in enumerate(layout.placement.headings):
        _heading(scene, heading, scale, first=n == 0)
    for lane in layout.placement.lanes.values():
        _lane(scene, layout, lane)
    for cut in layout.placement.cuts:
        for top, bottom in boundary_runs(layout):
            scene.add(Polyline(((cut, top), (cut, bottom)), Pen("", _BOUNDARY, 0.9, "dotted")))
    for lane in layout.placement.lanes.values():
        _service_list(scene, layout, lane)


def boundary_runs(layout: Layout) -> list[tuple[float, float]]:
    """The vertical extents of the boundaries of phases; they spare services offered in every phase."""
    tops, bottoms = [layout.placement.top], []
    for owner, lane in layout.placement.lanes.items():
        if lane.service_area is not None and (owner, None) in layout.selection.service_lists:
            bottoms.append(lane.service_area.top)
            tops.append(lane.service_area.bottom)
    runs = zip(tops, [*bottoms, layout.placement.bottom], strict=True)
    return [(top, bottom) for top, bottom in runs if bottom - top > 1]


def _heading(scene: Scene, heading: Heading, scale: float, *, first: bool) -> None:
    top, bottom = TOP * scale, (TOP + PHASE) * scale
    middle = (top + bottom) / 2
    point = _POINT * scale
    left = heading.left + (0 if first else 2)
    right = heading.right if heading.ends else heading.right - point
    fill = _ENDS_FILL if heading.ends else _HEADING_FILL
    points = [(left, top), (right, top), (heading.right, middle), (right, bottom), (left, bottom)]
    if not first:
        points.append((left + point, middle))
    room = heading.right - heading.left - 3 * point
    text, size = _fitted(heading.text, 14 * scale, room)
    scene.add(
        Polygon(tuple(points), Pen(fill)),
        TextShape(
            ((heading.left + heading.right) / 2, middle + 5 * scale),
            text,
            size,
            bold=True,
            kind="phase",
            ground=fill,
        ),
    )


def _lane(scene: Scene, layout: Layout, lane: Lane) -> None:
    selection, scale = layout.selection, layout.scale
    style = selection.styles[lane.owner]
    owner = selection.owner
    members = style.members
    ghost = owner is not None and lane.owner != owner and owner not in members
    left = layout.placement.left
    body = Rect(left, lane.top, layout.width - MARGIN, lane.bottom)
    scene.rectangle(body, Pen(_GHOST_TINT if ghost else style.tint, palette.BORDER))
    header = Rect(MARGIN, lane.top, left, lane.bottom)
    strip = Rect(MARGIN, lane.top, MARGIN + _STRIP * scale, lane.bottom)
    if members:
        scene.rectangle(header, Pen(palette.WHITE, palette.GREY))
        member_bands(scene, strip, members, selection.styles)
    else:
        scene.rectangle(header, Pen(palette.WHITE if ghost else style.fill, style.line))
        hatch(scene, strip.grown(-1), style.hatch, style.line)
        scene.add(
            Polyline(((strip.right, strip.top), (strip.right, strip.bottom)), Pen("", style.line))
        )
    ground = palette.WHITE if ghost or members else style.fill
    _header_text(scene, layout, lane, ground)


def _header_text(scene: Scene, layout: Layout, lane: Lane, ground: str) -> None:
    selection, scale = layout.selection, layout.scale
    style = selection.styles[lane.owner]
    owner = selection.definition.owners[lane.owner]
    left = MARGIN + (_STRIP + 6) * scale
    room = (HEADER - _STRIP - 10) * scale
    size = 13 * scale
    most = max(1, int((lane.bottom - lane.top - 26 * scale) // (16 * scale)))
    lines = wrap(_short_name(owner.text(selection.language)), size, room, bold=True, most=most)
    if style.members:
        tag = " + ".join(selection.styles[m].letters for m in style.members)
    else:
        tag = style.letters
    colour = palette.ink_on(ground)
    y = (lane.top + lane.bottom) / 2 - (len(lines) * 16 + 14) * scale / 2 + 12 * scale
    for line in lines:
        scene.add(
            TextShape(
                (left, y),
                line,
                size,
                bold=True,
                colour=colour,
                anchor="start",
                kind="header",
                ground=ground,
            )
        )
        y += 16 * scale
    tag = shorten(tag, 10.5 * scale, room)
    scene.add(
        TextShape(
            (left, y),
            tag,
            10.5 * scale,
            colour=colour,
            anchor="start",
            kind="header",
            ground=ground,
        )
    )


def _short_name(name: str) -> str:
    """A name without the bracket at its end; the legend has the whole name."""
    head, bracket, _ = clean(name).partition(" (")
    return head if bracket and head else clean(name)


def _service_list(scene: Scene, layout: Layout, lane: Lane) -> None:
    selection, scale = layout.selection, layout.scale
    ground = selection.styles[lane.owner].tint
    for listed in lane.services:
        service = selection.definition.services[listed.service]
        style = selection.styles[service.owner]
        shape = selection.definition.owners[service.owner].shape
        service_symbol(
            scene,
            (listed.x + 14 * scale, listed.y + 11.5 * scale),
            selection.codes[listed.service],
            (style, shape),
            scale,
            client=service.client,
        )
        lead = 15.5 if len(listed.lines) == 1 else 11.0
        for n, line in enumerate(listed.lines):
            scene.add(
                TextShape(
                    (listed.x + 30 * scale, listed.y + (lead + n * SERVICE_LEADING) * scale),
                    line,
                    SERVICE_TEXT * scale,
                    anchor="start",
                    kind="service list",
                    ground=ground,
                )
            )
