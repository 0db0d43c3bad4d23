"""Writes down the letters of each event while the state space is explored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.rules import alphabet
from ohjausprosessi.rules.alphabet import somebody
from ohjausprosessi.rules.claims import judged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.net import Compiled, Move
    from ohjausprosessi.rules.alphabet import Letter
    from ohjausprosessi.rules.claims import Condition
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicStep


class LetterRecorder:
    """Writes down the letters that rules read (``symbolic_step.Watcher``).

    Args:
        compiled: the compiled process.
        conditions: the conditions of the rules.
        named: the atoms that the rules name.

    Attributes:
        guards: the conditions of the rules.
        records: duties and roles whose records are letters: those that a rule names.
    """

    def __init__(
        self, compiled: Compiled, conditions: Iterable[Condition], named: frozenset[str]
    ) -> None:
        self._compiled = compiled
        self._conditions = tuple(conditions)
        self.guards = tuple(condition.guard for condition in self._conditions)
        definition = compiled.definition
        self._who = frozenset({*definition.roles, *definition.owners}) & named
        duties = {atom.split(".")[0] for atom in named} & definition.duties.keys()
        self.records = tuple(
            (duty, role)
            for duty in definition.duties
            for role in definition.roles_of(definition.duties[duty].by)
            if duty in duties or self._seen(role)
        )

    def _seen(self, role: str) -> frozenset[str]:
        return alphabet.of_role(self._compiled.definition, role) & self._who

    def roles(self, move: Move) -> tuple[str | None, ...]:
        """One role for each class of roles that the rules can tell apart; None = a timer."""
        if not self._who or move.net.scope != 0:
            return (somebody(move),)
        classes: dict[frozenset[str], str | None] = {self._seen(role): role for role in move.roles}
        if move.timed:
            classes[frozenset()] = None
        return tuple(classes.values())

    def fires(self, move: Move, by: str | None, step: SymbolicStep) -> None:
        """Write down the withdrawals and the act of a move."""
        for letter in alphabet.of_firing(step, move, by):
            self._write(letter, step)

    def enters(self, place: int, left: frozenset[str | None], step: SymbolicStep) -> None:
        """Write down a state of the root process that is entered."""
        letter = alphabet.of_entry(self._compiled, place, left)
        if letter is not None:
            self._write(letter, step)

    def recorded(self, duty: str, role: str, step: SymbolicStep) -> None:
        """Write down the record of a duty."""
        self._write(alphabet.of_duty(self._compiled.definition, duty, role), step)

    def _write(self, letter: Letter, step: SymbolicStep) -> None:
        step.letters.append(judged(letter, self._conditions, step))
