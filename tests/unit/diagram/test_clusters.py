"""The picture Graphviz places itself: what is in it, and that no label breaks it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram import render
from ohjausprosessi.diagram.output import graphviz_backend
from ohjausprosessi.diagram.output.cluster_dot import to_cluster_dot
from ohjausprosessi.diagram.output.graphviz_backend import draw
from ohjausprosessi.errors import RenderError
from ohjausprosessi.formats import load_definition
from ohjausprosessi.model import Definition, Label

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    r"\N \G \L \\",
    "quotes \" and ' and `",
    "x" * 300,
    "first\nsecond\tthird",
    "<B>bold</B> &amp; <table>",
    "ends in a backslash \\",
]


@pytest.fixture(scope="module")
def first() -> Definition:
    return load_definition("tyottomyydesta_tutkintoon")


def test_owners_without_a_state_are_in_no_cluster_and_no_legend(first: Definition) -> None:
    source = to_cluster_dot(first, "fi")
    assert '"cluster_sakky"' in source
    assert "Työnantaja" not in source


def test_a_handoff_is_dashed_and_an_ordinary_transition_is_not(first: Definition) -> None:
    lines = to_cluster_dot(first, "fi").splitlines()
    handoff = next(line for line in lines if '"transition-ohjaa_opinto_ohjaajalle-' in line)
    plain = next(line for line in lines if '"transition-arvioi_palvelutarve-' in line)
    assert 'style="dashed"' in handoff
    assert 'style="solid"' in plain


def test_guards_are_in_brackets_and_in_words(first: Definition) -> None:
    source = to_cluster_dot(first, "en").replace("\\n", " ")
    assert re.search(r"\[[^\]]*Study place = confirmed|\[[^\]]*study place = confirmed", source)


def test_labels_are_in_the_language_asked_for(first: Definition) -> None:
    assert "Palvelutarpeen arvio" in to_cluster_dot(first, "fi").replace("\\n", " ")
    assert "Assessment of service needs" in to_cluster_dot(first, "en").replace("\\n", " ")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_label_neither_breaks_nor_injects(first: Definition, text: str) -> None:
    label = Label((("fi", text),))
    states = {key: replace(state, title=label) for key, state in first.states.items()}
    transitions = {key: replace(one, title=label) for key, one in first.transitions.items()}
    hostile = replace(first, title=label, states=states, transitions=transitions)
    root = ET.fromstring(draw(to_cluster_dot(hostile, "fi"), "svg", engine="dot"))  # noqa: S314  our own file
    tags = {element.tag.rsplit("}", 1)[-1] for element in root.iter()}
    assert not tags & {"script", "a", "table", "B"}
    groups = [g for g in root.iter() if "state" in (g.get("class") or "").split()]
    assert len(groups) == len(first.states)


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
