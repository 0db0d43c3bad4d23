"""Lengths of time in words: ``5 workdays``, ``5 työpäivää``, ``5 työpäivän``, ``5 tp``."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["UNITS", "length_genitive", "length_short", "length_words"]


class _Unit(NamedTuple):
    """How one unit is said.

    Attributes:
        one: in English, of one.
        several: in English, of several.
        short: in English, on a picture.
        yksi: in Finnish, of one.
        monta: in Finnish, of several: the partitive.
        genetiivi: in Finnish, before *kuluessa* or *välein*.
        lyhyt: in Finnish, on a picture.
    """

    one: str
    several: str
    short: str
    yksi: str
    monta: str
    genetiivi: str
    lyhyt: str


_UNITS = {
    unit.one: unit
    for unit in (
        _Unit("minute", "minutes", "min", "minuutti", "minuuttia", "minuutin", "min"),
        _Unit("hour", "hours", "h", "tunti", "tuntia", "tunnin", "h"),
        _Unit("workday", "workdays", "wd", "työpäivä", "työpäivää", "työpäivän", "tp"),
        _Unit("day", "days", "d", "päivä", "päivää", "päivän", "pv"),
        _Unit("week", "weeks", "wk", "viikko", "viikkoa", "viikon", "vk"),
        _Unit("month", "months", "mo", "kuukausi", "kuukautta", "kuukauden", "kk"),
        _Unit("year", "years", "y", "vuosi", "vuotta", "vuoden", "v"),
    )
}
UNITS = tuple(_UNITS)


def length_words(amount: int, unit: str, language: str) -> str:
    """A length of time in words: ``5 workdays``, in Finnish ``5 työpäivää``."""
    said = _UNITS[unit]
    one, several = (said.yksi, said.monta) if language == "fi" else (said.one, said.several)
    return f"{amount} {one if amount == 1 else several}"


def length_short(amount: int, unit: str, language: str) -> str:
    """A length of time where there is little room: ``5 wd``, in Finnish ``5 tp``."""
    said = _UNITS[unit]
    return f"{amount} {said.lyhyt if language == 'fi' else said.short}"


def length_genitive(amount: int, unit: str) -> str:
    """A length of time in the Finnish genitive: ``5 työpäivän``, as in ``5 työpäivän kuluessa``."""
    return f"{amount} {_UNITS[unit].genetiivi}"
