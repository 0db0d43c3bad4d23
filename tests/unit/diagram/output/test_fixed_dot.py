"""`graphviz-pure` and `dot` draw the same page, and all of it.

Skipped for the program that is not installed.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import pytest

from ohjausprosessi.diagram.content.selection import select
from ohjausprosessi.diagram.draw.compose import compose, lay_out
from ohjausprosessi.diagram.geometry.display_list import Circle, Polygon, Polyline, RoundedBox
from ohjausprosessi.diagram.output import graphviz_backend
from ohjausprosessi.diagram.output.fixed_dot import to_dot
from ohjausprosessi.diagram.output.graphviz_backend import draw
from ohjausprosessi.diagram.output.svg import finish_svg
from ohjausprosessi.formats import load_definition

if TYPE_CHECKING:
    from pathlib import Path

    from ohjausprosessi.diagram.content.selection import View
    from ohjausprosessi.diagram.geometry.display_list import Scene

NEAR = 3.0
PAGES = [
    (name, view)
    for name in ("tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen")
    for view in ("overview", "full")
]
_PLACED = ("x", "y", "cx", "cy", "rx", "ry", "points", "d")
_TAGS = {"path", "polygon", "polyline", "ellipse", "text"}


class Drawn(NamedTuple):
    """An element: the group it stands in, what it is, and its coordinates."""

    group: str
    tag: str
    said: str
    at: tuple[float, ...]
    anchor: str = ""


@cache
def page(name: str, view: View) -> Scene:
    return compose(lay_out(select(load_definition(name), view)))


def program(stem: str) -> Path:
    found = {one.stem: one for one in graphviz_backend.installed_programs()}
    if stem not in found:
        pytest.skip(f"{stem} is not installed")
    return found[stem]


def elements(scene: Scene, stem: str, monkeypatch: pytest.MonkeyPatch) -> list[Drawn]:
    """Return what one program draws of a page, in its order."""
    one = program(stem)
    with monkeypatch.context() as patched:
        patched.setattr(graphviz_backend, "installed_programs", lambda: (one,))
        svg = finish_svg(draw(to_dot(scene), "svg").decode(), scene)
    found = []
    for group in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g"):  # noqa: S314  our own
        for element in group:
            tag = element.tag.rsplit("}", 1)[-1]
            if tag in _TAGS:
                numbers = " ".join(element.get(key, "") for key in _PLACED)
                at = tuple(map(float, re.findall(r"-?[\d.]+(?:e-?\d+)?", numbers)))
                # the second of two spaces becomes one that does not break
                said = (element.text or "").replace("\u00a0", " ")
                found.append(
                    Drawn(group.get("id", ""), tag, said, at, element.get("text-anchor", ""))
                )
    return found


def wanted(scene: Scene) -> Counter[str]:
    """Return how many elements of each kind the display list asks for, the white page included."""
    plain = {Polyline: "polyline", Circle: "ellipse", Polygon: "polygon"}
    outlines = {"rounded": "path", "circle": "ellipse"}
    return Counter(
        chain(
            ["polygon"],
            ["text"] * len(scene.texts),
            (plain[type(shape)] for shape in scene.decoration if type(shape) in plain),
            (
                "path" if shape.radius > 0 else "polygon"
                for shape in scene.decoration
                if isinstance(shape, RoundedBox)
            ),
            (outlines.get(node.outline, "polygon") for node in scene.nodes),
            ("path" for edge in scene.edges for _ in edge.pieces),
        )
    )


@pytest.mark.parametrize("stem", ["graphviz-pure", "dot"])
@pytest.mark.parametrize(("name", "view"), PAGES)
def test_everything_on_the_page_is_drawn_where_it_was_placed(
    monkeypatch: pytest.MonkeyPatch, name: str, view: View, stem: str
) -> None:
    scene = page(name, view)
    found = elements(scene, stem, monkeypatch)
    assert Counter(one.tag for one in found) == wanted(scene)
    texts = [one for one in found if one.tag == "text"]
    assert [one.said for one in texts] == [text.text for text in scene.texts]
    for one, text in zip(texts, scene.texts, strict=True):
        x = {"start": text.box.left, "middle": text.at[0], "end": text.box.right}[one.anchor]
        assert one.at == pytest.approx((x, text.at[1] - scene.height), abs=NEAR), one
    groups = {one.group for one in found}
    assert groups >= {node.id for node in scene.nodes} | {edge.id for edge in scene.edges}


@pytest.mark.parametrize(("name", "view"), PAGES)
def test_dot_and_graphviz_pure_draw_the_same(
    monkeypatch: pytest.MonkeyPatch, name: str, view: View
) -> None:
    scene = page(name, view)
    pure, dot = (elements(scene, stem, monkeypatch) for stem in ("graphviz-pure", "dot"))
    assert [one[:3] for one in pure] == [one[:3] for one in dot]
    for one, other in zip(pure, dot, strict=True):
        assert one.at == pytest.approx(other.at, abs=NEAR), one
