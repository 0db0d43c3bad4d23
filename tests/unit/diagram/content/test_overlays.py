"""A case, a counterexample, counts or a change laid over a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram import render, svg_text
from ohjausprosessi.diagram.content.overlays import case_overlay, failed_at, with_removed
from ohjausprosessi.errors import RenderError
from ohjausprosessi.formats import load_definition, loads_definition
from ohjausprosessi.model import Definition, Label
from ohjausprosessi.process import Process
from ohjausprosessi.verify import findings, follow
from ohjausprosessi.verify.diff import compare
from places import CHECK_FOLDERS

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


@pytest.fixture(scope="module")
def first() -> Definition:
    return load_definition("tyottomyydesta_tutkintoon")


@pytest.fixture(scope="module")
def advice() -> Definition:
    return loads_definition(ADVICE)


def elements(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter())  # noqa: S314  our own file


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
        assert "tässä kohdassa menee vikaan" in picture
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
    diff = compare(advice, new)
    assert diff.states == {"tuki": "added", "alkanut": "changed"}
    assert diff.transitions == {"jatka": "added", "lopeta": "added", "keskeyta": "removed"}
    assert "keskeyta" in with_removed(advice, new).transitions
    states = {**advice.states, "kurssi": replace(advice.states["kurssi"], owner="kunta")}
    given = compare(advice, replace(advice, states=states))
    assert given.states == {"kurssi": "reowned"}
    assert given.transitions == {"paata": "reowned"}
