"""Random nets and mutants of sound ones: the verdict against plain exploration of every marking."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from ohjausprosessi.verify import rule_on_net, soundness_of
from ohjausprosessi.verify.ltlf import Automaton
from ohjausprosessi.verify.templates import FORMULAS
from random_definitions import examples

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from ohjausprosessi.verify.ltlf import Formula

Marking = tuple[tuple[int, int], ...]
Row = tuple[list[int], list[int]]
Rows = dict[str, Row]
SOURCE, SINK = 0, 1


def is_wrong(held: dict[int, int], sinks: set[int]) -> bool:
    if any(held.get(sink, 0) > 1 for sink in sinks):
        return True
    if len(sinks) == 1 and sinks & held.keys() and len(held) > 1:
        return True
    return max(held.values()) > 6  # none of these small nets needs as many: it grows


def plainly(rows: Rows, sinks: set[int], most: int = 1500) -> bool | None:
    """Return whether a net is sound by visiting its markings; None beyond ``most`` of them."""
    first: Marking = ((SOURCE, 1),)
    seen: dict[Marking, set[Marking]] = {first: set()}
    todo, fired = [first], set()
    while todo:
        marking = todo.pop()
        held = dict(marking)
        if is_wrong(held, sinks):
            return False
        for name, (inputs, outputs) in rows.items():
            if all(place in held for place in inputs):
                fired.add(name)
                after = Counter(held)
                after.subtract(inputs)
                after.update(outputs)
                successor = tuple(sorted((p, n) for p, n in after.items() if n))
                if successor not in seen:
                    seen[successor] = set()
                    todo.append(successor)
                seen[successor].add(marking)
        if len(seen) > most:
            return None
    completing = [m for m in seen if all(place in sinks for place, _ in m)]
    reached = set(completing)
    for marking in completing:
        for before in seen[marking] - reached:
            reached.add(before)
            completing.append(before)
    return len(reached) == len(seen) and len(fired) == len(rows)


@st.composite
def block_nets(draw: DrawFn) -> Rows:
    """Draw a sound net of nested sequences, choices, loops and parallel branches."""
    rows: Rows = {}
    places = [SINK]

    def place() -> int:
        places.append(places[-1] + 1)
        return places[-1]

    def block(before: int, after: int, depth: int) -> None:
        kind = draw(
            st.sampled_from(["task"] if depth == 0 else ["task", "seq", "xor", "and", "loop"])
        )
        if kind == "task":
            rows[f"t{len(rows)}"] = ([before], [after])
        elif kind == "seq":
            middle = place()
            block(before, middle, depth - 1)
            block(middle, after, depth - 1)
        elif kind == "xor":
            block(before, after, depth - 1)
            block(before, after, depth - 1)
        elif kind == "and":
            starts, ends = [place(), place()], [place(), place()]
            rows[f"t{len(rows)}"] = ([before], starts)
            rows[f"t{len(rows)}"] = (ends, [after])
            for start, end in zip(starts, ends, strict=True):
                block(start, end, depth - 1)
        else:
            inside, done = place(), place()
            rows[f"t{len(rows)}"] = ([before], [inside])
            block(inside, done, depth - 1)
            rows[f"t{len(rows)}"] = ([done], [inside])
            rows[f"t{len(rows)}"] = ([done], [after])

    block(SOURCE, SINK, draw(st.integers(1, 3)))
    return rows


@st.composite
def mutants(draw: DrawFn) -> Rows:
    """Draw a net of blocks with up to three arcs added, moved or taken away."""
    rows = {name: (list(i), list(o)) for name, (i, o) in draw(block_nets()).items()}
    places = sorted({p for i, o in rows.values() for p in (*i, *o)})
    for _ in range(draw(st.integers(0, 3))):
        inputs, outputs = rows[draw(st.sampled_from(sorted(rows)))]
        arcs = draw(st.sampled_from([inputs, outputs]))
        place = draw(st.sampled_from([p for p in places if arcs is outputs or p != SINK]))
        if place in arcs:
            if len(arcs) > 1:
                arcs.remove(place)
        else:
            arcs.append(place)
    return rows


@st.composite
def random_nets(draw: DrawFn) -> Rows:
    """Draw any small net."""
    places = draw(st.integers(3, 6))
    arcs = st.lists(st.integers(0, places), min_size=1, max_size=3, unique=True)
    takes = arcs.filter(lambda some: SINK not in some)
    rows = draw(st.lists(st.tuples(takes, arcs), min_size=1, max_size=8))
    return {f"t{number}": row for number, row in enumerate(rows)}


def agree(rows: Rows, sinks: set[int]) -> None:
    expected = plainly(rows, sinks)
    if expected is None:
        return
    verdict = soundness_of(
        {"transitions": rows, "source": SOURCE, "sinks": sorted(sinks), "n_places": 60}
    )
    assert verdict.sound is expected
    if not expected:
        follow(rows, sinks, verdict.trace, verdict.why)


def follow(rows: Rows, sinks: set[int], trace: tuple[str, ...], why: str) -> None:
    held = Counter({SOURCE: 1})
    for name in trace:
        inputs, outputs = rows[name]
        assert all(held[place] for place in inputs)
        held.subtract(inputs)
        held.update(outputs)
    marked = {place: count for place, count in held.items() if count}
    enabled = any(all(p in marked for p in inputs) for inputs, _ in rows.values())
    if why == "stuck":
        assert not enabled
        assert not marked.keys() <= sinks or max(marked.values()) > 1
    if why == "improper completion":
        assert sinks & marked.keys()


@given(block_nets())
def test_blocks_are_sound(rows: Rows) -> None:
    assert soundness_of({"transitions": rows, "source": SOURCE, "sink": SINK}).sound is True


@examples(400)
@given(mutants())
def test_mutants_agree_with_plain_exploration(rows: Rows) -> None:
    agree(rows, {SINK})


@examples(400)
@given(random_nets(), st.booleans())
def test_random_nets_agree_with_plain_exploration(rows: Rows, two_sinks: bool) -> None:  # noqa: FBT001
    taken = {place for inputs, _ in rows.values() for place in inputs}
    agree(rows, {SINK} | ({3} - taken if two_sinks else set()))


def rule_plainly(rows: Rows, formula: Formula, named: dict[str, frozenset[str]]) -> bool | None:
    """Return whether a formula is true of every complete run, walking all markings."""
    automaton = Automaton(formula)
    first: Marking = ((SOURCE, 1),)
    seen = {(first, automaton.first)}
    todo = list(seen)
    while todo:
        marking, state = todo.pop()
        held = dict(marking)
        if held == {SINK: 1} and not automaton.accepts(state):
            return False
        for name, (inputs, outputs) in rows.items():
            if all(place in held for place in inputs):
                after = Counter(held)
                after.subtract(inputs)
                after.update(outputs)
                letter = frozenset(p for p, ids in named.items() if name in ids)
                successor = tuple(sorted((p, n) for p, n in after.items() if n))
                pair = (successor, automaton.step(state, letter))
                if pair not in seen:
                    seen.add(pair)
                    todo.append(pair)
        if len(seen) > 3000:
            return None
    return True


@examples(300)
@given(block_nets(), st.sampled_from(sorted(FORMULAS)), st.data())
def test_a_smaller_net_keeps_every_rule(rows: Rows, template: str, data: st.DataObject) -> None:
    ids = st.frozensets(st.sampled_from(sorted(rows)), min_size=1, max_size=2)
    named = {name: data.draw(ids, name) for name in ("when", "first", "then")}
    named["kind"] = named["then"]
    expected = rule_plainly(rows, FORMULAS[template], named)
    if expected is not None:
        net = {"transitions": rows, "source": SOURCE, "sink": SINK}
        assert rule_on_net(net, FORMULAS[template], named).holds is expected
