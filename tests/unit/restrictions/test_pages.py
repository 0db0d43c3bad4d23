"""Each restriction has one page, whose example is the fixture and what the library says of it."""

from __future__ import annotations

from difflib import ndiff

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import loads_definition
from ohjausprosessi.wellformedness import CHECKS
from places import PAGES, ROOT

MARK = "Load error: a definition with this problem has no meaning and cannot be run."


def example(code: str) -> str:
    """Return the example of a page: how the first pair of fixtures differs, and the message."""
    invalid = min((ROOT / "tests" / "checks" / code).glob("invalid-*.yaml"))
    valid = invalid.with_name(invalid.name.removeprefix("in"))
    lines = list(
        ndiff(valid.read_text("utf-8").splitlines(), invalid.read_text("utf-8").splitlines())
    )
    lines = [line.rstrip() for line in lines if not line.startswith("?")]
    changed = [index for index, line in enumerate(lines) if line[0] in "+-"]
    part = lines[max(0, changed[0] - 3) : changed[-1] + 2]
    with pytest.raises(DefinitionError) as caught:
        loads_definition(invalid.read_text("utf-8"), name=invalid.name, folder=invalid.parent)
    message = caught.value.text("en")
    return "\n".join(["```diff", *part, "```", "", "```text", message, "```", ""])


@pytest.mark.parametrize("code", CHECKS)
def test_a_page_shows_its_fixture_and_message(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text("utf-8")
    assert page.startswith(f"# {code}\n\n{MARK}")
    for heading in ("## Why", "## What to do", "## Example"):
        assert page.count(heading) == 1
    assert page.endswith(example(code))


def test_there_is_no_page_of_a_load_error_that_is_not_checked() -> None:
    pages = {page.stem for page in PAGES.glob("*.md") if MARK in page.read_text("utf-8")}
    formats = {"call-cycle", "guard-info"}  # of the meaning too, but seen while a file is read
    assert pages - formats == set(CHECKS)
