"""The generated pages are those the generator writes, and every rule and check has its own."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from ohjausprosessi import verify, wellformedness
from places import ROOT

if TYPE_CHECKING:
    from types import ModuleType


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_up_to_date() -> None:
    for page, write in generator().PAGES.items():
        assert page.read_text(encoding="utf-8") == write(), f"{page.name}: run make docs"


def test_every_rule_has_a_test() -> None:
    rows = [line for line in generator().index_of_tests().splitlines() if line.startswith("| ")]
    assert [row for row in rows if row.endswith("| – |")] == []


def test_every_check_has_a_page_and_fixtures() -> None:
    for code in [*wellformedness.CHECKS, *verify.CHECKS]:
        assert (ROOT / "docs" / "checks" / f"{code}.md").is_file(), code
        folder = ROOT / "tests" / "checks" / code
        assert list(folder.glob("valid-*.yaml")), code
        assert list(folder.glob("invalid-*.yaml")), code
