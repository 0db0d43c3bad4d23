"""Boundary values of each fact: where the value of some guard changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.guards.domains import cells
from ohjausprosessi.model import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ohjausprosessi.guards.unknown import Known
    from ohjausprosessi.model import Info, Value
    from ohjausprosessi.net import Compiled
    from ohjausprosessi.net.fact_slots import FactSlot

__all__ = ["KNOWN_TEXT", "boundary_values"]

KNOWN_TEXT = "known"


def boundary_values(compiled: Compiled) -> Mapping[str, tuple[Value, ...]]:
    """The values worth trying, by fact or information item of the process and all it calls.

    All values of a ``bool`` and an ``enum``; of an ``int`` its bounds and, around each number that
    a guard compares it with, the numbers below, at and above; of a text those that guards name, and
    another one. A name that caller and called share has the values that both allow.
    """
    guards = [
        condition.guard
        for scope in compiled.net.scopes
        for condition in compiled.conditions(scope.number)
    ]
    told_apart = cells(guards)
    found: dict[str, list[Value]] = {}
    for slot in compiled.slots:
        values = [value for value in told_apart.get(slot.name, ()) if value is not UNKNOWN]
        tried = found.get(slot.name, list(_values(slot.fact, values)))
        found[slot.name] = [value for value in tried if _allowed(slot, value)]
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def _allowed(slot: FactSlot, value: Value) -> bool:
    return type(value) is slot.kind and (slot.allows is None or slot.allows(value))


def _values(fact: Fact | Info, told_apart: list[Known]) -> Iterator[Value]:
    if not isinstance(fact, Fact):
        yield KNOWN_TEXT
    elif fact.type == "bool":
        yield from (False, True)
    elif fact.type == "enum":
        yield from fact.values
    elif fact.type == "text":
        yield from (value for value in told_apart if isinstance(value, str))
        yield KNOWN_TEXT
    else:
        numbers = {value for value in told_apart if type(value) is int}
        numbers |= {bound for bound in (fact.min, fact.max, fact.default) if type(bound) is int}
        yield from sorted({number + step for number in numbers or {0} for step in (-1, 0, 1)})
