"""Exact answers about sets of guards, each with a valuation as its witness.

Facts are complete (format.md, ``exclusive``: "for any complete facts"): ``has`` of a fact is true,
an information item is known or unknown. Answers are exact even where facts are compared with each
other; a question that exceeds the budget is left undecided, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from typing import TYPE_CHECKING

from ohjausprosessi.guards.cells import cells
from ohjausprosessi.guards.cubes import Space, TooManyCubesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ohjausprosessi.guards.guard import Guard
    from ohjausprosessi.guards.unknown import Known

__all__ = ["Answer", "GuardSet", "cells", "gap", "implies", "overlap", "satisfiable"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question about guards.

    Attributes:
        holds: the answer; None = undecided, the question exceeds the budget.
        witness: a value for each name that is read, which proves the answer; None where the answer
            is about all valuations. An information item that is not known is ``UNKNOWN``.
        guards: positions of the two guards that are true together; empty but for ``overlap``.
    """

    holds: bool | None
    witness: Mapping[str, Known] | None = None
    guards: tuple[int, ...] = ()


_UNDECIDED = Answer(None)


def satisfiable(guard: Guard) -> Answer:
    """Whether a guard is true for some facts; the witness makes it true."""
    space = Space(cells([guard]))
    try:
        return _witnessed(space, space.common((space.whole,), space.cubes(guard.tree)), [guard])
    except TooManyCubesError:
        return _UNDECIDED


class GuardSet:
    """Guards over the same facts, such as those of the exits of one state, open to questions.

    Attributes:
        guards: the guards, in the order given.
    """

    def __init__(self, guards: Iterable[Guard]) -> None:
        self.guards = tuple(guards)
        self._space = Space(cells(self.guards))

    @cached_property
    def _cubes(self) -> tuple[Sequence[int], ...]:
        return tuple(self._space.cubes(guard.tree) for guard in self.guards)

    def overlap(self) -> Answer:
        """Whether two of the guards are true for the same facts.

        ``Answer.guards`` is the first such pair in the order given; the witness makes both true.
        """
        space = self._space
        space.steps = 0
        try:
            for (one, first), (two, second) in combinations(enumerate(self._cubes), 2):
                if (cube := space.common(first, second)) is not None:
                    names = _names([self.guards[one], self.guards[two]])
                    witness = space.valuation(cube, names)
                    return Answer(holds=True, witness=witness, guards=(one, two))
        except TooManyCubesError:
            return _UNDECIDED
        return Answer(holds=False)

    def gap(self) -> Answer:
        """Whether some facts make every guard false; the witness does."""
        space = self._space
        space.steps = 0
        try:
            cubes = list(chain.from_iterable(self._cubes))
            return _witnessed(space, space.remainder((space.whole,), cubes), self.guards)
        except TooManyCubesError:
            return _UNDECIDED


def overlap(guards: Iterable[Guard]) -> Answer:
    """Whether two of the guards are true for the same facts; see ``GuardSet.overlap``."""
    return GuardSet(guards).overlap()


def gap(guards: Iterable[Guard]) -> Answer:
    """Whether some facts make every guard false; see ``GuardSet.gap``."""
    return GuardSet(guards).gap()


def implies(premise: Guard, conclusion: Guard) -> Answer:
    """Whether the conclusion is true wherever the premise is.

    If it is not, the witness makes the premise true and the conclusion false.
    """
    guards = [premise, conclusion]
    space = Space(cells(guards))
    try:
        against = space.remainder(space.cubes(premise.tree), space.cubes(conclusion.tree))
    except TooManyCubesError:
        return _UNDECIDED
    found = _witnessed(space, against, guards)
    return Answer(not found.holds, found.witness)


def _witnessed(space: Space, cube: int | None, guards: Sequence[Guard]) -> Answer:
    """A positive answer with a valuation of the cube as witness; negative if there is no cube."""
    if cube is None:
        return Answer(holds=False)
    return Answer(holds=True, witness=space.valuation(cube, _names(guards)))


def _names(guards: Sequence[Guard]) -> dict[str, None]:
    return dict.fromkeys(name for guard in guards for name in guard.reads)
