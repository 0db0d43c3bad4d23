"""The page with the figures, and how figures are written."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NONE = "–"
Tell = Callable[[str], None]  # says what is being measured now


@dataclass(frozen=True)
class Section:
    """A part of the page: its heading and its lines of Markdown."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Budget:
    """A figure and what it may be at most, or at least; no figure: it was not measured."""

    what: str
    figure: float | None
    limit: float
    unit: str
    at_least: bool = False

    def row(self) -> list[str]:
        """The row of a table of budgets."""
        sign = "≥" if self.at_least else "≤"
        allowed = f"{sign} {self.limit:,g} {self.unit}"
        if self.figure is None:
            return [self.what, NONE, allowed, "not measured"]
        over = self.figure - self.limit
        kept = over >= 0 if self.at_least else over <= 0
        figure = f"{number(self.figure)} {self.unit}"
        return [self.what, figure, allowed, "yes" if kept else "**no**"]


def page(sections: Iterable[Section]) -> str:
    """The page as Markdown."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench` (`python -m benchmarks`). Figures are medians of several runs, in",
        "processor time; compare ratios, not times: they depend on the machine.",
        "",
        f"Machine: {_machine()}.",
        "",
    ]
    for section in sections:
        lines += [f"## {section.title}", "", *section.lines, ""]
    return "\n".join(lines)


def budget_table(budgets: Iterable[Budget]) -> list[str]:
    """A table of budgets, line by line."""
    return table(["what", "figure", "budget", "kept"], (budget.row() for budget in budgets))


def table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    """A table, line by line."""
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def number(value: float) -> str:
    """A number with its significant digits: two decimals below 20, none above."""
    return f"{value:,.0f}" if value >= 20 else f"{value:.2f}"


def duration(seconds: float | None) -> str:
    """A duration in the unit that keeps it below 1,000."""
    if seconds is None:
        return NONE
    for factor, unit in ((1e9, "ns"), (1e6, "µs"), (1e3, "ms")):
        if seconds * factor < 1000:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.2f} s"


def _machine() -> str:
    model = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), model)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, {python}"
