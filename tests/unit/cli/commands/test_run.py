"""`run`: a sitting with a case, through a pipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import ohjausprosessi as op
from ohjausprosessi.cli.app import app
from ohjausprosessi.cli.messages import COMMANDS

FIRST = "tyottomyydesta_tutkintoon"


def run(*lines: str, language: str = "en", options: tuple[str, ...] = ()) -> Result:
    arguments = ["run", FIRST, "--at", "2021-03-01", "--lang", language, *options]
    return CliRunner().invoke(app, arguments, input="".join(f"{line}\n" for line in lines))


def test_a_number_does_what_is_listed_and_time_passes_by_tick() -> None:
    result = run("1", "tick 2021-03-09", "quit")
    assert result.exit_code == 0, result.output
    assert (
        "   2  1 Mar 2021   Employment service coordinator: Assess service needs" in result.stdout
    )
    assert "9 Mar 2021   Reminder – Assessment of service needs" in result.stdout
    assert result.stdout.rstrip().endswith("The case was not saved.")


def test_what_is_missing_is_asked_for_with_titles_and_values() -> None:
    result = run("1", "ohjaa_opinto_ohjaajalle", "kyllä", "050", "assessment", "needs")
    assert "  Need for skills development (yes · no): kyllä" in result.stdout
    assert "  Contact details: 050" in result.stdout
    assert "Direct to the study counsellor – waiting for an answer" in result.stdout


def test_an_empty_answer_cancels() -> None:
    result = run("1", "ohjaa_opinto_ohjaajalle", "", "history")
    assert "Cancelled; nothing has changed." in result.stdout
    assert "   3  " not in result.stdout.partition("Cancelled")[2].partition("history")[2]


def test_why_says_what_keeps_each_thing_from_happening() -> None:
    result = run("1", "why", "why ohjaa_opinto_ohjaajalle", "why arvioi_palvelutarve")
    assert "✗ End the client relationship for a recorded reason  paata_asiakkuus" in result.stdout
    assert "the condition is tyollistynyt == true – Employed is now: no" in result.stdout
    assert "this is possible in: Client relationship started" in result.stdout


def test_a_role_is_taken_on_and_left() -> None:
    result = run("as asiakas", "arvioi_palvelutarve", "as", "as nobody", "1")
    assert (
        "Refused: Client may not do this; roles that may: Employment service coordinator"
        in result.stdout
    )
    assert "there is no role nobody" in result.stdout
    assert "Employment service coordinator: Assess service needs" in result.stdout


def test_facts_are_learnt_by_who_may_record_them() -> None:
    result = run(
        "learn tavoite=perustutkinto by=opinto_ohjaaja",
        "learn tavoite=5",
        "learn haluaa_koulutukseen=Yes by=asiakas",
        "learn ika=abc by=asiakas",
        "learn ika=200 by=asiakas",
        "learn nothing=1 by=asiakas",
        "learn tavoite=? by=asiakas",
        "facts",
    )
    assert "Refused: Goal is recorded by: Client" in result.stdout
    assert "Client records: Goal: Vocational upper secondary qualification" in result.stdout
    assert "Client records: Wants education: Yes" in result.stdout
    assert result.stdout.count("✗ Refused:") == 3
    assert "there is no such fact: nothing" in result.stdout
    assert "Client records: Goal: unknown" in result.stdout


def test_a_value_that_will_not_do_is_refused_before_anybody_is_asked_who_they_are() -> None:
    result = run("learn ika=200", "motivointi ika=abc", "learn ika=44", "asiakas")
    lines = result.stdout.splitlines()
    asked = [number for number, line in enumerate(lines) if "Who does it?" in line]
    refused = [line for line in lines if line.startswith("✗ Refused:")]
    assert refused == [
        "✗ Refused: ika must be within 15–70",
        "✗ Refused: ika needs a whole number, not str",
    ]
    assert len(asked) == 1
    assert "Client records: Age in years: 44" in lines[asked[0] + 1]


def test_what_cannot_be_taken_back_is_refused_before_anybody_is_asked() -> None:
    result = run(
        "correct", "1", "correct", "", "correct", "tyollisyyspalvelukoordinaattori", "", "1"
    )
    assert "✗ Refused: there is nothing to take back" in result.stdout
    assert result.stdout.count("Who does it?") == 2
    assert result.stdout.count("Cancelled; nothing has changed.") == 2


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without end")
def test_a_case_without_end_is_too_large() -> None:
    result = run(options=("--case", "/dev/zero"))
    assert result.exit_code == 2
    assert "/dev/zero: the file is larger than 50 MB" in result.output


def test_f6_a_role_is_shown_only_what_it_may_see() -> None:
    result = run(
        "learn ika=44 by=asiakas", "as opinto_ohjaaja", "facts", "history", "as asiakas", "facts"
    )
    before, _, after = result.stdout.partition("opinto_ohjaaja> as asiakas")
    assert before.count("44") == 2  # typed, and told to whoever sits there
    assert "Client records: Age in years\n" in before
    assert "Age in years: 44" in after


def test_the_last_act_is_taken_back() -> None:
    result = run("1", "as tyollisyyspalvelukoordinaattori", "correct wrong client")
    assert "Employment service coordinator takes back event 2: wrong client" in result.stdout


@pytest.mark.parametrize("date", ["2021-02-28", "1.2.2021", "never", "2021-13-01", "+99999", ""])
def test_a_date_that_will_not_do_changes_nothing(date: str) -> None:
    result = run(f"tick {date}", "", "history")
    assert result.exit_code == 0, result.output
    assert "   2  " not in result.stdout.partition("history")[2] or date == "+99999"


def test_save_and_load(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    saved = run("1", f"save {path}", "tick +20", "save", "quit", options=("--id", "A-7"))
    assert "The case was not saved." not in saved.stdout
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert stored["id"] == "A-7"
    assert op.load(FIRST).restore(stored).seq == 3
    loaded = run("1", f"load {path}", "history")
    assert "Reminder – Assessment of service needs" in loaded.stdout
    arguments = ["run", FIRST, "--case", str(path), "--lang", "en"]
    gone_on = CliRunner().invoke(app, arguments, input="quit\n")
    assert "21 Mar 2021> quit" in gone_on.stdout


def test_another_file_is_not_lost_without_asking(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine", encoding="utf-8")
    result = run(f"save {path}", "n", f"save {tmp_path}/nowhere/case.json")
    assert path.read_text(encoding="utf-8") == "mine"
    assert "cannot be written (" in result.stdout
    run(f"save {path}", "y")
    assert json.loads(path.read_text(encoding="utf-8"))["process"] == FIRST


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b'{"format": 1}', b"[" * 99999])
def test_what_is_no_case_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(content)
    inside = run(f"load {path}", "quit")
    assert inside.exit_code == 0, inside.output
    outside = CliRunner().invoke(app, ["run", FIRST, "--case", str(path), "--lang", "fi"])
    assert outside.exit_code == 2
    assert outside.stderr.startswith("virhe: ")
    assert len(outside.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "line",
    [
        "'",
        "learn",
        "learn x",
        "learn =",
        "1 x",
        "99",
        "why why",
        "save",
        "load",
        "load /",
        "\x00\x1b[2J",
    ],
)
def test_odd_input_is_answered(line: str) -> None:
    result = run(line, "facts")
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.stdout
    assert "Lives in the area" in result.stdout


def test_the_end_of_the_input_is_an_end() -> None:
    assert run().exit_code == 0


def test_an_ended_case_says_so() -> None:
    result = run(
        "learn asiakkuuden_paattymisen_syy=muu by=asiakas",
        "paata_asiakkuus",
        "1",
        "learn ika=20 by=asiakas",
        "tick +9",
        "why",
    )
    assert "The case has ended: Client relationship ended for another reason" in result.stdout
    assert "Refused: the case has already ended" in result.stdout


@pytest.mark.parametrize("language", ["fi", "en"])
def test_every_command_is_in_the_help(language: str) -> None:
    typed = {"fi": "ohje", "en": "help"}[language]
    text = run(typed, "quit", language=language).stdout
    own = [word for word, command in COMMANDS.items() if (word == command) == (language == "en")]
    assert [
        word for word in own if word not in {"?", "exit", "help", "ohje"} and word not in text
    ] == []


@pytest.mark.parametrize("at", ["2021-02-30", "soon", "", "99999-01-01", "0001-01-01T00:00+23:59"])
def test_a_start_that_is_no_date_is_misuse(at: str) -> None:
    result = CliRunner().invoke(app, ["run", FIRST, "--at", at, "--lang", "en"])
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")


def test_a_start_before_the_last_event_is_misuse(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    run(f"save {path}")
    result = CliRunner().invoke(app, ["run", FIRST, "--case", str(path), "--at", "2020-01-01"])
    assert result.exit_code == 2
