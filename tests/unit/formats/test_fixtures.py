"""Each load error of the text: the invalid fixtures show it and nothing else, the valid nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from check_pages import MEANINGLESS, UNREADABLE, is_whole, load_error_example, page
from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import loads_definition
from places import CHECK_FOLDERS

if TYPE_CHECKING:
    from pathlib import Path

OF_THE_TEXT = (
    "yaml",
    "key",
    "duplicate",
    "id",
    "name",
    "value",
    "guard",
    "rule-keys",
    "version",
    "extends",
)
OF_THE_MEANING = ("call-cycle", "guard-info")
CODES = OF_THE_TEXT + OF_THE_MEANING
FIXTURES = sorted(path for code in CODES for path in (CHECK_FOLDERS / code).glob("*valid-*.yaml"))
INVALID = [path for path in FIXTURES if path.name.startswith("invalid-")]
VALID = [path for path in FIXTURES if path.name.startswith("valid-")]


def short(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def refused(path: Path) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        loads_definition(path.read_bytes(), name=path.name, folder=path.parent)
    return caught.value


def test_every_code_has_both_fixtures() -> None:
    assert {path.parent.name for path in INVALID} == set(CODES)
    assert [path.name.removeprefix("in") for path in INVALID] == [path.name for path in VALID]


@pytest.mark.parametrize("path", INVALID, ids=short)
def test_an_invalid_fixture_is_refused_for_its_own_reason_only(path: Path) -> None:
    for finding in refused(path).findings:
        assert finding.code == path.parent.name, finding
        assert finding.severity == "error"
        assert finding.location.line is not None
        assert finding.location.pointer()
        assert finding.message.fi != finding.message.en
        assert finding.hint is not None


@pytest.mark.parametrize("path", VALID, ids=short)
def test_a_valid_fixture_loads(path: Path) -> None:
    assert loads_definition(path.read_bytes(), folder=path.parent).id == "neuvonta"


@pytest.mark.parametrize("code", CODES)
def test_a_page_shows_its_fixture_and_message(code: str) -> None:
    is_whole(code, MEANINGLESS, UNREADABLE)
    assert page(code).endswith(load_error_example(code))
