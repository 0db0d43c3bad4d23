"""What is printed is harmless, in the language of the user, and both languages say the same."""

from __future__ import annotations

import io
import json
import string
from collections.abc import Iterator, Mapping

import pytest

from ohjausprosessi.cli import messages
from ohjausprosessi.cli.case_titles import CaseTitles
from ohjausprosessi.cli.terminal import Terminal, clean, default_language, printable_json
from ohjausprosessi.diagnostics import Text
from ohjausprosessi.process import load


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


def texts() -> Iterator[tuple[str, Text]]:
    def within(value: object) -> Iterator[Text]:
        if isinstance(value, Text):
            yield value
        elif isinstance(value, Mapping):
            for part in value.values():
                yield from within(part)
        elif isinstance(value, tuple):
            for part in value:
                yield from within(part)

    for name, value in vars(messages).items():
        if name.isupper():
            for text in within(value):
                yield name, text


@pytest.mark.parametrize(("name", "text"), list(texts()))
def test_both_languages_take_the_same_values(name: str, text: Text) -> None:
    def fields(template: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(template) if field}

    assert fields(text.fi) == fields(text.en), name
    assert text.fi.strip(), name
    assert text.en.strip(), name


def test_an_owner_is_told_by_shape_and_letters_and_never_by_colour_alone() -> None:
    definition = load("tyottomyydesta_tutkintoon").definition
    words = CaseTitles(definition, "en")
    marks = {
        owner: "".join(p if isinstance(p, str) else p[0] for p in words.mark(owner))
        for owner in definition.owners
    }
    assert len(set(marks.values())) == len(marks)
    assert marks["sakky"] == "▲ S"
    assert marks["kaupunki"] == "▲ K"
    assert marks["yhteinen"].endswith(" Y")


def test_names_of_a_called_process_are_its_own() -> None:
    words = CaseTitles(load("tyottomyydesta_tutkintoon").definition, "en")
    call = "koulutusvaihtoehtojen_kartoitus"
    assert words.place(f"{call}/tavoitteen_valinta") == "Choice of goal"
    assert words.act(f"{call}/esita_vaihtoehdot") == "Present the mapped options"
    assert words.short(f"{call}/esita_vaihtoehdot") == "esita_vaihtoehdot"
    assert words.act(f"{call}.return").startswith("Ended: Figure 2")
    assert words.owner("te").startswith("TE services")
