"""The traces of all courses, read against formulas: a walk over courses and automata together."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.rules.ltlf import Automaton

if TYPE_CHECKING:
    from ohjausprosessi.rules.alphabet import Letter
    from ohjausprosessi.rules.claims import Claim
    from ohjausprosessi.rules.ltlf import Formula
    from ohjausprosessi.verify.state_space.state_space import StateSpace
    from ohjausprosessi.verify.state_space.symbolic_step import Event, SymbolicState, Way

    Pair = tuple[int, Formula]


BUDGET = 100_000


class ExhaustedError(Exception):
    """More situations with states of an automaton than the budget."""


class _Edge(NamedTuple):
    """An event as a formula sees it: which letters, and where it leads."""

    letters: int
    to: int
    event: Event


class Traces:
    """The courses of a definition as a graph of numbers.

    Events that differ only in what is not seen - the facts given, acts in a called process - are one
    edge.
    """

    def __init__(self, state_space: StateSpace) -> None:
        self._letters: dict[tuple[Letter, ...], int] = {}
        self._situations = tuple(state_space.before)
        number = {situation: position for position, situation in enumerate(self._situations)}
        self._over = [state_space.is_over(situation) for situation in state_space.before]
        self._starts = [
            _Edge(self._numbered(event.letters), number[situation], event)
            for event, situation in state_space.starts
        ]
        self._edges: list[tuple[_Edge, ...]] = []
        for situation in state_space.before:
            edges: dict[tuple[int, int], _Edge] = {}
            for event, successor in state_space.next[situation]:
                key = (self._numbered(event.letters), number[successor])
                edges.setdefault(key, _Edge(*key, event))
            self._edges.append(tuple(edges.values()))

    def _numbered(self, letters: tuple[Letter, ...]) -> int:
        return self._letters.setdefault(letters, len(self._letters))

    def counterexample(self, claim: Claim) -> Way | None:
        """Return the shortest course to an end at which a claim is not true, start included.

        Raises:
            ExhaustedError: if the formula has so many states that it is not decided.
        """
        automaton = Automaton(claim.formula)
        words = [
            tuple(claim.propositions(letter) for letter in letters) for letters in self._letters
        ]
        before: dict[Pair, tuple[Pair | None, Event]] = {}
        waiting: deque[Pair] = deque()

        def go(source: Pair | None, state: Formula, edge: _Edge) -> None:
            for letter in words[edge.letters]:
                state = automaton.step(state, letter)
            pair = (edge.to, state)
            if pair not in before:
                before[pair] = (source, edge.event)
                waiting.append(pair)

        for edge in self._starts:
            go(None, automaton.first, edge)
        while waiting:
            if len(before) > BUDGET:
                raise ExhaustedError
            pair = waiting.popleft()
            situation, state = pair
            if self._over[situation] and not automaton.accepts(state):
                return self._way(before, pair)
            for edge in self._edges[situation]:
                go(pair, state, edge)
        return None

    def _way(self, before: dict[Pair, tuple[Pair | None, Event]], last: Pair) -> Way:
        way: list[tuple[Event, SymbolicState]] = []
        at: Pair | None = last
        while at is not None:
            earlier, event = before[at]
            way.append((event, self._situations[at[0]]))
            at = earlier
        return tuple(reversed(way))
