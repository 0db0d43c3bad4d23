"""When a length of time is over (SEMANTICS T3). The only place that knows time zones and holidays."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Container

    from ohjausprosessi.model import Duration

__all__ = ["Calendar"]

_ELAPSED = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_SATURDAY = 5
_NEVER = datetime.max.replace(tzinfo=UTC)


class Calendar:
    """Days, workdays and months of one time zone and one country.

    Args:
        timezone: IANA name of the time zone in which days, workdays and months are counted.
        country: ISO code of the country whose public holidays are no workdays, if any.
    """

    def __init__(self, timezone: str, country: str | None) -> None:
        self._timezone = timezone
        self._country = country

    def add(self, at: datetime, duration: Duration) -> datetime:
        """Return the moment a duration after ``at``, in UTC.

        Minutes and hours are elapsed time. Longer units keep the wall time of the time zone: month
        ends are clamped, a time that does not exist moves forward, of two the first is taken. A
        moment beyond the year 9999 never comes: it is the last moment there is.
        """
        try:
            return self._add(at, duration)
        except (OverflowError, ValueError):
            return _NEVER

    def _add(self, at: datetime, duration: Duration) -> datetime:
        if duration.unit in _ELAPSED:
            return at + _ELAPSED[duration.unit] * duration.amount
        local = at.astimezone(self._zone)
        day = self._shift(local.date(), duration.amount, duration.unit)
        wall = datetime.combine(day, local.time().replace(fold=0), self._zone)
        return wall.astimezone(UTC)

    def _shift(self, day: date, amount: int, unit: str) -> date:
        if unit == "workday":
            return self._workdays_after(day, amount)
        if unit in _DAYS:
            return day + timedelta(days=_DAYS[unit] * amount)
        months = day.year * 12 + day.month - 1 + _MONTHS[unit] * amount
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))

    def _workdays_after(self, day: date, amount: int) -> date:
        while amount:
            day += timedelta(days=1)
            if day.weekday() < _SATURDAY and day not in self._public_holidays(day.year):
                amount -= 1
        return day

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._timezone)

    def _public_holidays(self, year: int) -> Container[date]:
        return _country_holidays(self._country, year) if self._country else ()


@cache
def _country_holidays(country: str, year: int) -> Container[date]:
    """Return the public holidays of one year, complete.

    A table that grows while it is read, as the library would make it, is not safe between threads.
    """
    import holidays  # noqa: PLC0415  a heavy table, needed only where workdays are counted

    return frozenset(holidays.country_holidays(country, years=year, expand=False))
