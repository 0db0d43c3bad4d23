"""Rules judged event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import small
from ohjausprosessi import load
from ohjausprosessi.diagnostics import Text
from ohjausprosessi.verify import RuleMonitor, Violation
from small import T0

if TYPE_CHECKING:
    from ohjausprosessi.engine import Case
    from ohjausprosessi.process import Process

Rules = dict[str, dict[str, Any]]


def looped(rules: Rules) -> Process:
    return small.process(
        {"a": {"phase": "one"}, "b": {"owner": "s", "phase": "two"}, "e": small.END},
        {
            "over": small.t("a", "b", handoff={"within": "day", "else": "back"}, set={"n": 1}),
            "home": small.t("b", "a", "rs", handoff=small.NOTICE),
            "stop": small.t(["a", "b"], "e", ["rc", "rs"], handoff=small.NOTICE),
        },
        facts={"n": {"type": "int", "default": 0}, "ok": {"type": "bool"}},
        phases={"one": {}, "two": {}},
        duties={"visit": {"by": ["c", "rs"]}},
        rules=rules,
    )


def broken(case: Case, rules: object = "all") -> list[tuple[str, int]]:
    watch = RuleMonitor(case.definition, rules)
    monitor = watch.monitor()
    for event in case.history:
        monitor.see(event)
    return [(violation.rule, violation.seq) for violation in monitor.broken]


def counterexample(rules: Rules, *acts: str | tuple[str, str]) -> Case:
    return small.go(looped(rules).start("x", at=None), *acts)


OVER = ("over", ("over.accept", "rs"))


@pytest.mark.parametrize(
    ("rule", "acts", "seq"),
    [
        ({"rule": "absence", "when": "over"}, OVER, 2),
        ({"rule": "precedence", "first": "visit", "then": "b"}, OVER, 3),
        ({"rule": "precedence", "first": "visit", "then": "b"}, ("visit", *OVER), None),
        ({"rule": "response", "when": "over", "then": "home"}, (*OVER, ("stop", "rs")), 4),
        ({"rule": "response", "when": "over", "then": "home"}, OVER, None),
        ({"rule": "response", "when": "any_handoff", "then": "accept"}, OVER, None),
        (
            {"rule": "response", "when": "any_handoff", "then": "accept"},
            ("over", ("over.decline", "rs"), "stop"),
            4,
        ),
        ({"rule": "existence", "then": "visit.c"}, ("visit", "stop"), None),
        ({"rule": "existence", "then": "visit.rs"}, ("visit", "stop"), 3),
        ({"rule": "existence", "then": "two"}, ("stop",), 2),
        # Of a phase only entering it counts: a declined client has not left the first one.
        (
            {"rule": "precedence", "first": "two", "then": "one", "if": "n == 1"},
            ("over", ("over.decline", "rs")),
            None,
        ),
        # Facts are those before the act sets any; a state is entered after that.
        ({"rule": "invariant", "when": "over", "holds": "n == 0"}, OVER, None),
        ({"rule": "invariant", "when": "b", "holds": "n == 0"}, OVER, 3),
        ({"rule": "invariant", "when": "b", "holds": "n == 0", "if": "ok"}, OVER, None),
        ({"rule": "ltlf", "holds": "G(b -> X home)"}, (*OVER, ("home", "rs")), None),
        ({"rule": "ltlf", "holds": "G(b -> X home)"}, (*OVER, ("stop", "rs")), 4),
    ],
)
def test_a_rule_is_broken_at_the_event_that_breaks_it(
    rule: dict[str, Any], acts: tuple[str | tuple[str, str], ...], seq: int | None
) -> None:
    expected = [] if seq is None else [("r", seq)]
    assert broken(counterexample({"r": rule}, *acts)) == expected


def test_what_time_does_counts_and_what_is_withdrawn_too() -> None:
    answered = {"rule": "response", "when": "any_handoff", "then": "answer"}
    never = {"rule": "absence", "when": "over.expire"}
    process = looped({"answered": answered, "never": never})
    late = process.start("x", at=T0).advance("over", by="rc", at=T0)
    late = late.tick(T0 + 2 * small.DAY).advance("stop", by="rc", at=T0 + 3 * small.DAY)
    assert broken(late) == [("never", 3)]


def test_a_correction_takes_back_what_was_broken() -> None:
    case = counterexample({"r": {"rule": "response", "when": "over", "then": "home"}}, "over")
    case = small.go(case.correct(by="rc", why="a slip"), "stop")
    assert broken(case) == []


def test_what_people_keep_is_watched_too() -> None:
    rule = {"rule": "absence", "when": "over", "monitor": True}
    case = counterexample({"q": {"rule": "existence", "then": "a"}, "r": rule}, *OVER)
    assert broken(case) == [("r", 2)]
    assert broken(case, "q") == []
    assert RuleMonitor(case.definition, ["r", "q"]).rules == ("q", "r")


def test_roles_are_judged_on_the_definition() -> None:
    only = {"rule": "only", "when": "stop", "by": "rc"}
    (violation,) = RuleMonitor(looped({"r": only}).definition).static
    assert violation.text("en", definition=looped({"r": only}).definition).startswith("r: r: ")


def test_what_must_be_possible_is_looked_at_between_events() -> None:
    can: dict[str, Any] = {"rule": "enabled", "when": ["a", "b"], "then": "stop", "by": ["rc", "s"]}
    both: dict[str, Any] = {"rule": "enabled", "when": "b", "then": "home", "by": "rc"}
    process = looped({"can": can, "both": both})
    monitor = RuleMonitor(process.definition).monitor()
    case = process.start("x")
    assert not monitor.rest(case)
    (violation,) = monitor.rest(small.go(case, *OVER))
    assert violation == Violation(
        "both", 3, Text("rc ei voi tehdä sitä nyt", "rc cannot do it now")
    )


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no rule 'x' in p; it has r"):
        RuleMonitor(looped({"r": {"rule": "existence", "then": "a"}}).definition, ["x"])


def test_calls_forks_and_joins_are_followed() -> None:
    rules: Rules = {"r": {"rule": "precedence", "first": "k1", "then": "z"}}
    process = small.calling(rules=rules)
    case = small.go(process.start("x"), "g", "w", "y", "o1", "fin")
    assert case.ended
    assert broken(case) == []
    rules = {"r": {"rule": "precedence", "first": ["d1"], "then": "z"}}
    case = small.go(small.forked(rules=rules).start("x"), "go", "d2", "d1", "fin")
    assert case.ended
    assert broken(case) == []
    rules = {"r": {"rule": "not_coexistence", "when": "b1", "then": "b2"}}
    assert broken(small.go(small.forked(rules=rules).start("x"), "go")) == [("r", 3)]


def test_the_breach_says_the_rule_in_both_languages() -> None:
    definition = load("ohjausprosessi_koulutukseen").definition
    rule = next(iter(definition.rules))
    assert "(event 3)" in Violation(rule, 3).text("en", definition=definition)
    assert "(tapahtuma 3)" in Violation(rule, 3).text("fi", definition=definition)
