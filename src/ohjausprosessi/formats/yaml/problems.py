"""Collects the problems of one document, so that all are reported together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text, suggestion
from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats.yaml.scalars import bare
from ohjausprosessi.text.suggest import close_match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ohjausprosessi.diagnostics import Location
    from ohjausprosessi.formats.yaml.positions import Path, Source

_MOST_GUESSES = 20  # comparing names is slow, and more suggestions help nobody

# The remedy of a problem that names none of its own.
_REMEDIES = {
    "yaml": Text(
        "docs/format.md näyttää, miten määritelmä kirjoitetaan",
        "docs/format.md shows how a definition is written",
    ),
    "key": Text(
        "lisää avain; docs/format.md selittää sen", "add the key; docs/format.md explains it"
    ),
    "id": Text("valitse tunnus kuten `uusi_tila`", "choose an id such as `new_state`"),
    "name": Text("lisää se tai korjaa nimi", "add it, or correct the name"),
    "value": Text(
        "docs/format.md kertoo, mitä arvoja avain ottaa",
        "docs/format.md says what values the key takes",
    ),
    "guard": Text(
        "docs/guards.md kertoo, miten ehto kirjoitetaan",
        "docs/guards.md says how a guard is written",
    ),
    "guard-info": Text("kysy has(…)", "ask has(…)"),
    "rule-keys": Text("lisää avain", "add the key"),
}


class Problems:
    """The problems of one document.

    Of several problems at one place only the first is kept, since the others follow from it.

    Attributes:
        source: the document.
        findings: the problems, in the order they were found.
        unreliable: paths whose value is unknown, because it was refused and reported; further
            problems there or below would only follow from it and are dropped.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self.unreliable: set[Path] = set()
        self._elsewhere: list[Finding] = []
        self._reported: set[tuple[Path, bool]] = set()
        self._guesses = 0

    def add(
        self,
        code: str,
        path: Path,
        message: Text,
        *,
        hint: Text | None = None,
        key: bool = False,
    ) -> None:
        """Report a problem of a value, or of its key."""
        if (path, key) not in self._reported and not self.is_unreliable(path):
            self._reported.add((path, key))
            self.add_at(code, self.source.location(path, key=key), message, hint)

    def add_quoted(self, code: str, path: Path, fits: Callable[[bool | int], bool]) -> bool:
        """Report a string whose quotes are the mistake; the result says whether they are."""
        text = self.source.value(path)
        meant = bare(text) if isinstance(text, str) else None
        if not isinstance(meant, (bool, int)) or not fits(meant):
            return False
        if not self.is_unreliable(path):
            self.add_at(
                code,
                self.source.quoted(path),
                Text(
                    f'`"{text}"` on lainausmerkkien takia tekstiä',
                    f'`"{text}"` is a string because of its quotes',
                ),
                Text(
                    f"kirjoita se ilman lainausmerkkejä: {text}",
                    f"write it without quotes: {text}",
                ),
            )
        return True

    def add_at(
        self, code: str, location: Location, message: Text, hint: Text | None = None
    ) -> None:
        """Report a problem at an exact location."""
        self.findings.append(Finding.error(code, location, message, hint or _REMEDIES[code]))

    def add_of_others(self, findings: Iterable[Finding]) -> None:
        """Add the problems of called processes, which come after those of this document."""
        self._elsewhere.extend(findings)

    def is_unreliable(self, path: Path) -> bool:
        """Whether a path, or one above it, is unreliable."""
        return bool(self.unreliable) and any(
            path[:length] in self.unreliable for length in range(len(path) + 1)
        )

    def nearest(self, word: str, known: Iterable[str]) -> str | None:
        """The known name most like a word; None for no match, and after too many attempts."""
        self._guesses += 1
        return None if self._guesses > _MOST_GUESSES else close_match(word, known)

    def suggestion_for(self, word: str, known: Iterable[str]) -> Text | None:
        """The remedy "did you mean …?" for a misspelt word; None without a close match."""
        return suggestion(self.nearest(word, known))

    def raise_if_any(self) -> None:
        """Raise all problems, in the order of the file.

        Raises:
            DefinitionError: if there are any.
        """
        found = [*in_order(self.findings), *self._elsewhere]
        if found:
            raise DefinitionError(dict.fromkeys(found))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings sorted by line and column; those without a line keep their order."""
    return sorted(
        findings, key=lambda found: (found.location.line or 0, found.location.column or 0)
    )
