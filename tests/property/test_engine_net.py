"""Engine and net side by side on random definitions (SEMANTICS N5, N6).

From every marking at rest that is found, each step of the engine is a step of the net under the
same name, automatic moves included; and each move of the net that is enabled there and does not go
by itself is possible in the engine for some facts, role and time.
"""

from __future__ import annotations

import itertools
from collections import deque
from typing import TYPE_CHECKING

from hypothesis import given

from ohjausprosessi.engine.events import fire_time
from ohjausprosessi.errors import Refused
from ohjausprosessi.process import Process
from plain_net import enabled, fired
from properties import examples, saw
from random_definitions import Features, random_definition, randoms
from small import T0

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from ohjausprosessi.engine import Case, Event
    from ohjausprosessi.model import Value
    from ohjausprosessi.net import Net

Marking = frozenset[int]
MARKINGS = 60
TRUE_FOR_SOME: tuple[dict[str, Value | None], ...] = (
    {},
    {"note": "noted"},
    {"note": "noted", "flag": True, "level": 1, "kind": "a"},
)


def marking(case: Case) -> Marking:
    """Return the numbers of the marked places."""
    numbers = case._compiled.place_numbers
    return frozenset(numbers[name] for name in case.active)


def steps(case: Case) -> Iterator[tuple[str, Case]]:
    """Yield the name of every single step that people, facts or time can make, and where to."""
    for option in case.options(blocked=True):
        for facts in TRUE_FOR_SOME:
            try:
                went = case.advance(
                    option.transition,
                    by=option.by[0],
                    state=option.state,
                    facts=facts,
                    at=case.at,
                )
            except Refused:
                continue
            yield option.transition, went
            break
    for armed in case._more().timers:
        later = None if armed.what.endswith(".remind") else fire_time(case, armed, armed.due)
        if later is not None:
            yield later.history[case.seq].transition, later
    yield from automatic_steps(case)


def automatic_steps(case: Case) -> Iterator[tuple[str, Case]]:
    """Yield what happens by itself once a choice or a returned call learns its fact."""
    asked = [slot.name for slot in case._compiled.slots if slot.name.startswith(("p_", "sub_"))]
    for fact, value in itertools.product(dict.fromkeys(asked), range(4)):
        try:
            went = case.learn({fact: value}, by="rc", at=case.at)
        except Refused:
            continue
        if went.seq > case.seq + 1:
            yield went.history[case.seq + 1].transition, went


def at_rest(net: Net, begin: Marking) -> set[Marking]:
    """Return the markings that eager moves can lead to, none being left (E2)."""
    found: set[Marking] = set()
    seen, todo = {begin}, [begin]
    while todo:
        here = todo.pop()
        nexts = [fired(t, here) for t in net.transitions if t.eager and enabled(t, here)]
        if not nexts:
            found.add(here)
        todo += [m for m in nexts if m not in seen]
        seen.update(nexts)
    return found


def along(net: Net, begin: Marking, events: tuple[Event, ...]) -> set[Marking]:
    """Return the markings the net can be in after firing moves of these names, one by one."""
    here = {begin}
    for event in events:
        if event.kind not in {"learn", "remind", "start"}:
            moves = [t for t in net.transitions if t.name == event.transition]
            here = {fired(t, m) for m in here for t in moves if enabled(t, m)}
    return here


def is_final(net: Net, here: Marking) -> bool:
    """Return whether a case that has this marking has ended (N4)."""
    return len(here) == 1 and min(here) in net.finals


def check_from(net: Net, case: Case) -> list[Case]:
    """Compare all steps from one case; return the cases they lead to."""
    here, possible = marking(case), list(steps(case))
    for name, went in possible:
        happened = tuple(went.history)[case.seq :]
        assert marking(went) in along(net, here, happened), (name, case.active, went.active)
    moves = [t for t in net.transitions if not t.eager and enabled(t, here)]
    decided = {t.name for t in net.transitions if not t.eager}
    reached: dict[str, set[Marking]] = {}
    # Two running calls of one process learn a fact together: in one event both may choose by it, or
    # the second as soon as it comes to its choice. Of such events `along` has said all there is.
    jointly: set[str] = set()
    for name, went in possible:
        made = [event.transition for event in tuple(went.history)[case.seq :]]
        if sum(one in decided for one in made) > 1:
            jointly.update(made)
        else:
            reached.setdefault(name, set()).add(marking(went))
    if is_final(net, here):
        assert not possible
        return []
    names = {move.name for move in moves}
    assert reached.keys() <= names <= reached.keys() | jointly, case.active
    for move in moves:
        if move.name in reached:
            assert at_rest(net, fired(move, here)) & reached[move.name], (move.id, case.active)
            saw("moves")
    for name, markings in reached.items():
        wanted = [at_rest(net, fired(t, here)) for t in moves if t.name == name]
        assert markings <= set().union(*wanted), (name, case.active)
    return [went for _, went in possible]


@examples(100, sees={"moves": 50})
@given(randoms)
def test_n6_engine_and_net_go_the_same_ways(random: Random) -> None:
    process = Process(random_definition(random, Features(branches=True, hard=False)))
    net, case = process.net, process.start("x", at=T0)
    assert marking(case) in along(net, net.initial, tuple(case.history))
    assert marking(case) in at_rest(net, net.initial)
    seen, todo = {marking(case)}, deque([case])
    while todo and len(seen) < MARKINGS:
        for went in check_from(net, todo.popleft()):
            if marking(went) not in seen:
                seen.add(marking(went))
                todo.append(went)
