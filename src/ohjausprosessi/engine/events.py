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
from ohjausprosessi.engine.judge import ended, judge, judge_time
from ohjausprosessi.engine.reasons import FactRefused, TimeRefused
from ohjausprosessi.engine.transaction import CaseT, Transaction
from ohjausprosessi.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ohjausprosessi.engine.history import Record
    from ohjausprosessi.engine.snapshot import Snapshot, Timer
    from ohjausprosessi.model import Value
    from ohjausprosessi.net import Compiled, Move

    Facts = Mapping[str, Value | None]

__all__ = ["Due", "due", "fire_time", "learn", "perform", "start", "tick", "timers"]

_PLAIN_START: Record = tuple(Event(0, "start", "start"))[1:]


class Due(NamedTuple):
    """Something that is due, or will be.

    Attributes:
        what: what happens then: ``s.remind`` for the deadline of a state ``s``, a transition with
            ``after``, ``t.expire`` for a hand-off nobody answered, or a duty.
        place: exact name of the place whose time it is; of a duty the call it belongs to, or empty.
        due: the moment, in UTC.
        owner: who has to act: an owner; of a duty the entry of its ``by``.
        asks: facts that a transition with ``after`` still waits for.

    Example:
        from datetime import UTC, datetime

        import ohjausprosessi as op

        at = datetime(2026, 1, 5, 8, tzinfo=UTC)
        (timer,) = op.load("ohjausprosessi_koulutukseen").start("asiakas-1", at=at).timers
        assert (timer.what, timer.owner) == ("ohjauksen_tarve.remind", "kaupunki")
        assert timer.due > at
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
    """Start a case (N4, F1)."""
    text_gate(actor, case_id=case_id)
    case = kind.unstarted(compiled, case_id)
    if not facts and by is None and actor is None and at is None and len(compiled.net.initial) == 1:
        table = compiled.tables[min(compiled.net.initial)]
        return case._next(table, compiled.defaults, None, [_PLAIN_START])
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
    transaction.append_event("start", "start", by=by, actor=actor, facts=given)
    transaction.settle()
    return transaction.commit()


def perform(
    case: CaseT,
    name: str,
    *,
    by: str | None,
    facts: Facts | None,
    state: str | None,
    actor: str | None,
    at: datetime | None,
) -> CaseT:
    """Make the case after an act; raise ``Refused`` (without options) if it may not happen."""
    transaction = Transaction(case, case._at)
    judgement = judge(transaction, name, by=by, facts=facts, state=state, at=at)
    target, move, compiled = judgement.target, judgement.move, transaction.compiled
    if target is None or judgement.reasons:
        raise Refused(judgement.reasons, judgement.asks)
    if actor is not None:
        text_gate(actor)
    if move is not None:
        transaction.fire(move, by)
    transaction.append_event("act", target.name, judgement.state, by, actor, judgement.given)
    transaction.settle()
    if target.duty is not None and by is not None:
        transaction.restart_clocks(compiled.entries_of(target.scope, target.duty.id, by))
    return transaction.commit()


def learn(
    case: CaseT, facts: Facts, *, by: str | None, actor: str | None, at: datetime | None
) -> CaseT:
    """Make the case with facts recorded, and what they set off (F4)."""
    transaction = Transaction(case, None)
    if transaction.ended:
        raise Refused([ended(transaction)])
    scopes = transaction.compiled.net.scopes
    roles = scopes[0].definition.roles
    for scope in scopes[1:]:
        if transaction.runs(scope.number):
            roles = {**roles, **scope.definition.roles}
    if (refusal := role_gate("learn", by, tuple(roles), roles)) is not None:
        raise Refused([refusal])
    text_gate(actor)
    if not facts:
        raise Refused([FactRefused("facts", "empty")])
    given, reasons = record_facts(transaction, facts, by)
    if reasons:
        raise Refused(reasons)
    transaction.at, reason = time_gate(case._at, at)
    if reason is not None:
        raise Refused([reason])
    transaction.append_event("learn", "learn", by=by, actor=actor, facts=given)
    transaction.settle()
    return transaction.commit()


# ---- time


def _now(case: Snapshot, now: datetime) -> datetime:
    moment = in_utc(now)
    if moment is None:
        raise Refused([TimeRefused("naive", now, case._at)])
    return moment


def timers(case: Snapshot) -> tuple[Due, ...]:
    """List the time limits that run, the next due first."""
    transaction = Transaction(case, None)
    return tuple(_due_entry(transaction, timer) for timer in transaction.timers)


def due(case: Snapshot, now: datetime) -> tuple[Due, ...]:
    """List what is due at a moment, the longest due first; duties last (T5–T7)."""
    moment = _now(case, now)
    more, compiled = case._more(), case._compiled
    transaction = Transaction(case, None)
    found = [_due_entry(transaction, timer) for timer in more.timers if timer.due <= moment]
    for number, since in more.clocks.items():
        clock = compiled.clocks[number]
        late = clock.every.after(since)
        if late <= moment:
            prefix = compiled.net.scopes[clock.scope].prefix
            found.append(Due(f"{prefix}{clock.duty}", prefix, late, clock.entry))
    return tuple(found)


def _due_entry(transaction: Transaction[Snapshot], timer: Timer) -> Due:
    compiled = transaction.compiled
    place = compiled.net.places[timer.place]
    state = compiled.state_of(timer.place)
    owner = "" if state is None else state.owner
    asks: tuple[str, ...] = ()
    move = _timed_move(compiled, timer)
    if place.kind == "offered":
        owner = transaction.handoffs[timer.place].to
    elif move is not None:
        _, asks = judge_time(transaction, move)
        if move.transition is not None and move.transition.owner is not None:
            owner = move.transition.owner
    return Due(timer.what, place.name, timer.due, owner, asks)


def _timed_move(compiled: Compiled, timer: Timer) -> Move | None:
    """Find the move that time makes, a transition's or an expiry; None for a reminder."""
    target = compiled.targets.get(timer.what)
    return None if target is None else target.leaving[timer.place][0]


def tick(case: CaseT, now: datetime) -> CaseT:
    """Make the case after exactly what was due when this was called (T5)."""
    moment = _now(case, now)
    last = case._at
    at = moment if last is None else max(moment, last)
    for timer in case._more().timers:
        if timer.due > moment:
            break
        if timer in case._more().timers:
            case = fire_time(case, timer, at) or case
    return case


def fire_time(case: CaseT, timer: Timer, at: datetime) -> CaseT | None:
    """Make the case after one due time, or None where it stays due (T6)."""
    transaction = Transaction(case, at)
    compiled = transaction.compiled
    move = _timed_move(compiled, timer)
    if move is None:
        transaction.disarm(timer)
        scope, state = compiled.scope_of(timer.place), compiled.state_of(timer.place)
        if state is not None:
            transaction.tell(*scope.definition.organisations(state.owner))
        transaction.tell(compiled.definition.responsible)
        transaction.append_event("remind", timer.what, due=timer.due)
        return transaction.commit()
    possible, _ = judge_time(transaction, move)
    if not possible:
        return None
    handoff = transaction.handoffs.get(timer.place)
    state_left = move.state if handoff is None else handoff.state
    transaction.fire(move)
    transaction.append_event("time", move.net.name, state=state_left, due=timer.due)
    transaction.settle()
    return transaction.commit()
