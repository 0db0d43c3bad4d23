"""Times as people type them, and what a case has coming up."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.input_errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    import ohjausprosessi as op

__all__ = ["coming", "moment_of", "option_moment"]

_NINE = timedelta(hours=9)

_FINNISH = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_LATER = re.compile(r"\+(\d{1,5})")


def moment_of(text: str, zone: ZoneInfo, now: datetime | None = None) -> datetime:
    """The moment a text means, in a time zone unless it names its own.

    Args:
        text: ``2021-03-01``, ``2021-03-01T14:30``, ``1.3.2021`` or ``+5`` (days later).
        zone: the time zone of the process.
        now: the time of day is taken from here where the text has none; without it nine o'clock.

    Raises:
        ValueError: if it means no moment.
        OverflowError: if it lies outside the calendar.
    """
    text = text.strip()
    if now is not None and (later := _LATER.fullmatch(text)):
        local = now.astimezone(zone).replace(tzinfo=None) + timedelta(days=int(later[1]))
        return local.replace(tzinfo=zone)
    if finnish := _FINNISH.fullmatch(text):
        text = f"{finnish[3]}-{int(finnish[2]):02}-{int(finnish[1]):02}"
    found = datetime.fromisoformat(text)
    if len(text) <= len("2021-03-01"):
        clock = _NINE if now is None else _time_of_day(now.astimezone(zone))
        found += clock
    return found if found.tzinfo else found.replace(tzinfo=zone)


def option_moment(text: str, zone: ZoneInfo) -> datetime:
    """The moment that the value of an option means.

    Raises:
        InputError: if it means none.
    """
    try:
        return moment_of(text, zone)
    except (ValueError, OverflowError):
        raise InputError(say.NO_MOMENT, text=text) from None


def _time_of_day(moment: datetime) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


def coming(case: op.Case) -> Mapping[str, datetime]:
    """The next due time of each marked place; empty for a case without times."""
    found: dict[str, datetime] = {}
    for timer in case.timers:
        found.setdefault(timer.place, timer.due)
    return found
