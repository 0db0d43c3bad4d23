"""Measure everything, say how it went, and write ``docs/benchmarks.md``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Markdown
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks import pictures, soundness, steps
from benchmarks.page import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.page import Section, Tell

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
SECTIONS: dict[str, Callable[[Tell], Section]] = {
    "steps": steps.section,
    "soundness": soundness.section,
    "pictures": pictures.section,
}


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

        text = page([SECTIONS[name](tell) for name in ([only] if only else SECTIONS)])
    Console().print(Markdown(text))
    if not only:
        PAGE.write_text(text, encoding="utf-8")
        console.print(f"written: {PAGE}")


if __name__ == "__main__":
    main()
