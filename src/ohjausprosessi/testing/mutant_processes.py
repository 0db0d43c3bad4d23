"""Mutants of a definition, to test tests: a rule that no mutant breaks constrains nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.verify import mutation
from ohjausprosessi.wellformedness import problems

if TYPE_CHECKING:
    from ohjausprosessi.process import Process
    from ohjausprosessi.verify.mutation import Mutant

__all__ = ["Mutants", "mutants"]


@dataclass(frozen=True, slots=True)
class Mutants:
    """The one-edit changes of a definition (``verify.mutation``).

    Attributes:
        meant: those that still have a meaning, so that cases of them can be run.
        refused: those that loading refuses; nobody has to test for them.
    """

    meant: tuple[Mutant, ...]
    refused: tuple[Mutant, ...]


def mutants(process: Process) -> Mutants:
    """Every one-edit change of a definition, in the order of the file.

    Of each transition: dropped; redirected; its guard negated, or left out; its hand-off left out.
    Of each state: owned by another. ``Process(mutant.definition)`` runs one.
    """
    meant: list[Mutant] = []
    refused: list[Mutant] = []
    for mutant in mutation.mutants(process.definition):
        nameless = mutation.names_nothing(mutant.definition)
        fails = nameless or problems(mutant.definition)
        (refused if fails else meant).append(mutant)
    return Mutants(tuple(meant), tuple(refused))
