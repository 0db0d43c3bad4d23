"""The hardened YAML reader: what it refuses, where, and that both parsers agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats.yaml.scanner import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_LEVELS,
    MOST_NODES,
    read,
)
from places import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from ohjausprosessi.diagnostics import Finding

PROCESSES = sorted((ROOT / "processes").glob("*.yaml"))


def lists_of_lists(levels: int) -> str:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, levels):
        text += f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 9) + "]\n"
    return text


# What an attacker or a slip writes -> the code, and line and column of the first finding.
ATTACKS: dict[str, tuple[str | bytes, str, int | None, int | None]] = {
    "aliases that grow without end": (lists_of_lists(9), "yaml", 1, 5),
    "alias of itself": ("a: &a [*a]\n", "yaml", 1, 4),
    "merge keys": ("a: {<<: {b: 1}}\n", "yaml", 1, 5),
    "5,000 brackets": ("[" * 5_000 + "]" * 5_000, "yaml", 1, None),
    "100,000 brackets": ("[" * 100_000, "yaml", 1, None),
    "2,000 nested blocks": ("".join(" " * i + "a:\n" for i in range(2_000)), "yaml", None, None),
    "20,000 nested braces": ("{a: " * 20_000 + "1" + "}" * 20_000, "yaml", 1, None),
    "one level too deep": ("a: " + "[" * MOST_LEVELS + "]" * MOST_LEVELS, "yaml", 1, 35),
    "a number of 100,000 digits": ("k: " + "9" * 100_000, "yaml", 1, 4),
    "a number of 19 digits": ("k: " + "9" * 19, "yaml", 1, 4),
    "400,000 hexadecimal digits": ("k: 0x" + "f" * 400_000, "yaml", 1, 4),
    "sixty to the 60,000th": ("k: 1" + ":59" * 60_000, "yaml", 1, 4),
    "the same key twice": ("owner: a\nowner: b\n", "duplicate", 2, 1),
    "the same key, composed otherwise": ("\u00e4: 1\na\u0308: 2\n", "duplicate", 2, 1),
    "tag of Python": ("a: !!python/object/apply:os.system ['id']\n", "yaml", 1, 4),
    "binary tag": ("a: !!binary aGVsbG8=\n", "yaml", 1, 4),
    "set tag": ("a: !!set {b: 1}\n", "yaml", 1, 4),
    "tag of one's own": ("a: !foo 1\n", "yaml", 1, 4),
    "tag without a name": ("a: ! b\n", "yaml", 1, 4),
    "directive of tags": ("%TAG ! tag:x,2000:\n---\na: 1\n", "yaml", 1, 1),
    "directive of the version": ("%YAML 1.1\n---\na: 1\n", "yaml", 1, 1),
    "list as a key": ("? [a, b]\n: 1\n", "yaml", 1, 3),
    "mapping as a key": ("{{a: 1}: 2}\n", "yaml", 1, 2),
    "text that runs backwards": ('title: "abc\u202egnp"\n', "yaml", 1, 12),
    "the same by its number": ('title: "abc\\u202egnp"\n', "yaml", 1, 8),
    "key with nothing in it": ("own\u200ber: a\n", "yaml", 1, 4),
    "comment that runs backwards": ("a: b # \u2066\n", "yaml", 1, 8),
    "tag characters": ("a: b\U000e0041\n", "yaml", 1, 5),
    "byte order mark in the middle": ("a: \ufeffb\n", "yaml", 1, 4),
    "soft hyphen in an id": ("start: al\u00adku\n", "yaml", 1, 8),
    "soft hyphen in a key": ("ow\u00adner: a\n", "yaml", 1, 1),
    "NUL": ('a: "x\\0y"\n', "yaml", 1, 4),
    "NUL as it is": ("a: x\0y\n", "yaml", 1, 5),
    "escape character": ("a: \x1b[2J\n", "yaml", 1, 4),
    "lone surrogate": ("a: \ud800\n", "yaml", 1, 4),
    "lone surrogate by its number": ('a: "\\ud800"\n', "yaml", 1, None),
    "character beyond Unicode": ('a: "\\UFFFFFFFF"\n', "yaml", 1, None),
    "line separator": ("a: b\u2028c: d\n", "yaml", 1, 5),
    "next line": ("a: b\u0085c: d\n", "yaml", 1, 5),
    "carriage return alone": ("a: b\rc: d\n", "yaml", 1, 5),
    "second document": ("a: 1\n---\nb: 2\n", "yaml", 2, 1),
    "tab as indentation": ("a:\n\t- b\n", "yaml", 2, 1),
    "key of 2,000 characters": ("k" * 2_000 + ": 1\n", "yaml", 1, None),
    "text of 20,001 characters": ("a: " + "x" * (MOST_CHARACTERS + 1), "yaml", 1, 4),
    "no text": ("", "yaml", 1, 1),
    "comments only": ("# nothing\n\n", "yaml", 1, 1),
    "a list": ("- a\n- b\n", "yaml", 1, 1),
    "a word": ("a\n", "yaml", 1, 1),
    "a null": ("null\n", "yaml", 1, 1),
    "an open quote": ('a: "b\n', "yaml", None, None),
    "an open list": ("a: [b\n", "yaml", None, None),
    "a list that ends as a mapping": ("a: [b}\n", "yaml", 1, 6),
    "no colon": ("a: 1\nb\nc: 2\n", "yaml", None, None),
    "two keys on one line": ("a: b: c\n", "yaml", 1, 5),
    "an entry out of line": ("a:\n  b: 1\n c: 2\n", "yaml", 3, 2),
    "an unknown escape": ('a: "\\q"\n', "yaml", 1, None),
    "nothing after the colon": ("a:\n", "yaml", 1, None),
    "no key": (": a\n", "yaml", 1, 1),
    "a percent sign": ("a: %b\n", "yaml", 1, 4),
    "Latin 1": ("a: 1\nb: ä\n".encode("latin-1"), "yaml", 2, 4),
    "UTF-16": ("a: 1\n".encode("utf-16"), "yaml", 1, 1),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "yaml", 1, 1),
    "9 MB of keys": ("".join(f"k{i}: 1\n" for i in range(900_000)), "yaml", None, None),
    "8 MB of comments": (b"#x\n" * 2_800_000, "yaml", None, None),
}


def findings(raw: str | bytes, *, fast: bool = True) -> tuple[Finding, ...]:
    try:
        return tuple(read(raw, "x.yaml", fast=fast).findings)
    except DefinitionError as error:
        return error.findings


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_a_clean_error_with_place_and_remedy(name: str) -> None:
    raw, code, line, column = ATTACKS[name]
    found = findings(raw)
    assert found
    assert found[0].code == code
    assert found[0].severity == "error"
    assert found[0].hint is not None
    assert found[0].message.fi != found[0].message.en
    assert line in {None, found[0].location.line}
    assert column in {None, found[0].location.column}
    assert str(found[0]).startswith("x.yaml")


@pytest.mark.parametrize(
    "name", [name for name, (raw, *_) in ATTACKS.items() if len(raw) < 1_000_000]
)
def test_the_parser_without_libyaml_refuses_the_same(name: str) -> None:
    raw, code, line, _ = ATTACKS[name]
    found = findings(raw, fast=False)
    assert found
    assert found[0].code == code
    assert line in {None, found[0].location.line}


@pytest.mark.parametrize("path", PROCESSES, ids=lambda path: path.stem)
def test_both_parsers_read_a_shipped_process_alike(path: Path) -> None:
    raw = path.read_bytes()
    fast, slow = read(raw, path.name), read(raw, path.name, fast=False)
    assert fast.findings == slow.findings == []
    assert fast.source == slow.source
    assert fast.source.data == yaml.safe_load(raw)


def test_limits_are_beyond_what_people_write() -> None:
    rows = "".join(f"s{i}: {{owner: a, roles: [b, c], deadline: d}}\n" for i in range(10_000))
    assert len(rows) < MOST_BYTES
    assert len(read(rows, "x").source.data) == 10_000


def test_too_many_values_are_refused() -> None:
    found = findings("a: [" + "b," * (MOST_NODES + 1) + "]")
    assert [finding.code for finding in found] == ["yaml"]


def test_slips_are_reported_together_up_to_a_hundred() -> None:
    assert len(findings("a: no\nb: [on, 12:30]\nc: ~\nc: &x y\n")) == 6
    assert len(findings("".join(f"k{i}: no\n" for i in range(1_000)))) == 100
