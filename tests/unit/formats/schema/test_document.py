"""The keys that are accepted are those the page of the format documents."""

from __future__ import annotations

import re

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from ohjausprosessi.formats import loads_definition
from ohjausprosessi.formats.schema.document import (
    ENTRIES,
    Document,
    Entry,
    HandoffEntry,
    Keys,
    all_keys,
    keys_of,
)
from ohjausprosessi.formats.schema.json_schema import json_schema
from ohjausprosessi.formats.yaml.scanner import read
from places import ROOT

PAGE = (ROOT / "docs" / "format.md").read_text("utf-8")
HEADINGS: dict[str, type[Keys]] = {
    "Every element": Entry,
    "Document": Document,
    "handoff": HandoffEntry,
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
    common = set() if model is Entry else set(keys_of(Entry))
    return set(keys_of(model)) - common


def test_the_format_has_64_keys() -> None:
    assert len(all_keys()) == 64


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
