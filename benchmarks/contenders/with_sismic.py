"""The library sismic: statecharts, interpreted."""

from __future__ import annotations

from sismic.interpreter import Interpreter
from sismic.model import BasicState, CompoundState, Event, Statechart, Transition

from benchmarks.contenders import Contender
from benchmarks.model import EVENTS, FACTS, STATES, WAYS


class Sismic(Contender):
    """``sismic``."""

    name = "sismic"
    module = "sismic.interpreter"
    checks = "guard"
    many = 300

    def __init__(self) -> None:
        self.chart = self.build()

    def build(self) -> Statechart:
        chart = Statechart("ring")
        chart.add_state(CompoundState("root", initial="s0"), None)
        for state in STATES:
            chart.add_state(BasicState(state), "root")
        for way in WAYS:
            chart.add_transition(
                Transition(way.source, way.target, event=way.name, guard=way.guard)
            )
        return chart

    def create(self) -> Interpreter:
        case = Interpreter(self.chart, initial_context=dict(FACTS))
        case.execute()
        return case

    def walk(self, laps: int) -> None:
        case = self.create()
        for _ in range(laps):
            for name in EVENTS:
                case.queue(Event(name)).execute_once()
        assert case.configuration == ["root", "s0"]
