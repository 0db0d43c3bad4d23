"""Answers of the library as plain data that can be compared and read."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tools.compare.probe import names

if TYPE_CHECKING:
    from collections.abc import Iterable

OPTION = ("transition", "to", "handoff", "state", "allowed", "asks")


def plain(value: Any) -> Any:
    """Any value as data; the classes of things do not count, their fields do."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    fields = field_names(value)
    if fields is not None:
        return {names.FIELDS.get(name, name): plain(getattr(value, name)) for name in fields}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return f"<{type(value).__name__}>"


def field_names(value: Any) -> tuple[str, ...] | None:
    """The names of the fields of a record, None for what is none."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return tuple(value._fields)
    if dataclasses.is_dataclass(value):
        return tuple(field.name for field in dataclasses.fields(value))
    return None


def reasons(found: Iterable[Any]) -> list[Any]:
    """Reasons with code, fields and both texts."""
    return [
        {"code": reason.code, **plain(reason), "fi": reason.text("fi"), "en": reason.text("en")}
        for reason in found
    ]


def refused(error: Any) -> dict[str, Any]:
    """A refusal with everything it carries."""
    return {
        "code": error.code,
        "reasons": reasons(error.reasons),
        "asks": list(error.asks),
        "options": list(error.options),
        "fi": error.text("fi"),
        "en": error.text("en"),
    }


def option(found: Any) -> dict[str, Any]:
    """An option, or the answer of ``explain``: what both have."""
    return {
        **{name: plain(getattr(found, name)) for name in OPTION},
        "reasons": reasons(found.reasons),
    }


def finding(found: Any) -> dict[str, Any]:
    """A finding with place, both texts, remedy and course."""
    return {
        "code": found.code,
        "severity": found.severity,
        "where": plain(names.either(found, names.PLACE)),
        "texts": names.bilingual(found),
        "hint": plain(found.hint),
        "trace": list(found.trace),
        "course": plain(names.either(found, names.COURSE)),
        "fi": found.text("fi").splitlines(),
        "en": found.text("en").splitlines(),
    }


def verdict(found: Any) -> dict[str, Any]:
    """The verdict on a rule."""
    return {**plain(found), "trace": list(found.trace)}


def case(found: Any) -> dict[str, Any]:
    """What a case shows of itself."""
    return {
        "active": list(found.active),
        "holders": dict(found.holders),
        "facts": dict(found.facts),
        "open_handoffs": plain(found.open_handoffs),
        "outcome": found.outcome,
        "at": plain(found.at),
        "seq": found.seq,
    }


def history(found: Any) -> list[Any]:
    """The events of a case."""
    return [plain(event) for event in found.history]
