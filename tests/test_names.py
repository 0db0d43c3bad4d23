"""One name means one thing: file names, class names, and the words the house has given up.

``test_the_unit_tests_mirror_the_files`` keeps the tests of ``src/…/x.py`` in
``tests/unit/…/test_x.py``.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

from places import ROOT

SRC = ROOT / "src" / "ohjausprosessi"
UNIT = ROOT / "tests" / "unit"

# Modules that do the same thing, each for its own room.
SHARED_FILES = {
    "errors": "what can go wrong: of the package, and of guards, whose errors point into a text",
    "handoffs": "hand-offs as they are, and what may be wrong with them",
    "messages": "the sentences a room shows to people, in both languages",
    "render": "the command, and the picture it writes: a command's file has its name",
    "registry": "the list of the checks of a room",
    "syntax": "the parser of a language: rules, guards",
}

# A document is what is written, a definition what it means: one class each for every element.
WRITTEN_AND_MEANT = {"formats/schema/document", "model/definition"}

# The left column of the table of names: what a file was called before the field's word for it.
GIVEN_UP = [
    "courses",
    "running",
    "letters",
    "standing",
    "standings",
    "watch",
    "mending",
    "bare",
    "study",
    "tracing",
    "traces",
    "losses",
    "plain",
    "known",
    "draft",
    "note",
    "tell",
    "record",
    "brief",
    "meant",
    "alike",
    "shown",
    "complaints",
    "shapes",
    "spoiled",
    "lost",
    "restrictions",
    "emitting",
    "judging",
    "foot",
    "shelves",
    "cards",
    "marks",
    "frame",
    "drawers",
    "pinned",
    "scene",
    "parts",
    "dashes",
    "looks",
    "stage",
    "sheets",
    "extracts",
    "subject",
    "ruling",
    "proving",
    "showing",
    "explaining",
    "stored",
    "agendas",
    "ways",
    "edits",
    "following",
    "locating",
    "monitoring",
]
GIVEN_UP_CLASSES = [
    "Courses",
    "Situation",
    "Free",
    "Split",
    "Watch",
    "Breach",
    "Standing",
    "Study",
    "Machine",
    "Where",
    "Extra",
    "Armed",
    "Draft",
    "BareNet",
    "Monitor",
    "Running",
]

# Tests that belong to no single file, with what they hold.
OF_NO_FILE = {
    "formats/test_fixtures": "the fixtures and pages of the codes that the whole of `formats` raises",
    "wellformedness/test_planted_mistakes": "every check of the room on the two shipped processes",
    "cli/commands/test_check_pictures": "`check --draw`",
    "cli/commands/test_proofs": "what `check` and `mutate` say of proofs",
    "cli/test_app_handbook": "one command of `cli/app`, long enough for a file of its own",
}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its path without the ending."""
    return {
        path.relative_to(SRC).with_suffix("").as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(SRC.rglob("*.py"))
    }


def classes() -> dict[str, set[str]]:
    """Public class → the modules that define one of this name."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].add(module)
    return found


def test_no_two_modules_share_a_file_name() -> None:
    found = defaultdict(set)
    for module in modules():
        found[Path(module).name].add(module)
    shared = {name for name, places in found.items() if len(places) > 1}
    shared -= {"__init__", "__main__"}
    assert shared == SHARED_FILES.keys()


def test_no_two_modules_share_a_class_name() -> None:
    shared = {name for name, places in classes().items() if len(places - WRITTEN_AND_MEANT) > 1}
    assert not shared


def test_every_module_says_what_it_is_for() -> None:
    assert [module for module, tree in modules().items() if not ast.get_docstring(tree)] == []


def test_names_that_the_house_gave_up_are_gone() -> None:
    names = {part for module in modules() for part in module.split("/")}
    assert not names.intersection(GIVEN_UP)
    assert not classes().keys() & set(GIVEN_UP_CLASSES)


def test_the_unit_tests_mirror_the_files() -> None:
    for path in sorted(UNIT.rglob("test_*.py")):
        test = path.relative_to(UNIT).with_suffix("")
        if test.as_posix() not in OF_NO_FILE:
            file = SRC / test.with_name(f"{test.name.removeprefix('test_')}.py")
            assert file.is_file(), f"{test} tests no file of src: rename it with its file"
