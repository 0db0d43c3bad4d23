"""Parses the guards of a document against its facts, and locates mistakes in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ohjausprosessi.guards import GuardError, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ohjausprosessi.formats.load.validate import Entries
    from ohjausprosessi.formats.schema.document import Document
    from ohjausprosessi.formats.yaml.positions import Path
    from ohjausprosessi.formats.yaml.problems import Problems
    from ohjausprosessi.model import Fact, Info

_WORD = re.compile(r"[A-Za-z_]\w*")


def check_guards(
    problems: Problems, entries: Entries, facts: Mapping[str, Fact], info: Mapping[str, Info]
) -> None:
    """Report every guard that does not parse or type-check.

    A guard that reads an invalid fact is skipped, since the fact has been reported already.
    """
    if "facts" in entries.missing_sections or "info" in entries.missing_sections:
        return
    broken = entries.broken()
    fine: set[str] = set()
    for path, text in _guards(entries.document):
        if text in fine or (broken and not broken.isdisjoint(_WORD.findall(text))):
            continue
        try:
            parse(text, facts=facts, info=info)
        except GuardError as error:
            location = problems.source.inside(path, error.start, error.end)
            problems.add_at(error.code, location, error.message, error.hint)
        else:
            fine.add(text)


def _guards(document: Document) -> Iterator[tuple[Path, str]]:
    for section in ("services", "transitions", "rules"):
        for identifier, entry in getattr(document, section).items():
            if entry.if_ is not None:
                yield (section, identifier, "if"), entry.if_
    for identifier, rule in document.rules.items():
        if rule.holds is not None and rule.rule != "ltlf":
            yield ("rules", identifier, "holds"), rule.holds
