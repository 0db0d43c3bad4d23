"""A case survives being written down, and its history leads to it again (SEMANTICS D1, Y3)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given

from ohjausprosessi.process import Process
from properties import examples
from random_definitions import Features, features, random_definition, randoms
from random_walks import random_event, random_start

if TYPE_CHECKING:
    from random import Random

STEPS = 20


@examples(80)
@given(randoms, features)
def test_d1_restored_case_is_equal(random: Random, having: Features) -> None:
    process = Process(random_definition(random, having))
    case = random_start(random, process)
    for _ in range(STEPS):
        case = random_event(random, case)
        text = json.dumps(case.to_dict())
        restored = process.restore(json.loads(text))
        assert restored == case
        assert json.dumps(restored.to_dict()) == text
        assert restored.options(blocked=True) == case.options(blocked=True)
        case = random.choice([case, restored])


@examples(80)
@given(randoms, features)
def test_y3_replayed_history_gives_an_equal_case(random: Random, having: Features) -> None:
    process = Process(random_definition(random, having))
    case = random_start(random, process)
    for _ in range(STEPS):
        case = random_event(random, case)
    again = process.replay(case.history)
    assert again == case
    assert json.dumps(again.to_dict()) == json.dumps(case.to_dict())


@examples(40)
@given(randoms, features)
def test_y2_continuations_do_not_see_each_other(random: Random, having: Features) -> None:
    process = Process(random_definition(random, having))
    cases = [random_start(random, process)]
    written = [json.dumps(cases[0].to_dict())]
    for _ in range(STEPS):
        case = random_event(random, random.choice(cases))
        cases.append(case)
        written.append(json.dumps(case.to_dict()))
    assert [json.dumps(case.to_dict()) for case in cases] == written
