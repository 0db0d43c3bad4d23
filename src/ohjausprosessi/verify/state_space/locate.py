"""The symbolic state of a running case."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from ohjausprosessi.verify.state_space.symbolic_step import SymbolicState, SymbolicValue

if TYPE_CHECKING:
    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Value
    from ohjausprosessi.verify.state_space.state_space import StateSpace
    from ohjausprosessi.verify.state_space.symbolic_step import Left

__all__ = ["Locator"]


class Locator:
    """Maps cases to symbolic states: facts that can still be recorded there do not matter.

    Args:
        state_space: the state space of the case's process.
    """

    def __init__(self, state_space: StateSpace) -> None:
        self._state_space = state_space
        self._fixed: dict[
            tuple[frozenset[int], Left], tuple[list[SymbolicValue | None], list[tuple[int, int]]]
        ] = {}

    def symbolic_state(self, case: Case) -> SymbolicState:
        """The state of the state space that a case is in."""
        compiled = self._state_space.compiled
        marking = frozenset(map(compiled.place_numbers.__getitem__, case.active))
        left = self._left(case)
        if (marking, left) not in self._fixed:
            self._fixed[marking, left] = self._fixed_facts(marking, left)
        blank, fixed = self._fixed[marking, left]
        facts: list[tuple[Value | SymbolicValue | None, ...]] = [(fact,) for fact in blank]
        known: dict[int, dict[str, Value]] = {}
        for position, number in fixed:
            slot = compiled.slots[number]
            if slot.scope not in known:
                prefix = compiled.net.scopes[slot.scope].prefix
                known[slot.scope] = case.facts_in(prefix.removesuffix("/"))
            facts[position] = self._representatives(number, known[slot.scope].get(slot.name))
        here = (SymbolicState(marking, chosen, left) for chosen in product(*facts))
        first = next(here)
        return next((s for s in (first, *here) if s in self._state_space.before), first)

    def _representatives(self, number: int, value: Value | None) -> tuple[Value | None, ...]:
        """A value, and the values tried that guards cannot tell from it."""
        state_space = self._state_space
        if value is None or value in state_space.values[number]:
            return (value,)
        name = state_space.compiled.slots[number].name
        tried = [v for v in state_space.values[number] if v is not None]
        return (value, *(v for v in tried if state_space.indistinct(name, value, v)))

    def _left(self, case: Case) -> Left:
        """The phases that the open hand-offs of a case left (``SymbolicState.left``)."""
        compiled = self._state_space.compiled
        found: list[tuple[int, str | None]] = []
        for name, handoff in case.open_handoffs.items():
            place = compiled.net.places[compiled.place_numbers[name]]
            if place.state is None:
                scope = compiled.net.scopes[place.scope]
                state = scope.definition.states.get(
                    (handoff.state or "").removeprefix(scope.prefix)
                )
                found.append((place.number, None if state is None else state.phase))
        return tuple(sorted(found))

    def _fixed_facts(
        self, marking: frozenset[int], left: Left
    ) -> tuple[list[SymbolicValue | None], list[tuple[int, int]]]:
        """The facts of a state with gaps for the fixed ones: their positions, and their slots."""
        state_space, compiled = self._state_space, self._state_space.compiled
        changeable = state_space.changeable(marking, left)
        over = bool(marking.intersection(compiled.net.finals))
        blank: list[SymbolicValue | None] = []
        fixed: list[tuple[int, int]] = []
        for position, number in enumerate(state_space.tracked):
            symbolic = number in changeable and not over
            blank.append(SymbolicValue(number) if symbolic else None)
            if not symbolic and not over and self._runs(compiled.slots[number].scope, marking):
                fixed.append((position, number))
        return blank, fixed

    def _runs(self, scope: int, marking: frozenset[int]) -> bool:
        call = self._state_space.compiled.net.scopes[scope].call
        return call is None or call in marking
