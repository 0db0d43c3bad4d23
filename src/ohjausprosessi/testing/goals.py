"""What random cases are to do: lists of things that one case can do after another.

Everything that some case can do is on one of the lists. An example of Hypothesis takes up one list
after another, whichever the drawn numbers say, none twice: so what is seldom met on the way to
something else is headed for as often as anything, and a hundred examples meet all there is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ohjausprosessi.testing.acts import START
from ohjausprosessi.testing.walks import LONG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.engine import Case
    from ohjausprosessi.testing.navigator import Navigator
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicState

__all__ = ["SIMPLE", "Agenda", "agendas_of"]

SIMPLE = 1_000  # numbers below mean a single thing, below twice that a list as such


class Agenda:
    """What is to be done in an example: one list after another.

    Args:
        ways: the map.
    """

    def __init__(self, ways: Navigator) -> None:
        self._ways = ways
        self._lists = agendas_of(ways)
        self._fresh: list[tuple[str, ...]] = []
        self._left: list[str] = []

    def take_up(self, drawn: int, *, so_far: int) -> None:
        """Take up another list, if nothing is left of the one before.

        Hypothesis makes most examples out of earlier ones by a small change: these go on differently
        only if the list depends on what has happened, too. When it makes a failing example simple,
        on the contrary, the list has to stay the same whatever is left out before. Simple numbers
        are small: they mean a single thing, the nearest to the start first, or a list as such; the
        others one of the lists that have not come yet.

        Args:
            drawn: the number that says which.
            so_far: number of what has happened.
        """
        if self._left or not self._lists:
            return
        if drawn < SIMPLE:
            near = _near_first(self._ways)
            self._left = [near[drawn % len(near)]]
        elif drawn < 2 * SIMPLE:
            self._left = list(self._lists[drawn % len(self._lists)])
        else:
            self._fresh = self._fresh or list(self._lists)
            self._left = list(self._fresh.pop((drawn + so_far) % len(self._fresh)))

    def next(self, case: Case) -> str | None:
        """Return what a case is to do next; None where it cannot do what is left."""
        here = self._ways.situation(case)
        return next((name for name in self._left if here in self._ways.toward(name)), None)

    def strike(self, name: str) -> None:
        """Strike off something that has happened, or cannot happen after all."""
        if name in self._left:
            self._left.remove(name)


@lru_cache(maxsize=16)
def agendas_of(ways: Navigator) -> tuple[tuple[str, ...], ...]:
    """Return lists of all that cases can do, each in an order in which one case can do it.

    A list begins with what is farthest from the start of what no list has yet, goes on with what is
    nearest then, and after a while ends the case.
    """
    start, left = _start(ways), dict.fromkeys(_reached(ways))
    lists: list[tuple[str, ...]] = []
    while left:
        done = _course(ways, start, left)
        lists.append(tuple(done))
        left = dict.fromkeys(name for name in left if name not in done)
    return tuple(lists)


@lru_cache(maxsize=16)
def _near_first(ways: Navigator) -> tuple[str, ...]:
    return tuple(sorted(_reached(ways), key=lambda name: ways.toward(name)[_start(ways)]))


def _start(ways: Navigator) -> SymbolicState:
    return ways.situation(ways.process.start("agenda", at=START))


def _reached(ways: Navigator) -> list[str]:
    start = _start(ways)
    return [name for name in ways.names if start in ways.toward(name)]


def _course(ways: Navigator, start: SymbolicState, wanted: Iterable[str]) -> dict[str, None]:
    """Return what one case does of what is wanted, in order."""
    left, done = dict.fromkeys(wanted), dict[str, None]()
    here, steps, over = start, 0, False
    goal: str | None = max(left, key=lambda name: ways.toward(name)[start])
    while goal is not None:
        step = ways.nearest(here, goal)
        here, over, steps = step.leads_to, step.over, steps + 1
        met = [name for name in left if name in step.names]
        done |= dict.fromkeys(met)
        for name in met:
            del left[name]
        if over:
            break
        if goal in done:
            goal = _nearest_of(ways, here, left, late=steps >= LONG)
    return done


def _nearest_of(
    ways: Navigator, here: SymbolicState, names: Iterable[str], *, late: bool
) -> str | None:
    """Return the nearest name: one that goes on, but late, or where there is none, one that ends."""
    distances = {name: ways.toward(name).get(here) for name in names}
    reached = {name: far for name, far in distances.items() if far is not None}
    going_on = {name: far for name, far in reached.items() if name not in ways.ends}
    among = (
        going_on if going_on and not late else {n: reached[n] for n in reached if n in ways.ends}
    )
    return min(among, key=among.__getitem__, default=None)
