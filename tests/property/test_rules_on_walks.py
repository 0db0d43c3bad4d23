"""What random walks break is never what a proof says cannot be broken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from ohjausprosessi.model import Rule
from ohjausprosessi.process import Process
from ohjausprosessi.testing.walks import MOST, Draw, Walk
from ohjausprosessi.testing.ways import Ways
from ohjausprosessi.verify import Watch, prove
from random_definitions import Features, Seeded, examples, random_definition, seeded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Definition

KINDS = ("precedence", "response", "chain_response", "alternate_precedence", "not_succession")
WALKS = 12
STEPS = 40
# Without branches: a proof of all of these would take too long.
kinds = st.booleans().map(lambda times: Features(branches=False, hard=False, times=times))


def random_rules(random: Random, definition: Definition) -> dict[str, Rule]:
    """Return a few rules over what a definition has."""
    atoms = [*definition.transitions, *definition.states, "any_handoff", "end", "rc"]
    atoms += [f"{t.id}.accept" for t in definition.transitions.values() if t.handoff]
    rules: dict[str, Rule] = {}
    for number in range(4):
        kind, name = random.choice(KINDS), f"r{number}"
        one, then = (random.choice(atoms),), (random.choice(atoms),)
        first, when = (one, ()) if "precedence" in kind else ((), one)
        rules[name] = Rule(id=name, rule=kind, first=first, when=when, then=then)
    known = random.choice(["flag", "level == 1", "has(note)"])
    when = (random.choice([*definition.transitions, *definition.states]),)
    rules["held"] = Rule(id="held", rule="invariant", when=when, holds=known)
    return rules


def ended(random: Random, process: Process) -> Iterator[Case]:
    """Yield some cases that have ended: of others a proof says nothing."""
    ways = Ways(process)
    for number in range(WALKS):
        walk = Walk(ways, f"x{number}")
        while not walk.case.ended and walk.steps < STEPS:
            if not walk.step(Draw(random.randint(0, MOST), random.randint(0, MOST))):
                break
        if walk.case.ended:
            yield walk.case


@examples(40)
@given(seeded, kinds)
def test_a_proved_rule_is_never_broken(random: Seeded, kind: Features) -> None:
    plain = random_definition(random, kind)
    definition = replace(plain, rules=random_rules(random, plain))
    process = Process(definition)
    proved = {verdict.rule for verdict in prove(definition) if verdict.holds}
    watch = Watch(definition)
    for case in ended(random, process):
        monitor = watch.monitor()
        for event in case.history:
            monitor.see(event)
        broken = {breach.rule for breach in monitor.broken}
        assert not broken & proved, [event.transition for event in case.history]
        assert process.replay(case.history) == case
