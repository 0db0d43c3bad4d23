"""Running Graphviz: ``graphviz-pure`` first, ``dot`` on PATH where it is missing.

The only module of the library that imports ``graphviz`` and starts a program.
"""

from __future__ import annotations

import shutil
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Sequence

Engine = Literal["neato", "dot"]
_OPTIONS: dict[Engine, tuple[str, ...]] = {"neato": ("-Kneato", "-n2"), "dot": ("-Kdot",)}
_SECONDS = 120


def installed_programs() -> tuple[Path, ...]:
    """The Graphviz programs on this machine, the preferred one first."""
    beside = shutil.which("graphviz-pure", path=sysconfig.get_path("scripts"))
    found = (beside or shutil.which("graphviz-pure"), shutil.which("dot"))
    return tuple(Path(one) for one in found if one)


def draw(source: str, form: str, *, engine: Engine = "neato", dpi: int = 72) -> bytes:
    """Draw a DOT text; the result is the content of the file.

    Args:
        source: the DOT text.
        form: ``svg``, ``png`` or ``pdf`` (the latter only where ``dot`` is on PATH).
        engine: ``neato`` keeps every coordinate of the text, ``dot`` computes them.
        dpi: points per inch of a PNG.

    Raises:
        RenderError: no program is installed that draws this, or it failed.
    """
    from graphviz.backend import execute  # noqa: PLC0415  loaded with the first picture

    programs = [p for p in installed_programs() if form != "pdf" or p.stem == "dot"]
    if not programs:
        raise RenderError(_missing(form))
    command: Sequence[str] = (
        str(programs[0]),
        *_OPTIONS[engine],
        f"-T{form}",
        f"-Gdpi={dpi}",
    )
    try:
        done = execute.run_check(
            command, input=source.encode(), capture_output=True, quiet=True, timeout=_SECONDS
        )
    except (execute.CalledProcessError, OSError) as error:
        why = getattr(error, "stderr", None) or str(error).encode()
        raise RenderError(_failed(programs[0].name, why.decode(errors="replace"))) from error
    output: bytes = done.stdout
    return output


def _missing(form: str) -> Text:
    if form == "pdf":
        return Text(
            "tästä kuvasta ei saa PDF:ää: asenna Graphviz (ohjelma dot) tai valitse .svg tai .png",
            "a PDF of this picture needs Graphviz: install it (the program dot), or choose .svg or .png",
        )
    return Text(
        "kuvaa ei voi piirtää: asenna piirto-ohjelma komennolla pip install graphviz-pure, "
        "tai Graphviz (ohjelma dot)",
        "no program that draws pictures is installed: pip install graphviz-pure, "
        "or install Graphviz (the program dot)",
    )


def _failed(program: str, why: str) -> Text:
    line = " ".join(why.split())[:300]
    return Text(
        f"{program} ei piirtänyt kuvaa: {line}", f"{program} could not draw the picture: {line}"
    )
