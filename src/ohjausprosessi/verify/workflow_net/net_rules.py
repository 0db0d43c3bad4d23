"""Prove a rule about the order of transitions for all complete runs of a workflow net.

If transitions that the rule does not name cannot affect it, the net is first reduced around those
that it names (``reduce``). Then the product of the markings and the automaton is explored.
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
_MANY_STATES = 1_000  # of an automaton; a larger one is not tested for ignoring others


class NetRuleVerdict(NamedTuple):
    """Whether a rule holds for every complete run of a net.

    Attributes:
        holds: True, False, or None if the budget was exhausted.
        trace: a shortest run that violates the rule, restricted to the transitions the rule names;
            of the reduced net, if the net was reduced.

    Example:
        from ohjausprosessi.rules.templates import FORMULAS
        from ohjausprosessi.verify import rule_on_net

        choice = {"a": [["i"], ["o"]], "b": [["i"], ["o"]]}
        net = {"transitions": choice, "source": "i", "sink": "o"}
        verdict = rule_on_net(net, FORMULAS["existence"], {"then": frozenset({"a"})})
        assert verdict.holds is False
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
    """Decide whether a formula holds for every run of a net to a final marking.

    Args:
        net: as ``soundness_of`` takes it; it should be sound, since runs that never complete are
            not judged.
        formula: an LTLf formula over propositions, such as those of
            ``ohjausprosessi.rules.templates.FORMULAS``.
        named: the transitions that make each proposition true.
        budget: how many pairs of a marking and a state of the automaton may be visited.

    Raises:
        NetError: if the data do not describe a net.

    Example:
        from ohjausprosessi.rules.templates import FORMULAS
        from ohjausprosessi.verify import rule_on_net

        sequence = {"a": [["i"], ["p"]], "b": [["p"], ["o"]]}
        net = {"transitions": sequence, "source": "i", "sink": "o"}
        named = {"when": frozenset({"a"}), "then": frozenset({"b"})}
        assert rule_on_net(net, FORMULAS["response"], named).holds
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
    """Whether a letter without propositions never changes what an automaton accepts.

    This holds for rules that are closed under stuttering by other activities. The initial state and
    the state after one such letter have to agree as well.
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
    classes = _classes(automaton, every, states)
    first = automaton.step(automaton.first, nothing)
    return all(
        classes[automaton.step(state, nothing)] == classes[state] for state in states
    ) and all(
        classes[automaton.step(automaton.first, letter)] == classes[automaton.step(first, letter)]
        for letter in letters
    )


def _classes(
    automaton: Automaton, letters: tuple[frozenset[str], ...], states: Iterable[Formula]
) -> Mapping[Formula, int]:
    """The equivalence class of each state: equivalent states accept the same continuations.

    Partition refinement (Moore, Gedanken-Experiments on Sequential Machines, 1956): states are
    separated by acceptance, then by the classes of their successors, until nothing changes.
    """
    classes = {state: int(automaton.accepts(state)) for state in states}
    known_classes = 0
    while known_classes < len(set(classes.values())):
        known_classes = len(set(classes.values()))
        numbers: dict[tuple[int, ...], int] = {}
        classes = {
            state: numbers.setdefault(
                (known, *(classes[automaton.step(state, letter)] for letter in letters)),
                len(numbers),
            )
            for state, known in classes.items()
        }
    return classes


def _walk(
    markings: Markings, automaton: Automaton, letters: Mapping[str, frozenset[str]], budget: int
) -> NetRuleVerdict:
    nothing = frozenset[str]()
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
