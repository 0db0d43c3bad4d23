"""Exact answers about sets of guards, each with a valuation that shows it.

Facts are complete (format.md, ``exclusive``: "for any complete facts"): ``has`` of a fact is true, an
information item may be known or not. Answers are exact, also where facts are compared with each
other; a question that would take too long is left undecided, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from typing import TYPE_CHECKING

from ohjausprosessi.guards.cells import cells
from ohjausprosessi.guards.cubes import ExhaustedError, Space

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ohjausprosessi.guards.cells import Known
    from ohjausprosessi.guards.guard import Guard

__all__ = ["Answer", "GuardSet", "cells", "gap", "implies", "overlap", "satisfiable"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found out.

    Attributes:
        holds: whether it is so; None = undecided, the question is too large.
        witness: a value for each name that is read, which shows the answer; None where the answer
            speaks of all valuations. An information item that is not known is ``UNKNOWN``.
        guards: positions of the guards that are true together, of ``overlap`` only.
    """

    holds: bool | None
    witness: Mapping[str, Known] | None = None
    guards: tuple[int, ...] = ()


_UNDECIDED = Answer(None)


def satisfiable(guard: Guard) -> Answer:
    """Return whether a guard is true for some facts; the witness makes it true."""
    space = Space(cells([guard]))
    try:
        return _shown(space, space.common((space.whole,), space.cubes(guard.tree)), [guard])
    except ExhaustedError:
        return _UNDECIDED


class GuardSet:
    """Guards over the same facts, such as those of the exits of one state, for several questions.

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
        """Return whether two of the guards are true for the same facts.

        The witness makes the two of ``Answer.guards`` true: the first such pair in their order.
        """
        space = self._space
        space.steps = 0
        try:
            for (one, first), (two, second) in combinations(enumerate(self._cubes), 2):
                if (cube := space.common(first, second)) is not None:
                    names = _names([self.guards[one], self.guards[two]])
                    witness = space.valuation(cube, names)
                    return Answer(holds=True, witness=witness, guards=(one, two))
        except ExhaustedError:
            return _UNDECIDED
        return Answer(holds=False)

    def gap(self) -> Answer:
        """Return whether no guard is true for some facts; the witness makes each of them false."""
        space = self._space
        space.steps = 0
        try:
            cubes = list(chain.from_iterable(self._cubes))
            return _shown(space, space.remainder((space.whole,), cubes), self.guards)
        except ExhaustedError:
            return _UNDECIDED


def overlap(guards: Iterable[Guard]) -> Answer:
    """Return whether two of the guards are true for the same facts; see ``GuardSet.overlap``."""
    return GuardSet(guards).overlap()


def gap(guards: Iterable[Guard]) -> Answer:
    """Return whether no guard is true for some facts; see ``GuardSet.gap``."""
    return GuardSet(guards).gap()


def implies(premise: Guard, conclusion: Guard) -> Answer:
    """Return whether one guard is true wherever another is.

    If it is not, the witness makes the premise true and the conclusion false.
    """
    guards = [premise, conclusion]
    space = Space(cells(guards))
    try:
        against = space.remainder(space.cubes(premise.tree), space.cubes(conclusion.tree))
    except ExhaustedError:
        return _UNDECIDED
    found = _shown(space, against, guards)
    return Answer(not found.holds, found.witness)


def _shown(space: Space, cube: int | None, guards: Sequence[Guard]) -> Answer:
    """Return that there is something, with a valuation of the cube; None: that not."""
    if cube is None:
        return Answer(holds=False)
    return Answer(holds=True, witness=space.valuation(cube, _names(guards)))


def _names(guards: Sequence[Guard]) -> dict[str, None]:
    return dict.fromkeys(name for guard in guards for name in guard.reads)
