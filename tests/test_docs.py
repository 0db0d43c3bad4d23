"""Every Python and YAML example of the documentation runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import ohjausprosessi as op
from places import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


def examples(language: str) -> list[object]:
    found: list[object] = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for number, (kind, body) in enumerate(BLOCK.findall(text), 1):
            if kind == language:
                found.append(pytest.param(body, id=f"{page.name}-{number}"))
    return found


@pytest.mark.parametrize("body", examples("python"))
def test_python_examples_run(
    body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(body, "<example>", "exec"), {"__name__": "example"})  # noqa: S102
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("body", examples("yaml"))
def test_whole_definitions_load(body: str) -> None:
    if body.startswith(("ohjausprosessi:", "# yaml-language-server")):
        assert op.loads(body).states


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link
