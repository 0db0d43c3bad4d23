"""The parts of a guard, each with its place in the text.

A tree is made by ``syntax`` and typed by ``checking``; whoever reads it after that (``judging``,
``emitting``, ``domains``) may rely on every name being a fact and every comparison being of one
type.
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
    "reads",
]

Operator = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands: ``start`` from 0, ``end`` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Constant(Place):
    """A literal."""

    value: Value


@dataclass(frozen=True, slots=True)
class Read(Place):
    """A fact by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Has(Place):
    """``has(name)``: whether a fact or information item is known."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation(Place):
    """``!operand``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Junction(Place):
    """Two or more parts joined by ``&&`` (``every``) or by ``||``."""

    every: bool
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Place):
    """Two values compared."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Membership(Place):
    """``left in [values]``."""

    left: Node
    values: tuple[Constant, ...]


Node: TypeAlias = Constant | Read | Has | Negation | Junction | Comparison | Membership


def reads(node: Node) -> Iterator[str]:
    """Yield the names a part reads, ``has`` included, in order of reading, repeated ones too."""
    match node:
        case Read(name=name) | Has(name=name):
            yield name
        case Negation(operand=inner) | Membership(left=inner):
            yield from reads(inner)
        case Comparison(left=left, right=right):
            yield from reads(left)
            yield from reads(right)
        case Junction(parts=parts):
            for part in parts:
                yield from reads(part)
        case Constant():
            pass
