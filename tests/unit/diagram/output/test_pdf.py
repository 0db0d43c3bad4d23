"""Pictures as PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram import render
from ohjausprosessi.formats import loads_definition
from ohjausprosessi.model import Definition, Label

if TYPE_CHECKING:
    from pathlib import Path

ADVICE = """\
ohjausprosessi: 1
id: neuvonta
version: "1"
title: {fi: Neuvonta, en: Advice}
responsible: kunta
start: alkanut
fallback: alkanut
owners: {kunta: {colour: blue, title: Kunta}, opisto: {colour: yellow, title: Opisto}}
roles: {asiakas: {client: true}, neuvoja: {owner: kunta}, opettaja: {owner: opisto}}
facts: {valmis: {type: bool, title: Onko kurssi valmis}}
durations: {kuittaus: {length: 5 workdays}}
states:
  alkanut: {owner: kunta, title: Neuvonta alkanut}
  kurssi: {owner: opisto, title: Kurssi}
  paattynyt: {kind: end, owner: kunta, title: Neuvonta päättynyt}
transitions:
  ohjaa:
    {from: alkanut, to: kurssi, by: neuvoja, title: Ohjaa kurssille, handoff: {within: kuittaus}}
  paata:
    {from: kurssi, to: paattynyt, by: opettaja, title: Päätä, if: valmis, handoff: {ack: false}}
  keskeyta: {from: any_open, to: paattynyt, by: kunta, title: Keskeytä}
"""


@pytest.fixture(scope="module")
def advice() -> Definition:
    return loads_definition(ADVICE)


def test_a_pdf_is_drawn_even_of_letters_its_fonts_lack(advice: Definition, tmp_path: Path) -> None:
    label = Label((("fi", "Консультация 👍 → ≠ ≥ «ä»"),))
    states = {key: replace(one, title=label) for key, one in advice.states.items()}
    path = render(replace(advice, states=states), tmp_path / "letters.pdf", view="full")
    assert path.read_bytes().startswith(b"%PDF")
