"""Rules proved over every course a case can take.

One exploration serves all rules of a definition: each event carries its letters, with the conditions
of the rules judged on the facts of that moment. A rule about traces is then a walk over courses and
the states of its automaton together; it is broken where a case can have ended and the automaton does
not accept. Of ``within`` the order is proved, the time is watched on cases and logs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text, trace_of
from ohjausprosessi.model.naming import name
from ohjausprosessi.rules.claims import Claim, atoms_of, claims_of, conditions_of
from ohjausprosessi.rules.timing import is_forced
from ohjausprosessi.verify.proof import permissions
from ohjausprosessi.verify.proof.letter_recorder import Recorder
from ohjausprosessi.verify.proof.product import ExhaustedError, Traces
from ohjausprosessi.verify.state_space.analysis import AnalysisContext
from ohjausprosessi.verify.state_space.state_space import BUDGET, StateSpace
from ohjausprosessi.verify.state_space.wording import steps, valuation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def rule_broken(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find rules that a case can break."""
    proof = proof_of(analysis)
    for rule in analysis.definition.rules.values():
        verdict = proof.verdict(rule)
        if verdict.holds is False and verdict.why is not None:
            told = name(rule)
            yield Finding.error(
                "rule-broken",
                analysis.definition.origin.location("rules", rule.id),
                Text(
                    f"sääntö {told.fi} ei päde aina: {verdict.why.fi}",
                    f"the rule {told.en} does not always hold: {verdict.why.en}",
                ),
                Text(
                    "muuta prosessia niin, ettei näin voi käydä, tai korjaa sääntö",
                    "change the process so that this cannot happen, or correct the rule",
                ),
                counterexample=verdict.counterexample,
            )


def rule_undecided(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find rules that are meant to be proved and could not be."""
    proof = proof_of(analysis)
    for rule in analysis.definition.rules.values():
        verdict = proof.verdict(rule)
        if verdict.holds is None and not verdict.watched and verdict.why is not None:
            told = name(rule)
            yield Finding.warning(
                "rule-undecided",
                analysis.definition.origin.location("rules", rule.id),
                Text(
                    f"sääntöä {told.fi} ei voitu todistaa: {verdict.why.fi}",
                    f"the rule {told.en} could not be proved: {verdict.why.en}",
                ),
                Text(
                    "jos ihmiset pitävät sen, merkitse `monitor: true`",
                    "if people keep it, say `monitor: true`",
                ),
            )


class Proof:
    """The proof of all rules of one definition over one exploration.

    Args:
        analysis: the definition under examination.
        rules: the rules to look for; None = all that are not left to people.
        budget: most situations that are looked at.

    Attributes:
        analysis: the definition under examination.
        definition: the definition.
        proved: the rules.
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
        """Every course, with what the rules see of it."""
        named = frozenset(
            atom
            for rule in self.proved
            for claim in claims_of(self.definition, rule)
            for atoms in claim.named.values()
            for atom in atoms
        )
        # A rule `always_possible` claims nothing of a trace, but looks for its letters.
        named |= {
            atom
            for rule in self.proved
            if rule.rule == "always_possible"
            for atom in atoms_of(self.definition, rule.then)
        }
        conditions = [
            c for rule in self.proved for c in conditions_of(self.analysis.compiled, rule)
        ]
        recorder = Recorder(self.analysis.compiled, conditions, named)
        return StateSpace(self.analysis.compiled, recorder, budget=self._budget)

    @cached_property
    def traces(self) -> Traces:
        """The courses as rules about traces see them."""
        return Traces(self.state_space)

    def verdict(self, rule: Rule) -> RuleVerdict:
        """Return whether a rule is true of every case; worked out once."""
        if rule.id not in self._verdicts:
            self._verdicts[rule.id] = self._decided(rule)
        return self._verdicts[rule.id]

    def _decided(self, rule: Rule) -> RuleVerdict:
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
            return self._always_possible(rule)
        return self._enabled(rule) if rule.rule == "enabled" else self._of_traces(rule)

    def _of_traces(self, rule: Rule) -> RuleVerdict:
        timed = False
        for claim in claims_of(self.definition, rule):
            timed |= rule.within is not None and not self._is_in_time(rule, claim)
            try:
                way = self.traces.counterexample(claim)
            except ExhaustedError:
                return RuleVerdict(rule.id, holds=None, why=_TOO_MANY, timed=timed)
            if way is not None:
                counterexample = steps(self.analysis.compiled, way)
                return RuleVerdict(
                    rule.id,
                    holds=False,
                    why=self._of(claim),
                    counterexample=counterexample,
                    timed=timed,
                )
        return RuleVerdict(rule.id, holds=True, timed=timed)

    def _is_in_time(self, rule: Rule, claim: Claim) -> bool:
        """Return whether a timer keeps the time of a rule: one that nothing can stop (T6)."""
        stopped = {blocked.move.net.name for blocked in self.state_space.found.blocked}
        return is_forced(self.definition, rule, claim) and f"{claim.of}.expire" not in stopped

    def _of(self, claim: Claim) -> Text:
        """Say what a course breaks: of which hand-off, where a claim is about one."""
        if not claim.of:
            return Text("tapaus voi kulkea näin", "a case can go this way")
        of = name(self.definition.transitions[claim.of])
        return Text(
            f"luovutuksesta {of.fi} tapaus voi kulkea näin",
            f"of the hand-off {of.en}, a case can go this way",
        )

    # ---- what must be possible

    def possible_from(self, rule: Rule) -> set[SymbolicState]:
        """Return the situations from which ``then`` of a rule ``always_possible`` can be reached."""
        state_space, then = self.state_space, atoms_of(self.definition, rule.then)

        def happens(symbolic_state: SymbolicState) -> bool:
            return any(
                letter.atoms & then
                for event, _ in state_space.next[symbolic_state]
                for letter in event.letters
            )

        return state_space.leading_to(happens)

    def _always_possible(self, rule: Rule) -> RuleVerdict:
        state_space, good = self.state_space, self.possible_from(rule)
        for symbolic_state in state_space.before:
            if symbolic_state not in good and not state_space.is_over(symbolic_state):
                why = Text("täältä siihen ei enää pääse", "from here it can no longer be reached")
                return RuleVerdict(
                    rule.id, holds=False, why=why, counterexample=self._way_to(symbolic_state)
                )
        return RuleVerdict(rule.id, holds=True)

    def _enabled(self, rule: Rule) -> RuleVerdict:
        state_space, definition, compiled = (
            self.state_space,
            self.definition,
            self.analysis.compiled,
        )
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
                said, way = why if facts else nobody, state_space.way_to(symbolic_state)
                if facts:  # what has to be known where the case then is
                    way = (*way, (replace(failed[0], name="learn"), symbolic_state))
                return RuleVerdict(
                    rule.id, holds=False, why=said, counterexample=steps(compiled, way)
                )
        return RuleVerdict(rule.id, holds=True)

    def _way_to(self, symbolic_state: SymbolicState) -> tuple[Step, ...]:
        return steps(self.analysis.compiled, self.state_space.way_to(symbolic_state))


def waiting_in(definition: Definition, rule: Rule) -> frozenset[str]:
    """Return the states that a rule ``enabled`` speaks of: those it names, and those of its phases.

    Empty where ``when`` names something else, too: a case does not wait in a transition or an end.
    """
    named = atoms_of(definition, rule.when)
    waiting = [s for s in definition.states.values() if s.kind in {"state", "call", "choice"}]
    if not named <= definition.phases.keys() | {state.id for state in waiting}:
        return frozenset()
    return frozenset(s.id for s in waiting if s.id in named or s.phase in named)


def proof_of(analysis: AnalysisContext, *, budget: int = BUDGET) -> Proof:
    """Give the proof of a process: one exploration for all that asks for it with this budget."""
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
