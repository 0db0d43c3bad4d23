"""Courses that show a problem, drawn as paths on the page of a process that is wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest

import ohjausprosessi as op
from ohjausprosessi import verify
from ohjausprosessi.formats import load_definition
from ohjausprosessi.handbook import process_page
from ohjausprosessi.handbook.counterexample_paths import counterexample_paths
from ohjausprosessi.handbook.messages import LANGUAGES, MESSAGES
from ohjausprosessi.model import Label
from ohjausprosessi.net import Compiled
from ohjausprosessi.verify import dropout_report
from places import CHECK_FOLDERS
from small import END, process, t

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ohjausprosessi.model import Definition

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g/></svg>'
STUCK = {
    "states": {"a": "c", "b": "s", "e": END},
    "transitions": {
        "over": t("a", "b", handoff={"else": "a"}, if_="ok"),
        "stop": t("a", "e"),
        "loop": t("b", "b", by="rs"),
    },
    "facts": {"ok": {"type": "bool", "title": {"fi": "Sovittu", "en": "Agreed"}}},
}


# The checks whose findings are shown by a counterexample.
SHOWN = [
    "call-cancelled",
    "choice-incomplete",
    "choice-waits",
    "from-ambiguous",
    "handoff-in-branch",
    "improper-completion",
    "no-way-to-end",
    "rule-broken",
    "unsafe",
]


def fixtures(codes: Iterable[str]) -> list[Path]:
    return [
        path for code in codes for path in sorted((CHECK_FOLDERS / code).glob("invalid-*.yaml"))
    ]


def stuck() -> Definition:
    return process(**STUCK).definition


def path_of(page: str, number: int = 1) -> str:
    """Return the list of a path as HTML."""
    found = re.search(rf'<ol id="walk-c{number}".*?</ol>', page, re.DOTALL)
    assert found is not None
    return found[0]


def plain(html: str) -> str:
    """Return what a reader sees, one space between pieces."""
    words = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00ad", "")
    return " ".join(words.split())


@pytest.mark.parametrize(
    "path", fixtures([*verify.CHECKS, *verify.RULE_CHECKS]), ids=lambda path: path.stem
)
def test_every_check_that_has_counterexamples_is_drawn_below(path: Path) -> None:
    found = dropout_report(load_definition(path)).findings
    assert not any(f.counterexample for f in found) or path.parent.name in SHOWN


@pytest.mark.parametrize(
    "path", fixtures(SHOWN), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_course_is_drawn_once_with_each_act_and_place_in_order(path: Path, lang: str) -> None:
    definition = load_definition(path)
    report = dropout_report(definition)
    page = process_page(definition, {"full": SVG}, lang=lang, report=report)
    paths = counterexample_paths(Compiled(definition), report, drawn=False)

    assert paths.keys() == {finding for finding in report.findings if finding.counterexample}
    for finding, drawn in paths.items():
        assert page.count(f'id="{drawn.steps_id}"') == 1
        steps = path_of(page, drawn.number).split('class="step')[1:]
        assert len(steps) == len(finding.counterexample)
        for step, html in zip(finding.counterexample, steps, strict=True):
            told, read = step.label.text(lang), plain(html)
            assert told[1:] in read
            if step.done and "/" not in step.stops[-1].place:
                for stop in step.stops:
                    assert stop.held.text(lang).split(" → ")[0] in read
        assert [html.count("✗") for html in steps] == [0] * (len(steps) - 1) + [1]
        assert ("tried" in steps[-1]) is not finding.counterexample[-1].done


def test_a_path_tells_who_does_it_with_what_and_where_it_goes_wrong() -> None:
    read = plain(path_of(process_page(stuck(), {}, lang="en")))

    assert read == (
        "The case starts a C c 1 Over (Agreed: yes) rc "
        "between organisations: awaiting an answer over C c → S s 1 Over – accepted rs b S s "
        "✗ the client is stuck here"
    )


def test_a_client_between_two_organisations_is_on_a_dashed_card_of_both() -> None:
    html = path_of(process_page(stuck(), {}, lang="fi"))
    card = re.search(r'<li class="stop between">.*?</li>', html)

    assert card is not None
    assert MESSAGES["between"].fi in card[0]
    owners = list(stuck().owners)
    strips = re.findall(r'class="strip h(\d+)" aria-hidden="true"', card[0])
    assert [owners[int(place)] for place in strips] == ["c", "s"]


def test_branches_at_the_same_time_are_cards_of_one_step() -> None:
    path = CHECK_FOLDERS / "unsafe" / "invalid-branches_meet_in_a_state.yaml"
    page = process_page(load_definition(path), {}, lang="fi")
    second = path_of(page).split('class="step')[2]

    assert second.count('class="stop ') == 2
    assert MESSAGES["at_once"].fi in second
    assert MESSAGES["still"].fi not in second
    assert path_of(page).split('class="step')[3].count(MESSAGES["still"].fi) == 1


def test_a_place_of_a_called_process_says_where_it_is_called() -> None:
    path = next((CHECK_FOLDERS / "call-cancelled").glob("invalid-*.yaml"))
    (finding,) = (f for f in dropout_report(load_definition(path)).findings if f.counterexample)
    read = plain(path_of(process_page(load_definition(path), {}, lang="fi")))

    assert any("/" in stop.place for stop in finding.counterexample[1].stops)
    assert "opinnot › alku" in read


def test_a_process_that_is_wrong_says_so_at_once_and_links_to_what_is_wrong() -> None:
    page = process_page(stuck(), {}, lang="fi")
    header = page.split("<main>")[0]

    assert '<a href="#check">1 virhe</a>' in header
    assert 'href="#course-1"' in page.split('id="check"')[1]
    assert (
        "virhe"
        not in process_page(op.load("ohjausprosessi_koulutukseen").definition, {}).split("<main>")[
            0
        ]
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_the_whole_report(lang: str) -> None:
    for path in [CHECK_FOLDERS / "no-way-to-end" / "invalid-no_exit.yaml", *(CHECK_FOLDERS / "rule-broken").glob("invalid-*.yaml")]:  # fmt: skip
        definition = load_definition(path)
        report = dropout_report(definition)
        page = process_page(definition, {}, lang=lang, report=report)
        section = page.split('<section id="dropout"')[1].split("</section>")[0]
        read = plain(section)

        assert report.verdict.text(lang) in read
        for key in ("lost", "broken_rules", "handoffs", "open_states"):
            assert MESSAGES[key].text(lang) in read
        for finding in (*report.losses, *report.broken):
            assert finding.message.text(lang)[1:] in read
        assert section.count('class="course"') == len([*report.losses, *report.broken])


def test_a_dead_end_is_not_called_an_end() -> None:
    page = process_page(
        load_definition(CHECK_FOLDERS / "no-way-to-end" / "invalid-no_exit.yaml"), {}
    )
    assert page.count(MESSAGES["no_way_on"].fi) == 1
    assert page.count(MESSAGES["nothing_on"].fi) == 1


def test_a_course_can_be_followed_in_the_picture() -> None:
    page = process_page(stuck(), {"full": SVG}, lang="fi")
    html = path_of(page)

    assert re.findall(r'data-at="([^"]*)"', html) == ["a", "a", "b"]
    assert re.findall(r' data-way(?:="([^"]*)")?', html) == ["", "over--a--b", "over--a--b"]
    assert '<option value="walk-c1">Polku 1: no-way-to-end</option>' in page
    assert 'data-walk="walk-c1"' in page
    without = process_page(stuck(), {}, lang="fi")
    assert "data-walk" not in without
    assert "data-at" not in path_of(without)


def test_a_course_the_engine_does_not_go_is_drawn_but_not_shown_in_the_picture() -> None:
    report = dropout_report(stuck())
    (finding,) = (f for f in report.findings if f.counterexample)
    start = replace(finding.counterexample[0], stops=finding.counterexample[-1].stops)
    wrong = replace(finding, counterexample=(start, *finding.counterexample[1:]))
    page = process_page(stuck(), {"full": SVG}, report=replace(report, findings=(wrong,)))

    assert 'id="walk-c1"' in page
    assert "data-walk" not in page
    assert 'value="walk-c1"' not in page


def test_hostile_labels_stay_text_on_a_path() -> None:
    label = Label((("", "</li><script>alert(1)</script>\u202e"),))
    definition = stuck()
    states = {key: replace(state, title=label) for key, state in definition.states.items()}
    ways = {key: replace(way, title=label) for key, way in definition.transitions.items()}
    hostile = replace(definition, states=states, transitions=ways)
    page = process_page(hostile, {"full": SVG})

    assert page.count("<script") == 1
    assert "\u202e" not in page
    assert "alert(1)" in path_of(page)
