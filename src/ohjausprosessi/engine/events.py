"""What can happen to a case: start, act, learning and time (SEMANTICS §4, §8).

Each function returns a new case or raises ``Refused``; none changes the case it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.engine.history import Event
from ohjausprosessi.engine.input_validation import (
    in_utc,
    record_facts,
    role_gate,
    text_gate,
    time_gate,
)
from ohjausprosessi.engine.judge import judge, judge_time
from ohjausprosessi.engine.reasons import Ended, FactRefused, TimeRefused
from ohjausprosessi.engine.snapshot import Extension, Timer
from ohjausprosessi.engine.transaction import CaseT, Transaction
from ohjausprosessi.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ohjausprosessi.engine.history import Record
    from ohjausprosessi.engine.judge import Request
    from ohjausprosessi.engine.snapshot import Snapshot
    from ohjausprosessi.model import Value
    from ohjausprosessi.net.compiled import Compiled, Move

    Facts = Mapping[str, Value | None]

__all__ = ["Due", "due", "fire_time", "learn", "perform", "start", "tick"]

_PLAIN_START: Record = tuple(Event(0, "start", "start"))[1:]


class Due(NamedTuple):
    """Something whose time has come.

    Attributes:
        what: what would happen: ``s.remind``, a transition, ``t.expire``, or a duty.
        place: exact name of the place it belongs to; of a duty the prefix of its process.
        due: since when it is due, in UTC.
        owner: who is to act: an owner, of a duty its entry.
        asks: facts that a transition still waits for.
    """

    what: str
    place: str
    due: datetime
    owner: str
    asks: tuple[str, ...] = ()


def start(
    kind: type[CaseT],
    compiled: Compiled,
    case_id: str,
    *,
    facts: Facts | None,
    by: str | None,
    actor: str | None,
    at: datetime | None,
) -> CaseT:
    """Return a new case at the start of the process (N4, F1)."""
    text_gate(actor, case_id=case_id)
    case = kind()
    case._here, case._facts = compiled.nowhere, compiled.defaults
    case._log, case._n = [(compiled, case_id)], 1
    case._extra = Extension(None, ())
    if not facts and by is None and actor is None and at is None and len(compiled.net.initial) == 1:
        here = compiled.tables[min(compiled.net.initial)]
        return case._next(here, compiled.defaults, None, [_PLAIN_START])
    roles = tuple(compiled.definition.roles)
    if by is not None and (refusal := role_gate("start", by, roles, roles)) is not None:
        raise Refused([refusal])
    moment, reason = time_gate(None, at)
    transaction = Transaction(case, moment)
    for place in sorted(compiled.net.initial):
        transaction.mark(place)
    given, reasons = record_facts(transaction, facts, by) if facts else ((), [])
    if not reasons and reason is not None:
        reasons = [reason]
    if reasons:
        raise Refused(reasons)
    transaction.note("start", "start", by=by, actor=actor, facts=given)
    transaction.settle()
    return transaction.finish()


def perform(case: CaseT, request: Request, actor: str | None) -> CaseT:
    """Return the case after an act; raise ``Refused`` (without options) if it may not happen."""
    judgement = judge(case, request)
    if judgement.transaction is None or judgement.target is None or judgement.reasons:
        raise Refused(judgement.reasons, judgement.asks)
    text_gate(actor)
    transaction, target, move = judgement.transaction, judgement.target, judgement.move
    if move is not None:
        transaction.fire(move, request.by)
    state = judgement.state
    transaction.note(
        "act", target.name, state=state, by=request.by, actor=actor, facts=judgement.given
    )
    transaction.settle()
    if target.duty is not None:
        _record_duty(transaction, target.scope, target.duty.id, request.by)
    return transaction.finish()


def _record_duty(transaction: Transaction[CaseT], scope: int, duty: str, by: str | None) -> None:
    """Restart the clocks of the entries a role is or belongs to (T7)."""
    definition = transaction.compiled.net.scopes[scope].definition
    role = definition.roles[by or ""]
    for clock in transaction.compiled.clocks:
        if clock.scope == scope and clock.duty == duty:
            own = clock.entry in definition.owners and role.owner is not None
            if clock.entry == by or (own and role.owner in definition.organisations(clock.entry)):
                transaction.restart_clock(clock.number)


def learn(
    case: CaseT, facts: Facts, *, by: str | None, actor: str | None, at: datetime | None
) -> CaseT:
    """Return the case with facts recorded, and what they set off (F4)."""
    transaction = Transaction(case, None)
    if transaction.ended:
        raise Refused([_ended(transaction)])
    roles = dict.fromkeys(
        role
        for scope in transaction.compiled.net.scopes
        if transaction.runs(scope.number)
        for role in scope.definition.roles
    )
    if (refusal := role_gate("learn", by, tuple(roles), roles)) is not None:
        raise Refused([refusal])
    text_gate(actor)
    if not facts:
        raise Refused([FactRefused("facts", "empty")])
    given, reasons = record_facts(transaction, facts, by)
    if reasons:
        raise Refused(reasons)
    transaction.at, reason = time_gate(case, at)
    if reason is not None:
        raise Refused([reason])
    transaction.note("learn", "learn", by=by, actor=actor, facts=given)
    transaction.settle()
    return transaction.finish()


def _ended(transaction: Transaction[CaseT]) -> Ended:
    state = transaction.compiled.state_of(next(iter(transaction.marking)))
    return Ended("" if state is None else state.result)


# ---- time


def _now(case: Snapshot, now: datetime) -> datetime:
    moment = in_utc(now)
    if moment is None:
        raise Refused([TimeRefused("naive", now, case._at)])
    return moment


def due(case: Snapshot, now: datetime) -> tuple[Due, ...]:
    """Return what is due at a moment, the longest due first; duties last (T5–T7)."""
    moment = _now(case, now)
    more = case._more()
    found = [_due_entry(case, armed) for armed in more.times if armed.due <= moment]
    compiled = case._compiled
    for number, since in more.clocks:
        clock = compiled.clocks[number]
        late = compiled.calendars[clock.scope].add(since, clock.every)
        if late <= moment:
            prefix = compiled.net.scopes[clock.scope].prefix
            found.append(Due(f"{prefix}{clock.duty}", prefix, late, clock.entry))
    return tuple(found)


def _due_entry(case: Snapshot, armed: Timer) -> Due:
    compiled = case._compiled
    place = compiled.net.places[armed.place]
    state = compiled.state_of(armed.place)
    owner = "" if state is None else state.owner
    asks: tuple[str, ...] = ()
    move = _timed_move(compiled, armed)
    if place.kind == "offered":
        owner = dict(case._more().handoffs)[armed.place].to
    elif move is not None:
        _, asks = judge_time(Transaction(case, None), move)
        if move.transition is not None and move.transition.owner is not None:
            owner = move.transition.owner
    return Due(armed.what, place.name, armed.due, owner, asks)


def _timed_move(compiled: Compiled, armed: Timer) -> Move | None:
    """Return the move that time makes, a transition's or an expiry; None for a reminder."""
    target = compiled.targets.get(armed.what)
    return None if target is None else target.leaving[armed.place][0]


def tick(case: CaseT, now: datetime) -> CaseT:
    """Return the case after exactly what was due when this was called (T5)."""
    moment = _now(case, now)
    last = case._at
    at = moment if last is None else max(moment, last)
    for armed in case._more().times:
        if armed.due > moment:
            break
        if armed in case._more().times:
            case = fire_time(case, armed, at) or case
    return case


def fire_time(case: CaseT, armed: Timer, at: datetime) -> CaseT | None:
    """Return the case after one due time, or None where it stays due (T6)."""
    transaction = Transaction(case, at)
    compiled = transaction.compiled
    move = _timed_move(compiled, armed)
    if move is None:
        del transaction.times[armed.place, armed.what]
        scope, state = compiled.scope_of(armed.place), compiled.state_of(armed.place)
        if state is not None:
            transaction.tell(scope.definition.organisations(state.owner))
        transaction.tell([compiled.definition.responsible])
        transaction.note("remind", armed.what, due=armed.due)
        return transaction.finish()
    possible, _ = judge_time(transaction, move)
    if not possible:
        return None
    handoff = transaction.handoffs.get(armed.place)
    state_left = move.state if handoff is None else handoff.state
    transaction.fire(move)
    transaction.note("time", move.net.name, state=state_left, due=armed.due)
    transaction.settle()
    return transaction.finish()
