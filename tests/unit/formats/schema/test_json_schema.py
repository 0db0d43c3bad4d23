"""Accepted keys = JSON Schema = documentation; the shipped processes fit the schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from foreign_yaml import data_of
from ohjausprosessi.formats import load_definition
from ohjausprosessi.formats.schema.document import all_keys
from ohjausprosessi.formats.schema.json_schema import json_schema, schema_text
from places import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROCESSES = sorted((ROOT / "processes").glob("*.yaml"))
FIXTURES = sorted((ROOT / "tests" / "checks").glob("*/valid-*.yaml"))


def schema_keys(part: Any) -> Iterator[str]:
    """Yield every key that a schema lets a mapping have."""
    yield from part["properties"]
    for inner in part.get("$defs", {}).values():
        yield from inner.get("properties", {})


def test_the_schema_has_the_keys_that_are_accepted() -> None:
    assert set(schema_keys(json_schema())) == all_keys()


def test_the_schema_file_is_up_to_date() -> None:
    file = ROOT / "schema" / "ohjausprosessi-1.json"
    assert file.read_text("utf-8") == schema_text()


def test_the_schema_is_a_schema_and_describes_every_key() -> None:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    for part in (schema, *schema["$defs"].values()):
        for value in part.get("properties", {}).values():
            assert value["description"]


@pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.stem)
def test_a_shipped_process_fits_the_schema_and_loads(path: Path) -> None:
    data = data_of(path.read_text("utf-8"))
    assert list(Draft202012Validator(json_schema()).iter_errors(data)) == []
    assert load_definition(path.stem).id == path.stem


def test_every_valid_fixture_fits_the_schema() -> None:
    validator = Draft202012Validator(json_schema())
    for path in FIXTURES:
        data = data_of(path.read_text("utf-8"))
        assert list(validator.iter_errors(data)) == [], path


@pytest.mark.parametrize(
    "name",
    [
        "key/invalid-kind",
        "key/invalid-missing",
        "key/invalid-unknown",
        "duplicate/invalid-list",
        "id/invalid-form",
        "id/invalid-reserved",
        "rule-keys/invalid-missing",
        "rule-keys/invalid-superfluous",
        "value/invalid-empty",
        "value/invalid-label",
        "value/invalid-length",
        "value/invalid-type",
        "version/invalid-next",
    ],
)
def test_the_schema_refuses_what_it_can_see(name: str) -> None:
    data = data_of((ROOT / "tests" / "checks" / f"{name}.yaml").read_text("utf-8"))
    assert list(Draft202012Validator(json_schema()).iter_errors(data))
