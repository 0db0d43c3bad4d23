"""Definitions as plain data, and what is none."""

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


def test_a_called_definition_is_given_by_name_or_name_and_version() -> None:
    called = definition_of(
        {
            **{key: BASE[key] for key in ("ohjausprosessi", "version", "responsible", "start")},
            "id": "osa",
            "owners": {"kunta": {}},
            "roles": {"neuvoja": {"owner": "kunta"}},
            "states": {"alku": {"owner": "kunta"}, "loppu": {"kind": "end", "owner": "kunta"}},
            "transitions": {"paata": {"from": "alku", "to": "loppu", "by": "neuvoja"}},
        }
    )
    for name, process, fine in (
        ("osa", "osa", True),
        ("osa", "osa@1", True),
        ("osa@1", "osa@1", True),
        ("osa", "osa@2", False),
        ("muu", "muu", False),
    ):
        data = changed("states.kutsu", {"kind": "call", "owner": "kunta", "process": process})
        data["transitions"]["kutsuun"] = {"from": "alku", "to": "kutsu", "by": "neuvoja"}
        data["transitions"]["kutsusta"] = {"from": "kutsu", "to": "alku", "outcome": "loppu"}
        if fine:
            assert definition_of(data, called={name: called}).calls == {"kutsu": called}
        else:
            with pytest.raises(DefinitionError) as caught:
                definition_of(data, called={name: called})
            assert [finding.code for finding in caught.value.findings] == ["name"]


@pytest.mark.parametrize("data", [None, 5, "a", [BASE], b"a", {"ohjausprosessi"}])
def test_data_that_is_no_mapping_is_refused(data: Any) -> None:
    with pytest.raises(DefinitionError) as caught:
        definition_of(data)
    assert [finding.code for finding in caught.value.findings] == ["yaml"]


def test_data_without_end_is_refused() -> None:
    data = changed("x-self", {})
    data["x-self"]["x-self"] = data["x-self"]
    assert [finding.code for finding in refused(data)] == ["yaml"]


@pytest.mark.parametrize("value", [1.5, float("nan"), b"a", {"a"}, object(), 1j])
def test_a_value_that_yaml_would_not_hold_is_refused(value: object) -> None:
    assert [finding.code for finding in refused(changed("states.alku.title", value))] == ["yaml"]


def test_a_number_too_long_to_print_is_refused() -> None:
    assert [finding.code for finding in refused(changed("version", 10**5000))] == ["yaml"]


def test_a_key_that_is_no_text_is_refused() -> None:
    data = deepcopy(BASE)
    data["states"][5] = {}
    assert [finding.code for finding in refused(data)] == ["key"]
