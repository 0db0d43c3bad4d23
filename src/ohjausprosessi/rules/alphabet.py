"""The letters of a trace: what rules can name about each event (``docs/format.md``, Trace, Atoms).

Every act (a transition, an answer or the record of a duty) is one letter, and every state it enters
is another. If an event withdraws hand-offs, the withdrawals come first. What happens inside a
called process is not part of the trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.model import Arrow, Definition
    from ohjausprosessi.net import Compiled
    from ohjausprosessi.net.compiled import Move

ANSWERS = frozenset({"accept", "decline", "expire"})


class Letter(NamedTuple):
    """A letter of a trace.

    Attributes:
        atoms: the atoms that are true at it; ``t~opens`` if the hand-off of ``t`` opens.
        kind: ``act`` (a transition), ``answer``, ``duty`` or ``state``.
        true: keys of the conditions that hold at it (``claims.Condition``).
    """

    atoms: frozenset[str]
    kind: str
    true: frozenset[str] = frozenset()


def of_move(compiled: Compiled, move: Move, by: str | None) -> Iterator[Letter]:
    """The letters of a move of the root process, except those of the states it enters."""
    if move.net.scope != 0 or move.net.kind == "return":
        return
    who = of_role(compiled.definition, by)
    if move.net.kind in ANSWERS and move.transition is not None:
        name = move.transition.id
        yield Letter(frozenset({move.net.name, f"{name}.answer", "any_answer"}) | who, "answer")
        return
    for arrow in move.net.arrows:
        yield Letter(frozenset(of_arrow(arrow)) | who, "act")


def of_arrow(arrow: Arrow) -> Iterator[str]:
    """The atoms of a transition that is taken along an arrow."""
    yield from (arrow.transition.id, "any_transition")
    if arrow.is_handoff:
        yield "any_transfer"
    if arrow.opens:
        yield from ("any_handoff", f"{arrow.transition.id}~opens")


def of_withdrawal(transition: str) -> Letter:
    """The letter of a withdrawn hand-off."""
    names = {f"{transition}.withdraw", f"{transition}.answer", "any_answer"}
    return Letter(frozenset(names), "answer")


def of_role(definition: Definition, role: str | None) -> frozenset[str]:
    """The atoms of who acts: the role, its organisation and the joint owners that include it."""
    if role is None:
        return frozenset()
    owner = definition.roles[role].owner
    joint = {o.id for o in definition.owners.values() if owner in o.members}
    return frozenset({role, *joint, *([owner] if owner else [])})


def of_state(definition: Definition, state: str, left: frozenset[str | None]) -> Letter:
    """The letter of entering a state, which also enters its phase if none of ``left`` is it.

    Args:
        definition: the root process.
        state: the state entered.
        left: the phases of the states it may be entered from; None = no phase, or no state.
    """
    found = definition.states[state]
    atoms = {state}
    if found.kind == "end":
        atoms.add("end")
    if found.phase is not None and found.phase not in left:
        atoms.add(found.phase)
    return Letter(frozenset(atoms), "state")


def of_duty(definition: Definition, duty: str, role: str) -> Letter:
    """The letter of a duty that a role records."""
    who = of_role(definition, role)
    entries = {f"{duty}.{entry}" for entry in definition.duties[duty].by if entry in who}
    return Letter(frozenset({duty}) | entries | who, "duty")


def by_time(move: Move) -> bool:
    """Whether a move can be made by time."""
    if move.net.kind in {"accept", "decline"}:
        return False
    timed = move.transition is not None and move.transition.after is not None
    return move.net.kind == "expire" or timed


def somebody(move: Move) -> str | None:
    """A role that can make a move; None if only time or the process itself can."""
    return None if move.net.kind == "expire" or not move.roles else move.roles[0]


def phases_left(compiled: Compiled, move: Move) -> frozenset[str | None]:
    """The phases that a move leaves in its scope; None = no phase, or no state.

    The place of an open hand-off without ``back`` does not tell which state was left (N1), so an
    answer there leaves None.
    """
    places, states = compiled.net.places, compiled.net.scopes[move.net.scope].definition.states
    sources = {arrow.source for arrow in move.net.arrows} - {None}
    if move.interrupts or move.net.kind in ANSWERS or not sources:
        sources = {places[min(move.net.inputs)].state}
    return frozenset(states[source].phase if source else None for source in sources)


def phases_opened(compiled: Compiled, move: Move) -> Iterator[tuple[int, str | None]]:
    """The places of the hand-offs that a move opens, each with the phase that it leaves.

    Places that record themselves which state was left (``t.offered@s``) are omitted.
    """
    scope = compiled.net.scopes[move.net.scope]
    for arrow in move.net.arrows if move.net.kind not in ANSWERS else ():
        ordinary = arrow.source is not None and not arrow.transition.interrupt
        state = arrow.source if ordinary else (move.state or "").removeprefix(scope.prefix)
        for place in (compiled.net.places[number] for number in sorted(move.net.outputs)):
            opened = place.kind == "offered" and place.transition == arrow.transition.id
            if opened and place.state is None:
                yield place.number, scope.definition.states[state].phase if state else None
