"""The handle people hold: a definition, compiled; it starts cases and delegates everything else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from os import PathLike
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from ohjausprosessi import engine
from ohjausprosessi.diagnostics import Text
from ohjausprosessi.engine import Case
from ohjausprosessi.net import Compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    import networkx as nx

    from ohjausprosessi.diagnostics import Finding, Step
    from ohjausprosessi.engine import Event
    from ohjausprosessi.model import (
        Definition,
        Duration,
        Duty,
        Fact,
        Info,
        Owner,
        Phase,
        Role,
        Rule,
        Service,
        State,
        Transition,
        Value,
    )
    from ohjausprosessi.net import Net
    from ohjausprosessi.verify import RuleMonitor

__all__ = ["Process", "Report", "from_data", "load", "loads"]


class Report(tuple["Finding", ...]):
    """The findings of a check, in the order of the file; true in a condition if all is well.

    A tuple of ``Finding``: it can be counted and iterated. ``bool(report)`` is ``report.ok``, also
    where there are warnings, or nothing at all.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return self.ok

    @property
    def ok(self) -> bool:
        """Whether no finding is an error; warnings do not count."""
        return not self.errors

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that are errors."""
        return tuple(finding for finding in self if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are warnings."""
        return tuple(finding for finding in self if finding.severity == "warning")

    def text(self, lang: str = "fi") -> str:
        """Every finding with its place and remedy, then a count, in Finnish (``fi``) or English."""
        errors, warnings = len(self.errors), len(self.warnings)
        counted = Text(
            f"virheitä {errors}, varoituksia {warnings}", f"errors: {errors}, warnings: {warnings}"
        )
        return "\n".join([*(finding.text(lang) for finding in self), counted.text(lang)])

    def __str__(self) -> str:
        return self.text("en")


def load(name_or_path: str | Path) -> Process:
    """Return a process: the id of one that ships with the library, or the path of a YAML file.

    Raises:
        DefinitionError: with every problem of the file, if it has no meaning.
        TypeError: if it is neither a text nor a path.
    """
    if not isinstance(name_or_path, (str, PathLike)):
        raise TypeError(f"load takes an id or a path, not {type(name_or_path).__name__}")
    from ohjausprosessi.formats import load_definition  # noqa: PLC0415  pydantic comes with it

    return Process(load_definition(name_or_path))


def loads(text: str | bytes, *, folder: str | Path | None = None) -> Process:
    """Return a process written as YAML text.

    Args:
        text: the definition.
        folder: where to look for processes it calls, before those that ship with the library.

    Raises:
        DefinitionError: with every problem of the text, if it has no meaning.
        TypeError: if it is no text.
    """
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"loads takes the text of a definition, not {type(text).__name__}")
    from ohjausprosessi.formats import loads_definition  # noqa: PLC0415  pydantic comes with it

    return Process(loads_definition(text, folder=folder))


def from_data(
    data: Mapping[str, object], *, called: Mapping[str, Definition | Process] | None = None
) -> Process:
    """Make a process from plain data: mappings, lists, texts, whole numbers and truth values.

    The same checks as for a file, and the same hash. A problem's place is its path of keys, such as
    ``states.alku.owner``; there is no line.

    Args:
        data: the definition, as its YAML would be read.
        called: name of a called process (``id`` or ``id@version``) to the process.

    Raises:
        DefinitionError: with every problem of the data, if it has no meaning.
        TypeError: if it is no mapping.
    """
    if not isinstance(data, Mapping):
        raise TypeError(f"from_data takes a mapping, not {type(data).__name__}")
    from ohjausprosessi.formats import definition_of  # noqa: PLC0415  pydantic comes with it

    given = {
        name: process.definition if isinstance(process, Process) else process
        for name, process in (called or {}).items()
    }
    return Process(definition_of(data, called=given))


class Process:
    """A process definition that runs.

    The sections of the definition are mappings from id to element, in the order of the file:
    ``states``, ``transitions``, ``owners``, ``roles``, ``phases``, ``facts``, ``durations``,
    ``info``, ``services``, ``duties`` and ``rules``.
    """

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._compiled = Compiled(definition)
        self._compiled.picture = _picture

    @property
    def definition(self) -> Definition:
        """The definition as data."""
        return self._definition

    @property
    def compiled(self) -> Compiled:
        """The compiled process: what ``verify``, ``testing`` and ``interop`` are given."""
        return self._compiled

    @property
    def net(self) -> Net:
        """The compiled net: what engine and proofs read (SEMANTICS §3)."""
        return self._compiled.net

    @property
    def id(self) -> str:
        """The id of the process."""
        return self._definition.id

    @property
    def version(self) -> str:
        """The version of the definition."""
        return self._definition.version

    @property
    def hash(self) -> str:
        """The definition hash: equal for definitions that mean the same (SEMANTICS D2)."""
        return self._compiled.hash

    @property
    def responsible(self) -> str:
        """The process-responsible organisation."""
        return self._definition.responsible

    def title(self, lang: str = "fi") -> str:
        """Return the title in a language, else the first one written, else the id."""
        return self._definition.text(lang)

    @cached_property
    def owners(self) -> Mapping[str, Owner]:
        """The organisations, joint and external owners."""
        return MappingProxyType(dict(self._definition.owners))

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """Who acts."""
        return MappingProxyType(dict(self._definition.roles))

    @cached_property
    def phases(self) -> Mapping[str, Phase]:
        """The columns."""
        return MappingProxyType(dict(self._definition.phases))

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """What is known of the client."""
        return MappingProxyType(dict(self._definition.facts))

    @cached_property
    def durations(self) -> Mapping[str, Duration]:
        """The lengths of time."""
        return MappingProxyType(dict(self._definition.durations))

    @cached_property
    def info(self) -> Mapping[str, Info]:
        """What hand-offs carry."""
        return MappingProxyType(dict(self._definition.info))

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """The marks on states."""
        return MappingProxyType(dict(self._definition.services))

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Where a case can be."""
        return MappingProxyType(dict(self._definition.states))

    @cached_property
    def transitions(self) -> Mapping[str, Transition]:
        """The ways from state to state."""
        return MappingProxyType(dict(self._definition.transitions))

    @cached_property
    def duties(self) -> Mapping[str, Duty]:
        """What is done beside the path."""
        return MappingProxyType(dict(self._definition.duties))

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """What must hold of every case."""
        return MappingProxyType(dict(self._definition.rules))

    def __repr__(self) -> str:
        return f"<Process {self.id} {self.version}>"

    # ---- checks

    def check(self) -> Report:
        """Return what is wrong with the process although it has a meaning (SEMANTICS §13 B).

        Every course a case can take is explored, and every rule proved.
        """
        from ohjausprosessi.verify import findings  # noqa: PLC0415  a heavy room, not always used

        return Report(findings(self._compiled, prove_rules=True))

    def watch(self, rules: str | Iterable[str] = "all", *, times: bool = True) -> RuleMonitor:
        """Return the rules as monitors, for running cases and for logs.

        ``watch.judge(case.history)`` says how each rule stands in a case; ``watch.monitor()`` reads
        the events of a case as they come.

        Args:
            rules: ids of the rules to watch; ``"all"`` = every one.
            times: whether to watch their times, too.

        Raises:
            ValueError: if there is no rule of an id.
        """
        from ohjausprosessi.verify import RuleMonitor  # noqa: PLC0415  a heavy room, not always used

        return RuleMonitor(self._compiled, rules, times=times)

    # ---- cases

    def start(
        self,
        case_id: str,
        *,
        facts: Mapping[str, Value | None] | None = None,
        by: str | None = None,
        actor: str | None = None,
        at: datetime | None = None,
    ) -> Case:
        """Return a new case at the start of the process.

        Args:
            case_id: who the case is: a text, which the library only keeps.
            facts: what is known already; without ``by`` only what anybody may record.
            by: the role that starts it.
            actor: who the person is; recorded, decides nothing.
            at: when, with a time zone. A case started without a time has no time limits until
                its first event with one.

        Raises:
            Refused: with code ``role``, ``facts`` or ``time``.
        """
        return engine.start(Case, self._compiled, case_id, facts=facts, by=by, actor=actor, at=at)

    def restore(self, data: object) -> Case:
        """Return the case that ``Case.to_dict`` described.

        Checked is what the net can hold; whether the history happened is what ``replay`` judges.

        Raises:
            Refused: ``definition`` if the case is of another definition, ``case_data`` if the data
                is no case of this one.
        """
        return engine.restore(Case, self._compiled, data)

    def replay(self, history: Sequence[Event], *, case_id: str | None = None) -> Case:
        """Return the case that a history leads to; every event is judged again (SEMANTICS Y3).

        Args:
            history: ``case.history``, or a sequence of its events.
            case_id: the id of the case; None takes that of the history.

        Raises:
            Refused: with code ``case_data`` where the history is not one of this definition.
        """
        own = getattr(history, "case_id", "")
        return engine.replay(Case, self._compiled, own if case_id is None else case_id, history)

    # ---- pictures and neighbours

    def render(
        self,
        path: str | Path,
        *,
        lang: str = "fi",
        view: Literal["overview", "full"] = "overview",
        owner: str | None = None,
        case: engine.Case | None = None,
        counts: Mapping[str, int] | None = None,
        diff: Process | None = None,
        counterexample: Sequence[Step] = (),
    ) -> Path:
        """Draw the process into a file and return its path.

        Args:
            path: where to write; the suffix says how: svg png pdf dot mmd.
            lang: language of labels: ``fi``, ``en`` or another one that titles are written in. The
                picture's own words are Finnish for ``fi``, else English.
            view: ``overview``, the slide: what has a source; or ``full``: every transition,
                numbered, with a table.
            owner: an owner whose part is drawn.
            case: a case of this process; shows where it is and the way it went.
            counts: id of a transition or state to a figure; lines get wider with it.
            diff: an older version; shows what was added, removed, changed or re-owned.
            counterexample: the course of a finding, with the case that goes it (``verify.follow``); shows
                where it goes wrong.

        Raises:
            RenderError: if it cannot be drawn or written; it says what to do.
            TypeError: if ``case`` is no case or ``diff`` no process.
        """
        for name, given, kind in (("case", case, engine.Case), ("diff", diff, Process)):
            if given is not None and not isinstance(given, kind):
                raise TypeError(f"{name} is a {kind.__name__}, not {type(given).__name__}")
        from ohjausprosessi.diagram import render  # noqa: PLC0415  Graphviz comes with it

        return render(
            self._definition,
            path,
            lang=lang,
            view=view,
            owner=owner,
            case=case,
            counts=counts,
            diff=None if diff is None else diff.definition,
            counterexample=counterexample,
        )

    def _repr_svg_(self) -> str:
        """Show the process in a notebook."""
        from ohjausprosessi.diagram import svg_text  # noqa: PLC0415  Graphviz comes with it

        return svg_text(self._definition)

    def graph(self) -> nx.MultiDiGraph[str]:
        """Return states and transitions as a ``networkx.MultiDiGraph``."""
        from ohjausprosessi.interop import graph  # noqa: PLC0415  networkx comes with it

        return graph(self._definition)


def _picture(case: Case) -> str:
    """Draw a case's process, with where the case is and the way it went."""
    from ohjausprosessi.diagram import svg_text  # noqa: PLC0415  Graphviz comes with it

    return svg_text(case.definition, case=case)
