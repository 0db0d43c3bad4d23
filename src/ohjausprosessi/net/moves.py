"""What a move of the net does, as data: decided once per definition, interpreted by the token game.

A move consumes tokens, resets places, produces tokens, sets facts, hands the client over, and lets a
call take its results back; a place that becomes marked arms time limits and starts a called process,
one that is emptied disarms and forgets them. The engine interprets this for one case, with times,
hand-offs and records; the proofs interpret it with symbolic facts (``net.token_game``). A key of the
format that changes what a step does is added here and in ``net.compiled``, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from ohjausprosessi.model import Duty, Transition, Value
    from ohjausprosessi.net.calendar import Length
    from ohjausprosessi.net.fact_slots import BoundGuard, Known
    from ohjausprosessi.net.net import NetTransition

__all__ = ["Automatic", "Called", "DutyClock", "HandOver", "Move", "PlaceEffect", "Target"]


class HandOver(NamedTuple):
    """One way in which a move passes the client to another organisation (H1–H3).

    Attributes:
        giver: the organisation that has the client before.
        receiver: the organisation that has the client afterwards.
        place: the place of the open hand-off; None where the client passes without an answer.
        state: exact name of the waiting state that is left; None where none is.
        phase: phase of that state.
    """

    giver: str
    receiver: str
    place: int | None
    state: str | None
    phase: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A transition of the net: who may fire it and when, and what firing it does.

    Attributes:
        net: the transition of the net; the sets of places it consumes, resets and produces.
        transition: the transition of the definition; None for a fork and a return.
        consumes: the places it consumes a token from, ascending.
        empties: the places it consumes from or resets.
        produces: the places it marks, ascending.
        blocked_by: the places of ``produces`` that stop it while they are marked (N5).
        roles: the roles that may fire it; empty where only time or the process itself does.
        guard: its condition.
        needs: slots of the information that must be known (H3).
        sets: pairs of a fact's slot and a value; None restores what the fact was at the start.
        hand_overs: the hand-offs it opens or passes; none for an answer.
        shows: slots of the personal information that travels with the hand-off (F6).
        state: exact name of the state it leaves, if it leaves one.
        outcome: of a return, the result of the called process.
        answers: whether it answers a hand-off: accept, decline or expire.
        interrupts: whether it is an interrupt (X1); the answer to one is not.
        automatic: whether it fires by itself (E2).
        timed: whether time can fire it: it has an ``after``, or is an expiry.
    """

    net: NetTransition
    transition: Transition | None
    consumes: tuple[int, ...]
    empties: frozenset[int]
    produces: tuple[int, ...]
    blocked_by: tuple[int, ...]
    roles: tuple[str, ...]
    guard: BoundGuard | None
    needs: tuple[int, ...]
    sets: tuple[tuple[int, Value | None], ...]
    hand_overs: tuple[HandOver, ...]
    shows: tuple[int, ...]
    state: str | None
    outcome: str | None
    answers: bool
    interrupts: bool
    automatic: bool
    timed: bool

    @property
    def giver(self) -> str:
        """The organisation that has the client before."""
        return self.net.arrows[0].giver

    @property
    def receiver(self) -> str:
        """The organisation that has the client afterwards."""
        return self.net.arrows[0].receiver


class Called(NamedTuple):
    """The process that runs while the place of a call is marked (C1).

    Attributes:
        scope: number of its scope.
        slots: the slots of everything that can be known in it, one after another.
        defaults: what is known in them at its start.
        gives: pairs of a slot of the caller and one of its own, copied when it starts if known.
        takes: pairs of a slot of its own and one of the caller, copied back exactly when it returns.
        clocks: the clocks of its duties.
    """

    scope: int
    slots: slice
    defaults: list[Known]
    gives: tuple[tuple[int, int], ...]
    takes: tuple[tuple[int, int], ...]
    clocks: tuple[int, ...]


class PlaceEffect(NamedTuple):
    """What follows when a place becomes marked, holds while it is, and ends when it is emptied.

    Attributes:
        arms: the time limits that start with the token and end with it (T2): the exact name of the
            event, and the length on the calendar of the scope.
        calls: of a call, the process that runs.
        outcome: of an end, its result.
        phase: the phase of the state that a token here stands for.
        stands_for: id of that state; None where an open hand-off has to say it.
        clocks: the clocks of duties that count while a token here stands for that state (T7).
    """

    arms: tuple[tuple[str, Length], ...]
    calls: Called | None
    outcome: str | None
    phase: str | None
    stands_for: str | None
    clocks: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Automatic:
    """What fires by itself at a place (E2–E4).

    Attributes:
        order: its turn; the least goes first.
        moves: the candidates: of a choice its exits in file order, the else last.
    """

    order: int
    moves: tuple[Move, ...]


class DutyClock(NamedTuple):
    """The clock of one entry of a duty (T7).

    Attributes:
        number: its number, from 0.
        scope: number of the scope the duty belongs to.
        duty: id of the duty.
        entry: the owner or role it counts for.
        every: how often the duty is due, on the calendar of the scope.
    """

    number: int
    scope: int
    duty: str
    entry: str
    every: Length


class Target:
    """What an exact name stands for: the moves of a transition or an answer, or a duty.

    Attributes:
        name: the exact name.
        scope: number of its scope.
        order: its order among the targets of the scope.
        moves: its moves, in the order of the net; none for a duty.
        duty: the duty, if it is one.
        roles: of a duty, the roles that may record it; none for moves, each has its own.
        leaving: place to the moves whose first token is there.
    """

    __slots__ = ("_alone", "duty", "leaving", "moves", "name", "order", "roles", "scope")

    def __init__(
        self,
        name: str,
        rank: tuple[int, int],
        moves: tuple[Move, ...],
        duty: Duty | None,
        roles: tuple[str, ...],
    ) -> None:
        self.name = name
        self.scope, self.order = rank
        self.moves = moves
        self.duty = duty
        self.roles = roles
        self.leaving: dict[int, tuple[Move, ...]] = {}
        for move in moves:
            place = move.consumes[0]
            self.leaving[place] = (*self.leaving.get(place, ()), move)
        self._alone = {
            place: tuple(move for move in leaving if len(move.consumes) == 1)
            for place, leaving in self.leaving.items()
        }

    def ready(self, marking: AbstractSet[int]) -> Sequence[Move]:
        """List the moves whose tokens are all there, in the order of the net."""
        if len(marking) == 1:
            (place,) = marking
            return self._alone.get(place, ())
        found = [
            move
            for place in marking
            for move in self.leaving.get(place, ())
            if len(move.consumes) == 1 or move.net.inputs <= marking
        ]
        found.sort(key=lambda move: move.net.number)
        return found
