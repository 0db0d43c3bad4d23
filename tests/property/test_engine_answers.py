"""What ``explain`` and ``options`` say is what ``advance`` does (SEMANTICS K1–K4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from ohjausprosessi.errors import Refused
from ohjausprosessi.process import Process
from properties import examples
from random_definitions import Features, chance, features, random_definition, randoms
from random_walks import ROLES, random_act, random_event, random_start

if TYPE_CHECKING:
    from random import Random

STEPS = 20


@examples(100)
@given(randoms, features)
def test_k2_explain_agrees_with_advance(random: Random, having: Features) -> None:
    process = Process(random_definition(random, having))
    case = random_start(random, process)
    for _ in range(STEPS):
        case = random_start(random, process) if case.ended and chance(random, 80) else case
        act = random_act(random, case)
        if act.by is not None and (act.at is not None or case.at is None):
            said = case.explain(act.name, by=act.by, facts=act.facts, state=act.state, at=act.at)
            try:
                went = act.on(case)
            except Refused as refused:
                assert not said.allowed
                assert (said.code, said.reasons) == (refused.code, refused.reasons)
                assert said.asks == refused.asks
            else:
                assert said.allowed
                assert said.reasons == ()
                assert went.seq > case.seq
                assert went.history[case.seq].transition == said.transition
        case = random_event(random, case)


@examples(60)
@given(randoms, features)
def test_k3_options_are_what_explain_allows(random: Random, having: Features) -> None:
    process = Process(random_definition(random, having))
    case = random_start(random, process)
    for _ in range(STEPS):
        case = random_start(random, process) if case.ended and chance(random, 80) else case
        by = random.choice(ROLES)
        offered = case.options(by=by, blocked=True)
        assert [o for o in offered if o.allowed] == list(case.options(by=by))
        for option in offered:
            said = case.explain(option.transition, by=by, state=option.state)
            assert (said.allowed, said.reasons) == (option.allowed, option.reasons)
            assert (said.asks, said.to, said.handoff) == (option.asks, option.to, option.handoff)
            if option.allowed:
                went = case.advance(option.transition, by=by, state=option.state, at=case.at)
                assert went.history[case.seq].transition == option.transition
        if not case.ended:
            named = {option.transition for option in offered}
            for name in case._compiled.targets:
                said = case.explain(name, by=by)
                assert not said.allowed or name in named
        case = random_event(random, case)
