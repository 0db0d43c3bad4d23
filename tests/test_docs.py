"""What the documentation shows is what happens: examples, commands, outputs and links.

A block of commands is run in a folder that looks like the project's. A block of output names the
command it comes from in a comment before it, ``<!-- output of: ohjausprosessi … -->``. What cannot
be run says so, ``<!-- not run: why -->``; how many there are is counted.
"""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import tomllib
from typing import TYPE_CHECKING, NamedTuple

import pytest
from typer.testing import CliRunner

import ohjausprosessi as op
from ohjausprosessi.cli.app import app
from places import PROCESSES, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
CHECKS = ROOT / "docs" / "checks"  # their examples are held by the tests of the checks
BLOCK = re.compile(
    r"^(?:<!-- (?P<note>.*?) -->\n+)?```(?P<language>\w*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
COMMANDS = ("ohjausprosessi ", "make ", "pip ", "pytest ")
# What a page shows of a file of the reader's own.
FILES = {
    "my_process.yaml": """\
ohjausprosessi: 1
id: my_process
version: "1"
responsible: kunta
start: alku
owners: {kunta: {}}
roles: {ohjaaja: {owner: kunta}}
states:
  alku: {owner: kunta}
  loppu: {kind: end, owner: kunta}

transitions:
  paata: {from: allku, to: loppu, by: ohjaaja}
"""
}


class Block(NamedTuple):
    """A fenced block of a page, with the comment before it."""

    page: str
    number: int
    note: str
    language: str
    body: str

    @property
    def id(self) -> str:
        """How pytest calls it."""
        return f"{self.page}-{self.number}"

    @property
    def commands(self) -> list[list[str]]:
        """The words of each line, if all are commands; of a page without a language or of text."""
        lines = [line for line in self.body.splitlines() if line.strip()]
        if self.language in {"", "sh", "text"} and all(line.startswith(COMMANDS) for line in lines):
            return [shlex.split(line, comments=True) for line in lines]
        return []


def blocks() -> Iterator[Block]:
    """Every fenced block of the pages that people write by hand."""
    for page in PAGES:
        if page.parent != CHECKS:
            found = BLOCK.finditer(page.read_text(encoding="utf-8"))
            for number, match in enumerate(found, 1):
                note, language, body = match.group("note", "language", "body")
                yield Block(page.name, number, note or "", language, body)


BLOCKS = list(blocks())


def examples(language: str) -> list[object]:
    """The blocks of a language, for pytest."""
    return [pytest.param(b.body, id=b.id) for b in BLOCKS if b.language == language]


def commands() -> list[object]:
    """Each command that a page shows, for pytest."""
    return [
        pytest.param(words, id=f"{block.id}-{words[0]}-{words[1]}")
        for block in BLOCKS
        for words in block.commands
        if not block.note.startswith("not run")
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the processes and what `make demo` writes."""
    made = tmp_path_factory.mktemp("project")
    shutil.copytree(PROCESSES, made / "processes")
    done = CliRunner().invoke(app, ["demo", "--output", str(made / "build" / "demo")])
    assert done.exit_code == 0, done.output
    for name, text in FILES.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def invoke(words: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Run a command of the page where it belongs, patterns of file names laid out as a shell does."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    laid_out = [
        name
        for word in words[1:]
        for name in (sorted(map(str, folder.glob(word))) if "*" in word else [word])
    ]
    return CliRunner().invoke(app, laid_out, input="")


@pytest.mark.parametrize("body", examples("python"))
def test_python_examples_run(
    body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(body, "<example>", "exec"), {"__name__": "example"})  # noqa: S102
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("page", sorted({b.page for b in BLOCKS if b.language == "pycon"}))
def test_sessions_say_what_is_shown(page: str) -> None:
    text = "\n".join(b.body for b in BLOCKS if b.page == page and b.language == "pycon")
    session = doctest.DocTestParser().get_doctest(text, {}, page, page, 0)
    told: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=told.append)
    assert results.attempted > 0
    assert results.failed == 0, "".join(told)


@pytest.mark.parametrize("body", examples("yaml"))
def test_whole_definitions_load(body: str) -> None:
    if body.startswith(("ohjausprosessi:", "# yaml-language-server")):
        assert op.loads(body).states


@pytest.mark.parametrize("words", commands())
def test_commands_are_understood(
    words: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    match words:
        case ["ohjausprosessi", *_]:
            done = invoke(words, folder, monkeypatch)
            assert done.exit_code in {0, 1}, done.output  # 1: a finding; 2: misuse
            assert done.exception is None or isinstance(done.exception, SystemExit)
        case ["make", target, *_]:
            assert re.search(
                rf"^{target}:.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
            )
        case ["pip", "install", what]:
            project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
            name, _, extra = what.rstrip("]").partition("[")
            assert name == project["name"]
            assert not extra or extra in project["optional-dependencies"]
        case _:
            pytest.fail(f"mark it <!-- not run: why -->: {words}")


@pytest.mark.parametrize(
    "block", [b for b in BLOCKS if b.note.startswith("output of: ")], ids=lambda block: block.id
)
def test_outputs_are_those_shown(
    block: Block, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = invoke(shlex.split(block.note.removeprefix("output of: ")), folder, monkeypatch)
    told = [line.rstrip() for line in done.output.splitlines() if line.strip()]
    assert [line for line in block.body.splitlines() if line.strip()] == told


def test_every_block_is_held_by_a_test_or_says_why_not() -> None:
    loose = [
        block
        for block in BLOCKS
        if block.language in {"", "sh", "text"}
        if not block.commands
        if not block.note.startswith("output of: ")
    ]
    assert [block.id for block in loose if not block.note.startswith("not run: ")] == []
    assert sum(block.note.startswith("not run: ") for block in BLOCKS) == 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link
