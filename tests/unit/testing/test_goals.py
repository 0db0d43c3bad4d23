"""Agendas: lists of what a walk still has to meet."""

from __future__ import annotations

from ohjausprosessi import load
from ohjausprosessi.testing.acts import START
from ohjausprosessi.testing.goals import SIMPLE, Goals, goals_of
from ohjausprosessi.testing.navigator import navigator_of
from ohjausprosessi.testing.walks import Draw, Walk

FIGURES = ("tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen")


def test_lists_have_everything_once_in_an_order_in_which_a_case_can_do_it() -> None:
    ways = navigator_of(load(FIGURES[1]))
    lists = goals_of(ways)
    assert sorted(name for names in lists for name in names) == sorted(ways.names)
    for names in lists:
        walk = Walk(ways)
        for name in names:
            assert ways.symbolic_state(walk.case) in ways.toward(name)
            while name not in {event.transition for event in walk.case.history}:
                assert walk.step(Draw(0, 0), name)


def test_no_list_comes_twice_before_all_have_come() -> None:
    ways = navigator_of(load(FIGURES[1]))
    agenda, case = Goals(ways), ways.process.start("x", at=START)
    met = []
    for number in range(len(ways.names)):
        agenda.take_up(5 * SIMPLE, so_far=number)
        name = agenda.next(case)
        assert name is not None
        agenda.strike(name)
        met.append(name)
    assert sorted(met) == sorted(ways.names)


def test_a_small_number_means_one_thing_whatever_has_happened_before() -> None:
    ways = navigator_of(load(FIGURES[1]))
    agenda, case = Goals(ways), ways.process.start("x", at=START)
    agenda.take_up(0, so_far=1)
    agenda.take_up(1, so_far=1)
    first = agenda.next(case)
    assert first in {name for step in ways.steps(case) for name in step.names}
    agenda.strike(first or "")
    assert agenda.next(case) is None
    agenda.take_up(0, so_far=33)
    assert agenda.next(case) == first
