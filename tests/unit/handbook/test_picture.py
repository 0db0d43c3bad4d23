"""A picture in a page: nothing in it can run or load anything, and its states can be chosen."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from ohjausprosessi.handbook.page_context import PageContext
from ohjausprosessi.handbook.picture import embedded, standalone
from small import END, process, t

PROCESS = process(
    {"a": {"title": {"fi": "Al\u00adku <b>", "en": "Start"}}, "b": "c", "e": END},
    {"go": t("a", "b"), "stop": t(["a", "b"], "e")},
).compiled
SVG = """<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y"><!-- a -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="9" height="9" viewBox="0 0 9 9" onload="alert(1)">
<g id="graph0" class="graph" style="x" transform="scale(1)"><title>G</title>
<script>alert(1)</script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>
<a xlink:href="javascript:alert(1)"><text x="1.23456" y="2">kirjain</text></a>
<text x="1.23456" y="2" onclick="alert(1)">kirjain</text>
<g id="state-a" class="node"><title>state_a</title><ellipse cx="5" cy="5" rx="2" ry="2"/></g>
<g id="state-b" class="node"><title>b</title><polygon points="0,0 1,0 1,1"/></g>
<g id="transition-go--a" class="edge"><title>x</title><path d="M0,0C1,1 2,2 3,3"/></g>
<g id="transition-stop-b" class="edge"><path d="M0,0C1,1 2,2 3,3"/></g>
</g></svg>"""


def context(**more: object) -> PageContext:
    return PageContext(PROCESS, "fi", **more)  # type: ignore[arg-type]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  our own text


def test_only_shapes_and_text_stay() -> None:
    written = embedded(SVG, context())

    for message in (
        "script",
        "alert",
        "foreignObject",
        "href",
        "style",
        "<!",
        "onload",
        "onclick",
        "id=",
    ):
        assert message not in written.replace("data-id=", "")
    assert written.count("kirjain") == 1
    assert 'x="1.23"' in written


def test_states_are_buttons_with_names_and_one_of_them_takes_the_tab_key() -> None:
    root = parsed(embedded(SVG, context()))
    states = [g for g in root.iter() if g.get("data-id")]

    assert [g.get("data-id") for g in states] == ["a", "b"]
    assert [g.get("tabindex") for g in states] == ["0", "-1"]
    assert {g.get("role") for g in states} == {"button"}
    assert states[0].get("aria-label") == "Alku <b>, alku, c"
    assert states[0][0].text == "Alku <b>"


def test_transitions_are_known_by_either_form_of_id() -> None:
    root = parsed(embedded(SVG, context(counts={"go": 7, "a": 3})))

    assert [g.get("data-way") for g in root.iter() if g.get("data-way")] == [
        "go--a--b",
        "stop--b--e",
    ]
    assert [g.get("data-count") for g in root.iter() if g.get("data-count")] == ["3", "7"]


def test_a_picture_by_itself_keeps_its_size_and_has_a_title() -> None:
    root = parsed(standalone(SVG, context()))

    assert (root.get("width"), root.get("viewBox")) == ("9", "0 0 9 9")
    assert root[0].text == "p"
    assert "Arial" in (root.get("font-family") or "")
    assert not [e for e in root.iter() if e.get("id")]
