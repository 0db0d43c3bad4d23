"""The Hypothesis state machine of a process."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, ClassVar

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

import small
from ohjausprosessi import load
from ohjausprosessi.testing import Coverage, ProcessMachine, RuleBroken, machine

if TYPE_CHECKING:
    from ohjausprosessi.engine import Case, Event
    from ohjausprosessi.errors import Refused
    from ohjausprosessi.testing import Act

quick = settings(
    max_examples=30,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
)
FIGURES = ("tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen")
RULES = {
    "kept": {"rule": "precedence", "first": "over", "then": "b"},
    "lost": {"rule": "precedence", "first": "visit", "then": "home"},
    "people": {"rule": "precedence", "first": "visit", "then": "over", "monitor": True},
}
PROCESS = small.process(
    {"a": {"deadline": "day"}, "b": "s", "e": small.END},
    {
        "over": small.t("a", "b", if_="ok", handoff={"within": "five", "else": "back"}),
        "home": small.t("b", "a", "rs", handoff=small.NOTICE),
        "stop": small.t(["a", "b"], "e", ["rc", "rs"], handoff=small.NOTICE),
    },
    facts={"ok": {"type": "bool"}},
    duties={"visit": {"by": "c"}},
    rules=RULES,
)


def run(kind: type[ProcessMachine]) -> None:
    run_state_machine_as_test(kind, settings=quick)


def test_what_happens_is_told_once_in_order_and_adds_up_to_the_case() -> None:
    class Told(ProcessMachine, process=PROCESS, rules=["kept"]):
        refused: ClassVar[set[str]] = set()
        kinds: ClassVar[set[str]] = set()

        def begin(self, case: Case) -> None:
            self.told = [case.history[0]]
            assert (case.active, case.seq) == (("a",), 1)

        def on_fire(self, case: Case, event: Event) -> None:
            assert event in case.history
            self.told.append(event)
            self.kinds.add(event.transition)

        def on_refused(self, case: Case, act: Act, refused: Refused) -> None:
            assert case.at == act.at
            self.refused.add(refused.code)

        def agree(self, case: Case) -> None:
            assert self.told == list(case.history)

    run(Told)
    assert {"role", "not_here", "guard_unknown"} <= Told.refused
    answers = {"over.accept", "over.decline", "over.expire"}
    assert {"a.remind", "home", "stop", "learn", "visit"} | answers <= Told.kinds


def test_a_broken_rule_fails_with_its_name_and_the_case() -> None:
    with pytest.raises(RuleBroken) as found:
        run(machine(PROCESS))
    assert [violation.rule for violation in found.value.violations] == ["lost"]
    assert str(found.value).endswith("-> over -> over.accept -> home")


def test_a_rule_that_people_keep_is_watched_only_if_asked_for() -> None:
    run(machine(PROCESS, rules=["kept"]))
    with pytest.raises(RuleBroken, match="people"):
        run(machine(PROCESS, rules=["people"]))


def test_a_system_with_a_planted_bug_is_caught() -> None:
    class Forgetful(ProcessMachine, process=PROCESS, rules=()):
        """Forgets to hand back when nobody answers."""

        def begin(self, case: Case) -> None:
            self.waiting = set(case.open_handoffs)

        def on_fire(self, case: Case, event: Event) -> None:
            del case
            if event.transition == "over":
                self.waiting.add("over.offered@a")
            elif event.withdrawn or event.transition in {"over.accept", "over.decline"}:
                self.waiting.clear()

        def agree(self, case: Case) -> None:
            assert self.waiting == set(case.open_handoffs), case.history[-1].transition

    with pytest.raises(AssertionError, match=r"over\.expire"):
        run(Forgetful)


def test_a_failing_example_is_made_short() -> None:
    class Forgetful(ProcessMachine, process=load(FIGURES[1]), rules=()):
        """Fails where a hand-off is not answered, some six acts from the start."""

        def on_fire(self, case: Case, event: Event) -> None:
            assert not event.transition.endswith(".expire"), case.id

    short = settings(quick, max_examples=100, stateful_step_count=15)
    with pytest.raises(AssertionError, match=r"^case-\d") as found:
        run_state_machine_as_test(seed(1)(Forgetful), settings=short)
    lines = "\n".join(found.value.__notes__).splitlines()
    assert "state.starts()" in lines
    assert len(lines) < 20, lines


def test_a_machine_is_a_test_case_that_pytest_can_run() -> None:
    test = machine(PROCESS, rules=["kept"]).TestCase("runTest")
    type(test).settings = quick
    assert test.run().wasSuccessful()  # type: ignore[union-attr]


def test_a_process_that_gets_stuck_is_told() -> None:
    stuck = small.process(
        {"a": "c", "b": "c", "e": small.END},
        {"go": small.t("a", "b"), "on": small.t("b", "e", if_="ok")},
        facts={"ok": {"type": "bool", "by": "te"}},
        phases={"early": {}},
    )
    blocked = small.process(
        {"a": "c", "b": "c", "e": small.END},
        {"go": small.t("a", "b"), "on": small.t("b", "e", if_="ok")},
        facts={"ok": {"type": "bool", "phases": "early"}},
        phases={"early": {}},
    )
    run(machine(stuck))
    with pytest.raises(AssertionError, match="nothing more can happen"):
        run(machine(blocked))


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(("name", "examples"), [(FIGURES[0], 100), (FIGURES[1], 50)])
def test_every_transition_handoff_and_guard_of_a_figure_is_met(
    name: str, examples: int, number: int
) -> None:
    process = load(name)
    coverage = Coverage(process)

    class Counting(ProcessMachine, process=process):
        def agree(self, case: Case) -> None:
            coverage.see(case)

    drawn_anew = settings(max_examples=examples, deadline=None, database=None)
    run_state_machine_as_test(seed(number)(Counting), settings=drawn_anew)
    assert len(coverage.lines()) == 1, coverage.lines()


def test_another_case_begins_after_one_that_has_ended() -> None:
    class Going(ProcessMachine, process=PROCESS, rules=["kept"]):
        last: ClassVar[list[str]] = []

        def teardown(self) -> None:
            self.last.append(self.case.id)

    run(Going)
    assert sum(case_id != "case-1" for case_id in Going.last) > len(Going.last) / 2


def test_without_hypothesis_the_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None; import ohjausprosessi.testing as t; "
        "assert t.Act and t.Coverage and t.mutants\n"
        "try: t.machine\n"
        "except ModuleNotFoundError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert 'pip install "ohjausprosessi[testing]"' in done.stdout
