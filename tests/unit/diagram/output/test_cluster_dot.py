"""The picture Graphviz places itself: what is in it, and that no label breaks it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from ohjausprosessi.diagram.output.cluster_dot import to_cluster_dot
from ohjausprosessi.diagram.output.graphviz_backend import draw
from ohjausprosessi.formats import load_definition
from ohjausprosessi.model import Definition, Label

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
