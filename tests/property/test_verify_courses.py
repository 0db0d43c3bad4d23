"""Courses against the engine: what a case does is found, and what is found a case can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, reject

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of
from ohjausprosessi.net import Compiled
from ohjausprosessi.process import Process
from ohjausprosessi.verify import follow
from ohjausprosessi.verify.checks.registry import findings_of
from ohjausprosessi.verify.state_space.analysis import AnalysisContext
from ohjausprosessi.verify.state_space.counterexample import steps
from ohjausprosessi.verify.state_space.free_choice import sound_by_reduction
from ohjausprosessi.verify.state_space.state_space import StateSpace
from ohjausprosessi.verify.state_space.symbolic_step import SymbolicValue
from properties import examples, saw
from random_definitions import Features, chance, random_definition, randoms, some
from random_walks import random_event, random_start
from small import T0, data, t

if TYPE_CHECKING:
    from random import Random

    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Definition
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicState

EVENTS = 40
BUDGET = 800


def fits(state_space: StateSpace, symbolic_state: SymbolicState, case: Case) -> bool:
    """Return whether a situation stands for where a case is and what is known of it."""
    numbers = case._compiled.place_numbers
    if symbolic_state.marking != {numbers[name] for name in case.active}:
        return False
    known = case._known()
    for number, value in zip(state_space.tracked, symbolic_state.facts, strict=True):
        actual = known.get(number)
        close_matches = actual not in state_space.values[number]  # one of its cell stands for it
        if not (isinstance(value, SymbolicValue) or close_matches or actual == value or case.ended):
            return False
    return True


@examples(30, sees={"events": 4})
@given(randoms)
def test_wherever_a_case_comes_to_rest_is_found(random: Random) -> None:
    definition = random_definition(random, Features(hard=True))
    process = Process(definition)
    state_space = StateSpace(process._compiled, budget=BUDGET)
    assume(state_space.complete)
    case = random_start(random, process)
    for _ in range(EVENTS):
        assert any(fits(state_space, symbolic_state, case) for symbolic_state in state_space.before)
        before, case = case, random_event(random, case)
        if case is not before:
            saw("events")


def is_exact(definition: Definition) -> bool:
    """Return whether courses are exact: no calls, no timers that act in their own order.

    Nor a choice that can wait for a fact in one branch while another branch goes on.
    """
    timers = [t for t in definition.transitions.values() if t.after]
    waits = definition.has_fork and any(s.kind == "choice" for s in definition.states.values())
    return not definition.calls and not waits and not timers


@examples(60, sees={"states": 2})
@given(randoms)
def test_wherever_a_course_comes_to_rest_a_case_can_come(random: Random) -> None:
    definition = random_definition(random, Features(timers=False, calls=False))
    assume(is_exact(definition))
    state_space = StateSpace(Compiled(definition), budget=BUDGET)
    for symbolic_state in some(random, list(state_space.before), min(20, len(state_space.before))):
        saw("states")
        case = follow(
            definition, steps(state_space.compiled, state_space.run_to(symbolic_state)), at=T0
        )
        assert case is not None
        assert fits(state_space, symbolic_state, case)


@examples(60, sees={"counterexamples": 1, "blocked ends": 0.5})
@given(randoms)
def test_the_course_of_every_finding_is_gone_by_a_case(random: Random) -> None:
    definition = random_definition(random, Features(timers=False, calls=False))
    assume(is_exact(definition))
    analysis = AnalysisContext(definition)
    analysis.state_space = StateSpace(analysis.compiled, budget=BUDGET)
    for finding in findings_of(analysis):
        if finding.counterexample:
            saw("counterexamples")
            case = follow(definition, finding.counterexample, at=T0)
            assert case is not None, finding.text("en")
            *_, last = finding.counterexample
            if not last.done:
                saw("blocked ends")
                said = case.explain(last.event, by=last.by, state=last.state)
                assert said.code == "occupied", finding.text("en")


class Blocks:
    """Makes a definition of nested sequences, choices, loops and parallel branches."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.states: dict[str, Any] = {"a": "c", "e": {"kind": "end"}}
        self.transitions: dict[str, Any] = {}

    def state(self, kind: str = "state") -> str:
        name = f"s{len(self.states)}"
        self.states[name] = "c" if kind == "state" else {"kind": kind}
        return name

    def way(self, source: str, target: str, **more: Any) -> None:
        self.transitions[f"t{len(self.transitions)}"] = t(source, target, **more)

    def block(self, before: str, after: str, depth: int) -> None:
        kind = self.random.choice(["seq", "xor", "and", "and", "loop"]) if depth else "way"
        if kind == "way":
            self.way(before, after)
        elif kind == "seq":
            middle = self.state()
            self.block(before, middle, depth - 1)
            self.block(middle, after, depth - 1)
        elif kind == "xor":
            self.block(before, after, depth - 1)
            self.block(before, after, depth - 1)
        elif kind == "loop":
            done = self.state()
            self.block(before, done, depth - 1)
            self.way(done, before)
            self.way(done, after)
        else:
            fork, join = self.state("fork"), self.state("join")
            self.way(before, fork)
            for _ in range(2):
                start, end = self.state(), self.state()
                self.way(fork, start, by=None)
                self.block(start, end, depth - 1)
                self.way(end, join)
            self.way(join, after, by=None)


@examples(150, sees={"sound": 0.2, "unsound": 0.2})
@given(randoms)
def test_p1_what_sound_by_reduction_has_no_course_that_loses_a_client(random: Random) -> None:
    blocks = Blocks(random)
    blocks.block("a", "e", random.choice([1, 2, 2, 3]))
    mutated = chance(random, 70)
    if mutated:
        moved = random.choice(list(blocks.transitions.values()))
        moved["to"] = random.choice(list(blocks.states))
    try:
        definition = definition_of(data(blocks.states, blocks.transitions))
    except DefinitionError:
        reject()
    process = Process(definition)
    sound = sound_by_reduction(process._compiled)
    state_space = StateSpace(process._compiled, budget=BUDGET)
    assume(state_space.complete and definition.has_fork)
    saw("sound" if sound else "unsound")
    lost = set(state_space.before) - state_space.leading_to(state_space.is_final)
    dead = {move.net.name for move in process._compiled.moves} - state_space.fired
    assert sound is not bool(lost or dead or state_space.contacts or state_space.cancellations)
