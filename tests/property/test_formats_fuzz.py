"""Whatever is read, only a ``DefinitionError`` comes out; and what loads is what is written."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from foreign_yaml import data_of
from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of, load_definition, loads_definition
from ohjausprosessi.formats.schema.document import all_keys
from ohjausprosessi.formats.schema.json_schema import json_schema
from ohjausprosessi.formats.yaml.scanner import read
from ohjausprosessi.rules.syntax import FormulaError, formula_of
from places import ROOT
from properties import ANY_DATA, examples, saw
from random_definitions import chance, randoms

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from ohjausprosessi.formats.yaml.positions import Source

PROCESSES = {path.stem: path.read_text("utf-8") for path in (ROOT / "processes").glob("*.yaml")}
SMALL = (ROOT / "tests" / "checks" / "guard" / "valid-syntax.yaml").read_text("utf-8")
PLAIN = {name: data_of(text) for name, text in {**PROCESSES, "": SMALL}.items()}
CALLED = load_definition("ohjausprosessi_koulutukseen")
SCHEMA = Draft202012Validator(json_schema())
ANYTHING = examples(100, **ANY_DATA)

CHUNKS = [
    *("&a ", "*a", "!!x ", "<<: ", "%TAG", "---\n", "...\n", "\t", "\0", "\u202e", "\ufeff", "\r"),
    *("'", '"', "{", "}", "[", "]", ": ", "- ", "? ", "|\n", ">-\n", "#", "\\", "\u00ad", "\ud800"),
    *("null", "true", "no", "12:30", "1.0", "any_open", "back", "end", "{}", "[]", "\n", " ", "ä"),
]
SINGLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(CHUNKS),
    st.sampled_from(["kunta", "alku", "ohjaa", "valmis", "neuvoja", "viikko", "answer", "a == 1"]),
    st.binary(max_size=3),
)
KEYS = st.one_of(st.sampled_from(sorted(all_keys())), st.text(max_size=4), st.integers())
DATA = st.recursive(
    SINGLE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(KEYS, inner, max_size=5),
        st.tuples(inner, inner),
    ),
    max_leaves=12,
)


def outcome(raw: str | bytes) -> bool:
    """Return whether a text loads; anything but a clean refusal fails the test."""
    try:
        loads_definition(raw, folder=ROOT / "processes")
    except DefinitionError as error:
        assert error.findings
        assert error.text("fi")
        assert error.text("en")
        for finding in error.findings:
            assert finding.hint is not None
        return False
    return True


@ANYTHING
@given(st.binary(max_size=200))
def test_random_bytes_are_refused(raw: bytes) -> None:
    assert not outcome(raw)


@ANYTHING
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(CHUNKS)).map("".join)))
def test_random_text_is_refused(text: str) -> None:
    assert not outcome(text)
    assert not outcome("ohjausprosessi: 1\n" + text)


@examples(100, sees={"definitions": 0.01}, **ANY_DATA)
@given(st.data())
def test_a_mutated_process_loads_or_is_refused(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([*PROCESSES.values(), SMALL, SMALL, SMALL]))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.sampled_from([0, 1, 1, 5, 40])))
        new = data.draw(
            st.one_of(st.sampled_from(CHUNKS), st.text(max_size=3), st.just(text[end : end + 30]))
        )
        text = text[:start] + new + text[end:]
    saw("definitions", outcome(text))


@examples(100, sees={"texts": 0.003}, **ANY_DATA)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(CHUNKS)).map("".join)))
def test_both_parsers_accept_the_same(text: str) -> None:
    results: list[Source | None] = []
    for fast in (True, False):
        try:
            report = read("a: 1\n" + text, "x", fast=fast)
        except DefinitionError:
            results.append(None)
        else:
            results.append(None if report.findings else report.source)
    if None not in results:
        saw("texts")
        assert results[0] == results[1]


@ANYTHING
@given(st.dictionaries(KEYS, DATA, max_size=8), st.booleans())
def test_random_data_is_refused(data: dict[Any, Any], versioned: bool) -> None:  # noqa: FBT001
    if versioned:
        data = {"ohjausprosessi": 1, **data}
    with pytest.raises(DefinitionError) as caught:
        definition_of(data)
    assert caught.value.text("fi")


def parts(data: Any) -> Iterator[object]:
    """Yield the values at all depths of plain data."""
    for inner in data.values() if isinstance(data, dict) else data:
        yield inner
        if isinstance(inner, (dict, list)):
            yield from parts(inner)


def mutate(random_: random.Random, data: Any, value: object) -> None:
    """Replace, remove or add something somewhere in plain data."""
    place = data
    while True:
        steps = list(place) if isinstance(place, dict) else list(range(len(place)))
        step = random_.choice(steps)
        inner = place[step]
        if isinstance(inner, (dict, list)) and inner and chance(random_, 85):
            place = inner
            continue
        kind = random_.randrange(100)
        if kind < 60:
            place[step] = value
        elif kind < 80:
            del place[step]
        elif isinstance(place, dict):
            place[random_.choice(sorted(all_keys()))] = value
        else:
            place.append(value)
        return


@examples(100, sees={"definitions": 0.003, "refusals": 0.3}, **ANY_DATA)
@given(randoms, DATA, st.sampled_from([*PROCESSES, "", "", ""]))
def test_mutated_data_is_a_definition_or_is_refused(
    random_: random.Random, value: object, name: str
) -> None:
    data = deepcopy(PLAIN[name])
    if chance(random_, 60):
        value = deepcopy(random_.choice(list(parts(data))))
    mutate(random_, data, value)
    before = deepcopy(data)
    try:
        definition_of(data, called={CALLED.id: CALLED})
    except DefinitionError as error:
        saw("refusals")
        assert error.text("fi")
    else:
        saw("definitions")
        assert list(SCHEMA.iter_errors(data)) == []
    assert repr(data) == repr(before)


@ANYTHING
@given(st.text("GFXUW!&|->() abc_.*", max_size=40))
def test_a_formula_is_read_or_refused(text: str) -> None:
    try:
        formula = formula_of(text)
    except FormulaError as error:
        assert 0 <= error.start <= error.end <= len(text)
    else:
        assert all(text[atom.start : atom.end] == atom.atom for atom in formula.atoms())


@pytest.mark.parametrize("name", PROCESSES)
def test_data_and_file_give_equal_definitions(name: str) -> None:
    data = PLAIN[name]
    assert definition_of(data, called={CALLED.id: CALLED}) == load_definition(name)
