"""Plain scalars that mean something else to another reader of YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats.yaml.scanner import read

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding


def findings(raw: str | bytes, *, fast: bool = True) -> tuple[Finding, ...]:
    try:
        return tuple(read(raw, "x.yaml", fast=fast).findings)
    except DefinitionError as error:
        return error.findings


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Yes",
        "YES",
        "no",
        "No",
        "NO",
        "on",
        "On",
        "ON",
        "off",
        "Off",
        "OFF",
        "True",
        "TRUE",
        "False",
        "FALSE",
        "Null",
        "NULL",
        "~",
        "=",
        "1.0",
        "1.",
        ".5",
        "1e3",
        "1.0e+400",
        "+1",
        "010",
        "0o17",
        "0x1F",
        "0b101",
        "1_000",
        "1_0.5",
        "12:30",
        "1:59:59",
        "12:30:45.5",
        "2021-01-01",
        "2021-1-1",
        "2021-01-01T12:00:00Z",
        ".inf",
        "-.INF",
        ".nan",
        "-0",
    ],
)
def test_a_value_with_a_second_meaning_is_refused_unless_quoted(text: str) -> None:
    found = findings(f"version: {text}\n")
    assert [(finding.code, finding.location.column) for finding in found] == [("yaml", 10)]
    assert '"' in str(found[0].hint)
    for quote in ("'", '"'):
        report = read(f"version: {quote}{text}{quote}\n", "x")
        assert report.findings == []
        assert report.source.data == {"version": text}


@pytest.mark.parametrize("text", ["yes", "no", "on", "Off", "~", "TRUE"])
def test_a_key_with_a_second_meaning_is_refused_unless_quoted(text: str) -> None:
    assert [finding.code for finding in findings(f"{text}: a\n")] == ["yaml"]
    assert read(f"'{text}': a\n", "x").source.data == {text: "a"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-12", -12),
        ("123456789012345678", 123456789012345678),
        ("true", True),
        ("false", False),
        ("null", None),
        ("'null'", "null"),
        ('"5"', "5"),
        ("2021-01-01/2023-06-30", "2021-01-01/2023-06-30"),
        ("..", ".."),
        ("-", "-"),
        ("21.9.2020", "21.9.2020"),
        ("5 workdays", "5 workdays"),
        ("a == 'b' && c", "a == 'b' && c"),
        ("|\n  a\n   b\n", "a\n b\n"),
        (">-\n  a\n  b\n", "a b"),
        ("ä\u0308", "ä\u0308"),
        ("o\u0308ljy", "öljy"),
        ('"\\u00e4"', "ä"),
        ("[a, [1, {b: c}]]", ["a", [1, {"b": "c"}]]),
    ],
)
def test_plain_data_is_what_is_written(text: str, value: object) -> None:
    if text == "-":
        text = "'-'"
    for fast in (True, False):
        report = read(f"a: {text}", "x", fast=fast)
        assert report.findings == []
        assert report.source.data["a"] == value
        assert type(report.source.data["a"]) is type(value)
