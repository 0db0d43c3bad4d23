"""How things are worded: elements by the names people read, lengths of time, load errors."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.model import Definition, Duration, Element, State

_WORD = re.compile(r"[^\s,\[\]{}:]+")  # what the caret underlines: a key or a value

_LONGEST = 120  # characters of a label; titles in use have fewer than 100

_KINDS = {
    "state": Text("odottava tila", "a waiting state"),
    "choice": Text("valinta", "a choice"),
    "fork": Text("haarautuminen", "a fork"),
    "join": Text("yhdistyminen", "a join"),
    "call": Text("kutsu", "a call"),
    "end": Text("loppu", "an end"),
}

# One of a unit, and several; in Finnish the partitive.
_UNITS = {
    "minute": (Text("minuutti", "minute"), Text("minuuttia", "minutes")),
    "hour": (Text("tunti", "hour"), Text("tuntia", "hours")),
    "workday": (Text("työpäivä", "workday"), Text("työpäivää", "workdays")),
    "day": (Text("päivä", "day"), Text("päivää", "days")),
    "week": (Text("viikko", "week"), Text("viikkoa", "weeks")),
    "month": (Text("kuukausi", "month"), Text("kuukautta", "months")),
    "year": (Text("vuosi", "year"), Text("vuotta", "years")),
}


def name(element: Element) -> Text:
    """Return an element as people know it: its title in quotes and its id, or the id alone."""
    if element.title is None:
        return Text(element.id, element.id)
    return Text(
        f"”{printed(element.text('fi'))}” ({element.id})",
        f"“{printed(element.text('en'))}” ({element.id})",
    )


def printed(label: str) -> str:
    """Return a label as it stands in running text: on one line, and not without end.

    Soft hyphens, which only a line break would show, are left out. A line break in a label would
    let it pass for a message of its own.
    """
    text = " ".join(label.replace("\xad", "").split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def duration_text(duration: Duration, language: str) -> str:
    """Return a length of time in words: ``5 työpäivää``, ``5 workdays``."""
    one, several = _UNITS[duration.unit]
    return f"{duration.amount} {(one if duration.amount == 1 else several).text(language)}"


def listed(elements: Iterable[Element], *, fi: str = "ja", en: str = "and") -> Text:
    """Return several elements as a list in running text; ``fi`` and ``en`` go before the last."""
    every = [name(element) for element in elements]
    return Text(_series([one.fi for one in every], fi), _series([one.en for one in every], en))


def _series(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def kind(state: State) -> Text:
    """Return what sort of place a state is: ``valinta``, ``a choice``."""
    return _KINDS[state.kind]


def problem(
    definition: Definition,
    code: str,
    *place: str,
    fi: str,
    en: str,
    hint: Text,
) -> Finding:
    """Return the finding of a load error.

    Args:
        definition: the definition it is found in.
        code: id of the check.
        place: path of keys to the culprit, from the document down.
        fi: what is wrong, in Finnish.
        en: what is wrong, in English.
        hint: what to do about it.
    """
    location = definition.origin.location(*place)
    if location.column is not None and (word := _WORD.match(location.excerpt, location.column - 1)):
        location = replace(location, width=len(word.group()))
    return Finding(code, "error", Text(fi, en), location, hint)
