"""Explore the reachable markings of a workflow net up to a budget.

A marking is one integer with a bit field for each place that counts its tokens. Firing a transition
is one addition, and one more addition tells which places are marked.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from ohjausprosessi.verify.workflow_net.workflow_net import WorkflowNet

Problem = Literal[
    "stuck",
    "improper completion",
    "unbounded",
    "no option to complete",
    "dead transition",
    "no workflow net",
]
Result = TypeVar("Result")
Order = Literal["broad", "deep"]
_BITS = 4  # of a field at first: up to seven tokens; the fourth bit stays free


class Explored(NamedTuple):
    """The result of exploring a net.

    Attributes:
        problem: why the net is not sound; None if it is sound or not decided.
        complete: whether every marking was visited or a problem found.
        trace: a firing sequence that shows the problem, the shortest if explored breadth first.
        dead: the transitions that never fire, if that is the problem.
    """

    problem: Problem | None
    complete: bool
    trace: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()


def explore(net: WorkflowNet, budget: int, order: Order = "broad") -> Explored:
    """Decide whether a net is sound within a budget of firings.

    Sound: from every reachable marking one is reachable in which only sinks are marked, each once
    (option to complete); with one sink, nothing else is marked when it is (proper completion); and
    every transition can fire (no dead transition).

    Args:
        net: the net.
        budget: how many firings may be tried.
        order: ``broad`` (breadth first) gives a shortest trace; ``deep`` (depth first) usually
            meets a problem sooner.
    """
    return with_room(net, lambda markings: _Exploration(net, markings).run(budget, order))


class TooManyTokensError(Exception):
    """A place holds more tokens than its bit field can count."""


def with_room(net: WorkflowNet, walk: Callable[[Markings], Result]) -> Result:
    """The result of a walk over the markings of a net, with bit fields as wide as it needs."""
    bits = _BITS
    while True:
        try:
            return walk(Markings(net, bits))
        except TooManyTokensError:
            bits *= 2


class Markings:
    """The markings of a net encoded as integers, and the firings between them.

    Attributes:
        start: the initial marking.
        high: the highest bit of each field, kept free so that a subtraction tells whether one
            marking covers another.
        several: the bits of each field one of which is set if the place holds several tokens.
        sinks: the marking with one token in each sink.
        several_in_sinks: ``several`` restricted to the sinks.
    """

    def __init__(self, net: WorkflowNet, bits: int = _BITS) -> None:
        self._token = [1 << bits * place for place in range(len(net.places))]
        low = sum(self._token)
        self.high = low << bits - 1
        self._full = self.high - low
        self.several = self._full - low
        self.sinks = self._tokens(net.sinks)
        self.several_in_sinks = self.sinks * ((1 << bits - 1) - 2)
        self.start = self._token[net.source]
        # Transitions by one of their input places: only those of marked places are tried.
        self._moves: dict[int, list[tuple[int, int, str]]] = {}
        for name, (inputs, outputs) in net.transitions.items():
            taken = self._tokens(inputs)
            needs = taken << bits - 1
            move = (needs, self._tokens(outputs) - taken, name)
            self._moves.setdefault(needs & -needs, []).append(move)

    def _tokens(self, places: frozenset[int]) -> int:
        token = self._token
        return sum([token[place] for place in places])

    def successors(self, marking: int) -> list[tuple[int, str]]:
        """The markings that one firing leads to, each with the transition.

        Raises:
            TooManyTokensError: a place holds more tokens than its field can count.
        """
        if marking & self.high:
            raise TooManyTokensError
        # Adding the largest count carries into the highest bit of every field that is not zero.
        marked = (marking + self._full) & self.high
        found = []
        rest = marked
        moves = self._moves.get(0, [])
        while True:
            for needs, change, name in moves:
                if marked & needs == needs:
                    found.append((marking + change, name))
            if not rest:
                return found
            place = rest & -rest
            rest ^= place
            moves = self._moves.get(place, [])

    def is_final(self, marking: int) -> bool:
        """Whether only sinks are marked."""
        return marking > 0 and not marking & ~self.sinks


class _Exploration:
    def __init__(self, net: WorkflowNet, markings: Markings) -> None:
        self.net = net
        self.markings = markings
        self.parent: dict[int, tuple[int, str] | None] = {self.markings.start: None}
        self.before: dict[int, list[int]] = {self.markings.start: []}
        self.fired: set[str] = set()

    def run(self, budget: int, order: Order) -> Explored:
        waiting = deque(self.parent)
        while waiting:
            marking = waiting.popleft() if order == "broad" else waiting.pop()
            if problem := self.problem_at(marking):
                return Explored(problem, complete=True, trace=self.trace(marking))
            successors = self.markings.successors(marking)
            if not successors and not self.markings.is_final(marking):
                return Explored("stuck", complete=True, trace=self.trace(marking))
            for successor, name in successors:
                self.fired.add(name)
                if successor not in self.parent:
                    self.parent[successor] = (marking, name)
                    self.before[successor] = []
                    waiting.append(successor)
                self.before[successor].append(marking)
            budget -= len(successors)
            if budget < 0:
                return Explored(None, complete=False)
        return self.verdict()

    def problem_at(self, marking: int) -> Problem | None:
        """The problem that a marking shows by itself, if any."""
        if marking & self.markings.several_in_sinks:
            return "improper completion"
        if (
            len(self.net.sinks) == 1
            and marking & self.markings.sinks
            and marking != self.markings.sinks
        ):
            return "improper completion"
        if marking & self.markings.several and self.covers_a_predecessor(marking):
            return "unbounded"
        return None

    def covers_a_predecessor(self, marking: int) -> bool:
        """Whether a marking covers one before it, so that the run can be repeated without end."""
        step = self.parent[marking]
        while step is not None:
            earlier, _ = step
            if (
                (marking | self.markings.high) - earlier
            ) & self.markings.high == self.markings.high:
                return True
            step = self.parent[earlier]
        return False

    def verdict(self) -> Explored:
        """Judge a net whose markings have all been visited; none of them is stuck."""
        completing = [marking for marking in self.parent if self.markings.is_final(marking)]
        seen = set(completing)
        for marking in completing:
            for earlier in self.before[marking]:
                if earlier not in seen:
                    seen.add(earlier)
                    completing.append(earlier)
        if len(seen) < len(self.parent):
            lost = next(marking for marking in self.parent if marking not in seen)
            return Explored("no option to complete", complete=True, trace=self.trace(lost))
        dead = tuple(name for name in self.net.transitions if name not in self.fired)
        return Explored("dead transition" if dead else None, complete=True, dead=dead)

    def trace(self, marking: int) -> tuple[str, ...]:
        names = []
        while (step := self.parent[marking]) is not None:
            marking, name = step
            names.append(name)
        return tuple(reversed(names))
