"""The sentences of the command line: both languages say the same."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping

import pytest

from ohjausprosessi.cli import messages
from ohjausprosessi.diagnostics import Text


def texts() -> Iterator[tuple[str, Text]]:
    def within(value: object) -> Iterator[Text]:
        if isinstance(value, Text):
            yield value
        elif isinstance(value, Mapping):
            for part in value.values():
                yield from within(part)
        elif isinstance(value, tuple):
            for part in value:
                yield from within(part)

    for name, value in vars(messages).items():
        if name.isupper():
            for text in within(value):
                yield name, text


@pytest.mark.parametrize(("name", "text"), list(texts()))
def test_both_languages_take_the_same_values(name: str, text: Text) -> None:
    def fields(template: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(template) if field}

    assert fields(text.fi) == fields(text.en), name
    assert text.fi.strip(), name
    assert text.en.strip(), name
