"""``rules``: what is proved, and how stored cases keep the rules."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from ohjausprosessi import load
from ohjausprosessi.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

    from ohjausprosessi import Case

T0 = datetime(2026, 1, 5, 8, tzinfo=UTC)
FILE = """\
ohjausprosessi: 1
id: talo
version: "1"
responsible: c
start: a
timezone: Europe/Helsinki
owners: {c: {}, s: {}}
roles: {r: {owner: c}, q: {owner: s}}
durations: {paiva: {length: 1 day}}
states: {a: {owner: c}, b: {owner: s}, e: {kind: end, owner: c}}
transitions:
  over: {from: a, to: b, by: r, handoff: {else: a}}
  stop: {from: [a, b], to: e, by: [r, q], handoff: {ack: false}}
duties: {visit: {by: c}}
rules:
  answered:
    title: {fi: Vastataan ajoissa, en: Answered in time}
    rule: response
    when: any_handoff
    then: answer
    within: paiva
  often: {rule: every, then: visit.c, within: paiva, monitor: true}
  never: {rule: absence, when: over}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "talo.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def stored(file: Path, *names: str) -> str:
    """Return a case as JSON; each act comes a day after the one before."""
    case: Case = load(file).start("x-1", at=T0)
    for number, name in enumerate(names, 1):
        by = "q" if name.startswith("over.") else "r"
        case = case.advance(name, by=by, at=T0 + number * timedelta(days=1))
    return json.dumps(case.to_dict())


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["rules", *map(str, arguments)])
    return done.exit_code, done.output


def test_every_rule_is_shown_with_its_proof(file: Path) -> None:
    code, output = run(file, "--lang", "fi")
    assert code == 1  # `never` can be broken
    assert "Vastataan ajoissa" in output
    assert "ihmisten noudatettava" in output
    assert "voi rikkoutua" in output
    assert "✗ never: tapaus voi kulkea näin" in output
    assert "    ○ a [c]\n    │  over" in output
    code, output = run("ohjausprosessi_koulutukseen", "--lang", "en")
    every = len(load("ohjausprosessi_koulutukseen").rules)
    assert (code, output.count("always holds")) == (0, every)
    assert output.count("✓") == every


def marks(output: str) -> dict[str, str]:
    """Return the mark of each row of the table."""
    rows = [line.split() for line in output.splitlines() if line[:2] in {" ✓", " ✗", " ·"}]
    return {row[1]: row[0] for row in rows}


def test_a_time_that_nothing_keeps_is_not_said_to_be_proved(file: Path, tmp_path: Path) -> None:
    file.write_text(FILE.replace("else: a}", "within: paiva, else: a}"), encoding="utf-8")
    assert "order always holds" not in run(file, "--lang", "en")[1]
    file.write_text(FILE, encoding="utf-8")
    for language, told in (
        ("fi", "järjestys pitää aina, aikaa seurataan"),
        ("en", "order always holds, time is watched"),
    ):
        assert told in run(file, "--lang", language)[1]
    timed = {r["rule"]: r["timed"] for r in json.loads(run(file, "--format", "json")[1])["rules"]}
    assert timed == {"answered": True, "often": True, "never": False}
    assert marks(run(file, "--lang", "en")[1]) == {"Answered": "·", "often": "·", "never": "✗"}
    (tmp_path / "open.json").write_text(stored(file, "over"), encoding="utf-8")
    output = run(file, tmp_path / "open.json", "--lang", "en")[1]
    assert marks(output) == {"Answered": "·", "often": "✓", "never": "✗"}


def test_time_passes_up_to_now_before_a_case_is_judged(file: Path, tmp_path: Path) -> None:
    text = FILE.replace("else: a}", "within: paiva, else: a}").replace(
        "when: over}", "when: over.expire}"
    )
    file.write_text(text, encoding="utf-8")
    (tmp_path / "case.json").write_text(stored(file, "over"), encoding="utf-8")
    assert "of these, 0 broke" in run(file, tmp_path / "case.json", "--lang", "en")[1]
    output = run(file, tmp_path / "case.json", "--now", "2026-01-09", "--lang", "en")[1]
    assert "✗ x-1 never" in output
    code, output = run(file, tmp_path / "case.json", "--now", "2026-01-05", "--lang", "fi")
    assert code == 2
    assert "--now on ennen tapauksen viimeistä tapahtumaa (6.1.2026 klo 10.00)" in output
    assert "Luettuja tapauksia 0" not in output


def test_cases_say_how_they_keep_the_rules(file: Path, tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text(stored(file, "over"), encoding="utf-8")
    lines = [stored(file, "visit", "visit"), "", stored(file, "over", "over.accept")]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    paths = [tmp_path / "case.json", tmp_path / "cases.jsonl"]
    code, output = run(file, *paths, "--format", "json")
    data = json.loads(output)
    assert (code, data["cases"], data["unread"]) == (1, 3, [])
    counts = {r["rule"]: (r["kept"], r["open"], r["broken"]) for r in data["rules"]}
    assert counts == {"answered": (2, 1, 0), "often": (2, 0, 1), "never": (1, 0, 2)}
    assert [entry["rule"] for entry in data["breaches"]] == ["never", "often", "never"]
    code, output = run(file, *paths, "--now", "2026-01-09", "--lang", "en")
    assert "Cases read: 3; of these, 3 broke a rule" in output
    late = "✗ x-1 answered: Answered in time (event 2): over, late, there was time until"
    assert f"{late} 2026-01-07 10:00" in output


def test_the_content_says_how_many_cases_a_file_holds(file: Path, tmp_path: Path) -> None:
    one, other = stored(file, "visit"), stored(file, "over")
    forms = {
        "lines": f"\n{one}\n\n{other}\n",
        "array.json": f"[{one}, {other}]",
        "spread.json": f"[\n{one},\n{other}\n]\n",
        "long.jsonl": f"{one}\n{other}",
        "none.jsonl": "",
        "one.json": json.dumps(json.loads(one), indent=1),
    }
    for name, text in forms.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        code, output = run(file, tmp_path / name, "--format", "json")
        cases = {"none.jsonl": 0, "one.json": 1}.get(name, 2)
        assert (code, json.loads(output)["cases"], json.loads(output)["unread"]) == (1, cases, [])


@pytest.mark.parametrize(
    ("text", "place"),
    [('[{"a": 1}]', "cases[0]: "), ("null", "cases: "), ('1\n{"id": 2}', "cases:2: ")],
)
def test_what_is_no_case_is_said_in_the_words_of_the_file(
    file: Path, tmp_path: Path, text: str, place: str
) -> None:
    (tmp_path / "cases").write_text(text, encoding="utf-8")
    code, output = run(file, tmp_path / "cases", "--lang", "en")
    assert (code, place in output, "null" in output, "None" in output) == (2, True, True, False)


def test_the_id_of_a_case_forges_no_line(file: Path, tmp_path: Path) -> None:
    changed = json.loads(stored(file, "over"))
    changed["id"] = "x\n✓ fake"
    (tmp_path / "case.json").write_text(json.dumps(changed), encoding="utf-8")
    output = run(file, tmp_path / "case.json", "--lang", "en")[1]
    assert "✗ x ✓ fake never" in output


def test_what_cannot_be_read_does_not_stop_the_others(file: Path, tmp_path: Path) -> None:
    good = stored(file, "visit")
    (tmp_path / "cases.jsonl").write_text(f'{good}\n{{"a": 1}}\n{good}\n{{', encoding="utf-8")
    code, output = run(file, tmp_path / "cases.jsonl", tmp_path / "none.json", "--lang", "en")
    assert code == 2
    assert f"{tmp_path / 'cases.jsonl'}:2: case_data" in output.replace("\n", "")
    assert "none.json" in output
    assert "Cases read: 2" in output
    changed = json.loads(stored(file, "over"))
    changed["history"][1]["transition"] = "stop"
    (tmp_path / "changed.json").write_text(json.dumps(changed), encoding="utf-8")
    code, output = run(file, tmp_path / "changed.json", "--lang", "fi")
    assert code == 2
    assert "changed.json: case_data" in output.replace("\n", "")
