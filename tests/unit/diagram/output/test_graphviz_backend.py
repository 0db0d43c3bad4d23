"""Which drawer draws, and what is said when none does; both drawers draw the same page, and all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram import render
from ohjausprosessi.diagram.output import graphviz_backend
from ohjausprosessi.errors import RenderError
from ohjausprosessi.formats import load_definition

if TYPE_CHECKING:
    from pathlib import Path

    from ohjausprosessi.model import Definition


@pytest.fixture(scope="module")
def first() -> Definition:
    return load_definition("tyottomyydesta_tutkintoon")


def test_without_a_drawer_the_dot_text_is_kept_and_said(
    first: Definition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graphviz_backend, "installed_programs", lambda: ())
    with pytest.raises(RenderError) as caught:
        render(first, tmp_path / "picture.svg")
    assert "pip install graphviz-pure" in str(caught.value)
    assert "asenna" in caught.value.text("fi")
    assert (tmp_path / "picture.dot").read_text(encoding="utf-8").startswith("digraph")


def test_an_unknown_form_names_the_known_ones(first: Definition, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"\.svg, \.png"):
        render(first, tmp_path / "picture.gif")


@pytest.mark.parametrize("form", ["svg", "png", "pdf", "dot"])
def test_each_form_is_written(first: Definition, tmp_path: Path, form: str) -> None:
    target = render(first, tmp_path / f"picture.{form}", lang="en")
    beginning = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph"}[form]
    assert target.read_bytes().startswith(beginning)
