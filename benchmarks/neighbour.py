"""Recorded walks performed by ``transitions``, with the machine that ``interop`` makes of a process.

Only a process without forks and calls becomes such a machine; it keeps no history, knows no duties
and no clock, and leaves it to others who may record a fact. So it goes along with a walk as far as
every trigger leads where the case went.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from transitions import MachineError

from ohjausprosessi.interop import to_machine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.walks import Call, Walk
    from ohjausprosessi.engine import Case
    from ohjausprosessi.process import Process


@dataclass(frozen=True)
class Trigger:
    """One call of ``model.trigger``; ``is_event`` if it stands for an ``advance``."""

    name: str
    by: str | None = None
    facts: Mapping[str, Any] | None = None
    is_event: bool = False


class Neighbour:
    """A process as a ``transitions.Machine`` with one model, which starts anew for each walk."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.machine = to_machine(process)
        self.model: Any = self.machine.model
        self.at_start = dict(self.model.facts)

    def start(self) -> None:
        """Put the model where a case starts."""
        self.machine.set_state(self.machine.initial, self.model)
        self.model.facts = dict(self.at_start)

    def along(self, walk: Walk) -> tuple[Walk, list[Trigger]]:
        """The part of a walk that the machine goes along with, and how it is told to."""
        self.start()
        calls: list[Call] = []
        told: list[Trigger] = []
        kept = [call for call in walk.calls if call.name not in self.process.duties]
        case = self.process.start("case", at=walk.start)
        for call in kept:
            before, case = case, call.on(case, walk.start + call.since)
            triggers = list(_triggers(call, before, case))
            if not self._follows(triggers) or (self.model.state,) != case.active:
                break
            calls.append(call)
            told += triggers
        return replace(walk, calls=tuple(calls)), told

    def _follows(self, triggers: Sequence[Trigger]) -> bool:
        try:
            return all(self.model.trigger(t.name, by=t.by, facts=t.facts) for t in triggers)
        except MachineError:
            return False

    def times(self, walks: Sequence[Sequence[Trigger]], cost: float) -> list[float]:
        """Perform walks; the nanoseconds of each event, without the cost of reading the clock."""
        clock = perf_counter_ns
        taken = []
        for walk in walks:
            self.start()
            trigger = self.model.trigger
            for told in walk:
                facts = dict(told.facts) if told.facts else None
                begin = clock()
                trigger(told.name, by=told.by, facts=facts)
                end = clock()
                if told.is_event:
                    taken.append(end - begin - cost)
        return taken


def _triggers(call: Call, before: Case, after: Case) -> Iterator[Trigger]:
    if call.name != "tick":
        yield Trigger(call.name, call.by, call.facts, is_event=call.name != "learn")
        return
    for event in after.history[before.seq :]:
        if event.kind == "time":
            expires = event.transition.endswith(".expire")
            yield Trigger(event.transition if expires else f"{event.transition}.after")
