"""The net of a definition: 1-safe places and transitions with reset arcs (SEMANTICS §3).

The engine fires these transitions and the proofs explore them; there is no second reading of a
definition. A net knows no guards, roles, facts or time: they only remove steps (N6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ohjausprosessi.model import Arrow, Definition

__all__ = ["MoveKind", "Net", "NetTransition", "Place", "PlaceKind", "Scope"]

PlaceKind = Literal["state", "arrived", "offered", "returned"]
MoveKind = Literal["transition", "fork", "join", "return", "accept", "decline", "expire"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token can be (N1).

    Attributes:
        number: its number, from 0; outer scopes first, then the order of the file.
        name: its exact name, with the prefix of the calls it lies in.
        scope: number of its scope.
        kind: a state, an arrival at a join, an open hand-off, or a call that has returned.
        state: the state (of an arrival the join, of a returned call the call); of an open hand-off
            the state it left where ``back`` keeps those apart, else None.
        transition: of an arrival or an open hand-off, the transition.
        outcome: of a returned call, the result.
    """

    number: int
    name: str
    scope: int
    kind: PlaceKind
    state: str | None
    transition: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """One process that can run inside a case: the root, or a call's.

    Attributes:
        number: its number; 0 is the root, outer scopes come before inner ones.
        prefix: what its names begin with: empty for the root, else ``call/`` or ``call/call/``.
        definition: what it runs.
        parent: number of the calling scope; None for the root.
        call: number of the place of the call it runs inside; None for the root.
        places: numbers of all its places, those of nested calls included.
    """

    number: int
    prefix: str
    definition: Definition
    parent: int | None
    call: int | None
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class NetTransition:
    """One row of the table of moves (N3).

    Attributes:
        number: its number, from 0.
        id: unique: the event name, and where several share it ``@`` and the place they leave.
        name: the event name, exact.
        kind: what sort of move it is.
        scope: number of the scope whose places it moves.
        inputs: places that must be marked.
        resets: places that are emptied, marked or not.
        outputs: places that become marked.
        eager: whether it is fired before all others, waiting for nothing but room (E2).
        ends: whether it enters an end.
        arrows: the arrows it goes along; several for a fork, none for a return.
        target: of an answer and a return, the state that is entered, if one is.
    """

    number: int
    id: str
    name: str
    kind: MoveKind
    scope: int
    inputs: frozenset[int]
    resets: frozenset[int]
    outputs: frozenset[int]
    eager: bool
    ends: bool
    arrows: tuple[Arrow, ...]
    target: str | None


@dataclass(frozen=True, slots=True)
class Net:
    """A compiled definition.

    Attributes:
        definition: what was compiled.
        scopes: the root and every call, outer before inner.
        places: all places; a place's number is its index.
        transitions: all moves; a transition's number is its index.
        initial: the marking a case starts with (N4).
        finals: the ends of the root: exactly one of them marked is a final marking.
    """

    definition: Definition
    scopes: tuple[Scope, ...]
    places: tuple[Place, ...]
    transitions: tuple[NetTransition, ...]
    initial: frozenset[int]
    finals: tuple[int, ...]
