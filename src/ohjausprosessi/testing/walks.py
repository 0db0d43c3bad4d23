"""Random walks of a case that head for one thing after another, so that all things get done.

A walk is decided by two small numbers for each step, which Hypothesis draws and shrinks: for which
goal, and how. Zeros are the straightest walk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.testing.acts import START, Act
from ohjausprosessi.testing.navigator import take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ohjausprosessi.engine import Case
    from ohjausprosessi.testing.navigator import Navigator, Successor

__all__ = ["LONG", "MOST", "STRAIGHT", "Draw", "Taken", "Walk"]

Taken = tuple[tuple[Act, "Case"], ...]

LONG = 25  # steps after which a walk heads for an end
MOST = 999  # of either number that is drawn: small ranges are drawn evenly
STRAIGHT = 850  # below: a step nearer to the goal; above: any step
_LEARN = 940  # from here on: a fact is recorded
_DUTY = 980  # from here on: a duty is recorded


class Draw(NamedTuple):
    """What is drawn for one step, each 0 to ``MOST``.

    Attributes:
        aim: which goal, or which fact or duty to record.
        how: what sort of step, and by which role.
    """

    aim: int
    how: int


class Walk:
    """One case on its way.

    Args:
        navigator: the map.
        case_id: the id of the case.

    Attributes:
        navigator: the map.
        case: the case now.
        acts: what was done.
        steps: how many steps were taken.
    """

    def __init__(self, navigator: Navigator, case_id: str = "case") -> None:
        self.navigator = navigator
        self.case: Case = navigator.process.start(case_id, at=START)
        self.acts: list[Act] = []
        self.steps = 0
        self._done: set[str] = set()
        self._goal: str | None = None

    def step(self, draw: Draw, goal: str | None = None) -> Taken:
        """Go one step; return what was done with the case after each act, nothing if none can be.

        Args:
            draw: how.
            goal: where to; None = a thing this walk has not yet done, drawn by ``aim``.
        """
        if draw.how >= _DUTY and (taken := self._record(draw)):
            return taken
        if draw.how >= _LEARN and (taken := self._learn(draw)):
            return taken
        steps: list[Successor] = []
        if draw.how >= STRAIGHT:
            steps = [step for step in self.navigator.steps(self.case) if not step.over]
            first = draw.aim % max(1, len(steps))
            steps = [*steps[first:], *steps[:first]]
        steps += self.navigator.ranked(self.case, self.aim(draw) if goal is None else goal)
        for step in steps:
            if taken := self._try(self.navigator.acts(self.case, step, draw.how)):
                return taken
        return ()

    def _try(self, acts: Sequence[Act]) -> Taken:
        cases = take(self.case, acts)
        if not cases:
            return ()
        self.went_on(acts, cases[-1])
        return tuple(zip(acts, cases, strict=True))

    def went_on(self, acts: Sequence[Act], case: Case) -> None:
        """Take note of what was done to the case."""
        self._done.update(event.transition for event in case.history[self.case.seq :])
        self.case = case
        self.acts += acts
        self.steps += 1

    def aim(self, draw: Draw) -> str:
        """The goal of the walk: first something that does not end the case, after a while an end."""
        navigator, here, goal = self.navigator, self.navigator.symbolic_state(self.case), self._goal
        if goal is not None and goal not in self._done and here in navigator.toward(goal):
            return goal
        late = self.steps >= LONG
        left = [
            name
            for name in navigator.names
            if name not in self._done
            and (name in navigator.ends) == late
            and here in navigator.toward(name)
        ]
        self._goal = left[(draw.aim + self.steps) % len(left)] if left else "end"
        return self._goal

    def _learn(self, draw: Draw) -> Taken:
        """Record some fact with one of its values, if somebody may."""
        navigator, case = self.navigator, self.case
        names = [name for name in navigator.process.facts if navigator.values[name]]
        if not names:
            return ()
        name = names[draw.aim % len(names)]
        roles = navigator.recorders(case, name)
        if not roles:
            return ()
        values = navigator.values[name]
        value = values[draw.aim // len(names) % len(values)]
        facts = ((name, value),)
        return self._try([Act("learn", roles[draw.how % len(roles)], facts, at=case.at)])

    def _record(self, draw: Draw) -> Taken:
        """Record some duty, if its process runs."""
        machine = self.navigator.compiled
        if not machine.duties:
            return ()
        target = machine.duties[draw.aim % len(machine.duties)]
        definition = machine.net.scopes[target.scope].definition
        roles = () if target.duty is None else definition.roles_of(target.duty.by)
        if not roles:
            return ()
        return self._try([Act(target.name, roles[draw.how % len(roles)], at=self.case.at)])
