"""A mistake is reported once, by its cause; what is wrong beside it is reported with it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of, loads_definition

if TYPE_CHECKING:
    from collections.abc import Callable

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


# A slip, and the one thing that is said of it: code, line, column.
SLIPS: dict[str, tuple[tuple[str, str], str, int, int]] = {
    "a key of the document": (("start: alku", "start: alku\nstart: nowhere"), "duplicate", 6, 1),
    "the version of the format": (("id: oma", "ohjausprosessi: 2\nid: oma"), "duplicate", 2, 1),
    "a section, in two halves": (
        ("transitions:", "roles:\n  muu: {owner: kunta}\ntransitions:"),
        "duplicate",
        18,
        1,
    ),
    "an entry, the second empty": (
        ("  opettaja:", "  neuvoja: {}\n  opettaja:"),
        "duplicate",
        11,
        3,
    ),
    "a fact, of another type": (("  valmis:", "  ika: {type: bool}\n  valmis:"), "duplicate", 14, 3),
    "a key of an entry": (("    to: loppu", "    to: loppu\n    to: 3"), "duplicate", 22, 5),
    "a guard": (("    if:", "    if: nosuch\n    if:"), "duplicate", 24, 5),
    "merge key": (("neuvoja: {owner: kunta}", "neuvoja: {<<: {owner: kunta}}"), "yaml", 10, 13),
    "merge key of an alias": (("neuvoja: {owner: kunta}", "neuvoja: {<<: *a}"), "yaml", 10, 13),
    "merge key of the document": (("start: alku", "<<: {start: alku}"), "yaml", 5, 1),
    "alias for an entry": (("{owner: opisto}", "*a"), "yaml", 11, 13),
    "alias for a section": (("facts:\n  ika: {type: int, min: 15}\n  valmis: {type: bool}", "facts: *a"), "yaml", 12, 8),
    "anchor without a value": (("start: alku", "start: &alku"), "yaml", 5, 8),
    "anchor of a value": (("start: alku", "start: &a alku"), "yaml", 5, 8),
    "tag without a value": (("start: alku", "start: !alku"), "yaml", 5, 8),
    "tag that makes a text of a number": (("min: 15", "min: !!str 15"), "yaml", 13, 25),
    "tag for an entry": (("{owner: opisto}", "!x"), "yaml", 11, 13),
    "tag of an entry": (("{owner: opisto}", "!x {owner: opisto}"), "yaml", 11, 13),
    "tag of a section": (("facts:", "facts: !x"), "yaml", 12, 8),
    "a key that reads otherwise": (("{owner: opisto}", "{owner: opisto, no: 1}"), "yaml", 11, 29),
    "a key that is misspelt": (("    from: alku", "    form: alku"), "key", 20, 5),
    "the first key, misspelt": (("ohjausprosessi: 1", "ohjausprosesi: 1"), "key", 1, 1),
    "a soft hyphen in an id": (("  neuvoja:", "  neu\xadvoja:"), "yaml", 10, 3),
    "a value that breaks off": (("if: ika >= 18 && valmis", "set: {valmis{: true}"), "yaml", 23, 17),
    "a value that reads otherwise": (("{type: bool}", "{type: no}"), "yaml", 14, 18),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_what_follows_from_a_slip_of_yaml_is_not_reported(slip: str) -> None:
    change, *expected = SLIPS[slip]
    found = [(f.code, f.location.line, f.location.column) for f in findings(changed(change))]
    assert found == [tuple(expected)]


def test_what_is_wrong_beside_a_slip_of_yaml_is_reported_with_it() -> None:
    text = changed(
        ("neuvoja: {owner: kunta}", "neuvoja: &a {owner: nobody}"),
        ("{owner: opisto}", "*a"),
        ("states:", "roles:\n  muu: {owner: nobody}\nstates:"),
        ("    to: loppu", "    to: nowhere"),
        ("if: ika >= 18 && valmis", "if: age >= 18"),
    )
    assert [(f.code, f.location.line) for f in findings(text)] == [
        ("yaml", 10),
        ("name", 10),
        ("yaml", 11),
        ("duplicate", 15),
        ("name", 16),
        ("name", 23),
        ("guard", 25),
    ]


# Python data with a slip, and the one place that is named.
DATA: dict[str, tuple[Callable[[Any], object], str]] = {
    "a key with a character that does not show": (
        lambda data: data["roles"].update({"neuvoja\u200b": data["roles"].pop("neuvoja")}),
        "roles.neuvojaU+200B",
    ),
    "a key that is no text": (
        lambda data: data["roles"].update({1: data["roles"].pop("neuvoja")}),
        "roles",
    ),
    "a number that is not whole": (
        lambda data: data["facts"]["ika"].update(min=1.5, max=-1),
        "facts.ika.min",
    ),
    "a value with a character that does not show": (
        lambda data: data.update(start="alku\u200b"),
        "start",
    ),
}


@pytest.mark.parametrize("slip", DATA)
def test_what_follows_from_a_slip_in_data_is_not_reported(slip: str) -> None:
    change, place = DATA[slip]
    data = deepcopy(yaml.safe_load(TEXT))
    change(data)
    with pytest.raises(DefinitionError) as caught:
        definition_of(data)
    assert [str(found.location) for found in caught.value.findings] == [place]
