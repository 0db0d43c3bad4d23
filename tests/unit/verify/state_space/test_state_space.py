"""Courses are courses of the engine: every situation found can be walked to, event by event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import load_definition, shipped_ids
from ohjausprosessi.model import Rule
from ohjausprosessi.rules.claims import claims_of
from ohjausprosessi.verify import findings, follow
from ohjausprosessi.verify.proof.prove import Proof
from ohjausprosessi.verify.state_space.analysis import AnalysisContext
from ohjausprosessi.verify.state_space.counterexample import steps
from places import CHECK_FOLDERS
from plain_net import enabled
from small import T0

if TYPE_CHECKING:
    from pathlib import Path

    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Definition
    from ohjausprosessi.verify.state_space.state_space import StateSpace
    from ohjausprosessi.verify.state_space.symbolic_step import Run


def walked(definition: Definition, state_space: StateSpace, way: Run) -> Case:
    """Return the case that goes a way on the engine."""
    case = follow(definition, steps(state_space.compiled, way), at=T0)
    assert case is not None, [event.name for event, _ in way]
    return case


CODES = [
    "unsafe",
    "improper-completion",
    "no-way-to-end",
    "call-cancelled",
    "from-ambiguous",
    "handoff-in-branch",
]
WALKED = [path for code in CODES for path in sorted((CHECK_FOLDERS / code).glob("*valid-*.yaml"))]


@pytest.mark.parametrize("path", WALKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_situation_of_a_fixture_is_walked_to_on_the_engine(path: Path) -> None:
    definition = load_definition(path)
    state_space = AnalysisContext(definition).state_space
    for symbolic_state in state_space.before:
        case = walked(definition, state_space, state_space.run_to(symbolic_state))
        marked = {state_space.compiled.net.places[place].name for place in symbolic_state.marking}
        assert set(case.active) == marked


@pytest.mark.parametrize("process", shipped_ids())
def test_a_shipped_process_loses_no_client(process: str) -> None:
    state_space = AnalysisContext(load_definition(process)).state_space
    assert state_space.complete
    assert state_space.exact
    assert state_space.leading_to(state_space.is_final) == set(state_space.before)


@pytest.mark.parametrize("path", WALKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_p1_every_situation_is_at_rest(path: Path) -> None:
    state_space = AnalysisContext(load_definition(path)).state_space
    for symbolic_state in state_space.before:
        if not state_space.is_over(symbolic_state):
            eager = [t for t in state_space.compiled.net.transitions if t.eager]
            assert not [t.id for t in eager if enabled(t, symbolic_state.marking)]


def test_p1_what_an_interrupt_cancels_is_meant() -> None:
    path = CHECK_FOLDERS / "improper-completion" / "valid-interrupt_ends_all.yaml"
    state_space = AnalysisContext(load_definition(path)).state_space
    assert {one.move.net.name for one in state_space.cancellations} == {"keskeyta"}
    assert not [f for f in findings(load_definition(path)) if f.severity == "error"]


def test_p1_a_transition_is_dead_only_if_it_is_from_every_source() -> None:
    path = CHECK_FOLDERS / "unreachable" / "invalid-nothing_leads_there.yaml"
    definition = load_definition(path)  # `paata` leaves the island too, but not only that
    assert {f.code for f in findings(definition) if f.severity == "error"} == {"unreachable"}


@pytest.mark.parametrize("process", shipped_ids())
def test_every_transition_lies_on_a_course_that_the_engine_takes_to_its_end(process: str) -> None:
    definition = load_definition(process)
    never = {t: Rule(id=f"no_{t}", rule="absence", when=(t,)) for t in definition.transitions}
    ruled = replace(definition, rules=never)
    proof = Proof(AnalysisContext(ruled))
    for transition, rule in never.items():
        (claim,) = claims_of(ruled, rule)
        way = proof.product.counterexample(claim)
        assert way is not None, transition
        case = walked(definition, proof.state_space, way)
        assert case.ended
        assert transition in [event.transition for event in case.history]


FIXTURES = sorted(CHECK_FOLDERS.glob("*/*.yaml"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_course_of_every_finding_is_gone_by_a_case(path: Path) -> None:
    try:
        definition = load_definition(path)
    except DefinitionError:
        return
    for finding in findings(definition, prove_rules=True):
        if finding.counterexample:
            case = follow(definition, finding.counterexample, at=T0)
            assert case is not None
            last = [step for step in finding.counterexample if step.done][-1]
            assert case.active == tuple(stop.place for stop in last.stops)
            if not finding.counterexample[-1].done:
                tried = finding.counterexample[-1]
                said = case.explain(tried.event, by=tried.by, state=tried.state)
                assert said.code == "occupied"
