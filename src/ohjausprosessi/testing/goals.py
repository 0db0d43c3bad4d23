"""Goals of random cases: lists of things that one case can do one after another.

Everything that some case can do is on one of the lists. An example of Hypothesis works through one
list after another, chosen by the drawn numbers, none twice before all have come up. So a rare event
is aimed at as often as a common one, and a hundred examples meet everything there is.
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

__all__ = ["SIMPLE", "Goals", "goals_of"]

SIMPLE = 1_000  # drawn numbers below mean a single goal, below twice that a list by its number


class Goals:
    """What remains to be done in an example.

    Args:
        navigator: finds the way to each goal.
    """

    def __init__(self, navigator: Navigator) -> None:
        self._navigator = navigator
        self._lists = goals_of(navigator)
        self._fresh: list[tuple[str, ...]] = []
        self._left: list[str] = []

    def take_up(self, drawn: int, *, so_far: int) -> None:
        """Take up another list once the current one is done.

        Hypothesis derives most examples from earlier ones by a small change; they diverge only if
        the list also depends on what has happened. While it shrinks a failing example, on the
        contrary, the list must not depend on what was left out before. Shrunk numbers are small:
        they mean a single goal, the nearest to the start first, or a list by its number; larger
        ones mean one of the lists that have not come up yet.

        Args:
            drawn: the number that chooses.
            so_far: the number of events that have happened.
        """
        if self._left or not self._lists:
            return
        if drawn < SIMPLE:
            near = _near_first(self._navigator)
            self._left = [near[drawn % len(near)]]
        elif drawn < 2 * SIMPLE:
            self._left = list(self._lists[drawn % len(self._lists)])
        else:
            self._fresh = self._fresh or list(self._lists)
            self._left = list(self._fresh.pop((drawn + so_far) % len(self._fresh)))

    def next(self, case: Case) -> str | None:
        """The next goal that a case can still reach; None if it can reach none that is left."""
        here = self._navigator.symbolic_state(case)
        return next((name for name in self._left if here in self._navigator.toward(name)), None)

    def strike(self, name: str) -> None:
        """Strike off a goal that has been reached, or that cannot be reached after all."""
        if name in self._left:
            self._left.remove(name)


@lru_cache(maxsize=16)
def goals_of(navigator: Navigator) -> tuple[tuple[str, ...], ...]:
    """Lists of everything that cases can do, each in an order in which one case can do it.

    A list begins with what is farthest from the start and on no list yet, goes on with what is
    nearest then, and after a while ends the case.
    """
    start, left = _start(navigator), dict.fromkeys(_reached(navigator))
    lists: list[tuple[str, ...]] = []
    while left:
        done = _one_run(navigator, start, left)
        lists.append(tuple(done))
        left = dict.fromkeys(name for name in left if name not in done)
    return tuple(lists)


@lru_cache(maxsize=16)
def _near_first(navigator: Navigator) -> tuple[str, ...]:
    start = _start(navigator)
    return tuple(sorted(_reached(navigator), key=lambda name: navigator.toward(name)[start]))


def _start(navigator: Navigator) -> SymbolicState:
    return navigator.symbolic_state(navigator.process.start("goals", at=START))


def _reached(navigator: Navigator) -> list[str]:
    start = _start(navigator)
    return [name for name in navigator.names if start in navigator.toward(name)]


def _one_run(navigator: Navigator, start: SymbolicState, wanted: Iterable[str]) -> dict[str, None]:
    """The wanted names that one case meets on its way, in order."""
    left, done = dict.fromkeys(wanted), dict[str, None]()
    here, steps, over = start, 0, False
    goal: str | None = max(left, key=lambda name: navigator.toward(name)[start])
    while goal is not None:
        step = navigator.nearest(here, goal)
        here, over, steps = step.leads_to, step.over, steps + 1
        met = [name for name in left if name in step.names]
        done |= dict.fromkeys(met)
        for name in met:
            del left[name]
        if over:
            break
        if goal in done:
            goal = _nearest_of(navigator, here, left, late=steps >= LONG)
    return done


def _nearest_of(
    navigator: Navigator, here: SymbolicState, names: Iterable[str], *, late: bool
) -> str | None:
    """The nearest name that does not end the case; when late, or if none is left, one that does."""
    reached = {
        name: distance
        for name in names
        if (distance := navigator.toward(name).get(here)) is not None
    }
    going_on = {name: far for name, far in reached.items() if name not in navigator.ends}
    ending = {name: far for name, far in reached.items() if name in navigator.ends}
    among = going_on if going_on and not late else ending
    return min(among, key=among.__getitem__, default=None)
