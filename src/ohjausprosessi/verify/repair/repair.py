"""Single edits that would mend a definition, each tried and verified.

An edit is offered only if the definition then still has a meaning, has fewer errors and has none
that it did not have. Whether it is the right one for the people concerned is theirs to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.verify.checks.registry import findings
from ohjausprosessi.verify.repair.candidates import edits
from ohjausprosessi.wellformedness import problems

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding, Text
    from ohjausprosessi.model import Definition

__all__ = ["Repair", "repairs"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One edit that mends something.

    Attributes:
        message: what to do, in words.
        definition: the result.
        mended: the errors that are gone.
        remaining: the errors that are left.
    """

    message: Text
    definition: Definition
    mended: tuple[Finding, ...]
    remaining: tuple[Finding, ...]


def repairs(definition: Definition) -> tuple[Repair, ...]:
    """The single edits that mend a definition, the best first.

    Tried: a transition from a state where cases get stuck to an end, the fallback or the start; a
    join before an end that one branch reaches while others are open, or before a state where
    branches meet; an exit of a choice made its else; a join made a place where alternatives meet (a ``choice`` with one exit); two
    transitions into a join made one; ``else: back`` for a hand-off. The best leaves the fewest
    errors, then adds the fewest warnings. A definition without errors needs none.
    """
    before = findings(definition)
    errors = {_identity(f): f for f in before if f.severity == "error"}
    if not errors:
        return ()
    offered: list[tuple[tuple[int, int], Repair]] = []
    for message, edited in edits(definition, errors.values()):
        if problems(edited):
            continue
        after = findings(edited)
        left = {_identity(f): f for f in after if f.severity == "error"}
        mended = tuple(f for key, f in errors.items() if key not in left)
        if mended and left.keys() <= errors.keys():
            warnings = len(after) - len(left)
            repair = Repair(message, edited, mended, tuple(left.values()))
            offered.append(((len(left), warnings), repair))
    offered.sort(key=lambda entry: entry[0])
    return tuple(repair for _, repair in offered)


def _identity(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.code, finding.location.element
