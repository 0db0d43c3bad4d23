"""What a run of tests has met of a process."""

from __future__ import annotations

import small
from ohjausprosessi.testing import Coverage

RULES = {
    "kept": {"rule": "precedence", "first": "over", "then": "b"},
    "lost": {"rule": "precedence", "first": "visit", "then": "home"},
    "people": {"rule": "precedence", "first": "visit", "then": "over", "monitor": True},
}
PROCESS = small.process(
    {"a": {"deadline": "day"}, "b": "s", "e": small.END},
    {
        "over": small.t("a", "b", if_="ok", handoff={"within": "five", "else": "back"}),
        "home": small.t("b", "a", "rs", handoff=small.NOTICE),
        "stop": small.t(["a", "b"], "e", ["rc", "rs"], handoff=small.NOTICE),
    },
    facts={"ok": {"type": "bool"}},
    duties={"visit": {"by": "c"}},
    rules=RULES,
)


def test_a_guard_is_met_when_found_true_and_not_true_of_a_client_who_waits() -> None:
    coverage = Coverage(PROCESS)
    assert coverage.guards.missed == ("over (never true and never not true)",)
    coverage.see(PROCESS.start("x"))
    assert coverage.guards.missed == ("over (never true)",)
    coverage.see(PROCESS.start("x").learn({"ok": True}, by="rc"))
    assert str(coverage.guards) == "guard boundaries 1/1"


def test_coverage_names_what_was_not_met() -> None:
    coverage = Coverage(PROCESS)
    case = PROCESS.start("x")
    coverage.see(case)
    coverage.see(small.go(case.learn({"ok": True}, by="rc"), "over", ("over.accept", "rs")))
    assert str(coverage.transitions) == "transitions 1/3"
    assert coverage.handoffs.missed == ("over.decline", "over.expire")
    assert coverage.lines() == [
        "p: transitions 1/3, hand-offs 1/3, guard boundaries 1/1",
        "  not met, transitions: home, stop",
        "  not met, hand-offs: over.decline, over.expire",
    ]
