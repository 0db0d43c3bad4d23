"""Runs the stages that turn one document into one definition, and reports all problems at once.

This module touches no files: a ``Resolve`` finds the called processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ohjausprosessi import wellformedness
from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import DefinitionError, OhjausprosessiError
from ohjausprosessi.formats.load import from_data
from ohjausprosessi.formats.load.build import build, build_facts, build_info
from ohjausprosessi.formats.load.entry_rules import check_entries
from ohjausprosessi.formats.load.guard_texts import check_guards
from ohjausprosessi.formats.load.references import check_names
from ohjausprosessi.formats.load.validate import validate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ohjausprosessi.formats.schema.document import Document
    from ohjausprosessi.formats.yaml.problems import Problems
    from ohjausprosessi.model import Definition

Lineage = tuple[tuple[str, str], ...]

_MOST_CALLS = 16
_MOST_PROCESSES = 64  # called twice counts twice: each call has places of its own


class UnresolvedError(OhjausprosessiError):
    """A called process that cannot be found or must not be called.

    Attributes:
        code: ``name`` or ``call-cycle``.
        message: why it cannot be called.
        hint: the remedy, if there is one.
    """

    def __init__(self, code: str, message: Text, hint: Text | None = None) -> None:
        self.code = code
        self.message = message
        self.hint = hint
        super().__init__(code, message, hint)


class Resolve(Protocol):
    """A function that finds the process a call runs."""

    def __call__(self, name: str, lineage: Lineage) -> Definition:
        """Find a called process.

        Args:
            name: ``id`` or ``id@version``, as checked.
            lineage: id and version of the definitions that call it, outermost first.

        Raises:
            UnresolvedError: if there is no such process, or it calls itself.
            DefinitionError: if its own definition has problems.
        """
        ...


def define(problems: Problems, resolve: Resolve, lineage: Lineage = ()) -> Definition:
    """Turn a document into a definition.

    Args:
        problems: the document, with the problems found while it was read.
        resolve: finds the called processes.
        lineage: id and version of the definitions that call this one.

    Raises:
        DefinitionError: with every problem.
    """
    found = validate(problems)
    document = found.document
    facts, info = build_facts(document), build_info(document)
    check_entries(problems, document)
    check_names(problems, found)
    check_guards(problems, found, facts, info)
    calls = _calls(problems, document, resolve, (*lineage, (document.id, document.version)))
    problems.raise_if_any()
    definition = build(document, problems.source.origin(), facts, info, calls)
    problems.findings.extend(wellformedness.problems(definition))
    problems.raise_if_any()
    return definition


def _calls(
    problems: Problems, document: Document, resolve: Resolve, lineage: Lineage
) -> dict[str, Definition]:
    """Call to the process it runs; calls that cannot be resolved are reported and left out."""
    calls: dict[str, Definition] = {}
    for identifier, state in document.states.items():
        if state.process is None or state.kind != "call":
            continue
        path = ("states", identifier, "process")
        try:
            called = resolve(state.process, lineage)
        except UnresolvedError as error:
            problems.add(error.code, path, error.message, hint=error.hint)
            continue
        except DefinitionError as error:
            problems.add_of_others(error.findings)
            continue
        calls[identifier] = called
        if sum(map(_size, calls.values())) >= _MOST_PROCESSES:
            problems.add(
                "call-cycle",
                path,
                Text(
                    f"kutsut ajavat yhteensä yli {_MOST_PROCESSES} prosessia",
                    f"the calls run more than {_MOST_PROCESSES} processes in all",
                ),
                hint=Text(
                    "yhdistä prosesseja, joita kutsutaan monesta kohdasta",
                    "merge processes that are called in many places",
                ),
            )
            break
    return calls


def _size(definition: Definition) -> int:
    """The number of processes in the tree of calls, the definition itself included."""
    return 1 + sum(map(_size, definition.calls.values()))


def refuse_itself(name: str, lineage: Lineage) -> None:
    """Reject a name that can only refer to a process in the current chain of calls.

    Raises:
        UnresolvedError: with code ``call-cycle``.
    """
    for identity in lineage:
        if names_it(name, *identity):
            refuse_cycle(identity, lineage)


def refuse_cycle(identity: tuple[str, str], lineage: Lineage) -> None:
    """Reject a call back into the current chain of calls, and a chain that is too long.

    Raises:
        UnresolvedError: with code ``call-cycle``.
    """
    if identity in lineage:
        chain = " → ".join(name for name, _ in (*lineage[lineage.index(identity) :], identity))
        raise UnresolvedError(
            "call-cycle",
            Text(f"prosessi kutsuu itseään: {chain}", f"the process calls itself: {chain}"),
            Text(
                "prosessin sisällä voi ajaa vain toista prosessia",
                "only another process can run inside a process",
            ),
        )
    if len(lineage) > _MOST_CALLS:
        raise UnresolvedError(
            "call-cycle",
            Text(
                f"sisäkkäisiä kutsuja on yli {_MOST_CALLS}",
                f"calls are nested deeper than {_MOST_CALLS}",
            ),
            Text(
                "yhdistä prosesseja, jotka vain kutsuvat toista",
                "merge processes that only call another one",
            ),
        )


def definition_of(
    data: Mapping[str, object], *, called: Mapping[str, Definition] = {}
) -> Definition:
    """Turn plain data into a definition, with the same checks as for a file but no line numbers.

    Args:
        data: mappings, lists, strings, integers and booleans, as parsed from YAML.
        called: called process (``id`` or ``id@version``) to its definition.

    Raises:
        DefinitionError: with every problem.
    """

    def resolve(name: str, lineage: Lineage) -> Definition:
        definition = called.get(name)
        if definition is None:
            definition = called.get(name.partition("@")[0])
        if definition is None or not names_it(name, definition.id, definition.version):
            refuse_itself(name, lineage)
            raise UnresolvedError(
                "name",
                Text(f"prosessia `{name}` ei ole annettu", f"no process `{name}` is given"),
                Text("anna se kohdassa `called`", "pass it in `called`"),
            )
        for identity in _identities(definition):
            refuse_cycle(identity, lineage)
        return definition

    return define(from_data.take(data), resolve)


def names_it(name: str, identifier: str, version: str) -> bool:
    """Whether ``id`` or ``id@version`` refers to the definition with this id and version."""
    wanted, _, wanted_version = name.partition("@")
    return wanted == identifier and wanted_version in {"", version}


def _identities(definition: Definition) -> Iterator[tuple[str, str]]:
    yield definition.id, definition.version
    for called in definition.calls.values():
        yield from _identities(called)
