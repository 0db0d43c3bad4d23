"""The token game: how a marking moves, written once (SEMANTICS N5, E1–E5, C1).

``TokenGame`` knows when a move has room, what firing it does to the tokens and to called processes,
and which move fires by itself next. What is known of the client is the subclass's: the engine plays
with a case's facts, times, hand-offs and records (``engine.transaction``), the proofs with symbolic
facts (``verify.state_space.symbolic_step``), monitors with the facts of a log. This module must not
know roles, time, records and proofs.

Two things fire without it and are tested against it: bare workflow nets, which are not 1-safe
(``verify.workflow_net``), and the precomputed steps of a flat case (``net.fast_path``).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ohjausprosessi.model import Value
    from ohjausprosessi.net.compiled import Compiled
    from ohjausprosessi.net.fact_slots import BoundGuard
    from ohjausprosessi.net.moves import Automatic, Called, Move, PlaceEffect

__all__ = ["TokenGame"]


class TokenGame(ABC):
    """A marking that moves, and what is known while it does.

    Attributes:
        compiled: the compiled definition.
        marking: the marked places; changed in place.
    """

    __slots__ = ("compiled", "marking")

    def __init__(self, compiled: Compiled, marking: set[int]) -> None:
        self.compiled = compiled
        self.marking = marking

    # ---- what a subclass knows

    @abstractmethod
    def judge(self, guard: BoundGuard) -> bool | None:
        """Judge a guard on what is known; None = unknown (F2)."""

    @abstractmethod
    def is_unknown(self, slot: int) -> bool:
        """Tell whether a fact or an information item is not known."""

    @abstractmethod
    def assign(self, slot: int, value: Value | None) -> None:
        """Give a fact the value that a move sets; None restores what it was at the start (F1)."""

    @abstractmethod
    def begin(self, called: Called) -> None:
        """Give all facts of a called process that starts their defaults, else make them unknown."""

    @abstractmethod
    def forget(self, called: Called) -> None:
        """Drop all facts of a called process that has ended."""

    @abstractmethod
    def give(self, source: int, target: int) -> None:
        """Copy a fact of the caller to the process that starts, if it is known (C1)."""

    @abstractmethod
    def take(self, source: int, target: int) -> None:
        """Copy a fact of the process that returns to the caller; unknown restores the start (C1)."""

    @abstractmethod
    def phase_at(self, place: int) -> str | None:
        """Name the phase a token stands for: of an open hand-off, that of the state it left."""

    # ---- what a subclass may want to be told

    def firing(self, move: Move, by: str | None) -> None:
        """Hear of a move that fires: every token is still there, nothing is set yet."""

    def emptied(self, place: int, effect: PlaceEffect) -> None:
        """Hear of a token that is taken away."""

    def handing_over(self, move: Move) -> None:
        """Hear of the hand-offs of a move, after its tokens are taken away and its facts are set."""

    def filled(self, place: int, effect: PlaceEffect) -> None:
        """Hear of a token that is put down."""

    def settled(self, move: Move) -> None:
        """Hear of a move that has fired by itself."""

    def blocked(self, move: Move, place: int) -> None:
        """Hear of a move that only a marked output place stops."""

    # ---- where the tokens are

    @property
    def ended(self) -> bool:
        """Whether the root has reached an end."""
        return not self.compiled.ends.isdisjoint(self.marking)

    def runs(self, scope: int) -> bool:
        """Tell whether a scope runs: the root always, a call while its place is marked."""
        call = self.compiled.net.scopes[scope].call
        return call is None or call in self.marking

    def contact(self, move: Move) -> int | None:
        """Find an output place that would be marked twice, if there is one (N5)."""
        for place in move.blocked_by:
            if place in self.marking:
                return place
        return None

    # ---- firing

    def fire(self, move: Move, by: str | None = None) -> None:
        """Fire a move: take its tokens, set its facts, hand over, mark what it leads to (E1)."""
        effects, marking, net = self.compiled.effects, self.marking, move.net
        self.firing(move, by)
        if net.kind == "return" and (called := effects[move.consumes[0]].calls) is not None:
            for source, target in called.takes:
                self.take(source, target)
        for place in sorted(marking & move.empties) if net.resets else move.consumes:
            marking.discard(place)
            effect = effects[place]
            if effect.calls is not None:
                self.forget(effect.calls)
            self.emptied(place, effect)
        for slot, value in move.sets:
            self.assign(slot, value)
        if move.hand_overs:
            self.handing_over(move)
        for place in move.produces:
            self.mark(place)

    def mark(self, place: int) -> None:
        """Put a token at a place; at a call this starts the called process (N2, C1)."""
        self.marking.add(place)
        effect = self.compiled.effects[place]
        if effect.calls is not None:
            self.begin(effect.calls)
            for source, target in effect.calls.gives:
                self.give(source, target)
        self.filled(place, effect)

    # ---- what fires by itself

    def settle(self) -> None:
        """Fire what fires by itself until nothing more can (E2)."""
        automatic = self.compiled.automatic_places
        while not (automatic.isdisjoint(self.marking) or self.ended):
            move = self.next_automatic()
            if move is None:
                return
            self.fire(move)
            self.settled(move)

    def next_automatic(self) -> Move | None:
        """Find the automatic move whose turn it is, if one can fire."""
        automatics = self.compiled.automatics
        turns = [entry for place in self.marking for entry in automatics[place]]
        if len(turns) > 1:
            turns.sort(key=lambda entry: entry.order)
        for entry in turns:
            move = self.choose(entry)
            if move is not None and self.has_room(move):
                return move
        return None

    def choose(self, automatic: Automatic) -> Move | None:
        """Choose the move that an automatic place is to take, or None where it rests (E3, E4).

        The move fires once there is room and the information it needs is known.
        """
        undecided = False
        for move in automatic.moves:
            verdict = True if move.guard is None else self.judge(move.guard)
            if verdict is None:
                undecided = True
            is_else = move.guard is None and len(automatic.moves) > 1
            if verdict is True and not (is_else and undecided):
                return move
        return None

    def has_room(self, move: Move) -> bool:
        """Tell whether a move's tokens and information are there and its outputs are free."""
        if not move.net.inputs <= self.marking or any(map(self.is_unknown, move.needs)):
            return False
        place = self.contact(move)
        if place is not None:
            self.blocked(move, place)
        return place is None
