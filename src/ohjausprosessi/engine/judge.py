"""May it happen? One code path for ``advance``, ``explain`` and ``options`` (SEMANTICS K1–K3).

The gates stand in one order and the first failure is reported alone, so that a role that may not
act learns nothing about the facts. Guard and missing information are then judged together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.engine.input_validation import record_facts, role_gate, time_gate
from ohjausprosessi.engine.reasons import (
    Ambiguous,
    Ended,
    FalseComparison,
    GuardFalse,
    GuardUnknown,
    MissingInfo,
    NotHere,
    Occupied,
    UnknownTransition,
)
from ohjausprosessi.engine.transaction import CaseT, Transaction, seers
from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.text.shorten import shorten
from ohjausprosessi.text.suggest import close_matches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from ohjausprosessi.diagnostics import Reason
    from ohjausprosessi.engine.snapshot import OpenHandoff
    from ohjausprosessi.engine.transaction import Given
    from ohjausprosessi.model import Value
    from ohjausprosessi.net.compiled import Compiled
    from ohjausprosessi.net.fact_slots import Known
    from ohjausprosessi.net.moves import Automatic, Move, Target

__all__ = [
    "Candidate",
    "Judgement",
    "candidates",
    "judge",
    "judge_facts",
    "judge_time",
    "may_fire",
    "may_see",
    "possible_moves",
]


class Judgement:
    """The answer to a request: what would fire, or the reasons against it.

    Attributes:
        target: what the name stands for, once that is known.
        move: the move that would fire; None for a duty.
        state: exact name of the state the move leaves, if it leaves one.
        given: the facts that were recorded with the request.
        reasons: why it may not happen; empty if it may.
        asks: facts and information to find out first.
    """

    __slots__ = ("asks", "given", "move", "reasons", "state", "target")

    def __init__(self) -> None:
        self.target: Target | None = None
        self.move: Move | None = None
        self.state: str | None = None
        self.given: Given = ()
        self.reasons: list[Reason] = []
        self.asks: tuple[str, ...] = ()


def judge(
    transaction: Transaction[CaseT],
    name: str,
    *,
    by: str | None = None,
    facts: Mapping[str, Value | None] | None = None,
    state: str | None = None,
    at: datetime | None = None,
    anybody: bool = False,
    timed: bool = True,
) -> Judgement:
    """Judge what somebody wants to do, against a transaction that nothing has happened in yet.

    The facts are recorded in the transaction, and its moment is set; nothing fires.

    Args:
        transaction: the working copy of the case.
        name: a transition, ``t.accept``, ``t.decline`` or a duty; exact, or plain (C4).
        by: the role that acts; None passes the role gate if ``anybody``.
        facts: facts to record with it.
        state: the marked state to leave, where there are several.
        at: the moment.
        anybody: judge for anybody who may act (K2).
        timed: whether the moment is judged.
    """
    found = Judgement()
    reason = (
        _find(transaction, name, found)
        or _place_gate(transaction, name, state, found)
        or _role_gate(transaction, by, found, anybody=anybody)
    )
    if reason is not None:
        found.reasons = [reason]
        return found
    if facts:
        found.given, found.reasons = record_facts(transaction, facts, by)
        if found.reasons:
            return found
    if timed:
        transaction.at, reason = time_gate(transaction.at, at)
        if reason is not None:
            found.reasons = [reason]
            return found
    if found.move is not None:
        found.reasons, found.asks = judge_facts(transaction, found.move, by)
    return found


def judge_time(transaction: Transaction[CaseT], move: Move) -> tuple[bool, tuple[str, ...]]:
    """Tell whether a move that is due may fire now, and what its guard asks for (T6)."""
    if not move.net.inputs <= transaction.marking or transaction.contact(move) is not None:
        return False, ()
    if move.guard is None or move.guard.judge(transaction.facts) is True:
        return True, ()
    return False, move.guard.guard.asks(move.guard.reader(transaction.facts))


# ---- what the name stands for


def _find(transaction: Transaction[CaseT], name: str, found: Judgement) -> Reason | None:
    """Find what a name stands for (C4); unknown, ended and ambiguous names are told apart."""
    compiled = transaction.compiled
    meant = compiled.meanings.get(name, ()) if isinstance(name, str) else ()  # type: ignore[redundant-expr]
    if not meant:
        # Names of running scopes only: what a call declares is no help where it does not run.
        known = [t.name for t in compiled.targets.values() if transaction.runs(t.scope)]
        said = name if isinstance(name, str) else shorten(name)  # type: ignore[redundant-expr]
        return UnknownTransition(said, close_matches(said, known))
    if not compiled.ends.isdisjoint(transaction.marking):
        return ended(transaction)
    if meant[0].scope == 0:
        found.target = meant[0]
        return None
    running = [target for target in meant if transaction.runs(target.scope)]
    if not running:
        return _not_here(transaction, name, meant)
    if len(running) > 1:
        return Ambiguous(name, candidates=tuple(target.name for target in running))
    found.target = running[0]
    return None


def ended(transaction: Transaction[CaseT]) -> Ended:
    """Give the reason that the case has ended."""
    (end,) = transaction.marking
    return Ended(transaction.compiled.effects[end].outcome or "")


def _not_here(transaction: Transaction[CaseT], name: str, targets: Collection[Target]) -> NotHere:
    compiled, marking = transaction.compiled, transaction.marking
    places = compiled.net.places
    moves = [move for target in targets for move in target.moves]
    anywhere = [
        move
        for move in moves
        if move.net.kind == "transition" and move.transition and move.transition.any_open
    ]
    # "Wherever the case is" is no list to give.
    listed = (move for move in moves if move not in anywhere)
    sources = dict.fromkeys(places[place].name for move in listed for place in move.consumes)
    call = None
    if any(move.transition is not None and move.transition.any_open for move in moves):
        call = next((places[p].name for p in sorted(marking) if p in compiled.called), None)
    return NotHere(name, _active(transaction), tuple(sources), call)


def _active(transaction: Transaction[CaseT]) -> tuple[str, ...]:
    places = transaction.compiled.net.places
    return tuple(places[place].name for place in sorted(transaction.marking))


# ---- where the case is


def _place_gate(
    transaction: Transaction[CaseT], name: str, wanted: str | None, found: Judgement
) -> Reason | None:
    target = found.target
    if target is None or target.duty is not None:
        return None
    compiled = transaction.compiled
    possible = here = possible_moves(compiled, target, transaction.marking, transaction.handoffs)
    if wanted is not None and possible and not (len(possible) == 1 and possible[0][1] == wanted):
        prefix = compiled.net.scopes[target.scope].prefix
        here = [
            (move, state)
            for move, state in possible
            if any(
                left is not None and wanted in (left, left.removeprefix(prefix))
                for left in (state, move.state)
            )
        ]
        if not here:
            return _wrong_state(transaction, name, wanted, possible)
    if not here:
        return _only_its_own_handoff(transaction, target) or _not_here(transaction, name, [target])
    move, state = here[0]
    if len(here) > 1 and not move.interrupts:
        return Ambiguous(name, states=tuple(state or "" for _, state in here))
    place = transaction.contact(move)
    if place is not None:
        taken = compiled.net.places[place].name
        return Occupied(name, taken, transaction.holder(place))
    found.move, found.state = move, state
    return None


def _wrong_state(
    transaction: Transaction[CaseT],
    name: str,
    wanted: object,
    possible: list[tuple[Move, str | None]],
) -> NotHere:
    """Give the reason that it can happen here, but not from the state that was named."""
    states = tuple(dict.fromkeys(state for _, state in possible if state is not None))
    said = wanted if isinstance(wanted, str) else shorten(wanted)
    return NotHere(name, _active(transaction), states, state=said)


def possible_moves(
    compiled: Compiled,
    target: Target,
    marking: AbstractSet[int],
    handoffs: Mapping[int, OpenHandoff],
) -> list[tuple[Move, str | None]]:
    """List the moves of a target whose tokens are there, each with the name of what it leaves.

    That is the state it leaves, of an answer the one its hand-off left, or None. Where one call has
    returned with several results, only the places tell them apart, so it is the place (E6).
    """
    ready = target.ready(marking)
    if len(ready) == 1:
        move = ready[0]
        return [(move, handoffs[move.consumes[0]].state if move.answers else move.state)]
    here = [
        (move, handoffs[move.consumes[0]].state if move.answers else move.state) for move in ready
    ]
    states = [state for _, state in here]
    return [
        (move, compiled.net.places[move.consumes[0]].name)
        if state is not None and states.count(state) > 1
        else (move, state)
        for move, state in here
    ]


def _only_its_own_handoff(transaction: Transaction[CaseT], target: Target) -> Reason | None:
    """Give the reason `occupied` where an interrupt finds nothing but its own open hand-off (X1)."""
    compiled = transaction.compiled
    if not any(m.interrupts and m.transition and m.transition.any_open for m in target.moves):
        return None
    local = target.name.removeprefix(compiled.net.scopes[target.scope].prefix)
    for place in sorted(transaction.marking):
        found = compiled.net.places[place]
        own = found.kind == "offered" and found.transition == local
        if own and found.scope == target.scope:
            return Occupied(target.name, found.name, transaction.holder(place))
    return None


# ---- who acts


def _role_gate(
    transaction: Transaction[CaseT], by: str | None, found: Judgement, *, anybody: bool
) -> Reason | None:
    target, move = found.target, found.move
    if target is None:
        return None
    allowed = target.roles if move is None else move.roles
    if by in allowed or (anybody and by is None and allowed):
        return None
    known = transaction.compiled.net.scopes[target.scope].definition.roles
    if move is not None and move.automatic:
        found.asks = _automatic_asks(transaction, move)
    return role_gate(target.name, by, allowed, known)


def _automatic_asks(transaction: Transaction[CaseT], move: Move) -> tuple[str, ...]:
    """List what a place that rests waits for (E4).

    That is the information its chosen exit lacks; while none is chosen, the facts of the exits that
    are not false.
    """
    compiled = transaction.compiled
    automatic: Automatic = next(
        found for found in compiled.automatics[move.consumes[0]] if move in found.moves
    )
    chosen = transaction.choose(automatic)
    if chosen is not None:
        return tuple(compiled.slots[slot].name for slot in transaction.missing(chosen))
    asks: dict[str, None] = {}
    for exit_ in automatic.moves:
        if exit_.guard is not None and exit_.guard.judge(transaction.facts) is None:
            asks.update(
                dict.fromkeys(exit_.guard.guard.asks(exit_.guard.reader(transaction.facts)))
            )
    return tuple(asks)


# ---- what is known


def judge_facts(
    transaction: Transaction[CaseT], move: Move, by: str | None
) -> tuple[list[Reason], tuple[str, ...]]:
    """Judge guard and information together (K1); what is against it, and what to ask first."""
    if may_fire(transaction, move):
        return [], ()
    facts = transaction.facts
    verdict = True if move.guard is None else move.guard.judge(facts)
    missing = transaction.missing(move)
    compiled = transaction.compiled
    reasons: list[Reason] = []
    asks: dict[str, None] = {}
    if move.guard is not None and verdict is not True:
        guard = move.guard.guard
        asked = guard.asks(move.guard.reader(facts))
        asks.update(dict.fromkeys(asked))
        scope = compiled.net.scopes[move.net.scope].definition
        local = "" if move.transition is None else move.transition.id
        location = scope.origin.location("transitions", local, "if")
        name = move.net.name
        reasons.append(
            GuardUnknown(name, guard.text, location, asked)
            if verdict is None
            else GuardFalse(name, guard.text, location, _comparisons(transaction, move, by), asked)
        )
    if missing:
        names = tuple(compiled.slots[slot].name for slot in missing)
        asks.update(dict.fromkeys(names))
        reasons.append(MissingInfo(move.net.name, names, move.receiver))
    return reasons, tuple(asks)


def _comparisons(
    transaction: Transaction[CaseT], move: Move, by: str | None
) -> tuple[FalseComparison, ...]:
    """Give what made a guard false, without personal values the role may not see (F6)."""
    if move.guard is None:
        return ()
    compiled, scope = transaction.compiled, move.net.scope
    told = []
    for part in move.guard.guard.falsified(move.guard.reader(transaction.facts)):
        values = []
        for name in part.reads:
            slot = compiled.index[scope][name]
            value = transaction.facts[slot]
            if value is not UNKNOWN and may_see(compiled, transaction.seen, slot, by):
                values.append((name, _shown(value)))
        told.append(FalseComparison(part.text, part.start, part.end, tuple(values)))
    return tuple(told)


def _shown(value: Known) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return shorten(value)


def may_see(
    compiled: Compiled, seen: Mapping[int, tuple[str, ...]], slot: int, by: str | None
) -> bool:
    """Tell whether a role may be shown a value (F6)."""
    if not compiled.slots[slot].personal:
        return True
    role = compiled.roles.get(by) if isinstance(by, str) else None
    return role is not None and (role.client or role.owner in seers(compiled, seen, slot))


# ---- everything that may happen


class Candidate(NamedTuple):
    """Something people could do where a case is, past the gates of place and role (K3).

    Attributes:
        target: what it is.
        move: the move that would fire; None for a duty.
        state: exact name of the state it leaves, if it leaves one.
        roles: the roles that may do it.
    """

    target: Target
    move: Move | None
    state: str | None
    roles: tuple[str, ...]


def may_fire(transaction: Transaction[CaseT], move: Move | None) -> bool:
    """Tell whether guard and information let a candidate happen; nothing is asked of a duty."""
    if move is None:
        return True
    if move.guard is not None and not move.guard.holds(transaction.facts):
        return False
    return not (move.needs and transaction.missing(move))


def candidates(transaction: Transaction[CaseT], by: str | None) -> Iterator[Candidate]:
    """Yield what a role could do now, if guards and information allow it: outer scope first.

    Where several sources are marked, one for each. ``by`` None stands for anybody who may act.
    """
    compiled, marking, handoffs = transaction.compiled, transaction.marking, transaction.handoffs
    for target in compiled.candidates(marking):
        if target.duty is not None:
            if target.roles if by is None else by in target.roles:
                yield Candidate(target, None, None, target.roles)
            continue
        here = possible_moves(compiled, target, marking, handoffs)
        if len(here) > 1 and here[0][0].interrupts:
            del here[1:]
        for move, state in here:
            allowed = move.roles if by is None else by in move.roles
            if allowed and transaction.contact(move) is None:
                yield Candidate(target, move, state, move.roles)
