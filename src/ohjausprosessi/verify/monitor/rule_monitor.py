"""Monitors of rules, compiled once for any number of cases.

The same rule is proved over all cases (``verify.proof.prove``), tested on random ones, and monitored
on a running case or in a log.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.engine import Case, History, replayed
from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.model.naming import name
from ohjausprosessi.net import Compiled
from ohjausprosessi.rules.claims import atoms_of, claims_of, conditions_of
from ohjausprosessi.rules.ltlf import FALSE, Automaton
from ohjausprosessi.rules.timing import timed_of
from ohjausprosessi.verify.monitor.monitor import CaseMonitor, Violation
from ohjausprosessi.verify.proof import permissions
from ohjausprosessi.verify.proof.prove import Proof, waiting_in
from ohjausprosessi.verify.state_space.analysis import AnalysisContext
from ohjausprosessi.verify.state_space.locate import Locator
from ohjausprosessi.verify.state_space.state_space import BUDGET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from ohjausprosessi.engine import Event
    from ohjausprosessi.model import Definition, Rule
    from ohjausprosessi.net.fact_slots import BoundGuard
    from ohjausprosessi.rules.alphabet import Letter
    from ohjausprosessi.rules.claims import Claim
    from ohjausprosessi.rules.ltlf import Formula
    from ohjausprosessi.verify.monitor.monitor import RuleStatus
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicState

__all__ = ["RuleMonitor"]

_STATIC = frozenset({"allowed", "only"})


class _Possible(NamedTuple):
    """A rule ``enabled``: at these states, where the guard holds, each of these can do an act."""

    rule: str
    states: frozenset[str]
    guard: BoundGuard | None
    acts: tuple[str, ...]
    by: tuple[tuple[str, tuple[str | None, ...]], ...]


class _Table:
    """The automaton of a claim over numbers, so that a step that was made before costs little."""

    __slots__ = ("_automaton", "_formulas", "_next", "_numbers", "claim")

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self._automaton = Automaton(claim.formula)
        self._formulas: list[Formula] = [self._automaton.first]
        self._numbers: dict[Formula, int] = {self._automaton.first: 0}
        self._next: dict[tuple[int, Letter], int] = {}

    def step(self, state: int, letter: Letter) -> int:
        """The number of the state after a letter."""
        key = (state, letter)
        found = self._next.get(key)
        if found is None:
            formula = self._automaton.step(self._formulas[state], self.claim.propositions(letter))
            found = self._numbers.setdefault(formula, len(self._formulas))
            if found == len(self._formulas):
                self._formulas.append(formula)
            self._next[key] = found
        return found

    def is_lost(self, state: int) -> bool:
        """Whether the claim is false of every continuation."""
        return self._formulas[state] == FALSE

    def accepts(self, state: int) -> bool:
        """Whether the claim is true of a case that has ended in a state."""
        return self._automaton.accepts(self._formulas[state])


class RuleMonitor:
    """The rules of a process, ready to be watched on any number of cases (``Process.watch``).

    Args:
        process: the compiled process (``Process.compiled``), or its definition.
        rules: ids of the rules to watch; ``"all"`` = every one, also what people have to keep
            (``monitor: true``).
        times: whether to watch their times, too: how prompt people are.
        budget: the number of states to explore at most for rules ``always_possible``; past it,
            these rules are not monitored.

    Attributes:
        definition: the process.
        compiled: the process, compiled.
        rules: ids of the watched rules, in the order of the file.

    Raises:
        ValueError: if the process has no rule of that id.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        watch = process.watch()
        assert watch.rules == tuple(process.rules)
        case = process.start("asiakas-1")
        assert len(watch.judge(case.history)) == len(watch.rules) - len(watch.unwatched)
    """

    def __init__(
        self,
        process: Definition | Compiled,
        rules: str | Iterable[str] = "all",
        *,
        times: bool = True,
        budget: int = BUDGET,
    ) -> None:
        self._budget = budget
        self._times = times
        self.compiled = Compiled.of(process)
        self.definition = definition = self.compiled.definition
        if rules == "all":
            chosen = list(definition.rules.values())
        else:
            ids = [rules] if isinstance(rules, str) else list(rules)
            if unknown := [rule for rule in ids if rule not in definition.rules]:
                known = ", ".join(definition.rules) or "-"
                raise ValueError(
                    f"there is no rule {unknown[0]!r} in {definition.id}; it has {known}"
                )
            chosen = [rule for rule in definition.rules.values() if rule.id in ids]
        self.rules = tuple(rule.id for rule in chosen)
        self._enabled = [self._possible(rule) for rule in chosen if rule.rule == "enabled"]
        self._always = [rule for rule in chosen if rule.rule == "always_possible"]
        self.conditions = [c for rule in chosen for c in conditions_of(self.compiled, rule)]
        self.tables = [_Table(c) for rule in chosen for c in claims_of(definition, rule)]
        self.timed = [t for rule in chosen if times for t in timed_of(definition, rule)]
        self.static = tuple(self._static(chosen))

    def _static(self, rules: Iterable[Rule]) -> Iterator[Violation]:
        """Yield the rules about roles that the definition itself breaks."""
        for rule in rules:
            if rule.rule in _STATIC:
                why = permissions.broken_by(self.compiled, rule)
                if why is not None:
                    yield Violation(rule.id, 0, why)

    def _possible(self, rule: Rule) -> _Possible:
        definition = self.definition
        then = atoms_of(definition, rule.then)
        acts = tuple(act for act in self.compiled.targets if act in then)
        guard = None if rule.guard is None else self.compiled.condition(rule.guard)
        by = tuple((entry, definition.roles_of([entry])) for entry in rule.by)
        states = waiting_in(definition, rule)
        return _Possible(rule.id, states, guard, acts, by or (("", (None,)),))

    @cached_property
    def _violating_states(self) -> tuple[Locator, tuple[tuple[str, set[SymbolicState]], ...]]:
        """A locator of cases, and for each rule ``always_possible`` the states that violate it."""
        proof = Proof(AnalysisContext.of(self.compiled), self._always, budget=self._budget)
        rules = self._always if proof.state_space.complete else ()
        every = proof.state_space.before.keys()
        return Locator(proof.state_space), tuple(
            (r.id, every - proof.possible_from(r)) for r in rules
        )

    @cached_property
    def unwatched(self) -> frozenset[str]:
        """The rules that cannot be watched: their times are left out, or there is too much to see."""
        seen = {rule for rule, _ in self._violating_states[1]} if self._always else set[str]()
        unseen = {rule.id for rule in self._always} - seen
        rules = self.definition.rules
        undecided = {r for r in self.rules if rules[r].rule == "enabled" and not self._waits(r)}
        every = {r for r in self.rules if rules[r].rule == "every" and not self._times}
        return frozenset(unseen | undecided | every)

    def _waits(self, rule: str) -> bool:
        return any(possible.states for possible in self._enabled if possible.rule == rule)

    def monitor(self) -> CaseMonitor:
        """A monitor for a new case."""
        return CaseMonitor(self)

    def judge(
        self, history: Sequence[Event], *, now: datetime | None = None
    ) -> tuple[RuleStatus, ...]:
        """The status of every rule in a case, from its history alone.

        Args:
            history: ``case.history``, or a log of its events; every event is judged again.
            now: the moment at which to judge what is late; None = that of the last event.

        Returns:
            The status of every watched rule, in the order of the file.

        Raises:
            Refused: with code ``case_data`` if the history could not have happened.
        """
        monitor, read = self.monitor(), 0
        case_id = history.case_id if isinstance(history, History) else "judged"
        for case in replayed(Case, self.compiled, case_id, history):
            for event in case.history[read:]:
                monitor.see(event)
            read = case.seq
            monitor.rest(case)
        if now is not None:
            monitor.time(now)
        return monitor.statuses()

    def prevented(self, case: Case) -> Iterator[Violation]:
        """Yield the rules about what must be possible that do not hold where a case is now."""
        facts = case.facts
        for possible in self._enabled:
            guard = possible.guard
            if possible.states.isdisjoint(case.active):
                continue
            if guard is not None and guard.guard.judge(lambda f: facts.get(f, UNKNOWN)) is not True:
                continue
            for entry, roles in possible.by:
                if not any(_may(case, act, role) for act in possible.acts for role in roles):
                    yield Violation(possible.rule, case.seq, self._cannot(entry))
        if self._always:
            locator, lost = self._violating_states
            here = locator.symbolic_state(case)
            for rule, symbolic_states in lost:
                if here in symbolic_states:
                    yield Violation(rule, case.seq)

    def _cannot(self, entry: str) -> Text:
        definition = self.definition
        found = definition.roles.get(entry) or definition.owners.get(entry)
        if found is None:
            return Text("kukaan ei voi tehdä sitä nyt", "nobody can do it now")
        who = name(found)
        return Text(f"{who.fi} ei voi tehdä sitä nyt", f"{who.en} cannot do it now")


def _may(case: Case, act: str, role: str | None) -> bool:
    """Whether an act is possible, given that missing information can always be recorded."""
    states: tuple[str | None, ...] = (None,)
    if case.explain(act, by=role).code == "ambiguous":
        states = case.active
    for state in states:
        said = case.explain(act, by=role, state=state)
        if said.allowed or all(reason.code == "missing" for reason in said.reasons):
            return True
    return False
