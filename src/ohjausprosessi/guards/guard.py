"""A guard: a condition over the facts of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.guards import kleene
from ohjausprosessi.guards.compiler import compile_tree
from ohjausprosessi.guards.parser import parse_tree
from ohjausprosessi.guards.tree import Node, Unknown, reads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ohjausprosessi.model import Fact, Info, Value

    ValueOf = Callable[[str], Value | Unknown]

__all__ = ["Guard", "Part", "parse"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a guard.

    Attributes:
        text: as written.
        start: where it begins, from 0.
        end: where it ends.
        reads: names it reads, each once.
    """

    text: str
    start: int
    end: int
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition, parsed and typed.

    Attributes:
        text: as written.
        tree: its typed tree.
        reads: names it reads, in order of reading, each once.
    """

    text: str
    tree: Node
    reads: tuple[str, ...]

    def judge(self, value_of: ValueOf) -> bool | None:
        """Return True, False, or None where unknown facts leave it open (SEMANTICS F2)."""
        return kleene.judge(self.tree, value_of)

    def asks(self, value_of: ValueOf) -> tuple[str, ...]:
        """Return what to find out so that the guard can become true (SEMANTICS F3)."""
        return tuple(dict.fromkeys(kleene.asks(self.tree, value_of)))

    def falsified(self, value_of: ValueOf) -> tuple[Part, ...]:
        """Return the smallest parts that make a false guard false."""
        return tuple(
            Part(
                self.text[node.start : node.end],
                node.start,
                node.end,
                tuple(dict.fromkeys(reads(node))),
            )
            for node in kleene.false_parts(self.tree, value_of)
        )

    def compiled(self, index: Mapping[str, int]) -> Callable[[Sequence[Value | Unknown]], bool]:
        """Return the guard as a Python function over a list of facts; see ``compile_tree``."""
        return compile_tree(self.tree, index)


def parse(text: str, *, facts: Mapping[str, Fact], info: Mapping[str, Info]) -> Guard:
    """Return the guard that a text stands for.

    Args:
        text: the condition.
        facts: the facts it may read, by id.
        info: the information items it may ask for with ``has``, by id.

    Raises:
        GuardError: with the place of the first thing that is wrong.
    """
    tree = parse_tree(text, facts, info)
    return Guard(text, tree, tuple(dict.fromkeys(reads(tree))))
