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

    A tuple of ``Finding``: it can be counted, indexed and iterated. ``bool(report)`` is
    ``report.ok``, even for a report that is empty or holds warnings only.

    Example:
        import ohjausprosessi as op

        report = op.load("ohjausprosessi_koulutukseen").check()
        assert report
        assert report.errors == ()
        assert all(finding.severity == "warning" for finding in report)
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return self.ok

    @property
    def ok(self) -> bool:
        """True if no finding is an error; warnings do not count."""
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
        """Every finding with its place, line and remedy, then the number of errors and warnings."""
        errors, warnings = len(self.errors), len(self.warnings)
        counted = Text(
            f"virheitä {errors}, varoituksia {warnings}", f"errors: {errors}, warnings: {warnings}"
        )
        return "\n".join([*(finding.text(lang) for finding in self), counted.text(lang)])

    def __str__(self) -> str:
        return self.text("en")


def load(name_or_path: str | Path) -> Process:
    """Load a process by the id of one that ships with the library, or by the path of a YAML file.

    Processes that it calls are looked for in the folder of the file, then among those shipped.

    Raises:
        DefinitionError: with every problem of the file, if it is not well-formed or cannot be read.
        TypeError: if ``name_or_path`` is neither a string nor a path.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        assert process.responsible == "kaupunki"
    """
    if not isinstance(name_or_path, (str, PathLike)):
        raise TypeError(f"load takes an id or a path, not {type(name_or_path).__name__}")
    from ohjausprosessi.formats import load_definition  # noqa: PLC0415  pydantic comes with it

    return Process(load_definition(name_or_path))


def loads(text: str | bytes, *, folder: str | Path | None = None) -> Process:
    """Load a process from YAML text.

    Args:
        text: the definition, as ``docs/format.md`` describes it.
        folder: where to look for processes it calls, before those that ship with the library.

    Raises:
        DefinitionError: with every problem of the text, if it is not well-formed.
        TypeError: if ``text`` is neither ``str`` nor ``bytes``.

    Example:
        import ohjausprosessi as op

        process = op.loads('''
        ohjausprosessi: 1
        id: neuvonta
        version: "1"
        responsible: kunta
        start: alku
        owners: {kunta: {}}
        roles: {neuvoja: {owner: kunta}}
        states: {alku: {owner: kunta}, loppu: {kind: end, owner: kunta}}
        transitions: {paata: {from: alku, to: loppu, by: neuvoja}}
        ''')
        assert process.start("asiakas-1").advance("paata", by="neuvoja").ended
    """
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"loads takes the text of a definition, not {type(text).__name__}")
    from ohjausprosessi.formats import loads_definition  # noqa: PLC0415  pydantic comes with it

    return Process(loads_definition(text, folder=folder))


def from_data(
    data: Mapping[str, object], *, called: Mapping[str, Definition | Process] | None = None
) -> Process:
    """Make a process from plain data: mappings, lists, strings, integers and booleans.

    The data pass the same checks as a file and give the same hash. There are no lines to point at,
    so a problem is located by its path of keys, such as ``states.alku.owner``.

    Args:
        data: the definition, with the keys of ``docs/format.md``.
        called: processes that it calls, by the name it calls them by: ``id`` or ``id@version``.

    Raises:
        DefinitionError: with every problem of the data, if they are not well-formed.
        TypeError: if ``data`` is not a mapping.

    Example:
        import ohjausprosessi as op

        data = {
            "ohjausprosessi": 1,
            "id": "neuvonta",
            "version": "1",
            "responsible": "kunta",
            "start": "alku",
            "owners": {"kunta": {}},
            "roles": {"neuvoja": {"owner": "kunta"}},
            "states": {"alku": {"owner": "kunta"}, "loppu": {"kind": "end", "owner": "kunta"}},
            "transitions": {"paata": {"from": "alku", "to": "loppu", "by": "neuvoja"}},
        }
        assert op.from_data(data).states["loppu"].kind == "end"
        try:
            op.from_data({**data, "start": "allku"})
        except op.DefinitionError as error:
            assert str(error.findings[0].location) == "start"
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
    """A process that runs: a definition, compiled once.

    ``load``, ``loads`` and ``from_data`` make one; ``Process(definition)`` makes one of a
    ``Definition`` at hand, such as a mutant or a repair. A process never changes, and one serves
    any number of cases and threads. The sections of its definition are read-only mappings from id
    to element, in the order of the file.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        assert process.check()
        assert process.states["perustutkinto"].owner == "sakky"
        case = process.start("asiakas-1")
        assert case.active == ("ohjauksen_tarve",)
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
        """What ``op.verify`` takes, so that work done for this process is not done again."""
        return self._compiled

    @property
    def net(self) -> Net:
        """The compiled net, which the engine fires and the proofs explore (SEMANTICS §3)."""
        return self._compiled.net

    @property
    def id(self) -> str:
        """Its id."""
        return self._definition.id

    @property
    def version(self) -> str:
        """The version of the definition."""
        return self._definition.version

    @property
    def hash(self) -> str:
        """SHA-256 of what the definition means; layout and comments do not count (SEMANTICS D2)."""
        return self._compiled.hash

    @property
    def responsible(self) -> str:
        """The organisation that answers for the client at every moment."""
        return self._definition.responsible

    def title(self, lang: str = "fi") -> str:
        """The title in a language, else the first one written, else the id.

        Example:
            import ohjausprosessi as op

            process = op.load("tyottomyydesta_tutkintoon")
            assert "Työttömyydestä tutkintoon" in process.title()
        """
        return self._definition.text(lang)

    @cached_property
    def owners(self) -> Mapping[str, Owner]:
        """Who can hold a client: organisations, joint owners, external ones."""
        return MappingProxyType(dict(self._definition.owners))

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """Who can act: people of the organisations, and the client."""
        return MappingProxyType(dict(self._definition.roles))

    @cached_property
    def phases(self) -> Mapping[str, Phase]:
        """The columns of the picture."""
        return MappingProxyType(dict(self._definition.phases))

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """What can be recorded about a client."""
        return MappingProxyType(dict(self._definition.facts))

    @cached_property
    def durations(self) -> Mapping[str, Duration]:
        """The lengths of time that deadlines refer to."""
        return MappingProxyType(dict(self._definition.durations))

    @cached_property
    def info(self) -> Mapping[str, Info]:
        """The information items that hand-offs carry."""
        return MappingProxyType(dict(self._definition.info))

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """The services offered in states."""
        return MappingProxyType(dict(self._definition.services))

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Where a case can be."""
        return MappingProxyType(dict(self._definition.states))

    @cached_property
    def transitions(self) -> Mapping[str, Transition]:
        """What leads from state to state."""
        return MappingProxyType(dict(self._definition.transitions))

    @cached_property
    def duties(self) -> Mapping[str, Duty]:
        """Recurring work beside the path of the case."""
        return MappingProxyType(dict(self._definition.duties))

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """What must hold of every case."""
        return MappingProxyType(dict(self._definition.rules))

    def __repr__(self) -> str:
        return f"<Process {self.id} {self.version}>"

    # ---- checks

    def check(self) -> Report:
        """Find what is wrong with the process although it is well-formed (SEMANTICS §13 B).

        Explores every state that a case can reach and proves every rule. The codes are explained in
        ``docs/checks/``.

        Example:
            import ohjausprosessi as op

            report = op.load("ohjausprosessi_koulutukseen").check()
            assert report, report.text("en")
        """
        from ohjausprosessi.verify import findings  # noqa: PLC0415  a heavy room, not always used

        return Report(findings(self._compiled, prove_rules=True))

    def watch(self, rules: str | Iterable[str] = "all", *, times: bool = True) -> RuleMonitor:
        """Prepare the rules of the process for watching cases and logs.

        Args:
            rules: ids of the rules to watch; ``"all"`` = every one, those with ``monitor: true``
                included.
            times: whether to watch their time limits as well.

        Raises:
            ValueError: if the process has no rule of that id.

        Example:
            import ohjausprosessi as op

            process = op.load("ohjausprosessi_koulutukseen")
            case = process.start("asiakas-1").advance("hakeudu_ohjaukseen", by="asiakas")
            statuses = process.watch().judge(case.history)
            assert not any(found.status == "broken" for found in statuses)
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
        """Start a case.

        Args:
            case_id: identifies the case; the library keeps it and attaches no meaning to it.
            facts: what is known already; without ``by`` only facts that anybody may record.
            by: the role that starts it.
            actor: the person; recorded, has no influence.
            at: the moment. Without it nothing is timed until the first event that has one.

        Raises:
            Refused: with code ``role``, ``facts`` or ``time``.

        Example:
            import ohjausprosessi as op

            process = op.load("tyottomyydesta_tutkintoon")
            case = process.start("asiakas-1", facts={"ika": 24})
            assert case.facts["ika"] == 24
        """
        return engine.start(Case, self._compiled, case_id, facts=facts, by=by, actor=actor, at=at)

    def restore(self, data: object) -> Case:
        """Read a case that ``Case.to_dict`` wrote.

        Takes time linear in the history. The data must describe a state that the process can be in;
        whether its history led there is not judged. Where the store is not trusted, use ``replay``.

        Raises:
            Refused: with code ``definition`` if the case runs another definition, ``case_data`` if
                the data do not describe a case of this one.

        Example:
            import json

            import ohjausprosessi as op

            process = op.load("ohjausprosessi_koulutukseen")
            case = process.start("asiakas-1").advance("hakeudu_ohjaukseen", by="asiakas")
            stored = json.dumps(case.to_dict())
            assert process.restore(json.loads(stored)) == case
        """
        return engine.restore(Case, self._compiled, data)

    def replay(self, history: Sequence[Event], *, case_id: str | None = None) -> Case:
        """Rebuild a case from its history; every event is judged again (SEMANTICS Y3).

        Args:
            history: ``case.history``, or a sequence of all its events.
            case_id: the id of the case; None = that of the history.

        Raises:
            Refused: with code ``case_data`` at the first event that could not have happened.

        Example:
            import ohjausprosessi as op

            process = op.load("ohjausprosessi_koulutukseen")
            case = process.start("asiakas-1").advance("hakeudu_ohjaukseen", by="asiakas")
            assert process.replay(case.history) == case
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
        """Draw the process into a file.

        Args:
            path: the file to write; its suffix is the format: ``.svg``, ``.png``, ``.pdf``,
                ``.dot`` or ``.mmd`` (Mermaid).
            lang: language of the labels: ``fi``, ``en`` or another that the titles are written in.
                The picture's own words are Finnish for ``fi``, else English.
            view: ``overview``: what has a source in the text; ``full``: every transition, numbered,
                with a table.
            owner: id of an owner: draws only the part that concerns it.
            case: a case of this process: marks where it is and the path it took.
            counts: id of a transition or a state to a number: widens lines accordingly.
            diff: an older version: marks what was added, removed, changed or given to another
                owner.
            counterexample: ``Finding.counterexample``, together with the case that
                ``verify.follow``
                makes of it: marks where it goes wrong.

        Returns:
            The path of the file.

        Raises:
            RenderError: if it cannot be drawn or written, with what to do about it.
            TypeError: if ``case`` is not a case or ``diff`` not a process.

        Example:
            import ohjausprosessi as op

            process = op.load("ohjausprosessi_koulutukseen")
            assert process.render("kuvio2.dot", lang="en").exists()
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
        """States and transitions as a graph for networkx (``interop.graph``), with Finnish titles.

        Example:
            import ohjausprosessi as op

            graph = op.load("ohjausprosessi_koulutukseen").graph()
            assert graph.nodes["rekrykoulutus"]["holder"] == "te"
        """
        from ohjausprosessi.interop import graph  # noqa: PLC0415  networkx comes with it

        return graph(self._definition)


def _picture(case: Case) -> str:
    """Draw a case's process, with where the case is and the way it went."""
    from ohjausprosessi.diagram import svg_text  # noqa: PLC0415  Graphviz comes with it

    return svg_text(case.definition, case=case)
