"""What rules may name."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding

BASE: dict[str, Any] = {
    "ohjausprosessi": 1,
    "id": "neuvonta",
    "version": "1",
    "responsible": "kunta",
    "start": "alku",
    "fallback": "alku",
    "owners": {"kunta": {}, "opisto": {}, "muualla": {"external": True}},
    "roles": {"neuvoja": {"owner": "kunta"}, "opettaja": {"owner": "opisto"}},
    "phases": {"ennen": {}},
    "facts": {
        "valmis": {"type": "bool"},
        "ika": {"type": "int", "min": 15, "max": 70},
        "tavoite": {"type": "enum", "values": ["tutkinto", "tyo"]},
        "ala": {"type": "text"},
    },
    "durations": {"viikko": {"length": "1 week"}},
    "info": {"tuen_tarpeet": {}},
    "services": {"tori": {"owner": "kunta"}},
    "states": {
        "alku": {"owner": "kunta"},
        "kurssi": {"owner": "opisto"},
        "loppu": {"kind": "end", "owner": "kunta"},
    },
    "transitions": {
        "ohjaa": {"from": "alku", "to": "kurssi", "by": "neuvoja", "handoff": {"within": "viikko"}},
        "paata": {"from": "kurssi", "to": "loppu", "by": "opettaja", "handoff": {"ack": False}},
    },
    "duties": {"seuranta": {"by": ["kunta"], "every": "viikko"}},
    "rules": {"kuitataan": {"rule": "response", "when": "ohjaa", "then": "answer"}},
}
REMOVED = object()


def changed(path: str, value: object) -> dict[str, Any]:
    data = deepcopy(BASE)
    place: Any = data
    *above, last = path.split(".")
    for step in above:
        place = place.setdefault(step, {})
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return data


def refused(data: dict[str, Any]) -> tuple[Finding, ...]:
    with pytest.raises(DefinitionError) as caught:
        definition_of(data)
    for finding in caught.value.findings:
        assert finding.hint is not None, finding
        assert finding.message.fi != finding.message.en
        assert "pydantic" not in str(finding)
    return caught.value.findings


@pytest.mark.parametrize(
    "atom",
    [
        "ohj",
        "ohjaa.accepted",
        "ohjaa.",
        "paata.accept",
        "oh.accept",
        "ha*",
        "*",
        "seuranta.opisto",
        "seurannat.kunta",
        "valmis",
        "viikko",
        "start",
        "any_open",
        "back",
        "true",
        "Ohjaa",
        "ohjaa.accept.accept",
    ],
)
def test_an_atom_that_no_event_has_is_refused(atom: str) -> None:
    rule = {"rule": "existence", "then": atom}
    assert [finding.code for finding in refused(changed("rules.x", rule))] == ["name"]


@pytest.mark.parametrize(
    "atom",
    [
        "ohjaa",
        "ohjaa.accept",
        "ohjaa.decline",
        "ohjaa.expire",
        "ohjaa.withdraw",
        "ohjaa.answer",
        "kurssi",
        "ennen",
        "seuranta",
        "seuranta.kunta",
        "neuvoja",
        "kunta",
        "muualla",
        "any_transition",
        "any_handoff",
        "any_transfer",
        "any_answer",
        "end",
        "oh*",
        "o*",
        "ohjaa*",
    ],
)
def test_an_atom_names_any_act_or_place(atom: str) -> None:
    definition = definition_of(changed("rules.x", {"rule": "existence", "then": [atom, "loppu"]}))
    assert definition.rules["x"].then == (atom, "loppu")


@pytest.mark.parametrize("word", ["accept", "decline", "expire", "withdraw", "answer"])
@pytest.mark.parametrize(
    ("when", "fine"),
    [
        ("ohjaa", True),
        ("any_handoff", True),
        ("any_transfer", True),
        ("oh*", True),
        (["kurssi", "ohjaa"], True),
        ("paata", False),
        ("kurssi", False),
        ("p*", False),
        ("any_transition", False),
    ],
)
def test_a_bare_answer_belongs_to_a_hand_off_before_it(word: str, when: Any, fine: bool) -> None:  # noqa: FBT001
    for template, key in (("response", "when"), ("precedence", "first")):
        data = changed("rules.x", {"rule": template, key: when, "then": word})
        if fine:
            assert definition_of(data).rules["x"].then == (word,)
        else:
            found = refused(data)
            assert [finding.code for finding in found] == ["name"]
            assert found[0].location.element == ("rules", "x", "then")


def test_a_bare_answer_comes_after_its_hand_off_only() -> None:
    rule = {"rule": "response", "when": ["ohjaa", "accept"], "then": "kurssi"}
    assert [finding.code for finding in refused(changed("rules.x", rule))] == ["name"]
