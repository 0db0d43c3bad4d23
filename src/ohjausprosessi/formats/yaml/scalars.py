"""What a value without quotes is: ``true``, ``false``, ``null``, a plain integer, else text.

YAML 1.1 reads many more words as something else than they look like (``no`` is false, ``12:30`` is
750, ``2021-01-01`` is a date). Whoever writes one meant one of two things, so it is refused.
"""

from __future__ import annotations

import re

WORDS = {"true": True, "false": False, "null": None}

# Other spellings of true, false and null in YAML 1.1, its sign for a default, and nothing at all.
_SURPRISING = frozenset(
    spelling
    for word in ("yes", "no", "on", "off", "true", "false", "null")
    for spelling in (word, word.capitalize(), word.upper())
    if spelling not in WORDS
) | {"~", "=", ""}

_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]*)", re.ASCII)
_MOST_DIGITS = 18

_SURPRISING_NUMBER = re.compile(
    r"""
      [-+]?0b[01_]+ | [-+]?0o[0-7_]+ | [-+]?0x[0-9a-fA-F_]+    # other bases
    | [-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?        # 010, 1_000, 1.0, 1e3, +1
    | [-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?           # 12:30
    | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\ \t]+[0-9].*)?        # dates and times
    """,
    re.VERBOSE | re.ASCII,
)
_NUMBER_BEGINS = frozenset("+-.0123456789")


class Surprise(ValueError):  # noqa: N818  an answer for the reader, which reports it
    """A value with a second meaning in YAML 1.1."""


def typed(text: str) -> bool | int | str | None:
    """The value of a scalar without quotes.

    Raises:
        Surprise: if it could also be read as something else.
    """
    if text in WORDS:
        return WORDS[text]
    if text in _SURPRISING:
        raise Surprise(text)
    if text[0] in _NUMBER_BEGINS:
        if len(text) <= _MOST_DIGITS and _INTEGER.fullmatch(text):
            return int(text)
        if _SURPRISING_NUMBER.fullmatch(text):
            raise Surprise(text)
    return text


def bare(text: str) -> bool | int | str | None:
    """What a text would be if it stood without quotes: itself if that is not certain."""
    try:
        return typed(text)
    except Surprise:
        return text


def surprising_key(text: str) -> bool:
    """Whether YAML 1.1 reads a key without quotes as true, false or nothing."""
    return text in _SURPRISING
