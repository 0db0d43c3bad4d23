"""The pytest plugin: ``pytest --ohjausprosessi=FOLDER`` tests every process of a folder.

pytest loads this module wherever the library is installed, so nothing of the library is imported
before the option is given.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.engine import Case, Event
    from ohjausprosessi.process import Process
    from ohjausprosessi.testing import ProcessMachine
    from ohjausprosessi.testing.coverage import Coverage
    from ohjausprosessi.verify import Score, Violation

__all__ = [
    "ProcessFile",
    "pytest_addoption",
    "pytest_collect_file",
    "pytest_configure",
    "pytest_terminal_summary",
]

_FOLDERS = pytest.StashKey[list[Path]]()
_FOUND = pytest.StashKey[list["_Found"]]()
_SUFFIXES = frozenset({".yaml", ".yml"})


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("ohjausprosessi")
    group.addoption(
        "--ohjausprosessi",
        action="append",
        default=[],
        metavar="PATH",
        help="test every process (YAML) of a folder: it loads, its check, its rules on random walks",
    )
    group.addoption(
        "--ohjausprosessi-examples",
        type=int,
        default=100,
        metavar="N",
        help="random walks for each process (default: 100)",
    )
    group.addoption(
        "--ohjausprosessi-mutants",
        type=_number_of_mutants,
        default=20,
        metavar="N",
        help="one-edit changes of each process to try, evenly spread; all; 0 = none (default: 20)",
    )


def _number_of_mutants(said: str) -> int | None:
    """How many mutants to try; None = all."""
    if said == "all":
        return None
    if not said.isdecimal():
        raise argparse.ArgumentTypeError(f"{said!r} is neither a number nor 'all'")
    return int(said)


def pytest_configure(config: pytest.Config) -> None:
    """Collect the folders as well as whatever else pytest collects."""
    folders = [Path(path).resolve() for path in config.getoption("--ohjausprosessi") or ()]
    for folder in folders:
        if not folder.exists():
            raise pytest.UsageError(f"--ohjausprosessi: there is no {folder}")
    config.stash[_FOLDERS] = folders
    config.stash[_FOUND] = []
    named = {Path(argument).resolve() for argument in config.args}
    config.args += [str(folder) for folder in folders if folder not in named]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ProcessFile | None:
    """Collect the YAML files of the folders."""
    folders = parent.config.stash.get(_FOLDERS, [])
    inside = any(file_path == folder or folder in file_path.parents for folder in folders)
    if file_path.suffix in _SUFFIXES and inside:
        return ProcessFile.from_parent(parent, path=file_path)
    return None


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say of each process what the random walks have met, and which mutants are noticed."""
    lines = [line for found in config.stash.get(_FOUND, []) for line in found.lines()]
    if lines:
        terminalreporter.section("ohjausprosessi")
        for line in lines:
            terminalreporter.write_line(line)


class ProcessFile(pytest.File):
    """The tests of one process."""

    def collect(self) -> Iterator[_Test]:
        """Yield the tests: ``loads``, ``check``, ``walks``, each rule walked for, ``mutants``."""
        from ohjausprosessi.errors import DefinitionError  # noqa: PLC0415  not before the option
        from ohjausprosessi.process import load  # noqa: PLC0415  not before the option

        try:
            process = load(self.path)
        except DefinitionError as error:
            yield _Loads.from_parent(self, name="loads", problems=error.text("en"))
            return
        from ohjausprosessi.testing.rule_selection import rule_monitor  # noqa: PLC0415  not before the option

        yield _Loads.from_parent(self, name="loads", problems="")
        yield _Check.from_parent(self, name="check", process=process)
        found = _Found(process)
        self.config.stash[_FOUND].append(found)
        walks = _Walks(process, found, self.config)
        yield _Walk.from_parent(self, name="walks", walks=walks)
        for rule in rule_monitor(process, "all", times=False).rules:
            yield _Rule.from_parent(self, name=f"rule[{rule}]", walks=walks, rule=rule)
        if self.config.getoption("--ohjausprosessi-mutants") != 0:
            yield _Mutants.from_parent(self, name="mutants", found=found)


class _Failure(Exception):  # noqa: N818  the outcome of a test
    """What is wrong, in words."""


class _Test(pytest.Item):
    """A test that fails with words instead of a traceback."""

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None
    ) -> str:
        """The text of the failure instead of a traceback."""
        del style  # there is only one
        if isinstance(excinfo.value, _Failure):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test is."""
        return self.path, None, self.name


class _Loads(_Test):
    def __init__(self, *, problems: str, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._problems = problems

    def runtest(self) -> None:
        if self._problems:
            raise _Failure(self._problems)


class _Check(_Test):
    def __init__(self, *, process: Process, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._process = process

    def runtest(self) -> None:
        errors = self._process.check().errors
        if errors:
            raise _Failure("\n".join(error.text("en") for error in errors))


class _Walk(_Test):
    def __init__(self, *, walks: _Walks, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._walks = walks

    def runtest(self) -> None:
        self._walks.run()
        if self._walks.stuck:
            raise _Failure(self._walks.stuck)


class _Rule(_Test):
    def __init__(self, *, walks: _Walks, rule: str, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._walks = walks
        self._rule = rule

    def runtest(self) -> None:
        self._walks.run()
        if self._rule in self._walks.broken:
            raise _Failure(self._walks.shortest(self._rule))


class _Mutants(_Test):
    """Tries mutants: survivors are told, and no failure, since they may be as right as the process."""

    def __init__(self, *, found: _Found, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._found = found

    def runtest(self) -> None:
        from ohjausprosessi.verify import mutation_score  # noqa: PLC0415  not before the option

        definition = self._found.process.definition
        sample: int | None = self.config.getoption("--ohjausprosessi-mutants")
        self._found.score = mutation_score(definition, sample=sample)


class _Found:
    """What the tests of one process have found out besides passing or failing."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.coverage: Coverage | None = None
        self.score: Score | None = None

    def lines(self) -> Iterator[str]:
        """Yield it in words."""
        if self.coverage is not None:
            yield from self.coverage.lines()
        if self.score is not None:
            yield from _told(self.process, self.score)


def _told(process: Process, score: Score) -> Iterator[str]:
    """Say which mutants are noticed; a sample is called one."""
    number = f"{len(score.noticed)} of {score.tried}"
    if score.untried:
        number += f", a sample of {score.tried + score.untried}"
    yield f"{process.id}: mutants noticed by checks and rules {number}"
    for mutant in score.survivors:
        yield f"  not noticed: {mutant.message.en}"


class _Walks:
    """The random walks of one process: made once, whichever of its tests is run first."""

    def __init__(self, process: Process, found: _Found, config: pytest.Config) -> None:
        self.process = process
        self._found = found
        self.broken: dict[str, Violation] = {}
        self.stuck = ""
        self._config = config
        self._done = False

    def run(self) -> None:
        """Walk, watch every rule and count what is met."""
        if self._done:
            return
        self._done = True
        from ohjausprosessi.testing import (  # noqa: PLC0415  an extra
            Coverage,
            ProcessMachine,
            Stuck,
        )
        from ohjausprosessi.testing.rule_selection import rule_monitor  # noqa: PLC0415  not before the option

        coverage = self._found.coverage = Coverage(self.process)
        watch, broken = rule_monitor(self.process, "all", times=False), self.broken

        class Walks(ProcessMachine, process=self.process, rules=()):
            """Walks that note what is broken and go on."""

            def begin(self, case: Case) -> None:
                self.noted = watch.monitor()
                self.noted.see(case.history[0])

            def on_fire(self, case: Case, event: Event) -> None:
                del case
                self.noted.see(event)

            def agree(self, case: Case) -> None:
                self.noted.rest(case)
                coverage.see(case)
                for violation in self.noted.broken:
                    broken.setdefault(violation.rule, violation)

        try:
            self._walk(Walks)
        except Stuck as stuck:
            self.stuck = str(stuck)

    def shortest(self, rule: str) -> str:
        """How a rule is broken, in the simplest walk that Hypothesis finds."""
        from ohjausprosessi.testing import RuleBroken, machine  # noqa: PLC0415  an extra

        try:
            self._walk(machine(self.process, rules=[rule]))
        except RuleBroken as error:
            return str(error)
        return self.broken[rule].text("en", definition=self.process.definition)

    def _walk(self, walks: type[ProcessMachine]) -> None:
        from hypothesis import HealthCheck, Phase, settings  # noqa: PLC0415  an extra
        from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415  an extra

        run_state_machine_as_test(
            walks,
            settings=settings(
                max_examples=int(self._config.getoption("--ohjausprosessi-examples") or 1),
                deadline=None,
                database=None,
                phases=[Phase.generate, Phase.shrink],
                derandomize=True,  # a check of a definition says the same every time
                suppress_health_check=[
                    HealthCheck.too_slow,
                    HealthCheck.data_too_large,
                    HealthCheck.filter_too_much,
                ],
            ),
        )
