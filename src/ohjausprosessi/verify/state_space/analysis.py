"""A definition under examination: what several checks need, worked out once and only if asked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ohjausprosessi.model import arrows, return_state
from ohjausprosessi.net import Compiled
from ohjausprosessi.verify.state_space.free_choice import is_plainly_sound
from ohjausprosessi.verify.state_space.state_space import StateSpace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.guards import Guard
    from ohjausprosessi.model import Definition


class AnalysisContext:
    """A process with its state space and the ways between its states.

    Attributes:
        compiled: the compiled process.
        definition: its definition.
    """

    def __init__(self, process: Definition | Compiled) -> None:
        self.compiled = Compiled.of(process)
        self.definition = self.compiled.definition

    @classmethod
    def of(cls, process: Definition | Compiled) -> AnalysisContext:
        """Give the analysis of a compiled process: one for all that asks, kept as long as it lives."""
        compiled = Compiled.of(process)
        if cls not in compiled.derived:
            compiled.derived[cls] = cls(compiled)
        found: AnalysisContext = compiled.derived[cls]
        return found

    @cached_property
    def state_space(self) -> StateSpace:
        """Every state a case can reach, with the budget of the checks."""
        return StateSpace.of(self.compiled)

    @cached_property
    def is_plainly_sound(self) -> bool:
        """Whether no course can lose a client, told without looking at each."""
        return is_plainly_sound(self.compiled)

    @cached_property
    def guards(self) -> Mapping[str, Guard]:
        """Transition to its guard, of those that have one."""
        return {
            transition.id: self.compiled.condition(transition.guard).guard
            for transition in self.definition.transitions.values()
            if transition.guard is not None
        }

    @cached_property
    def ways(self) -> Mapping[str, frozenset[str]]:
        """State to the states that one transition, or the return of its hand-off, leads to.

        Guards, branches and roles are left out: there may be ways that no case can take, but no
        case takes a way that is not here.
        """
        definition = self.definition
        ways: dict[str, set[str]] = {state: set() for state in definition.states}
        for transition in definition.transitions.values():
            for arrow in arrows(definition, transition):
                sources = definition.states if arrow.source is None else (arrow.source,)
                for source in sources:
                    if definition.states[source].kind == "end" or source == transition.to:
                        continue
                    ways[source].add(transition.to)
                    if arrow.opens and (target := return_state(definition, transition, source)):
                        ways[source].add(target)
        return {state: frozenset(targets) for state, targets in ways.items()}

    def reached_from(self, state: str) -> frozenset[str]:
        """Return the states that ways lead to from a state, itself included."""
        reached, todo = {state}, [state]
        while todo:
            for target in self.ways[todo.pop()] - reached:
                reached.add(target)
                todo.append(target)
        return frozenset(reached)

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The states that ways lead to from the start."""
        return self.reached_from(self.definition.start)
