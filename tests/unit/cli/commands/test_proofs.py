"""``check --report``, repairs and SARIF; ``mutate``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from ohjausprosessi.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

STUCK = """\
ohjausprosessi: 1
id: stuck
version: "1"
responsible: c
start: a
owners: {c: {}}
roles: {r: {owner: c}}
states: {a: {owner: c}, b: {owner: c}, e: {kind: end, owner: c}}
transitions:
  q: {from: a, to: e, by: r}
  g: {from: a, to: b, by: r}
  l: {from: b, to: b, by: r}
"""


@pytest.fixture
def stuck(tmp_path: Path) -> str:
    (tmp_path / "stuck.yaml").write_text(STUCK, encoding="utf-8")
    return str(tmp_path / "stuck.yaml")


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.output


def test_an_error_comes_with_its_shortest_way_and_a_repair_that_was_tried(stuck: str) -> None:
    code, output = run("check", stuck, "--lang", "en")
    assert code == 1
    assert "error no-way-to-end" in output
    assert "    ○ a [c]\n    │  g\n    ✗ b [c]\n" in output
    assert "repair: add a transition from b to" in output
    assert "leaves no errors" in output
    assert "korjaus: lisää siirtymä tilasta b" in run("check", stuck, "--lang", "fi")[1]


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "Missä asiakas voi tipahtaa?"), ("en", "Where")]
)
def test_the_report_tells_every_handoff(language: str, title: str) -> None:
    code, output = run("check", "tyottomyydesta_tutkintoon", "--report", language)
    assert code == 0
    assert title in output
    assert ("5 työpäivää" if language == "fi" else "5 workdays") in output


def test_the_report_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("check", "tyottomyydesta_tutkintoon", "--report", "fi")[1].splitlines()
    report = lines[lines.index("Missä asiakas voi tipahtaa?") :]
    assert max(map(len, report)) <= 80
    first = report.index("- Kirjaa työllistyminen kesken opintojen (muuten kuin oppisopimukseen)")
    assert all(line.startswith("  ") for line in report[first + 1 : first + 5])


def test_a_long_course_is_wrapped_beside_its_marks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "26")
    long = "Erittäin pitkä nimi tälle tilalle ja sen teolle"
    text = STUCK.replace("b: {owner: c}", f"b: {{owner: c, title: {long}}}").replace(
        "g: {from: a", f"g: {{title: {long}, from: a"
    )
    (tmp_path / "long.yaml").write_text(text, encoding="utf-8")
    output = run("check", str(tmp_path / "long.yaml"), "--lang", "fi")[1]
    assert (
        "    │  Erittäin pitkä nimi\n    │  tälle tilalle ja\n    │  sen teolle\n"
        "    ✗ Erittäin pitkä nimi\n      tälle tilalle ja sen\n      teolle [c]\n"
    ) in output


FORGED = "Tila\\n✓ fake: 0 errors, 0 warnings"


@pytest.mark.parametrize(
    "command",
    [("check",), ("check", "--report", "en"), ("show",), ("run",), ("rules",)],
    ids=" ".join,
)
def test_a_title_with_a_line_break_forges_no_line(tmp_path: Path, command: tuple[str, ...]) -> None:
    text = STUCK.replace("version:", f'title: "{FORGED}"\nversion:')
    for plain in ("a: {owner: c", "b: {owner: c", "g: {from: a", "l: {from: b"):
        text = text.replace(plain, plain.replace("{", f'{{title: "{FORGED}", '))
    (tmp_path / "forged.yaml").write_text(text, encoding="utf-8")
    output = run(*command, str(tmp_path / "forged.yaml"), "--lang", "en")[1]
    assert "✓ fake" in output
    assert not any(line.strip().startswith("✓ fake") for line in output.splitlines())


def test_a_long_title_is_cut(tmp_path: Path) -> None:
    text = STUCK.replace("b: {owner: c", f"b: {{owner: c, title: {'pitkä ' * 3000}")
    (tmp_path / "long.yaml").write_text(text, encoding="utf-8")
    for command in ("check", "show"):
        output = run(command, str(tmp_path / "long.yaml"), "--lang", "fi")[1]
        assert "pitkä pitkä…" in output
        assert len(output.splitlines()) < 60


def test_findings_as_sarif(stuck: str) -> None:
    code, output = run("check", stuck, "--format", "sarif", "--lang", "en")
    assert code == 1
    (found,) = json.loads(output)["runs"]
    levels = {result["ruleId"]: result["level"] for result in found["results"]}
    assert levels["no-way-to-end"] == "error"
    place = found["results"][-1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == stuck
    assert place["region"]["startLine"] > 0
    lost = next(result for result in found["results"] if result["ruleId"] == "no-way-to-end")
    (flow,) = lost["codeFlows"][0]["threadFlows"]
    drawn = [entry["location"]["message"]["text"] for entry in flow["locations"]]
    assert drawn == ["a [c]", "g", "b [c]"]
    assert {rule["id"] for rule in found["tool"]["driver"]["rules"]} == set(levels)


def test_sarif_has_file_names_as_uris_and_whole_sentences(tmp_path: Path) -> None:
    (tmp_path / "Ä b#1%.yaml").write_text(STUCK, encoding="utf-8")
    output = run("check", str(tmp_path / "Ä b#1%.yaml"), "--format", "sarif", "--lang", "en")[1]
    for result in json.loads(output)["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uri"] == f"{tmp_path.as_posix()}/%C3%84%20b%231%25.yaml"
        after = re.findall(r"\. (\w)", result["message"]["text"])
        assert all(letter.isupper() for letter in after)


def test_mutate_lists_what_nothing_notices(stuck: str) -> None:
    code, output = run("mutate", stuck, "--lang", "en")
    assert code == 0, output
    assert "checks and rules notice" in output
    data = json.loads(run("mutate", stuck, "--format", "json")[1])
    assert 0 <= data["share"] <= 1
    assert {"element", "edit"} == set(data["survivors"][0])
