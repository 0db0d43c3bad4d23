"""What the goldens need of the library, in one place: a rename inside it is followed here only.

A golden is a reviewed file under ``tests/goldens/``. ``UPDATE_SNAPSHOTS=1`` writes them anew.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

import ohjausprosessi as op
from ohjausprosessi.cli.app import app
from ohjausprosessi.diagnostics import Location, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
GOLDENS = ROOT / "tests" / "goldens"
SOURCES = ROOT / "src" / "ohjausprosessi"
LANGUAGES = ("fi", "en")
WIDTH = 100
UPDATES = bool(os.environ.get("UPDATE_SNAPSHOTS"))

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


# ---- comparing


def same(name: str, found: str) -> None:
    """Assert that a text is what the golden of a name says; the failure is a diff."""
    path = GOLDENS / name
    if UPDATES:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
        return
    wanted = path.read_text(encoding="utf-8") if path.exists() else ""
    if found != wanted:
        lines = difflib.unified_diff(
            wanted.splitlines(),
            found.splitlines(),
            f"{name} (golden)",
            f"{name} (now)",
            "",
            "",
            3,
            "",
        )
        raise AssertionError("\n".join([*lines, "", "reviewed? UPDATE_SNAPSHOTS=1 writes it anew"]))


def same_data(name: str, found: object) -> None:
    """Assert the same of data."""
    same(name, json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def nothing_is_left(folder: str, names: Iterable[str]) -> None:
    """Assert that a folder has no golden that no test compares."""
    wanted = set(names)
    for path in sorted((GOLDENS / folder).glob("*")):
        if path.name not in wanted:
            assert UPDATES, f"{path} is compared by no test"
            path.unlink()


# ---- findings


def findings_of(path: Path) -> tuple[op.Finding, ...]:
    """Return what is wrong with a file, whether it loads or not."""
    try:
        return tuple(op.load(path).check())
    except op.DefinitionError as error:
        return error.findings


def finding_data(finding: op.Finding, folder: Path) -> dict[str, Any]:
    """Return a finding as data; what is drawn below its message in both languages."""
    where = finding.location
    drawn = {lang: finding.text(lang).split("\n") for lang in LANGUAGES}
    for lines in drawn.values():
        while lines and not lines[0].startswith("    "):
            del lines[0]
        if finding.hint is not None:
            del lines[-1]
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": where.path and str(where.path).replace(f"{folder}{os.sep}", ""),
        "line": where.line,
        "column": where.column,
        "length": where.width,
        "element": ".".join(where.element),
        **{lang: finding.message.text(lang) for lang in LANGUAGES},
        "hint": finding.hint and {lang: finding.hint.text(lang) for lang in LANGUAGES},
        "trace": list(finding.trace),
        "drawn": drawn if drawn["fi"] != drawn["en"] else drawn["en"],
    }


# ---- refusals


def refusal_data(refused: Any) -> dict[str, Any]:
    """Return a refusal, or the answer of ``explain``, as data with its text in both languages."""
    data: dict[str, Any] = {
        "code": refused.code,
        "reasons": [reason_data(reason) for reason in refused.reasons],
        "asks": list(refused.asks),
    }
    if isinstance(refused, op.Refused):
        data["options"] = list(refused.options)
        for lang in LANGUAGES:
            data[lang] = refused.text(lang).split("\n")
    else:
        for lang in LANGUAGES:
            data[lang] = [line for r in refused.reasons for line in r.text(lang).split("\n")]
    return data


def reason_data(reason: Any) -> dict[str, Any]:
    """Return a reason: its code, and what it carries by name."""
    carried = {field.name: plain(getattr(reason, field.name)) for field in fields(reason)}
    return {"code": reason.code, **carried}


def plain(value: object) -> object:
    """Return a value of a reason as JSON has it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Text):
        return {lang: value.text(lang) for lang in LANGUAGES}
    if isinstance(value, Location):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return str(value)


# ---- the command line


def command(arguments: Iterable[str], typed: str | None, folder: Path) -> str:
    """Return a command with what it answers: its exit code and both streams.

    Args:
        arguments: the command; it has to run in ``folder``.
        typed: lines of input.
        folder: the current folder, which is called ``<here>`` in what is returned.
    """
    arguments = list(arguments)
    done = CliRunner().invoke(
        app,
        arguments,
        input=typed,
        prog_name="ohjausprosessi",
        terminal_width=WIDTH,
        env={"COLUMNS": str(WIDTH), "LINES": "50", "NO_COLOR": "1", "TERM": "dumb"},
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    shown = [
        f"$ ohjausprosessi {' '.join(a if ' ' not in a and a else repr(a) for a in arguments)}"
    ]
    shown += [f"< {line}" for line in (typed or "").splitlines()]
    shown.append(f"= {done.exit_code}")
    for sign, text in (("", done.stdout), ("! ", done.stderr)):
        shown += [f"{sign}{line}".rstrip() for line in normal(text, folder).splitlines()]
    return "\n".join(shown) + "\n"


def normal(text: str, folder: Path) -> str:
    """Return a text without colours, the folders of this machine and the version."""
    text = _ESCAPES.sub("", text)
    for place, name in ((folder, "<here>"), (ROOT, "<root>"), (op.__version__, "<version>")):
        text = text.replace(str(place), name)
    return text
