"""Coverage of a process: transitions, answers to hand-offs, boundaries of guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.guards import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.engine import Case
    from ohjausprosessi.guards import Guard
    from ohjausprosessi.net import Move
    from ohjausprosessi.process import Process

__all__ = ["Count", "Coverage"]

_OUTCOMES = {"true": True, "not true": False}


class Count(NamedTuple):
    """How much of something has been met.

    Attributes:
        what: what is counted.
        met: how many were met.
        missed: exact names of those that were not; of a guard, what of it was not.
    """

    what: str
    met: int
    missed: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.what} {self.met}/{self.met + len(self.missed)}"


class Coverage:
    """Counts what cases of a process, and of the processes it calls, have met.

    *Transitions*: each transition, taken. *Hand-offs*: each possible answer, given: accepted,
    declined and, where there is a time limit, expired. *Guard boundaries*: each guard found true,
    and found not true, of a client who waits where it decides.

    Example:
        import ohjausprosessi as op
        from ohjausprosessi.testing import Coverage

        process = op.load("ohjausprosessi_koulutukseen")
        coverage = Coverage(process)
        coverage.see(process.start("asiakas-1").advance("hakeudu_ohjaukseen", by="asiakas"))
        assert str(coverage.transitions) == "transitions 1/30"
    """

    def __init__(self, process: Process) -> None:
        self.process = process
        self._compiled = process.compiled
        happening = {move.net.name for move in self._compiled.moves if move.net.kind != "return"}
        answers = {
            move.net.name
            for move in self._compiled.moves
            if move.net.kind in {"accept", "decline", "expire"}
        }
        targets = [name for name in self._compiled.targets if name in happening]
        self._answers = tuple(name for name in targets if name in answers)
        self._transitions = tuple(name for name in targets if name not in answers)
        self._guarded: dict[int, list[tuple[str, Move, Guard]]] = {}
        for move in self._compiled.moves:
            if move.guard is not None:
                entry = (move.net.name, move, move.guard.guard)
                self._guarded.setdefault(min(move.net.inputs), []).append(entry)
        guarded = [name for entries in self._guarded.values() for name, _, _ in entries]
        self._guards = tuple(dict.fromkeys(guarded))
        self._happened: set[str] = set()
        self._judged: set[tuple[str, bool]] = set()
        self._seen: dict[str, int] = {}

    def see(self, case: Case) -> None:
        """Count what has happened to a case, and what its guards say now.

        A case seen again soon after costs little: what came before its last seen event is not read.
        """
        known = self._seen.get(case.id, 0)
        self._seen = {case.id: case.seq}
        for event in case.history[known if known <= case.seq else 0 :]:
            self._happened.add(event.transition)
            self._judged.add((event.transition, True))
        for name in () if case.ended else case.active:
            for exact, move, guard in self._guarded.get(self._compiled.place_numbers[name], ()):
                if {(exact, True), (exact, False)} <= self._judged:
                    continue
                prefix = self._compiled.net.scopes[move.net.scope].prefix
                facts = case.facts_in(prefix.removesuffix("/"))
                verdict = guard.judge(lambda fact, f=facts: f.get(fact, UNKNOWN))  # type: ignore[misc]
                self._judged.add((exact, verdict is True))

    @property
    def transitions(self) -> Count:
        """The transitions that were taken."""
        return _count("transitions", self._transitions, self._happened)

    @property
    def handoffs(self) -> Count:
        """The answers to hand-offs that were given."""
        return _count("hand-offs", self._answers, self._happened)

    @property
    def guards(self) -> Count:
        """The boundaries of guards that were met on both sides."""
        missed: list[str] = []
        for name in self._guards:
            never = [t for t, found in _OUTCOMES.items() if (name, found) not in self._judged]
            if never:
                missed.append(f"{name} (never {' and never '.join(never)})")
        return Count("guard boundaries", len(self._guards) - len(missed), tuple(missed))

    def lines(self) -> Sequence[str]:
        """A line with the counts, and one for each count that is not full."""
        counts = (self.transitions, self.handoffs, self.guards)
        found = [f"{self.process.id}: {', '.join(map(str, counts))}"]
        found += [f"  not met, {c.what}: {', '.join(c.missed)}" for c in counts if c.missed]
        return found


def _count(what: str, names: Iterable[str], met: set[str]) -> Count:
    wanted = tuple(names)
    missed = tuple(name for name in wanted if name not in met)
    return Count(what, len(wanted) - len(missed), missed)
