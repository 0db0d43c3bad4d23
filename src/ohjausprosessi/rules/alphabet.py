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
    from ohjausprosessi.net import Compiled, Move, TokenGame


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
    if move.answers and move.transition is not None:
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


def of_firing(game: TokenGame, move: Move, by: str | None) -> Iterator[Letter]:
    """Yield the letters of a move that is about to fire, without the states it enters.

    The hand-offs of the root that it withdraws come first.
    """
    answered = move.net.inputs if move.answers else frozenset[int]()
    for place in sorted((move.empties & game.marking) - answered):
        found = game.compiled.net.places[place]
        if found.kind == "offered" and found.scope == 0:
            yield of_withdrawal(found.transition or "")
    yield from of_move(game.compiled, move, by)


def of_entry(compiled: Compiled, place: int, left: frozenset[str | None]) -> Letter | None:
    """Give the letter of a place that is marked; None unless it is a state of the root process.

    Args:
        compiled: the compiled definition.
        place: the place.
        left: the phases it may be entered from (``phases_left``).
    """
    found = compiled.net.places[place]
    if found.kind != "state" or found.scope != 0:
        return None
    return of_state(compiled.definition, found.name, left)


def somebody(move: Move) -> str | None:
    """Name one role that can make a move; None where only time or the process itself can."""
    return move.roles[0] if move.roles else None


def phases_left(game: TokenGame, move: Move) -> frozenset[str | None]:
    """Give the phases that a move which is about to fire leaves; None = no phase, or no state."""
    states = game.compiled.net.scopes[move.net.scope].definition.states
    sources = {arrow.source for arrow in move.net.arrows} - {None}
    if move.interrupts or move.answers or not sources:
        return frozenset({game.phase_at(move.consumes[0])})
    return frozenset(states[source].phase for source in sources if source)
