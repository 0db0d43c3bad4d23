"""Each restriction: the invalid fixtures break it and nothing else, the valid ones nothing; one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from check_pages import MEANINGLESS, is_whole, load_error_example, page
from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import loads_definition
from ohjausprosessi.wellformedness import CHECKS, problems
from places import CHECK_FOLDERS

if TYPE_CHECKING:
    from pathlib import Path

    from ohjausprosessi.model import Definition

from places import PAGES

FIXTURES = sorted(path for code in CHECKS for path in (CHECK_FOLDERS / code).glob("*.yaml"))
INVALID = [path for path in FIXTURES if path.name.startswith("invalid-")]
VALID = [path for path in FIXTURES if path.name.startswith("valid-")]


def short(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def load(path: Path) -> Definition:
    return loads_definition(path.read_text("utf-8"), name=path.name, folder=path.parent)


def test_every_check_is_named_after_its_code_and_has_both_fixtures() -> None:
    assert [check.__name__.replace("_", "-") for check in CHECKS.values()] == list(CHECKS)
    assert {path.parent.name for path in INVALID} == set(CHECKS)
    assert [path.name.removeprefix("in") for path in INVALID] == [path.name for path in VALID]


@pytest.mark.parametrize("path", INVALID, ids=short)
def test_an_invalid_fixture_is_refused_for_its_own_reason_only(path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        load(path)
    assert {finding.code for finding in caught.value.findings} == {path.parent.name}
    for finding in caught.value.findings:
        assert finding.severity == "error"
        assert finding.location.line is not None
        assert finding.message.fi != finding.message.en
        assert finding.hint is not None


@pytest.mark.parametrize("path", VALID, ids=short)
def test_a_valid_fixture_has_a_meaning(path: Path) -> None:
    assert problems(load(path)) == ()


@pytest.mark.parametrize("code", CHECKS)
def test_a_page_shows_its_fixture_and_message(code: str) -> None:
    is_whole(code, MEANINGLESS)
    assert page(code).endswith(load_error_example(code))


def test_there_is_no_page_of_a_load_error_that_is_not_checked() -> None:
    pages = {path.stem for path in PAGES.glob("*.md") if MEANINGLESS in path.read_text("utf-8")}
    formats = {"call-cycle", "guard-info"}  # of the meaning too, but seen while a file is read
    assert pages - formats == set(CHECKS)
