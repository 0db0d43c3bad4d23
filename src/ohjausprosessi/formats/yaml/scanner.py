"""A hardened YAML reader: text to plain data, with the position of every key and value.

PyYAML (its C parser where available) turns the text into a stream of events; this module builds the
data from them without recursion. Only mappings, lists and scalars are accepted: duplicate keys,
anchors, aliases, tags, merge keys, directives, several documents and invisible characters are
refused. Size in bytes, depth, number of nodes and length of scalars are bounded.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.formats.vocabulary import SECTIONS
from ohjausprosessi.formats.yaml import characters, scalars
from ohjausprosessi.formats.yaml.positions import Source
from ohjausprosessi.formats.yaml.problems import Problems
from ohjausprosessi.formats.yaml.syntax_errors import instead_of, syntax_problem
from ohjausprosessi.text.shorten import as_written

if TYPE_CHECKING:
    from collections.abc import Callable

    from ohjausprosessi.diagnostics import Location
    from ohjausprosessi.formats.yaml.positions import Path

try:
    from yaml import cyaml
except ImportError:  # PyYAML built without libyaml
    cyaml = None  # type: ignore[assignment]

MOST_BYTES = 4_000_000
MOST_LEVELS = 32
MOST_NODES = 200_000
MOST_CHARACTERS = 20_000
_MOST_FINDINGS = 100

_BYTE_ORDER_MARK = "\ufeff"


_Container = dict[str, Any] | list[Any]
_Event = Any  # in PyYAML's stubs every mark may be absent; here none is


class _Parser(Protocol):
    """The interface that both parsers of PyYAML share."""

    def get_event(self) -> _Event: ...
    def dispose(self) -> None: ...


class _Stop(Exception):  # noqa: N818  a way out of the stream, never seen outside
    """Raised to end the reading; the last problem reported says why."""


def read(raw: str | bytes, name: str, *, fast: bool = True) -> Problems:
    """Read one document.

    Args:
        raw: the document, as text or as bytes in UTF-8.
        name: file name to show in messages, or ``<text>``.
        fast: use the C parser where available; the result is the same.

    Returns:
        The document in ``source``, and the problems that did not prevent reading the rest.

    Raises:
        DefinitionError: if the text cannot be read as a whole.
    """
    problems = Problems(Source(name))
    try:
        text = _decoded(raw, problems)
        problems.source.lines = tuple(text.split("\n"))
        _refuse_characters(text, problems)
        _Builder(problems, text).build(_parser(text, fast=fast))
    except _Stop:
        problems.raise_if_any()
    return problems


def _parser(text: str, *, fast: bool) -> _Parser:
    return cyaml.CSafeLoader(text) if fast and cyaml is not None else yaml.SafeLoader(text)


def _stop(
    problems: Problems, location: Location, message: Text, hint: Text | None = None
) -> NoReturn:
    problems.add_at("yaml", location, message, hint)
    raise _Stop


def _decoded(raw: str | bytes, problems: Problems) -> str:
    """The text with line feeds only and without a byte order mark."""
    top = problems.source.location(())
    if isinstance(raw, str):
        text, size = raw, len(raw)
    else:
        size = len(raw)
        try:
            text = raw[: MOST_BYTES + 1].decode("utf-8")
        except UnicodeDecodeError as error:
            text = raw[: error.start].decode("utf-8")
            if size <= MOST_BYTES:
                _refuse_encoding(raw, text, problems)
    if size > MOST_BYTES:
        _stop(
            problems,
            top,
            Text(
                f"teksti on liian pitkä: enintään {MOST_BYTES:,} tavua".replace(",", " "),
                f"the text is too long: at most {MOST_BYTES:,} bytes",
            ),
        )
    return text.removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n")


def _refuse_encoding(raw: bytes, before: str, problems: Problems) -> NoReturn:
    line, last = before.count("\n") + 1, len(before) - before.rfind("\n") - 1
    binary = b"\0" in raw[:1000] and not raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    problems.source.lines = tuple(before.split("\n"))
    _stop(
        problems,
        problems.source.at((), line, last + 1),
        Text(
            "tämä ei ole tekstitiedosto" if binary else "teksti ei ole UTF-8-merkistöä",
            "this is not a text file" if binary else "the text is not UTF-8",
        ),
        Text("tallenna tiedosto UTF-8-tekstinä", "save the file as UTF-8 text"),
    )


def _refuse_characters(text: str, problems: Problems) -> None:
    found = characters.refused_at(text)
    if found is None:
        return
    line = text.count("\n", 0, found) + 1
    column = found - text.rfind("\n", 0, found)
    message = characters.refusal_of(text[found])
    problems.source.lines = tuple(characters.visible(text).split("\n"))
    location = problems.source.at((), line, column)
    _stop(problems, location, message, characters.HINT)


class _Builder:
    """Builds plain data from the events of one stream."""

    def __init__(self, problems: Problems, text: str) -> None:
        self._problems = problems
        self._source = problems.source
        self._places = problems.source.places
        self._keys = problems.source.keys
        self._nodes = 0
        self._documents = 0
        self._root: Any = None
        self._container: Any = None
        self._path: Path = ()
        self._key: str | None = None
        self._above: list[tuple[Any, Path]] = []
        self._plain_ascii = text.isascii()
        self._composed = self._plain_ascii or unicodedata.is_normalized("NFC", text)
        self._on: dict[type, Callable[[Any], None]] = {
            StreamStartEvent: self._ignore,
            DocumentStartEvent: self._document,
            DocumentEndEvent: self._ignore,
            ScalarEvent: self._scalar,
            MappingStartEvent: self._mapping,
            SequenceStartEvent: self._sequence,
            MappingEndEvent: self._leave,
            SequenceEndEvent: self._leave,
            AliasEvent: self._alias,
        }

    def build(self, parser: _Parser) -> None:
        """Consume all events of the stream."""
        on, next_event = self._on, parser.get_event
        try:
            event = next_event()
            while not isinstance(event, StreamEndEvent):
                on[type(event)](event)
                event = next_event()
        except yaml.YAMLError as error:
            self._broken(error)
        except (ValueError, OverflowError) as error:
            self._broken(error)  # raised by the Python parser for an escape beyond Unicode
        finally:
            parser.dispose()
        if not isinstance(self._root, dict):
            self._no_mapping()
        self._source.data = self._root

    # ---- events

    def _ignore(self, _: object) -> None:
        """Skip an event that carries no data."""

    def _document(self, event: _Event) -> None:
        self._documents += 1
        if self._documents > 1:
            self._refuse(
                event,
                Text("tiedostossa on toinen dokumentti", "the file contains a second document"),
                Text("tee siitä oma tiedostonsa", "make it a file of its own"),
            )
        if event.version or event.tags:
            self._refuse(
                event,
                Text(
                    "YAML-direktiivit (%) eivät ole sallittuja",
                    "YAML directives (%) are not allowed",
                ),
                _JUST_LEAVE_OUT,
            )

    def _alias(self, event: _Event) -> None:
        if self._expects_key():
            self._refuse_alias(event)
            raise _Stop
        path = self._add("")
        if not self._problems.is_unreliable(path):
            self._refuse_alias(event)
            self._problems.unreliable.add(path)

    def _scalar(self, event: _Event) -> None:
        marked = event.anchor is not None or event.tag is not None
        if marked:
            self._refuse_properties(event)
        text = event.value
        if len(text) > MOST_CHARACTERS:
            self._refuse(
                event,
                Text(
                    f"teksti on liian pitkä: enintään {MOST_CHARACTERS} merkkiä",
                    f"the text is too long: at most {MOST_CHARACTERS} characters",
                ),
            )
        style = event.style
        if style == '"' or not self._plain_ascii:
            text = self._checked(text, style, event)
        if self._expects_key():
            self._begin(text, event)
            return
        mark = event.start_mark
        path = self._add(text)
        self._places[path] = (mark.line + 1, mark.column + (2 if style in _QUOTES else 1))
        if marked:
            self._problems.unreliable.add(path)
        elif not style:
            self._type(path, text, event)

    def _mapping(self, event: _Event) -> None:
        again = None if self._path or self._key is None else self._root.get(self._key)
        self._enter(again if type(again) is dict else {}, event)

    def _sequence(self, event: _Event) -> None:
        self._enter([], event)

    def _leave(self, _: object) -> None:
        self._container, self._path = self._above.pop()

    # ---- steps

    def _expects_key(self) -> bool:
        return self._key is None and type(self._container) is dict

    def _enter(self, container: _Container, event: _Event) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if self._expects_key():
            self._refuse(
                event,
                Text("avaimen pitää olla tekstiä", "a key must be a string"),
                Text(
                    "kirjoita lainausmerkkeihin teksti, joka alkaa merkillä [ tai {",
                    "quote a text that begins with [ or {",
                ),
            )
        if len(self._above) >= MOST_LEVELS:
            self._refuse(
                event,
                Text(
                    f"sisäkkäisiä tasoja on yli {MOST_LEVELS}",
                    f"nested deeper than {MOST_LEVELS} levels",
                ),
            )
        path = self._add(container)
        if path not in self._keys:
            self._places[path] = (event.start_mark.line + 1, event.start_mark.column + 1)
        self._above.append((self._container, self._path))
        self._container, self._path = container, path

    def _begin(self, key: str, event: _Event) -> None:
        """Take a key; its value comes next.

        A section that is written twice is read as one; any other duplicate key is unreliable.
        """
        path = (*self._path, key)
        mark = event.start_mark
        if path in self._keys and key in self._container:
            self._duplicate(key, event, self._keys[path])
            if len(path) > 1 or key not in SECTIONS:
                self._problems.unreliable.add(path)
        elif not event.style and (key == "<<" or scalars.surprising_key(key)):
            self._surprising_key(key, event)
            self._problems.unreliable.add(self._path if key == "<<" else path)
        quoted = 2 if event.style in _QUOTES else 1
        self._keys[path] = self._places[path] = (mark.line + 1, mark.column + quoted)
        self._key = key

    def _add(self, value: object) -> Path:
        """Store a value in the current container and give its path."""
        self._nodes += 1
        if self._nodes > MOST_NODES:
            _stop(
                self._problems,
                self._source.location(self._path),
                Text(
                    f"arvoja on yli {MOST_NODES}", f"the document has more than {MOST_NODES} values"
                ),
            )
        container, key = self._container, self._key
        if key is not None:
            container[key] = value
            self._key = None
            return (*self._path, key)
        if container is None:
            self._root = value
            return ()
        container.append(value)
        return (*self._path, str(len(container) - 1))

    def _type(self, path: Path, text: str, event: _Event) -> None:
        """Replace a plain scalar by its typed value."""
        try:
            value = scalars.typed(text)
        except scalars.Surprise:
            self._surprising_value(path, text, event)
            return
        if value is not text:
            self._replace(path, value)

    def _replace(self, path: Path, value: object) -> None:
        if not path:
            self._root = value
        elif type(self._container) is dict:
            self._container[path[-1]] = value
        else:
            self._container[-1] = value

    # ---- refusals

    def _checked(self, text: str, style: str | None, event: _Event) -> str:
        """The text in NFC, after checking what escapes and soft hyphens brought in.

        Soft hyphens outside labels are reported and removed.
        """
        if style == '"':
            found = characters.refused_at(text)
            if found is not None:
                message = characters.refusal_of(text[found])
                self._refuse(event, message, characters.HINT)
        if characters.SOFT_HYPHEN in text:
            expected = self._key is not None or type(self._container) is list
            path = (*self._path, self._key or "0")
            if not expected or not characters.holds_label(path):
                message = characters.refusal_of(characters.SOFT_HYPHEN)
                self._report_at(event, "yaml", message, characters.HINT)
                text = text.replace(characters.SOFT_HYPHEN, "")
        return text if self._composed and style != '"' else unicodedata.normalize("NFC", text)

    def _refuse(self, event: _Event, message: Text, hint: Text | None = None) -> NoReturn:
        """Report a problem and stop reading."""
        self._report_at(event, "yaml", message, hint)
        raise _Stop

    def _report_at(
        self,
        event: _Event,
        code: str,
        message: Text,
        hint: Text | None = None,
    ) -> None:
        mark, width = event.start_mark, 1
        if event.end_mark.line == mark.line:
            width = max(1, event.end_mark.column - mark.column)
        location = self._source.at(self._path, mark.line + 1, mark.column + 1, width)
        self._problems.add_at(code, location, message, hint)
        if len(self._problems.findings) >= _MOST_FINDINGS:
            raise _Stop

    def _refuse_properties(self, event: _Event) -> None:
        if event.anchor is not None:
            self._report_at(
                event,
                "yaml",
                Text(
                    f"nimetyt kohdat (&{as_written(event.anchor)}) eivät ole sallittuja",
                    f"anchors (&{as_written(event.anchor)}) are not allowed",
                ),
                _JUST_LEAVE_OUT,
            )
        else:
            self._report_at(
                event,
                "yaml",
                Text(
                    f"tyyppimerkinnät ({as_written(event.tag)}) eivät ole sallittuja",
                    f"tags ({as_written(event.tag)}) are not allowed",
                ),
                Text(
                    "poista se; kirjoita huutomerkillä alkava teksti lainausmerkkeihin",
                    "remove it; quote a text that begins with an exclamation mark",
                ),
            )

    def _refuse_alias(self, event: _Event) -> None:
        self._report_at(
            event,
            "yaml",
            Text(
                f"viittaukset (*{as_written(event.anchor)}) eivät ole sallittuja",
                f"aliases (*{as_written(event.anchor)}) are not allowed",
            ),
            Text("kirjoita sisältö tähän", "write the content here"),
        )

    def _duplicate(self, key: str, event: _Event, first: tuple[int, int]) -> None:
        self._report_at(
            event,
            "duplicate",
            Text(
                f"`{as_written(key)}` on jo rivillä {first[0]}",
                f"`{as_written(key)}` is already defined on line {first[0]}",
            ),
            Text(
                "poista toinen tai anna sille oma nimi", "remove one, or give it a name of its own"
            ),
        )

    def _surprising_key(self, key: str, event: _Event) -> None:
        if key == "<<":
            self._report_at(
                event,
                "yaml",
                Text(
                    "yhdistävät avaimet (<<) eivät ole sallittuja",
                    "merge keys (<<) are not allowed",
                ),
                Text("kirjoita avaimet tähän", "write the keys here"),
            )
        elif key:
            self._report_at(
                event,
                "yaml",
                Text(
                    f"YAML 1.1 ei lue avainta `{key}` tekstiksi",
                    f"YAML 1.1 does not read the key `{key}` as text",
                ),
                Text(f'kirjoita "{key}"', f'write "{key}"'),
            )
        else:
            self._report_at(event, "yaml", Text("avain puuttuu", "the key is missing"))

    def _surprising_value(self, path: Path, text: str, event: _Event) -> None:
        self._problems.unreliable.add(path)
        if not text:
            name = f"`{as_written(path[-1])}:`" if path and type(self._container) is dict else "-"
            self._report_at(
                event,
                "yaml",
                Text(f"kohdasta {name} puuttuu arvo", f"there is no value after {name}"),
                Text(
                    "kirjoita arvo; tyhjä kohta on {}, tyhjä luettelo []",
                    "write a value; an empty entry is {}, an empty list []",
                ),
            )
            return
        self._report_at(
            event,
            "yaml",
            Text(
                f"`{as_written(text)}` ilman lainausmerkkejä voi tarkoittaa muutakin kuin tekstiä",
                f"`{as_written(text)}` without quotes can be read as something other than text",
            ),
            instead_of(text),
        )

    def _broken(self, error: Exception) -> NoReturn:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        location = self._source.location(self._path)
        if mark is not None:
            location = self._source.at(self._path, mark.line + 1, mark.column + 1)
        message = str(getattr(error, "problem", None) or error)
        texts, hint = syntax_problem(message, location.excerpt[(location.column or 1) - 1 :][:1])
        # An empty value at the position of the syntax error is a consequence of it.
        before = (
            found for found in self._problems.findings if str(found.location) != str(location)
        )
        self._problems.findings = list(before)
        _stop(self._problems, location, texts, hint)

    def _no_mapping(self) -> NoReturn:
        empty = not self._documents
        _stop(
            self._problems,
            self._source.at((), 1, 1),
            Text(
                "tiedosto on tyhjä" if empty else "määritelmä ei ole joukko avaimia ja arvoja",
                "the file is empty"
                if empty
                else "the definition is not a mapping of keys to values",
            ),
            Text(
                "määritelmä alkaa rivillä `ohjausprosessi: 1`",
                "a definition begins with the line `ohjausprosessi: 1`",
            ),
        )


_QUOTES = frozenset({"'", '"'})
_JUST_LEAVE_OUT = Text("poista merkintä", "remove it")
