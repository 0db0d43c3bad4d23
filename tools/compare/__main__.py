"""Ask an older commit and this working tree the same, and say what they answer differently."""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from tools.compare import expected, versions
from tools.compare.differences import ABSENT, Difference, differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.compare.expected import Expected

EXPECTED = Path(__file__).parent / "expected.toml"
PROBE = "tools.compare.probe"
CORPUS = "tools.compare.corpus"


class Comparison:
    """What differs, sorted into what is meant and what is not.

    Args:
        entries: the differences that are meant.
        most: how many of each kind are kept to be shown.
    """

    def __init__(self, entries: list[Expected], most: int) -> None:
        self.entries = entries
        self._most = most
        self.compared: Counter[str] = Counter()
        self.units: Counter[str] = Counter()
        self.meant: Counter[str] = Counter()
        self.unmeant: Counter[str] = Counter()
        self.shown: dict[str, list[Difference]] = defaultdict(list)

    def read(self, base: Path, head: Path) -> None:
        """Compare two files of answers."""
        with base.open(encoding="utf-8") as ones, head.open(encoding="utf-8") as others:
            for one, other in zip(ones, others, strict=True):
                self._unit(json.loads(one), json.loads(other))

    def _unit(self, base: dict[str, Any], head: dict[str, Any]) -> None:
        self.compared.update(base["counts"])
        for kind in dict.fromkeys([*base["said"], *head["said"]]):
            one, other = base["said"].get(kind), head["said"].get(kind)
            if one == other:
                continue
            self.units[kind] += 1
            shown = 0
            for found in _found(kind, base["name"], one, other):
                entry = next((entry for entry in self.entries if entry.covers(found)), None)
                if entry is not None:
                    entry.used += 1
                    self.meant[kind] += 1
                    continue
                self.unmeant[kind] += 1
                if not shown and len(self.shown[kind]) < self._most:
                    self.shown[kind].append(found)  # the first of each unit: others follow from it
                    shown += 1


def _found(kind: str, name: str, base: str | None, head: str | None) -> Iterator[Difference]:
    path = f"{name}/{kind}"
    one, other = (ABSENT if side is None else _unpacked(side) for side in (base, head))
    for place, left, right in differences(one, other, path):
        yield Difference(kind, place, left, right)


def _unpacked(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b85decode(text)).decode("utf-8", "surrogatepass"))


def report(console: Console, comparison: Comparison) -> None:
    """Show the differences, and a table of what was compared."""
    for kind, shown in comparison.shown.items():
        for found in shown:
            base, head = found.excerpts
            console.print(f"[bold]{kind}[/] {escape(found.path)}")
            console.print(f"  [red]base[/] {escape(base)}\n  [green]head[/] {escape(head)}")
    table = Table("kind", *_right("compared", "units that differ", "meant", "not meant"))
    for kind in sorted({*comparison.compared, *comparison.units}):
        counters = (comparison.compared, comparison.units, comparison.meant, comparison.unmeant)
        table.add_row(kind, *(f"{counter[kind]:,}" for counter in counters))
    console.print(table)
    for entry in comparison.entries:
        used = f"{entry.used:,} ×" if entry.used else "not needed any more:"
        console.print(f"meant, {used} {entry.kind}: {escape(entry.reason)}")


def _right(*names: str) -> Iterator[Any]:
    yield from (Column(name, justify="right") for name in names)


def ask(progress: Progress, base: versions.Base, given: argparse.Namespace) -> tuple[Path, Path]:
    """Ask both versions what was not asked before; return the files of their answers."""

    def step(what: str, version: versions.Version, module: str, *arguments: object) -> None:
        task = progress.add_task(what, total=None)
        version.run(
            module,
            *arguments,
            tell=lambda done, total: progress.update(task, completed=done, total=total),
        )

    frozen = versions.frozen()
    installing = progress.add_task("install the older version", total=None)
    base.install(frozen)
    progress.update(installing, total=1, completed=1)
    folder = base.answers_folder(frozen, given.count, given.effort)
    corpus, asked = folder / "corpus", ("--corpus", folder / "corpus", "--workers", given.workers)
    answers = folder / "base.jsonl", folder / "head.jsonl"
    if not (corpus / "units.json").exists():
        size = ("--count", given.count, "--effort", given.effort, "--workers", given.workers)
        where = ("--source", base.source, "--folder", corpus)
        step("write the definitions", base.version, CORPUS, *where, *size)
    if not answers[0].exists():
        step("ask the older version", base.version, PROBE, *asked, "--output", answers[0])
    stored = ("--stored", answers[0])
    head = versions.working_tree()
    step("ask this version", head, PROBE, *asked, *stored, "--output", answers[1])
    return answers


def main() -> int:
    """Compare; 1 if anything differs that is not meant to."""
    parser = argparse.ArgumentParser(prog="python -m tools.compare", description=__doc__)
    parser.add_argument("base", help="the older commit")
    parser.add_argument("--count", type=int, default=2000, help="random definitions")
    parser.add_argument("--effort", type=int, default=1, help="times as many walks of each")
    parser.add_argument("--most", type=int, default=5, help="differences of a kind to show")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    console = Console(soft_wrap=True)
    comparison = Comparison(expected.read(EXPECTED), given.most)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
            base = versions.base(given.base)
            answers = ask(progress, base, given)
    except RuntimeError as error:
        console.print(f"[red]{escape(str(error))}[/]")
        return 2
    comparison.read(*answers)
    report(console, comparison)
    differing = sum(comparison.unmeant.values())
    verdict = f"[red]{differing:,} not meant[/]" if differing else "[green]none not meant[/]"
    console.print(f"differences between {base.sha[:12]} and this working tree: {verdict}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
