"""The handbook as files: reads the definitions of a folder, draws them and writes the pages.

The only module of this room that touches files; everything it writes comes from functions of text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from errno import EINVAL
from os import PathLike, strerror
from pathlib import Path
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.diagram import svg_text
from ohjausprosessi.errors import DefinitionError, RenderError
from ohjausprosessi.formats import load_definition
from ohjausprosessi.handbook.counting import figures_of
from ohjausprosessi.handbook.index import Entry, index_page
from ohjausprosessi.handbook.messages import LANGUAGES
from ohjausprosessi.handbook.page import process_page
from ohjausprosessi.handbook.page_context import PageContext
from ohjausprosessi.handbook.picture import standalone
from ohjausprosessi.net import Compiled
from ohjausprosessi.text.shorten import shorten
from ohjausprosessi.verify import dropout_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ohjausprosessi.model import Definition

__all__ = ["Handbook", "write_handbook"]

_SUFFIX = ".yaml"
_VERSIONS = "versions"
_UNSAFE = re.compile(r"[^a-z0-9_.-]+")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Handbook:
    """A handbook that was written.

    Attributes:
        index: its first page, in the language asked for.
        pages: every other page, in both languages.
        left_out: versions that could not be read: file and what is wrong with it.
        undrawn: what is wrong with the pictures, if they could not be drawn.
    """

    index: Path
    pages: tuple[Path, ...]
    left_out: tuple[tuple[Path, DefinitionError], ...] = ()
    undrawn: RenderError | None = None


@dataclass(frozen=True, slots=True)
class _Volume:
    """A process of the handbook and the name of its files."""

    compiled: Compiled
    name: str
    base: str | None = None

    @property
    def definition(self) -> Definition:
        return self.compiled.definition


def write_handbook(
    source: str | PathLike[str] | Iterable[Definition],
    output: str | PathLike[str],
    *,
    lang: str = "fi",
    cases: Iterable[object] = (),
    counts: Mapping[str, int] | Mapping[str, Mapping[str, int]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Handbook:
    """Write the handbook of a folder, or of definitions, as a static site.

    Every process gets a page in Finnish and one in English; each is one file that needs no network.

    Args:
        source: a folder whose ``*.yaml`` are the processes, versions of them in ``versions/``
            beneath it; one such file, or the id of a process that ships; or definitions.
        output: the folder to write to; made if need be.
        lang: language of ``index.html``: ``fi`` or ``en``; the other one is a link away.
        cases: cases to follow in the pictures, as ``Case.to_dict`` gave them, each on the page of
            its process. Facts and names of persons do not get into the pages.
        counts: figures by state, transition or ``transition--state``, of one process, the one that
            has them all; or id of a process to such figures.
        progress: called with the number of pages written and their total before each page.

    Returns:
        What was written. Versions that cannot be read are left out and named there.

    Raises:
        DefinitionError: with every problem of every file of the folder (not of ``versions/``).
        Refused: ``definition`` or ``case_data``, where a case is none of its process.
        RenderError: another language, or a figure that is none, or of nothing.
        OSError: a file cannot be read or written.
    """
    if lang not in LANGUAGES:
        said, known = shorten(lang), " / ".join(LANGUAGES)
        raise RenderError(
            Text(
                f"käsikirja on suomeksi ja englanniksi ({known}), ei kielellä {said}",
                f"a handbook is in Finnish and English ({known}), not in {said}",
            )
        )
    definitions, versions, left_out = _read(source)
    figures = figures_of(definitions, counts or {})
    volumes = _volumes(definitions, versions)
    site = _Site(_made(output), volumes, lang, list(cases), figures)
    return site.write(tuple(left_out), progress or (lambda *_: None))


def _made(output: str | PathLike[str]) -> Path:
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except ValueError as error:  # a name that no folder can have
        raise OSError(EINVAL, strerror(EINVAL), str(folder)) from error
    return folder


# ---- reading


def _read(
    source: str | PathLike[str] | Iterable[Definition],
) -> tuple[list[Definition], list[Definition], list[tuple[Path, DefinitionError]]]:
    """The definitions, their versions, and the versions that could not be read."""
    if not isinstance(source, (str, PathLike)):
        return list(source), [], []
    path = Path(source)
    if not path.is_dir():
        return [load_definition(source if isinstance(source, str) else path)], [], []
    definitions, wrong = _loaded(path)
    if wrong:
        raise DefinitionError(finding for _, error in wrong for finding in error.findings)
    versions, left_out = _loaded(path / _VERSIONS)
    return definitions, versions, left_out


def _loaded(folder: Path) -> tuple[list[Definition], list[tuple[Path, DefinitionError]]]:
    definitions, wrong = [], []
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        try:
            definitions.append(load_definition(path))
        except DefinitionError as error:
            wrong.append((path, error))
    return definitions, wrong


def _volumes(definitions: Sequence[Definition], versions: Sequence[Definition]) -> list[_Volume]:
    """Give every definition a file name of its own, whatever its id and version are."""
    taken = {"index"}
    volumes: list[_Volume] = []
    bases = {definition.id: definition for definition in reversed(definitions)}
    for definition in definitions:
        name = _free(_safe(definition.id), definition, taken)
        volumes.append(_Volume(Compiled(definition), name))
    names = {volume.definition.id: volume.name for volume in reversed(volumes)}
    for version in versions:
        name = _free(_safe(f"{version.id}-{version.version}"), version, taken)
        volumes.append(_Volume(Compiled(version), name, names.get(version.id, "") if bases else ""))
    return volumes


def _safe(name: str) -> str:
    return _UNSAFE.sub("-", name.lower()).strip(".-")[:_LONGEST] or "process"


def _free(name: str, definition: Definition, taken: set[str]) -> str:
    candidates = [name, _safe(f"{definition.id}-{definition.version}")]
    number = 2
    while candidates[0] in taken:
        candidates.pop(0)
        if not candidates:
            candidates.append(f"{name}-{number}")
            number += 1
    taken.add(candidates[0])
    return candidates[0]


# ---- writing


class _Site:
    """Writes the pages of a handbook one after the other."""

    def __init__(
        self,
        folder: Path,
        volumes: list[_Volume],
        lang: str,
        cases: list[object],
        counts: Mapping[str, Mapping[str, int]],
    ) -> None:
        self.folder = folder
        self.volumes = volumes
        self.lang = lang
        self.cases = cases
        self.counts = counts
        self.reports = {volume.name: dropout_report(volume.compiled) for volume in volumes}
        self.pages: list[Path] = []
        self.undrawn: RenderError | None = None

    def write(
        self,
        left_out: tuple[tuple[Path, DefinitionError], ...],
        progress: Callable[[int, int], None],
    ) -> Handbook:
        for lang in LANGUAGES:
            drawn = {}
            for volume in self.volumes:
                progress(len(self.pages), len(LANGUAGES) * (len(self.volumes) + 1))
                drawn[volume.name] = self._page(volume, lang)
            self._index(lang, drawn, left_out)
        index = self.folder / self._file("index", self.lang)
        pages = tuple(page for page in self.pages if page != index)
        return Handbook(index, pages, left_out, self.undrawn)

    def _file(self, name: str, lang: str, suffix: str = "html") -> str:
        return f"{name}.{suffix}" if lang == self.lang else f"{name}.{lang}.{suffix}"

    def _other(self, name: str, lang: str) -> str:
        return self._file(name, "en" if lang == "fi" else "fi")

    def _page(self, volume: _Volume, lang: str) -> bool:
        """Write the page of a process and its picture; return whether it could be drawn."""
        definition = volume.definition
        pictures: dict[str, str] = {}
        undrawn = ""
        try:
            pictures = _drawings(definition, lang)
        except RenderError as error:
            self.undrawn, undrawn = error, error.text(lang)
        own = [case for case in self.cases if self._home(case) is volume]
        page = process_page(
            volume.compiled,
            pictures,
            lang=lang,
            cases=own,
            counts=self.counts.get(definition.id),
            pages={
                v.definition.id: self._file(v.name, lang)
                for v in reversed(self.volumes)
                if v.base is None
            },
            index=self._file("index", lang),
            other=self._other(volume.name, lang),
            undrawn=undrawn,
            report=self.reports[volume.name],
        )
        self._write(self._file(volume.name, lang), page)
        for svg in list(pictures.values())[:1]:
            picture = standalone(svg, PageContext(volume.compiled, lang))
            self._write(self._file(volume.name, lang, "svg"), picture)
        return bool(pictures)

    def _home(self, case: object) -> _Volume | None:
        """The process of a case; if none fits, some process, whose page refuses it with a reason."""
        data = case if isinstance(case, Mapping) else {}
        written = (data.get("process"), data.get("version"))
        exact = [v for v in self.volumes if (v.definition.id, v.definition.version) == written]
        close = [v for v in self.volumes if v.definition.id == written[0]]
        return next(iter([*exact, *close, *self.volumes]), None)

    def _index(
        self,
        lang: str,
        drawn: Mapping[str, bool],
        left_out: tuple[tuple[Path, DefinitionError], ...],
    ) -> None:
        def versions(base: str) -> tuple[tuple[Definition, str], ...]:
            return tuple(
                (v.definition, self._file(v.name, lang)) for v in self.volumes if v.base == base
            )

        entries = [
            Entry(
                volume.compiled,
                self._file(volume.name, lang),
                self._file(volume.name, lang, "svg") if drawn[volume.name] else None,
                versions(volume.name),
                self.reports[volume.name].findings,
            )
            for volume in sorted(self.volumes, key=lambda v: v.definition.text(lang))
            if volume.base is None
        ]
        names = [f"{path.parent.name}/{path.name}" for path, _ in left_out]
        page = index_page(
            entries,
            lang=lang,
            unbased=versions(""),
            left_out=names,
            other=self._other("index", lang),
        )
        self._write(self._file("index", lang), page)

    def _write(self, name: str, content: str) -> None:
        path = self.folder / name
        path.write_text(content, encoding="utf-8", newline="\n")
        if path.suffix == ".html":
            self.pages.append(path)


def _drawings(definition: Definition, lang: str) -> dict[str, str]:
    """The pictures of a definition as SVG text, by view; one that looks the same only once.

    Raises:
        RenderError: nothing is installed that draws.
    """
    overview = svg_text(definition, lang=lang, view="overview")
    full = svg_text(definition, lang=lang, view="full")
    return {"full": full} if overview == full else {"overview": overview, "full": full}
