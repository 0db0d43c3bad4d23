"""Random flat processes through the engine and through the library ``transitions``, step by step.

``interop.to_machine`` makes the machine: whatever the engine does, and whatever it refuses, a
foreign state machine does or refuses as well.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from transitions import MachineError

from ohjausprosessi.errors import Refused
from ohjausprosessi.interop import to_machine
from ohjausprosessi.process import Process
from properties import examples
from random_definitions import Features, chance, random_definition, randoms
from random_walks import ROLES, random_facts
from small import T0

if TYPE_CHECKING:
    from random import Random

    from ohjausprosessi.engine import Case

STEPS = 25
NOT_FROM_HERE = {"transition", "ended", "not_here", "occupied"}


def trigger(model: Any, name: str, **given_: Any) -> bool | None:
    """Return whether the machine moved; None where its state knows no such trigger."""
    try:
        return bool(model.trigger(name, **given_))
    except (AttributeError, MachineError):
        return None


def same(case: Case, model: Any) -> None:
    """Assert that case and model are at the same place and know the same."""
    assert (model.state,) == case.active
    assert model.facts == case.facts


def act(random: Random, case: Case, model: Any) -> Case:
    """Try something at both; assert that both do it, or both refuse it for the same sort of reason."""
    names = [option.transition for option in case.options(blocked=True)]
    if not names or chance(random, 20):
        names = [name for name in case._compiled.targets if not name.endswith(".expire")]
    names = [name for name in names if name not in case.definition.duties]
    if not names:
        return case
    name, by = random.choice(names), random.choice(ROLES)
    facts = random_facts(random, case, right=True) if chance(random, 50) else None
    try:
        went = case.advance(name, by=by, facts=facts, at=case.at)
    except Refused as refused:
        if refused.code == "facts":  # who may record what is the engine's alone
            return case
        moved = trigger(model, name, by=by, facts=facts)
        by_itself = refused.code == "role" and refused.reasons[0].allowed == ()  # type: ignore[attr-defined]
        assert moved is (None if refused.code in NOT_FROM_HERE else False) or (
            by_itself and moved is None
        ), (name, by, facts, refused.code)
        return case
    assert trigger(model, name, by=by, facts=facts) is True, (name, by, facts)
    return went


def learn(random: Random, case: Case, model: Any) -> Case:
    """Record facts at both."""
    facts, by = random_facts(random, case, right=True), random.choice(ROLES)
    try:
        went = case.learn(facts, by=by, at=case.at)
    except Refused as refused:
        if refused.code == "ended":
            assert trigger(model, "learn", facts=facts, by=by) is None
        return case
    assert trigger(model, "learn", facts=facts, by=by) is True
    return went


def wait(random: Random, case: Case, model: Any) -> Case:
    """Let time pass; the machine has no clock and is told what came due."""
    went = case.tick((case.at or T0) + timedelta(days=random.choice([1, 6, 40])))
    for event in went.history[case.seq :]:
        if event.kind == "time":
            name = event.transition
            assert trigger(model, name if name.endswith(".expire") else f"{name}.after") is True
    return went


@examples(150)
@given(randoms, st.booleans())
def test_flat_processes_go_the_same_way(random: Random, hard: bool) -> None:  # noqa: FBT001  drawn
    process = Process(random_definition(random, Features(branches=False, hard=hard)))
    case, model = process.start("x", at=T0), to_machine(process).model
    same(case, model)
    for _ in range(STEPS):
        step = random.choice([act, act, act, act, learn, wait])
        case = step(random, case, model)
        same(case, model)
