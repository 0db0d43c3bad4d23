"""What must never happen in a picture: on both processes in all views, and on random processes."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram.content.selection import View, select
from ohjausprosessi.diagram.draw.compose import compose, lay_out, table_is_readable, table_pages
from ohjausprosessi.diagram.output.fixed_dot import to_dot
from ohjausprosessi.diagram.output.graphviz_backend import draw, installed_programs
from ohjausprosessi.diagram.output.svg import finish_svg
from ohjausprosessi.formats import load_definition
from pictures import crossings, faults, random_process

if TYPE_CHECKING:
    from ohjausprosessi.diagram.geometry.display_list import Scene
    from ohjausprosessi.diagram.layout.layout import Layout

FIRST, SECOND = "tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen"
A3 = 1190.55
EXTRACTS: list[tuple[View, str | None]] = [
    ("overview", None),
    ("full", None),
    ("full", "kaupunki"),
    ("full", "sakky"),
]
VIEWS = [
    (process, view, owner, language)
    for process in (FIRST, SECOND)
    for view, owner in EXTRACTS
    for language in ("fi", "en")
]
SHAPES = {
    "two states": {"seed": 3, "states": 2, "owners": 1, "phases": 0},
    "one owner": {"seed": 4, "states": 8, "owners": 1, "phases": 2},
    "five owners": {"seed": 11, "states": 8, "owners": 5, "phases": 3},
    "no phases": {"seed": 13, "states": 5, "owners": 3, "phases": 0},
    "branches": {"seed": 12, "states": 8, "owners": 3, "phases": 4, "branches": 4},
    "six branches": {"seed": 10, "states": 12, "owners": 1, "phases": 3, "branches": 6},
    "one phase": {"seed": 9, "states": 8, "owners": 3, "phases": 1},
    "forty states": {"seed": 33, "states": 40, "owners": 4, "phases": 4},
    "twenty states": {"seed": 21, "states": 20, "owners": 2, "phases": 4},
}


@cache
def picture(
    process: str, view: View, owner: str | None, language: str, *, table: bool = True
) -> tuple[Layout, Scene]:
    definition = load_definition(process)
    layout = lay_out(select(definition, view, owner=owner, language=language), table=table)
    return layout, compose(layout, table=table)


@pytest.mark.parametrize(("process", "view", "owner", "language"), VIEWS)
def test_the_two_processes_have_no_fault(
    process: str, view: View, owner: str | None, language: str
) -> None:
    assert faults(*picture(process, view, owner, language)) == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("view", ["overview", "full"])
def test_processes_nobody_tuned_have_no_fault(shape: str, view: View) -> None:
    layout = lay_out(select(random_process(**SHAPES[shape]), view))
    assert faults(layout, compose(layout)) == []


@pytest.mark.parametrize(
    ("process", "view", "most"),
    [(FIRST, "overview", 2), (FIRST, "full", 6), (SECOND, "overview", 2), (SECOND, "full", 7)],
)
def test_lines_cross_about_as_seldom_as_a_careful_hand_would(
    process: str, view: View, most: int
) -> None:
    assert crossings(picture(process, view, None, "fi")[0]) <= most


@pytest.mark.parametrize("process", [FIRST, SECOND])
def test_an_overview_shows_nothing_the_full_view_lacks(process: str) -> None:
    overview = picture(process, "overview", None, "fi")[0].selection
    full = picture(process, "full", None, "fi")[0].selection
    assert set(overview.states) <= set(full.states)
    shown = {line.transition for line in full.lines}
    shown |= {chip.transition for chips in full.chips.values() for chip in chips}
    assert {line.transition for line in overview.lines} <= shown
    assert overview.grid.column == full.grid.column
    assert overview.grid.row == full.grid.row


@pytest.mark.parametrize("process", [FIRST, SECOND])
def test_printed_on_a3_everything_can_be_read(process: str) -> None:
    layout, scene = picture(process, "overview", None, "fi")
    share = A3 / scene.width
    assert 12 * layout.scale * share >= 9
    assert min(t.size for t in scene.texts if t.kind == "code") * share >= 6
    full, _ = picture(process, "full", None, "fi")
    if table_is_readable(full):
        return
    alone, page = picture(process, "full", None, "fi", table=False)
    share = A3 / page.width
    assert 12 * alone.scale * share >= 7
    assert min(t.size for t in page.texts if t.kind == "code") * share >= 5.5
    for sheet in table_pages(full.selection):
        assert min(t.size for t in sheet.texts if t.kind == "table") >= 6.5
        assert all(t.box.bottom <= sheet.height for t in sheet.texts)


@pytest.mark.parametrize("view", ["overview", "full"])
@pytest.mark.parametrize("process", [FIRST, SECOND])
def test_the_drawn_file_has_every_text_and_element(process: str, view: View) -> None:
    _, scene = picture(process, view, None, "fi")
    svg = finish_svg(draw(to_dot(scene), "svg").decode(), scene)
    assert svg.count("<text") == len(scene.texts)
    for key in [node.id for node in scene.nodes] + [edge.id for edge in scene.edges]:
        assert svg.count(f'<g id="{key}"') == 1


@pytest.mark.skipif(len(installed_programs()) < 2, reason="only one drawer is installed")
def test_both_drawers_draw_the_same_number_of_texts() -> None:
    _, scene = picture(FIRST, "full", None, "fi")
    source = to_dot(scene).encode()
    found = {
        subprocess.run(  # noqa: S603
            [str(program), "-Kneato", "-n2", "-Tsvg"], input=source, capture_output=True, check=True
        ).stdout.count(b"<text")
        for program in installed_programs()
    }
    assert found == {len(scene.texts)}


def test_two_runs_give_the_same_bytes() -> None:
    program = (
        "from ohjausprosessi.diagram.output.fixed_dot import to_dot\n"
        "from ohjausprosessi.diagram.draw.compose import compose, lay_out\n"
        "from ohjausprosessi.diagram.content.selection import select\n"
        "from ohjausprosessi.formats import load_definition\n"
        f"selection = select(load_definition({SECOND!r}), 'full')\n"
        "print(hash('seed') and to_dot(compose(lay_out(selection))))\n"
    )
    outputs = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
