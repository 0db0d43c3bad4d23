"""Characters that are refused, and those allowed where people read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats.yaml.scanner import read

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding


def findings(raw: str | bytes, *, fast: bool = True) -> tuple[Finding, ...]:
    try:
        return tuple(read(raw, "x.yaml", fast=fast).findings)
    except DefinitionError as error:
        return error.findings


@pytest.mark.parametrize("character", ["\u202e", "\x1b", "\ud800"])
def test_a_refused_character_is_not_shown_in_its_line(character: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(f"a: b{character}c\n", "<text>")
    assert "a: b\N{REPLACEMENT CHARACTER}c\n        ^" in caught.value.text("en")
    assert character not in caught.value.text("en")


def test_soft_hyphens_are_allowed_where_people_read() -> None:
    text = (
        "title: Ohjaus\u00adprosessi\n"
        "f:\n  inferred: {fi: a\u00adb}\n  values: {x: {fi: c\u00add}, y: e\u00adf}\n"
    )
    assert findings(text) == ()
