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
    """The one-edit changes of a definition.

    Attributes:
        meant: those that still have a meaning, so that cases of them can be run.
        refused: those that loading refuses; nobody has to test for them.

    Example:
        import ohjausprosessi as op
        from ohjausprosessi.testing import mutants

        process = op.load("ohjausprosessi_koulutukseen")
        assert mutants(process).meant
    """

    meant: tuple[Mutant, ...]
    refused: tuple[Mutant, ...]


def mutants(process: Process) -> Mutants:
    """Every one-edit change of a process, sorted by whether it can be run.

    The edits are those of ``verify.mutants``; ``Process(mutant.definition)`` runs one. A rule or a
    test that no mutant breaks constrains nothing.

    Example:
        import ohjausprosessi as op
        from ohjausprosessi.testing import mutants

        process = op.load("ohjausprosessi_koulutukseen")
        changed = op.Process(mutants(process).meant[0].definition)
        assert changed.hash != process.hash
    """
    meant: list[Mutant] = []
    refused: list[Mutant] = []
    for mutant in mutation.mutants(process.definition):
        nameless = mutation.names_nothing(mutant.definition)
        fails = nameless or problems(mutant.definition)
        (refused if fails else meant).append(mutant)
    return Mutants(tuple(meant), tuple(refused))
