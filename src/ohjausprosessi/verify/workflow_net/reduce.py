"""Reduce a workflow net while preserving soundness.

Rules, each applied locally and repeated until none is applicable:

- parallel places (the same producers and consumers) and parallel transitions (the same inputs and
  outputs): one of them is kept;
- self-loops: a transition that only returns the token of a place is removed if the place has other
  consumers;
- post-fusion: a place whose only consumer has no other input is removed, and its producers mark the
  outputs of the consumer (the abstraction rule of Desel and Esparza, Free Choice Petri Nets, 1995);
- pre-fusion, its mirror image: a place whose only producer has no other output is removed;
- state elimination: places that are consumed together are removed, and every producer is joined
  with every consumer, which unfolds loops and choices with a join. It is tried last, cheapest first.

Sinks and the source are kept. Arcs have no weights, so a rule is not applicable if a transition
would mark a place twice. The rules are also valid for markings with several tokens in a place.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from ohjausprosessi.verify.workflow_net.workflow_net import WorkflowNet

if TYPE_CHECKING:
    from collections.abc import Iterable

_LARGE = 6  # transitions with more arcs are visited last, when others have made them smaller
_WIDE = 64  # places with more neighbours are not compared with each other
_GROWTH = 64  # the most transitions that one state elimination may create


def reduce(
    net: WorkflowNet, keep: frozenset[str] = frozenset(), *, eliminating: bool = True
) -> WorkflowNet:
    """A net, usually smaller, that is sound if and only if the given one is.

    Args:
        net: the net.
        keep: transitions to preserve: they occur in the same orders in the complete runs of both
            nets.
        eliminating: whether state elimination is tried as well. It takes most of the time and may
            increase the number of transitions.
    """
    reduction = _Reduction(net, keep)
    reduction.run(eliminating=eliminating)
    return reduction.net()


class _Reduction:
    """A net under reduction, with its arcs stored from both sides."""

    def __init__(self, net: WorkflowNet, keep: frozenset[str]) -> None:
        self.whole = net
        self.kept = net.sinks | {net.source}
        # Transitions are numbers here, so that iterating over a set of them is deterministic.
        self.names = list(net.transitions)
        self.visible = {t for t, name in enumerate(self.names) if name in keep}
        self.inputs = {t: set(arcs[0]) for t, arcs in enumerate(net.transitions.values())}
        self.outputs = {t: set(arcs[1]) for t, arcs in enumerate(net.transitions.values())}
        self.producers: dict[int, set[int]] = {p: set() for p in range(len(net.places))}
        self.consumers: dict[int, set[int]] = {p: set() for p in range(len(net.places))}
        for transition, places in self.inputs.items():
            for place in places:
                self.consumers[place].add(transition)
        for transition, places in self.outputs.items():
            for place in places:
                self.producers[place].add(transition)
        self.places = deque(self.producers)
        self.waiting_places = set(self.places)
        self.transitions = deque(self.inputs)
        self.waiting_transitions = set(self.transitions)
        self.large: deque[int] = deque()
        self.alike: dict[tuple[frozenset[int], frozenset[int]], int] = {}
        self.alike_places: dict[tuple[frozenset[int], frozenset[int]], int] = {}

    def net(self) -> WorkflowNet:
        place_number = {place: number for number, place in enumerate(self.producers)}
        return WorkflowNet(
            tuple(self.whole.places[place] for place in place_number),
            {
                self.names[transition]: (
                    frozenset(place_number[p] for p in self.inputs[transition]),
                    frozenset(place_number[p] for p in self.outputs[transition]),
                )
                for transition in self.inputs
            },
            place_number[self.whole.source],
            frozenset(place_number[sink] for sink in self.whole.sinks),
        )

    def run(self, *, eliminating: bool) -> None:
        while True:
            if self.transitions:
                self.look_at_transition(self.transitions.popleft(), may_wait=True)
            elif self.places:
                self.look_at_place(self.places.popleft())
            elif self.large:
                self.look_at_transition(self.large.popleft(), may_wait=False)
            elif not eliminating or not self.eliminate():
                return

    # ---- the work list

    def look_again_at(self, places: Iterable[int]) -> None:
        for place in places:
            if place not in self.waiting_places:
                self.waiting_places.add(place)
                self.places.append(place)

    def look_again_at_transitions(self, transitions: Iterable[int]) -> None:
        for transition in transitions:
            if transition not in self.waiting_transitions:
                self.waiting_transitions.add(transition)
                self.transitions.append(transition)

    def look_at_transition(self, transition: int, *, may_wait: bool) -> None:
        if transition in self.inputs:
            inputs, outputs = self.inputs[transition], self.outputs[transition]
            if may_wait and len(inputs) + len(outputs) > _LARGE:
                self.large.append(transition)
                return
            self.waiting_transitions.discard(transition)
            if transition not in self.visible and (
                self.gives_back(inputs, outputs) or self.has_twin(transition)
            ):
                self.remove_transition(transition)
                return
            for places in (inputs, outputs):
                if len(places) == 1:
                    self.look_again_at(places)
        else:
            self.waiting_transitions.discard(transition)

    def look_at_place(self, place: int) -> None:
        self.waiting_places.discard(place)
        if place not in self.producers or place in self.kept:
            return
        producers, consumers = self.producers[place], self.consumers[place]
        if not producers:
            return
        if len(producers) <= _WIDE and len(consumers) <= _WIDE and self.has_twin_place(place):
            self.remove_place(place)
        elif len(consumers) == 1 and self.fuse_after(place, next(iter(consumers))):
            return
        elif len(producers) == 1 and consumers:
            self.fuse_before(place, next(iter(producers)))

    # ---- redundant places and transitions

    def gives_back(self, inputs: set[int], outputs: set[int]) -> bool:
        return (
            len(inputs) == 1 and inputs == outputs and len(self.consumers[next(iter(inputs))]) > 1
        )

    def has_twin(self, transition: int) -> bool:
        inputs, outputs = self.inputs[transition], self.outputs[transition]
        for place in inputs:
            if len(self.consumers[place]) == 1:
                return False
        twin = self.alike.setdefault((frozenset(inputs), frozenset(outputs)), transition)
        if twin == transition:
            return False
        if self.inputs.get(twin) == inputs and self.outputs[twin] == outputs:
            return True
        self.alike[frozenset(inputs), frozenset(outputs)] = transition
        return False

    def has_twin_place(self, place: int) -> bool:
        producers, consumers = self.producers[place], self.consumers[place]
        for producer in producers:
            if len(self.outputs[producer]) == 1:
                return False
        key = (frozenset(producers), frozenset(consumers))
        twin = self.alike_places.setdefault(key, place)
        if twin == place:
            return False
        if self.producers.get(twin) == producers and self.consumers[twin] == consumers:
            return True
        self.alike_places[key] = place
        return False

    # ---- fusions

    def fuse_after(self, place: int, consumer: int) -> bool:
        """Fuse the only consumer of a place into its producers, if the rule is applicable."""
        outputs = self.outputs[consumer]
        if consumer in self.visible or len(self.inputs[consumer]) > 1:
            return False
        if place in outputs or not outputs:
            return False
        producers = self.producers[place]
        if any(self.outputs[producer] & outputs for producer in producers):
            return False
        producers, outputs = set(producers), set(outputs)
        self.remove_transition(consumer)
        self.remove_place(place)
        for producer in producers:
            self.outputs[producer] |= outputs
        for output in outputs:
            self.producers[output] |= producers
        self.look_again_at(outputs)
        self.look_again_at_transitions(producers)
        return True

    def fuse_before(self, place: int, producer: int) -> None:
        """Fuse the only producer of a place into its consumers, if the rule is applicable.

        Fusing must not postpone the choice to fire the producer past another choice: either its
        input places feed nothing else, or the consumers have no other input.
        """
        inputs = self.inputs[producer]
        if producer in self.visible or len(self.outputs[producer]) > 1:
            return
        if place in inputs or not inputs:
            return
        consumers = self.consumers[place]
        if any(self.inputs[consumer] & inputs for consumer in consumers):
            return
        if any(len(self.consumers[i]) > 1 for i in inputs) and any(
            len(self.inputs[consumer]) > 1 for consumer in consumers
        ):
            return
        consumers, inputs = set(consumers), set(inputs)
        self.remove_transition(producer)
        self.remove_place(place)
        for consumer in consumers:
            self.inputs[consumer] |= inputs
        for taken in inputs:
            self.consumers[taken] |= consumers
        self.look_again_at(inputs)
        self.look_again_at_transitions(consumers)

    # ---- state elimination

    def eliminate(self) -> bool:
        """Eliminate all places that cost nothing, or else the cheapest one; whether there was any."""
        best: tuple[int, int] | None = None
        done = False
        for place in list(self.producers):
            cost = self.cost_of_eliminating(place)
            if cost is None or (best is not None and cost >= best[0]):
                continue
            if self.can_eliminate(place):
                if cost < 0:
                    self.join(place)
                    done = True
                else:
                    best = (cost, place)
        if best is not None and not done:
            self.join(best[1])
        return done or best is not None

    def cost_of_eliminating(self, place: int) -> int | None:
        """By how many transitions the net would grow; None if by too many, or the place is kept."""
        if place not in self.producers:
            return None
        before, after = len(self.producers[place]), len(self.consumers[place])
        if place in self.kept or not before or not after or before * after > _GROWTH:
            return None
        return before * after - before - after

    def can_eliminate(self, place: int) -> bool:
        producers, consumers = self.producers[place], self.consumers[place]
        together = self.inputs[next(iter(consumers))]
        if together & self.kept or producers & consumers:
            return False
        if self.visible & (producers | consumers):
            return False
        # A consumer without outputs may still be pending when the sink is marked.
        if not all(self.outputs[consumer] for consumer in consumers):
            return False
        if any(self.inputs[consumer] != together for consumer in consumers):
            return False
        if len(together) > 1 and (
            len(producers) > 1
            or any(
                self.producers[p] != producers or self.consumers[p] != consumers for p in together
            )
        ):
            return False
        return not any(
            self.inputs[u] & together or (self.outputs[u] - together) & self.outputs[v]
            for u in producers
            for v in consumers
        )

    def join(self, place: int) -> None:
        """Replace a place by one transition for each pair of a producer and a consumer."""
        producers, consumers = self.producers[place], self.consumers[place]
        together = set(self.inputs[next(iter(consumers))])
        pairs = [
            (set(self.inputs[u]), (self.outputs[u] - together) | self.outputs[v])
            for u in producers
            for v in consumers
        ]
        for transition in (*producers, *consumers):
            self.remove_transition(transition)
        for eliminated in together:
            self.remove_place(eliminated)
        for inputs, outputs in pairs:
            made = len(self.names)
            self.names.append(f"\N{MULTIPLICATION SIGN}{made}")
            self.inputs[made], self.outputs[made] = inputs, outputs
            for taken in inputs:
                self.consumers[taken].add(made)
            for marked in outputs:
                self.producers[marked].add(made)
            self.look_again_at(inputs | outputs)
            self.look_again_at_transitions([made])

    # ---- removing parts

    def remove_transition(self, transition: int) -> None:
        inputs, outputs = self.inputs.pop(transition), self.outputs.pop(transition)
        for place in inputs:
            self.consumers[place].discard(transition)
        for place in outputs:
            self.producers[place].discard(transition)
        self.look_again_at(inputs | outputs)

    def remove_place(self, place: int) -> None:
        producers, consumers = self.producers.pop(place), self.consumers.pop(place)
        for producer in producers:
            self.outputs[producer].discard(place)
        for consumer in consumers:
            self.inputs[consumer].discard(place)
        self.look_again_at_transitions(producers | consumers)
