"""What is said of a value of the wrong type."""

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


@pytest.mark.parametrize(
    ("change", "meant", "caret"),
    [
        (("ohjausprosessi: 1", "ohjausprosessi: '1'"), "1", (1, 17, 3)),
        (("min: 15", 'min: "15"'), "15", (13, 25, 4)),
        (("{type: bool}", '{type: bool, default: "true"}'), "true", (14, 33, 6)),
        (("{type: bool}", '{type: bool, personal: "false"}'), "false", (14, 34, 7)),
        (("{owner: opisto}", '{client: "true"}'), "true", (11, 22, 6)),
    ],
)
def test_needless_quotes_are_named_and_pointed_at(
    change: tuple[str, str], meant: str, caret: tuple[int, int, int]
) -> None:
    (found,) = findings(changed(change))
    assert found.message.en == f'`"{meant}"` is a string because of its quotes'
    assert str(found.hint) == f"write it without quotes: {meant}"
    assert (found.location.line, found.location.column, found.location.width) == caret


@pytest.mark.parametrize("version", ["2", '"2"', "[1]", "one"])
def test_another_version_of_the_format_is_no_matter_of_quotes(version: str) -> None:
    (found,) = findings(changed(("ohjausprosessi: 1", f"ohjausprosessi: {version}")))
    assert (found.code, str(found.hint)) == ("version", "this library reads version 1")
