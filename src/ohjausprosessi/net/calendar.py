"""When a length of time is over (SEMANTICS T3). The only place that knows time zones and holidays."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Container

    from ohjausprosessi.model import Duration

__all__ = ["Calendar", "Length"]

_ELAPSED = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_SATURDAY = 5
_REMEMBERED = 50_000  # days; a memory that hostile dates cannot fill
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
        self._lengths: dict[tuple[int, str], Length] = {}
        self._offsets: dict[int, timedelta | None] = {}

    def length(self, duration: Duration) -> Length:
        """Bind a duration to this calendar; the same object for the same duration."""
        key = (duration.amount, duration.unit)
        if key not in self._lengths:
            self._lengths[key] = Length(self, *key)
        return self._lengths[key]

    def add(self, at: datetime, duration: Duration) -> datetime:
        """Compute the moment a duration after ``at``, in UTC (``Length.after``)."""
        return self.length(duration).after(at)

    def counted(self, at: datetime, amount: int, unit: str) -> datetime:
        """Count days or longer units from ``at`` on the wall clock of the time zone.

        Month ends are clamped, a time that does not exist moves forward, of two the first is taken.

        Raises:
            OverflowError, ValueError: if the moment lies beyond the year 9999.
        """
        local = at.astimezone(self._zone)
        day = self.day_after(local.date(), amount, unit)
        wall = datetime.combine(day, local.time().replace(fold=0), self._zone)
        return wall.astimezone(UTC)

    def day_after(self, day: date, amount: int, unit: str) -> date:
        """Count days, workdays, weeks, months or years from a date."""
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

    def offset_on(self, ordinal: int) -> timedelta | None:
        """Give the offset from UTC throughout a UTC day; None where it changes within the day.

        Raises:
            OverflowError, ValueError: if the day or a neighbour lies outside the years 1–9999.
        """
        if ordinal not in self._offsets:
            if len(self._offsets) > _REMEMBERED:
                self._offsets.clear()
            start = datetime.combine(date.fromordinal(ordinal), time(), UTC)
            hours = (start + timedelta(hours=hour) for hour in range(25))
            offsets = {hour.astimezone(self._zone).utcoffset() for hour in hours}
            self._offsets[ordinal] = offsets.pop() if len(offsets) == 1 else None
        return self._offsets[ordinal]

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._timezone)

    def _public_holidays(self, year: int) -> Container[date]:
        return _country_holidays(self._country, year) if self._country else ()


class Length:
    """A length of time on a calendar.

    Args:
        calendar: how its days, workdays and months are counted.
        amount: how many.
        unit: of what: ``minute``, ``hour``, ``day``, ``workday``, ``week``, ``month`` or ``year``.
    """

    __slots__ = ("_amount", "_calendar", "_elapsed", "_steps", "_unit")

    def __init__(self, calendar: Calendar, amount: int, unit: str) -> None:
        self._calendar = calendar
        self._amount = amount
        self._unit = unit
        self._elapsed = _ELAPSED.get(unit)
        self._steps: dict[int, timedelta | None] = {}

    def after(self, at: datetime) -> datetime:
        """Compute the moment this long after ``at``, in UTC.

        Minutes and hours are elapsed time, longer units keep the wall time (``Calendar.counted``).
        A moment beyond the year 9999 never comes: it is the last moment there is.
        """
        try:
            if self._elapsed is not None:
                return at + self._elapsed * self._amount
            # Between days whose offset does not change the way is the same for every time of day.
            offset = self._calendar.offset_on(at.toordinal())
            if offset is not None:
                local_day = (at + offset).toordinal()
                if local_day not in self._steps:
                    self._remember(local_day, offset)
                if (step := self._steps[local_day]) is not None:
                    return at + step
            return self._calendar.counted(at, self._amount, self._unit)
        except (OverflowError, ValueError):
            return _NEVER

    def _remember(self, local_day: int, offset: timedelta) -> None:
        """Work out once how far it is from a local day, None where that depends on the time of day."""
        if len(self._steps) > _REMEMBERED:
            self._steps.clear()
        start = date.fromordinal(local_day)
        day = self._calendar.day_after(start, self._amount, self._unit)
        around = {self._calendar.offset_on(day.toordinal() + near) for near in (-1, 0, 1)}
        there = around.pop() if len(around) == 1 else None
        self._steps[local_day] = None if there is None else (day - start) + (offset - there)


@cache
def _country_holidays(country: str, year: int) -> Container[date]:
    """List the public holidays of one year, complete.

    A table that grows while it is read, as the library would make it, is not safe between threads.
    """
    import holidays  # noqa: PLC0415  a heavy table, needed only where workdays are counted

    return frozenset(holidays.country_holidays(country, years=year, expand=False))
