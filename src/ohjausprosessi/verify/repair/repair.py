"""Verifies repair candidates and ranks them.

An edit is offered only if the edited definition is well-formed, has fewer errors and has no new one.
Whether it is the right one for the people concerned is for them to decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.net import Compiled
from ohjausprosessi.verify.checks.registry import findings
from ohjausprosessi.verify.repair.candidates import edits
from ohjausprosessi.wellformedness import problems

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding, Text
    from ohjausprosessi.model import Definition

__all__ = ["Repair", "repairs"]


@dataclass(frozen=True, slots=True)
class Repair:
    """An edit that removes at least one error.

    Attributes:
        message: what to do.
        definition: the edited definition.
        mended: the errors it removes.
        remaining: the errors that remain.

    Example:
        import ohjausprosessi as op

        process = op.from_data({
            "ohjausprosessi": 1, "id": "jumi", "version": "1", "responsible": "kunta",
            "start": "alku", "owners": {"kunta": {}}, "roles": {"neuvoja": {"owner": "kunta"}},
            "states": {
                "alku": {"owner": "kunta"},
                "umpikuja": {"owner": "kunta"},
                "loppu": {"kind": "end", "owner": "kunta"},
            },
            "transitions": {
                "paata": {"from": "alku", "to": "loppu", "by": "neuvoja"},
                "jatka": {"from": "alku", "to": "umpikuja", "by": "neuvoja"},
            },
        })
        best = op.verify.repairs(process.compiled)[0]
        assert "no-way-to-end" in {finding.code for finding in best.mended}
        assert op.Process(best.definition).check()
    """

    message: Text
    definition: Definition
    mended: tuple[Finding, ...]
    remaining: tuple[Finding, ...]


def repairs(process: Definition | Compiled) -> tuple[Repair, ...]:
    """Find single edits that remove errors of a process, the best first; each has been verified.

    Candidates: a transition out of a state where cases get stuck, to an end, the fallback or the
    start; a join before an end or a state where branches meet; removing the guard of an exit of a
    choice; a join turned into a ``choice`` with one exit; two transitions into a join merged;
    ``else: back`` for a hand-off. The best leaves the fewest errors, then the fewest warnings.

    Args:
        process: ``Process.compiled``, or a definition.

    Returns:
        The edits; none for a process without errors.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        assert op.verify.repairs(process.compiled) == ()
    """
    compiled = Compiled.of(process)
    before = findings(compiled)
    errors = {_identity(f): f for f in before if f.severity == "error"}
    if not errors:
        return ()
    offered: list[tuple[tuple[int, int], Repair]] = []
    for message, edited in edits(compiled.definition, errors.values()):
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
