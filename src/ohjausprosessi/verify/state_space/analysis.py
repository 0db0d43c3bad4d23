"""What several checks need of a process, computed once and on demand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ohjausprosessi.model import arrows, return_state
from ohjausprosessi.net import Compiled
from ohjausprosessi.verify.state_space.free_choice import sound_by_reduction
from ohjausprosessi.verify.state_space.state_space import StateSpace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.guards import Guard
    from ohjausprosessi.model import Definition


class AnalysisContext:
    """A process with its state space and the graph of its states.

    Attributes:
        compiled: the compiled process.
        definition: its definition.
    """

    def __init__(self, process: Definition | Compiled) -> None:
        self.compiled = Compiled.of(process)
        self.definition = self.compiled.definition

    @classmethod
    def of(cls, process: Definition | Compiled) -> AnalysisContext:
        """The analysis of a process; that of a compiled one is kept as long as it lives."""
        compiled = Compiled.of(process)
        if cls not in compiled.derived:
            compiled.derived[cls] = cls(compiled)
        found: AnalysisContext = compiled.derived[cls]
        return found

    @cached_property
    def state_space(self) -> StateSpace:
        """The state space, with the budget of the checks."""
        return StateSpace.of(self.compiled)

    @cached_property
    def sound_by_reduction(self) -> bool:
        """Whether the net alone proves soundness; True is conclusive, False is inconclusive."""
        return sound_by_reduction(self.compiled)

    @cached_property
    def guards(self) -> Mapping[str, Guard]:
        """The parsed guard of each transition that has one."""
        return {
            transition.id: self.compiled.condition(transition.guard).guard
            for transition in self.definition.transitions.values()
            if transition.guard is not None
        }

    @cached_property
    def successors(self) -> Mapping[str, frozenset[str]]:
        """State to the states that one transition, or the return of its hand-off, leads to.

        An over-approximation: guards, branches and roles are left out.
        """
        definition = self.definition
        successors: dict[str, set[str]] = {state: set() for state in definition.states}
        for transition in definition.transitions.values():
            for arrow in arrows(definition, transition):
                sources = definition.states if arrow.source is None else (arrow.source,)
                for source in sources:
                    if definition.states[source].kind == "end" or source == transition.to:
                        continue
                    successors[source].add(transition.to)
                    if arrow.opens and (target := return_state(definition, transition, source)):
                        successors[source].add(target)
        return {state: frozenset(targets) for state, targets in successors.items()}

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The states that ``successors`` leads to from the start, which is one of them."""
        reached, todo = {self.definition.start}, [self.definition.start]
        while todo:
            for target in self.successors[todo.pop()] - reached:
                reached.add(target)
                todo.append(target)
        return frozenset(reached)
