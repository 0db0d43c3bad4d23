"""Random small definitions for property tests, over the owners and roles of ``small``.

Every draw goes through a source that Hypothesis records, so a failing definition shrinks: to fewer
states and transitions, and to none of the extras, since the least draw of ``chance`` is no. The
maker avoids what the loader refuses; what it refuses all the same Hypothesis drops (outside of
Hypothesis, with a plain ``Random``, another is made).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import currently_in_test_context, note, reject
from hypothesis import strategies as st

import small
from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random
    from typing import TypeVar

    from ohjausprosessi.model import Definition

    Item = TypeVar("Item")

Data = dict[str, Any]

PALETTES = (("c",), ("c", "s"), ("c", "s"), ("c", "s", "te", "j", "k"), ("s", "te", "k"))
GUARDS = ("flag", "level == 1", "level < 2 && flag", "kind in ['a', 'b'] || flag", "has(level)")
HARD_GUARDS = (*GUARDS, "!flag", "kind != 'a' || level > 0", "!has(note)", "has(note) && flag")
OUTCOMES = ("good", "bad")


@dataclass(frozen=True)
class Features:
    """What a random definition may have.

    Attributes:
        branches: forks, joins and calls.
        hard: facts that only some may record, timers that nobody can overtake, and guards
            that no new fact can make true.
        times: deadlines, hand-offs that expire, duties, and timers.
        timers: transitions that time makes (only with ``times``).
        calls: calls of another process (only with ``branches``).
    """

    branches: bool = True
    hard: bool = True
    times: bool = True
    timers: bool = True
    calls: bool = True


randoms = st.randoms(use_true_random=False)
features = st.builds(Features, branches=st.booleans(), hard=st.booleans(), times=st.booleans())


def chance(random: Random, percent: int) -> bool:
    """True in so many draws of a hundred; False is the draw that others shrink to."""
    return random.randrange(100) >= 100 - percent


def some(random: Random, items: Sequence[Item], number: int) -> list[Item]:
    """So many of the items without repetition, in any order: a cheap ``random.sample``."""
    rest = list(items)
    return [rest.pop(random.randrange(len(rest))) for _ in range(number)]


def random_definition(random: Random, features: Features) -> Definition:
    """A definition that the loader accepts; a failing property notes it as data."""
    called = {}
    if features.branches and features.calls and chance(random, 40):
        called = {"sub": _accepted(random, "sub", features, {})}
    return _accepted(random, "p", features, called)


def _accepted(
    random: Random, name: str, features: Features, called: dict[str, Definition]
) -> Definition:
    while True:
        data = _Maker(random, name, features, called).data()
        if currently_in_test_context():
            note(data)
        try:
            return definition_of(data, called=called)
        except DefinitionError:
            if currently_in_test_context():
                reject()


class _Maker:
    """Makes the data of one definition."""

    def __init__(
        self, random: Random, name: str, features: Features, called: dict[str, Definition]
    ) -> None:
        self.random = random
        self.name = name
        self.features = features
        self.called = called
        self.palette = random.choice(PALETTES)
        self.states: dict[str, Data] = {}
        self.transitions: dict[str, Data] = {}
        self.choice_facts: dict[str, Data] = {}
        self.at_once: dict[str, list[str]] = {}  # what automatic transitions lead to, by source

    def data(self) -> Data:
        """Return the whole definition."""
        branching = self.features.branches
        waiting = [f"s{i}" for i in range(self.random.randint(2, 4))]
        choices = [f"x{i}" for i in range(self.random.choice([0, 1, 1, 2]))]
        blocks = range(self.random.choice([0, 1, 1, 2]) if branching else 0)
        calls = [f"k{i}" for i in range(self.random.choice([1, 1, 2]))] if self.called else []
        self._add_states(waiting, choices, calls, len(blocks))
        for state in waiting:
            for _ in range(self.random.choice([1, 1, 2])):
                self._act(state, self._target())
        self._act("fb", self._target("fb"))
        if self._chance(40):
            self._act(waiting[:2], self._target())
        for block in blocks:
            self._add_block(block, [*waiting, *choices, *calls])
        for choice in choices:
            self._add_choice(choice)
        for call in calls:
            self._add_call_exits(call)
        for _ in range(self.random.choice([0, 0, 1, 1, 2])):
            self._add_interrupt(waiting)
        return self._document()

    def _document(self) -> Data:
        rest: Data = {"facts": {**self._facts(), **self.choice_facts}, "info": {"note": {}}}
        if self.features.hard:
            rest["info"] = {"note": {"personal": self._chance(50)}}
            rest["phases"] = {"early": {}, "late": {}}
            if self.features.times and self._chance(30):
                rest["duties"] = {
                    "visit": {"by": self._some(["c", "s", "rs", "cl", "j"]), "every": "thirty"}
                }
        start = "s0" if self._chance(80) or self.name == "sub" else "s1"
        states, transitions = self.states, self.transitions
        data = small.data(states, transitions, id=self.name, start=start, fallback="fb", **rest)
        return {**data, "timezone": "Europe/Helsinki"}

    def _facts(self) -> dict[str, Data]:
        facts: dict[str, Data] = {
            "flag": {"type": "bool"},
            "level": {"type": "int", "min": 0, "max": 2},
            "kind": {"type": "enum", "values": ["a", "b"]},
        }
        if not self.features.hard:
            return facts
        for fact in facts.values():
            if self._chance(20):
                fact["by"] = self._some(["rc", "s", "cl"])
            if self._chance(20):
                fact["phases"] = self.random.choice(["early", "late"])
            if self._chance(15):
                fact["personal"] = True
        if self._chance(30):
            facts["level"]["default"] = 0
        return facts

    # ---- states

    def _add_states(
        self, waiting: list[str], choices: list[str], calls: list[str], blocks: int
    ) -> None:
        for name in waiting:
            self.states[name] = self._waiting_state()
        self.states["s0"]["owner"] = "c"
        self.states["fb"] = {"owner": "c"}
        self.states["e0"] = {"kind": "end", "owner": "c", "outcome": OUTCOMES[0]}
        if self._chance(40):
            self.states["e1"] = {"kind": "end", "owner": "c", "outcome": OUTCOMES[1]}
        for block in range(blocks):
            self.states[f"f{block}"] = {"kind": "fork", "owner": self._owner()}
            self.states[f"j{block}"] = {"kind": "join", "owner": self._owner()}
        for name in choices:
            self.states[name] = {"kind": "choice", "owner": self._owner()}
        for name in calls:
            self.states[name] = {"kind": "call", "owner": "c", "process": "sub"}
            for key in ("with", "take"):
                if self._chance(40):
                    self.states[name][key] = self._some(["flag", "level", "kind", "note"])

    def _waiting_state(self) -> Data:
        state: Data = {"owner": self._owner()}
        if self.features.hard and self._chance(30):
            state["phase"] = self.random.choice(["early", "late"])
        if self.features.times and self._chance(20):
            state["deadline"] = self.random.choice(["day", "five"])
        if self.features.hard and self._chance(20):
            state["roles"] = self._some(["rs", "rt", "cl"])
        return state

    def _add_block(self, block: int, bodies: list[str]) -> None:
        """Add branches from a fork to its join, not always well matched."""
        fork, join = f"f{block}", f"j{block}"
        bodies = [state for state in bodies if not self._leads(state, fork)]
        branches = some(self.random, bodies, min(len(bodies), self.random.choice([2, 2, 3])))
        for state in branches:
            self._add(fork, state)
        entering = [state for state in branches if state.startswith("s")]
        entering += ["s0", "s1"][: 2 - len(entering)] if len(entering) < 2 else []
        for state in entering:
            self._act(state, join)
        self._add(join, self._onward(join, fork))
        if self._chance(60):
            self._act("s0", fork)

    def _add_choice(self, choice: str) -> None:
        """Add exits that all ask for one fact, which they forget."""
        fact = f"{self.name}_{choice}"
        self.choice_facts[fact] = {"type": "int", "min": 0, "max": 3}
        number = self.random.choice([1, 2, 2, 3])
        for value in range(number):
            otherwise = value == number - 1 and self._chance(60)
            guard = {} if otherwise else {"if": f"{fact} == {value}"}
            self._add(choice, self._onward(choice), **guard, set={fact: None})

    def _add_call_exits(self, call: str) -> None:
        for outcome in self.called["sub"].outcomes:
            if self._chance(40):
                self._act(call, self._target(), outcome=outcome)
            elif self._chance(70):
                self._add(call, self._onward(call), outcome=outcome)
            else:
                fact = f"{self.name}_{call}"
                self.choice_facts[fact] = {"type": "int", "min": 0, "max": 3}
                forget = {fact: None}
                self._add(
                    call, self._onward(call), outcome=outcome, **{"if": f"{fact} == 1"}, set=forget
                )
                self._add(call, self._onward(call), outcome=outcome, set=forget)

    # ---- transitions

    def _act(self, sources: str | list[str], to: str, **more: Any) -> None:
        """Add a transition that people take, or time."""
        entry: Data = {"by": self._some(["rc", "rs", "rt", "cl", "c", "s"]), **more}
        if self._chance(30):
            guards = HARD_GUARDS if self.features.hard else GUARDS
            entry["if"] = self.random.choice(guards)
        if self._chance(20):
            entry["set"] = {"flag": self.random.choice([True, False, None])}
        timers = self.features.times and self.features.timers
        if "outcome" not in more and timers and self._chance(20):
            entry["after"] = self.random.choice(["day", "five", "thirty"])
            if self.features.hard and self._chance(30):
                del entry["by"]
        self._add(sources, to, **entry)

    def _add_interrupt(self, waiting: list[str]) -> None:
        to = self.random.choice([name for name in self.states if name[0] != "j"])
        if self._chance(30):
            self._add(self._some(waiting), to, by="c", interrupt=True)
        else:
            self._add("any_open", to, by="c")

    def _add(self, sources: str | list[str], to: str, **entry: Any) -> None:
        from_ = [sources] if isinstance(sources, str) else sources
        interrupt = sources == "any_open" or "interrupt" in entry
        givers = {"c" if interrupt else self._holder(state) for state in from_}
        automatic = "by" not in entry and "after" not in entry
        back = not self._has_fork() if interrupt else all(map(self._waits, from_))
        block = self._handoff(givers, to, automatic=automatic, back=back)
        if block is not None:
            entry["handoff"] = block
        if automatic and (block is None or block.get("ack") is False):
            self.at_once.setdefault(from_[0], []).append(to)
        self.transitions[f"t{len(self.transitions) + 1}"] = {"from": sources, "to": to, **entry}

    def _handoff(self, givers: set[str], to: str, *, automatic: bool, back: bool) -> Data | None:
        """Return the block of a hand-off, if some arrow is one."""
        if self._chance(3):
            return {"to": "x", **self._answers(back=back)}
        receiver = self._holder(to)
        if givers == {receiver}:
            return None
        if receiver == "c" and self._chance(40):
            return {"ack": False}
        block = self._answers(back=back)
        if self._chance(20):
            block["accept_by"] = {"c": "rc", "s": "rs", "te": "rt"}[receiver]
        if not automatic and self._chance(50):
            block["info"] = "note"
        return block

    def _answers(self, *, back: bool) -> Data:
        block: Data = {}
        if self._chance(40):
            block["else"] = self.random.choice(["fb", "s0", *["back"] * 2 * back])
        if self.features.times and self._chance(40):
            block["within"] = self.random.choice(["day", "five"])
        return block

    # ---- draws

    def _chance(self, percent: int) -> bool:
        return chance(self.random, percent)

    def _owner(self) -> str:
        return self.random.choice(self.palette)

    def _holder(self, state: str) -> str:
        owner: str = self.states[state]["owner"]
        return {"j": "c", "k": "s"}.get(owner, owner)

    def _waits(self, state: str) -> bool:
        return "kind" not in self.states[state]

    def _has_fork(self) -> bool:
        return any(state.get("kind") == "fork" for state in self.states.values())

    def _target(self, *excluded: str) -> str:
        return self.random.choice([name for name in self.states if name not in excluded])

    def _onward(self, source: str, *excluded: str) -> str:
        """A state to go on to by itself, from which nothing leads by itself to the source again."""
        return self._target(*excluded, *(name for name in self.states if self._leads(name, source)))

    def _leads(self, source: str, target: str) -> bool:
        nexts = self.at_once.get(source, ())
        return source == target or any(self._leads(name, target) for name in nexts)

    def _some(self, names: list[str]) -> list[str]:
        return some(self.random, names, self.random.randint(1, 2))
