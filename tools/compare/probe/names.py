"""Every name of the library that the probe uses: the one place to mend when a name changes.

Where two versions call a thing differently, both names stand here, the newer one first; what the
probe writes down goes by the older name, so that a rename alone is no difference.
"""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

import ohjausprosessi as op

load = op.load
DefinitionError = op.DefinitionError
Refused = op.Refused
RenderError = op.RenderError

# Newer name of a field → the name it is written down by.
FIELDS = {
    "counterexample": "course",
    "label": "texts",
    "location": "where",
    "message": "texts",
    "violation": "breach",
}
COURSE = ("counterexample", "course")
PLACE = ("location", "where")
TEXTS = ("message", "label", "texts")


def either(thing: object, names: tuple[str, ...]) -> Any:
    """The attribute that goes by one of several names."""
    for name in names:
        if hasattr(thing, name):
            return getattr(thing, name)
    raise AttributeError(f"{type(thing).__name__} has none of {', '.join(names)}")


def bilingual(thing: object) -> dict[str, str]:
    """The message of a finding, an error or a verdict in both languages."""
    for name in TEXTS:
        text = getattr(thing, name, None)
        if hasattr(text, "fi"):
            return {"fi": text.fi, "en": text.en}
    raise AttributeError(f"{type(thing).__name__} has no message in two languages")


def schema_text() -> str:
    """The JSON Schema of the definition format."""
    for home in (
        "ohjausprosessi.formats.schema.json_schema",
        "ohjausprosessi.formats.schema",
        "ohjausprosessi.formats",
    ):
        try:
            return str(import_module(home).schema_text())
        except (ImportError, AttributeError):
            continue
    raise ImportError("nothing makes the JSON Schema")


def _whole(process: Any) -> Any:
    """What the functions of ``verify`` take: a definition, or what it is compiled to."""
    return process.definition


def prove(process: Any, budget: int | None) -> Any:
    """The verdict of every rule, within a budget of situations."""
    options = {} if budget is None else {"budget": budget}
    return op.verify.prove(_whole(process), **options)


def follow(process: Any, course: Any) -> Any:
    """The case that goes a course, or None."""
    return op.verify.follow(_whole(process), course)


def repairs(process: Any) -> Any:
    """The edits that mend a process."""
    return op.verify.repairs(_whole(process))


def dropout_text(process: Any, language: str) -> str:
    """The report on where clients are lost."""
    return str(op.verify.dropout_report(_whole(process)).text(language))


def render(process: Any, path: str, course: Any = None, **options: Any) -> None:
    """Draw a process into a file."""
    if course is not None:
        known = inspect.signature(process.render).parameters
        options[next(name for name in COURSE if name in known)] = course
    process.render(path, **options)


def hash_of(definition: Any) -> str:
    """The hash of a definition."""
    return str(import_module("ohjausprosessi.model").definition_hash(definition))
