"""A guard as a value: parsed and type-checked once, then judged, explained or compiled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ohjausprosessi.guards.evaluate import asks, falsified, value_of_part
from ohjausprosessi.guards.syntax import tree_of
from ohjausprosessi.guards.to_python import function_of
from ohjausprosessi.guards.tree import is_conjunction, names_of
from ohjausprosessi.guards.typecheck import check
from ohjausprosessi.guards.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ohjausprosessi.guards.evaluate import Reader
    from ohjausprosessi.guards.tree import Node
    from ohjausprosessi.model import Fact, Info

__all__ = ["Guard", "GuardPart", "parse"]


@dataclass(frozen=True, slots=True)
class GuardPart:
    """A part of a guard, such as the comparison that made it false.

    Attributes:
        start: offset of its first character in the guard, from 0.
        end: offset after its last character.
        text: the part as written.
        reads: the names it reads, in order of reading, each once.
    """

    start: int
    end: int
    text: str
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Guard:
    """A condition over facts; ``parse`` makes it.

    Attributes:
        text: as written.
        tree: its syntax tree, type-checked.
        reads: names of the facts and information items it reads, in order of reading, each once.
        facts: the fact or information item of each of those names.
    """

    text: str
    tree: Node = field(repr=False)
    reads: tuple[str, ...] = field(repr=False)
    facts: Mapping[str, Fact | Info] = field(repr=False)
    _functions: dict[tuple[int, ...], Callable[[Sequence[Any]], bool]] = field(
        default_factory=dict, repr=False
    )

    @property
    def is_conjunction(self) -> bool:
        """Whether the guard only joins comparisons, memberships, facts and ``has`` by ``&&``."""
        return is_conjunction(self.tree)

    def judge(self, value_of: Reader) -> bool | None:
        """Whether the guard is true; None = unknown (SEMANTICS F2).

        Args:
            value_of: gives the value of a fact or information item by its name, or ``UNKNOWN``.
        """
        value = value_of_part(self.tree, value_of)
        return None if value is UNKNOWN else value is True

    def asks(self, value_of: Reader) -> tuple[str, ...]:
        """The unknown names to ask for, in order of reading, each once (SEMANTICS F3)."""
        asked = set(asks(self.tree, value_of))
        return tuple(name for name in self.reads if name in asked)

    def falsified(self, value_of: Reader) -> tuple[GuardPart, ...]:
        """The comparisons that made the guard false; empty if it is not false (SEMANTICS §10)."""
        if self.judge(value_of) is not False:
            return ()
        return tuple(self._part(node) for node in falsified(self.tree, value_of))

    def _part(self, node: Node) -> GuardPart:
        return GuardPart(node.start, node.end, self.text[node.start : node.end], names_of(node))

    def compiled(self, index: Mapping[str, int]) -> Callable[[Sequence[Any]], bool]:
        """The guard as a plain Python function over a list of fact values.

        The function costs as much as a lambda written by hand and is cached by the positions it
        reads. An unknown fact in the list raises ``UnknownFact`` when it is compared or tested;
        call ``judge`` then.

        Args:
            index: the position in the list of every name the guard reads.
        """
        positions = tuple(index[name] for name in self.reads)
        if positions not in self._functions:
            self._functions[positions] = function_of(self.tree, index)
        return self._functions[positions]


def parse(text: str, *, facts: Mapping[str, Fact], info: Mapping[str, Info]) -> Guard:
    """Parse and type-check a guard.

    Args:
        text: the guard, at most 4,096 characters and 64 levels.
        facts: the facts it may read.
        info: the information items it may ask ``has`` of.

    Raises:
        GuardError: the text is no guard over these facts.
    """
    tree = tree_of(text)
    check(text, tree, facts, info)
    names = names_of(tree)
    return Guard(text, tree, names, {n: facts[n] if n in facts else info[n] for n in names})
