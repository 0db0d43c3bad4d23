"""The generators of these tests themselves: varied where nothing fails, small where something does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from properties import examples, saw
from random_definitions import Features, features, random_definition, randoms

if TYPE_CHECKING:
    from random import Random

    from ohjausprosessi.model import Definition

DEFINITIONS = st.builds(random_definition, randoms, st.just(Features()))


def smallest(kind: str) -> Definition:
    """The definition that a failure because of a kind of state shrinks to."""
    return find(
        DEFINITIONS,
        lambda definition: any(state.kind == kind for state in definition.states.values()),
        settings=settings(database=None, phases=[Phase.generate, Phase.shrink], max_examples=200),
    )


def test_a_definition_shrinks_to_what_fails() -> None:
    shrunk = smallest("choice")
    kinds = [state.kind for state in shrunk.states.values()]
    assert sorted(kinds) == ["choice", "end", "state", "state", "state"]
    assert len(shrunk.transitions) <= 5
    acts = [t for t in shrunk.transitions.values() if t.by]
    assert not any(t.guard or t.after or t.handoff or t.interrupt for t in acts)
    assert shrunk.duties == shrunk.calls == {}


# Half of the draws leave a feature out, and each comes with a chance: seldom, but it has to come.
SEES = {
    "fork": 0.05,
    "join": 0.05,
    "choice": 0.3,
    "call": 0.02,
    "end": 1,
    "deadline": 0.03,
    "hand-off": 1,
    "back": 0.03,
    "guard": 1,
    "timer": 0.1,
    "interrupt": 0.1,
}


@examples(100, sees=SEES)
@given(randoms, features)
def test_definitions_have_everything_now_and_then(random: Random, having: Features) -> None:
    definition = random_definition(random, having)
    for state in definition.states.values():
        saw(state.kind)
        saw("deadline", state.deadline is not None)
    for transition in definition.transitions.values():
        saw("hand-off", transition.handoff is not None)
        saw("back", transition.handoff is not None and transition.handoff.back)
        saw("guard", transition.guard is not None)
        saw("timer", transition.after is not None)
        saw("interrupt", transition.interrupt)
