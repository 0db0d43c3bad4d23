"""Files of pictures: forms, views, hostile labels, overlays, refusals, and a picture kept as text."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram import mermaid_text, render, svg_text
from ohjausprosessi.diagram.content.overlays import case_overlay, change_overlay, failed_at
from ohjausprosessi.diagram.content.selection import select
from ohjausprosessi.diagram.draw.compose import drawn, lay_out, table_pages
from ohjausprosessi.errors import RenderError
from ohjausprosessi.formats import load_definition, loads_definition
from ohjausprosessi.model import Definition, Label
from ohjausprosessi.process import Process
from ohjausprosessi.verify import findings, follow
from pictures import faults, random_process
from places import CHECK_FOLDERS, SNAPSHOTS

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
    assert faults(layout, drawn(layout)) == []


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


def test_a_table_too_small_to_print_stands_on_a_page_of_its_own(
    first: Definition, tmp_path: Path
) -> None:
    pypdf = pytest.importorskip("pypdf")
    path = render(first, tmp_path / "full.pdf", view="full")
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    assert len(pages) == 2
    assert "Palautunut prosessivastuulliselle" in pages[0].extract_text()
    assert "Arvioi palvelutarve" in pages[1].extract_text()


@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_long_title_is_set_smaller_before_it_is_cut(first: Definition, language: str) -> None:
    pages = table_pages(select(first, "full", language=language))
    titles = [next(text.text for text in page.texts if text.kind == "title") for page in pages]
    assert titles == [first.text(language)] * len(pages)


def test_a_large_process_is_left_to_graphviz_and_says_so(tmp_path: Path) -> None:
    large = random_process(1, states=90)
    assert "Graphvizin oma asettelu" in render(large, tmp_path / "large.dot").read_text("utf-8")


def test_mermaid_cannot_be_left_by_a_label(advice: Definition) -> None:
    label = Label((("fi", '"]; click x "javascript:x" %% <b>#'),))
    states = {key: replace(one, title=label) for key, one in advice.states.items()}
    text = mermaid_text(replace(advice, states=states))
    body = [line for line in text.splitlines() if "click" in line]
    assert len(body) == len(states)
    assert all(line.count('"') == 2 for line in body)


def test_a_case_shows_where_it_is_and_the_way_it_went(advice: Definition) -> None:
    case = Process(advice).start("a").advance("ohjaa", by="neuvoja")
    waiting = case_overlay(advice, case)
    assert waiting.here == {"alkanut"}
    assert waiting.taken == {("ohjaa", "alkanut"): 1}
    accepted = case.advance("ohjaa.accept", by="opettaja")
    assert case_overlay(advice, accepted).here == {"kurssi"}
    back = case.correct(by="neuvoja", why="väärä asiakas")
    assert case_overlay(advice, back).taken == {}


def test_branches_show_the_ways_out_of_the_fork_and_where_arrivals_wait() -> None:
    definition = load_definition(CHECK_FOLDERS / "unsafe" / "valid-branches_are_joined.yaml")
    case = Process(definition).start("a").advance("aloita", by="neuvoja")
    (fork,) = (s.id for s in definition.states.values() if s.kind == "fork")
    (join,) = (s.id for s in definition.states.values() if s.kind == "join")
    assert {(exit_.id, fork) for exit_ in definition.exits(fork)} < set(
        case_overlay(definition, case).taken
    )
    arriving = next(t for t in definition.transitions.values() if t.to == join)
    arrived = case.advance(arriving.id, by="neuvoja")
    assert join in case_overlay(definition, arrived).here


def test_a_course_that_goes_wrong_has_a_cross_where_it_does(tmp_path: Path) -> None:
    definition = load_definition(CHECK_FOLDERS / "unsafe" / "invalid-branches_meet_in_a_state.yaml")
    found = [finding for finding in findings(definition) if finding.counterexample]
    lost = next(finding for finding in found if finding.code == "no-way-to-end")
    stopped = next(
        f for f in found if f.code == "unsafe" and f.counterexample[-1].event == "kurssi_kayty"
    )
    for finding, failed in ((lost, {"toinen", "yhdessa"}), (stopped, {"kurssi", "kurssi_kayty"})):
        case = follow(definition, finding.counterexample)
        assert case is not None
        here = case_overlay(definition, case).here
        assert failed_at(finding.counterexample, here) == failed
        picture = render(
            definition,
            tmp_path / "p.svg",
            view="full",
            case=case,
            counterexample=finding.counterexample,
        ).read_text("utf-8")
        assert "tässä se menee vikaan" in picture
        assert picture.count("×") == 1 + len(failed)
    assert failed_at((), frozenset({"kurssi"})) == frozenset()


def test_a_case_is_shown_on_its_own_process_only(
    advice: Definition, first: Definition, tmp_path: Path
) -> None:
    case = Process(advice).start("a")
    retitled = replace(advice, title=Label((("", "Muu nimi"),)))
    assert case_overlay(retitled, case).here == {"alkanut"}
    with pytest.raises(RenderError, match=r"the case a is not of tyott.* but of neuvonta 1"):
        render(first, tmp_path / "picture.svg", case=case)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"case": {}}, "case is a Case, not dict"),
        ({"diff": "o.yaml"}, "diff is a Process, not str"),
    ],
)
def test_a_process_is_drawn_with_cases_and_processes_only(
    advice: Definition, tmp_path: Path, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(TypeError, match=said):
        Process(advice).render(tmp_path / "picture.svg", **wrong)  # type: ignore[arg-type]


def test_counts_stand_on_the_lines_and_widen_them(advice: Definition) -> None:
    plain, counted = (
        svg_text(advice, counts=counts) for counts in (None, {"ohjaa": 400, "kurssi": 37})
    )
    assert ">400<" in counted
    assert ">37<" in counted

    def width(svg: str) -> float:
        group = next(e for e in elements(svg) if e.get("id") == "transition-ohjaa--alkanut")
        return float(group[1].get("stroke-width") or 1)

    assert width(counted) > width(plain) * 2


def test_a_change_shows_what_was_added_removed_changed_and_given_away(advice: Definition) -> None:
    new = loads_definition(
        ADVICE.replace(
            "alkanut: {owner: kunta, title: Neuvonta alkanut}",
            "alkanut: {owner: kunta, title: Uusi nimi}",
        )
        .replace("  keskeyta: {from: any_open, to: paattynyt, by: kunta, title: Keskeytä}\n", "")
        .replace(
            "transitions:\n",
            "transitions:\n  jatka: {from: alkanut, to: tuki, by: neuvoja}\n"
            "  lopeta: {from: tuki, to: paattynyt, by: neuvoja}\n",
        )
        .replace("states:\n", "states:\n  tuki: {owner: kunta}\n")
    )
    both, overlay = change_overlay(advice, new)
    assert overlay.states == {"tuki": "added", "alkanut": "changed"}
    assert overlay.transitions == {"jatka": "added", "lopeta": "added", "keskeyta": "removed"}
    assert "keskeyta" in both.transitions
    states = {**advice.states, "kurssi": replace(advice.states["kurssi"], owner="kunta")}
    given = change_overlay(advice, replace(advice, states=states))[1]
    assert given.states == {"kurssi": "reowned"}
    assert given.transitions == {"paata": "reowned"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"view": "everything"}, "overview, full"),
        ({"view": "Full"}, "unknown view 'Full'; it is one of overview, full; did you mean full?"),
        ({"owner": "nobody"}, "kunta, opisto"),
        ({"owner": "kunnta"}, "did you mean kunta?"),
        ({"lang": "xx"}, "unknown language 'xx'; it is one of fi, en"),
        ({"lang": "EN"}, "did you mean en?"),
        ({"lang": None}, "unknown language None"),
        ({"counts": {"ohja": 1}}, "'ohja' is no transition"),
        ({"counts": {"ohja": 1}}, "did you mean ohjaa?"),
        ({"counts": {"ohjaa--nowhere": 1}}, "'ohjaa--nowhere' is no transition"),
        ({"counts": {"ohjaa": -1}}, "the figure of ohjaa is a whole number from 0 up, not -1"),
        ({"counts": {"ohjaa": "3"}}, "not '3'"),
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


def test_a_pdf_is_drawn_even_of_letters_its_fonts_lack(advice: Definition, tmp_path: Path) -> None:
    label = Label((("fi", "Консультация 👍 → ≠ ≥ «ä»"),))
    states = {key: replace(one, title=label) for key, one in advice.states.items()}
    path = render(replace(advice, states=states), tmp_path / "letters.pdf", view="full")
    assert path.read_bytes().startswith(b"%PDF")
