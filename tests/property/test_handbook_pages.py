"""A page of any process, with the way of any case: complete, well-formed, and true to the case."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given

from ohjausprosessi.handbook import process_page
from ohjausprosessi.handbook.page_context import PageContext
from ohjausprosessi.handbook.routes import case_route, shortest_routes
from ohjausprosessi.net import Compiled
from ohjausprosessi.process import Process
from ohjausprosessi.verify import dropout
from ohjausprosessi.verify.checks.registry import findings_of
from ohjausprosessi.verify.state_space.analysis import AnalysisContext
from ohjausprosessi.verify.state_space.state_space import StateSpace
from properties import examples
from random_definitions import Features, features, random_definition, randoms
from random_walks import random_event, random_start

if TYPE_CHECKING:
    from random import Random

    from ohjausprosessi.model import Definition
    from ohjausprosessi.verify import DropoutReport

BUDGET = 300


class Balanced(HTMLParser):
    """Refuses elements that are not closed in order, and ids that are there twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in {"meta", "input", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def report_of(definition: Definition) -> DropoutReport:
    """The report of a definition, of which only some situations are looked at."""
    analysis = AnalysisContext(definition)
    analysis.state_space = StateSpace(analysis.compiled, budget=BUDGET)
    found = findings_of(analysis, prove_rules=True)
    places = dropout.handoff_points(definition), dropout.untimed_states(definition)
    return dropout.DropoutReport(definition, *places, found, dropout._proved(analysis, found))


@examples(20)
@given(randoms, features)
def test_every_process_has_a_page(random: Random, having: Features) -> None:
    definition = random_definition(random, having)
    page = Balanced()
    lang = random.choice(["fi", "en"])
    page.feed(process_page(definition, {}, lang=lang, report=report_of(definition)))

    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert {f"s-{state}" for state in definition.states} <= set(page.ids)


@examples(25)
@given(randoms, features)
def test_the_way_of_a_case_ends_where_the_case_is(random: Random, having: Features) -> None:
    process = Process(random_definition(random, having))
    case = random_start(random, process)
    for _ in range(12):
        case = random_event(random, case)
    walk = case_route(PageContext(process.compiled, "en"), case.to_dict())
    inputs = [event for event in case.history if event.kind != "auto"]

    assert len(walk.steps) == len(inputs)
    states = process.definition.states
    assert {place for place in case.active if place in states} <= set(walk.steps[-1].places)
    for step in walk.steps:
        assert set(step.places) <= states.keys()
        for transition, source, target in step.ways:
            written = process.definition.transitions[transition]
            assert target == written.to
            assert written.any_open or source in written.sources


@examples(25)
@given(randoms, features)
def test_a_shortest_way_goes_by_transitions_from_start_to_end(
    random: Random, having: Features
) -> None:
    definition = random_definition(random, having)
    for walk in shortest_routes(PageContext(Compiled(definition), "en")):
        places = [step.places[0] for step in walk.steps]
        assert places[0] == definition.start
        assert definition.states[places[-1]].kind == "end"
        for (before, after), step in zip(pairwise(places), walk.steps[1:], strict=True):
            ((transition, source, target),) = step.ways
            assert (source, target) == (before, after)
            assert definition.transitions[transition].to == after
