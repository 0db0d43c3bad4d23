"""Values and names short enough for a message, with every invisible character made visible."""

from __future__ import annotations

__all__ = ["as_written", "one_line", "shorten", "shorten_name"]

_LONGEST_WRITTEN = 40
_LONGEST_REPR = 80
_LONGEST_LABEL = 120  # titles in use have fewer than 100 characters


def as_written(value: object) -> str:
    """A value as a definition has it: ``true``, not ``True``; at most 40 characters."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    start = str(value)[: _LONGEST_WRITTEN + 1]
    return _cut(
        "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in start), _LONGEST_WRITTEN
    )


def shorten(value: object) -> str:
    """A value of any type as Python writes it, at most 80 characters; never raises."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  a number or a nesting too large to write, or a foreign class
        text = type(value).__name__
    return _cut(text, _LONGEST_REPR)


def shorten_name(name: str) -> str:
    """A name as it is where it could be one, else as Python writes it; at most 80 characters."""
    return name if name.isprintable() and len(name) <= _LONGEST_REPR else shorten(name)


def one_line(label: str) -> str:
    """A label within a sentence: on one line, without soft hyphens, at most 120 characters.

    A line break in a label would let its second line pass for a message of its own.
    """
    return _cut(" ".join(label.replace("\xad", "").split()), _LONGEST_LABEL)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
