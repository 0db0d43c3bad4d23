"""Every check: its fixtures, its page, its words; and both processes have no error."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from check_pages import is_whole, page
from ohjausprosessi.formats import load_definition, loads_definition, shipped_ids
from ohjausprosessi.verify import CHECKS, RULE_CHECKS, findings
from ohjausprosessi.verify.checks import registry
from places import CHECK_FOLDERS

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition

MARKS = {
    "error": "Error: the definition has a meaning, but is wrong.",
    "warning": "Warning: the definition runs; somebody should look at this.",
}
ALL = {**CHECKS, **RULE_CHECKS}


# Modules of the room that hold no check.
NO_CHECKS = {"__init__", "registry", "evidence", "exit_choices"}


INVALID = sorted(path for code in ALL for path in (CHECK_FOLDERS / code).glob("invalid-*.yaml"))
VALID = sorted(path for code in ALL for path in (CHECK_FOLDERS / code).glob("valid-*.yaml"))


# What is wrong in these fixtures has a second consequence that is found, too.
CONSEQUENCES = {
    "choice-incomplete": {"choice-waits"},
    "unsafe": {"no-way-to-end"},
    "no-way-to-end": {"dead-transition"},
    "from-ambiguous": {"unsafe"},
}


def short(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def load(path: Path) -> Definition:
    return loads_definition(path.read_text("utf-8"), name=path.name, folder=path.parent)


@cache
def found(path: Path) -> tuple[Finding, ...]:
    return findings(load(path), prove_rules=True)


def test_every_check_is_named_after_its_code_and_has_both_fixtures() -> None:
    modules = {path.stem for path in Path(registry.__file__).parent.glob("*.py")}
    assert modules == {code.replace("-", "_") for code in ALL} | NO_CHECKS
    for check in ALL.values():
        assert check.__module__.endswith(f".{check.__name__}")
    assert {path.parent.name for path in INVALID} == set(ALL)
    assert {path.parent.name for path in VALID} == set(ALL)


@pytest.mark.parametrize("path", INVALID, ids=short)
def test_an_invalid_fixture_has_its_finding(path: Path) -> None:
    code = path.parent.name
    codes = {finding.code for finding in found(path)} - {"untraced"} | {code}
    assert codes <= {code} | CONSEQUENCES.get(code, set())
    own = [finding for finding in found(path) if finding.code == code]
    assert own
    for finding in own:
        assert finding.location.line is not None
        assert finding.message.fi != finding.message.en


@pytest.mark.parametrize("path", VALID, ids=short)
def test_a_valid_fixture_has_none(path: Path) -> None:
    codes = {finding.code for finding in found(path)}
    assert codes <= ({"untraced"} if path.parent.name != "untraced" else set())


@pytest.mark.parametrize("code", ALL)
def test_a_page_shows_the_message_of_its_fixture(code: str) -> None:
    path = min((CHECK_FOLDERS / code).glob("invalid-*.yaml"))
    first = next(finding for finding in found(path) if finding.code == code)
    severity = "warning" if code == "untraced" else first.severity
    is_whole(code, MARKS[severity])
    assert page(code).endswith(f"```text\n{first.text('en')}\n```\n")


def test_findings_come_in_the_order_of_the_file() -> None:
    path = CHECK_FOLDERS / "unsafe" / "invalid-branches_meet_in_a_state.yaml"
    lines = [finding.location.line for finding in found(path)]
    assert lines == sorted(line or 0 for line in lines)


@pytest.mark.parametrize("process", shipped_ids())
def test_a_shipped_process_has_no_error(process: str) -> None:
    assert [f.text("en") for f in findings(load_definition(process)) if f.severity == "error"] == []
