"""Going over a history again: replay from nothing, and taking the last act back (SEMANTICS Y3, Y4).

The engine reads histories only here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.engine.events import fire_time, learn, perform, start
from ohjausprosessi.engine.history import Event, History
from ohjausprosessi.engine.input_validation import role_gate, text_gate, time_gate
from ohjausprosessi.engine.reasons import CaseDataInvalid, NotCorrectable
from ohjausprosessi.engine.transaction import CaseT, Transaction
from ohjausprosessi.errors import Refused
from ohjausprosessi.text.shorten import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from ohjausprosessi.diagnostics import Reason
    from ohjausprosessi.engine.snapshot import Snapshot
    from ohjausprosessi.model import Role
    from ohjausprosessi.net.compiled import Compiled

__all__ = ["correct", "replay", "replayed", "taken_back"]


def replay(kind: type[CaseT], compiled: Compiled, case_id: str, events: Sequence[Event]) -> CaseT:
    """Replay a history from its start (Y3).

    Raises:
        Refused: with code ``case_data`` where the history is not one of this definition.
    """
    *_, case = replayed(kind, compiled, case_id, events)
    return case


def replayed(
    kind: type[CaseT], compiled: Compiled, case_id: str, events: Sequence[Event]
) -> Iterator[CaseT]:
    """Yield the case after each input of a history, at rest every time.

    Only the inputs are taken from it: starts, acts, learnings, times and corrections; what is
    automatic comes by itself and has to be what the history says.

    Raises:
        Refused: with code ``case_data`` where the history is not one of this definition.
    """
    events = tuple(events)
    for index, given in enumerate(cast("Sequence[object]", events)):
        if not isinstance(given, Event):
            wanted = Text("tapahtuma (Event)", "an Event")
            raise Refused([CaseDataInvalid(f"history[{index}]", wanted, shorten(given))])
    if not events or events[0].kind != "start":
        raise Refused([_unlike(0, Text("start", "start"), events)])
    case: CaseT | None = None
    index = 0
    while index < len(events):
        try:
            case = _again(kind, compiled, case_id, case, events[index])
        except Refused as refused:
            possible = Text("tapahtuma, joka voi sattua tässä", "an event that may happen here")
            raise Refused([_unlike(index, possible, events, refused.code)]) from None
        for came in _events(case)[index:]:  # the input, and what it set off
            if index >= len(events) or came != events[index]:
                raise Refused([_unlike(index, _told(came), events)])
            index += 1
        yield case


def _again(
    kind: type[CaseT], compiled: Compiled, case_id: str, case: CaseT | None, event: Event
) -> CaseT:
    """Apply one input of a history."""
    facts = dict(event.facts)
    if case is None:
        return start(
            kind, compiled, case_id, facts=facts, by=event.by, actor=event.actor, at=event.at
        )
    if event.kind == "act":
        return perform(
            case,
            event.transition,
            by=event.by,
            facts=facts,
            state=event.state,
            actor=event.actor,
            at=event.at,
        )
    if event.kind == "learn":
        return learn(case, facts, by=event.by, actor=event.actor, at=event.at)
    if event.kind in {"time", "remind"} and event.at is not None:
        return _at_its_time(case, event, event.at)
    if event.kind == "correct":
        return correct(case, by=event.by or "", why=event.why or "", actor=event.actor, at=event.at)
    raise Refused([CaseDataInvalid("kind", Text("syöte", "an input"), event.kind)])


def _at_its_time(case: CaseT, event: Event, at: datetime) -> CaseT:
    """Let what was due happen; of several with the same name and time, the one that can."""
    _, reason = time_gate(case._at, at)
    if reason is not None:
        raise Refused([reason])
    for timer in case._more().timers:
        if timer.due == event.due and timer.due <= at and timer.what == event.transition:
            after = fire_time(case, timer, at)
            if after is not None and _events(after)[case._n - 1] == event:
                return after
    due = Text("jotakin, minkä aika on tullut", "something that is due")
    raise Refused([CaseDataInvalid("due", due, event.transition)])


def _told(event: Event) -> Text:
    return Text(f"{event.kind} {event.transition}", f"{event.kind} {event.transition}")


def _unlike(index: int, expected: Text, events: Sequence[Event], why: str = "") -> CaseDataInvalid:
    """Give the reason that an event of a history is not what it has to be."""
    got = f"{events[index].kind} {events[index].transition}" if index < len(events) else ""
    return CaseDataInvalid(f"history[{index}]", expected, f"{got} ({why})" if why else got)


def taken_back(events: Sequence[Event]) -> list[Event]:
    """Leave out corrections and the events they took back (Y4)."""
    kept: list[Event] = []
    for event in events:
        if event.kind == "correct" and event.of is not None:
            while kept and kept[-1].seq >= event.of:
                kept.pop()
        else:
            kept.append(event)
    return kept


def correct(
    case: CaseT, *, by: str | None, why: str, actor: str | None, at: datetime | None
) -> CaseT:
    """Take back the last act or learning of a case; both stay in the history (Y4)."""
    of, reason = _correctable(case, by)
    moment, untimely = time_gate(case._at, at)
    if (refusal := reason or untimely) is not None:
        raise Refused([refusal])
    text_gate(actor, why=why)
    past = _events(case)
    before = replay(type(case), case._compiled, str(case._log[0][1]), past[: of - 1])
    transaction = Transaction(before, moment)
    transaction.continue_from(case)
    transaction.tell(*(organisation for event in past[of - 1 :] for organisation in event.tell))
    transaction.append_event("correct", "correct", by=by, actor=actor, of=of, why=why)
    return transaction.commit()


def _correctable(case: Snapshot, by: str | None) -> tuple[int, Reason | None]:
    """Find the event that a role may take back now, or why it may not."""
    compiled = case._compiled
    roles = compiled.roles
    if (reason := role_gate("correct", by, tuple(roles), roles)) is not None:
        return 0, reason
    moved = False
    for event in reversed(taken_back(_events(case))):
        moved = moved or event.kind == "time"
        if event.kind in {"act", "learn"}:
            if moved:
                return event.seq, NotCorrectable("time", event.seq)
            if not _may_take_back(compiled, roles.get(event.by or ""), roles[by or ""]):
                return event.seq, NotCorrectable("other_organisation", event.seq)
            return event.seq, None
    return 0, NotCorrectable("nothing")


def _may_take_back(compiled: Compiled, acted: Role | None, by: Role) -> bool:
    if by.owner == compiled.definition.responsible:
        return True
    return acted is not None and (acted.owner, acted.client) == (by.owner, by.client)


def _events(case: Snapshot) -> Sequence[Event]:
    return History(case._compiled, case._log, case._n)
