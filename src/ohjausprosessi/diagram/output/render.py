"""Renders a definition to a file, in the form that the suffix of its name chooses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.diagram.content.counts import check_counts
from ohjausprosessi.diagram.content.messages import languages
from ohjausprosessi.diagram.content.overlays import (
    Overlay,
    case_overlay,
    change_overlay,
    failed_at,
    with_removed,
)
from ohjausprosessi.diagram.content.selection import VIEWS, select
from ohjausprosessi.diagram.draw.compose import compose, lay_out, table_is_readable, table_pages
from ohjausprosessi.diagram.output.cluster_dot import to_cluster_dot
from ohjausprosessi.diagram.output.fixed_dot import to_dot
from ohjausprosessi.diagram.output.graphviz_backend import draw
from ohjausprosessi.diagram.output.mermaid import mermaid_text
from ohjausprosessi.diagram.output.pdf import to_pdf
from ohjausprosessi.diagram.output.svg import finish_svg
from ohjausprosessi.errors import RenderError
from ohjausprosessi.text.shorten import shorten
from ohjausprosessi.text.suggest import close_matches, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike

    from ohjausprosessi.diagnostics import Step
    from ohjausprosessi.diagram.content.selection import View
    from ohjausprosessi.diagram.geometry.display_list import Scene
    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Definition

FORMS = ("svg", "png", "pdf", "dot", "mmd")
MANY_STATES = 80
_PNG_WIDTH = 2800
_CLUSTERS_DPI = 110
_POINTS = 72


def render(
    definition: Definition,
    path: str | PathLike[str],
    *,
    lang: str = "fi",
    view: View = "overview",
    owner: str | None = None,
    case: Case | None = None,
    counterexample: Sequence[Step] = (),
    counts: Mapping[str, int] | None = None,
    diff: Definition | None = None,
) -> Path:
    """Draw a definition into a file; the result is its path.

    A process of 80 states or more is laid out by Graphviz itself, and the picture says so.

    Args:
        definition: the process.
        path: where to write. The suffix chooses the form: ``.svg``, ``.png``, ``.pdf``, ``.dot`` or
            ``.mmd`` (Mermaid: the whole process, without views and overlays).
        lang: language of labels: ``fi``, ``en`` or another one that titles are written in. The
            picture's own words are Finnish for ``fi``, else English.
        view: ``overview`` is the slide and shows what has a source; ``full`` has every transition,
            numbered, and a table.
        owner: an owner whose extract of the full view is drawn.
        case: a case of the process; the picture shows where it is and which way it went.
        counterexample: ``Finding.counterexample``, which the case has followed (``verify.follow``);
            a cross marks where it goes wrong.
        counts: counts by transition, state or ``transition--state``; they widen the lines.
        diff: an older version; the picture shows what was added, removed, changed or reowned.

    Raises:
        RenderError: the suffix, language, view, owner or a counted name is unknown, the case runs
            another process, the file cannot be written, or no Graphviz is installed; then the
            picture is kept as ``.dot`` beside the path.
    """
    target = Path(path)
    form = _form(target)
    _check(definition, lang, view, owner)
    if form == "mmd":
        return _written(target, mermaid_text(definition, lang=lang).encode())
    definition, overlay = _overlaid(definition, case, counts, diff)
    overlay = replace(overlay, failed=failed_at(counterexample, overlay.here))
    if len(definition.states) >= MANY_STATES:
        return _clusters(definition, target, form, lang)
    shown: View = "full" if owner else view
    selection = select(definition, shown, owner=owner, language=lang, overlay=overlay)
    if form == "pdf":
        layout = lay_out(selection)
        apart = bool(selection.rows) and not table_is_readable(layout)
        if apart:
            layout = lay_out(selection, table=False)
        pages = [compose(layout, table=not apart), *(table_pages(selection) if apart else ())]
        return _written(target, to_pdf(pages))
    scene = compose(lay_out(selection))
    source = to_dot(scene)
    if form == "dot":
        return _written(target, source.encode())
    try:
        drawing = _drawn_as(scene, source, form)
    except RenderError as error:
        raise _rescued(error, target, source) from error
    return _written(target, drawing)


def svg_text(
    definition: Definition,
    *,
    lang: str = "fi",
    view: View = "overview",
    owner: str | None = None,
    case: Case | None = None,
    counts: Mapping[str, int] | None = None,
) -> str:
    """A picture as the text of an ``<svg>`` element, for a page or a notebook.

    Raises:
        RenderError: the language, view or owner is unknown, or no Graphviz is installed.
    """
    _check(definition, lang, view, owner)
    if len(definition.states) >= MANY_STATES:
        drawing = draw(to_cluster_dot(definition, lang), "svg", engine="dot").decode()
        return drawing[drawing.index("<svg") :]
    definition, overlay = _overlaid(definition, case, counts, None)
    shown: View = "full" if owner else view
    selection = select(definition, shown, owner=owner, language=lang, overlay=overlay)
    scene = compose(lay_out(selection))
    return finish_svg(draw(to_dot(scene), "svg").decode(), scene)


def _overlaid(
    definition: Definition,
    case: Case | None,
    counts: Mapping[str, int] | None,
    diff: Definition | None,
) -> tuple[Definition, Overlay]:
    """The definition to draw, and what is laid over it."""
    overlay = Overlay() if case is None else case_overlay(definition, case)
    if diff is not None:
        from ohjausprosessi.verify.diff import compare  # noqa: PLC0415  all checks come with it

        changed = change_overlay(compare(diff, definition))
        definition = with_removed(diff, definition)
        overlay = replace(changed, here=overlay.here, taken=overlay.taken)
    if counts is not None:
        check_counts(definition, counts)
        overlay = replace(overlay, counts=counts)
    return definition, overlay


def _drawn_as(scene: Scene, source: str, form: str) -> bytes:
    if form == "svg":
        return finish_svg(draw(source, "svg").decode(), scene).encode()
    dpi = round(_PNG_WIDTH / scene.width * _POINTS)
    return draw(to_dot(scene, exact=True), "png", dpi=dpi)


def _clusters(definition: Definition, target: Path, form: str, language: str) -> Path:
    source = to_cluster_dot(definition, language)
    if form == "dot":
        return _written(target, source.encode())
    dpi = _CLUSTERS_DPI if form == "png" else _POINTS
    try:
        drawing = draw(source, form, engine="dot", dpi=dpi)
    except RenderError as error:
        raise _rescued(error, target, source) from error
    return _written(target, drawing)


def _form(target: Path) -> str:
    """The form that a suffix chooses; an unknown suffix is rejected with the known ones."""
    form = target.suffix.lower().lstrip(".")
    if form not in FORMS:
        forms, name = ", ".join(f".{known}" for known in FORMS), _shown(target.name)
        raise RenderError(
            Text(
                f"{name}: tuntematon kuvamuoto; tiedoston päätteen on oltava jokin näistä: {forms}",
                f"{name}: unknown picture format; the file name must end in one of {forms}",
            )
        )
    return form


def _check(definition: Definition, lang: str, view: str, owner: str | None) -> None:
    """Reject an unknown language, view or owner, naming the known ones."""
    spoken = languages(definition)
    if lang not in spoken:
        fi, en = (
            "tuntematon kieli {}; kielen on oltava jokin näistä: ",
            "unknown language {}; expected one of ",
        )
        raise _unknown(fi, en, lang, spoken)
    if view not in VIEWS:
        fi, en = (
            "tuntematon näkymä {}; näkymän on oltava jokin näistä: ",
            "unknown view {}; expected one of ",
        )
        raise _unknown(fi, en, view, VIEWS)
    holders = tuple(dict.fromkeys(state.owner for state in definition.states.values()))
    if owner is not None and owner not in holders:
        fi, en = (
            "{} ei omista yhtään tilaa; tilojen omistajat: ",
            "{} owns no state; owners of states: ",
        )
        raise _unknown(fi, en, owner, holders)


def _unknown(fi: str, en: str, given: str, known: Iterable[str]) -> RenderError:
    """An error that lists the known choices and suggests the closest ones."""
    services, near = ", ".join(known), close_matches(str(given).lower(), known)
    return RenderError(
        Text(
            fi.format(shorten(given)) + services + did_you_mean(near, "fi"),
            en.format(shorten(given)) + services + did_you_mean(near, "en"),
        )
    )


def _written(target: Path, content: bytes) -> Path:
    try:
        target.write_bytes(content)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        why, name = getattr(error, "strerror", None) or str(error), _shown(str(target))
        raise RenderError(
            Text(f"tiedostoon {name} ei voi kirjoittaa: {why}", f"{name} cannot be written: {why}")
        ) from error
    return target


def _shown(name: str) -> str:
    return name if name.isprintable() else repr(name)


def _rescued(error: RenderError, target: Path, source: str) -> RenderError:
    """Keep the picture as DOT text, and extend the error by where it is."""
    rescue = target.with_suffix(".dot")
    _written(rescue, source.encode())
    return RenderError(
        Text(
            f"{error.message.fi}. Kuva on DOT-tekstinä tiedostossa {rescue}, jonka Graphviz osaa piirtää.",
            f"{error.message.en}. The picture is kept as DOT text in {rescue}, which Graphviz can draw.",
        )
    )
