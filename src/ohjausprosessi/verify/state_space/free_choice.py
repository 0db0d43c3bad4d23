"""Definitions that are sound whatever is known of the client: told by reduction, not exploration.

Many parallel branches have more situations than can be looked at. Where nothing but the net decides,
the net can be made smaller instead (``reduction``), whatever its size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.guards.domains import satisfiable
from ohjausprosessi.verify.workflow_net.soundness import soundness_of

if TYPE_CHECKING:
    from ohjausprosessi.net import Compiled, Move


def is_plainly_sound(compiled: Compiled) -> bool:
    """Return whether a definition with branches is surely sound; False means only: not told here.

    Told only where every act can be done for some facts that anybody may record at any time, no
    automatic move has a condition, nothing is reset but by an end, and no ordinary transition has
    several sources. Then all inputs of a net transition but a join's are single, so the net is free
    choice, and a sound free-choice net is safe (van der Aalst, 1998): markings at rest have no
    problem that others have not (SEMANTICS P1), and no place is ever taken.
    """
    if not any(scope.definition.has_fork for scope in compiled.net.scopes):
        return False
    for move in compiled.moves:
        if (move.net.resets and not move.net.ends) or not _is_plain(compiled, move):
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


def _is_plain(compiled: Compiled, move: Move) -> bool:
    """Return whether a move has one source and a condition that can always be brought about."""
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
    return all(_is_anytime(compiled, name) for name in names)


def _is_anytime(compiled: Compiled, name: str) -> bool:
    """Return whether somebody may record a fact whatever runs (C5: in every scope that has it)."""
    slots = [compiled.slots[index[name]] for index in compiled.index if name in index]
    if any(slot.phases is not None for slot in slots):
        return False
    recorders = [slot.roles for slot in slots if slot.roles is not None]
    return not recorders or bool(frozenset.intersection(*recorders))
