"""Each load error of the text: the invalid fixtures show it and nothing else, the valid nothing."""

from __future__ import annotations

from difflib import ndiff
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import loads_definition
from places import CHECK_FOLDERS, PAGES

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


def example(code: str) -> str:
    """Return the example of a page: how the first pair of fixtures differs, and the message."""
    invalid = min((CHECK_FOLDERS / code).glob("invalid-*.yaml"))
    valid = invalid.with_name(invalid.name.removeprefix("in"))
    lines = list(
        ndiff(valid.read_text("utf-8").splitlines(), invalid.read_text("utf-8").splitlines())
    )
    lines = [line.rstrip() for line in lines if not line.startswith("?")]
    changed = [index for index, line in enumerate(lines) if line[0] in "+-"]
    part = lines[max(0, changed[0] - 3) : changed[-1] + 2]
    message = refused(invalid).text("en")
    return "\n".join(["```diff", *part, "```", "", "```text", message, "```", ""])


@pytest.mark.parametrize("code", CODES)
def test_a_page_shows_its_fixture_and_message(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text("utf-8")
    assert page.startswith(f"# {code}\n\nLoad error: ")
    for heading in ("## Why", "## What to do", "## Example"):
        assert page.count(heading) == 1
    assert page.endswith(example(code))
