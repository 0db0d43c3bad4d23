"""Ask the version that runs this about every unit of a corpus; one line a unit.

A line holds the name of the unit, how many answers there are of each kind, the answers of each kind
as compressed JSON – equal text where they are equal – and the cases as stored.
"""

from __future__ import annotations

import argparse
import base64
import json
import multiprocessing
import os
import sys
import traceback
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.compare.probe.answers import SCHEMA, answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    Job = tuple[dict[str, Any], list[str] | None]


def packed(value: Any) -> str:
    """Data as short text."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b85encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 1)).decode()


def line_of(job: Job) -> str:
    """The line of a unit."""
    unit, stored = job
    try:
        said, kept = answers(unit, stored)
    except Exception:  # noqa: BLE001  one that fails must not hide the others
        said, kept = {"failed": traceback.format_exc().splitlines()}, []
    return json.dumps(
        {
            "name": unit["name"],
            "counts": {kind: _size(kind, entry) for kind, entry in said.items()},
            "said": {kind: packed(entry) for kind, entry in said.items()},
            "stored": packed(kept),
        }
    )


def _size(kind: str, entry: Any) -> int:
    """How many answers there are in what was said of one kind."""
    if kind in {"hash", "schema", "failed"}:
        return 1
    if kind == "resumed":
        return sum(len(case.get("history", ())) for case in entry.values())
    if kind == "options":
        return sum(len(asked["options"]) for walk in entry.values() for asked in walk)
    if kind == "load":
        return sum(len(found) if isinstance(found, list) else 1 for found in entry.values())
    if kind in {"dot", "mermaid", "proofs", "graph", "dropout"}:
        return len(entry)
    nested = entry.values() if isinstance(entry, dict) else [entry]
    return sum(map(len, nested))


def jobs(units: list[dict[str, Any]], stored: Path | None) -> Iterator[Job]:
    """The units, each with its cases as the older version stored them."""
    if stored is None:
        yield from ((unit, None) for unit in units)
        return
    with stored.open(encoding="utf-8") as lines:
        for unit, line in zip(units, lines, strict=True):
            text = json.loads(line)["stored"]
            yield unit, json.loads(zlib.decompress(base64.b85decode(text)))


def main() -> None:
    """Write the answers of this version into a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--stored", type=Path, help="answers of the older version")
    parser.add_argument("--workers", type=int, required=True)
    given = parser.parse_args()
    os.chdir(given.corpus)  # so that places are the same, wherever the corpus is
    units = [{"name": SCHEMA}, *json.loads(Path("units.json").read_text(encoding="utf-8"))]
    partial = given.output.with_suffix(".part")
    context = multiprocessing.get_context("fork")
    with context.Pool(given.workers) as pool, partial.open("w", encoding="utf-8") as file:
        lines = pool.imap(line_of, jobs(units, given.stored), chunksize=1)
        for number, line in enumerate(lines, 1):
            file.write(f"{line}\n")
            sys.stdout.write(f"{number} {len(units)}\n")
            sys.stdout.flush()
    partial.rename(given.output)


if __name__ == "__main__":
    main()
