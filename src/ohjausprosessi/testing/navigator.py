"""The ways a case can go, with the facts each needs: a map that random walks find their way by.

The map is the exploration that proofs use (``verify.state_space.state_space``): situations of a case, and for each
what can happen next if which facts are recorded. So a walk can head for any transition, however
many facts stand in between, where blind random draws would hardly ever get.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.engine.judge import possible_moves
from ohjausprosessi.errors import Refused
from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.testing.acts import Act
from ohjausprosessi.testing.boundary_values import KNOWN_TEXT, boundary_values
from ohjausprosessi.verify.state_space.locate import Locator
from ohjausprosessi.verify.state_space.state_space import StateSpace
from ohjausprosessi.verify.state_space.symbolic_step import SymbolicState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Value
    from ohjausprosessi.net.fact_slots import FactSlot
    from ohjausprosessi.process import Process
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicEvent

__all__ = ["Navigator", "Successor", "navigator_of", "take"]

_NOWHERE = 1_000_000
_MANNER, _DOUBTING, _APART = 100, 1, 2  # how facts are recorded, see ``Navigator.acts``
_BUDGET = 3_000  # situations explored; beyond, walks go on without knowing what is near

Distances = dict[SymbolicState, int]


class Successor(NamedTuple):
    """Something that can happen in a symbolic_state, and where it leads.

    Attributes:
        event: what happens, with the facts it takes.
        leads_to: the symbolic_state afterwards.
        over: whether the case is then over.
        names: names of all that happens, what follows by itself included.
    """

    event: SymbolicEvent
    leads_to: SymbolicState
    over: bool
    names: frozenset[str]


class Navigator:
    """The map of one process.

    Attributes:
        process: whose map it is.
        compiled: the compiled definition.
        values: fact to the values worth trying.
        names: exact names of all that some case can do, in the order of the definition.
        ends: those of them that always end the case.
    """

    def __init__(self, process: Process) -> None:
        self.process = process
        self.compiled = process.compiled
        self.values = boundary_values(self.compiled)
        self._courses = StateSpace.of(self.compiled, budget=_BUDGET)
        self._steps: dict[SymbolicState, tuple[Successor, ...]] = {}
        self._distances: dict[str, Distances] = {}
        self._locator = Locator(self._courses)
        self._recorders: dict[object, tuple[str, ...]] = {}
        self._earlier: dict[SymbolicState, set[SymbolicState]] = {}
        for symbolic_state, following in self._courses.next.items():
            for _, successor in following:
                self._earlier.setdefault(successor, set()).add(symbolic_state)
        steps = [
            step for symbolic_state in self._courses.next for step in self._steps_at(symbolic_state)
        ]
        fired = {name for step in steps for name in step.names}
        goes_on = {name for step in steps if not step.over for name in step.names}
        self.names = tuple(n for n in self.compiled.targets if n in fired)
        self.ends = frozenset(fired - goes_on)

    # ---- where a case is

    def symbolic_state(self, case: Case) -> SymbolicState:
        """Locate a case in the state space."""
        return self._locator.symbolic_state(case)

    def steps(self, case: Case) -> tuple[Successor, ...]:
        """List what can happen next, with the facts that each takes."""
        return self._steps_at(self.symbolic_state(case))

    def _steps_at(self, symbolic_state: SymbolicState) -> tuple[Successor, ...]:
        if symbolic_state not in self._steps:
            state_space = self._courses
            following = state_space.next.get(symbolic_state)
            if following is None:  # past the budget of the exploration, or over
                following = list(state_space.events(symbolic_state))
            self._steps[symbolic_state] = tuple(
                Successor(
                    event, to, state_space.is_over(to), frozenset(m.net.name for m in event.moves)
                )
                for event, to in following
            )
        return self._steps[symbolic_state]

    # ---- the way to somewhere

    def toward(self, goal: str) -> Distances:
        """Measure how many steps each state is from one where a goal can be reached.

        Args:
            goal: exact name of a transition or an answer; of a place with ``@`` before it, for a
                symbolic_state where it is marked; ``end`` for the end of the case.
        """
        if goal not in self._distances:
            self._distances[goal] = self._measured(goal)
        return self._distances[goal]

    def _measured(self, goal: str) -> Distances:
        state_space = self._courses
        if goal.startswith("@"):
            place = self.compiled.place_numbers[goal[1:]]
            there = [s for s in state_space.before if place in s.marking]
        elif goal == "end":
            there = [s for s in state_space.before if state_space.is_over(s)]
        else:
            there = [s for s in state_space.next if any(goal in x.names for x in self._steps_at(s))]
        found = dict.fromkeys(there, 0)
        todo = deque(there)
        while todo:
            symbolic_state = todo.popleft()
            for source in self._earlier.get(symbolic_state, ()):
                if source not in found:
                    found[source] = found[symbolic_state] + 1
                    todo.append(source)
        return found

    def ranked(self, case: Case, goal: str) -> list[Successor]:
        """Order what can happen next by its distance to a goal."""
        return sorted(self.steps(case), key=self._rank(goal))

    def nearest(self, symbolic_state: SymbolicState, goal: str) -> Successor:
        """Choose the successor nearest to a goal."""
        return min(self._steps_at(symbolic_state), key=self._rank(goal))

    def _rank(self, goal: str) -> Callable[[Successor], int]:
        distances = self.toward(goal)

        def rank(step: Successor) -> int:
            return -1 if goal in step.names else distances.get(step.leads_to, _NOWHERE)

        return rank

    # ---- taking a step

    def acts(self, case: Case, step: Successor, how: int) -> tuple[Act, ...]:
        """List the acts that make a step: the records it needs, then the act itself.

        Args:
            case: the case now.
            step: one of its ``steps``.
            how: who does it, counted round their roles, and in which manner, by the hundreds: facts
                are recorded with the act; first others, with which the guard is not true; or the
                same facts, but before the act.

        Returns:
            Nothing if nobody here may record what it takes.
        """
        manner = how // _MANNER % 3
        doubts = self._doubts(case, step) if manner == _DOUBTING else ()
        doubted = take(case, doubts)
        if doubted and doubted[-1].active == case.active:
            return (*doubts, *self._acts(doubted[-1], step, how, apart=False))
        return self._acts(case, step, how, apart=manner == _APART)

    def _doubts(self, case: Case, step: Successor) -> tuple[Act, ...]:
        """Find a fact change that disables an enabled step, if one exists."""
        move = step.event.moves[0]
        if move.guard is None:
            return ()
        guard, prefix = move.guard.guard, self.compiled.net.scopes[move.net.scope].prefix
        facts = case.facts_in(prefix.removesuffix("/"))
        if guard.judge(lambda name: facts.get(name, UNKNOWN)) is not True:
            return ()
        for name in guard.reads:
            for value in self.values[name]:
                changed = {**facts, name: value}
                if guard.judge(lambda fact, c=changed: c.get(fact, UNKNOWN)) is not True:  # type: ignore[misc]
                    roles = self.recorders(case, name)
                    return tuple(Act("learn", by, ((name, value),), at=case.at) for by in roles[:1])
        return ()

    def _acts(self, case: Case, step: Successor, who: int, *, apart: bool) -> tuple[Act, ...]:
        facts = self._facts_for(case, step)
        recorders = {name: self.recorders(case, name) for name in facts}
        if not all(recorders.values()):
            return ()
        act = self._act(case, step, who)
        by = None if act is None or apart else act.by
        own: list[tuple[str, Value | None]] = []
        others: dict[str, list[tuple[str, Value | None]]] = {}
        for name, value in facts.items():
            if by in recorders[name]:
                own.append((name, value))
            else:
                role = recorders[name][who % len(recorders[name])]
                others.setdefault(role, []).append((name, value))
        learnt = [Act("learn", role, tuple(told), at=case.at) for role, told in others.items()]
        if act is None:
            return tuple(learnt)
        facts_of_act = act.facts if act.name == "tick" else tuple(own)
        last = Act(act.name, act.by, facts_of_act, act.state, act.at)
        return (*learnt, last)

    def _facts_for(self, case: Case, step: Successor) -> dict[str, Value | None]:
        """List the facts that a step needs and that are not known to be so."""
        slots = self.compiled.slots
        facts: dict[str, Value | None] = {}
        for number, value in step.event.given.items():
            if not _same(self._known(case, slots[number]), value):
                facts[slots[number].name] = value
        for move in step.event.moves:
            for number in move.needs:
                if self._known(case, slots[number]) is None:
                    facts.setdefault(slots[number].name, KNOWN_TEXT)
        return facts

    def _known(self, case: Case, slot: FactSlot) -> Value | None:
        scope = self.compiled.net.scopes[slot.scope]
        if scope.call is not None and self.compiled.net.places[scope.call].name not in case.active:
            return None
        return case.facts_in(scope.prefix.removesuffix("/")).get(slot.name)

    def _act(self, case: Case, step: Successor, who: int) -> Act | None:
        """Build the act of a step; None where the process goes on by itself."""
        first = step.event.moves[0]
        if step.event.automatic == len(step.event.moves):
            return None
        timed = first.net.kind == "expire" or not first.roles
        if timed or (first.transition is not None and first.transition.after and who % 2):
            due = self._due(case, step.event.name)
            if due is not None or not first.roles:
                return due
        target = self.compiled.targets[step.event.name]
        marking = frozenset(map(self.compiled.place_numbers.__getitem__, case.active))
        handoffs = {self.compiled.place_numbers[p]: h for p, h in case.open_handoffs.items()}
        here = possible_moves(self.compiled, target, marking, handoffs)
        several = len(here) > 1 and not first.interrupts
        state = next((state for move, state in here if move.net.number == first.net.number), None)
        by = first.roles[who % len(first.roles)]
        return Act(step.event.name, by, state=state if several else None, at=case.at)

    def _due(self, case: Case, name: str) -> Act | None:
        """Build the tick at which a timer fires."""
        if case.at is None:
            return None
        for due in case.timers:
            if due.what == name:
                return Act("tick", at=max(due.due, case.at))
        return None

    # ---- who may record a fact

    def recorders(self, case: Case, name: str) -> tuple[str, ...]:
        """List the roles that may record a fact now (F4, C5)."""
        key = (case.active, tuple(h.state for h in case.open_handoffs.values()), name)
        if key not in self._recorders:
            self._recorders[key] = tuple(self._recorders_of(case, name))
        return self._recorders[key]

    def _recorders_of(self, case: Case, name: str) -> Iterable[str]:
        value = self.values[name][0] if self.values.get(name) else None
        for role in self.compiled.roles:
            try:
                case.learn({name: value}, by=role, at=case.at)
            except Refused:
                continue
            yield role


def _same(known: Value | None, wanted: Value | None) -> bool:
    return type(known) is type(wanted) and known == wanted


def take(case: Case, acts: Sequence[Act]) -> tuple[Case, ...]:
    """Perform several acts; empty if one is refused or nothing changes."""
    cases: list[Case] = []
    try:
        for act in acts:
            cases.append(act.on(cases[-1] if cases else case))
    except Refused:
        return ()
    return tuple(cases) if cases and cases[-1] is not case else ()


@lru_cache(maxsize=16)
def navigator_of(process: Process) -> Navigator:
    """Give the navigator of a process, made once."""
    return Navigator(process)
