"""Guards in words, widths and breaks of texts, colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram.content.palette import contrast, darkened, ink_on, owner_styles
from ohjausprosessi.diagram.content.phrases import guard_words
from ohjausprosessi.diagram.geometry.text_metrics import clean, shorten, text_width, wrap
from ohjausprosessi.formats import load_definition
from pictures import random_process

if TYPE_CHECKING:
    from ohjausprosessi.model import Definition


@pytest.fixture(scope="module")
def first() -> Definition:
    return load_definition("tyottomyydesta_tutkintoon")


@pytest.mark.parametrize(
    ("guard", "fi", "en"),
    [
        ("tukitoimet_sovittu == true", "tukitoimista sovittu", "support agreed"),
        ("tukitoimet_sovittu == false", "ei: tukitoimista sovittu", "not support agreed"),
        ("!tukitoimet_sovittu", "ei: tukitoimista sovittu", "not support agreed"),
        ("ika >= 18 && ika < 30", "ikä ≥ 18 ja ikä < 30", "age ≥ 18 and age < 30"),
        ("(ika < 30 || tyollistynyt)", "(ikä < 30 tai työllistynyt)", "(age < 30 or employed)"),
    ],
)
def test_a_guard_is_said_in_words(first: Definition, guard: str, fi: str, en: str) -> None:
    facts = {name: first.facts[name] for name in ("ika", "tukitoimet_sovittu", "tyollistynyt")}
    titles = {
        name: (fact.text("fi").lower(), fact.text("en").lower()) for name, fact in facts.items()
    }
    for n, (language, expected) in enumerate((("fi", fi), ("en", en))):
        said = guard_words(first, guard, language).lower()
        wanted = expected
        for name, short in (
            ("ika", ("ikä", "age")),
            ("tukitoimet_sovittu", ("tukitoimista sovittu", "support agreed")),
            ("tyollistynyt", ("työllistynyt", "employed")),
        ):
            wanted = wanted.replace(short[n], titles[name][n])
        assert said == wanted


def test_values_of_an_enum_are_said_by_their_titles(first: Definition) -> None:
    said = guard_words(first, "haluaa_koulutukseen in ['kylla', 'epavarma']", "fi")
    assert said.endswith("= kyllä tai epävarma")


@pytest.mark.parametrize(
    ("language", "name"), [("fi", "Savon ammattiopisto"), ("en", "Savo Vocational College")]
)
def test_the_name_of_an_organisation_keeps_its_capital(
    first: Definition, language: str, name: str
) -> None:
    said = guard_words(first, "oppilaitos == 'savon_ammattiopisto'", language)
    assert said.endswith(f"= {name}")


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


@pytest.mark.parametrize("fill", ["#C7CDD4", "#FFFFFF", "#F7B267", "#A8D8A0", "#8FD3CF"])
def test_an_outline_can_be_seen_on_its_own_fill(fill: str) -> None:
    assert contrast(darkened(fill), fill) >= 4.5


@pytest.mark.parametrize("fill", ["#000000", "#334455", "#FFD54A", "#777777"])
def test_text_can_be_read_on_any_fill(fill: str) -> None:
    assert contrast(ink_on(fill), fill) >= 4.0


def test_every_owner_has_a_look_of_its_own() -> None:
    styles = owner_styles(random_process(5, owners=5))
    plain = [style for style in styles.values() if not style.members]
    assert len({style.fill for style in plain}) == len(plain)
    assert len({style.hatch for style in plain}) == len(plain)
    assert len({style.letters for style in plain}) == len(plain)


def test_a_text_longer_than_a_picture_can_show_is_cut_and_broken_all_the_same() -> None:
    for text in ("W" * 20_000, "ilmiantaja" * 2_000, "i\u00ad" * 10_000, "a b " * 5_000):
        lines = wrap(text, 12, 90)
        assert all(text_width(line, 12) <= 90 for line in lines)
        assert sum(map(len, lines)) <= 1_400
        assert lines[-1].endswith("…")
