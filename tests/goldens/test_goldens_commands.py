"""What every command prints, in both languages, on good and bad input."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from golden import LANGUAGES, command, nothing_is_left, same
from golden_commands import COMMANDS, PLAIN, in_language, listing, write_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    write_files(tmp_path)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_prints(name: str, language: str, here: Path) -> None:
    before = set(listing(here))
    shown = [
        command(in_language(arguments, language), lines, here)
        for arguments, lines in COMMANDS[name]
    ]
    shown.append("".join(f"+ {path}\n" for path in listing(here) if path not in before))
    same(f"cli/{name}.{language}.txt", "\n".join(shown))


def test_help_and_misuse(here: Path) -> None:
    same("cli/plain.txt", "\n".join(command(arguments, None, here) for arguments, _ in PLAIN))


def test_the_schema(here: Path) -> None:
    told = command(["schema"], None, here)
    same("cli/schema.sha256", f"{hashlib.sha256(told.encode()).hexdigest()}\n")


def test_no_golden_is_left_over() -> None:
    names = [f"{name}.{language}.txt" for name in COMMANDS for language in LANGUAGES]
    nothing_is_left("cli", [*names, "plain.txt", "schema.sha256"])
