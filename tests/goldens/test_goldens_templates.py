"""Every message template of the source, by its text and not by its place."""

from __future__ import annotations

from golden import SOURCES, same
from golden_templates import loose, raised, templates


def test_templates_in_two_languages() -> None:
    pairs = templates(SOURCES)
    assert len(pairs) > 500
    lines = [f"fi {fi!r}\nen {en!r}\n" for fi, en in pairs]
    same("templates.txt", "\n".join(lines))


def test_texts_chosen_by_language_where_they_are_made() -> None:
    same("templates-loose.txt", "".join(f"{text!r}\n" for text in loose(SOURCES)))


def test_exceptions_in_one_language() -> None:
    same("templates-raised.txt", "".join(f"{text}\n" for text in raised(SOURCES)))
