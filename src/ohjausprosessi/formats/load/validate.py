"""Validates plain data against the models: valid entries are kept, invalid ones are reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.formats import vocabulary as words
from ohjausprosessi.formats.load.pydantic_errors import add_errors, entry_of, refuse_null
from ohjausprosessi.formats.schema.document import ENTRIES, Document
from ohjausprosessi.formats.schema.value_types import identifier_problem
from ohjausprosessi.text.shorten import as_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.formats.yaml.positions import Path
    from ohjausprosessi.formats.yaml.problems import Problems

_ABSENT: dict[str, dict[str, object]] = {
    section: {} for section in words.SECTIONS if section not in words.REQUIRED_SECTIONS
}
_NO_NAME = ""  # in place of a required name that is missing and has been reported


@dataclass(frozen=True, slots=True)
class Entries:
    """The valid part of a document.

    Attributes:
        document: the valid keys and entries.
        ids: every id written in a section, those of invalid entries included.
        missing_sections: required sections that are absent, and sections that are not mappings: names
            cannot be checked against them.
    """

    document: Document
    ids: Mapping[str, tuple[str, ...]]
    missing_sections: frozenset[str]

    def broken(self) -> frozenset[str]:
        """The ids of invalid facts and information items."""
        return frozenset(
            name
            for section in ("facts", "info")
            for name in self.ids[section]
            if name not in getattr(self.document, section)
        )


def validate(problems: Problems) -> Entries:
    """Validate a document, and report every invalid key and entry.

    Raises:
        DefinitionError: at once for another format version, an overlay, or top-level keys that are
            unreliable, since every further problem would only follow from it.
    """
    data = problems.source.data
    if problems.is_unreliable(()) or not _version(problems, data) or _overlay(problems, data):
        problems.raise_if_any()
    own = _own_keys(data)
    ids: dict[str, tuple[str, ...]] = {
        section: tuple(entries) if isinstance(entries := own.get(section), dict) else ()
        for section in words.SECTIONS
    }
    broken = {entry_of(path) for path in problems.unreliable} | _check_nulls(problems, own)
    missing_sections = frozenset(
        section
        for section in words.SECTIONS
        if problems.is_unreliable((section,))
        or not isinstance(own.get(section, _ABSENT.get(section)), dict)
    )
    document = _validated(problems, own, broken)
    _check_ids(problems, ids)
    return Entries(document, ids, missing_sections)


def _validated(problems: Problems, own: dict[str, Any], broken: set[Path]) -> Document:
    """The valid part of a document; the rest is reported."""
    try:
        document = Document.model_validate(own)
    except ValidationError as error:
        return _salvage(own, broken | add_errors(problems, error))
    return _salvage(own, broken) if broken else document


def _version(problems: Problems, data: Mapping[str, Any]) -> bool:
    path = ("ohjausprosessi",)
    version = data.get("ohjausprosessi", words.FORMAT_VERSION)
    if _is_known(version):
        return True
    if problems.add_quoted("version", path, _is_known):
        return False
    problems.add(
        "version",
        path,
        Text(
            f"muodon versiota `{as_written(version)}` ei tunneta",
            f"unknown format version `{as_written(version)}`",
        ),
        hint=Text(
            f"tämä kirjasto lukee versiota {words.FORMAT_VERSION}",
            f"this library reads version {words.FORMAT_VERSION}",
        ),
    )
    return False


def _is_known(version: object) -> bool:
    return type(version) is int and version == words.FORMAT_VERSION


def _overlay(problems: Problems, data: Mapping[str, Any]) -> bool:
    if "extends" not in data:
        return False
    problems.add(
        "extends",
        ("extends",),
        Text(
            "toista määritelmää muuttavia tiedostoja (`extends`) ei vielä tueta",
            "overlays (`extends`) are not supported yet",
        ),
        hint=Text(
            "kirjoita koko määritelmä yhteen tiedostoon",
            "write the whole definition into one file",
        ),
        key=True,
    )
    return True


def _own_keys(data: Mapping[str, Any]) -> dict[str, Any]:
    """A document without the keys that begin with ``x-``, its own and those of its entries."""
    own = _without_free(data)
    for section in words.SECTIONS:
        if isinstance(entries := own.get(section), dict):
            own[section] = {
                name: _without_free(entry) if isinstance(entry, dict) else entry
                for name, entry in entries.items()
            }
    return own


def _without_free(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if not key.startswith("x-")}


def _check_nulls(problems: Problems, own: Mapping[str, Any]) -> set[Path]:
    """Report every ``null`` outside ``set``, the only key where it has a meaning.

    Returns:
        The paths of the invalid entries (``entry_of``).
    """
    broken = {path[:1] for path in _nulls_in(problems, (), own)}
    for section in words.SECTIONS:
        entries = own.get(section)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict):
                found = _nulls_in(problems, (section, name), entry)
                if isinstance(handoff := entry.get("handoff"), dict):
                    found += _nulls_in(problems, (section, name, "handoff"), handoff)
                broken |= {path[:2] for path in found}
    return broken


def _nulls_in(problems: Problems, path: Path, mapping: Mapping[str, Any]) -> list[Path]:
    if None not in mapping.values():
        return []
    found = [(*path, key) for key, value in mapping.items() if value is None]
    for place in found:
        refuse_null(problems, place)
    return found


def _salvage(own: dict[str, Any], broken: set[Path]) -> Document:
    """A document of the valid entries; required keys that are missing become empty names."""
    kept: dict[str, Any] = {
        key: value
        for key, value in own.items()
        if key in Document.model_fields and key not in words.SECTIONS and (key,) not in broken
    }
    for section in words.SECTIONS:
        entries = own.get(section)
        kept[section] = {
            name: ENTRIES[section].model_validate(entry)
            for name, entry in (entries.items() if isinstance(entries, dict) else ())
            if (section,) not in broken and (section, name) not in broken
        }
    required = dict.fromkeys(("id", "version", "responsible", "start"), _NO_NAME)
    return Document.model_construct(**{**required, **kept})


def _check_ids(problems: Problems, ids: Mapping[str, Iterable[str]]) -> None:
    for section, names in ids.items():
        for name in names:
            problem = identifier_problem(name)
            if problem is not None:
                message, hint = problem
                problems.add("id", (section, name), message, hint=hint, key=True)
    for group in words.GROUPS:
        homes: dict[str, str] = {}
        for section in group:
            for name in ids[section]:
                home = homes.setdefault(name, section)
                if home != section:
                    _shared_id(problems, section, name, home)


def _shared_id(problems: Problems, section: str, name: str, home: str) -> None:
    line = problems.source.location((home, name), key=True).line
    at = "" if line is None else f" (rivi {line})"
    at_line = "" if line is None else f" (line {line})"
    problems.add(
        "duplicate",
        (section, name),
        Text(
            f"tunnus `{as_written(name)}` on jo kohdassa `{home}`{at}",
            f"the id `{as_written(name)}` is already used in `{home}`{at_line}",
        ),
        hint=Text("anna toiselle oma tunnus", "give one of them an id of its own"),
        key=True,
    )
