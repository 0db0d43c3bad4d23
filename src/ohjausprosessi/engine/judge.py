"""May it happen? One code path for ``advance``, ``explain`` and ``options`` (SEMANTICS K1–K3).

The gates stand in one order and the first failure is reported alone, so that a role that may not
act learns nothing about the facts. Guard and missing information are then judged together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic

from ohjausprosessi.engine.input_validation import record_facts, role_gate, time_gate
from ohjausprosessi.engine.reasons import (
    Ambiguous,
    Comparison,
    Ended,
    GuardFalse,
    GuardUnknown,
    MissingInfo,
    NotHere,
    Occupied,
    UnknownTransition,
)
from ohjausprosessi.engine.transaction import ANSWERS, CaseT, Transaction, seers
from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.text.shorten import shorten
from ohjausprosessi.text.suggest import close_matches

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from ohjausprosessi.diagnostics import Reason
    from ohjausprosessi.engine.snapshot import OpenHandoff
    from ohjausprosessi.engine.transaction import Given
    from ohjausprosessi.model import Value
    from ohjausprosessi.net.compiled import Automatic, Compiled, Move, Target
    from ohjausprosessi.net.fact_slots import Known

__all__ = ["Judgement", "Request", "judge", "judge_time", "may_see", "possible_moves"]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to do.

    Attributes:
        name: a transition, ``t.accept``, ``t.decline`` or a duty; exact, or plain (C4).
        by: the role that acts; None passes the role gate if ``anybody``.
        facts: facts to record with it.
        state: the marked state to leave, where there are several.
        at: the moment.
        anybody: judge for anybody who may act (K2).
        timed: whether the moment is judged.
    """

    name: str
    by: str | None = None
    facts: Mapping[str, Value | None] | None = None
    state: str | None = None
    at: datetime | None = None
    anybody: bool = False
    timed: bool = True


@dataclass(slots=True)
class Judgement(Generic[CaseT]):
    """The answer: a draft ready to be fired on, or the reasons against it."""

    target: Target | None = None
    move: Move | None = None
    state: str | None = None  # exact name of what the move leaves, if it leaves a state
    transaction: Transaction[CaseT] | None = None
    given: Given = ()
    reasons: list[Reason] = field(default_factory=list)
    asks: tuple[str, ...] = ()


def judge(case: CaseT, request: Request) -> Judgement[CaseT]:
    """Judge a request; nothing happens to the case."""
    transaction = Transaction(case, None)
    found: Judgement[CaseT] = Judgement()
    reason = _find(transaction, request, found) or _place_gate(transaction, request, found)
    reason = reason or _role_gate(transaction, request, found)
    if reason is not None:
        found.reasons.append(reason)
        return found
    transaction.at = case._at
    if request.facts:
        found.given, found.reasons = record_facts(transaction, request.facts, request.by)
        if found.reasons:
            return found
    if request.timed:
        transaction.at, reason = time_gate(case, request.at)
        if reason is not None:
            found.reasons.append(reason)
            return found
    found.transaction = transaction
    if found.move is not None:
        _judge_facts(transaction, found.move, request.by, found)
    return found


def judge_time(transaction: Transaction[CaseT], move: Move) -> tuple[bool, tuple[str, ...]]:
    """Return whether a move that is due may be taken now, and what its guard asks for (T6)."""
    if not move.net.inputs <= transaction.marking or transaction.contact(move.net) is not None:
        return False, ()
    if move.guard is None or move.guard.judge(transaction.facts) is True:
        return True, ()
    return False, move.guard.guard.asks(move.guard.reader(transaction.facts))


# ---- what the name stands for


def _find(
    transaction: Transaction[CaseT], request: Request, found: Judgement[CaseT]
) -> Reason | None:
    """Find what a name stands for (C4); unknown, ended and ambiguous names are told apart."""
    compiled, name = transaction.compiled, request.name
    exact, meant = _meanings(compiled, name)
    if not meant:
        # Names of running scopes only: what a call declares is no help where it does not run.
        known = [t.name for t in compiled.targets.values() if transaction.runs(t.scope)]
        said = name if isinstance(name, str) else shorten(name)  # type: ignore[redundant-expr]
        return UnknownTransition(said, close_matches(said, known))
    if transaction.ended:
        end = next(iter(transaction.marking))
        state = compiled.state_of(end)
        return Ended(state.result if state is not None else "")
    running = [target for target in meant if transaction.runs(target.scope)]
    if not exact and running and running[0].scope == 0:
        running = running[:1]
    if not running:
        return _not_here(transaction, request, meant)
    if len(running) > 1:
        return Ambiguous(name, candidates=tuple(target.name for target in running))
    found.target = running[0]
    return None


def _meanings(compiled: Compiled, name: object) -> tuple[bool, list[Target]]:
    """Return whether a name is an exact one of a call, and what it can stand for, outer first."""
    if not isinstance(name, str):
        return False, []
    if "/" in name:
        return True, [compiled.targets[name]] if name in compiled.targets else []
    scopes = compiled.declaring.get(name, ())
    return False, [compiled.targets[compiled.net.scopes[s].prefix + name] for s in scopes]


def _not_here(transaction: Transaction[CaseT], request: Request, targets: list[Target]) -> NotHere:
    compiled = transaction.compiled
    places = compiled.net.places
    sources: dict[str, None] = {}
    for target in targets:
        for move in target.moves:
            if move.net.kind == "transition" and move.transition and move.transition.any_open:
                continue  # "wherever the case is" is no list to give
            sources.update((places[place].name, None) for place in sorted(move.net.inputs))
    call = None
    if any(m.transition is not None and m.transition.any_open for t in targets for m in t.moves):
        call = next(
            (places[p].name for p in sorted(transaction.marking) if p in compiled.called), None
        )
    active = tuple(places[place].name for place in sorted(transaction.marking))
    return NotHere(request.name, active, tuple(sources), call)


# ---- where the case is


def _place_gate(
    transaction: Transaction[CaseT], request: Request, found: Judgement[CaseT]
) -> Reason | None:
    target = found.target
    if target is None or target.duty is not None:
        return None
    possible = here = possible_moves(
        transaction.compiled, target, transaction.marking, transaction.handoffs
    )
    if possible and request.state is not None:
        prefix = transaction.compiled.net.scopes[target.scope].prefix
        here = [
            (move, state)
            for move, state in possible
            if any(
                name is not None and request.state in (name, name.removeprefix(prefix))
                for name in (state, move.state)
            )
        ]
        if not here:
            return _wrong_state(transaction, request, possible)
    if not here:
        return _only_its_own_handoff(transaction, target) or _not_here(
            transaction, request, [target]
        )
    move, state = here[0]
    if len(here) > 1 and not move.interrupts:
        return Ambiguous(request.name, states=tuple(state or "" for _, state in here))
    place = transaction.contact(move.net)
    if place is not None:
        name = transaction.compiled.net.places[place].name
        return Occupied(request.name, name, transaction.holder(place))
    found.move, found.state = move, state
    return None


def _wrong_state(
    transaction: Transaction[CaseT], request: Request, possible: list[tuple[Move, str | None]]
) -> NotHere:
    """Return that it can happen here, but not from the state that was named."""
    active = tuple(
        transaction.compiled.net.places[place].name for place in sorted(transaction.marking)
    )
    states = tuple(dict.fromkeys(state for _, state in possible if state is not None))
    said = request.state if isinstance(request.state, str) else shorten(request.state)
    return NotHere(request.name, active, states, state=said)


def possible_moves(
    compiled: Compiled,
    target: Target,
    marking: Collection[int],
    handoffs: Mapping[int, OpenHandoff],
) -> list[tuple[Move, str | None]]:
    """Return the moves of a target whose tokens are there, each with the name of what it leaves.

    That is the state it leaves, of an answer the one its hand-off left, or None. Where one call has
    returned with several results, only the places tell them apart, so it is the place (E6).
    """
    here = target.here(marking)
    states = [
        handoffs[min(move.net.inputs)].state if move.net.kind in ANSWERS else move.state
        for move in here
    ]
    return [
        (move, compiled.net.places[min(move.net.inputs)].name)
        if state is not None and states.count(state) > 1
        else (move, state)
        for move, state in zip(here, states, strict=True)
    ]


def _only_its_own_handoff(transaction: Transaction[CaseT], target: Target) -> Reason | None:
    """Return `occupied` where an interrupt finds nothing but its own open hand-off (X1)."""
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
    transaction: Transaction[CaseT], request: Request, found: Judgement[CaseT]
) -> Reason | None:
    target, move = found.target, found.move
    if target is None:
        return None
    definition = transaction.compiled.net.scopes[target.scope].definition
    automatic = None if move is None else _automatic(transaction, move)
    if target.duty is not None:
        allowed = definition.roles_of(target.duty.by)
    else:
        allowed = () if move is None or automatic is not None else move.roles
    if request.anybody and request.by is None and allowed:
        return None
    reason = role_gate(target.name, request.by, allowed, definition.roles)
    if reason is not None and automatic is not None:
        found.asks = _automatic_asks(transaction, automatic)
    return reason


def _automatic(transaction: Transaction[CaseT], move: Move) -> Automatic | None:
    """Return the automatic place a move belongs to; None for what people or time do."""
    automatics = transaction.compiled.automatics[min(move.net.inputs)]
    return next((found for found in automatics if move in found.moves), None)


def _automatic_asks(transaction: Transaction[CaseT], automatic: Automatic) -> tuple[str, ...]:
    """Return what a place that rests waits for (E4).

    That is the information its chosen exit lacks; while none is chosen, the facts of the exits that
    are not false.
    """
    chosen = transaction.chosen(automatic)
    if chosen is not None:
        return tuple(
            transaction.compiled.slots[number].name for number in transaction.missing(chosen)
        )
    asks: dict[str, None] = {}
    for exit_ in automatic.moves:
        if exit_.guard is not None and exit_.guard.judge(transaction.facts) is None:
            asks.update(
                dict.fromkeys(exit_.guard.guard.asks(exit_.guard.reader(transaction.facts)))
            )
    return tuple(asks)


# ---- what is known


def _judge_facts(
    transaction: Transaction[CaseT], move: Move, by: str | None, found: Judgement[CaseT]
) -> None:
    """Judge guard and information together (K1)."""
    asks: dict[str, None] = {}
    if move.guard is not None and (verdict := move.guard.judge(transaction.facts)) is not True:
        guard, reader = move.guard.guard, move.guard.reader(transaction.facts)
        asked = guard.asks(reader)
        asks.update(dict.fromkeys(asked))
        scope = transaction.compiled.net.scopes[move.net.scope].definition
        local = "" if move.transition is None else move.transition.id
        location = scope.origin.location("transitions", local, "if")
        name = move.net.name
        found.reasons.append(
            GuardUnknown(name, guard.text, location, asked)
            if verdict is None
            else GuardFalse(
                name, guard.text, location, _told_comparisons(transaction, move, by), asked
            )
        )
    missing = tuple(transaction.compiled.slots[number].name for number in transaction.missing(move))
    if missing:
        asks.update(dict.fromkeys(missing))
        found.reasons.append(MissingInfo(move.net.name, missing, move.receiver))
    found.asks = tuple(asks)


def _told_comparisons(
    transaction: Transaction[CaseT], move: Move, by: str | None
) -> tuple[Comparison, ...]:
    """Return what made a guard false, without personal values the role may not see (F6)."""
    if move.guard is None:
        return ()
    compiled, scope = transaction.compiled, move.net.scope
    told = []
    for part in move.guard.guard.falsified(move.guard.reader(transaction.facts)):
        values = []
        for name in part.reads:
            number = compiled.index[scope][name]
            value = transaction.facts[number]
            if value is not UNKNOWN and may_see(compiled, transaction.seen, number, by):
                values.append((name, _shown(value)))
        told.append(Comparison(part.text, part.start, part.end, tuple(values)))
    return tuple(told)


def _shown(value: Known) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return shorten(value)


def may_see(
    compiled: Compiled, seen: dict[int, tuple[str, ...]], number: int, by: str | None
) -> bool:
    """Return whether a role may be shown a value (F6)."""
    slot = compiled.slots[number]
    if not slot.personal:
        return True
    role = compiled.roles.get(by) if isinstance(by, str) else None
    return role is not None and (role.client or role.owner in seers(compiled, seen, number))
