"""Rules as monitors: a case's events are read one by one, and what they break is told at once.

A rule about traces is run as its automaton (``verify.ltlf``) over the letters of the case, exactly
those it is proved over. It is broken when nothing that may still come can make it true, or when the
case ends and it is not. Of ``within`` only the order is watched, as in the proof: how prompt people
are is no property of a random walk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ohjausprosessi.engine import Case, Machine, start, taken_back
from ohjausprosessi.engine.draft import ANSWERS, Draft
from ohjausprosessi.engine.judge import possible_moves
from ohjausprosessi.engine.record import record_facts
from ohjausprosessi.guards import UNKNOWN, parse
from ohjausprosessi.verify import letters, permissions
from ohjausprosessi.verify.ltlf import FALSE, Automaton
from ohjausprosessi.verify.templates import atoms_of, claims_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ohjausprosessi.engine import Event
    from ohjausprosessi.engine.machine import Move
    from ohjausprosessi.guards import Guard
    from ohjausprosessi.guards.unknown import Unknown
    from ohjausprosessi.model import Definition, Rule, Value
    from ohjausprosessi.verify.letters import Letter
    from ohjausprosessi.verify.ltlf import Formula
    from ohjausprosessi.verify.templates import Claim

__all__ = ["Breach", "Monitor", "Watch"]

_STATIC = frozenset({"allowed", "only"})
_UNWATCHED = frozenset({"always_possible", "every"})


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a case has broken.

    Attributes:
        rule: id of the rule.
        seq: number of the event at which it was broken; 0 where no event can mend or break it.
        why: what is wrong, where more can be said than the rule says.
    """

    rule: str
    seq: int
    why: str = ""

    def text(self, definition: Definition, language: str = "en") -> str:
        """Say it, with the title of the rule."""
        title = definition.rules[self.rule].text(language)
        event = "tapahtuma" if language == "fi" else "event"
        where = f" ({event} {self.seq})" if self.seq else ""
        why = f": {self.why}" if self.why else ""
        return f"{self.rule}: {title}{where}{why}"


class _Condition(NamedTuple):
    """A condition of a rule, judged at letters with one of the atoms; None = at every letter."""

    key: str
    guard: Guard
    atoms: frozenset[str] | None


class _Possible(NamedTuple):
    """A rule ``enabled``: at these states, where the guard holds, each of these can do an act."""

    rule: str
    states: frozenset[str]
    guard: Guard | None
    acts: tuple[str, ...]
    by: tuple[tuple[str, tuple[str | None, ...]], ...]


class _Table:
    """The automaton of a claim over numbers, so that a step that was made before costs little."""

    __slots__ = ("_automaton", "_formulas", "_next", "_numbers", "claim")

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self._automaton = Automaton(claim.formula)
        self._formulas: list[Formula] = [self._automaton.first]
        self._numbers: dict[Formula, int] = {self._automaton.first: 0}
        self._next: dict[tuple[int, Letter], int] = {}

    def step(self, state: int, letter: Letter) -> int:
        """Return the number of the state after a letter."""
        key = (state, letter)
        found = self._next.get(key)
        if found is None:
            formula = self._automaton.step(self._formulas[state], self.claim.propositions(letter))
            found = self._numbers.setdefault(formula, len(self._formulas))
            if found == len(self._formulas):
                self._formulas.append(formula)
            self._next[key] = found
        return found

    def is_lost(self, state: int) -> bool:
        """Return whether nothing that comes can make the claim true."""
        return self._formulas[state] == FALSE

    def accepts(self, state: int) -> bool:
        """Return whether the claim is true of a case that has ended in a state."""
        return self._automaton.accepts(self._formulas[state])


class Watch:
    """The monitors of a definition: made once, they watch any number of cases.

    Args:
        definition: the process.
        rules: ids of the rules to watch; ``"all"`` = every one but those with ``monitor: true``,
            which people have to keep and a random walk cannot.

    Attributes:
        definition: the process.
        machine: the compiled definition.
        watched: ids of the rules watched.
        unwatched: ids of rules asked for that no single case can break: ``always_possible`` (proved
            by ``check``) and ``every`` (a matter of time).

    Raises:
        ValueError: if there is no rule of an id.
    """

    def __init__(self, definition: Definition, rules: str | Iterable[str] = "all") -> None:
        self.definition = definition
        self.machine = Machine(definition)
        if rules == "all":
            chosen = [rule for rule in definition.rules.values() if not rule.monitor]
        else:
            ids = [rules] if isinstance(rules, str) else list(rules)
            if unknown := [rule for rule in ids if rule not in definition.rules]:
                known = ", ".join(definition.rules) or "-"
                raise ValueError(
                    f"there is no rule {unknown[0]!r} in {definition.id}; it has {known}"
                )
            chosen = [definition.rules[rule] for rule in ids]
        self.watched = tuple(rule.id for rule in chosen if rule.rule not in _UNWATCHED)
        self.unwatched = tuple(rule.id for rule in chosen if rule.rule in _UNWATCHED)
        self._enabled = [self._possible(rule) for rule in chosen if rule.rule == "enabled"]
        self._conditions = [c for rule in chosen for c in _conditions(definition, rule)]
        self.tables = [_Table(c) for rule in chosen for c in claims_of(definition, rule)]
        self.static = tuple(self._static(chosen))
        self.named: dict[str, list[Move]] = {}
        for move in self.machine.moves:
            self.named.setdefault(move.net.name, []).append(move)

    def _static(self, rules: Iterable[Rule]) -> Iterator[Breach]:
        """Yield the rules about roles that the definition itself breaks."""
        for rule in rules:
            if rule.rule in _STATIC:
                why = permissions.broken_by(self.machine, rule)
                if why is not None:
                    yield Breach(rule.id, 0, why.en)

    def _possible(self, rule: Rule) -> _Possible:
        definition = self.definition
        then = atoms_of(definition, rule.then)
        acts = tuple(name for name in self.machine.targets if name in then)
        guard = None
        if rule.guard is not None:
            guard = parse(rule.guard, facts=definition.facts, info=definition.info)
        by = tuple((entry, definition.roles_of([entry])) for entry in rule.by)
        states = atoms_of(definition, rule.when)
        return _Possible(rule.id, states, guard, acts, by or (("", (None,)),))

    def monitor(self) -> Monitor:
        """Return a monitor for a new case."""
        return Monitor(self)

    def judged(self, letter: Letter, draft: Draft[Any]) -> Letter:
        """Return a letter with the conditions that are true of the facts as they are."""
        if not self._conditions:
            return letter
        index, facts = self.machine.index[0], draft.facts

        def value_of(name: str) -> Value | Unknown:
            return facts[index[name]]

        true = [
            condition.key
            for condition in self._conditions
            if (condition.atoms is None or condition.atoms & letter.atoms)
            and condition.guard.judge(value_of) is True
        ]
        return letter._replace(true=frozenset(true)) if true else letter

    def prevented(self, case: Case) -> Iterator[Breach]:
        """Yield the rules ``enabled`` that do not hold where a case is now."""
        for possible in self._enabled:
            if possible.states.isdisjoint(case.active):
                continue
            facts = case.facts
            guard = possible.guard
            if guard is not None and guard.judge(lambda n, f=facts: f.get(n, UNKNOWN)) is not True:  # type: ignore[misc]
                continue
            for entry, roles in possible.by:
                if not any(_may(case, act, role) for act in possible.acts for role in roles):
                    yield Breach(possible.rule, case.seq, entry)


def _conditions(definition: Definition, rule: Rule) -> Iterator[_Condition]:
    if rule.rule == "ltlf":
        return
    named = atoms_of(definition, rule.when or rule.then)
    atoms = named | {f"{atom}~opens" for atom in named} if named else None
    for key, text in (("if", rule.guard), ("holds", rule.holds)):
        if text is not None:
            guard = parse(text, facts=definition.facts, info=definition.info)
            yield _Condition(f"{rule.id}.{key}", guard, atoms)


def _may(case: Case, act: str, role: str | None) -> bool:
    """Return whether an act is possible; information that must be told can always be told."""
    said = case.explain(act, role)
    return said.allowed or all(reason.code == "missing" for reason in said.reasons)


class Monitor:
    """The monitors of one case.

    Attributes:
        broken: what the case has broken so far, each rule once.
    """

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.broken: list[Breach] = list(watch.static)
        self._begin()

    def _begin(self) -> None:
        self._draft: Draft[Any] = Draft(
            start(Case, self.watch.machine, "monitored", facts=None, by=None, actor=None, at=None),
            None,
        )
        self._draft.marking.clear()
        self._draft.handoffs.clear()
        self._draft.facts[:] = self.watch.machine.defaults
        self._states = [0] * len(self.watch.tables)
        self._read: list[Event] = []

    def see(self, event: Event) -> Sequence[Breach]:
        """Read the next event of the case; return what it breaks."""
        if event.kind == "correct":
            self._again(event)
            return ()
        self._read.append(event)
        before = len(self.broken)
        draft = self._draft
        draft.at = event.at
        if event.kind == "start":
            for place in sorted(self.watch.machine.net.initial):
                draft.mark(place)
        if event.facts:
            record_facts(draft, dict(event.facts), event.by)
        if event.kind == "start":
            self._entered(self.watch.machine.net.initial, frozenset(), event)
        elif event.kind in {"act", "auto", "time"}:
            self._happened(event)
        if draft.ended:
            self._ended(event)
        return self.broken[before:]

    def rest(self, case: Case) -> Sequence[Breach]:
        """Look at a case between events; return what is not possible and should be."""
        known = {breach.rule for breach in self.broken}
        found = [breach for breach in self.watch.prevented(case) if breach.rule not in known]
        self.broken += found
        return found

    def _again(self, correction: Event) -> None:
        """Read anew what a correction leaves."""
        kept = taken_back([*self._read, correction])
        self._begin()
        for event in kept:
            self.see(event)

    def _happened(self, event: Event) -> None:
        machine, draft = self.watch.machine, self._draft
        target = machine.targets.get(event.transition)
        if target is not None and target.duty is not None:
            if target.scope == 0 and event.by is not None:
                self._letter(letters.of_duty(machine.definition, target.name, event.by), event)
            return
        move = self._move(event)
        if move.net.scope == 0:
            for name in event.withdrawn:
                if "/" not in name:
                    self._letter(letters.of_withdrawal(name), event)
            for letter in letters.of_move(machine, move, event.by):
                self._letter(letter, event)
        left = self._phases_left(move, event)
        draft.fire(move, event.by)
        self._entered(move.net.outputs, left, event)

    def _move(self, event: Event) -> Move:
        """Return the move of the net that an event made."""
        machine, draft = self.watch.machine, self._draft
        target = machine.targets.get(event.transition)
        if target is not None and target.moves:
            here = possible_moves(machine, target, draft.marking, draft.handoffs)
            return next((move for move, state in here if state == event.state), here[0][0])
        moves = [m for m in self.watch.named[event.transition] if m.net.inputs <= draft.marking]
        return next((move for move in moves if move.state == event.state), moves[0])

    def _phases_left(self, move: Move, event: Event) -> frozenset[str | None]:
        if move.net.scope != 0:
            return frozenset()
        if move.net.kind in ANSWERS:
            state = self.watch.machine.definition.states.get(event.state or "")
            return frozenset({None if state is None else state.phase})
        return letters.phases_left(self.watch.machine, move)

    def _entered(self, places: Iterable[int], left: frozenset[str | None], event: Event) -> None:
        machine = self.watch.machine
        for number in sorted(places):
            place = machine.net.places[number]
            if place.kind == "state" and place.scope == 0:
                self._letter(letters.of_state(machine.definition, place.name, left), event)

    def _letter(self, letter: Letter, event: Event) -> None:
        judged = self.watch.judged(letter, self._draft)
        states = self._states
        for number, table in enumerate(self.watch.tables):
            before = states[number]
            after = table.step(before, judged)
            if after != before:
                states[number] = after
                if table.is_lost(after):
                    self._breaks(table.claim, event)

    def _ended(self, event: Event) -> None:
        for table, state in zip(self.watch.tables, self._states, strict=True):
            if not table.accepts(state):
                self._breaks(table.claim, event)

    def _breaks(self, claim: Claim, event: Event) -> None:
        if all(breach.rule != claim.rule for breach in self.broken):
            self.broken.append(Breach(claim.rule, event.seq, claim.of))
