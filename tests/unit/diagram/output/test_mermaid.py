"""Mermaid text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohjausprosessi.diagram import mermaid_text
from ohjausprosessi.formats import loads_definition
from ohjausprosessi.model import Definition, Label

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


def test_mermaid_cannot_be_left_by_a_label(advice: Definition) -> None:
    label = Label((("fi", '"]; click x "javascript:x" %% <b>#'),))
    states = {key: replace(one, title=label) for key, one in advice.states.items()}
    text = mermaid_text(replace(advice, states=states))
    body = [line for line in text.splitlines() if "click" in line]
    assert len(body) == len(states)
    assert all(line.count('"') == 2 for line in body)
