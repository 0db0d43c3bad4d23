"""Values and names short enough for a message, with nothing in them that does not show."""

from __future__ import annotations

__all__ = ["shown"]

_LONGEST_SHOWN = 40


def shown(value: object) -> str:
    """Return a value as the file has it, short enough for a message."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in str(value)[:200])
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
