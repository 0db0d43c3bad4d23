"""HTML: what is not HTML already is escaped, whatever it is."""

from __future__ import annotations

import pytest

from ohjausprosessi.handbook.markup import Html, attribute_text, joined, table, tag, text

HOSTILE = "</script><img src=x onerror=\"alert('1')\">&amp;"


def test_a_text_is_escaped_wherever_it_is_put() -> None:
    assert "<img" not in text(HOSTILE)
    assert "<img" not in tag("p", HOSTILE)
    assert "<img" not in joined([HOSTILE, HOSTILE], HOSTILE)
    assert "<img" not in table(HOSTILE, [HOSTILE], [tag("tr", tag("td", HOSTILE))])


def test_an_attribute_cannot_be_left() -> None:
    written = tag("a", "x", title=HOSTILE)

    assert written.count('"') == 2
    assert "<img" not in written


def test_what_is_html_already_is_not_escaped_twice() -> None:
    assert tag("p", tag("b", "1 < 2")) == "<p><b>1 &lt; 2</b></p>"
    assert text(Html("<b>")) == "<b>"


def test_attributes_are_written_only_where_they_have_a_value() -> None:
    written = tag("input", type="radio", checked=True, disabled=False, data_at=None, class_="x")

    assert written == '<input type="radio" checked class="x">'


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200f", "\x00", "\x1b", "\ufeff"])
def test_characters_that_reorder_or_hide_others_are_left_out(hidden: str) -> None:
    assert text(f"kur{hidden}ssi") == "kurssi"
    assert attribute_text(f"kur{hidden}ssi") == "kurssi"
    assert tag("p", title=f"kur{hidden}ssi") == '<p title="kurssi"></p>'


def test_a_soft_hyphen_breaks_lines_but_is_not_in_names() -> None:
    assert text("työl\u00adlisyys") == "työl\u00adlisyys"
    assert attribute_text("työl\u00adlisyys\n palvelu") == "työllisyys palvelu"
