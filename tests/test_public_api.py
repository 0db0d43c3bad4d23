"""Public names have one home, and a bare import is light and pure."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import subprocess
import sys

import pytest

import ohjausprosessi as op


def test_every_public_name_is_there() -> None:
    for name in op.__all__:
        assert getattr(op, name) is not None, name
        assert name in dir(op)


def test_every_room_says_what_is_public() -> None:
    for module in pkgutil.walk_packages(op.__path__, "ohjausprosessi."):
        if "._" in module.name or module.name.endswith("__main__"):
            continue
        room = importlib.import_module(module.name)
        names = getattr(room, "__all__", [])
        assert len(names) == len(set(names)), module.name
        for name in names:
            assert hasattr(room, name), f"{module.name}.{name}"


def test_importing_the_package_loads_no_foreign_package() -> None:
    code = (
        "import sys, ohjausprosessi; "
        "print([m for m in ('yaml', 'pydantic', 'graphviz', 'networkx', 'transitions', 'holidays',"
        " 'typer', 'hypothesis') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_loading_a_process_loads_only_what_reading_needs() -> None:
    code = (
        "import sys, ohjausprosessi as op; op.load('tyottomyydesta_tutkintoon').start('x'); "
        "print([m for m in ('graphviz', 'networkx', 'transitions', 'holidays', 'typer',"
        " 'hypothesis') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_refusals_and_definition_errors_survive_pickling() -> None:
    case = op.load("ohjausprosessi_koulutukseen").start("x")
    with pytest.raises(op.Refused) as refused:
        case.advance("nothing", by="asiakas")
    with pytest.raises(op.DefinitionError) as broken:
        op.loads("ohjausprosessi: 1")
    for error in (refused.value, broken.value):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert again.text("fi") == error.text("fi")


@pytest.mark.parametrize("wrong", [None, 3, [], {}])
def test_what_is_no_definition_is_refused_in_words(wrong: object) -> None:
    with pytest.raises(TypeError, match="load takes an id or a path, not"):
        op.load(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="loads takes the text of a definition, not"):
        op.loads(wrong)  # type: ignore[arg-type]
