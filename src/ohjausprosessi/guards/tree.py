"""The syntax tree of a guard, each node with its span in the text.

``syntax`` builds a tree and ``typecheck`` checks it. Code that reads a checked tree (``evaluate``,
``to_python``, ``cubes``) may rely on every name being declared and on the two sides of every
comparison having the same type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.model import Value

__all__ = [
    "Comparison",
    "Constant",
    "Has",
    "Junction",
    "Membership",
    "Negation",
    "Node",
    "Operator",
    "Read",
    "is_conjunction",
    "names_of",
]

Operator = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Span:
    """The characters a node covers: ``start`` from 0, ``end`` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Constant(Span):
    """A literal: an integer, a text, true or false."""

    value: Value


@dataclass(frozen=True, slots=True)
class Read(Span):
    """The value of a fact."""

    name: str


@dataclass(frozen=True, slots=True)
class Has(Span):
    """``has(name)``: whether a fact or information item is known."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation(Span):
    """``!operand``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Junction(Span):
    """Two or more parts joined by ``&&`` (``every``) or by ``||``."""

    every: bool
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Span):
    """Two parts compared with each other."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Membership(Span):
    """``left in [values]``."""

    left: Node
    values: tuple[Constant, ...]


Node: TypeAlias = Constant | Read | Has | Negation | Junction | Comparison | Membership


def names_of(node: Node) -> tuple[str, ...]:
    """The names a part reads, ``has`` included, in order of reading, each once."""
    return tuple(dict.fromkeys(_reads(node)))


def _reads(node: Node) -> Iterator[str]:
    match node:
        case Read(name=name) | Has(name=name):
            yield name
        case Negation(operand=inner) | Membership(left=inner):
            yield from _reads(inner)
        case Comparison(left=left, right=right):
            yield from _reads(left)
            yield from _reads(right)
        case Junction(parts=parts):
            for part in parts:
                yield from _reads(part)
        case Constant():
            pass


def is_conjunction(node: Node) -> bool:
    """Whether a tree is one part, or parts joined by ``&&``, with no junction inside a part."""
    if isinstance(node, Junction):
        return node.every and all(map(is_conjunction, node.parts))
    return not _has_junction(node)


def _has_junction(node: Node) -> bool:
    match node:
        case Junction():
            return True
        case Negation(operand=operand):
            return _has_junction(operand)
        case Comparison(left=left, right=right):
            return _has_junction(left) or _has_junction(right)
        case Membership(left=left):
            return _has_junction(left)
    return False
