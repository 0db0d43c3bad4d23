"""Guards in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram.content.phrases import guard_words
from ohjausprosessi.formats import load_definition

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
