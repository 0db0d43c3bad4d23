"""Soundness of free-choice processes by reduction of the net, without exploring its state space.

The state space of many parallel branches is exponential. Where only the net decides what can
happen, it can be reduced instead (``workflow_net.reduce``), whatever its size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.guards.domains import satisfiable
from ohjausprosessi.verify.workflow_net.soundness import soundness_of

if TYPE_CHECKING:
    from ohjausprosessi.net import Compiled, Move


def sound_by_reduction(compiled: Compiled) -> bool:
    """Whether reduction proves a process with branches sound. True is conclusive, False is not.

    It applies where every act is possible for some facts that somebody may record at any time, no
    automatic move has a condition, only ends reset, and no ordinary transition has several
    sources. Then every net transition but a join has a single input, so the net is free choice. A
    sound free-choice net is safe (van der Aalst, 1998), so no contact can occur, and soundness of
    all markings covers those at rest (SEMANTICS P1).
    """
    if not any(scope.definition.has_fork for scope in compiled.net.scopes):
        return False
    for move in compiled.moves:
        if (move.net.resets and not move.net.ends) or not _can_be_enabled(compiled, move):
            return False
        if move.automatic and (move.guard is not None or move.needs):
            return False
    ends = set(compiled.net.finals)
    sink = len(compiled.net.places)
    # A case may come back to its start; the source of a workflow net is never entered again.
    source = sink + 1
    transitions = {
        move.net.id: (
            sorted(move.net.inputs),
            sorted({sink if place in ends else place for place in move.net.outputs}),
        )
        for move in compiled.moves
    }
    transitions[""] = ([source], sorted(compiled.net.initial))
    net = {"n_places": source + 1, "transitions": transitions, "source": source, "sink": sink}
    return soundness_of(net).sound is True


def _can_be_enabled(compiled: Compiled, move: Move) -> bool:
    """Whether a move has one source, and a condition that recording facts can always make true."""
    transition = move.transition
    if transition is None:
        return True
    if transition.interrupt or len(transition.sources) > 1:
        return False
    if move.guard is None:
        reads: tuple[str, ...] = ()
    else:
        reads = move.guard.guard.reads
        if satisfiable(move.guard.guard).holds is not True:
            return False
    names = {*reads, *(compiled.slots[number].name for number in move.needs)}
    return all(_is_always_recordable(compiled, name) for name in names)


def _is_always_recordable(compiled: Compiled, name: str) -> bool:
    """Whether some role may record a fact whatever runs: in every scope that declares it (C5)."""
    slots = [compiled.slots[index[name]] for index in compiled.index if name in index]
    if any(slot.phases is not None for slot in slots):
        return False
    recorders = [slot.roles for slot in slots if slot.roles is not None]
    return not recorders or bool(frozenset.intersection(*recorders))
