"""Random small definitions for property tests, over the owners and roles of ``small``.

Hypothesis draws only the seed: the parts of a definition depend on one another too much to shrink
one by one. What the loader refuses is thrown away, and the next is made from the same seed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st

import small
from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of

if TYPE_CHECKING:
    from ohjausprosessi.model import Definition

Data = dict[str, Any]

# OHJAUSPROSESSI_EFFORT=20 runs twenty times as many examples as a plain run of the tests.
EFFORT = int(os.environ.get("OHJAUSPROSESSI_EFFORT", "1"))
PALETTES = (("c",), ("c", "s"), ("c", "s"), ("c", "s", "te", "j", "k"), ("s", "te", "k"))
GUARDS = ("flag", "level == 1", "level < 2 && flag", "kind in ['a', 'b'] || flag", "has(level)")
HARD_GUARDS = (*GUARDS, "!flag", "kind != 'a' || level > 0", "!has(note)", "has(note) && flag")
OUTCOMES = ("good", "bad")


def examples(number: int) -> settings:
    """Return settings for a test with so many examples in a plain run."""
    return settings(max_examples=number * EFFORT, deadline=None, print_blob=True)


class Seeded(Random):
    """A source of random draws that shows its seed."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._seed = seed

    def __repr__(self) -> str:
        return f"Seeded({self._seed})"


@dataclass(frozen=True)
class Features:
    """What a random definition may have.

    Attributes:
        branches: forks, joins and calls.
        hard: facts that only some may record, timers that nobody can overtake, and guards
            that no new fact can make true.
        times: deadlines, timers, hand-offs that expire, duties.
    """

    branches: bool = True
    hard: bool = True
    times: bool = True


seeded = st.integers(0, 2**64 - 1).map(Seeded)
features = st.builds(Features, branches=st.booleans(), hard=st.booleans(), times=st.booleans())


def random_definition(random: Random, features: Features) -> Definition:
    """Return a definition that the loader accepts."""
    called = {}
    if features.branches and random.random() < 0.4:
        called = {"sub": _accepted(random, "sub", features, {})}
    return _accepted(random, "p", features, called)


def _accepted(
    random: Random, name: str, features: Features, called: dict[str, Definition]
) -> Definition:
    while True:
        try:
            return definition_of(_Maker(random, name, features, called).data(), called=called)
        except DefinitionError:
            continue


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
        if self._chance(0.4):
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
            rest["info"] = {"note": {"personal": self._chance(0.5)}}
            rest["phases"] = {"early": {}, "late": {}}
            if self.features.times and self._chance(0.3):
                rest["duties"] = {
                    "visit": {"by": self._some(["c", "s", "rs", "cl", "j"]), "every": "thirty"}
                }
        start = "s0" if self._chance(0.8) or self.name == "sub" else "s1"
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
            if self._chance(0.2):
                fact["by"] = self._some(["rc", "s", "cl"])
            if self._chance(0.2):
                fact["phases"] = self.random.choice(["early", "late"])
            if self._chance(0.15):
                fact["personal"] = True
        if self._chance(0.3):
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
        if self._chance(0.4):
            self.states["e1"] = {"kind": "end", "owner": "c", "outcome": OUTCOMES[1]}
        for block in range(blocks):
            self.states[f"f{block}"] = {"kind": "fork", "owner": self._owner()}
            self.states[f"j{block}"] = {"kind": "join", "owner": self._owner()}
        for name in choices:
            self.states[name] = {"kind": "choice", "owner": self._owner()}
        for name in calls:
            self.states[name] = {"kind": "call", "owner": "c", "process": "sub"}
            for key in ("with", "take"):
                if self._chance(0.4):
                    self.states[name][key] = self._some(["flag", "level", "kind", "note"])

    def _waiting_state(self) -> Data:
        state: Data = {"owner": self._owner()}
        if self.features.hard and self._chance(0.3):
            state["phase"] = self.random.choice(["early", "late"])
        if self.features.times and self._chance(0.2):
            state["deadline"] = self.random.choice(["day", "five"])
        if self.features.hard and self._chance(0.2):
            state["roles"] = self._some(["rs", "rt", "cl"])
        return state

    def _add_block(self, block: int, bodies: list[str]) -> None:
        """Add branches from a fork to its join, not always well matched."""
        fork, join = f"f{block}", f"j{block}"
        branches = self.random.sample(bodies, min(len(bodies), self.random.choice([2, 2, 3])))
        for state in branches:
            self._add(fork, state)
        for state in branches:
            if state.startswith("s"):
                self._act(state, join)
        self._add(join, self._target(join, fork))
        if self._chance(0.6):
            self._act("s0", fork)

    def _add_choice(self, choice: str) -> None:
        """Add exits that all ask for one fact, which they forget."""
        fact = f"{self.name}_{choice}"
        self.choice_facts[fact] = {"type": "int", "min": 0, "max": 3}
        number = self.random.choice([1, 2, 2, 3])
        for value in range(number):
            otherwise = value == number - 1 and self._chance(0.6)
            guard = {} if otherwise else {"if": f"{fact} == {value}"}
            self._add(choice, self._target(), **guard, set={fact: None})

    def _add_call_exits(self, call: str) -> None:
        for outcome in self.called["sub"].outcomes:
            if self._chance(0.4):
                self._act(call, self._target(), outcome=outcome)
            elif self._chance(0.7):
                self._add(call, self._target(), outcome=outcome)
            else:
                fact = f"{self.name}_{call}"
                self.choice_facts[fact] = {"type": "int", "min": 0, "max": 3}
                forget = {fact: None}
                self._add(
                    call, self._target(), outcome=outcome, **{"if": f"{fact} == 1"}, set=forget
                )
                self._add(call, self._target(), outcome=outcome, set=forget)

    # ---- transitions

    def _act(self, sources: str | list[str], to: str, **more: Any) -> None:
        """Add a transition that people take, or time."""
        entry: Data = {"by": self._some(["rc", "rs", "rt", "cl", "c", "s"]), **more}
        if self._chance(0.3):
            guards = HARD_GUARDS if self.features.hard else GUARDS
            entry["if"] = self.random.choice(guards)
        if self._chance(0.2):
            entry["set"] = {"flag": self.random.choice([True, False, None])}
        if "outcome" not in more and self.features.times and self._chance(0.2):
            entry["after"] = self.random.choice(["day", "five", "thirty"])
            if self.features.hard and self._chance(0.3):
                del entry["by"]
        self._add(sources, to, **entry)

    def _add_interrupt(self, waiting: list[str]) -> None:
        to = self.random.choice([name for name in self.states if name[0] != "j"])
        if self._chance(0.3):
            self._add(self._some(waiting), to, by="c", interrupt=True)
        else:
            self._add("any_open", to, by="c")

    def _add(self, sources: str | list[str], to: str, **entry: Any) -> None:
        from_ = [sources] if isinstance(sources, str) else sources
        interrupt = sources == "any_open" or "interrupt" in entry
        givers = {"c" if interrupt else self._holder(state) for state in from_}
        automatic = "by" not in entry and "after" not in entry
        block = self._handoff(givers, to, automatic=automatic)
        if block is not None:
            entry["handoff"] = block
        self.transitions[f"t{len(self.transitions) + 1}"] = {"from": sources, "to": to, **entry}

    def _handoff(self, givers: set[str], to: str, *, automatic: bool) -> Data | None:
        """Return the block of a hand-off, if some arrow is one."""
        if self._chance(0.03):
            return {"to": "x", **self._answers()}
        receiver = self._holder(to)
        if givers == {receiver}:
            return None
        if receiver == "c" and self._chance(0.4):
            return {"ack": False}
        block = self._answers()
        if self._chance(0.2):
            block["accept_by"] = {"c": "rc", "s": "rs", "te": "rt"}[receiver]
        if not automatic and self._chance(0.5):
            block["info"] = "note"
        return block

    def _answers(self) -> Data:
        block: Data = {}
        if self._chance(0.4):
            block["else"] = self.random.choice(["fb", "s0", "back", "back"])
        if self.features.times and self._chance(0.4):
            block["within"] = self.random.choice(["day", "five"])
        return block

    # ---- draws

    def _chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def _owner(self) -> str:
        return self.random.choice(self.palette)

    def _holder(self, state: str) -> str:
        owner: str = self.states[state]["owner"]
        return {"j": "c", "k": "s"}.get(owner, owner)

    def _target(self, *excluded: str) -> str:
        return self.random.choice([name for name in self.states if name not in excluded])

    def _some(self, names: list[str]) -> list[str]:
        return self.random.sample(names, self.random.randint(1, 2))
