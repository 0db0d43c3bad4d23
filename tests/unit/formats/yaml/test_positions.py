"""Places in the text."""

from __future__ import annotations

import pytest

from ohjausprosessi.formats.yaml.scanner import read


def test_places_are_lines_and_columns_in_characters() -> None:
    text = "ä: {ö: å}\nb:\n  - c\n  - 'd'\ne: |\n  f\ng: {}\n"
    source = read(text, "x").source
    assert source.places == {
        (): (1, 1),
        ("ä",): (1, 1),
        ("ä", "ö"): (1, 8),
        ("b",): (2, 1),
        ("b", "0"): (3, 5),
        ("b", "1"): (4, 6),
        ("e",): (5, 4),
        ("g",): (7, 1),
    }
    assert source.keys[("ä", "ö")] == (1, 5)
    assert source.location(("ä", "ö")).excerpt == "ä: {ö: å}"
    assert str(source.location(("b", "7", "z"))) == "x:2:1"


def test_places_are_the_same_with_carriage_returns_and_a_byte_order_mark() -> None:
    text = "a: 1\nb: {c: d}\n"
    plain = read(text, "x").source
    assert read("\ufeff" + text.replace("\n", "\r\n"), "x").source == plain
    assert read(b"\xef\xbb\xbf" + text.encode(), "x").source == plain


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: foo == bar\n", [(1, 4, 3), (1, 11, 3)]),
        ("a: 'foo == bar'\n", [(1, 5, 3), (1, 12, 3)]),
        ('a: "foo\\\n  == bar"\n', [(1, 5, 3), (2, 6, 3)]),
        ("a: |\n  foo ==\n    bar\n", [(2, 3, 3), (3, 5, 3)]),
        ("a: >-  # why\n\n  foo\n  == bar\n", [(3, 3, 3), (4, 6, 3)]),
        ("a:\n  foo\n  == bar\n", [(2, 3, 3), (3, 6, 3)]),
    ],
)
def test_a_part_of_a_text_is_found_in_the_file(
    text: str, places: list[tuple[int, int, int]]
) -> None:
    source = read(text, "x").source
    value = str(source.value(("a",)))
    for word, place in zip(("foo", "bar"), places, strict=True):
        start = value.index(word)
        location = source.inside(("a",), start, start + 3)
        assert (location.line, location.column, location.width) == place
    behind = source.inside(("a",), len(value.rstrip()), len(value.rstrip()))
    assert (behind.line, behind.column) == (places[1][0], places[1][1] + 3)
