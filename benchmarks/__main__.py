"""Measure everything, say how it went, and write ``docs/benchmarks.md``."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Markdown
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks.page import page

if TYPE_CHECKING:
    from benchmarks.page import Section, Tell

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
SECTIONS = ("steps", "processes", "soundness", "pictures")  # modules, in the order of the page


def main() -> None:
    """Measure what is asked for; write the page if that is everything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=SECTIONS, help="measure this, and write nothing")
    only = parser.parse_args().only
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("")

        def tell(what: str) -> None:
            progress.update(task, description=what)

        text = page([measure(name, tell) for name in ([only] if only else SECTIONS)])
    Console().print(Markdown(text))
    if not only:
        PAGE.write_text(text, encoding="utf-8")
        console.print(f"written: {PAGE}")


def measure(name: str, tell: Tell) -> Section:
    """Measure one section; only its own libraries have to be installed."""
    section: Section = import_module(f"benchmarks.{name}").section(tell)
    return section


if __name__ == "__main__":
    main()
