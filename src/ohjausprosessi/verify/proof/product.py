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
    from ohjausprosessi.verify.state_space.symbolic_step import Run, SymbolicEvent, SymbolicState

    Pair = tuple[int, Formula]


BUDGET = 100_000


class ExhaustedError(Exception):
    """More situations with states of an automaton than the budget."""


class _Edge(NamedTuple):
    """An event as a formula sees it: which letters, and where it leads."""

    letters: int
    to: int
    event: SymbolicEvent


class Traces:
    """The courses of a definition as a graph of numbers.

    Events that differ only in what is not seen - the facts given, acts in a called process - are one
    edge.
    """

    def __init__(self, state_space: StateSpace) -> None:
        self._letters: dict[tuple[Letter, ...], int] = {}
        self._symbolic_states = tuple(state_space.before)
        number = {
            symbolic_state: position
            for position, symbolic_state in enumerate(self._symbolic_states)
        }
        self._over = [state_space.is_over(symbolic_state) for symbolic_state in state_space.before]
        self._starts = [
            _Edge(self._numbered(event.letters), number[symbolic_state], event)
            for event, symbolic_state in state_space.starts
        ]
        self._edges: list[tuple[_Edge, ...]] = []
        for symbolic_state in state_space.before:
            edges: dict[tuple[int, int], _Edge] = {}
            for event, successor in state_space.next[symbolic_state]:
                key = (self._numbered(event.letters), number[successor])
                edges.setdefault(key, _Edge(*key, event))
            self._edges.append(tuple(edges.values()))

    def _numbered(self, letters: tuple[Letter, ...]) -> int:
        return self._letters.setdefault(letters, len(self._letters))

    def counterexample(self, claim: Claim) -> Run | None:
        """Return the shortest course to an end at which a claim is not true, start included.

        Raises:
            ExhaustedError: if the formula has so many states that it is not decided.
        """
        automaton = Automaton(claim.formula)
        words = [
            tuple(claim.propositions(letter) for letter in letters) for letters in self._letters
        ]
        before: dict[Pair, tuple[Pair | None, SymbolicEvent]] = {}
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
            symbolic_state, state = pair
            if self._over[symbolic_state] and not automaton.accepts(state):
                return self._way(before, pair)
            for edge in self._edges[symbolic_state]:
                go(pair, state, edge)
        return None

    def _way(self, before: dict[Pair, tuple[Pair | None, SymbolicEvent]], last: Pair) -> Run:
        way: list[tuple[SymbolicEvent, SymbolicState]] = []
        at: Pair | None = last
        while at is not None:
            earlier, event = before[at]
            way.append((event, self._symbolic_states[at[0]]))
            at = earlier
        return tuple(reversed(way))
