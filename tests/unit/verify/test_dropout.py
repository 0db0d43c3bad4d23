"""The report of where a client can drop out: what it holds, and how it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

import small
from ohjausprosessi.formats import definition_of, load_definition, shipped_ids
from ohjausprosessi.model import Duration, arrows
from ohjausprosessi.verify import dropout_report
from ohjausprosessi.verify.dropout import duration_text
from small import t

FOLDER = Path(__file__).parents[2] / "checks"
STATES = {
    "a": {"owner": "c", "deadline": "five"},
    "b": "s",
    "w": "te",
    "e": {"kind": "end"},
}
TRANSITIONS = {
    "give": t("a", "b", handoff={"within": "five", "else": "back", "info": ["notes"]}),
    "out": t("a", "w", handoff={"to": "x", "else": "a"}),
    "done": t(["b", "w"], "e", ["rs", "rt"], handoff={"ack": False}),
}
INFO = {"notes": {"title": {"fi": "Muistiinpanot", "en": "Notes"}}}


def test_every_handoff_says_who_what_when_and_where_otherwise() -> None:
    report = dropout_report(definition_of(small.data(STATES, TRANSITIONS, info=INFO)))
    give, out, *done = report.handoffs
    assert (give.giver, give.receiver, give.travels) == ("c", "s", ("notes",))
    assert (give.answered_by, give.within, give.otherwise) == (("rs",), "five", "back")
    assert (out.receiver, out.answered_by, out.within, out.otherwise) == ("x", ("rc",), None, "a")
    assert [(p.giver, p.leaves, p.is_answered) for p in done] == [
        ("s", ("b",), False),
        ("te", ("w",), False),
    ]


def test_a_state_without_a_deadline_says_what_reminds_of_it() -> None:
    duties = {"visit": {"by": "rs", "every": "day"}, "note": {"by": "te"}}
    states = {**STATES, "b": {"owner": "s", "roles": ["rs"]}}
    report = dropout_report(
        definition_of(small.data(states, TRANSITIONS, info=INFO, duties=duties))
    )
    assert [(s.state, s.holder, s.reminded_by) for s in report.untimed] == [
        ("b", "s", ("visit",)),
        ("w", "te", ()),
    ]


def test_the_text_is_plain_in_both_languages() -> None:
    report = dropout_report(definition_of(small.data(STATES, TRANSITIONS, info=INFO)))
    assert report.text("fi").startswith("Missä asiakas voi tipahtaa?\np\n\nLuovutukset (4)\n")
    assert (
        "  Mukana kulkee: Muistiinpanot.\n  Vastaa: rs. Vastausaika: 5 päivää.\n" in report.text()
    )
    assert "  Otherwise the client returns to where they came from.\n" in report.text("en")
    assert "- w (te): mikään ei muistuta asiakkaasta.\n" in report.text("fi")
    assert report.text("en").endswith("Rules that do not always hold\n- None.\n")


def test_a_lost_client_is_told_with_the_course() -> None:
    path = FOLDER / "no-way-to-end" / "invalid-fact_that_cannot_change.yaml"
    text = dropout_report(load_definition(path)).text("fi")
    assert "- täältä ei pääse mihinkään loppuun: tila opinnot, kun Ala: muu\n" in text
    assert "  ○ alku [kunta]\n  │  aloita (Ala: muu)\n  ✗ opinnot [kunta]\n" in text


def test_a_rule_that_is_broken_is_no_lost_client() -> None:
    path = next((FOLDER / "rule-broken").glob("invalid-*.yaml"))
    report = dropout_report(load_definition(path))
    assert report.losses == ()
    assert [finding.code for finding in report.broken] == ["rule-broken"]


@pytest.mark.parametrize("process", shipped_ids())
def test_every_handoff_of_a_shipped_process_is_in_its_report(process: str) -> None:
    definition = load_definition(process)
    report = dropout_report(definition)
    told = {(p.transition, source) for p in report.handoffs for source in p.leaves or (None,)}
    passing = {
        (a.transition.id, a.source)
        for transition in definition.transitions.values()
        for a in arrows(definition, transition)
        if a.is_handoff
    }
    assert told == passing
    assert report.losses == ()


@pytest.mark.parametrize(
    ("amount", "unit", "fi", "en"),
    [(1, "day", "1 päivä", "1 day"), (3, "workday", "3 työpäivää", "3 workdays")],
)
def test_a_length_of_time_in_words(amount: int, unit: str, fi: str, en: str) -> None:
    duration = Duration(id="d", amount=amount, unit=unit)
    assert (duration_text(duration, "fi"), duration_text(duration, "en")) == (fi, en)
