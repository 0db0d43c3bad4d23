"""Evaluate a typed tree on facts of which some are unknown (SEMANTICS F2, F3)."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from ohjausprosessi.guards.tree import (
    Comparison,
    Constant,
    Has,
    Junction,
    Membership,
    Negation,
    Read,
)
from ohjausprosessi.guards.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, TypeAlias

    from ohjausprosessi.guards.tree import Node, Operator
    from ohjausprosessi.guards.unknown import Known

    Reader: TypeAlias = Callable[[str], Known]

__all__ = ["OPERATIONS", "asks", "falsified", "value_of_part"]

OPERATIONS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def value_of_part(node: Node, value_of: Reader) -> Known:
    """The value of a part in Kleene's strong three-valued logic, ``UNKNOWN`` included (F2).

    Args:
        node: a part of a typed tree.
        value_of: gives the value of a fact or information item by its name.
    """
    match node:
        case Constant(value=value):
            return value
        case Read(name=name):
            return value_of(name)
        case Has(name=name):
            return value_of(name) is not UNKNOWN
        case Junction():
            return _joined(node, value_of)
        case Negation(operand=operand):
            negated = value_of_part(operand, value_of)
            return UNKNOWN if negated is UNKNOWN else not negated
        case Comparison() | Membership():
            return _compared(node, value_of)


def _joined(node: Junction, value_of: Reader) -> Known:
    """A part that is false decides ``&&``, one that is true ``||``; else unknown parts prevail."""
    deciding = not node.every
    unknown = False
    for part in node.parts:
        value = value_of_part(part, value_of)
        if value is deciding:
            return deciding
        unknown = unknown or value is UNKNOWN
    return UNKNOWN if unknown else node.every


def _compared(node: Comparison | Membership, value_of: Reader) -> Known:
    """Whether a comparison holds; unknown if either side is."""
    left = value_of_part(node.left, value_of)
    if left is UNKNOWN:
        return UNKNOWN
    if isinstance(node, Membership):
        return any(left == listed.value for listed in node.values)
    right = value_of_part(node.right, value_of)
    return UNKNOWN if right is UNKNOWN else OPERATIONS[node.operator](left, right)


def asks(node: Node, value_of: Reader, *, wanted: bool = True) -> Iterator[str]:
    """The unknown names that keep a part from having the ``wanted`` value (F3).

    A part that has the wanted value needs nothing. An unknown part needs its unknown facts; a part
    with the opposite value needs only what a false ``has`` asks for, since no other unknown fact
    could change it on its own. Any change of a compared part counts. A name that is read several
    times is repeated.
    """
    value = value_of_part(node, value_of)
    if value is wanted:
        return
    match node:
        case Read(name=name) if value is UNKNOWN:
            yield name
        case Has(name=name) if wanted:
            yield name
        case Negation(operand=operand):
            yield from asks(operand, value_of, wanted=not wanted)
        case Junction():
            for part in _parts_like(node, value, value_of):
                yield from asks(part, value_of, wanted=wanted)
        case Comparison() | Membership():
            for part in _compared_parts(node):
                value = value_of_part(part, value_of)
                for other in (True, False) if value is UNKNOWN else (not value,):
                    yield from asks(part, value_of, wanted=other)


def _parts_like(node: Junction, value: Known, value_of: Reader) -> Iterator[Node]:
    """The parts that give a junction its value; of an unknown junction, all of them."""
    for part in node.parts:
        if value is UNKNOWN or value_of_part(part, value_of) is value:
            yield part


def _compared_parts(node: Comparison | Membership) -> tuple[Node, ...]:
    return (node.left, node.right) if isinstance(node, Comparison) else (node.left,)


def falsified(node: Node, value_of: Reader) -> Iterator[Node]:
    """The comparisons, bare facts and ``has`` that give a part its value (§10).

    Args:
        node: a part that is true or false, not unknown.
        value_of: gives the value of a fact or information item by its name.
    """
    match node:
        case Negation(operand=operand):
            yield from falsified(operand, value_of)
        case Junction():
            for part in _parts_like(node, value_of_part(node, value_of), value_of):
                yield from falsified(part, value_of)
        case _:
            yield node
