"""``handbook``: a site from a folder, and what is wrong with the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from ohjausprosessi.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """\
ohjausprosessi: 1
id: small
version: "1"
responsible: c
start: a
owners: {c: {}}
roles: {r: {owner: c}}
states: {a: {owner: c}, e: {kind: end, owner: c}}
transitions: {q: {from: a, to: e, by: r}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "small.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["handbook", *arguments])
    return done.exit_code, done.output


def test_a_folder_becomes_a_site(folder: Path) -> None:
    code, output = run(str(folder / "in"), "-o", str(folder / "site"), "--lang", "en")
    assert code == 0, output
    index = folder / "site" / "index.html"
    assert output.strip() == str(index)
    assert "small" in index.read_text(encoding="utf-8")


def test_a_folder_that_is_none_or_empty_or_broken_ends_with_2(folder: Path) -> None:
    (folder / "in" / "broken.yaml").write_text("ohjausprosessi: 1\n", encoding="utf-8")
    (folder / "empty").mkdir()
    for name in ("nowhere", "empty", "in"):
        code, output = run(str(folder / name), "-o", str(folder / "site"))
        assert code == 2, (name, output)
        assert output.strip()
        assert "Traceback" not in output


def test_a_case_that_is_no_json_ends_with_2(folder: Path) -> None:
    (folder / "case.json").write_text("{", encoding="utf-8")
    code, output = run(
        str(folder / "in"), "-o", str(folder / "site"), "--case", str(folder / "case.json")
    )
    assert code == 2
    assert "case.json" in output


def test_figures_stand_on_the_page_of_their_process(folder: Path) -> None:
    other = SMALL.replace("id: small", "id: other").replace("q: {", "other_way: {")
    (folder / "in" / "other.yaml").write_text(other, encoding="utf-8")
    (folder / "counts.csv").write_text("id,n\nq,31337\n", encoding="utf-8")
    arguments = ("-o", str(folder / "site"), "--counts", str(folder / "counts.csv"), "--lang", "en")
    code, output = run(str(folder / "in"), *arguments)
    assert code == 0, output
    assert "31337" in (folder / "site" / "small.html").read_text(encoding="utf-8")
    assert "31337" not in (folder / "site" / "other.html").read_text(encoding="utf-8")
    (folder / "counts.csv").write_text("a,3\n", encoding="utf-8")
    code, output = run(str(folder / "in"), *arguments)
    assert code == 2
    assert "which process the figures are of: other or small" in output


def test_a_process_that_ships_is_named_by_its_id(tmp_path: Path) -> None:
    code, output = run("ohjausprosessi_koulutukseen", "-o", str(tmp_path / "site"))
    assert code == 0, output
    assert (tmp_path / "site" / "ohjausprosessi_koulutukseen.html").is_file()
    code, output = run("ohjausprosessi_koulutukse", "-o", str(tmp_path / "site"), "--lang", "en")
    assert code == 2
    assert "did you mean `ohjausprosessi_koulutukseen`?" in output
