"""What can be known of a client, as positions in a list: facts, information, guards over them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ohjausprosessi.guards import UNKNOWN, Unknown, UnknownFact
from ohjausprosessi.model import Fact, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ohjausprosessi.guards import Guard
    from ohjausprosessi.model import Info
    from ohjausprosessi.net.net import Net, Scope

__all__ = [
    "LARGEST",
    "BoundGuard",
    "FactSlot",
    "Known",
    "number_facts",
    "storable",
    "unstorable_character",
]

Known: TypeAlias = Value | Unknown
LARGEST = 2**53 - 1  # of an int: what JSON readers keep exactly; the format has the same bounds


_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def unstorable_character(text: str) -> str | None:
    """Find the first character that UTF-8 (a lone surrogate) or a database (NUL) cannot hold."""
    found = _UNSTORABLE.search(text)
    return None if found is None else found.group()


def storable(text: str) -> bool:
    """Tell whether a text can be stored wherever a case is."""
    return _UNSTORABLE.search(text) is None


class FactSlot(NamedTuple):
    """One fact or information item of one scope, as a position in a case's list of facts.

    Attributes:
        number: the position.
        scope: its scope.
        name: its id.
        fact: what it is.
        kind: the type of its values.
        allows: whether a value of that type is one of them; None = every one is.
        default: its value at the start; UNKNOWN for most.
        roles: who may record it; None = anybody.
        phases: phases in which it may be recorded; None = always.
        personal: whether it is shown only to some.
    """

    number: int
    scope: int
    name: str
    fact: Fact | Info
    kind: type
    allows: Callable[[Any], bool] | None
    default: Known
    roles: frozenset[str] | None
    phases: frozenset[str] | None
    personal: bool


class BoundGuard:
    """A guard that reads a case's list of facts."""

    __slots__ = ("_compiled", "_conjunction", "_index", "guard")

    def __init__(self, guard: Guard, index: Mapping[str, int]) -> None:
        self.guard = guard
        self._index = index
        self._conjunction = guard.is_conjunction
        self._compiled: Callable[[Sequence[Known]], bool] | None = None

    @property
    def compiled(self) -> Callable[[Sequence[Known]], bool]:
        """The guard as a Python function; it raises UnknownFact where it would read an unknown."""
        if self._compiled is None:
            self._compiled = self.guard.compiled(self._index)
        return self._compiled

    def holds(self, facts: Sequence[Known]) -> bool:
        """Whether the guard is true; cheaper than ``judge`` where it is not known."""
        try:
            return self.compiled(facts)
        except UnknownFact:
            # What joins its parts by && only is not true once a part is unknown.
            return not self._conjunction and self.judge(facts) is True

    def judge(self, facts: Sequence[Known]) -> bool | None:
        """Judge on a list of facts; None = unknown (F2)."""
        try:
            return self.compiled(facts)
        except UnknownFact:
            return self.guard.judge(self.reader(facts))

    def judge_with(self, value_of: Callable[[int], Known]) -> bool | None:
        """Judge on facts that are asked for by slot; None = unknown (F2)."""
        index = self._index
        return self.guard.judge(lambda name: value_of(index[name]))

    def reader(self, facts: Sequence[Known]) -> Callable[[str], Known]:
        """Give a function from a fact's name to its value."""
        index = self._index
        return lambda name: facts[index[name]]


def number_facts(net: Net) -> tuple[tuple[FactSlot, ...], tuple[dict[str, int], ...]]:
    """Number the facts of every scope; also gives, for each scope, name to number."""
    slots: list[FactSlot] = []
    index: list[dict[str, int]] = []
    for scope in net.scopes:
        own: dict[str, int] = {}
        known: list[Fact | Info] = [*scope.definition.facts.values()]
        known += scope.definition.info.values()
        for fact in known:
            own[fact.id] = len(slots)
            slots.append(_slot(len(slots), scope, fact))
        index.append(own)
    return tuple(slots), tuple(index)


def _domain(fact: Fact | Info) -> tuple[type, Callable[[Any], bool] | None]:
    """Give the type of a fact's values, and a test of them; None = every value of the type."""
    if not isinstance(fact, Fact) or fact.type == "text":
        return str, storable
    if fact.type == "bool":
        return bool, None
    if fact.type == "enum":
        return str, frozenset(fact.values).__contains__
    least = -LARGEST if fact.min is None else fact.min
    most = LARGEST if fact.max is None else fact.max
    return int, lambda value: least <= value <= most


def _slot(number: int, scope: Scope, fact: Fact | Info) -> FactSlot:
    kind, allows = _domain(fact)
    if not isinstance(fact, Fact):
        return FactSlot(
            number, scope.number, fact.id, fact, kind, allows, UNKNOWN, None, None, fact.personal
        )
    return FactSlot(
        number,
        scope.number,
        fact.id,
        fact,
        kind,
        allows,
        UNKNOWN if fact.default is None else fact.default,
        frozenset(scope.definition.roles_of(fact.by)) if fact.by else None,
        frozenset(fact.phases) if fact.phases else None,
        fact.personal,
    )
