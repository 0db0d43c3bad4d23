"""One rule, three ways: proved over every course, hunted by random walks, judged from the log."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given

from ohjausprosessi.model import Rule
from ohjausprosessi.process import Process
from ohjausprosessi.rules.templates import FORMULAS
from ohjausprosessi.verify import RuleMonitor, follow, prove
from properties import examples, saw
from random_definitions import features, random_definition, randoms, some
from random_walks import random_event, random_start
from small import DAY, T0, process, t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Definition
    from ohjausprosessi.verify import RuleVerdict
    from random_definitions import Features

WALKS = 8
STEPS = 30
BUDGET = 150
AT_REST = frozenset({"ends", "can"})
CONDITIONS = ("flag", "level == 1", "has(note)", "kind == 'a' || flag")
FORMULA = ("G({0} -> F {1})", "!{0} W {1}", "G({0} -> X !{1})", "F {0} && !({0} U {1})")


def random_rules(random: Random, definition: Definition) -> dict[str, Rule]:
    """Return a rule of most templates over what a definition has."""
    atoms = [*definition.transitions, *definition.states, *definition.duties, *definition.phases]
    atoms += ["any_handoff", "any_transfer", "any_answer", "end", "rc", "s"]
    atoms += [
        f"{t.id}.{answer}"
        for t in definition.transitions.values()
        if t.handoff and t.handoff.ack
        for answer in ("accept", "expire", "withdraw", "answer")
    ]

    def named() -> tuple[str, ...]:
        return tuple(some(random, atoms, random.choice([1, 1, 2])))

    rules = {}
    for kind in sorted(FORMULAS):
        guard = random.choice([None, None, *CONDITIONS])
        if kind == "existence":
            rules[kind] = Rule(id=kind, rule=kind, then=named())
        elif kind == "absence":
            rules[kind] = Rule(id=kind, rule=kind, when=named(), guard=guard)
        elif kind == "invariant":
            holds = random.choice(CONDITIONS)
            rules[kind] = Rule(id=kind, rule=kind, when=named(), holds=holds, guard=guard)
        else:
            key = "first" if "precedence" in kind else "when"
            rules[kind] = Rule(id=kind, rule=kind, then=named(), guard=guard, **{key: named()})
    answer = random.choice(["accept", "answer", "expire"])
    rules["each"] = Rule(id="each", rule="response", when=("any_handoff",), then=(answer,))
    formula = random.choice(FORMULA).format(random.choice(atoms), random.choice(atoms))
    rules["ltlf"] = Rule(id="ltlf", rule="ltlf", holds=formula)
    rules["ends"] = Rule(id="ends", rule="always_possible", then=named())
    state = random.choice([s.id for s in definition.states.values() if s.kind == "state"])
    acts = tuple(t for t in definition.transitions if definition.transitions[t].by)
    by = random.choice([(), ("rc",), ("s", "cl")])
    then = (random.choice(acts),)
    rules["can"] = Rule(id="can", rule="enabled", when=(state,), then=then, by=by, guard="flag")
    return rules


def ruled(random: Random, kind: Features) -> Definition:
    plain = random_definition(random, kind)
    return replace(plain, rules=random_rules(random, plain))


def walked(random: Random, process: Process) -> Iterator[Case]:
    """Yield some cases, most of which have ended where a process is simple."""
    for _ in range(random.choice([1, *[WALKS] * 5])):
        case = random_start(random, process)
        for _ in range(random.choice([0, *[STEPS] * 5])):
            case = random_event(random, case)
        yield case


@examples(40, sees={"proved rules": 2, "ended cases": 0.3})
@given(randoms, features)
def test_what_is_proved_no_case_breaks(random: Random, kind: Features) -> None:
    definition = ruled(random, kind)
    proved = {verdict.rule for verdict in prove(definition, budget=BUDGET) if verdict.holds}
    saw("proved rules", len(proved))
    watch = RuleMonitor(definition, times=False, budget=BUDGET)
    for case in walked(random, Process(definition)):
        broken = {s.rule for s in watch.judge(case.history) if s.status == "broken"}
        # Of rules about traces a proof speaks of cases that have ended.
        told = proved if case.ended else proved & AT_REST
        saw("ended cases", case.ended)
        assert not broken & told, [event.transition for event in case.history]


@examples(40, sees={"broken rules": 0.8})
@given(randoms, features)
def test_what_is_disproved_a_case_breaks(random: Random, kind: Features) -> None:
    definition = ruled(random, kind)
    for verdict in prove(definition, budget=BUDGET):
        if verdict.holds is False and verdict.counterexample:
            broken_by(definition, verdict)


def broken_by(definition: Definition, verdict: RuleVerdict) -> None:
    """Go the course of a verdict on the engine and ask the monitors about it."""
    case = follow(definition, verdict.counterexample, at=T0)
    if case is None:  # a course too many: only where `state_space` says there can be
        timers = any(t.after for t in definition.transitions.values())
        assert definition.calls or definition.has_fork or timers
        return
    (status,) = RuleMonitor(definition, [verdict.rule], times=False, budget=BUDGET).judge(
        case.history
    )
    if definition.rules[verdict.rule].rule != "enabled":  # may need facts that nobody recorded yet
        saw("broken rules")
        assert status.status == "broken", (verdict.rule, verdict.trace)


def test_a_counterexample_is_followed_only_where_its_own_events_happen() -> None:
    """In `s1` the timer `t2` comes due in the same tick as `t8`, which leaves the same markings."""
    forget = {"set": {"p_x0": None}}
    definition = process(
        {
            "s0": "c",
            "s1": "c",
            "fb": "c",
            "e0": {"kind": "end", "outcome": "good"},
            "f0": {"kind": "fork"},
            "j0": {"kind": "join"},
            "x0": {"kind": "choice"},
        },
        {
            "t1": t("s0", "s1", ["rt", "c"]),
            "t2": t("s1", "fb", ["rt", "rs"], after="day"),
            "t3": t("s1", "e0", ["rs"]),
            "t4": t("fb", "f0", ["rc"], set={"flag": None}),
            "t5": t("f0", "x0", None),
            "t6": t("f0", "s0", None),
            "t7": t("f0", "s1", None),
            "t8": t("s0", "j0", ["rt", "cl"], after="thirty"),
            "t9": t("s1", "j0", ["rs", "c"], if_="level < 2 && flag"),
            "t10": t("j0", "x0", None),
            "t11": t("x0", "s1", None, if_="p_x0 == 0", **forget),
            "t12": t("x0", "s0", None, if_="p_x0 == 1", **forget),
            "t13": t("x0", "e0", None, **forget),
            "t14": t("any_open", "f0", "c"),
        },
        start="s0",
        fallback="fb",
        facts={
            "flag": {"type": "bool"},
            "level": {"type": "int", "min": 0, "max": 2},
            "kind": {"type": "enum", "values": ["a", "b"]},
            "p_x0": {"type": "int", "min": 0, "max": 3},
        },
    ).definition
    guard = "kind == 'a' || flag"
    rule = Rule(id="r", rule="chain_response", when=("t2",), then=("rc", "t4"), guard=guard)
    definition = replace(definition, rules={"r": rule})
    (verdict,) = prove(definition, budget=BUDGET)
    assert verdict.trace == ("t14", "t2")
    broken_by(definition, verdict)


@examples(40, sees={"statuses": 20})
@given(randoms, features)
def test_a_log_says_what_a_monitor_says(random: Random, kind: Features) -> None:
    definition = ruled(random, kind)
    watch = RuleMonitor(definition, budget=BUDGET)
    for case in walked(random, Process(definition)):
        monitor = watch.monitor()
        for event in case.history:
            monitor.see(event)
        later = (case.at or T0) + random.choice([0, 2, 40]) * DAY
        monitor.time(later)
        live = [s for s in monitor.statuses() if s.rule not in AT_REST]
        logged = watch.judge(case.history, now=later)
        saw("statuses", len(live))
        assert live == [s for s in logged if s.rule not in AT_REST]
