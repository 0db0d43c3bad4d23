"""The page with the figures."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NONE = "–"


@dataclass(frozen=True)
class Peer:
    """What was measured of one library: seconds, ``size`` in bytes; None = it has no such thing."""

    name: str
    version: str
    checks: str
    build: float
    advance: float
    events: int
    refuse: float | None
    options: float | None
    create: float
    size: float
    round_trip: float | None
    imported: float
    many: int


@dataclass(frozen=True)
class Budget:
    """A figure and what it may be at most."""

    what: str
    figure: float
    limit: float
    unit: str


def page(base: float, budgets: Sequence[Budget], peers: Sequence[Peer]) -> str:
    """Return the page as Markdown."""
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench` (`python -m benchmarks`). Figures are medians of several runs, in",
            "processor time; compare ratios, not times: they depend on the machine.",
            "",
            f"- machine: {_machine()}",
            f"- floor: {base * 1e9:.0f} ns: a dict lookup, a closure called, an append to a list",
            "- model: 20 states in a ring, 35 transitions, 6 of them guarded; one event is one step",
            "",
            "## Budgets",
            "",
            *_table(
                ["what", "figure", "budget", "kept"],
                (
                    [
                        budget.what,
                        f"{_number(budget.figure)} {budget.unit}",
                        f"≤ {budget.limit:g} {budget.unit}",
                        "yes" if budget.figure <= budget.limit else "**no**",
                    ]
                    for budget in budgets
                ),
            ),
            "",
            "## Beside the peers",
            "",
            "One event, and in brackets its ratio to the floor; `of` so many in one case (an event of",
            "SpiffWorkflow costs more with every event before it). `checks` says what an event includes:",
            "only ours judges the role and keeps the history in every event.",
            "",
            *_table(
                ["library", "checks", "advance", "of", "refuse", "options", "build"],
                (
                    [
                        f"{peer.name} {peer.version}",
                        peer.checks,
                        _ratio(peer.advance, base),
                        f"{peer.events:,}",
                        _ratio(peer.refuse, base),
                        _ratio(peer.options, base),
                        _time(peer.build),
                    ]
                    for peer in peers
                ),
            ),
            "",
            "Cases: creating one of so many that all live, what it keeps, and writing one down and",
            "reading it back (ours and SpiffWorkflow's with a history of 20 events, the others' only",
            "the state). A refusal of ours carries every reason and what may be done instead; the",
            "others say no.",
            "",
            *_table(
                ["library", "cases", "create", "bytes", "round trip", "import"],
                (
                    [
                        peer.name,
                        f"{peer.many:,}",
                        _time(peer.create),
                        f"{peer.size:,.0f}",
                        _time(peer.round_trip),
                        _time(peer.imported),
                    ]
                    for peer in peers
                ),
            ),
            "",
        ]
    )


def _machine() -> str:
    model = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), model)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, {python}"


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.2f}"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return NONE
    for factor, unit in ((1e9, "ns"), (1e6, "µs"), (1e3, "ms")):
        if seconds * factor < 1000:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.2f} s"


def _ratio(seconds: float | None, base: float) -> str:
    return NONE if seconds is None else f"{_time(seconds)} ({seconds / base:,.3g} ×)"
