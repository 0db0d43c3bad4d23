"""Guards in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import loads_definition

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding

TEXT = """\
ohjausprosessi: 1
id: oma
version: "1"
responsible: kunta
start: alku
owners:
  kunta: {}
  opisto: {}
roles:
  neuvoja: {owner: kunta}
  opettaja: {owner: opisto}
facts:
  ika: {type: int, min: 15}
  valmis: {type: bool}
states:
  alku: {owner: kunta}
  loppu: {kind: end, owner: kunta}
transitions:
  lopeta:
    from: alku
    to: loppu
    by: neuvoja
    if: ika >= 18 && valmis
"""


def findings(text: str) -> list[Finding]:
    with pytest.raises(DefinitionError) as caught:
        loads_definition(text)
    return list(caught.value.findings)


def changed(*changes: tuple[str, str]) -> str:
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def test_a_guard_that_is_none_sends_its_reader_to_the_page_of_guards() -> None:
    (found,) = findings(changed(("if: ika >= 18 && valmis", "if: age")))
    assert str(found.hint) == "docs/guards.md says how a guard is written"
