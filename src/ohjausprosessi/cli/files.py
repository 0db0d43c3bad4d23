"""Cases in files: what can be wrong with one is said in one sentence."""

from __future__ import annotations

import csv
import json
import re
from itertools import chain, count, islice
from typing import TYPE_CHECKING, Any

from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.input_errors import InputError, system_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    import ohjausprosessi as op

__all__ = [
    "case_text",
    "read_case",
    "read_cases",
    "read_counts",
    "read_json",
    "write_text",
]

_LARGEST = 50_000_000
_PAIR = 2
_FIGURE = re.compile(r"[0-9]{1,15}")


def read_case(process: op.Process, path: Path) -> op.Case:
    """The case that a JSON file holds.

    Raises:
        InputError: if it cannot be read, is no JSON or is too large.
        Refused: if it is no case of this process.
    """
    return process.restore(read_json(path))


def read_json(path: Path) -> Any:  # noqa: ANN401  JSON is anything
    """What a JSON file holds.

    Raises:
        InputError: if it cannot be read, is no JSON or is too large.
    """
    return _json_of(_content(path), path, 1)


def _content(path: Path) -> bytes:
    """Read a file, but never more than the largest size allowed.

    Raises:
        InputError: if it cannot be read or is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(say.FILE_UNREADABLE, path=path, why=system_error(error)) from None
    _check_size(content, path)
    return content


def _json_of(content: bytes, path: Path, line: int) -> Any:  # noqa: ANN401  JSON is anything
    """Parse JSON that begins on some line of a file."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise InputError(
            say.FILE_NOT_JSON, path=path, line=line + error.lineno - 1, column=error.colno
        ) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise InputError(say.FILE_NOT_JSON, path=path, line=line, column=1) from None


def read_cases(path: Path) -> Iterator[tuple[str, object]]:
    """Yield what a file holds of cases, each with its place.

    JSON Lines with a case on each line, or JSON with one case or an array of them. The content
    decides, for what comes through a pipe has no suffix: where the first line alone is JSON and
    more lines follow, it is JSON Lines.

    Raises:
        InputError: if it cannot be read, is too large, or is no JSON.
    """
    try:
        with path.open("rb") as file:
            lines = ((number, line) for number, line in _lines(file, path) if line.strip())
            head = list(islice(lines, 2))
            if path.suffix == ".jsonl" or (len(head) > 1 and _is_json(head[0][1])):
                for number, line in chain(head, lines):
                    yield f"{path}:{number}", _json_of(line, path, number)
                return
            whole = b"".join([*(line for _, line in head), file.read(_LARGEST + 1)])
        _check_size(whole, path)
        yield from _each(str(path), _json_of(whole, path, head[0][0] if head else 1))
    except OSError as error:
        raise InputError(say.FILE_UNREADABLE, path=path, why=system_error(error)) from None


def _lines(file: BinaryIO, path: Path) -> Iterator[tuple[int, bytes]]:
    for number in count(1):
        line = file.readline(_LARGEST + 1)
        if not line:
            return
        _check_size(line, path)
        yield number, line


def _check_size(content: bytes, path: Path) -> None:
    if len(content) > _LARGEST:
        raise InputError(say.FILE_TOO_LARGE, path=path, most=_LARGEST // 1_000_000)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _each(place: str, data: object) -> Iterator[tuple[str, object]]:
    """Yield one case, or every one of an array."""
    if isinstance(data, list):
        yield from ((f"{place}[{number}]", entry) for number, entry in enumerate(data))
    else:
        yield place, data


def read_counts(path: Path) -> dict[str, int]:
    """The figures of a CSV file: an id and a number on each line; a header may lead.

    They are parted by a comma or, as spreadsheets in Finland write them, by a semicolon.

    Raises:
        InputError: if it cannot be read, or a line is none of these or counts something again.
    """
    try:
        lines = _content(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(say.FILE_NOT_UTF_8, path=path) from None
    counts: dict[str, int] = {}
    for number, row in enumerate(csv.reader(line.replace(";", ",") for line in lines), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        name, figure = cells[0], cells[-1]
        if name in counts:
            raise InputError(say.COUNTS_TWICE, path=path, line=number, name=name)
        if len(cells) == _PAIR and _FIGURE.fullmatch(figure):
            counts[name] = int(figure)
        elif number > 1 or len(cells) != _PAIR:
            raise InputError(say.COUNTS_MALFORMED, path=path, line=number)
    return counts


def write_text(path: Path, text: str) -> None:
    """Write a text file.

    Raises:
        InputError: if it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(say.FILE_UNWRITABLE, path=path, why=system_error(error)) from None


def case_text(case: op.Case) -> str:
    """A case as the text of a JSON file."""
    return json.dumps(case.to_dict(), ensure_ascii=False, indent=1) + "\n"
