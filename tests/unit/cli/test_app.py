"""The program as the shell sees it: entry points, exit codes, closed pipes, no traceback."""

# ruff: noqa: S603  it starts the program under test

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FIRST = "tyottomyydesta_tutkintoon"
MODULE = [sys.executable, "-m", "ohjausprosessi.cli"]


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MODULE, *arguments],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_help_has_examples_for_every_command() -> None:
    overview = program("--help").stdout
    for command in ("demo", "check", "render", "show", "run", "schema"):
        assert f"  {command} " in overview
    assert (
        "Examples:\n    ohjausprosessi check processes/*.yaml" in program("check", "--help").stdout
    )


def test_the_locale_chooses_the_language() -> None:
    finnish = program("check", FIRST, LC_ALL="fi_FI.UTF-8")
    assert (finnish.returncode, finnish.stderr) == (0, "")
    assert "0 virhettä" in finnish.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["check"],
        ["check", "--lang", "sv", FIRST],
        ["check", "--report", "fi", "--format", "json", FIRST],
        ["render", FIRST],
        ["-x"],
    ],
)
def test_misuse_ends_with_2(arguments: list[str]) -> None:
    result = program(*arguments)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
class TestPosix:
    @pytest.mark.parametrize(
        "arguments", [["show", FIRST], ["show", FIRST, "--format", "json"], ["schema"]]
    )
    def test_a_reader_that_leaves_is_no_fault(self, arguments: list[str]) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as output:
            result = subprocess.run(
                [*MODULE, *arguments], check=False, stdout=output, stderr=subprocess.PIPE
            )
        assert (result.returncode, result.stderr) == (2, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
    def test_a_full_disk_is_one_error(self) -> None:
        with Path("/dev/full").open("wb") as output:
            result = subprocess.run(
                [*MODULE, "schema"], check=False, stdout=output, stderr=subprocess.PIPE, text=True
            )
        assert result.returncode == 2
        assert "Traceback" not in result.stderr
        assert result.stderr.startswith(("error: ", "virhe: "))

    def test_output_in_another_encoding_is_no_fault(self) -> None:
        result = program("check", FIRST, PYTHONIOENCODING="ascii")
        assert result.returncode == 0
        assert result.stderr == ""

    def test_control_c_ends_a_sitting(self) -> None:
        with subprocess.Popen(
            [*MODULE, "run", FIRST, "--lang", "en"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            while not process.stdout.readline().startswith(b"  Not possible yet"):
                pass
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, b"")


@pytest.mark.parametrize("name", ["typer", "rich"])
def test_without_the_extra_it_says_what_to_install(name: str) -> None:
    code = f"import sys; sys.modules[{name!r}] = None; from ohjausprosessi.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, text=True
    )
    assert result.returncode == 2
    assert 'pip install "ohjausprosessi[cli]"' in result.stderr
    assert "Traceback" not in result.stderr


def test_importing_the_library_brings_no_typer() -> None:
    code = "import sys, ohjausprosessi; ohjausprosessi.load; sys.exit('typer' in sys.modules or 'rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
