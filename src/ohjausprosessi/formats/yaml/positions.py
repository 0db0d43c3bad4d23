"""A document as read: its data, its lines, and the position of every key and value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ohjausprosessi.diagnostics import Location
from ohjausprosessi.model import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

Path = tuple[str, ...]
Place = tuple[int, int]


@dataclass(slots=True)
class Source:
    """One document.

    Attributes:
        name: file name, or ``<text>``; None for a definition given as data.
        lines: the lines of the text; empty for data.
        data: the content as plain data.
        places: path of keys to line and column, from 1: of a scalar its first character, of a
            mapping or list its key, without a key its opening.
        keys: path of keys to line and column of its last key.
    """

    name: str | None
    lines: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def origin(self) -> Origin:
        """The positions that the definition keeps for later findings."""
        return Origin(self.name, self.places, self.lines)

    def at(self, element: Path, line: int, column: int, width: int = 1) -> Location:
        """A place given by line and column, from 1."""
        return Location.in_lines(element, self.name, self.lines, (line, column), width)

    def location(self, path: Path, *, key: bool = False) -> Location:
        """The place of a value, or of its key; else that of the nearest enclosing entry."""
        table: Mapping[Path, Place] = self.keys if key else self.places
        found = path
        while found and found not in table:
            found, table = found[:-1], self.places
        if found not in table:
            return Location(path, self.name)
        return Location.in_lines(path, self.name, self.lines, table[found])

    def quoted(self, path: Path) -> Location:
        """The place of a text, its quotes included."""
        location = self.location(path)
        column = location.column or 1
        if location.excerpt[column - 2 : column - 1] not in {"'", '"'}:
            return location
        return replace(location, column=column - 1, width=location.width + 2)

    def inside(self, path: Path, start: int, end: int) -> Location:
        """The place of a part of a text, which may span several lines.

        Args:
            path: where the text is.
            start: where the part begins in it, from 0.
            end: where it ends, exclusive.
        """
        text = self.value(path)
        if path not in self.places or not isinstance(text, str):
            return self.location(path)
        spots = self._spots(path, text)
        part = [spot for spot in spots[start:end] if spot is not None]
        if not part:  # something is missing: point behind the character before it
            before = [spot for spot in spots[:start] if spot is not None]
            part = [(line, column + 1) for line, column in before[-1:]]
        if not part:
            return self.location(path)
        line, column = part[0]
        return self.at(path, line, column, sum(spot[0] == line for spot in part))

    def value(self, path: Path) -> object:
        """The value at a path; None if there is none."""
        found: object = self.data
        for step in path:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
                found = found[int(step)]
            else:
                return None
        return found

    def _spots(self, path: Path, text: str) -> list[Place | None]:
        """The position of each character of a text; None for those that folding produced.

        YAML folds spaces and line breaks; all other characters appear in the file in this order.
        """
        line, column = self.places[path]
        if self.lines[line - 1][column - 1 : column] in {"|", ">"}:
            line, column = line + 1, 1
        spots: list[Place | None] = []
        for character in text:
            if character in " \n":
                spots.append(None)
                continue
            while line <= len(self.lines):
                found = self.lines[line - 1].find(character, column - 1)
                if found >= 0:
                    break
                line, column = line + 1, 1
            else:
                return [None] * len(text)
            spots.append((line, found + 1))
            column = found + 2
        for index in range(1, len(spots)):
            before = spots[index - 1]
            if spots[index] is None and text[index] == " " and before is not None:
                spots[index] = (before[0], before[1] + 1)
        return spots
