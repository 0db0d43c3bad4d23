"""Widths and breaks of texts."""

from __future__ import annotations

import pytest

from ohjausprosessi.diagram.geometry.text_metrics import clean, shorten, text_width, wrap


@pytest.mark.parametrize("width", [40.0, 80.0, 120.0])
def test_a_wrapped_line_is_never_wider_than_its_room(width: float) -> None:
    text = "Työssäoppimisjaksojen yhteistyökoordinaattori ja x" + "y" * 90
    lines = wrap(text, 12, width)
    assert all(text_width(line, 12) <= width for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")


def test_a_soft_hyphen_is_where_a_word_breaks_and_is_not_shown() -> None:
    assert wrap("kaupun\u00adginosa", 12, 60) == ["kaupun-", "ginosa"]


def test_a_hyphen_before_hanke_is_no_place_to_break() -> None:
    assert wrap("ALPO-hanke", 12, 50)[0] != "ALPO-"


def test_lines_beyond_the_most_become_an_ellipsis() -> None:
    lines = wrap("yksi kaksi kolme neljä viisi", 12, 40, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert shorten("lyhyt", 12, 100) == "lyhyt"


def test_control_characters_are_not_drawn() -> None:
    assert clean("a\x00b\n\tc\x1b[0m") == "ab c[0m"


def test_a_text_longer_than_a_picture_can_show_is_cut_and_broken_all_the_same() -> None:
    for text in ("W" * 20_000, "ilmiantaja" * 2_000, "i\u00ad" * 10_000, "a b " * 5_000):
        lines = wrap(text, 12, 90)
        assert all(text_width(line, 12) <= 90 for line in lines)
        assert sum(map(len, lines)) <= 1_400
        assert lines[-1].endswith("…")
