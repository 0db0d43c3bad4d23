"""Pictures: a cold start, each view of both processes, and sizes that nobody tuned."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import command_seconds, seconds_of
from benchmarks.page import Budget, Section, budget_table, duration, table
from ohjausprosessi.diagram import render
from ohjausprosessi.diagram.content.selection import select
from ohjausprosessi.diagram.draw.compose import lay_out
from ohjausprosessi.formats import load_definition, shipped_ids

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from pictures import crossings, random_process

if TYPE_CHECKING:
    from benchmarks.page import Tell

COLD = "import ohjausprosessi as op; op.load('tyottomyydesta_tutkintoon').render({!r})"
FORMS = (".svg", ".png", ".pdf")
SIZES = (10, 20, 30, 40)


def section(tell: Tell) -> Section:
    """Measure a cold start, then what is drawn."""
    tell("pictures")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "picture"
        cold = command_seconds([sys.executable, "-c", COLD.format(str(target.with_suffix(".svg")))])
        compose = [
            _view(process, view, target)
            for process in shipped_ids()
            for view in ("overview", "full")
        ]
    return Section(
        "Pictures",
        [
            *budget_table(
                [Budget("Kuvio 1 to SVG, start of the program included", cold, 1.5, "s")]
            ),
            "",
            "### Each view",
            "",
            *table(["process", "view", "lines", "crossings", *FORMS], compose),
            "",
            "### Layout of random processes",
            "",
            *table(["states", "lines", "layout"], map(_layout, SIZES)),
        ],
    )


def _view(process: str, view: str, target: Path) -> list[str]:
    definition = load_definition(process)
    layout = lay_out(select(definition, view))
    drawing = [
        duration(
            seconds_of(partial(render, definition, target.with_suffix(form), view=view), runs=3)
        )
        for form in FORMS
    ]
    return [
        f"`{process}`",
        view,
        str(len(layout.selection.lines)),
        str(crossings(layout)),
        *drawing,
    ]


def _layout(states: int) -> list[str]:
    selection = select(random_process(33, states=states, owners=4, phases=4), "full")
    taken = seconds_of(partial(lay_out, selection), runs=1)
    return [str(states), str(len(selection.lines)), duration(taken)]
