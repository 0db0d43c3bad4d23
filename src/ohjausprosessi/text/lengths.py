"""Lengths of time in words: ``5 workdays``, ``5 työpäivää``, ``5 työpäivän``, ``5 tp``."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["UNITS", "length_genitive", "length_short", "length_words"]


class _Unit(NamedTuple):
    """How one unit is said; each pair is Finnish and English.

    Attributes:
        one: of one.
        several: of several; in Finnish the partitive.
        short: where there is little room.
        genitive: in Finnish only, as before *kuluessa* or *välein*.
    """

    one: tuple[str, str]
    several: tuple[str, str]
    short: tuple[str, str]
    genitive: str


_UNITS = {
    unit.one[1]: unit
    for unit in (
        _Unit(("minuutti", "minute"), ("minuuttia", "minutes"), ("min", "min"), "minuutin"),
        _Unit(("tunti", "hour"), ("tuntia", "hours"), ("h", "h"), "tunnin"),
        _Unit(("työpäivä", "workday"), ("työpäivää", "workdays"), ("tp", "wd"), "työpäivän"),
        _Unit(("päivä", "day"), ("päivää", "days"), ("pv", "d"), "päivän"),
        _Unit(("viikko", "week"), ("viikkoa", "weeks"), ("vk", "wk"), "viikon"),
        _Unit(("kuukausi", "month"), ("kuukautta", "months"), ("kk", "mo"), "kuukauden"),
        _Unit(("vuosi", "year"), ("vuotta", "years"), ("v", "y"), "vuoden"),
    )
}
UNITS = tuple(_UNITS)


def length_words(amount: int, unit: str, lang: str) -> str:
    """A length of time in words: ``5 workdays``, in Finnish ``5 työpäivää``."""
    words = _UNITS[unit].one if amount == 1 else _UNITS[unit].several
    return f"{amount} {words[lang != 'fi']}"


def length_short(amount: int, unit: str, lang: str) -> str:
    """A length of time where there is little room: ``5 wd``, in Finnish ``5 tp``."""
    return f"{amount} {_UNITS[unit].short[lang != 'fi']}"


def length_genitive(amount: int, unit: str) -> str:
    """A length of time in the Finnish genitive: ``5 työpäivän``, as in ``5 työpäivän kuluessa``."""
    return f"{amount} {_UNITS[unit].genitive}"
