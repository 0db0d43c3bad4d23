"""What is printed is harmless, and in the language of the user."""

from __future__ import annotations

import io
import json

import pytest

from ohjausprosessi.cli.terminal import Terminal, clean, default_language, printable_json


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Äänekoski – kyllä", "Äänekoski – kyllä"),
        ("a\nb", "a\nb"),
        ("a\tb", "a b"),
        ("am\u00admatti", "ammatti"),
        ("\x1b[31mred\x07", "\ufffd[31mred\ufffd"),
        ("\u202eabc\u2028", "\ufffdabc\ufffd"),
        ("\udcff\x9b", "\ufffd\ufffd"),
    ],
)
def test_what_steers_a_terminal_is_not_printed(text: str, printed: str) -> None:
    assert clean(text) == printed


def test_text_is_never_read_as_markup() -> None:
    stream = io.StringIO()
    terminal = Terminal("en", stream=stream)
    terminal.line("[bold red]x[/] :smile: [/oops]")
    terminal.row((["[red]y"], 20), (["[/red] z"], 20))
    assert stream.getvalue() == "[bold red]x[/] :smile: [/oops]\n[red]y               [/red] z\n"


def test_a_line_stays_one_line_whatever_is_put_into_it() -> None:
    stream = io.StringIO()
    Terminal("en", stream=stream).line(("a\n✓ b: ", "bold"), "0 errors\nc", indent=2)
    assert stream.getvalue() == "  a ✓ b: 0 errors c\n"


def test_cells_are_wrapped_side_by_side_without_trailing_space() -> None:
    stream = io.StringIO()
    Terminal("en", stream=stream).row((["one two three"], 5), (["four"], 10))
    assert stream.getvalue() == "one   four\ntwo\nthree\n"


def test_json_keeps_its_meaning_and_shows_no_steering_character() -> None:
    data = {"title": "a\u202eb\x9b\U000e0001 ä"}
    text = printable_json(json.dumps(data, ensure_ascii=False))
    assert json.loads(text) == data
    assert text.replace("\n", "").isprintable()
    assert "ä" in text


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "fi_FI.UTF-8"}, "fi"),
        ({"LANG": "sv_FI.UTF-8"}, "en"),
        ({"LANG": "fi_FI.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fi_FI"}, "fi"),
    ],
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert default_language(environment) == language
