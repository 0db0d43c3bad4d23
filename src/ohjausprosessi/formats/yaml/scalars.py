"""Types plain scalars: ``true``, ``false``, ``null``, decimal integers; everything else is a string.

YAML 1.1 gives many more spellings a type (``no`` is false, ``12:30`` is 750, ``2021-01-01`` is a
date). Such a scalar is ambiguous, so it is refused.
"""

from __future__ import annotations

import re

WORDS = {"true": True, "false": False, "null": None}

# Other spellings of true, false and null in YAML 1.1, its default key, and the empty scalar.
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
    """A plain scalar that YAML 1.1 would not read as a string."""


def typed(text: str) -> bool | int | str | None:
    """The value of a plain scalar.

    Raises:
        Surprise: if YAML 1.1 gives it another type.
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
    """The value a quoted text would have without its quotes; the text itself if ambiguous."""
    try:
        return typed(text)
    except Surprise:
        return text


def surprising_key(text: str) -> bool:
    """Whether YAML 1.1 reads a plain key as a boolean or as null."""
    return text in _SURPRISING
