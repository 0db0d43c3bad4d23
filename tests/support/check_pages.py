"""The parts of ``docs/checks/<code>.md`` that are not prose."""

from __future__ import annotations

from difflib import ndiff

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import loads_definition
from places import CHECK_FOLDERS, PAGES

HEADINGS = ("## Why", "## What to do", "## Example")
MEANINGLESS = "Load error: a definition with this problem has no meaning and cannot be run."
UNREADABLE = "Load error: the text is no definition, so there is nothing to run."


def page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text("utf-8")


def is_whole(code: str, *severities: str) -> None:
    """Assert that a page says what is wrong, then how severe it is, why, and what to do."""
    title, wrong, severity, *_ = page(code).split("\n\n")
    assert title == f"# {code}"
    assert wrong.endswith(".")
    assert wrong[0].isupper() or wrong[0] == "`"
    assert severity.startswith(severities), severity
    for heading in HEADINGS:
        assert page(code).count(heading) == 1


def load_error_example(code: str) -> str:
    """How the first pair of fixtures differs, and the message."""
    invalid = min((CHECK_FOLDERS / code).glob("invalid-*.yaml"))
    valid = invalid.with_name(invalid.name.removeprefix("in"))
    lines = list(
        ndiff(valid.read_text("utf-8").splitlines(), invalid.read_text("utf-8").splitlines())
    )
    lines = [line.rstrip() for line in lines if not line.startswith("?")]
    changed = [index for index, line in enumerate(lines) if line[0] in "+-"]
    part = lines[max(0, changed[0] - 3) : changed[-1] + 2]
    with pytest.raises(DefinitionError) as caught:
        loads_definition(invalid.read_bytes(), name=invalid.name, folder=invalid.parent)
    message = caught.value.text("en")
    return "\n".join(["```diff", *part, "```", "", "```text", message, "```", ""])
