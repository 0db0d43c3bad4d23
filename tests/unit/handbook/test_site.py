"""The handbook as files."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import ohjausprosessi as op
from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import RenderError
from ohjausprosessi.handbook import site, write_handbook
from small import END, data, process, start, t

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><g/></svg>'
PROCESS = process({"a": "c", "e": END}, {"stop": t("a", "e")})


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "svg_text", lambda *_, **__: SVG)


def definition_file(folder: Path, name: str, **more: object) -> None:
    folder.mkdir(exist_ok=True)
    content = {**data({"a": "c", "e": END}, {"stop": t("a", "e")}), **more}
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


def test_a_folder_becomes_an_index_and_a_page_per_process_and_language(
    tmp_path: Path,
) -> None:
    definition_file(tmp_path / "in", "one.yaml", id="one", title={"fi": "Yksi", "en": "One"})
    definition_file(tmp_path / "in", "two.yaml", id="two")

    written = write_handbook(tmp_path / "in", tmp_path / "out" / "deep")

    assert written.index == tmp_path / "out" / "deep" / "index.html"
    assert {path.name for path in written.index.parent.iterdir()} == {
        "index.html", "index.en.html",
        "one.html", "one.en.html", "one.svg", "one.en.svg",
        "two.html", "two.en.html", "two.svg", "two.en.svg",
    }  # fmt: skip
    assert len(written.pages) == 5
    assert "Yksi" in written.index.read_text(encoding="utf-8")
    assert 'lang="en"' in (written.index.parent / "one.en.html").read_text(encoding="utf-8")


def test_every_link_between_the_files_leads_to_one_of_them(tmp_path: Path) -> None:
    written = write_handbook("processes", tmp_path)

    for page in (written.index, *written.pages):
        for link in re.findall(r'(?:href|src)="([^"#]+)"', page.read_text(encoding="utf-8")):
            assert (tmp_path / link).is_file(), link


def test_the_language_asked_for_has_the_plain_names(tmp_path: Path) -> None:
    written = write_handbook([PROCESS.definition], tmp_path, lang="en")

    assert 'lang="en"' in written.index.read_text(encoding="utf-8")
    assert (tmp_path / "p.fi.html").is_file()


def test_versions_are_listed_with_their_base(tmp_path: Path) -> None:
    definition_file(tmp_path, "p.yaml")
    definition_file(tmp_path / "versions", "p@2.yaml", version="2")
    definition_file(tmp_path / "versions", "q.yaml", id="q")
    (tmp_path / "versions" / "overlay.yaml").write_text("extends: p@1\n", encoding="utf-8")

    written = write_handbook(tmp_path, tmp_path / "out", lang="en")
    index = written.index.read_text(encoding="utf-8")

    assert "based on p@1" in index
    assert 'href="p-2.html"' in index
    assert "its base is not in this folder" in index
    assert [path.name for path, _ in written.left_out] == ["overlay.yaml"]
    assert "versions/overlay.yaml" in index


def test_a_process_that_cannot_be_read_is_refused_with_every_problem(
    tmp_path: Path,
) -> None:
    definition_file(tmp_path, "one.yaml", start="nowhere")
    definition_file(tmp_path, "two.yaml", responsible="nobody")

    with pytest.raises(op.DefinitionError) as caught:
        write_handbook(tmp_path, tmp_path / "out")

    assert len({finding.location.path for finding in caught.value.findings}) == 2
    assert not (tmp_path / "out").exists()


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    names = ["../../evil", "index", "CON/aux", "", "ä" * 300]
    definitions = [replace(PROCESS.definition, id=name, version="../x") for name in names]

    write_handbook([*definitions, *definitions], tmp_path / "out")

    assert {path.name for path in tmp_path.iterdir()} == {"out"}
    assert len(list((tmp_path / "out").glob("*.html"))) == 2 * (1 + 2 * len(names))


def test_where_nothing_draws_the_pages_are_still_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> str:
        raise RenderError(Text("piirtäjä puuttuu", "no drawer"))

    monkeypatch.setattr(site, "svg_text", missing)
    written = write_handbook([PROCESS.definition], tmp_path)

    assert written.undrawn is not None
    assert "piirtäjä puuttuu" in (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "no drawer" in (tmp_path / "p.en.html").read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.svg"))


def test_cases_go_to_the_page_of_their_process(tmp_path: Path) -> None:
    other = replace(PROCESS.definition, id="other")
    write_handbook([PROCESS.definition, other], tmp_path, cases=[start(PROCESS).to_dict()])

    assert "Tapaus x" in (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "Tapaus x" not in (tmp_path / "other.html").read_text(encoding="utf-8")


def test_a_case_of_no_process_of_the_handbook_is_refused(tmp_path: Path) -> None:
    other = process({"a": "c", "e": END}, {"otherwise": t("a", "e")}, id="other")

    with pytest.raises(op.Refused) as caught:
        write_handbook([PROCESS.definition], tmp_path, cases=[start(other).to_dict()])
    assert caught.value.code == "definition"


@pytest.mark.parametrize("case", [[], None, "case", {"process": ["p"]}])
def test_what_is_no_case_is_refused(tmp_path: Path, case: object) -> None:
    with pytest.raises(op.Refused):
        write_handbook([PROCESS.definition], tmp_path, cases=[case])


def test_a_second_run_writes_the_same(tmp_path: Path) -> None:
    write_handbook("processes", tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_handbook("processes", tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_empty_folder_gives_an_index_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    written = write_handbook(tmp_path / "in", tmp_path / "out")

    assert "Kansiossa ei ole prosesseja" in written.index.read_text(encoding="utf-8")


def test_one_file_is_a_handbook_of_one(tmp_path: Path) -> None:
    definition_file(tmp_path, "p.yaml")

    assert write_handbook(tmp_path / "p.yaml", tmp_path / "out").index.is_file()


def test_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"in Finnish and English \(fi / en\), not in 'sv'"):
        write_handbook([PROCESS.definition], tmp_path / "out", lang="sv")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_no_name_can_have_is_an_error_of_files(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Invalid argument"):
        write_handbook([PROCESS.definition], f"{tmp_path}/a\0b")
