"""Definitions in files: what is found where, and what is said of a file that cannot be read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import load_definition, loads_definition, shipped_ids
from ohjausprosessi.formats.yaml.scanner import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from ohjausprosessi.diagnostics import Finding


def written(identifier: str, *, version: str = "1", calls: str | None = None) -> str:
    call = "" if calls is None else f"  kutsu: {{kind: call, owner: kunta, process: {calls}}}\n"
    ways = (
        "  paata: {from: alku, to: loppu, by: neuvoja}\n"
        if calls is None
        else "  kutsuun: {from: alku, to: kutsu, by: neuvoja}\n"
        "  paata: {from: kutsu, to: loppu, outcome: loppu}\n"
    )
    return (
        f"ohjausprosessi: 1\nid: {identifier}\nversion: '{version}'\n"
        "responsible: kunta\nstart: alku\nowners: {kunta: {}}\n"
        "roles: {neuvoja: {owner: kunta}}\n"
        f"states:\n  alku: {{owner: kunta}}\n  loppu: {{kind: end, owner: kunta}}\n{call}"
        f"transitions:\n{ways}"
    )


def save(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def refused(name_or_path: str | Path) -> tuple[Finding, ...]:
    with pytest.raises(DefinitionError) as caught:
        load_definition(name_or_path)
    for finding in caught.value.findings:
        assert finding.hint is not None or finding.code == "yaml"
        assert finding.message.fi != finding.message.en
    return caught.value.findings


def test_a_shipped_process_is_loaded_by_its_id() -> None:
    assert {"ohjausprosessi_koulutukseen", "tyottomyydesta_tutkintoon"} <= set(shipped_ids())
    definition = load_definition("tyottomyydesta_tutkintoon")
    assert definition.origin.path == "tyottomyydesta_tutkintoon.yaml"
    assert [called.id for called in definition.calls.values()] == ["ohjausprosessi_koulutukseen"]
    named = load_definition(f"tyottomyydesta_tutkintoon@{definition.version}")
    assert named == definition


def test_an_unknown_name_says_what_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (found,) = refused("tyottomyydesta_tutkinton")
    assert (found.code, str(found.hint)) == ("name", "did you mean `tyottomyydesta_tutkintoon`?")
    (found,) = refused("zzz")
    assert found.code == "name"
    assert "`tyottomyydesta_tutkintoon`" in str(found.hint)
    assert [one.code for one in refused("tyottomyydesta_tutkintoon@1900")] == ["name"]


def test_a_file_is_loaded_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path, "mika tahansa.yml", written("oma"))
    assert load_definition(path) == load_definition(str(path))
    assert load_definition(path).origin.path == str(path)
    monkeypatch.chdir(tmp_path)
    save(tmp_path, "ilman_paatetta", written("oma"))
    assert load_definition("ilman_paatetta").id == "oma"


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    save(tmp_path, "oma.yaml", "")
    os.mkfifo(tmp_path / "putki.yaml")
    (tmp_path / "kuva.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "iso.yaml").write_bytes(b"#" * (MOST_BYTES + 1))
    (tmp_path / "silmukka.yaml").symlink_to(tmp_path / "silmukka.yaml")
    for name, words in (
        ("", "this is a folder"),
        ("oma.yml", "there is no such file"),
        ("muu/oma.yaml", "there is no such file"),
        ("oma.yaml", "the file is empty"),
        ("putki.yaml", "this is not a regular file"),
        ("kuva.yaml", "this is not a text file"),
        ("iso.yaml", "the text is too long"),
        ("silmukka.yaml", "cannot be read"),
        ("a\0b.yaml", "this is not a valid file name"),
        ("a\ud800.yaml", "this is not a valid file name"),
        ("n" * 5000 + ".yaml", "cannot be read"),
    ):
        for path in (f"{tmp_path}/{name}", tmp_path / name):
            (found,) = refused(path)
            assert found.code == "yaml"
            assert words in found.message.en
    assert str(refused(tmp_path / "oma.yml")[0].hint) == "did you mean `oma.yaml`?"


def test_of_a_folder_its_files_are_to_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "omat").mkdir()
    monkeypatch.chdir(tmp_path)
    for folder, inside in (("omat", "omat"), ("omat/", "omat"), (tmp_path / "omat",) * 2):
        (found,) = refused(folder)
        assert found.message.en == "this is a folder"
        assert str(found.hint) == f"name the files in it: {inside}/*.yaml"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all files")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = save(tmp_path, "oma.yaml", written("oma"))
    path.chmod(0)
    assert "may not be read" in refused(path)[0].message.en


def test_a_called_process_is_found_beside_then_in_versions_then_shipped(tmp_path: Path) -> None:
    caller = save(tmp_path, "oma.yaml", written("oma", calls="osa"))
    assert [found.code for found in refused(caller)] == ["name"]
    save(tmp_path, "versions/osa.yaml", written("osa", version="vanha"))
    assert load_definition(caller).calls["kutsu"].version == "vanha"
    save(tmp_path, "osa.yaml", written("osa", version="uusi"))
    assert load_definition(caller).calls["kutsu"].version == "uusi"
    text = written("oma", calls="ohjausprosessi_koulutukseen")
    with pytest.raises(DefinitionError) as caught:  # found, but it has another responsible
        loads_definition(text)
    assert "name" not in {found.code for found in caught.value.findings}


def test_a_version_is_found_by_file_name_then_by_what_the_file_says(tmp_path: Path) -> None:
    caller = save(tmp_path, "oma.yaml", written("oma", calls="osa@2"))
    save(tmp_path, "osa.yaml", written("osa", version="1"))
    (found,) = refused(caller)
    assert found.code == "name"
    assert "osa.yaml: osa@1" in found.message.en
    save(tmp_path, "versions/osa.yaml", written("osa", version="2"))
    assert load_definition(caller).calls["kutsu"].origin.path == str(
        tmp_path / "versions" / "osa.yaml"
    )
    save(tmp_path, "osa@2.yaml", written("osa", version="2"))
    assert load_definition(caller).calls["kutsu"].origin.path == str(tmp_path / "osa@2.yaml")
    save(tmp_path, "osa@2.yaml", written("osa", version="3"))
    assert load_definition(caller).calls["kutsu"].version == "2"


def test_a_file_that_holds_another_process_is_not_taken_for_it(tmp_path: Path) -> None:
    caller = save(tmp_path, "oma.yaml", written("oma", calls="osa"))
    save(tmp_path, "osa.yaml", written("toinen"))
    (found,) = refused(caller)
    assert found.code == "name"
    assert "toinen@1" in found.message.en


def test_a_broken_called_process_is_reported_with_its_own_places_once(tmp_path: Path) -> None:
    text = written("oma", calls="osa").replace(
        "transitions:\n", "  kutsu2: {kind: call, owner: kunta, process: osa}\ntransitions:\n"
    )
    caller = save(tmp_path, "oma.yaml", text.replace("start: alku", "start: allku"))
    broken = save(tmp_path, "osa.yaml", written("osa").replace("to: loppu", "to: lopu"))
    found = refused(caller)
    assert [(one.code, one.location.path) for one in found] == [
        ("name", str(caller)),
        ("name", str(broken)),
    ]
    assert found[1].location.line == 12


def test_a_process_that_calls_itself_is_refused(tmp_path: Path) -> None:
    itself = save(tmp_path, "oma.yaml", written("oma", calls="oma"))
    assert [(one.code, one.location.path) for one in refused(itself)] == [
        ("call-cycle", str(itself))
    ]
    first = save(tmp_path, "a.yaml", written("a", calls="b"))
    second = save(tmp_path, "b.yaml", written("b", calls="c"))
    third = save(tmp_path, "c.yaml", written("c", calls="a"))
    for start, end in ((first, third), (second, first), (third, second)):
        (found,) = refused(start)
        assert (found.code, found.location.path) == ("call-cycle", str(end))
    assert "a → b → c → a" in refused(first)[0].message.en
    with pytest.raises(DefinitionError) as caught:
        loads_definition(written("yksin", calls="yksin"))
    assert [found.code for found in caught.value.findings] == ["call-cycle"]


def test_another_version_of_itself_may_be_called(tmp_path: Path) -> None:
    caller = save(tmp_path, "oma@2.yaml", written("oma", version="2", calls="oma@1"))
    save(tmp_path, "oma@1.yaml", written("oma", version="1"))
    assert load_definition(caller).calls["kutsu"].version == "1"


def test_a_long_chain_of_calls_is_refused(tmp_path: Path) -> None:
    for number in range(40):
        save(tmp_path, f"p{number}.yaml", written(f"p{number}", calls=f"p{number + 1}"))
    save(tmp_path, "p40.yaml", written("p40"))
    assert load_definition(tmp_path / "p30.yaml").id == "p30"
    assert [found.code for found in refused(tmp_path / "p0.yaml")] == ["call-cycle"]


def test_a_text_finds_called_processes_in_the_folder_given(tmp_path: Path) -> None:
    save(tmp_path, "osa.yaml", written("osa"))
    text = written("oma", calls="osa")
    assert loads_definition(text, folder=tmp_path).calls["kutsu"].id == "osa"
    assert loads_definition(text.encode(), folder=str(tmp_path)).id == "oma"
    with pytest.raises(DefinitionError):
        loads_definition(text)


@pytest.mark.parametrize(
    "name", ["../osa", "/etc/passwd", "a/b", "a@../b", "a@b/c", "..", "a.yaml"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "inner"
    save(tmp_path, "osa.yaml", written("osa"))
    caller = save(inner, "oma.yaml", written("oma", calls=f"'{name}'"))
    assert [found.code for found in refused(caller)] == ["name"]


def test_calls_that_multiply_are_bounded(tmp_path: Path) -> None:
    save(tmp_path, "p0.yaml", written("p0"))
    for level in range(1, 16):
        twice = written(f"p{level}", calls=f"p{level - 1}").replace(
            "transitions:\n",
            f"  toinen: {{kind: call, owner: kunta, process: p{level - 1}}}\n"
            "transitions:\n  ohi: {from: toinen, to: loppu, outcome: loppu}\n"
            "  toiseen: {from: alku, to: toinen, by: neuvoja}\n",
        )
        save(tmp_path, f"p{level}.yaml", twice)
    assert load_definition(tmp_path / "p5.yaml").calls
    with pytest.raises(DefinitionError) as refused:
        load_definition(tmp_path / "p15.yaml")
    assert {finding.code for finding in refused.value.findings} == {"call-cycle"}
