"""Random nets and mutants of sound ones: the verdict against a visit of every marking.

Most are nets of a seed, many and quick: ``random_nets.net_of(seed)`` makes the one that a failure
names. A few come from Hypothesis, which makes them small.
"""

from __future__ import annotations

from collections import Counter
from operator import le
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from ohjausprosessi.rules.ltlf import Automaton
from ohjausprosessi.rules.templates import FORMULAS
from ohjausprosessi.verify import rule_on_net, soundness_of
from ohjausprosessi.verify.workflow_net import soundness
from ohjausprosessi.verify.workflow_net.explore import explore
from ohjausprosessi.verify.workflow_net.reduce import reduce
from ohjausprosessi.verify.workflow_net.workflow_net import workflow_net
from properties import effort, examples, saw
from random_definitions import randoms
from random_nets import (
    Net,
    block_net,
    is_final,
    is_wrong,
    mutant,
    net_of,
    random_net,
    see,
    start,
    successors,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from ohjausprosessi.rules.ltlf import Formula
    from ohjausprosessi.verify.workflow_net.soundness import Verdict
    from random_nets import Marking, Seen

NETS = effort(50_000)
PARTS = 10
VERDICTS = {
    "",
    "stuck",
    "improper completion",
    "unbounded",
    "no option to complete",
    "dead transition",
}


@pytest.mark.parametrize("part", range(PARTS))
def test_nets_of_seeds_agree_with_plain_exploration(part: int) -> None:
    size = NETS // PARTS
    seeds = range(part * size, (part + 1) * size)
    met = Counter(agree(net_of(seed), f"net_of({seed})") for seed in seeds)
    assert min(met[why] for why in VERDICTS) > size / 100, met


def agree(net: Net, name: str) -> str:
    """Assert that every way to judge a net gives what all its markings say; return why."""
    seen = see(net)
    if seen is None:
        return "not known"
    said = f"{name}: {net.data}, {seen}"
    whole = workflow_net(net.data)
    for eliminating in (False, True):
        smaller = reduce(whole, eliminating=eliminating)
        explored = explore(smaller, 10_000, "deep")
        assert (explored.problem is None) is seen.sound, f"{said}, made smaller: {smaller}"
    verdict = soundness_of(net.data)
    if any(whole.source in outputs for _, outputs in whole.transitions.values()):
        assert (verdict.sound, verdict.why) == (False, "no workflow net"), said
        # What decides must be right of these too: half of the nets are such, and reduction makes some.
        found = soundness._decide(whole, soundness.BUDGET)
        verdict = soundness.Verdict(whole, found, soundness.BUDGET)
    assert verdict.sound is seen.sound, said
    if not seen.sound:
        assert shows(net, seen, verdict), f"{said}, {verdict}: {verdict.trace}, {verdict.dead}"
    return verdict.why


def shows(net: Net, seen: Seen, verdict: Verdict) -> bool:
    """Return whether a verdict tells of a problem that there is, as briefly as can be."""
    run = walk(net, verdict.trace)
    last = run[-1]
    if verdict.why == "no option to complete":
        return seen.distance is None and last in seen.hopeless
    if verdict.why == "dead transition":
        return not seen.hopeless and set(verdict.dead) == seen.dead
    if seen.distance is None or len(verdict.trace) > seen.distance:
        return False
    if verdict.why == "stuck":
        return not successors(net, last) and not is_final(net, last)
    if verdict.why == "improper completion":
        return is_wrong(net, last)
    return any(covers(last, earlier) for earlier in run[:-1])


def covers(marking: Marking, earlier: Marking) -> bool:
    """Return whether a marking has all tokens of another and more."""
    return marking != earlier and all(map(le, earlier, marking))


def walk(net: Net, trace: tuple[str, ...]) -> list[Marking]:
    """Return the markings of a run; each firing must be possible."""
    run = [start(net)]
    for name in trace:
        run.append(dict(successors(net, run[-1]))[name])
    return run


@examples(100)
@given(randoms)
def test_blocks_are_sound(random: Random) -> None:
    net = block_net(random)
    note(repr(net))
    assert soundness_of(net.data).sound is True


@examples(100, sees={"judged": 0.8, "sound": 0.03})
@given(randoms, st.sampled_from([mutant, random_net]))
def test_drawn_nets_agree_with_plain_exploration(
    random: Random, make: Callable[[Random], Net]
) -> None:
    why = agree(make(random), "drawn")
    saw("judged", why != "not known")
    saw("sound", why == "")


@examples(300, sees={"kept": 0.1, "broken": 0.1})
@given(randoms, st.sampled_from(sorted(FORMULAS)))
def test_a_smaller_net_keeps_every_rule(random: Random, template: str) -> None:
    net = block_net(random)
    names = sorted(net.rows)
    named = {
        name: frozenset(random.choices(names, k=random.randint(1, 2)))
        for name in ("when", "first", "then")
    }
    named["kind"] = named["then"]
    note(f"{net.data}, {named}")
    expected = rule_plainly(net, FORMULAS[template], named)
    assume(expected is not None)
    saw("kept" if expected else "broken")
    assert rule_on_net(net.data, FORMULAS[template], named).holds is expected


def rule_plainly(net: Net, formula: Formula, named: dict[str, frozenset[str]]) -> bool | None:
    """Return whether a formula is true of every complete run, walking all markings."""
    automaton = Automaton(formula)
    seen = {(start(net), automaton.first)}
    todo = list(seen)
    while todo:
        marking, state = todo.pop()
        if is_final(net, marking) and not automaton.accepts(state):
            return False
        for name, successor in successors(net, marking):
            letter = frozenset(p for p, ids in named.items() if name in ids)
            pair = (successor, automaton.step(state, letter))
            if pair not in seen:
                seen.add(pair)
                todo.append(pair)
        if len(seen) > 3000:
            return None
    return True
