"""What type checkers see of ``ohjausprosessi.testing``: a machine of one's own is a plain subclass."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

import ohjausprosessi as op
from ohjausprosessi.testing import ProcessMachine, machine

if TYPE_CHECKING:
    from ohjausprosessi.engine import Case, Event

PROCESS = op.load("ohjausprosessi_koulutukseen")


class Counting(ProcessMachine, process=PROCESS, rules=()):
    """Counts events of a system that runs beside the process."""

    events: int

    def begin(self, case: Case) -> None:
        self.events = case.seq

    def on_fire(self, case: Case, event: Event) -> None:
        self.events = min(event.seq, case.seq)

    def agree(self, case: Case) -> None:
        assert self.events == case.seq


def test_a_subclass_is_typed() -> None:
    assert_type(Counting.process, op.Process)
    assert_type(machine(PROCESS), type[ProcessMachine])
    run_state_machine_as_test(
        Counting, settings=settings(max_examples=1, stateful_step_count=1, deadline=None)
    )
