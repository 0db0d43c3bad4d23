"""Resolves the references between entries: each must name an existing id (SEMANTICS §13 A)."""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.formats.load.entry_rules import check_value
from ohjausprosessi.formats.load.rule_atoms import check_atoms
from ohjausprosessi.text.shorten import as_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.formats.load.validate import Entries
    from ohjausprosessi.formats.schema.document import HandoffEntry, Keys
    from ohjausprosessi.formats.yaml.positions import Path
    from ohjausprosessi.formats.yaml.problems import Problems

_OWNER = ("owners",)
_PEOPLE = ("roles", "owners")
_KNOWN = ("facts", "info")
_STATE = ("states",)
_TIME = ("durations",)

# Key of an entry -> sections it may refer to.
_REFERENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "owners": {"members": _OWNER},
    "roles": {"owner": _OWNER},
    "facts": {"by": _PEOPLE, "phases": ("phases",)},
    "services": {"owner": _OWNER, "phases": ("phases",)},
    "states": {
        "owner": _OWNER,
        "phase": ("phases",),
        "roles": ("roles",),
        "services": ("services",),
        "deadline": _TIME,
        "with": _KNOWN,
        "take": _KNOWN,
    },
    "transitions": {
        "from": _STATE,
        "to": _STATE,
        "by": _PEOPLE,
        "after": _TIME,
        "owner": _OWNER,
    },
    "duties": {"by": _PEOPLE, "every": _TIME},
    "rules": {"by": _PEOPLE, "within": _TIME},
}
_HANDOFF = {
    "to": _OWNER,
    "info": _KNOWN,
    "accept_by": _PEOPLE,
    "within": _TIME,
    "else": _STATE,
}
_HEADER = {"responsible": _OWNER, "start": _STATE, "fallback": _STATE}

# Reserved words that are accepted where a state is referred to.
_STANDS_FOR = {"from": "any_open", "else": "back"}

# The Finnish nouns are in the partitive, as "ei ole" requires.
_WORDS = {
    "owners": Text("omistajaa", "owner"),
    "roles": Text("roolia", "role"),
    "phases": Text("vaihetta", "phase"),
    "facts": Text("tietoa", "fact"),
    "info": Text("luovutuksen tietoa", "information item"),
    "durations": Text("kestoa", "duration"),
    "services": Text("palvelua", "service"),
    "states": Text("tilaa", "state"),
    "transitions": Text("siirtymää", "transition"),
    "duties": Text("tehtävää", "duty"),
    "rules": Text("sääntöä", "rule"),
}


def check_names(problems: Problems, entries: Entries) -> None:
    """Report every dangling reference, and every ``set`` with a value its fact cannot have."""
    check = _Names(problems, entries)
    document = entries.document
    for key, sections in _HEADER.items():
        if name := getattr(document, key):
            check.one((key,), name, sections)
    for section, keys in _REFERENCES.items():
        for identifier, entry in getattr(document, section).items():
            check.entry((section, identifier), entry, keys)
    for identifier, transition in document.transitions.items():
        path = ("transitions", identifier)
        if transition.handoff is not None:
            check.handoff((*path, "handoff"), transition.handoff)
        check.recorded((*path, "set"), entries, transition.set)
    check_atoms(problems, entries)


class _Names:
    """Looks references up in the sections of one document."""

    def __init__(self, problems: Problems, entries: Entries) -> None:
        self._problems = problems
        self._names = entries.ids
        self._ids = {section: frozenset(names) for section, names in entries.ids.items()}
        self._missing_sections = entries.missing_sections

    def entry(self, path: Path, entry: Keys, keys: Mapping[str, tuple[str, ...]]) -> None:
        for key, sections in keys.items():
            held = getattr(entry, f"{key}_" if iskeyword(key) else key)
            if not held:
                continue
            if isinstance(held, str):
                self.one((*path, key), held, sections)
            elif not self._all_known(held, sections):
                self._several((*path, key), held, sections)

    def handoff(self, path: Path, handoff: HandoffEntry) -> None:
        self.entry(path, handoff, _HANDOFF)

    def recorded(self, path: Path, entries: Entries, values: Mapping[str, object]) -> None:
        """Check the names and values of a ``set``."""
        for name, value in values.items():
            fact = entries.document.facts.get(name)
            if name in self._ids["info"]:
                self._cleared((*path, name), value)
            elif not self._all_known((name,), _KNOWN):
                self._unknown((*path, name), name, _KNOWN, key=True)
            elif fact is not None and isinstance(value, (bool, int, str)):
                check_value(self._problems, (*path, name), fact, name, value)

    def one(self, path: Path, name: str, sections: tuple[str, ...]) -> None:
        if self._all_known((name,), sections) or name == _STANDS_FOR.get(path[-1]):
            return
        self._unknown(path, name, sections)

    def _several(self, path: Path, names: Iterable[str], sections: tuple[str, ...]) -> None:
        listed = isinstance(self._problems.source.value(path), list)
        for index, name in enumerate(names):
            if not self._all_known((name,), sections) and name != _STANDS_FOR.get(path[-1]):
                self._unknown((*path, str(index)) if listed else path, name, sections)

    def _all_known(self, names: Iterable[str], sections: tuple[str, ...]) -> bool:
        if not self._missing_sections.isdisjoint(sections):
            return True
        return all(any(name in self._ids[section] for section in sections) for name in names)

    def _unknown(
        self, path: Path, name: str, sections: tuple[str, ...], *, key: bool = False
    ) -> None:
        words = [_WORDS[section] for section in sections]
        known = (name for section in sections for name in self._names[section])
        self._problems.add(
            "name",
            path,
            Text(
                f"{' tai '.join(word.fi for word in words)} `{as_written(name)}` ei ole",
                f"there is no {' or '.join(word.en for word in words)} `{as_written(name)}`",
            ),
            hint=self._elsewhere(name) or self._problems.suggestion_for(name, known),
            key=key,
        )

    def _elsewhere(self, name: str) -> Text | None:
        """The remedy that names the section an id is in; None if no section has it."""
        for section, names in self._ids.items():
            if name in names:
                written = as_written(name)
                return Text(
                    f"`{written}` on kohdassa `{section}`", f"`{written}` is in `{section}`"
                )
        return None

    def _cleared(self, path: Path, value: object) -> None:
        if value is not None:
            self._problems.add(
                "value",
                path,
                Text(
                    "luovutuksen tiedon voi vain tyhjentää",
                    "an information item can only be cleared",
                ),
                hint=Text("kirjoita null", "write null"),
            )
