"""The report of where a client can drop out: what it holds, and how it reads."""

from __future__ import annotations

import pytest

import small
from ohjausprosessi.formats import definition_of, load_definition, shipped_ids
from ohjausprosessi.model import arrows, handoff_points
from ohjausprosessi.verify import dropout_report
from ohjausprosessi.verify.dropout import untimed_states
from places import CHECK_FOLDERS
from small import DURATIONS, END, process, t

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


def test_h1_a_handoff_is_told_by_giver_and_receiver() -> None:
    found = handoff_points(
        process(
            {"a": "c", "b": "s", "d": "c", "e": END},
            {
                "go": t(["a", "b"], "d", handoff={"ack": False}),
                "stop": t("d", "e"),
                "over": t("a", "b", handoff={"within": "five"}),
            },
            fallback="a",
        ).definition
    )

    assert [(one.transition, one.leaves, one.giver, one.receiver) for one in found] == [
        ("go", ("b",), "s", "c"),
        ("over", ("a",), "c", "s"),
    ]


def test_h2_where_notice_is_enough_nobody_answers() -> None:
    found = handoff_points(
        process(
            {"a": "c", "b": "s", "e": END},
            {
                "over": t("a", "b", handoff={"else": "a"}),
                "stop": t("b", "e", by="rs", handoff={"ack": False}),
            },
        ).definition
    )

    assert [(one.is_answered, one.answered_by, one.is_unlimited) for one in found] == [
        (True, ("rs",), True),
        (False, (), False),
    ]


def test_h6_a_declined_handoff_leads_to_its_else_to_the_fallback_or_back() -> None:
    found = handoff_points(
        process(
            {"a": "c", "b": "s", "f": "c", "e": END},
            {
                "one": t("a", "b", handoff={"else": "a"}),
                "two": t("a", "b", handoff={"within": "day"}),
                "three": t("a", "b", handoff={"else": "back"}),
                "stop": t(["b", "f"], "e", by=["rs", "rc"], handoff={"ack": False}),
            },
            fallback="f",
        ).definition
    )

    assert [one.otherwise for one in found] == ["a", "f", "back", None]
    assert [one.within for one in found] == [None, "day", None, None]


def test_h4_an_external_receiver_answers_itself_or_through_the_responsible() -> None:
    (found,) = handoff_points(
        process(
            {"a": "c", "e": END},
            {"move": t("a", "e", handoff={"to": "x", "else": "a"})},
            roles={"rc": {"owner": "c"}, "rx": {"owner": "x"}},
        ).definition
    )

    assert found.receiver == "x"
    assert set(found.answered_by) == {"rc", "rx"}


def test_an_interrupt_is_given_by_the_responsible_from_anywhere() -> None:
    found = handoff_points(
        process(
            {"a": "c", "b": "s", "e": END},
            {
                "over": t("a", "b", handoff={"else": "a"}),
                "stop": t("b", "e", by="rs", handoff={"ack": False}),
                "pull": t("any_open", "b", handoff={"else": "a"}),
            },
        ).definition
    )

    assert (found[-1].giver, found[-1].leaves) == ("c", ())


def test_a_timer_moves_the_client_on() -> None:
    definition = process(
        {"a": {"deadline": "day"}, "b": {}, "d": {}, "e": END},
        {
            "one": t("a", "b"),
            "later": {"from": "b", "to": "d", "after": "five"},
            "stop": t("d", "e"),
        },
        durations=DURATIONS,
    ).definition

    assert [(one.state, one.moved_by, one.is_unnoticed) for one in untimed_states(definition)] == [
        ("b", ("later",), False),
        ("d", (), True),
    ]
    text = dropout_report(definition).text("fi")
    assert "- b (c)\n  Jatkuu itsestään, kun on odotettu 5 päivää: ”later”.\n" in text


def test_the_text_is_plain_in_both_languages() -> None:
    report = dropout_report(definition_of(small.data(STATES, TRANSITIONS, info=INFO)))
    assert report.text("fi").startswith(
        "Missä asiakas voi tipahtaa?\np\n\n"
        "Todistettu: jokaisesta tilanteesta pääsee johonkin loppuun; 6 tilannetta käyty läpi.\n"
    )
    assert "\nLuovutukset (4)\n- give\n  c → s\n" in report.text("fi")
    assert "  Mukana kulkee: Muistiinpanot.\n  Vastaa: rs. Vastausaika: 5 päivää.\n" in report.text(
        "fi"
    )
    assert "  Otherwise the client returns to where they came from.\n" in report.text("en")
    assert "- w (te)\n  ⚠ Mikään ei muistuta asiakkaasta.\n" in report.text("fi")
    assert "Traces on which a client is lost\n- None.\n" in report.text("en")
    assert "Rules that do not always hold\n- None.\n" in report.text("en")


def test_a_lost_client_is_told_with_the_course() -> None:
    path = CHECK_FOLDERS / "no-way-to-end" / "invalid-fact_that_cannot_change.yaml"
    text = dropout_report(load_definition(path)).text("fi")
    assert "- täältä ei pääse mihinkään loppuun: tila opinnot, kun Ala: muu\n" in text
    assert "  ○ alku [kunta]\n  │  aloita (Ala: muu)\n  ✗ opinnot [kunta]\n" in text


def test_a_rule_that_is_broken_is_no_lost_client() -> None:
    path = next((CHECK_FOLDERS / "rule-broken").glob("invalid-*.yaml"))
    report = dropout_report(load_definition(path))
    assert report.losses == ()
    assert [finding.code for finding in report.broken] == ["rule-broken"]


@pytest.mark.parametrize("code", ["no-way-to-end", "rule-broken", "undecided"])
def test_only_what_is_proved_is_called_so(code: str) -> None:
    path = next((CHECK_FOLDERS / code).glob("invalid-*.yaml"))
    report = dropout_report(load_definition(path))
    assert not report.is_proved
    assert report.verdict.fi.startswith("Tarkastettu: ")
    assert ("asiakas voi kadota " in report.verdict.fi) is (code == "no-way-to-end")
    ends = {"no-way-to-end": False, "rule-broken": True, "undecided": None}
    assert report.proved.ends is ends[code]
    if code == "undecided":
        assert "- Ei löytynyt, mutta kaikkia tilanteita ei voitu käydä läpi.\n" in report.text("fi")


def test_what_was_proved_is_told_in_one_line() -> None:
    report = dropout_report(load_definition("tyottomyydesta_tutkintoon"))
    proved = report.proved
    assert report.is_proved
    assert (proved.ends, proved.broken, proved.undecided) == (True, 0, 0)
    assert proved.rules + proved.watched == len(report.definition.rules)
    assert report.verdict.fi == (
        "Todistettu: jokaisesta tilanteesta pääsee johonkin loppuun; "
        f"{proved.symbolic_states} tilannetta käyty läpi; {proved.rules} sääntöä todistettu; "
        f"tapauksista seurataan {proved.watched} sääntöä ja {proved.timed} aikarajaa."
    )
    assert report.verdict.en.startswith("Proved: from every situation some end can be reached; ")


def test_many_branches_are_proved_without_looking_at_each_situation() -> None:
    path = next((CHECK_FOLDERS / "undecided").glob("valid-fifteen_branches.yaml"))
    report = dropout_report(load_definition(path))
    assert report.proved.symbolic_states == 0
    assert report.verdict.en == (
        "Proved: from every situation some end can be reached; the structure of the net shows it."
    )


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
