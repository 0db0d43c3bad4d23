"""The library transitions: a machine that many models share."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from transitions import Machine

from benchmarks.contenders import Contender
from benchmarks.model import EVENTS, FACTS, REFUSING, STATES, WAYS

if TYPE_CHECKING:
    from collections.abc import Callable


class Model:
    """A case."""

    def __init__(self, facts: dict[str, int]) -> None:
        self.facts = facts


def condition(holds: Callable[[dict[str, int]], bool]) -> Callable[..., bool]:
    """A guard as ``transitions`` calls it."""
    return lambda event: holds(event.model.facts)


class Transitions(Contender):
    """``transitions``."""

    name = "transitions"
    module = "transitions"
    checks = "guard"
    many = 1000

    def __init__(self) -> None:
        self.machine = self.build()

    def build(self) -> Machine:
        return Machine(
            None,
            states=list(STATES),
            initial="s0",
            auto_transitions=False,
            send_event=True,
            transitions=[
                {
                    "trigger": way.name,
                    "source": way.source,
                    "dest": way.target,
                    "conditions": [condition(way.holds)] if way.holds else [],
                }
                for way in WAYS
            ],
        )

    def create(self) -> Model:
        return self._case(FACTS)

    def _case(self, facts: dict[str, int]) -> Model:
        model = Model(facts)
        self.machine.add_model(model)
        return model

    def walk(self, laps: int) -> None:
        model = self.create()
        for _ in range(laps):
            for name in EVENTS:
                model.trigger(name)
        self.machine.remove_model(model)

    def refuse(self) -> Callable[[], object]:
        model = self._case(REFUSING)
        return lambda: model.trigger("n0")

    def options(self) -> Callable[[], object]:
        model = self.create()
        return lambda: [n for n in self.machine.get_triggers(model.state) if model.may_trigger(n)]

    def round_trip(self) -> Callable[[], object] | None:
        """A model is written as its state and facts: there is no history to keep."""
        model = self.create()

        def there_and_back() -> Model:
            state, facts = pickle.loads(pickle.dumps((model.state, model.facts)))  # noqa: S301
            back = Model(facts)
            self.machine.add_model(back, initial=state)
            self.machine.remove_model(back)
            return back

        return there_and_back
