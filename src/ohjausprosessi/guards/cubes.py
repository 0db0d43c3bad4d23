"""Sets of valuations encoded as integers, so that questions about guards are answered fast.

A *cube* assigns each name a set of its cells and contains the valuations that draw every value from
the set of its name. It is encoded as one bit field per name, one bit per cell, with a spare bit
above each field. The bitwise ``&`` of two codes is the intersection of the two cubes. Adding the
code whose field bits are all set carries into the spare bit of every field that is not empty, so
one addition decides whether a cube is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.guards.evaluate import OPERATIONS
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
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ohjausprosessi.guards.tree import Node
    from ohjausprosessi.guards.unknown import Known

__all__ = ["Space", "TooManyCubesError"]

# Cubes visited before giving up, well under a second. Guards that people write need hundreds.
_MOST_STEPS = 200_000


class TooManyCubesError(Exception):
    """Answering would take more cubes than the budget allows."""


class _Field(NamedTuple):
    """The bit field of a name within a cube."""

    shift: int
    values: tuple[Known, ...]
    bits: int
    spare: int


class Space:
    """All valuations of some names, and operations on cubes of them.

    Attributes:
        whole: the cube of all valuations.
        steps: cubes visited so far; set it to 0 before each question.
    """

    def __init__(self, cells: Mapping[str, tuple[Known, ...]]) -> None:
        self.fields: dict[str, _Field] = {}
        shift = 0
        for name, values in cells.items():
            end = shift + len(values)
            self.fields[name] = _Field(shift, values, (1 << end) - (1 << shift), 1 << end)
            shift = end + 1
        self.whole = sum(field.bits for field in self.fields.values())
        self.spares = sum(field.spare for field in self.fields.values())
        self._field_of_spare = {field.spare: field.bits for field in self.fields.values()}
        self._atoms: dict[object, int] = {}
        self.steps = 0

    # ---- from trees to cubes

    def cubes(self, node: Node, *, wanted: bool = True) -> Sequence[int]:
        """Cubes whose union is the set of valuations for which a part has the ``wanted`` value.

        Raises:
            TooManyCubesError: the budget is exhausted.
        """
        self._spend(1)
        match node:
            case Constant(value=value):
                return (self.whole,) if value is wanted else ()
            case Read(name=name):
                return self._where(("is", name, wanted), name, lambda value: value is wanted)
            case Has(name=name):
                known = lambda value: (value is not UNKNOWN) is wanted  # noqa: E731  short beside
                return self._where(("has", name, wanted), name, known)
            case Negation(operand=operand):
                return self.cubes(operand, wanted=not wanted)
            case Junction(every=every, parts=parts):
                found = (self.cubes(part, wanted=wanted) for part in parts)
                return self._meet(found) if every is wanted else self._gather(found)
            case Comparison():
                return self._comparison(node, wanted=wanted)
            case Membership():
                return self._membership(node, wanted=wanted)

    def _where(self, key: object, name: str, fits: Callable[[Known], bool]) -> Sequence[int]:
        """The cube of the valuations in which the value of one name fits; empty if there is none.

        The cube is cached under ``key``.
        """
        cube = self._atoms.get(key)
        if cube is None:
            shift, values, bits, _ = self.fields[name]
            mask = sum(1 << n for n, value in enumerate(values) if fits(value))
            cube = self._atoms[key] = self.whole ^ bits | mask << shift if mask else 0
        return (cube,) if cube else ()

    def _gather(self, parts: Iterable[Sequence[int]]) -> Sequence[int]:
        """The union of several unions of cubes."""
        found = tuple(dict.fromkeys(cube for cubes in parts for cube in cubes))
        self._spend(len(found))
        return found

    def _meet(self, parts: Iterable[Sequence[int]]) -> Sequence[int]:
        """The intersection of several unions of cubes."""
        whole, spares = self.whole, self.spares
        found: Sequence[int] = (whole,)
        for cubes in parts:
            self._spend(len(found) * len(cubes))
            meets = dict.fromkeys(one & other for one in found for other in cubes)
            found = [cube for cube in meets if (cube + whole) & spares == spares]
        return found

    def _comparison(self, node: Comparison, *, wanted: bool) -> Sequence[int]:
        holds = OPERATIONS[node.operator]
        match node.left, node.right:
            case Constant(value=left), Constant(value=right):
                return (self.whole,) if holds(left, right) is wanted else ()
            case Read(name=name), Constant(value=right):
                return self._where(
                    ("fact", node.operator, name, right, wanted),
                    name,
                    lambda value: holds(value, right) is wanted,
                )
            case Constant(value=left), Read(name=name):
                return self._where(
                    ("value", left, node.operator, name, wanted),
                    name,
                    lambda value: holds(left, value) is wanted,
                )
            case Read(name=name), Read(name=other) if name == other:
                return self._where(
                    ("self", node.operator, name, wanted),
                    name,
                    lambda value: holds(value, value) is wanted,
                )
            case Read(name=name), Read(name=other):
                return self._pairs(name, other, lambda one, two: holds(one, two) is wanted)
        # At least one side is a condition, so both are true or false.
        alike = (node.operator == "==") is wanted
        return self._gather(
            self._meet(
                (
                    self.cubes(node.left, wanted=left),
                    self.cubes(node.right, wanted=left is alike),
                )
            )
            for left in (True, False)
        )

    def _pairs(self, one: str, two: str, fits: Callable[[Known, Known], bool]) -> Sequence[int]:
        """Cubes of the valuations in which the values of two names fit together."""
        first, second = self.fields[one], self.fields[two]
        partners: dict[int, int] = {}
        for position, value in enumerate(first.values):
            mask = sum(1 << n for n, other in enumerate(second.values) if fits(value, other))
            partners[mask] = partners.get(mask, 0) | 1 << position
        rest = self.whole ^ first.bits ^ second.bits
        return [
            rest | own << first.shift | mask << second.shift
            for mask, own in partners.items()
            if mask
        ]

    def _membership(self, node: Membership, *, wanted: bool) -> Sequence[int]:
        listed = {constant.value for constant in node.values}
        match node.left:
            case Constant(value=value):
                return (self.whole,) if (value in listed) is wanted else ()
            case Read(name=name):
                key = ("in", name, frozenset(listed), wanted)
                return self._where(key, name, lambda value: (value in listed) is wanted)
        allowed = [value for value in (True, False) if (value in listed) is wanted]
        return self._gather(self.cubes(node.left, wanted=value) for value in allowed)

    # ---- questions

    def common(self, first: Sequence[int], second: Sequence[int]) -> int | None:
        """A cube contained in both unions of cubes; None if they are disjoint.

        Raises:
            TooManyCubesError: the budget is exhausted.
        """
        whole, spares = self.whole, self.spares
        self._spend(len(first) * len(second))
        for one in first:
            for other in second:
                both = one & other
                if (both + whole) & spares == spares:
                    return both
        return None

    def remainder(self, regions: Sequence[int], cubes: Sequence[int]) -> int | None:
        """A cube within the regions that is disjoint from all ``cubes``; None if they are covered.

        A partly covered region is split along one name of the cube that narrows the fewest names:
        the name that most cubes narrow.

        Raises:
            TooManyCubesError: the budget is exhausted.
        """
        whole, spares = self.whole, self.spares
        todo = [
            (region, cubes) for region in reversed(regions) if (region + whole) & spares == spares
        ]
        while todo:
            region, live = todo.pop()
            self._spend(len(live))
            live = [cube for cube in live if ((cube & region) + whole) & spares == spares]
            if not live:
                return region
            # The spare bits of the names that each cube narrows within the region.
            narrowed = [((region & ~cube) + whole) & spares for cube in live]
            if 0 in narrowed:
                continue
            widest = min(range(len(live)), key=lambda n: narrowed[n].bit_count())
            bits = self._field_of_spare[_most_common(narrowed[widest], narrowed)]
            outside = region & ~(bits & live[widest])
            inside = region & ~(bits & ~live[widest])
            todo += [(outside, live), (inside, live)]
        return None

    def _spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > _MOST_STEPS:
            raise TooManyCubesError

    def valuation(self, cube: int, names: Iterable[str]) -> dict[str, Known]:
        """A valuation of the names within a cube, which must not be empty."""
        found: dict[str, Known] = {}
        for name in names:
            shift, values, bits, _ = self.fields[name]
            mask = (cube & bits) >> shift
            found[name] = values[(mask & -mask).bit_length() - 1]
        return found


def _most_common(choices: int, narrowed: Iterable[int]) -> int:
    """The bit of ``choices`` that is set in most of ``narrowed``, the lowest of several."""
    best, most = 0, -1
    while choices:
        bit = choices & -choices
        choices ^= bit
        if (count := sum(1 for other in narrowed if other & bit)) > most:
            best, most = bit, count
    return best
