"""Proves rules over every run of a process.

One state space serves all rules: each event carries its letters, with the conditions of the rules
evaluated on the facts of that moment. A rule about traces is checked on the product of the state
space and the automaton of its formula; it is broken where a case can have ended and the automaton
does not accept. For ``within`` the order is proved, and the time is monitored on cases and logs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text, trace_of
from ohjausprosessi.model.naming import name
from ohjausprosessi.rules.claims import Claim, atoms_of, claims_of, conditions_of
from ohjausprosessi.rules.timing import is_forced
from ohjausprosessi.verify.proof import permissions
from ohjausprosessi.verify.proof.letter_recorder import LetterRecorder
from ohjausprosessi.verify.proof.product import ExhaustedError, ProductAutomaton
from ohjausprosessi.verify.state_space.analysis import AnalysisContext
from ohjausprosessi.verify.state_space.counterexample import steps
from ohjausprosessi.verify.state_space.labels import valuation
from ohjausprosessi.verify.state_space.state_space import BUDGET, StateSpace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.diagnostics import Step
    from ohjausprosessi.model import Definition, Rule
    from ohjausprosessi.net import Compiled
    from ohjausprosessi.verify.state_space.symbolic_step import (
        SymbolicEvent,
        SymbolicState,
        SymbolicStep,
    )

__all__ = ["RuleVerdict", "prove"]


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """Whether a rule is true of every case.

    Attributes:
        rule: id of the rule.
        holds: True if it is proved, False if a case can break it, None if it is undecided.
        why: what was found, or why it is undecided.
        counterexample: the shortest trace that breaks it, or that leads to where it cannot be kept.
        watched: whether people have to keep it: it is monitored on cases and never proved.
        timed: whether it has a time limit that no timer keeps: the time is monitored, not proved.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        verdict = op.verify.prove(process.compiled)[0]
        assert verdict.rule == "luovutus_kuitataan" and verdict.holds
    """

    rule: str
    holds: bool | None
    why: Text | None = None
    counterexample: tuple[Step, ...] = ()
    watched: bool = False
    timed: bool = False

    @property
    def trace(self) -> tuple[str, ...]:
        """Exact names of the events of the counterexample, without ``start``."""
        return trace_of(self.counterexample)


def prove(process: Definition | Compiled, *, budget: int = BUDGET) -> tuple[RuleVerdict, ...]:
    """Decide for each rule whether it is true of every case there can be.

    Guards and ``set`` are taken into account; facts are recorded within their ``by`` and
    ``phases``. ``docs/proof.md`` says where this is exact and where it over-approximates.

    Args:
        process: ``Process.compiled``, or a definition.
        budget: how many states to explore at most; beyond it rules stay undecided.

    Returns:
        A verdict for each rule, in the order of the file.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        verdicts = op.verify.prove(process.compiled)
        assert not any(verdict.holds is False for verdict in verdicts)
    """
    proof = proof_of(AnalysisContext.of(process), budget=budget)
    return tuple(proof.verdict(rule) for rule in proof.definition.rules.values())


class Proof:
    """The proof of all rules of a process over one state space.

    Args:
        analysis: the process.
        rules: the rules to prove; None = all that are not left to people.
        budget: the number of states to explore at most.

    Attributes:
        analysis: the process.
        definition: its definition.
        proved: the rules to prove.
    """

    def __init__(
        self,
        analysis: AnalysisContext,
        rules: Iterable[Rule] | None = None,
        *,
        budget: int = BUDGET,
    ) -> None:
        self.analysis = analysis
        self.definition = analysis.definition
        every = self.definition.rules.values()
        self.proved = [r for r in every if not r.monitor] if rules is None else list(rules)
        self._budget = budget
        self._verdicts: dict[str, RuleVerdict] = {}

    @cached_property
    def state_space(self) -> StateSpace:
        """The state space, with the letters that the rules read."""
        named = frozenset(
            atom
            for rule in self.proved
            for claim in claims_of(self.definition, rule)
            for atoms in claim.named.values()
            for atom in atoms
        )
        # A rule `always_possible` makes no claim about traces, but reads letters, too.
        named |= {
            atom
            for rule in self.proved
            if rule.rule == "always_possible"
            for atom in atoms_of(self.definition, rule.then)
        }
        conditions = [
            c for rule in self.proved for c in conditions_of(self.analysis.compiled, rule)
        ]
        recorder = LetterRecorder(self.analysis.compiled, conditions, named)
        return StateSpace(self.analysis.compiled, recorder, budget=self._budget)

    @cached_property
    def product(self) -> ProductAutomaton:
        """The state space, ready to be multiplied with the automaton of a claim."""
        return ProductAutomaton(self.state_space)

    def verdict(self, rule: Rule) -> RuleVerdict:
        """Whether a rule holds in every case; decided once."""
        if rule.id not in self._verdicts:
            self._verdicts[rule.id] = self._decide(rule)
        return self._verdicts[rule.id]

    def _decide(self, rule: Rule) -> RuleVerdict:
        if rule.monitor or rule.rule == "every":
            why = _WATCHED if rule.monitor else _ONLY_PEOPLE
            return RuleVerdict(
                rule.id, holds=None, why=why, watched=rule.monitor, timed=rule.within is not None
            )
        if rule.rule in {"allowed", "only"}:
            broken = permissions.broken_by(self.analysis.compiled, rule)
            return RuleVerdict(rule.id, holds=broken is None, why=broken)
        if not self.state_space.complete:
            return RuleVerdict(rule.id, holds=None, why=_TOO_MANY)
        if rule.rule == "always_possible":
            return self._decide_always_possible(rule)
        if rule.rule == "enabled":
            return self._decide_enabled(rule)
        return self._decide_on_traces(rule)

    def _decide_on_traces(self, rule: Rule) -> RuleVerdict:
        timed = False
        for claim in claims_of(self.definition, rule):
            timed |= rule.within is not None and not self._is_in_time(rule, claim)
            try:
                run = self.product.counterexample(claim)
            except ExhaustedError:
                return RuleVerdict(rule.id, holds=None, why=_TOO_MANY, timed=timed)
            if run is not None:
                counterexample = steps(self.analysis.compiled, run)
                return RuleVerdict(
                    rule.id,
                    holds=False,
                    why=self._violation(claim),
                    counterexample=counterexample,
                    timed=timed,
                )
        return RuleVerdict(rule.id, holds=True, timed=timed)

    def _is_in_time(self, rule: Rule, claim: Claim) -> bool:
        """Whether a timer that nothing can stop keeps the time limit of a rule (T6)."""
        stopped = {contact.move.net.name for contact in self.state_space.contacts}
        return is_forced(self.definition, rule, claim) and f"{claim.of}.expire" not in stopped

    def _violation(self, claim: Claim) -> Text:
        """Introduce a counterexample; it names the hand-off that the claim is about, if any."""
        if not claim.of:
            return Text("tapaus voi kulkea näin", "a case can go this way")
        of = name(self.definition.transitions[claim.of])
        return Text(
            f"luovutuksesta {of.fi} tapaus voi kulkea näin",
            f"of the hand-off {of.en}, a case can go this way",
        )

    # ---- what must be possible

    def possible_from(self, rule: Rule) -> set[SymbolicState]:
        """The states from which ``then`` of a rule ``always_possible`` can be reached."""
        state_space, then = self.state_space, atoms_of(self.definition, rule.then)

        def happens(symbolic_state: SymbolicState) -> bool:
            return any(
                letter.atoms & then
                for event, _ in state_space.next[symbolic_state]
                for letter in event.letters
            )

        return state_space.leading_to(happens)

    def _decide_always_possible(self, rule: Rule) -> RuleVerdict:
        state_space, good = self.state_space, self.possible_from(rule)
        for symbolic_state in state_space.before:
            if symbolic_state not in good and not state_space.is_over(symbolic_state):
                why = Text("täältä siihen ei enää pääse", "from here it can no longer be reached")
                counterexample = steps(self.analysis.compiled, state_space.run_to(symbolic_state))
                return RuleVerdict(rule.id, holds=False, why=why, counterexample=counterexample)
        return RuleVerdict(rule.id, holds=True)

    def _decide_enabled(self, rule: Rule) -> RuleVerdict:
        state_space, definition = self.state_space, self.definition
        compiled = self.analysis.compiled
        when, then = waiting_in(definition, rule), atoms_of(definition, rule.then)
        if not when:
            return RuleVerdict(rule.id, holds=None, why=_NOWHERE)
        places = {p.number for p in compiled.net.places if p.scope == 0 and p.name in when}
        condition = None if rule.guard is None else compiled.condition(rule.guard)
        moves = [m for m in compiled.moves if permissions.atoms_of_move(compiled, m) & then]
        for symbolic_state in state_space.before:
            if not places & symbolic_state.marking:
                continue
            failed: list[SymbolicEvent] = []

            def refused(step: SymbolicStep) -> bool:
                return permissions.is_refused(state_space, moves, rule.by, condition, step)

            for event, _ in state_space.each(rule.id, symbolic_state, refused):
                failed.append(event)
            if failed:
                facts = {
                    compiled.slots[number].name: value for number, value in failed[0].given.items()
                }
                known = valuation(definition, facts)
                why = Text(f"ei silloin, kun {known.fi}", f"not when {known.en}")
                nobody = Text("siellä sitä ei voi tehdä", "it cannot be done there")
                said, run = why if facts else nobody, state_space.run_to(symbolic_state)
                if facts:  # what has to be known where the case then is
                    run = (*run, (replace(failed[0], name="learn"), symbolic_state))
                return RuleVerdict(
                    rule.id, holds=False, why=said, counterexample=steps(compiled, run)
                )
        return RuleVerdict(rule.id, holds=True)


def waiting_in(definition: Definition, rule: Rule) -> frozenset[str]:
    """The states that a rule ``enabled`` is about: those it names, and those of the phases it names.

    Empty where ``when`` names something else, too: a case does not wait in a transition or an end.
    """
    named = atoms_of(definition, rule.when)
    waiting = [s for s in definition.states.values() if s.kind in {"state", "call", "choice"}]
    if not named <= definition.phases.keys() | {state.id for state in waiting}:
        return frozenset()
    return frozenset(s.id for s in waiting if s.id in named or s.phase in named)


def proof_of(analysis: AnalysisContext, *, budget: int = BUDGET) -> Proof:
    """The proof of a process, made once for each budget."""
    key, derived = (Proof, budget), analysis.compiled.derived
    if key not in derived:
        derived[key] = Proof(analysis, budget=budget)
    found: Proof = derived[key]
    return found


_WATCHED = Text(
    "ihmiset pitävät sen; sitä seurataan tapauksista ja lokista",
    "people keep it; it is watched on cases and logs",
)
_ONLY_PEOPLE = Text(
    "kuinka usein jotain kirjataan, ei ole määrittelyssä",
    "how often something is recorded is not in the definition",
)
_NOWHERE = Text(
    "`when` ei nimeä mitään, missä tapaus odottaa: anna tiloja tai vaiheita",
    "`when` names nothing that a case waits in: give states or phases",
)
_TOO_MANY = Text("tilanteita on liian paljon", "there are too many situations")
