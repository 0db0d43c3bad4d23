"""Finds definitions in files: given by path, shipped with the library, or called by another one.

The only module of this room that touches files. The names of called processes are validated before
they become file names, so that none leads outside the folders searched.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, NoReturn

from ohjausprosessi.diagnostics import Finding, Location, Text, suggestion
from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats.load.define import (
    Lineage,
    UnresolvedError,
    define,
    names_it,
    refuse_cycle,
    refuse_itself,
)
from ohjausprosessi.formats.vocabulary import PROCESS
from ohjausprosessi.formats.yaml.scanner import MOST_BYTES, read
from ohjausprosessi.text.joining import all_of, quoted
from ohjausprosessi.text.shorten import as_written
from ohjausprosessi.text.suggest import close_match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.formats.yaml.problems import Problems
    from ohjausprosessi.model import Definition

_SUFFIX = ".yaml"
_VERSIONS = "versions"


def load_definition(name_or_path: str | Path) -> Definition:
    """Load a definition from a file.

    Args:
        name_or_path: id of a process that ships with the library, ``id@version`` of one, or the
            path of a YAML file.

    Raises:
        DefinitionError: with every problem: of the file (code ``yaml``), of the name (``name``), of
            what is written, of its meaning, and of the processes it calls.
    """
    library = _Library()
    if isinstance(name_or_path, str) and PROCESS.fullmatch(name_or_path):
        path, _ = library.find(None, name_or_path)
        if path is not None:
            return library.define(library.problems(path), path.parent)
        if not _exists(Path(name_or_path)):
            _refuse_name(name_or_path)
    path = Path(name_or_path)
    return library.define(read(_content(path, str(path)), str(path)), path.parent)


def loads_definition(
    text: str | bytes, *, name: str = "<text>", folder: str | Path | None = None
) -> Definition:
    """Load a definition from YAML text.

    Args:
        text: the definition.
        name: file name to show in messages.
        folder: where to look for processes it calls, before those that ship with the library.

    Raises:
        DefinitionError: with every problem.
    """
    library = _Library()
    return library.define(read(text, name), None if folder is None else Path(folder))


def shipped_ids() -> tuple[str, ...]:
    """The ids of the processes that ship with the library, in alphabetical order."""
    folder = _shipped_folder()
    if folder is None:
        return ()
    return tuple(sorted(path.stem for path in folder.glob(f"*{_SUFFIX}")))


class _Library:
    """A cache of the definitions read so far, valid or not: a file is read once."""

    def __init__(self) -> None:
        self._definitions: dict[Path, Definition] = {}
        self._broken: dict[Path, DefinitionError] = {}
        self._documents: dict[Path, Problems] = {}

    def define(self, problems: Problems, folder: Path | None, lineage: Lineage = ()) -> Definition:
        """Turn a document into a definition; its calls are looked up from its folder."""
        return define(problems, partial(self._resolve, folder), lineage)

    def problems(self, path: Path) -> Problems:
        """The document in a file, from the cache if it has been read."""
        if path not in self._documents:
            name = _display_name(path)
            self._documents[path] = read(_content(path, name), name)
        return self._documents[path]

    def find(self, folder: Path | None, name: str) -> tuple[Path | None, list[str]]:
        """Find the file that contains a process.

        Args:
            folder: where to look first; None = only among the shipped processes.
            name: ``id`` or ``id@version``.

        Returns:
            The file, or None; and what the files of that name contain instead, for the message.
        """
        others: list[str] = []
        for path in _candidates(folder, name):
            if path.is_file():
                identity = _identity(self.problems(path))
                if names_it(name, *identity):
                    return path, others
                others.append(f"{path.name}: {as_written('@'.join(identity))}")
        return None, others

    def _resolve(self, folder: Path | None, name: str, lineage: Lineage) -> Definition:
        """Find the process that a call in a document of this folder runs (``Resolve``)."""
        path, others = self.find(folder, name)
        if path is None:
            refuse_itself(name, lineage)
            raise _unresolved(folder, name, others)
        refuse_cycle(_identity(self.problems(path)), lineage)
        return self._called(path, lineage)

    def _called(self, path: Path, lineage: Lineage) -> Definition:
        if path in self._broken:
            raise self._broken[path]
        if path not in self._definitions:
            try:
                self._definitions[path] = self.define(self.problems(path), path.parent, lineage)
            except DefinitionError as error:
                self._broken[path] = error
                raise
        return self._definitions[path]


def _exists(path: Path) -> bool:
    """Whether there is such a file or folder; False for a name that the system rejects."""
    try:
        return path.exists()
    except OSError:
        return False


def _unresolved(folder: Path | None, name: str, found: list[str]) -> UnresolvedError:
    if found:
        other = "; ".join(found)
        return UnresolvedError(
            "name",
            Text(
                f"prosessia `{name}` ei ole; tiedostoissa on {other}",
                f"there is no process `{name}`; the files contain {other}",
            ),
        )
    near = close_match(name.partition("@")[0], _ids_near(folder))
    return UnresolvedError(
        "name",
        Text(f"prosessia `{name}` ei ole", f"there is no process `{name}`"),
        suggestion(near)
        or Text(
            f"tallenna se tämän tiedoston viereen: {name}{_SUFFIX}",
            f"save it beside this file: {name}{_SUFFIX}",
        ),
    )


def _ids_near(folder: Path | None) -> list[str]:
    beside = [] if folder is None else [path.stem for path in folder.glob(f"*{_SUFFIX}")]
    return sorted({*beside, *shipped_ids()})


def _candidates(folder: Path | None, name: str) -> Iterator[Path]:
    """Yield the files that may contain a process, in order of preference."""
    identifier = name.partition("@")[0]
    for place in (folder, _shipped_folder()):
        if place is None:
            continue
        for inside in (place, place / _VERSIONS):
            yield inside / f"{name}{_SUFFIX}"
            if name != identifier:
                yield inside / f"{identifier}{_SUFFIX}"


def _shipped_folder() -> Path | None:
    """The folder of the processes that ship: in the package, else in the checkout."""
    package = Path(__file__).parents[2]
    checkout = package.parents[1]
    if (package / "processes").is_dir():
        return package / "processes"
    return checkout / "processes" if (checkout / "pyproject.toml").is_file() else None


def _display_name(path: Path) -> str:
    """The name of a file in messages: without its folder if it ships with the library."""
    folder = _shipped_folder()
    return path.name if folder is not None and path.is_relative_to(folder) else str(path)


def _identity(problems: Problems) -> tuple[str, str]:
    """The id and version as written, not yet validated."""
    data = problems.source.data
    return str(data.get("id")), str(data.get("version"))


def _refuse_name(name: str) -> NoReturn:
    ids = shipped_ids()
    near = close_match(name, ids)
    hint = suggestion(near) or Text(
        f"mukana tulevat {all_of(quoted(ids), 'fi')}; muut annetaan tiedostona",
        f"the library ships {all_of(quoted(ids), 'en')}; give others as a file",
    )
    message = Text(
        f"kirjaston mukana ei tule prosessia `{name}`",
        f"the library ships no process `{name}`",
    )
    raise DefinitionError([Finding.error("name", Location(path=name), message, hint)])


def _content(path: Path, name: str) -> bytes:
    """The content of a file, cut one byte beyond the limit."""
    try:
        mode = path.stat().st_mode
        if S_ISDIR(mode):
            inside = path / f"*{_SUFFIX}"
            hint = Text(f"anna sen tiedostot: {inside}", f"name the files in it: {inside}")
            _refuse_file(name, Text("tämä on kansio", "this is a folder"), hint)
        if not S_ISREG(mode):
            _refuse_file(
                name, Text("tämä ei ole tavallinen tiedosto", "this is not a regular file")
            )
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        _refuse_file(name, Text("tiedostoa ei ole", "there is no such file"), _near_file(path))
    except PermissionError:
        _refuse_file(name, Text("tiedostoon ei ole lukuoikeutta", "no permission to read the file"))
    except ValueError:
        _refuse_file(
            name, Text("tämä ei kelpaa tiedoston nimeksi", "this is not a valid file name")
        )
    except OSError as error:
        reason = error.strerror or "?"
        _refuse_file(
            name, Text(f"tiedostoa ei voi lukea ({reason})", f"the file cannot be read ({reason})")
        )


def _near_file(path: Path) -> Text | None:
    try:
        near = close_match(path.name, [one.name for one in path.parent.iterdir()])
    except OSError:
        return None
    return suggestion(near)


def _refuse_file(name: str, message: Text, hint: Text | None = None) -> NoReturn:
    raise DefinitionError([Finding.error("yaml", Location(path=as_written(name)), message, hint)])
