"""The library python-statemachine: a class per machine, an instance per case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from statemachine.io import create_machine_class_from_definition

from benchmarks.contenders import Contender
from benchmarks.model import EVENTS, FACTS, REFUSING, STATES, WAYS

if TYPE_CHECKING:
    from collections.abc import Callable


class Model:
    """A case: its state, which the machine keeps here, and its facts."""

    def __init__(self, facts: dict[str, int]) -> None:
        self.state: str | None = None
        self.facts = facts


def condition(holds: Callable[[dict[str, int]], bool]) -> Callable[..., bool]:
    """A guard as python-statemachine calls it."""

    def guard(model: Model) -> bool:
        return holds(model.facts)

    return guard


class StateMachine(Contender):
    """``python-statemachine``."""

    name = "python-statemachine"
    module = "statemachine"
    checks = "guard"
    many = 300

    def __init__(self) -> None:
        self.machine = self.build()

    def build(self) -> Any:
        states: dict[str, Any] = {state: {"initial": state == "s0", "on": {}} for state in STATES}
        for way in WAYS:
            entry: dict[str, Any] = {"target": way.target}
            if way.holds is not None:
                entry["cond"] = condition(way.holds)
            states[way.source]["on"][way.name] = [entry]
        return create_machine_class_from_definition(
            "Ring", states, allow_event_without_transition=False, catch_errors_as_events=False
        )

    def create(self) -> Any:
        return self.machine(Model(FACTS))

    def walk(self, laps: int) -> None:
        case = self.create()
        for _ in range(laps):
            for name in EVENTS:
                case.send(name)

    def refuse(self) -> Callable[[], object]:
        case = self.machine(Model(REFUSING))

        def attempt() -> Exception | None:
            try:
                case.send("n0")
            except case.TransitionNotAllowed as refused:
                return refused
            return None

        return attempt

    def options(self) -> Callable[[], object]:
        case = self.create()
        return case.enabled_events

    def round_trip(self) -> Callable[[], object]:
        """A case is written as its state and facts: there is no history to keep."""
        state = self.create().model.state

        def there_and_back() -> Any:
            model = Model(dict(FACTS))
            model.state = state
            return self.machine(model)

        return there_and_back
