"""The product of a state space and the automaton of a formula, searched for a counterexample."""

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
    """The product has more states than the budget."""


class _Edge(NamedTuple):
    """An event of the state space: the number of its word of letters, and where it leads."""

    letters: int
    to: int
    event: SymbolicEvent


class ProductAutomaton:
    """A state space as a labelled graph of numbers, to be multiplied with an automaton.

    Edges with the same letters are merged: their events differ only in what rules do not read, such
    as the facts given or acts inside a called process.
    """

    def __init__(self, state_space: StateSpace) -> None:
        self._letters: dict[tuple[Letter, ...], int] = {}
        self._symbolic_states = tuple(state_space.before)
        number = {state: position for position, state in enumerate(self._symbolic_states)}
        self._over = [state_space.is_over(state) for state in self._symbolic_states]
        self._starts = [
            _Edge(self._numbered(event.letters), number[state], event)
            for event, state in state_space.starts
        ]
        self._edges: list[tuple[_Edge, ...]] = []
        for state in self._symbolic_states:
            edges: dict[tuple[int, int], _Edge] = {}
            for event, successor in state_space.next[state]:
                key = (self._numbered(event.letters), number[successor])
                edges.setdefault(key, _Edge(*key, event))
            self._edges.append(tuple(edges.values()))

    def _numbered(self, letters: tuple[Letter, ...]) -> int:
        return self._letters.setdefault(letters, len(self._letters))

    def counterexample(self, claim: Claim) -> Run | None:
        """A shortest run to an end at which a claim is false; None if it holds on every trace.

        Raises:
            ExhaustedError: if the product has more states than the budget.
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
                return self._run(before, pair)
            for edge in self._edges[symbolic_state]:
                go(pair, state, edge)
        return None

    def _run(self, before: dict[Pair, tuple[Pair | None, SymbolicEvent]], last: Pair) -> Run:
        run: list[tuple[SymbolicEvent, SymbolicState]] = []
        at: Pair | None = last
        while at is not None:
            earlier, event = before[at]
            run.append((event, self._symbolic_states[at[0]]))
            at = earlier
        return tuple(reversed(run))
