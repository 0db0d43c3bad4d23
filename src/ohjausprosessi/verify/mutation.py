"""Mutation analysis: which single edits of a definition do its checks and rules detect?

A mutant that survives is either a process as legitimate as the original, or evidence of a missing
rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.formats.vocabulary import ANSWERS, EVENT_WORDS
from ohjausprosessi.model.naming import name
from ohjausprosessi.net import Compiled
from ohjausprosessi.rules.syntax import formula_of
from ohjausprosessi.verify.checks.registry import CHECKS, RULE_CHECKS, findings
from ohjausprosessi.verify.state_space.analysis import AnalysisContext
from ohjausprosessi.wellformedness import problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition, State, Transition

__all__ = ["Mutant", "Score", "mutants", "mutation_score"]

Edit = Literal[
    "dropped", "redirected", "guard negated", "guard left out", "hand-off left out", "re-owned"
]
# One finding suffices: checks of the text first, then the rules, then those of the state space.
_OF_THE_TEXT = (
    "unreachable",
    "choice-overlap",
    "choice-incomplete",
    "service-unused",
    "fact-unused",
)
_QUICK_FIRST = (
    *(CHECKS[code] for code in _OF_THE_TEXT),
    *RULE_CHECKS.values(),
    *(check for code, check in CHECKS.items() if code not in _OF_THE_TEXT),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A definition with one edit.

    Attributes:
        edit: the kind of edit, such as ``dropped`` or ``guard negated``.
        element: id of the transition or state that was edited.
        definition: the mutated definition, which may not be well-formed.
        message: the edit in words.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        mutant = next(op.verify.mutants(process.definition))
        assert (mutant.edit, mutant.element) == ("dropped", "hakeudu_ohjaukseen")
        assert mutant.element not in mutant.definition.transitions
    """

    edit: Edit
    element: str
    definition: Definition
    message: Text

    def __str__(self) -> str:
        return f"{self.element}: {self.edit}"


@dataclass(frozen=True, slots=True)
class Score:
    """The mutants that were killed and those that survived.

    Attributes:
        noticed: each killed mutant with the code of the first finding that it alone has.
        survivors: the mutants that no load error, check or rule detects.
        untried: the number of mutants outside the sample.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        score = op.verify.mutation_score(process.compiled, sample=2)
        assert score.tried == 2 and score.share == 1.0
    """

    noticed: tuple[tuple[Mutant, str], ...]
    survivors: tuple[Mutant, ...]
    untried: int = 0

    @property
    def tried(self) -> int:
        """The number of mutants tried."""
        return len(self.noticed) + len(self.survivors)

    @property
    def share(self) -> float:
        """The share of killed mutants among those tried, from 0 to 1."""
        return len(self.noticed) / max(1, self.tried)


def mutants(definition: Definition) -> Iterator[Mutant]:
    """Yield every mutant of a definition, in the order of the file.

    Of each transition: dropped; redirected to the next waiting state or end that is neither its
    target nor its source; its guard negated or removed; its hand-off removed. Of each state: given
    to the next owner with another holder.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        edits = {mutant.edit for mutant in op.verify.mutants(process.definition)}
        assert "redirected" in edits and "re-owned" in edits
    """
    for transition in definition.transitions.values():
        yield from _of_transition(definition, transition)
    for state in definition.states.values():
        yield from _of_state(definition, state)


def _of_transition(definition: Definition, transition: Transition) -> Iterator[Mutant]:
    told = name(transition)

    def changed(edit: Edit, fi: str, en: str, new: Transition | None) -> Mutant:
        transitions = dict(definition.transitions)
        if new is None:
            del transitions[transition.id]
        else:
            transitions[transition.id] = new
        message = Text(f"{told.fi}: {fi}", f"{told.en}: {en}")
        return Mutant(edit, transition.id, replace(definition, transitions=transitions), message)

    yield changed("dropped", "jätetty pois", "dropped", None)
    target = _elsewhere(definition, transition)
    if target is not None:
        fi, en = name(target).fi, name(target).en
        new = replace(transition, to=target.id)
        yield changed("redirected", f"vie tilaan {fi}", f"leads to {en}", new)
    if transition.guard is not None:
        negated = replace(transition, guard=f"!({transition.guard.strip()})")
        yield changed("guard negated", "ehto käännetty", "guard negated", negated)
        free = replace(transition, guard=None)
        yield changed("guard left out", "ei ehtoa", "guard left out", free)
    if transition.handoff is not None:
        bare = replace(transition, handoff=None)
        yield changed("hand-off left out", "ei luovutusta", "hand-off left out", bare)


def _elsewhere(definition: Definition, transition: Transition) -> State | None:
    states = list(definition.states.values())
    at = list(definition.states).index(transition.to)
    for state in (*states[at + 1 :], *states[:at]):
        if state.kind in {"state", "end"} and state.id not in transition.sources:
            return state
    return None


def _of_state(definition: Definition, state: State) -> Iterator[Mutant]:
    owners = [owner for owner in definition.owners.values() if not owner.external]
    at = [owner.id for owner in owners].index(state.owner)
    holder = definition.state_holder(state.id)
    for owner in (*owners[at + 1 :], *owners[:at]):
        if definition.holder(owner.id) != holder:
            told, of = name(state), name(owner)
            states = {**definition.states, state.id: replace(state, owner=owner.id)}
            message = Text(f"{told.fi}: omistaja {of.fi}", f"{told.en}: owned by {of.en}")
            yield Mutant("re-owned", state.id, replace(definition, states=states), message)
            return


def mutation_score(
    process: Definition | Compiled,
    *,
    edits: Collection[Edit] | None = None,
    sample: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Score:
    """Count how many mutants of a process its checks and rules detect.

    A mutant is killed by a finding that the original does not have.

    Args:
        process: ``Process.compiled``, or a definition.
        edits: the kinds of edit; None = all. Each mutant costs up to a full check.
        sample: the number of mutants to try at most, chosen deterministically and stratified by
            kind of edit; None = all.
        progress: called with the number of mutants done and the number to do.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        score = op.verify.mutation_score(process.compiled, edits={"re-owned"}, sample=2)
        assert not score.survivors
    """
    compiled = Compiled.of(process)
    every = [m for m in mutants(compiled.definition) if edits is None or m.edit in edits]
    chosen = every if sample is None else _spread(every, sample)
    known = {_identity(finding) for finding in findings(compiled, prove_rules=True)}
    noticed: list[tuple[Mutant, str]] = []
    survivors: list[Mutant] = []
    for number, mutant in enumerate(chosen):
        if progress is not None:
            progress(number, len(chosen))
        code = _code_of(mutant.definition, known)
        if code is None:
            survivors.append(mutant)
        else:
            noticed.append((mutant, code))
    return Score(tuple(noticed), tuple(survivors), untried=len(every) - len(chosen))


def _spread(every: list[Mutant], number: int) -> list[Mutant]:
    """Sample ``number`` mutants, stratified by kind of edit, in the order of the file."""
    positions = sorted(range(len(every)), key=lambda at: (every[at].edit, at))
    number = max(0, min(number, len(every)))
    chosen = sorted(positions[at * len(every) // number] for at in range(number))
    return [every[at] for at in chosen]


def _code_of(definition: Definition, known: set[tuple[str, tuple[str, ...]]]) -> str | None:
    """The code of the first finding that kills a mutant; None if it survives."""
    if names_nothing(definition):
        return "name"
    unmeant = problems(definition)
    if unmeant:
        return unmeant[0].code
    analysis = AnalysisContext.of(definition)
    for check in _QUICK_FIRST:
        for finding in check(analysis):
            if _identity(finding) not in known:
                return finding.code
    return None


def names_nothing(definition: Definition) -> bool:
    """Whether a rule refers to a transition that is gone, which the loader would refuse."""
    known = {
        *EVENT_WORDS,
        *ANSWERS,
        *definition.transitions,
        *definition.states,
        *definition.phases,
        *definition.duties,
        *definition.roles,
        *definition.owners,
    }
    for rule in definition.rules.values():
        named = [*rule.when, *rule.first, *rule.then]
        if rule.rule == "ltlf" and rule.holds is not None:
            named += [atom.atom for atom in formula_of(rule.holds).atoms()]
        for atom in named:
            base = atom.split(".")[0]
            if atom.endswith("*"):
                if not any(t.startswith(atom[:-1]) for t in definition.transitions):
                    return True
            elif base not in known:
                return True
    return False


def _identity(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.code, finding.location.element
