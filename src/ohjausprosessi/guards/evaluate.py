"""Judge a typed tree on facts of which some are unknown (SEMANTICS F2, F3)."""

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
    reads,
)
from ohjausprosessi.guards.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, TypeAlias

    from ohjausprosessi.guards.tree import Node, Operator
    from ohjausprosessi.guards.unknown import Unknown
    from ohjausprosessi.model import Value

    Known: TypeAlias = Value | Unknown
    Reader: TypeAlias = Callable[[str], Known]

__all__ = ["OPERATIONS", "asks", "falsified", "names_of", "value_of_part"]

OPERATIONS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def value_of_part(node: Node, value_of: Reader) -> Known:
    """Return the value of a part, ``UNKNOWN`` by Kleene's tables (F2).

    Args:
        node: a part of a typed tree.
        value_of: name of a fact or information item to its value.
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
    """Return false (of ``||`` true) if one part is, else unknown if one is, else the other."""
    deciding = not node.every
    unknown = False
    for part in node.parts:
        value = value_of_part(part, value_of)
        if value is deciding:
            return deciding
        unknown = unknown or value is UNKNOWN
    return UNKNOWN if unknown else node.every


def _compared(node: Comparison | Membership, value_of: Reader) -> Known:
    """Return whether a comparison holds, unknown if anything it compares is."""
    left = value_of_part(node.left, value_of)
    if left is UNKNOWN:
        return UNKNOWN
    if isinstance(node, Membership):
        return any(left == listed.value for listed in node.values)
    right = value_of_part(node.right, value_of)
    return UNKNOWN if right is UNKNOWN else OPERATIONS[node.operator](left, right)


def asks(node: Node, value_of: Reader, *, wanted: bool = True) -> Iterator[str]:
    """Yield the unknown names that keep a part from being ``wanted`` (F3).

    A part that is already as wanted needs nothing. In an unknown part its unknown facts count, in
    one that is settled the other way only a false ``has``: no other unknown could change it alone.
    Of what is compared, any change counts. Names are repeated where they are read again.
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
    """Yield the parts that make a junction what it is: of an unknown one, any may change it."""
    for part in node.parts:
        if value is UNKNOWN or value_of_part(part, value_of) is value:
            yield part


def _compared_parts(node: Comparison | Membership) -> tuple[Node, ...]:
    return (node.left, node.right) if isinstance(node, Comparison) else (node.left,)


def falsified(node: Node, value_of: Reader) -> Iterator[Node]:
    """Yield the comparisons, bare facts and ``has`` that settled a part the way it is (§10).

    Args:
        node: a part that is true or false, not unknown.
        value_of: name of a fact or information item to its value.
    """
    match node:
        case Negation(operand=operand):
            yield from falsified(operand, value_of)
        case Junction():
            for part in _parts_like(node, value_of_part(node, value_of), value_of):
                yield from falsified(part, value_of)
        case _:
            yield node


def names_of(node: Node) -> tuple[str, ...]:
    """Return the names a part reads, in order of reading, each once."""
    return tuple(dict.fromkeys(reads(node)))
