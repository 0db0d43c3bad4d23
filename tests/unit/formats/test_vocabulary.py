"""Templates, reserved words, countries."""

from __future__ import annotations

import re

import pytest

from ohjausprosessi.formats.vocabulary import COUNTRIES, RESERVED
from ohjausprosessi.rules.templates import TEMPLATES
from places import ROOT

PAGE = (ROOT / "docs" / "format.md").read_text("utf-8")


def test_the_page_lists_the_templates_with_their_keys() -> None:
    for name, template in TEMPLATES.items():
        taken = f" [{' '.join(template.takes)}]" if template.takes else ""
        assert f"| {name} | {' '.join(template.needs)}{taken} |" in PAGE


def test_the_page_lists_the_reserved_words() -> None:
    listed = re.search(r"reserved words `([^`]*)`", PAGE)
    assert listed is not None
    assert set(listed[1].split()) == RESERVED


def test_the_countries_are_those_whose_holidays_are_known() -> None:
    holidays = pytest.importorskip("holidays")
    known = set(holidays.list_supported_countries(include_aliases=False))
    assert known >= COUNTRIES
