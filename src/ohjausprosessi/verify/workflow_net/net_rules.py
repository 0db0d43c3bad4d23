"""A rule about the order of transitions, proved over all complete runs of a bare net.

Where other transitions cannot matter to the rule, the net is first made smaller around the
transitions that it names (``reduction``); then markings and automaton are walked together.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.rules.ltlf import Automaton
from ohjausprosessi.verify.workflow_net.explore import with_room
from ohjausprosessi.verify.workflow_net.reduce import reduce
from ohjausprosessi.verify.workflow_net.workflow_net import workflow_net

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.rules.ltlf import Formula
    from ohjausprosessi.verify.workflow_net.explore import Markings

__all__ = ["NetRuleVerdict", "rule_on_net"]

BUDGET = 200_000
_MANY_STATES = 1_000  # of an automaton: whether it ignores others is then not looked into


class NetRuleVerdict(NamedTuple):
    """Whether a rule is true of every complete run of a net.

    Attributes:
        holds: True, False, or None where the budget did not suffice to tell.
        trace: a shortest run of the net that was walked - the smaller one, where it was made
            smaller - that breaks the rule, as far as the rule names its transitions.
    """

    holds: bool | None
    trace: tuple[str, ...] = ()


def rule_on_net(
    net: Mapping[str, object],
    formula: Formula,
    named: Mapping[str, frozenset[str]],
    *,
    budget: int = BUDGET,
) -> NetRuleVerdict:
    """Return whether a formula is true of every run of a net to a final marking.

    Args:
        net: as ``soundness_of`` takes it; it should be sound, runs that do not complete are not
            judged.
        formula: over propositions (``ltlf``), such as those of ``templates.FORMULAS``.
        named: proposition to the transitions that make it true.
        budget: how many markings with states of the automaton may be seen.

    Raises:
        NetError: if the data describe no net.
    """
    whole, automaton = workflow_net(net), Automaton(formula)
    letters = {
        transition: frozenset(name for name, ids in named.items() if transition in ids)
        for transition in whole.transitions
    }
    visible = frozenset(transition for transition, letter in letters.items() if letter)
    if _ignores_others(automaton, frozenset(letters[t] for t in visible)):
        whole = reduce(whole, visible)
    return with_room(whole, lambda markings: _walk(markings, automaton, letters, budget))


def _ignores_others(automaton: Automaton, letters: frozenset[frozenset[str]]) -> bool:
    """Return whether a letter without propositions never changes what an automaton accepts.

    So it is for rules that are closed under stuttering by other activities. The state before the
    first letter stands for itself after such a letter, too.
    """
    nothing = frozenset[str]()
    every = (nothing, *letters)
    states = dict.fromkeys(automaton.step(automaton.first, letter) for letter in every)
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        for letter in every:
            following = automaton.step(state, letter)
            if following not in states:
                states[following] = None
                waiting.append(following)
        if len(states) > _MANY_STATES:
            return False
    alike = _alike(automaton, every, states)
    first = automaton.step(automaton.first, nothing)
    return all(alike[automaton.step(state, nothing)] == alike[state] for state in states) and all(
        alike[automaton.step(automaton.first, letter)] == alike[automaton.step(first, letter)]
        for letter in letters
    )


def _alike(
    automaton: Automaton, letters: tuple[frozenset[str], ...], states: Iterable[Formula]
) -> Mapping[Formula, int]:
    """Return a number for each state: the same for those that accept the same rests of a trace.

    Moore, Gedanken-Experiments on Sequential Machines, 1956: states are told apart by whether they
    accept, then by the numbers of those that follow, until no more can be.
    """
    alike = {state: int(automaton.accepts(state)) for state in states}
    told_apart = 0
    while told_apart < len(set(alike.values())):
        told_apart = len(set(alike.values()))
        numbers: dict[tuple[int, ...], int] = {}
        alike = {
            state: numbers.setdefault(
                (known, *(alike[automaton.step(state, letter)] for letter in letters)),
                len(numbers),
            )
            for state, known in alike.items()
        }
    return alike


def _walk(
    markings: Markings, automaton: Automaton, letters: Mapping[str, frozenset[str]], budget: int
) -> NetRuleVerdict:
    nothing = frozenset[str]()
    # Where nothing has happened yet, other activities may still come first: see above.
    start = (markings.start, automaton.first)
    before: dict[tuple[int, Formula], tuple[tuple[int, Formula], str] | None] = {start: None}
    waiting = deque([start])
    while waiting:
        pair = waiting.popleft()
        marking, state = pair
        if markings.is_final(marking) and not automaton.accepts(state):
            return NetRuleVerdict(holds=False, trace=_run(before, pair, letters))
        for successor, transition in markings.successors(marking):
            following = (successor, automaton.step(state, letters.get(transition, nothing)))
            if following not in before:
                before[following] = (pair, transition)
                waiting.append(following)
        if len(before) > budget:
            return NetRuleVerdict(holds=None)
    return NetRuleVerdict(holds=True)


def _run(
    before: Mapping[tuple[int, Formula], tuple[tuple[int, Formula], str] | None],
    pair: tuple[int, Formula],
    letters: Mapping[str, frozenset[str]],
) -> tuple[str, ...]:
    names: list[str] = []
    while (step := before[pair]) is not None:
        pair, transition = step
        if letters.get(transition):
            names.append(transition)
    return tuple(reversed(names))
