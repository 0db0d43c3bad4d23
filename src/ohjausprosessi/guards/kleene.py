"""Three-valued judgement of a tree (SEMANTICS F2, F3): true, false, or None for unknown."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from ohjausprosessi.guards.tree import (
    And,
    Compare,
    Has,
    In,
    Literal,
    Node,
    Not,
    Or,
    Read,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ohjausprosessi.model import Value

    ValueOf = Callable[[str], Value | Unknown]

__all__ = ["asks", "false_parts", "judge"]

_OPERATORS: dict[str, Callable[[Value, Value], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def judge(node: Node, value_of: ValueOf) -> bool | None:
    """Return whether a tree is true, false or unknown."""
    match node:
        case And() | Or():
            decisive = isinstance(node, Or)
            verdicts = [judge(part, value_of) for part in node.parts]
            if decisive in verdicts:
                return decisive
            return None if None in verdicts else not decisive
        case Not():
            verdict = judge(node.part, value_of)
            return None if verdict is None else not verdict
        case Has():
            return not isinstance(value_of(node.name), Unknown)
        case Compare():
            left, right = _value(node.left, value_of), _value(node.right, value_of)
            if left is None or right is None:
                return None
            return _OPERATORS[node.operator](left, right)
        case In():
            subject = _value(node.subject, value_of)
            return None if subject is None else subject in node.values
        case Literal() | Read():
            value = _value(node, value_of)
            return None if value is None else bool(value)


def _value(node: Node, value_of: ValueOf) -> Value | None:
    match node:
        case Literal():
            return node.value
        case Read():
            value = value_of(node.name)
            return None if isinstance(value, Unknown) else value
        case _:
            return judge(node, value_of)


def asks(node: Node, value_of: ValueOf) -> Iterator[str]:
    """Yield what a tree that is not true depends on (F3), in order of reading, with repetitions.

    Facts read and unknown in a part that is itself unknown, and those whose ``has`` is false in a
    part that is itself false.
    """
    verdict = judge(node, value_of)
    if verdict is True:
        return
    match node:
        case And() | Or():
            for part in node.parts:
                if isinstance(node, Or) or judge(part, value_of) is verdict:
                    yield from asks(part, value_of)
        case Has():
            yield node.name
        case Not() | Read() | Compare() | In():
            yield from _asks_of_relation(node, value_of, unknown=verdict is None)
        case Literal():
            pass


def _asks_of_relation(
    node: Not | Read | Compare | In, value_of: ValueOf, *, unknown: bool
) -> Iterator[str]:
    match node:
        case Not():
            if unknown:
                yield from asks(node.part, value_of)
        case Read():
            if unknown:
                yield node.name
        case Compare():
            yield from _asks_of_side(node.left, value_of, unknown=unknown)
            yield from _asks_of_side(node.right, value_of, unknown=unknown)
        case In():
            yield from _asks_of_side(node.subject, value_of, unknown=unknown)


def _asks_of_side(node: Node, value_of: ValueOf, *, unknown: bool) -> Iterator[str]:
    """Yield what one side of a comparison depends on."""
    if isinstance(node, Read):
        if unknown and isinstance(value_of(node.name), Unknown):
            yield node.name
    elif not isinstance(node, Literal):
        yield from asks(node, value_of)


def false_parts(node: Node, value_of: ValueOf) -> Iterator[Node]:
    """Yield the smallest parts that make a false tree false."""
    if judge(node, value_of) is not False:
        return
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from false_parts(part, value_of)
    else:
        yield node
