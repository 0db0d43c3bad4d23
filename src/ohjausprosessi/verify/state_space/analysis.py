"""A definition under examination: what several checks need, worked out once and only if asked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ohjausprosessi.guards import parse
from ohjausprosessi.model import arrows, return_state
from ohjausprosessi.net import Compiled
from ohjausprosessi.verify.state_space.free_choice import is_plainly_sound
from ohjausprosessi.verify.state_space.state_space import StateSpace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.guards import Guard
    from ohjausprosessi.model import Definition


class AnalysisContext:
    """A definition with its net and the ways between its states.

    Attributes:
        definition: what is examined.
    """

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

    @cached_property
    def compiled(self) -> Compiled:
        """The compiled definition the engine runs."""
        return Compiled(self.definition)

    @cached_property
    def state_space(self) -> StateSpace:
        """Every course a case can take."""
        return StateSpace(self.compiled)

    @cached_property
    def is_plainly_sound(self) -> bool:
        """Whether no course can lose a client, told without looking at each."""
        return is_plainly_sound(self.compiled)

    @cached_property
    def guards(self) -> Mapping[str, Guard]:
        """Transition to its guard, of those that have one."""
        definition = self.definition
        return {
            transition.id: parse(transition.guard, facts=definition.facts, info=definition.info)
            for transition in definition.transitions.values()
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
