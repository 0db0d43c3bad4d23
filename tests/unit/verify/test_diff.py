"""Comparing two versions of a definition."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ohjausprosessi.verify.diff import compare
from pictures import random_process


@pytest.mark.parametrize("seed", range(6))
def test_what_one_direction_adds_the_other_removes(seed: int) -> None:
    old, new = random_process(seed), random_process(seed + 100)
    there, back = compare(old, new), compare(new, old)
    opposite = {"added": "removed", "removed": "added"}
    for forth, reverse in ((there.states, back.states), (there.transitions, back.transitions)):
        assert forth.keys() == reverse.keys()
        for key, change in forth.items():
            assert reverse[key] == opposite.get(change, reverse[key])
            assert (change in opposite) == (reverse[key] in opposite)


def test_equal_versions_do_not_differ() -> None:
    definition = random_process(1)
    diff = compare(definition, replace(definition, version="2"))
    assert (diff.states, diff.transitions, diff.since) == ({}, {}, "1")


def test_a_transition_is_reowned_with_the_state_it_leaves() -> None:
    old = random_process(2)
    start = old.states[old.start]
    given = replace(start, owner=next(o for o in old.owners if o != start.owner))
    diff = compare(old, replace(old, states={**old.states, given.id: given}))
    assert diff.states == {given.id: "reowned"}
    leaving = {t.id for t in old.transitions.values() if given.id in t.sources}
    assert leaving
    assert diff.transitions == dict.fromkeys(leaving, "reowned")
