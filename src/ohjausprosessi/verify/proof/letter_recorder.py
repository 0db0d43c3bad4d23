"""What rules see of a course, written down while it is explored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.rules import alphabet
from ohjausprosessi.rules.alphabet import ANSWERS, Letter, by_time, somebody

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.net import Compiled
    from ohjausprosessi.net.compiled import Move
    from ohjausprosessi.rules.claims import Condition
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicStep


class Recorder:
    """Writes letters for the rules of a definition (``running.Watcher``).

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
        """Return one role of each sort that the rules can tell apart; None = time does it."""
        if not self._who or move.net.scope != 0:
            return (somebody(move),)
        sorts: dict[frozenset[str], str | None] = {self._seen(role): role for role in move.roles}
        if by_time(move):
            sorts[frozenset()] = None
        return tuple(sorts.values())

    def happens(self, move: Move, by: str | None, running: SymbolicStep) -> None:
        """Write down the withdrawals and the act of a move."""
        compiled = self._compiled
        taken = (move.net.inputs | move.net.resets) & running.marking
        answered = move.net.inputs if move.net.kind in ANSWERS else frozenset[int]()
        for place in sorted(taken - answered):
            found = compiled.net.places[place]
            if found.kind == "offered" and found.scope == 0:
                self._write(alphabet.of_withdrawal(found.transition or ""), running)
        for letter in alphabet.of_move(compiled, move, by):
            self._write(letter, running)

    def enters(self, state: str, left: frozenset[str | None], running: SymbolicStep) -> None:
        """Write down a state that is entered."""
        self._write(alphabet.of_state(self._compiled.definition, state, left), running)

    def recorded(self, duty: str, role: str, running: SymbolicStep) -> None:
        """Write down the record of a duty."""
        self._write(alphabet.of_duty(self._compiled.definition, duty, role), running)

    def _write(self, letter: Letter, running: SymbolicStep) -> None:
        true: set[str] = set()
        for condition in self._conditions:
            if condition.atoms is not None and not condition.atoms & letter.atoms:
                continue
            if condition.first and condition.first not in true:
                continue
            if running.judge(condition.guard, 0) is True:
                true.add(condition.key)
        running.letters.append(letter._replace(true=frozenset(true)))
