"""How elements are named in messages."""

from __future__ import annotations

import pytest

from load_errors import findings
from ohjausprosessi.formats.vocabulary import LONGEST
from ohjausprosessi.model import Duration
from ohjausprosessi.model.naming import duration_text
from small import END, t

ONE_WAY = {"g": t("a", "e")}


def test_texts_name_elements_by_title_and_id() -> None:
    states = {"a": {"owner": "c"}, "e": END | {"title": {"fi": "Valmis", "en": "Done"}}}
    (finding,) = findings(states, ONE_WAY | {"again": t("e", "a")})
    assert "lopusta ”Valmis” (e)" in finding.text("fi")
    assert "the end “Done” (e)" in finding.text("en")


@pytest.mark.parametrize(
    ("amount", "unit", "fi", "en"),
    [(1, "day", "1 päivä", "1 day"), (3, "workday", "3 työpäivää", "3 workdays")],
)
def test_a_length_of_time_is_said_in_words(amount: int, unit: str, fi: str, en: str) -> None:
    duration = Duration(id="d", amount=amount, unit=unit)
    assert (duration_text(duration, "fi"), duration_text(duration, "en")) == (fi, en)


@pytest.mark.parametrize("unit", LONGEST)
def test_every_unit_of_the_format_has_words(unit: str) -> None:
    duration = Duration(id="d", amount=2, unit=unit)
    assert duration_text(duration, "en") == f"2 {unit}s"
    assert duration_text(duration, "fi").startswith("2 ")
