"""`check`: exit codes, several files, places and carets, data for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from ohjausprosessi.cli.app import app
from places import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROCESSES = sorted(map(str, (ROOT / "processes").glob("*.yaml")))

GOOD = """\
ohjausprosessi: 1
id: pieni
version: "1"
source: [P1]
title: "[bold red]Pieni[/] \\u00adprosessi"
responsible: kunta
start: alku
owners: {kunta: {source: [P1]}}
roles: {ohjaaja: {owner: kunta, source: [P1]}}
durations: {viikko: {length: 1 week, source: [P1]}}
states:
  alku: {owner: kunta, deadline: viikko, source: [P1], title: "[link=x]Alku[/link]"}
  loppu: {owner: kunta, kind: end, source: [P1]}
transitions:
  paata: {from: alku, to: loppu, by: ohjaaja, source: [P1]}
"""
WARNING = GOOD.replace("deadline: viikko, ", "")
BROKEN = GOOD.replace("from: alku", "from: allku")


def check(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(app, ["check", *arguments, "--lang", language])


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    found = {}
    for name, text in (("good", GOOD), ("warning", WARNING), ("broken", BROKEN)):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        found[name] = str(path)
    return found


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_shipped_processes_have_no_problem(language: str) -> None:
    result = check("--strict", *PROCESSES, language=language)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1].startswith(f"{len(PROCESSES)} ")


@pytest.mark.parametrize(
    ("names", "options", "code"),
    [
        (["good"], ["--strict"], 0),
        (["warning"], [], 0),
        (["warning"], ["--strict"], 1),
        (["broken"], [], 1),
        (["broken", "good"], [], 1),
        (["good", "missing"], [], 2),
        (["broken", "missing"], [], 2),
    ],
)
def test_exit_codes(files: dict[str, str], names: list[str], options: list[str], code: int) -> None:
    paths = [files.get(name, "/nowhere/missing.yaml") for name in names]
    result = check(*paths, *options)
    assert result.exit_code == code, result.output


def test_a_problem_has_place_caret_and_remedy(files: dict[str, str]) -> None:
    lines = check(files["broken"]).stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(f"{files['broken']}:15:"))
    assert " error name: " in lines[at]
    caret = lines[at + 2]
    assert lines[at + 1][caret.index("^") :].startswith("allku")
    assert "alku" in lines[at + 3]


def test_a_broken_file_does_not_stop_the_others(files: dict[str, str]) -> None:
    output = check("/nowhere/missing.yaml", files["broken"], files["good"]).stdout
    assert f"✗ {files['broken']}" in output
    assert f"✓ {files['good']}: 0 errors, 0 warnings – 2 states, 1 transition" in output
    assert output.splitlines()[-1].startswith("3 files: ")


@pytest.mark.parametrize(
    "name", ["/nowhere/missing.yaml", "/", "/dev/null", "no_such_process", "", "x" * 5000]
)
def test_what_cannot_be_read_is_misuse(name: str) -> None:
    result = check(name)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x01\x00", b"", b"\xff\xfe\x00", b"[" * 30_000])
def test_what_is_no_definition_is_an_error_with_a_place(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(content)
    result = check(str(path))
    assert result.exit_code in {1, 2}
    assert str(path) in result.stdout
    assert "Traceback" not in result.output


def test_a_long_line_is_clipped_around_its_caret(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(f"ohjausprosessi: 1\nid: {'x' * 500} *y\n", encoding="utf-8")
    lines = check(str(path)).stdout.splitlines()
    assert max(map(len, lines)) < 200


def test_data_for_programs(files: dict[str, str]) -> None:
    result = check("--format", "json", files["broken"], files["good"])
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    broken, good = data["files"]
    assert broken["process"] is None
    assert good == {
        "file": files["good"],
        "readable": True,
        "process": "pieni",
        "version": "1",
        "findings": [],
    }
    finding = next(f for f in broken["findings"] if f["line"] == 15)
    assert finding["severity"] == "error"
    assert finding["code"] == "name"
    assert set(finding["message"]) == {"fi", "en"}
    assert data["errors"] == len(broken["findings"])


def test_no_file_is_misuse() -> None:
    assert CliRunner().invoke(app, ["check"]).exit_code == 2
