"""Pictures: a cold start, then each view of both processes, then sizes nobody tuned.

python benchmarks/render.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from ohjausprosessi.diagram import render
from ohjausprosessi.diagram.scene import lay_out
from ohjausprosessi.diagram.selection import select
from ohjausprosessi.formats import load_definition, shipped_ids

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from pictures import crossings, random_process

COLD = "import ohjausprosessi as op; op.load('tyottomyydesta_tutkintoon').render({!r})"


def median_of(run, times: int = 5) -> float:
    """Return the median of the seconds a call takes."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def main() -> None:
    """Print one line per measurement."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "picture.svg"
        program = [sys.executable, "-c", COLD.format(str(target))]
        cold = median_of(lambda: subprocess.run(program, check=True))  # noqa: S603
        print(f"render Kuvio 1 to SVG, process start included: {cold:.2f} s (budget 1.5)")
        for process in shipped_ids():
            definition = load_definition(process)
            for view in ("overview", "full"):
                layout = lay_out(select(definition, view))
                times = []
                for form in (".svg", ".png", ".pdf"):
                    path = target.with_suffix(form)
                    run = partial(render, definition, path, view=view)
                    times.append(f"{form} {median_of(run, 3):.2f} s")
                lines = len(layout.selection.lines)
                print(
                    f"{process} {view}: {lines} lines, {crossings(layout)} crossings, {', '.join(times)}"
                )
        for states in (10, 20, 30, 40):
            selection = select(random_process(33, states=states, owners=4, phases=4), "full")
            taken = median_of(partial(lay_out, selection), 1)
            print(f"{states} random states, {len(selection.lines)} lines: layout {taken:.1f} s")


if __name__ == "__main__":
    main()
