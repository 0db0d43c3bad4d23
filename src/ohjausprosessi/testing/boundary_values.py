"""Boundary values of each fact: where the value of some guard changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.guards import UNKNOWN, parse
from ohjausprosessi.guards.domains import cells
from ohjausprosessi.model import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ohjausprosessi.guards import Guard
    from ohjausprosessi.guards.cells import Known
    from ohjausprosessi.model import Definition, Info, Value
    from ohjausprosessi.net import Compiled
    from ohjausprosessi.net.compiled import FactSlot

__all__ = ["KNOWN_TEXT", "boundary_values", "guards_of"]

KNOWN_TEXT = "known"


def guards_of(definition: Definition) -> Iterator[Guard]:
    """Yield every condition over the facts of a definition: of transitions, services and rules."""
    texts = [transition.guard for transition in definition.transitions.values()]
    texts += [service.guard for service in definition.services.values()]
    for rule in definition.rules.values():
        texts.append(rule.guard)
        texts.append(None if rule.rule == "ltlf" else rule.holds)
    for text in dict.fromkeys(texts):
        if text is not None:
            yield parse(text, facts=definition.facts, info=definition.info)


def boundary_values(compiled: Compiled) -> Mapping[str, tuple[Value, ...]]:
    """The values worth trying, by fact or information item of the process and all it calls.

    All values of a ``bool`` and an ``enum``; of an ``int`` its bounds and, around each number that
    a guard compares it with, the numbers below, at and above; of a text those that guards name, and
    another one. A name that caller and called share has the values that both allow.
    """
    guards = [guard for scope in compiled.net.scopes for guard in guards_of(scope.definition)]
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
