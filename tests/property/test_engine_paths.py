"""The fast path of ``Case.advance`` decides nothing that the full path decides otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from ohjausprosessi.diagnostics import Reason
from ohjausprosessi.engine import Case
from ohjausprosessi.engine.events import perform
from ohjausprosessi.errors import Refused
from ohjausprosessi.process import Process
from properties import examples
from random_definitions import Features, chance, random_definition, randoms
from random_walks import Act, random_act, random_start

if TYPE_CHECKING:
    from random import Random

STEPS = 25
Refusal = tuple[tuple[Reason, ...], tuple[str, ...]]


def fast(case: Case, act: Act) -> Case | Refusal:
    """Return what ``advance`` makes of an act."""
    try:
        return act.on(case)
    except Refused as refused:
        return refused.reasons, refused.asks


def full(case: Case, act: Act) -> Case | Refusal:
    """Return what the full path makes of it."""
    try:
        return perform(
            case, act.name, by=act.by, facts=act.facts, state=act.state, actor=None, at=act.at
        )
    except Refused as refused:
        return refused.reasons, refused.asks


@examples(150)
@given(randoms, st.booleans(), st.booleans())
def test_fast_and_full_path_agree(random: Random, hard: bool, times: bool) -> None:  # noqa: FBT001  drawn
    process = Process(random_definition(random, Features(branches=False, hard=hard, times=times)))
    case = random_start(random, process)
    for _ in range(STEPS):
        case = random_start(random, process) if case.ended and chance(random, 80) else case
        act = random_act(random, case)
        went, wanted = fast(case, act), full(case, act)
        assert went == wanted, act
        if isinstance(went, Case) and isinstance(wanted, Case):
            assert list(went.history) == list(wanted.history), act
            assert (went.active, went.facts, went.at) == (wanted.active, wanted.facts, wanted.at)
            assert went.to_dict() == wanted.to_dict()
            case = random.choice([went, wanted])
