"""A picture prepared for a page: only shapes and text remain, and states take the keyboard.

What comes in is the SVG of the diagram room, whose states and transitions carry ids. What goes out
holds only the elements and attributes listed here, so nothing in it can run or load anything; every
state has a role, a name and a place in the order of keys.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ohjausprosessi.handbook.markup import Html, attribute_text
from ohjausprosessi.handbook.whole_lines import (
    Bounds,
    PictureLine,
    Point,
    box_of,
    line_of,
    whole_courses,
)

if TYPE_CHECKING:
    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.model import Transition

__all__ = ["embedded", "standalone"]

_NAMESPACE = "http://www.w3.org/2000/svg"
_QUALIFIED = f"{{{_NAMESPACE}}}"
_ELEMENTS = frozenset(
    {
        "svg",
        "g",
        "title",
        "path",
        "polygon",
        "polyline",
        "ellipse",
        "circle",
        "rect",
        "line",
        "text",
    }
)
_ATTRIBUTES = frozenset(
    {"viewBox", "transform", "d", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r"}
    | {"rx", "ry", "width", "height", "fill", "fill-opacity", "stroke", "stroke-width"}
    | {"stroke-opacity", "stroke-dasharray", "text-anchor", "font-size", "font-weight"}
)
_FONTS = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif"
_LONG = re.compile(r"\d+\.\d{3,}")
_SIZE = frozenset({"width", "height"})

ET.register_namespace("", _NAMESPACE)


def embedded(svg: str, context: PageContext) -> Html:
    """A picture to embed in a page: states are buttons, transitions have names.

    Args:
        svg: the picture as text; groups whose id is ``state-<state>`` are the states, those whose
            id is ``transition-<transition>`` with ``-<state>`` or ``--<state>`` after it the
            transitions.
        context: the process and the language.
    """
    root = _cleaned(svg)
    for name in _SIZE & root.attrib.keys():
        del root.attrib[name]
    root.set("role", "group")
    root.set("aria-label", context.plain(context.definition))
    return Html(_written(root, context))


def standalone(svg: str, context: PageContext) -> str:
    """A picture as a file of its own, with its size and its fonts."""
    root = _cleaned(svg)
    root.set("font-family", _FONTS)
    for group in root.iter(f"{_QUALIFIED}g"):
        group.attrib.pop("id", None)
        group.attrib.pop("class", None)
    title = ET.Element(f"{_QUALIFIED}title")
    title.text = context.plain(context.definition)
    root.insert(0, title)
    return ET.tostring(root, encoding="unicode")


def _cleaned(svg: str) -> ET.Element:
    """Strip a picture down to the allowed elements and attributes; ids stay on groups for now."""
    root = ET.fromstring(svg.encode())  # noqa: S314  our own drawer wrote it
    for parent in list(root.iter()):
        for child in list(parent):
            known = child.tag.removeprefix(_QUALIFIED) in _ELEMENTS
            if not known or child.tag == f"{_QUALIFIED}title":
                parent.remove(child)
        kept = _ATTRIBUTES | ({"id", "class"} if parent.tag == f"{_QUALIFIED}g" else frozenset())
        for name in list(parent.attrib):
            if name not in kept:
                del parent.attrib[name]
            else:
                parent.set(name, _LONG.sub(lambda n: f"{float(n[0]):.2f}", parent.get(name, "")))
    return root


def _written(root: ET.Element, context: PageContext) -> str:
    definition = context.definition
    states = {f"state-{state}": state for state in definition.states}
    ways = _ways(context)
    boxes: dict[str, Bounds] = {}
    lines: dict[str, PictureLine] = {}
    groups: dict[str, ET.Element] = {}
    for group in root.iter(f"{_QUALIFIED}g"):
        name = group.attrib.pop("id", "")
        group.attrib.pop("class", None)
        if name in states:
            boxes[states[name]] = _room(group)
            _name_state(group, states[name], context)
        elif name in ways:
            transition, source = ways[name]
            paths = [path.get("d", "") for path in group.iter(f"{_QUALIFIED}path")]
            lines[name] = PictureLine(source, transition.to, line_of(paths))
            groups[name] = group
            _name_way(group, transition, source, context)
    for name, course in whole_courses(lines, boxes).items():
        groups[name].set("data-course", course)
    for text in root.iter(f"{_QUALIFIED}text"):
        text.set("aria-hidden", "true")
    return ET.tostring(root, encoding="unicode")


def _ways(context: PageContext) -> dict[str, tuple[Transition, str]]:
    return {
        f"transition-{transition.id}{hyphens}{source}": (transition, source)
        for transition in context.definition.transitions.values()
        for source in transition.sources
        for hyphens in ("-", "--")
    }


def _room(group: ET.Element) -> Bounds:
    """The bounding box of a state's outline."""
    points: list[Point] = []
    for shape in group:
        written = shape.get("points") or shape.get("d") or ""
        points += (point for piece in line_of([written], every=1) for point in piece)
        if shape.get("cx") is not None:
            x, y = float(shape.get("cx", 0)), float(shape.get("cy", 0))
            rx, ry = float(shape.get("rx", 0)), float(shape.get("ry", 0))
            points += [(x - rx, y - ry), (x + rx, y + ry)]
    return box_of(points or [(0.0, 0.0)])


def _name_state(group: ET.Element, state: str, context: PageContext) -> None:
    definition = context.definition
    found = definition.states[state]
    title = context.plain(found)
    parts = [title, context.kind(state), context.plain(definition.owners[found.owner])]
    group.attrib.update(
        {
            "data-id": state,
            "role": "button",
            "tabindex": "0" if state == definition.start else "-1",
            "aria-label": ", ".join(parts),
        }
    )
    if (count := context.count(state)) is not None:
        group.set("data-count", count)
    _entitle(group, title)


def _name_way(group: ET.Element, transition: Transition, source: str, context: PageContext) -> None:
    group.set("data-way", f"{transition.id}--{source}--{transition.to}")
    group.set("aria-hidden", "true")
    if (count := context.count_of_way(transition.id, source)) is not None:
        group.set("data-count", count)
    number = context.numbers[transition.id]
    _entitle(group, f"{number} {attribute_text(context.title(transition))}")


def _entitle(group: ET.Element, title: str) -> None:
    element = ET.Element(f"{_QUALIFIED}title")
    element.text = title
    group.insert(0, element)
