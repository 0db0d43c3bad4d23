"""Files of pictures: forms, views, hostile labels, refusals, and a picture kept as text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram import mermaid_text, render, svg_text
from ohjausprosessi.diagram.content.selection import select
from ohjausprosessi.diagram.draw.compose import compose, lay_out, table_pages
from ohjausprosessi.errors import RenderError
from ohjausprosessi.formats import load_definition, loads_definition
from ohjausprosessi.model import Definition, Label
from pictures import faults, random_process
from places import SNAPSHOTS

if TYPE_CHECKING:
    from pathlib import Path

ADVICE = """\
ohjausprosessi: 1
id: neuvonta
version: "1"
title: {fi: Neuvonta, en: Advice}
responsible: kunta
start: alkanut
fallback: alkanut
owners: {kunta: {colour: blue, title: Kunta}, opisto: {colour: yellow, title: Opisto}}
roles: {asiakas: {client: true}, neuvoja: {owner: kunta}, opettaja: {owner: opisto}}
facts: {valmis: {type: bool, title: Onko kurssi valmis}}
durations: {kuittaus: {length: 5 workdays}}
states:
  alkanut: {owner: kunta, title: Neuvonta alkanut}
  kurssi: {owner: opisto, title: Kurssi}
  paattynyt: {kind: end, owner: kunta, title: Neuvonta päättynyt}
transitions:
  ohjaa:
    {from: alkanut, to: kurssi, by: neuvoja, title: Ohjaa kurssille, handoff: {within: kuittaus}}
  paata:
    {from: kurssi, to: paattynyt, by: opettaja, title: Päätä, if: valmis, handoff: {ack: false}}
  keskeyta: {from: any_open, to: paattynyt, by: kunta, title: Keskeytä}
"""
HOSTILE = [
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    r"\N \G \L \\",
    "quotes \" and ' and `",
    "x" * 300,
    "pitkä sana " * 27,
    "first\nsecond\tthird",
    "<B>bold</B> &amp; <table>",
    "ends in a backslash \\",
]


@pytest.fixture(scope="module")
def first() -> Definition:
    return load_definition("tyottomyydesta_tutkintoon")


@pytest.fixture(scope="module")
def advice() -> Definition:
    return loads_definition(ADVICE)


def elements(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter())  # noqa: S314  our own file


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_label_neither_breaks_nor_injects(advice: Definition, text: str) -> None:
    label = Label((("fi", text),))
    owners = {key: replace(one, title=label) for key, one in advice.owners.items()}
    states = {key: replace(one, title=label) for key, one in advice.states.items()}
    transitions = {key: replace(one, title=label) for key, one in advice.transitions.items()}
    hostile = replace(advice, title=label, owners=owners, states=states, transitions=transitions)
    found = elements(svg_text(hostile, view="full"))
    tags = {element.tag.rsplit("}", 1)[-1] for element in found}
    assert tags <= {"svg", "g", "title", "path", "polygon", "polyline", "ellipse", "text"}
    assert sum("state" in (e.get("class") or "").split() for e in found) == len(states)
    layout = lay_out(select(hostile, "full"))
    assert faults(layout, compose(layout)) == []


def test_states_and_transitions_carry_stable_ids_and_names(advice: Definition) -> None:
    found = {e.get("id"): e for e in elements(svg_text(advice, view="full")) if e.get("id")}
    assert {"state-alkanut", "state-kurssi", "transition-ohjaa--alkanut"} <= found.keys()
    title = found["transition-paata--kurssi"].find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == "Päätä [onko kurssi valmis]"


@pytest.mark.parametrize("name", ["neuvonta.svg", "neuvonta.mmd"])
def test_a_small_picture_stays_as_it_was_seen(advice: Definition, name: str) -> None:
    text = svg_text(advice, view="full") if name.endswith("svg") else mermaid_text(advice)
    kept = SNAPSHOTS / f"diagram-{name}"
    if not kept.exists():
        kept.write_text(text, encoding="utf-8")
        pytest.fail(f"{kept.name} was missing and is written anew: look at it, then keep it")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_long_title_is_set_smaller_before_it_is_cut(first: Definition, language: str) -> None:
    pages = table_pages(select(first, "full", language=language))
    titles = [next(text.text for text in page.texts if text.kind == "title") for page in pages]
    assert titles == [first.text(language)] * len(pages)


def test_a_large_process_is_left_to_graphviz_and_says_so(tmp_path: Path) -> None:
    large = random_process(1, states=90)
    assert "Graphvizin oma asettelu" in render(large, tmp_path / "large.dot").read_text("utf-8")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"view": "everything"}, "overview, full"),
        (
            {"view": "Full"},
            "unknown view 'Full'; expected one of overview, full; did you mean full?",
        ),
        ({"owner": "nobody"}, "kunta, opisto"),
        ({"owner": "kunnta"}, "did you mean kunta?"),
        ({"lang": "xx"}, "unknown language 'xx'; expected one of fi, en"),
        ({"lang": "EN"}, "did you mean en?"),
        ({"lang": None}, "unknown language None"),
        ({"counts": {"ohja": 1}}, "'ohja' is not a transition"),
        ({"counts": {"ohja": 1}}, "did you mean ohjaa?"),
        ({"counts": {"ohjaa--nowhere": 1}}, "'ohjaa--nowhere' is not a transition"),
        ({"counts": {"ohjaa": -1}}, "the count of ohjaa must be an integer of at least 0, got -1"),
        ({"counts": {"ohjaa": "3"}}, "got '3'"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(
    advice: Definition, tmp_path: Path, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(RenderError, match=re.escape(said)):
        render(advice, tmp_path / "picture.svg", **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["missing/picture.mmd", "a\0.mmd", "a\0.dot", "n" * 5000 + ".mmd"])
def test_a_file_that_cannot_be_written_is_said(
    advice: Definition, tmp_path: Path, name: str
) -> None:
    with pytest.raises(RenderError, match="cannot be written") as caught:
        render(advice, tmp_path / name)
    assert str(caught.value).isprintable()


def test_a_picture_is_in_any_language_its_titles_are_in(advice: Definition, tmp_path: Path) -> None:
    title = Label((("fi", "Kurssille"), ("sv", "Till kursen")))
    states = {**advice.states, "kurssi": replace(advice.states["kurssi"], title=title)}
    path = render(replace(advice, states=states), tmp_path / "picture.mmd", lang="sv")
    assert "Till kursen" in path.read_text(encoding="utf-8")
    with pytest.raises(RenderError, match="unknown language 'sv'"):
        svg_text(advice, lang="sv")
