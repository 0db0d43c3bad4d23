"""Accepted keys = JSON Schema = documentation; the shipped processes fit the schema."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from ohjausprosessi.formats import load_definition, loads_definition
from ohjausprosessi.formats.schema.document import (
    ENTRIES,
    Document,
    Element,
    Handoff,
    Keys,
    all_keys,
    keys_of,
)
from ohjausprosessi.formats.schema.json_schema import json_schema, schema_text
from ohjausprosessi.formats.vocabulary import COUNTRIES, RESERVED, TEMPLATES
from ohjausprosessi.formats.yaml.scanner import read
from places import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = (ROOT / "docs" / "format.md").read_text("utf-8")
PROCESSES = sorted((ROOT / "processes").glob("*.yaml"))
FIXTURES = sorted((ROOT / "tests" / "checks").glob("*/valid-*.yaml"))
HEADINGS: dict[str, type[Keys]] = {
    "Every element": Element,
    "Document": Document,
    "handoff": Handoff,
    **ENTRIES,
}
ROW = re.compile(
    r"\| (?P<key>[a-z_]+)(?P<needed> \*\*!\*\*)? \|.*\| `(?P<example>(?P=key): .*)` \|"
)


def rows(heading: str) -> list[re.Match[str]]:
    part = re.split(rf"^##+ {re.escape(heading)}$", PAGE, flags=re.MULTILINE)[1]
    part = re.split(r"^##", part, flags=re.MULTILINE)[0]
    return [found for line in part.splitlines() if (found := ROW.fullmatch(line))]


def own_keys(model: type[Keys]) -> set[str]:
    common = set() if model is Element else set(keys_of(Element))
    return set(keys_of(model)) - common


def schema_keys(part: Any) -> Iterator[str]:
    """Yield every key that a schema lets a mapping have."""
    yield from part["properties"]
    for inner in part.get("$defs", {}).values():
        yield from inner.get("properties", {})


def test_the_format_has_64_keys() -> None:
    assert len(all_keys()) == 64


def test_the_schema_has_the_keys_that_are_accepted() -> None:
    assert set(schema_keys(json_schema())) == all_keys()


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_page_documents_the_keys_that_are_accepted(heading: str) -> None:
    documented = [row["key"] for row in rows(heading)]
    assert len(documented) == len(set(documented))
    assert set(documented) == own_keys(HEADINGS[heading])


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_page_marks_the_keys_that_are_needed(heading: str) -> None:
    fields = HEADINGS[heading].model_fields
    needed = {field.alias or name for name, field in fields.items() if field.is_required()}
    assert {row["key"] for row in rows(heading) if row["needed"]} == needed


@pytest.mark.parametrize("heading", HEADINGS)
def test_each_example_of_the_page_is_accepted(heading: str) -> None:
    for row in rows(heading):
        report = read(row["example"], "example")
        assert report.findings == []
        with_errors: set[str] = set()
        try:
            HEADINGS[heading].model_validate(report.source.data)
        except ValidationError as error:
            with_errors = {str(found["loc"][0]) for found in error.errors()}
        assert list(report.source.data) == [row["key"]]
        assert row["key"] not in with_errors, row["example"]


def test_each_whole_definition_of_the_page_loads() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(blocks) == 2
    validator = Draft202012Validator(json_schema())
    for block in blocks:
        loads_definition(block)
        assert list(validator.iter_errors(yaml.safe_load(block))) == []


def test_the_page_lists_the_templates_with_their_keys() -> None:
    for name, template in TEMPLATES.items():
        taken = f" [{' '.join(template.takes)}]" if template.takes else ""
        assert f"| {name} | {' '.join(template.needs)}{taken} |" in PAGE


def test_the_page_lists_the_reserved_words() -> None:
    listed = re.search(r"reserved words `([^`]*)`", PAGE)
    assert listed is not None
    assert set(listed[1].split()) == RESERVED


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
    data = yaml.safe_load(path.read_text("utf-8"))
    assert list(Draft202012Validator(json_schema()).iter_errors(data)) == []
    assert load_definition(path.stem).id == path.stem


def test_every_valid_fixture_fits_the_schema() -> None:
    validator = Draft202012Validator(json_schema())
    for path in FIXTURES:
        data = yaml.safe_load(path.read_text("utf-8"))
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
    data = yaml.safe_load((ROOT / "tests" / "checks" / f"{name}.yaml").read_text("utf-8"))
    assert list(Draft202012Validator(json_schema()).iter_errors(data))


def test_the_countries_are_those_whose_holidays_are_known() -> None:
    holidays = pytest.importorskip("holidays")
    known = set(holidays.list_supported_countries(include_aliases=False))
    assert known >= COUNTRIES
