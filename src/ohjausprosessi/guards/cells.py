"""Partition the values of each fact into finitely many cells that the guards at hand cannot split.

A fact that guards compare with literals only needs one representative of each cell: the literals
themselves and one value of every interval between them. Facts that are compared with each other
form a group. The members of a group share their literals, and every interval contributes as many
representatives as the group has members, because at most that many values can differ at once. With
``min`` and ``max`` as further cuts the representatives stand for all valuations exactly.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ohjausprosessi.guards.tree import Comparison, Constant, Junction, Membership, Negation, Read
from ohjausprosessi.guards.unknown import UNKNOWN
from ohjausprosessi.model import Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ohjausprosessi.guards.guard import Guard
    from ohjausprosessi.guards.tree import Node
    from ohjausprosessi.guards.unknown import Known
    from ohjausprosessi.model import Info, Value

__all__ = ["cells", "indistinct"]

_ANOTHER_TEXT = "…"  # stands for any text, in every language


def cells(guards: Iterable[Guard]) -> Mapping[str, tuple[Known, ...]]:
    """One representative value for each cell of each name that the guards read.

    Facts are complete, so a fact is never unknown; an information item is unknown or known.

    Args:
        guards: guards over the same facts.
    """
    kinds, literals, groups = _compared(guards)
    return {name: _values(kinds, name, groups.of(name), literals) for name in kinds}


def indistinct(guards: Iterable[Guard]) -> Callable[[str, Value, Value], bool]:
    """A predicate over a name and two of its values: true if no guard distinguishes the two.

    The values must be of the type of the fact. Different values of a fact that guards compare with
    other facts are always distinguished.
    """
    kinds, literals, groups = _compared(guards)

    def are_alike(name: str, one: Value, other: Value) -> bool:
        if one == other:
            return True
        fact = kinds.get(name)
        if isinstance(fact, Fact) and (fact.type == "bool" or len(groups.of(name)) > 1):
            return False
        named = literals.get(name, set())
        if isinstance(one, int) and isinstance(other, int):
            low, high = min(one, other), max(one, other)
            return not any(isinstance(cut, int) and low <= cut <= high for cut in named)
        return one not in named and other not in named

    return are_alike


def _compared(
    guards: Iterable[Guard],
) -> tuple[dict[str, Fact | Info], Mapping[str, set[Value]], _Groups]:
    """The names that guards read, the literals compared with each, and the groups they form."""
    kinds: dict[str, Fact | Info] = {}
    literals: defaultdict[str, set[Value]] = defaultdict(set)
    groups = _Groups()
    for guard in guards:
        kinds |= guard.facts
        for comparison in _comparisons(guard.tree):
            match comparison:
                case Comparison(left=Read(name=left), right=Read(name=right)):
                    groups.join(left, right)
                case Comparison(left=Read(name=name), right=Constant(value=value)):
                    literals[name].add(value)
                case Comparison(left=Constant(value=value), right=Read(name=name)):
                    literals[name].add(value)
                case Membership(left=Read(name=name), values=values):
                    literals[name] |= {listed.value for listed in values}
    return kinds, literals, groups


def _comparisons(node: Node) -> Iterator[Comparison | Membership]:
    todo = [node]
    while todo:
        match part := todo.pop():
            case Negation(operand=operand):
                todo.append(operand)
            case Junction(parts=parts):
                todo.extend(parts)
            case Comparison(left=left, right=right):
                yield part
                todo += (left, right)
            case Membership(left=left):
                yield part
                todo.append(left)


class _Groups:
    """Which facts are compared with each other, directly or through others."""

    def __init__(self) -> None:
        self.members: dict[str, list[str]] = {}

    def of(self, name: str) -> Sequence[str]:
        return self.members.get(name, (name,))

    def join(self, one: str, other: str) -> None:
        if one not in self.of(other):
            joint = [*self.of(one), *self.of(other)]
            self.members |= dict.fromkeys(joint, joint)


def _values(
    kinds: Mapping[str, Fact | Info],
    name: str,
    group: Sequence[str],
    literals: Mapping[str, set[Value]],
) -> tuple[Known, ...]:
    fact = kinds[name]
    if not isinstance(fact, Fact):
        return (UNKNOWN, _ANOTHER_TEXT)
    named = {value for member in group for value in literals.get(member, ())}
    if fact.type == "bool":
        return (False, True)
    if fact.type == "enum":
        return _choices(fact, named, every=len(group) > 1)
    if fact.type == "text":
        return _texts({value for value in named if isinstance(value, str)}, len(group))
    cuts = {value for value in named if isinstance(value, int)}
    if len(group) > 1:
        bounds = (bound for member in group for bound in _bounds(kinds[member]))
        cuts |= {bound for bound in bounds if bound is not None}
    return _numbers(fact, sorted(cuts), len(group))


def _bounds(fact: Fact | Info) -> tuple[int | None, int | None]:
    return (fact.min, fact.max) if isinstance(fact, Fact) else (None, None)


def _choices(fact: Fact, named: set[Value], *, every: bool) -> tuple[str, ...]:
    """The values of an enum that are named and the first other one, or every value."""
    if every:
        return tuple(fact.values)
    other = next((value for value in fact.values if value not in named), None)
    return tuple(value for value in fact.values if value in named or value == other)


def _texts(named: set[str], others: int) -> tuple[str, ...]:
    """The texts that are named and ``others`` further ones."""
    texts = sorted(named)
    number = 1
    while others:
        text = _ANOTHER_TEXT if number == 1 else f"{_ANOTHER_TEXT} {number}"
        number += 1
        if text not in named:
            texts.append(text)
            others -= 1
    return tuple(texts)


def _numbers(fact: Fact, cuts: Sequence[int], each: int) -> tuple[int, ...]:
    """The cuts within the bounds, and ``each`` numbers of every interval between them."""
    least, greatest = fact.min, fact.max
    inside = [
        cut
        for cut in cuts
        if (least is None or least <= cut) and (greatest is None or cut <= greatest)
    ]
    numbers: list[int] = []
    low = least
    for cut in inside:
        numbers += _interval(low, cut - 1, each)
        numbers.append(cut)
        low = cut + 1
    numbers += _interval(low, greatest, each)
    return tuple(numbers)


def _interval(low: int | None, high: int | None, most: int) -> range:
    """The lowest numbers between two inclusive bounds, ``most`` at most; None = unbounded."""
    if low is None:
        low = 0 if high is None else high - most + 1
    return range(low, low + most if high is None else min(high + 1, low + most))
