"""Accepts definitions as Python data, under the same limits as files, without line numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.formats.vocabulary import INTEGER_LIMIT
from ohjausprosessi.formats.yaml import characters
from ohjausprosessi.formats.yaml.positions import Source
from ohjausprosessi.formats.yaml.problems import Problems
from ohjausprosessi.formats.yaml.scanner import MOST_CHARACTERS, MOST_LEVELS, MOST_NODES
from ohjausprosessi.text.shorten import as_written

if TYPE_CHECKING:
    from ohjausprosessi.formats.yaml.positions import Path


def take(data: object) -> Problems:
    """Copy plain data into a document of dicts, lists, strings, integers and booleans.

    Raises:
        DefinitionError: if the data is not a mapping, too large or nested too deeply.
    """
    problems = Problems(Source(None))
    if not isinstance(data, Mapping):
        problems.add(
            "yaml",
            (),
            Text(
                "määritelmä ei ole joukko avaimia ja arvoja",
                "the definition is not a mapping of keys to values",
            ),
        )
        problems.raise_if_any()
    problems.source.data = _Copy(problems).of(data)
    return problems


class _Copy:
    """Copies data without recursion."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._nodes = 0
        self._waiting: list[tuple[Any, Any, Path]] = []

    def of(self, data: object) -> dict[str, Any]:
        root: dict[str, Any] = {}
        self._waiting.append((data, root, ()))
        while self._waiting:
            original, copy, path = self._waiting.pop()
            if isinstance(original, Mapping):
                for key, value in original.items():
                    self._entry(key, value, copy, path)
            else:
                for index, value in enumerate(original):
                    copy.append(self._value(value, (*path, str(index))))
        return root

    def _entry(self, key: object, value: object, copy: dict[str, Any], path: Path) -> None:
        name = self._key(key, path)
        if name is None:
            self._problems.unreliable.add(path)
        else:
            copy[name] = self._value(value, (*path, name))

    def _key(self, key: object, path: Path) -> str | None:
        """The key as text; None, after reporting it, if it is not a string."""
        if isinstance(key, str):
            return self._text(key, (*path, as_written(key)), key=True)
        kind = type(key).__name__
        short = as_written(key)
        self._problems.add(
            "key",
            path,
            Text(
                f"avaimen `{short}` pitää olla tekstiä, ei {kind}",
                f"the key `{short}` must be a string, got {kind}",
            ),
            hint=Text(f'kirjoita "{short}"', f'write "{short}"'),
        )
        return None

    def _value(self, value: object, path: Path) -> object:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop(
                path,
                Text(
                    f"arvoja on yli {MOST_NODES}", f"the document has more than {MOST_NODES} values"
                ),
            )
        if isinstance(value, (Mapping, list, tuple)):
            if len(path) > MOST_LEVELS:
                self._stop(
                    path,
                    Text(
                        f"sisäkkäisiä tasoja on yli {MOST_LEVELS}",
                        f"nested deeper than {MOST_LEVELS} levels",
                    ),
                )
            copy: Any = {} if isinstance(value, Mapping) else []
            self._waiting.append((value, copy, path))
            return copy
        return self._single(value, path)

    def _single(self, value: object, path: Path) -> bool | int | str | None:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(value, path)
        if isinstance(value, int):
            if -INTEGER_LIMIT <= value <= INTEGER_LIMIT:
                return int(value)
            self._refuse(path, Text("luku on liian suuri", "the number is too large"))
        else:
            kind = type(value).__name__
            self._refuse(
                path,
                Text(
                    f"arvon pitää olla teksti, kokonaisluku tai totuusarvo, ei {kind}",
                    f"expected a string, an integer or a boolean, got {kind}",
                ),
            )
        return None

    def _text(self, value: str, path: Path, *, key: bool = False) -> str | None:
        """The text in NFC; None, after reporting it, if it contains a refused character."""
        text = str.__str__(value)
        if len(text) > MOST_CHARACTERS:
            self._stop(
                path,
                Text(
                    f"teksti on liian pitkä: enintään {MOST_CHARACTERS} merkkiä",
                    f"the text is too long: at most {MOST_CHARACTERS} characters",
                ),
            )
        found = characters.refused_at(text)
        if found is None and (key or not characters.holds_label(path)):
            found = text.find(characters.SOFT_HYPHEN)
            found = None if found < 0 else found
        if found is not None:
            problem = characters.refusal_of(text[found])
            self._refuse(path, problem, characters.HINT)
            return None
        return unicodedata.normalize("NFC", text)

    def _refuse(self, path: Path, message: Text, hint: Text | None = None) -> None:
        self._problems.add_at("yaml", self._problems.source.location(path), message, hint)
        self._problems.unreliable.add(path)

    def _stop(self, path: Path, message: Text) -> None:
        self._refuse(path, message)
        self._problems.raise_if_any()
