"""Moments as people write them on the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ohjausprosessi.cli.times import moment_of

HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2021-03-09", datetime(2021, 3, 9, 9, tzinfo=HELSINKI)),
        ("9.3.2021", datetime(2021, 3, 9, 9, tzinfo=HELSINKI)),
        ("2021-03-09T14:30", datetime(2021, 3, 9, 14, 30, tzinfo=HELSINKI)),
        ("2021-03-09T14:30Z", datetime(2021, 3, 9, 14, 30, tzinfo=UTC)),
    ],
)
def test_moments(text: str, meant: datetime) -> None:
    assert moment_of(text, HELSINKI) == meant


def test_days_later_keep_the_time_of_day_over_a_change_of_clocks() -> None:
    now = datetime(2021, 3, 27, 14, tzinfo=HELSINKI)
    assert moment_of("+1", HELSINKI, now) == datetime(2021, 3, 28, 14, tzinfo=HELSINKI)
    assert moment_of("28.3.2021", HELSINKI, now) == datetime(2021, 3, 28, 14, tzinfo=HELSINKI)
