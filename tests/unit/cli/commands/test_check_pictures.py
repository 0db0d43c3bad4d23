"""Counterexamples of `check` drawn into a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from ohjausprosessi import verify
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


def test_courses_are_drawn_into_a_folder(tmp_path: Path, stuck: str) -> None:
    folder = tmp_path / "new" / "courses"
    code, output = run("check", stuck, stuck, "--draw", str(folder), "--lang", "en")
    assert code == 1
    names = ["stuck-no-way-to-end-1.svg", "stuck-no-way-to-end-2.svg"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert all(f"    → {folder / name}\n" in output for name in names)
    assert "here it goes wrong" in (folder / names[0]).read_text(encoding="utf-8")


def test_pictures_are_in_the_data_for_programs(tmp_path: Path, stuck: str) -> None:
    folder = tmp_path / "courses"
    plain = json.loads(run("check", stuck, "--format", "json")[1])["files"][0]["findings"]
    assert {finding["picture"] for finding in plain} == {None}
    output = run("check", stuck, "--format", "json", "--draw", str(folder))[1]
    found = json.loads(output)["files"][0]["findings"]
    assert {f["code"]: f["picture"] for f in found if f["picture"]} == {
        "no-way-to-end": str(folder / "stuck-no-way-to-end-1.svg")
    }


def test_a_course_that_no_case_goes_is_left_out_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stuck: str
) -> None:
    monkeypatch.setattr(verify, "follow", lambda *_: None)
    code, output = run("check", stuck, "--draw", str(tmp_path / "courses"), "--lang", "en")
    assert code == 1
    assert "    no picture: no case takes exactly this course" in output
    assert list((tmp_path / "courses").iterdir()) == []


def test_a_folder_that_cannot_be_made_ends_with_2(tmp_path: Path, stuck: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("check", stuck, "--draw", str(tmp_path / "file"))[0] == 2
