"""A guard as a typed tree, and the sentinel of an unknown fact.

Every node knows the part of the text it was written as: ``start`` and ``end``, from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.model import Value

__all__ = [
    "UNKNOWN",
    "And",
    "Compare",
    "Has",
    "In",
    "Literal",
    "Node",
    "Not",
    "Or",
    "Read",
    "Unknown",
    "UnknownFact",
    "reads",
]


class UnknownFact(LookupError):  # noqa: N818  a signal between two functions, not a fault
    """A compiled guard met an unknown fact; ``Guard.judge`` decides then."""


class Unknown:
    """The value of a fact that is not known; comparing or testing it raises ``UnknownFact``."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise UnknownFact

    def __eq__(self, other: object) -> NoReturn:
        raise UnknownFact

    def __lt__(self, other: object) -> NoReturn:
        raise UnknownFact

    __ne__ = __le__ = __gt__ = __ge__ = __lt__
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __reduce__(self) -> str:
        return "UNKNOWN"

    def __copy__(self) -> Unknown:
        return self

    def __deepcopy__(self, memo: object) -> Unknown:
        return self


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Literal:
    """An integer, a text, ``true`` or ``false``."""

    value: Value
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Read:
    """A fact."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Has:
    """``has(x)``: whether a fact or information item is known."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """``!x``."""

    part: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class And:
    """``a && b && …``."""

    parts: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Or:
    """``a || b || …``."""

    parts: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Compare:
    """``left op right`` with one of ``== != < <= > >=``."""

    operator: str
    left: Node
    right: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class In:
    """``subject in [a, b]``."""

    subject: Node
    values: tuple[Value, ...]
    start: int
    end: int


Node = Literal | Read | Has | Not | And | Or | Compare | In


def reads(node: Node) -> Iterator[str]:
    """Yield the names a tree reads, in order of reading, repeated where they are read again."""
    match node:
        case Read() | Has():
            yield node.name
        case Not():
            yield from reads(node.part)
        case And() | Or():
            for part in node.parts:
                yield from reads(part)
        case Compare():
            yield from reads(node.left)
            yield from reads(node.right)
        case In():
            yield from reads(node.subject)
        case Literal():
            pass
