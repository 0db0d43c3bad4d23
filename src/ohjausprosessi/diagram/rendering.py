"""From a definition to a file: the form is chosen by the suffix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.clusters import clusters_source
from ohjausprosessi.diagram.drawers import draw
from ohjausprosessi.errors import RenderError, Text

if TYPE_CHECKING:
    from os import PathLike

    from ohjausprosessi.model import Definition

FORMS = ("svg", "png", "dot")
_PNG_DPI = 110


def render(definition: Definition, path: str | PathLike[str], *, lang: str = "fi") -> Path:
    """Draw a definition into a file and return its path.

    Args:
        definition: the process.
        path: where to write; the suffix chooses the form: ``.svg``, ``.png`` or ``.dot``.
        lang: language of labels and of the picture's own words.

    Raises:
        RenderError: the suffix is unknown or nothing is installed that draws. In the latter case
            the picture stands beside, as ``.dot``.
        OSError: the file cannot be written.
    """
    target = Path(path)
    form = target.suffix.lower().lstrip(".")
    if form not in FORMS:
        raise RenderError(_unknown_form(target))
    source = clusters_source(definition, lang)
    if form == "dot":
        target.write_text(source, encoding="utf-8")
        return target
    try:
        target.write_bytes(
            draw(source, form, layout="clusters", dpi=_PNG_DPI if form == "png" else 72)
        )
    except RenderError as error:
        rescue = target.with_suffix(".dot")
        rescue.write_text(source, encoding="utf-8")
        raise RenderError(_rescued(error.texts, rescue)) from error
    return target


def _unknown_form(target: Path) -> Text:
    forms = ", ".join(f".{form}" for form in FORMS)
    return Text(
        f"{target.name}: tuntematon kuvamuoto; tiedoston pääte on jokin näistä: {forms}",
        f"{target.name}: unknown form of picture; the file name ends in one of {forms}",
    )


def _rescued(texts: Text, rescue: Path) -> Text:
    return Text(
        f"{texts.fi}. Kuva on tekstinä tiedostossa {rescue}, jonka Graphviz osaa piirtää.",
        f"{texts.en}. The picture stands as text in {rescue}, which Graphviz can draw.",
    )
