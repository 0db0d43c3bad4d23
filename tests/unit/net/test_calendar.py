"""Lengths of time on the calendar of the process: SEMANTICS T3."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ohjausprosessi.model import Duration
from ohjausprosessi.net.calendar import Calendar

HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    ("start_at", "amount", "unit", "expected"),
    [
        ((2026, 1, 31, 9), 1, "month", (2026, 2, 28, 9)),
        ((2024, 2, 29, 9), 1, "year", (2025, 2, 28, 9)),
        ((2026, 1, 5, 9), 2, "week", (2026, 1, 19, 9)),
        ((2026, 1, 2, 9), 1, "workday", (2026, 1, 5, 9)),  # over a weekend
        ((2026, 1, 5, 9), 1, "workday", (2026, 1, 7, 9)),  # over Epiphany
        ((2026, 3, 28, 3, 30), 1, "day", (2026, 3, 29, 4, 30)),  # 03:30 does not exist
        ((2026, 10, 24, 3, 30), 1, "day", (2026, 10, 25, 3, 30)),  # the first of two
    ],
)
def test_t3_days_are_counted_on_the_calendar_of_the_time_zone(
    start_at: tuple[int, ...], amount: int, unit: str, expected: tuple[int, ...]
) -> None:
    begin = datetime(*start_at, tzinfo=HELSINKI).astimezone(UTC)  # type: ignore[misc,arg-type]
    end = Calendar("Europe/Helsinki", "FI").add(begin, Duration(id="d", amount=amount, unit=unit))
    assert end.astimezone(HELSINKI).replace(tzinfo=None) == datetime(*expected)  # type: ignore[arg-type]  # noqa: DTZ001
    assert end.astimezone(HELSINKI).fold == 0


def test_t3_minutes_and_hours_are_elapsed_time() -> None:
    begin = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 02:30 in Helsinki, before the gap
    end = Calendar("Europe/Helsinki", "FI").add(begin, Duration(id="d", amount=2, unit="hour"))
    assert end - begin == timedelta(hours=2)


def test_t3_a_time_beyond_the_calendar_never_comes() -> None:
    begin = datetime(9999, 12, 30, tzinfo=UTC)
    for unit in ("minute", "workday", "day", "month", "year"):
        end = Calendar("UTC", None).add(begin, Duration(id="d", amount=99999, unit=unit))
        assert end == datetime.max.replace(tzinfo=UTC)


def test_t3_workdays_are_counted_across_the_end_of_a_year() -> None:
    begin, length = datetime(2030, 12, 20, tzinfo=UTC), Duration(id="d", amount=9, unit="workday")
    # No workdays: Christmas from its eve, New Year's Day and Epiphany, and the weekends.
    assert Calendar("Europe/Helsinki", "FI").add(begin, length) == datetime(2031, 1, 9, tzinfo=UTC)
