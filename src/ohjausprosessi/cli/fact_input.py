"""Values of facts as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ohjausprosessi.cli.case_titles import CaseTitles
    from ohjausprosessi.model import Fact, Value

__all__ = ["FORGET", "YES", "choices", "value_of"]

FORGET = "?"
_DIGITS = 18
YES = frozenset({"true", "yes", "y", "kyllä", "kylla", "k", "on"})
_NO = frozenset({"false", "no", "n", "ei", "e"})


def choices(titles: CaseTitles, name: str) -> tuple[str, ...]:
    """The answers a fact allows, as people read them; empty if any text will do."""
    fact = titles.find_fact(name)
    if fact is None or fact.type == "text":
        return ()
    if fact.type == "enum":
        return tuple(
            f"{number} {titles.value(name, value)}" for number, value in enumerate(fact.values, 1)
        )
    if fact.type == "bool":
        return titles.value(name, True), titles.value(name, False)
    return (_range(fact),)


def _range(fact: Fact) -> str:
    low = "" if fact.min is None else str(fact.min)
    high = "" if fact.max is None else str(fact.max)
    return f"{low}–{high}" if low or high else "0, 1, 2, …"


def value_of(titles: CaseTitles, name: str, text: str) -> Value | None:
    """Parse a typed value of a fact; text that does not parse is left for the engine to refuse.

    ``?`` means unknown again (None). A value of an enum may be written as its number, its name or
    its title, a bool as yes or no in either language.
    """
    text = text.strip()
    if text == FORGET:
        return None
    fact = titles.find_fact(name)
    if fact is None or fact.type == "text":
        return text
    if fact.type == "enum":
        return _member(titles, fact, text)
    if fact.type == "bool":
        folded = text.casefold()
        return True if folded in YES else False if folded in _NO else text
    return _number(text)


def _member(titles: CaseTitles, fact: Fact, text: str) -> str:
    values = tuple(fact.values)
    if text in fact.values:
        return text
    number = _number(text)
    if isinstance(number, int) and 1 <= number <= len(values):
        return values[number - 1]
    known = {titles.value(fact.id, value).casefold(): value for value in values}
    return known.get(text.casefold(), text)


def _number(text: str) -> int | str:
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS:
        return int(text)
    return text
