"""Small random nets, and what visiting every marking of one by one says of them.

The generators take any ``random.Random``: a seeded one, or one that Hypothesis draws and shrinks.
"""

from __future__ import annotations

from collections import deque
from random import Random
from typing import NamedTuple

SOURCE, SINK = 0, 1
_MOST_TOKENS = 6  # no net as small as these needs more in a place to complete
_MOST_MARKINGS = 1_500

Row = tuple[list[int], list[int]]
Marking = tuple[int, ...]


class Net(NamedTuple):
    """A net from place 0; its places are numbers."""

    rows: dict[str, Row]
    sinks: tuple[int, ...] = (SINK,)

    @property
    def data(self) -> dict[str, object]:
        """The net as ``soundness_of`` takes it."""
        return {"transitions": self.rows, "source": SOURCE, "sinks": self.sinks}

    @property
    def places(self) -> tuple[int, ...]:
        """Every place that is named."""
        arcs = (arc for row in self.rows.values() for places in row for arc in places)
        return tuple(sorted({SOURCE, *self.sinks, *arcs}))


def net_of(seed: int) -> Net:
    """Return the net of a seed: by turns a mutant of a net of blocks, and any net."""
    random = Random(seed)  # noqa: S311  a repeatable net, no secret
    return mutant(random) if seed % 2 else random_net(random)


def random_net(random: Random) -> Net:
    """Return any small net with one to three sinks; each transition may do anything."""
    sinks = tuple(range(SINK, SINK + random.choice((1, 1, 1, 2, 3))))
    places = range(sinks[-1] + random.randint(2, 4))
    inner = [place for place in places if place not in sinks]
    rows: dict[str, Row] = {}
    for number in range(random.randint(1, 8)):
        inputs = random.sample(inner, random.choice((0, *[1] * 35, *[2] * 12)))
        outputs = random.sample(places, random.choice((0, *[1] * 8, *[2] * 3, 3)))
        rows[f"t{number}"] = (inputs, outputs)
    return Net(rows, sinks)


def mutant(random: Random) -> Net:
    """Return a net of blocks with up to three arcs added or taken away, or ways added."""
    rows, sinks = block_net(random)
    inner = [place for place in Net(rows, sinks).places if place not in sinks]
    for _ in range(random.randint(0, 3)):
        if random.random() < 0.2:
            target = random.choice([*inner, *sinks])
            rows[f"t{len(rows)}"] = ([random.choice(inner)], [target])
            continue
        row = random.choice(list(rows.values()))
        arcs = random.choice(row)
        place = random.choice(inner if arcs is row[0] else [*inner, *sinks])
        if place not in arcs:
            arcs.append(place)
        elif len(arcs) > 1:
            arcs.remove(place)
    return Net(rows, sinks)


def block_net(random: Random) -> Net:
    """Return a sound net of nested sequences, choices, loops and parallel branches."""
    return _Blocks(random).net()


class _Blocks:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.rows: dict[str, Row] = {}
        self.count = SINK + 1

    def net(self) -> Net:
        depth = self.random.randint(1, 3)
        if self.random.random() < 0.7:
            self.block(SOURCE, SINK, depth)
            return Net(self.rows)
        sinks = (SINK, *self.places(self.random.randint(1, 2)))
        starts = [SOURCE] * len(sinks)
        if self.random.random() < 0.5:
            starts = self.places(len(sinks))
            self.transition([SOURCE], starts)
        for start, end in zip(starts, sinks, strict=True):
            self.block(start, end, depth - 1)
        return Net(self.rows, sinks)

    def places(self, number: int) -> list[int]:
        self.count += number
        return list(range(self.count - number, self.count))

    def transition(self, inputs: list[int], outputs: list[int]) -> None:
        self.rows[f"t{len(self.rows)}"] = (inputs, outputs)

    def block(self, before: int, after: int, depth: int) -> None:
        kinds = ("task",) if depth == 0 else ("task", "sequence", "choice", "parallel", "loop")
        kind = self.random.choice(kinds)
        if kind == "task":
            self.transition([before], [after])
        elif kind == "sequence":
            (middle,) = self.places(1)
            self.block(before, middle, depth - 1)
            self.block(middle, after, depth - 1)
        elif kind == "choice":
            self.block(before, after, depth - 1)
            self.block(before, after, depth - 1)
        elif kind == "parallel":
            starts, ends = self.places(2), self.places(2)
            self.transition([before], starts)
            self.transition(ends, [after])
            for start, end in zip(starts, ends, strict=True):
                self.block(start, end, depth - 1)
        else:
            inside, done = self.places(2)
            self.transition([before], [inside])
            self.block(inside, done, depth - 1)
            self.transition([done], [inside])
            self.transition([done], [after])


class Seen(NamedTuple):
    """What every marking of a net says of it.

    Attributes:
        sound: whether it is sound.
        distance: how many firings lead to the nearest marking that shows a problem by itself; None
            if none does.
        hopeless: the markings from which none is reached in which only sinks are marked.
        dead: the transitions that never fire.
    """

    sound: bool
    distance: int | None = None
    hopeless: frozenset[Marking] = frozenset()
    dead: frozenset[str] = frozenset()


def see(net: Net) -> Seen | None:
    """Visit the markings of a net, the nearest first; None if there are too many."""
    first = start(net)
    distance = {first: 0}
    before: dict[Marking, list[Marking]] = {first: []}
    fired: set[str] = set()
    todo = deque([first])
    while todo:
        marking = todo.popleft()
        after = successors(net, marking)
        if is_wrong(net, marking) or (not after and not is_final(net, marking)):
            return Seen(sound=False, distance=distance[marking])
        for name, successor in after:
            fired.add(name)
            if successor not in distance:
                distance[successor] = distance[marking] + 1
                before[successor] = []
                todo.append(successor)
            before[successor].append(marking)
        if len(distance) > _MOST_MARKINGS:
            return None
    completing = [marking for marking in distance if is_final(net, marking)]
    hopeful = set(completing)
    for marking in completing:
        for earlier in before[marking]:
            if earlier not in hopeful:
                hopeful.add(earlier)
                completing.append(earlier)
    hopeless = frozenset(distance.keys() - hopeful)
    dead = frozenset(net.rows.keys() - fired)
    return Seen(sound=not hopeless and not dead, hopeless=hopeless, dead=dead)


def start(net: Net) -> Marking:
    """Return the first marking: how many tokens each place holds."""
    return tuple(int(place == SOURCE) for place in range(net.places[-1] + 1))


def successors(net: Net, marking: Marking) -> list[tuple[str, Marking]]:
    """Return what one firing leads to."""
    found = []
    for name, (inputs, outputs) in net.rows.items():
        if all(marking[place] for place in inputs):
            after = list(marking)
            for place in inputs:
                after[place] -= 1
            for place in outputs:
                after[place] += 1
            found.append((name, tuple(after)))
    return found


def is_final(net: Net, marking: Marking) -> bool:
    """Return whether sinks are marked, and nothing else."""
    in_sinks = sum(marking[sink] for sink in net.sinks)
    return in_sinks > 0 and in_sinks == sum(marking)


def is_wrong(net: Net, marking: Marking) -> bool:
    """Return whether a sink is marked that should not be, or a place holds too much."""
    if any(marking[sink] > 1 for sink in net.sinks):
        return True
    if len(net.sinks) == 1 and marking[net.sinks[0]] and sum(marking) > 1:
        return True
    return max(marking) > _MOST_TOKENS
