"""Courses are courses of the engine: every situation found can be walked to, event by event."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.errors import Refused
from ohjausprosessi.formats import load_definition, shipped_ids
from ohjausprosessi.model import Rule
from ohjausprosessi.process import Process
from ohjausprosessi.verify import findings
from ohjausprosessi.verify.rules import Proof
from ohjausprosessi.verify.study import Study
from ohjausprosessi.verify.templates import claims_of

if TYPE_CHECKING:
    from ohjausprosessi.engine import Case
    from ohjausprosessi.verify.courses import Courses
    from ohjausprosessi.verify.running import Event

FOLDER = Path(__file__).parents[2] / "checks"
EVENTS = ("accept", "decline", "expire")


def walk(process: Process, courses: Courses, events: tuple[Event, ...]) -> Case:
    """Return the case after the events, with whatever facts and information they need."""
    case: Case = process.start("k")
    for event in events:
        case = record(case, courses, event)
        move = event.moves[0]
        if event.automatic == len(event.moves):
            continue  # what was recorded set it off
        state = courses.machine.net.places[min(move.net.inputs)].name
        for number in move.needs:
            name = courses.machine.slots[number].name
            if name in process.definition.info and name not in case.facts:
                case = case.learn({name: "x"}, by=next(iter(process.roles)))
        if not move.roles or move.net.kind == "expire":
            pytest.skip("only time does this")
        several = not state.endswith(EVENTS) and "." not in state and "/" not in state
        by = move.roles[0]
        case = case.advance(move.net.name, by=by, state=state if several else None)
    return case


def record(case: Case, courses: Courses, event: Event) -> Case:
    for number, value in event.given.items():
        slot = courses.machine.slots[number]
        roles = sorted(slot.roles) if slot.roles else list(courses.machine.definition.roles)
        case = case.learn({slot.name: value}, by=roles[0])
    return case


CODES = [
    "unsafe",
    "improper-completion",
    "no-way-to-end",
    "call-cancelled",
    "from-ambiguous",
    "handoff-in-branch",
]
WALKED = [path for code in CODES for path in sorted((FOLDER / code).glob("*valid-*.yaml"))]


@pytest.mark.parametrize("path", WALKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_situation_of_a_fixture_is_walked_to_on_the_engine(path: Path) -> None:
    definition = load_definition(path)
    process, courses = Process(definition), Study(definition).courses
    for situation in courses.before:
        events = courses.way_to(situation)
        if any(event.moves[0].net.kind == "expire" for event in events):
            continue
        case = walk(process, courses, events)
        marked = {courses.machine.net.places[place].name for place in situation.marking}
        assert set(case.active) == marked


@pytest.mark.parametrize("process", shipped_ids())
def test_a_shipped_process_loses_no_client(process: str) -> None:
    courses = Study(load_definition(process)).courses
    assert courses.complete
    assert courses.exact
    assert courses.leading_to(courses.is_final) == set(courses.before)


@pytest.mark.parametrize("path", WALKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_p1_every_situation_is_at_rest(path: Path) -> None:
    courses = Study(load_definition(path)).courses
    for situation in courses.before:
        if not courses.is_over(situation):
            eager = [t for t in courses.machine.net.transitions if t.eager]
            assert not [t.id for t in eager if t.enabled(situation.marking)]


def test_p1_what_an_interrupt_cancels_is_meant() -> None:
    path = FOLDER / "improper-completion" / "valid-interrupt_ends_all.yaml"
    courses = Study(load_definition(path)).courses
    assert {swept.move.net.name for swept in courses.found.swept} == {"keskeyta"}
    assert not [f for f in findings(load_definition(path)) if f.severity == "error"]


def test_p1_a_transition_is_dead_only_if_it_is_from_every_source() -> None:
    path = FOLDER / "unreachable" / "invalid-nothing_leads_there.yaml"
    definition = load_definition(path)  # `paata` leaves the island too, but not only that
    assert {f.code for f in findings(definition) if f.severity == "error"} == {"unreachable"}


@pytest.mark.parametrize("process", shipped_ids())
def test_every_transition_lies_on_a_course_that_the_engine_takes_to_its_end(process: str) -> None:
    definition = load_definition(process)
    never = {t: Rule(id=f"no_{t}", rule="absence", when=(t,)) for t in definition.transitions}
    ruled = replace(definition, rules=never)
    proof = Proof(Study(ruled))
    handle, doubtful = Process(definition), dict[str, Refused]()
    for transition, rule in never.items():
        (claim,) = claims_of(ruled, rule)
        events = proof.traces.counterexample(claim)
        assert events is not None, transition
        try:
            case = walk(handle, proof.courses, events[1:])
        except Refused as refused:
            doubtful[transition] = refused
            continue
        assert case.ended
        assert transition in [event.transition for event in case.history]
    # An open hand-off that left another one leaves no state: courses are more than cases there.
    assert {refused.code for refused in doubtful.values()} <= {"facts"}
    assert len(doubtful) <= 1
