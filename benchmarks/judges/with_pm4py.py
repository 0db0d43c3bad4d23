"""The library pm4py: Woflan, on a Petri net."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pm4py
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

from benchmarks.inputs import parallel

if TYPE_CHECKING:
    from collections.abc import Callable


def question(branches: int) -> Callable[[], bool]:
    """The question whether a fork and its join are sound."""
    data, net = parallel(branches), PetriNet("parallel")
    places = [PetriNet.Place(str(number)) for number in range(data["n_places"])]
    net.places.update(places)
    for number, (inputs, outputs) in enumerate(data["transitions"]):
        transition = PetriNet.Transition(str(number), str(number))
        net.transitions.add(transition)
        for place in inputs:
            add_arc_from_to(places[place], transition, net)
        for place in outputs:
            add_arc_from_to(transition, places[place], net)
    first, last = Marking({places[0]: 1}), Marking({places[1]: 1})

    def ask() -> bool:
        sound, _ = pm4py.check_soundness(net, first, last)
        return sound

    return ask
