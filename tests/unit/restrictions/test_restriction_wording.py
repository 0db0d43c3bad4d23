"""How lengths of time are worded, in both languages."""

from __future__ import annotations

import pytest

from ohjausprosessi.formats.vocabulary import LONGEST
from ohjausprosessi.model import Duration
from ohjausprosessi.model.naming import duration_text


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
