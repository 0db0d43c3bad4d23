"""The main job as a newcomer sees it; every line of it is an answer of the engine."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import ohjausprosessi as op
from ohjausprosessi.cli.app import app
from ohjausprosessi.cli.commands.demo import PROCESSES, walk
from places import SNAPSHOTS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_text_of_the_demo(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    result = CliRunner().invoke(app, ["demo", "--lang", language])
    assert result.exit_code == 0, result.output
    snapshot = SNAPSHOTS / f"cli_demo_{language}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.write_text(result.stdout, encoding="utf-8")
    assert result.stdout == snapshot.read_text(encoding="utf-8")
    assert {p.name for p in (tmp_path / "build/demo").iterdir()} == {
        "case.json",
        *(f"{name}.svg" for name in PROCESSES),
    }
    process = op.load(PROCESSES[0])
    stored = json.loads((tmp_path / "build/demo/case.json").read_text(encoding="utf-8"))
    assert process.restore(stored).outcome == "tavoite_saavutettu"


def test_the_walk_shows_what_it_promises() -> None:
    shown = list(walk(op.load(PROCESSES[0])))
    case = shown[-1][2]
    happened = [event.transition for event in case.history]
    refused = [step.name for step, _, _, refusal in shown if refusal is not None]
    assert refused == ["siirra_savon_ammattiopistoon"]
    assert case.outcome == "tavoite_saavutettu"
    assert "asiakkuus_alkanut.remind" in happened
    assert "siirra_savon_ammattiopistoon.accept" in happened
    declined = happened.index("ohjaa_opinto_ohjaajalle.decline")
    assert happened[declined + 1] == "ohjaa_opinto_ohjaajalle"
    expired = next(e for e in case.history if e.transition.endswith(".expire"))
    after = next(after for _, _, after, _ in shown if after.seq == expired.seq)
    assert after.active == ("palautus_prosessivastuulle",)
    assert after.holders["palautus_prosessivastuulle"] == after.responsible


def test_a_refused_step_leaves_the_case_as_it_was() -> None:
    before, after = next(
        (before, after)
        for _, before, after, refusal in walk(op.load(PROCESSES[0]))
        if refusal is not None
    )
    assert before is after


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(app, ["demo", "--output", str(tmp_path / "file"), "--lang", "en"])
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
