"""What may be recorded: facts, moments and roles as they come in from outside (SEMANTICS F1, F4, T1).

These gates are the same for a start, an act and a learning.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ohjausprosessi.engine.reasons import FactRefused, RoleRefused, TimeRefused
from ohjausprosessi.errors import Refused
from ohjausprosessi.model import Fact
from ohjausprosessi.net.fact_slots import LARGEST, unstorable_character
from ohjausprosessi.text.shorten import shorten
from ohjausprosessi.text.suggest import close_matches

if TYPE_CHECKING:
    from collections.abc import Collection

    from ohjausprosessi.diagnostics import Reason
    from ohjausprosessi.engine.transaction import CaseT, Given, Transaction
    from ohjausprosessi.model import Value
    from ohjausprosessi.net.fact_slots import FactSlot

__all__ = ["in_utc", "record_facts", "role_gate", "text_gate", "time_gate"]


def in_utc(at: object) -> datetime | None:
    """Convert a moment to UTC; None unless it is an aware datetime within the years 1–9999."""
    if not isinstance(at, datetime) or at.utcoffset() is None:
        return None
    try:
        moment = at.astimezone(UTC)
    except OverflowError:
        return None
    # A plain datetime, whatever subclass came in: what is kept has to be equal when read back.
    return datetime.combine(moment.date(), moment.time(), UTC)


def text_gate(actor: object, **needed: object) -> None:
    """Refuse what is kept as it comes if it is no text to keep; only the actor may be None.

    Raises:
        Refused: with code ``facts``, naming the argument.
    """
    given = needed if actor is None else {"actor": actor, **needed}
    reasons = [reason for name, value in given.items() if (reason := _wrong_text(name, value))]
    if reasons:
        raise Refused(reasons)


def _wrong_text(name: str, value: object) -> FactRefused | None:
    if not isinstance(value, str):
        return FactRefused(name, "type", shorten(value), ("text",))
    character = unstorable_character(value)
    if character is None:
        return None
    return FactRefused(name, "character", f"U+{ord(character):04X}")


def time_gate(last: datetime | None, at: datetime | None) -> tuple[datetime | None, Reason | None]:
    """Give the moment in UTC, or why it cannot be (T1); ``last`` is that of the last event."""
    if at is not None and type(at) is datetime and at.tzinfo is UTC and not (last and at < last):
        return at, None
    if at is None:
        return None, TimeRefused("missing", None, last) if last is not None else None
    moment = in_utc(at)
    if moment is None:
        return None, TimeRefused("naive", at, last)
    if last is not None and moment < last:
        return None, TimeRefused("backwards", at, last)
    return moment, None


def role_gate(
    name: str, by: object, allowed: tuple[str, ...], known: Collection[str]
) -> RoleRefused | None:
    """Give the reason why a role may not act; ``known`` are the roles to suggest from."""
    if isinstance(by, str) and by in allowed:
        return None
    if not isinstance(by, str):
        return RoleRefused(name, None if by is None else shorten(by), allowed)
    near = () if by in known else close_matches(by, known)
    return RoleRefused(name, by, allowed, near)


def record_facts(
    transaction: Transaction[CaseT], facts: object, by: str | None
) -> tuple[Given, list[Reason]]:
    """Record facts in every running scope that declares them (C5).

    Returns:
        The facts in the order given, and one reason for each that cannot be recorded; if there is
        any, the transaction is to be dropped.
    """
    if not isinstance(facts, Mapping):
        got = type(facts).__name__
        return (), [FactRefused("facts", "type", got, ("mapping",))]
    reasons: list[Reason] = []
    given: list[tuple[str, Value | None]] = []
    seen_by: tuple[str, ...] | None = None
    for name, value in facts.items():
        slots = _slots(transaction, name)
        problem: Reason | None = None
        for slot in slots:
            problem = problem or _problem(transaction, slot, value, by)
        if problem is not None or not slots:
            reasons.append(problem or _unknown_name(transaction, name))
            continue
        given.append((name, value))
        for slot in slots:
            if slot.personal and seen_by is None:
                seen_by = transaction.recorders(by)
            transaction.record(slot, value, seen_by or ())
    return tuple(given), reasons


def _slots(transaction: Transaction[CaseT], name: object) -> tuple[FactSlot, ...]:
    """List the facts of a name in the scopes that run (C5)."""
    compiled = transaction.compiled
    slots = compiled.slots_named.get(name, ()) if isinstance(name, str) else ()
    if not slots or (len(slots) == 1 and slots[0].scope == 0):
        return slots
    if transaction.marking.isdisjoint(compiled.called):
        return slots[:1] if slots[0].scope == 0 else ()
    return tuple(slot for slot in slots if transaction.runs(slot.scope))


def _unknown_name(transaction: Transaction[CaseT], name: object) -> FactRefused:
    names = enumerate(transaction.compiled.index)
    known = [fact for scope, facts in names if transaction.runs(scope) for fact in facts]
    said = name if isinstance(name, str) else shorten(name)
    return FactRefused(said, "name", did_you_mean=close_matches(said, known))


def _problem(
    transaction: Transaction[CaseT], slot: FactSlot, value: object, by: str | None
) -> FactRefused | None:
    """Give the one reason why a fact cannot be recorded now."""
    _, _, name, _, kind, allows, _, roles, phases, _ = slot
    if value is not None and not (type(value) is kind and (allows is None or allows(value))):
        return _wrong_value(slot, value)
    if roles is not None and by not in roles:
        return FactRefused(name, "role", by or "", tuple(sorted(roles)))
    return None if phases is None else _wrong_phase(transaction, slot, phases)


def _wrong_value(slot: FactSlot, value: object) -> FactRefused:
    fact, got = slot.fact, "" if slot.personal else shorten(value)
    if type(value) is not slot.kind:
        word = {bool: "true/false", int: "int"}.get(slot.kind, "text")
        return FactRefused(slot.name, "type", got or type(value).__name__, (word,))
    if not isinstance(fact, Fact) or fact.type == "text":
        character = unstorable_character(str(value)) or ""
        return FactRefused(slot.name, "character", f"U+{ord(character):04X}")
    if isinstance(value, str):
        values = tuple(fact.values)
        return FactRefused(slot.name, "member", got, values, close_matches(value, values))
    limits = (fact.min, fact.max)
    if limits == (None, None):
        limits = (-LARGEST, LARGEST)
    bounds = ("…" if limit is None else str(limit) for limit in limits)
    return FactRefused(slot.name, "range", got, ("–".join(bounds),))


def _wrong_phase(
    transaction: Transaction[CaseT], slot: FactSlot, allowed: frozenset[str]
) -> FactRefused | None:
    compiled = transaction.compiled
    for place in transaction.marking:
        here = compiled.net.places[place].scope == slot.scope
        if here and transaction.phase_at(place) in allowed:
            return None
    phases = compiled.net.scopes[slot.scope].definition.phases
    return FactRefused(slot.name, "phase", "", tuple(p for p in phases if p in allowed))
