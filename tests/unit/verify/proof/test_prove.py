"""Rules proved over every course: each template, each sort of atom, data, and both processes."""

from __future__ import annotations

from typing import Any

import pytest

import small
from ohjausprosessi.diagnostics import Text
from ohjausprosessi.formats import definition_of, load_definition, shipped_ids
from ohjausprosessi.verify import RuleMonitor, RuleVerdict, follow, prove
from small import t


def judged(
    rule: dict[str, Any], states: dict[str, Any], transitions: dict[str, Any], **rest: Any
) -> RuleVerdict:
    """Return the verdict on one rule of a small process."""
    definition = definition_of(small.data(states, transitions, rules={"r": rule}, **rest))
    return prove(definition)[0]


STATES = {"a": "c", "b": "c", "d": "c", "e": {"kind": "end"}}
LINE = {"ab": t("a", "b"), "bd": t("b", "d"), "de": t("d", "e")}
LOOP = {**LINE, "ba": t("b", "a"), "ae": t("a", "e", "rs", handoff={"ack": False})}
LOOP["ae"] = t("a", "e", ["rc", "cl"])


@pytest.mark.parametrize(
    ("rule", "holds", "trace"),
    [
        ({"rule": "response", "when": "ab", "then": "bd"}, False, ("ab", "ba", "ae")),
        ({"rule": "response", "when": "bd", "then": "end"}, True, ()),
        ({"rule": "chain_response", "when": "ab", "then": "b"}, True, ()),
        ({"rule": "chain_response", "when": "ab", "then": "bd"}, False, ("ab", "ba", "ae")),
        ({"rule": "alternate_response", "when": "a", "then": ["b", "end"]}, True, ()),
        ({"rule": "precedence", "first": "ab", "then": "bd"}, True, ()),
        ({"rule": "precedence", "first": "ba", "then": "bd"}, False, ("ab", "bd", "de")),
        ({"rule": "chain_precedence", "first": "bd", "then": "de"}, True, ()),
        ({"rule": "alternate_precedence", "first": "ab", "then": "ba"}, True, ()),
        ({"rule": "succession", "when": "bd", "then": "de"}, True, ()),
        ({"rule": "responded_existence", "when": "de", "then": "bd"}, True, ()),
        ({"rule": "not_coexistence", "when": "ae", "then": "de"}, True, ()),
        ({"rule": "not_succession", "when": "bd", "then": "ba"}, True, ()),
        (
            {"rule": "not_succession", "when": "ba", "then": "ab"},
            False,
            ("ab", "ba", "ab", "bd", "de"),
        ),
        ({"rule": "not_chain_succession", "when": "ab", "then": "ab"}, True, ()),
        ({"rule": "existence", "then": "b"}, False, ("ae",)),
        ({"rule": "existence", "then": "a"}, True, ()),
        ({"rule": "absence", "when": "any_handoff"}, True, ()),
        ({"rule": "absence", "when": "ab"}, False, ("ab", "bd", "de")),
        ({"rule": "ltlf", "holds": "G(ab -> X b) && F end"}, True, ()),
        ({"rule": "ltlf", "holds": "!ba U bd"}, False, ("ae",)),
        ({"rule": "always_possible", "then": "end"}, True, ()),
        ({"rule": "always_possible", "then": "ab"}, False, ("ab", "bd")),
        ({"rule": "only", "when": "ab", "by": "c"}, True, ()),
        ({"rule": "only", "when": "end", "by": "c"}, False, ()),
        ({"rule": "allowed", "when": "end", "by": "rc"}, True, ()),
        ({"rule": "allowed", "when": "end", "by": "cl"}, False, ()),
        ({"rule": "enabled", "when": "a", "then": ["ab"], "by": "rc"}, True, ()),
        ({"rule": "enabled", "when": "a", "then": ["ab"], "by": "cl"}, False, ()),
        ({"rule": "responded_existence", "when": "cl", "then": "ae"}, True, ()),
        ({"rule": "absence", "when": "rs"}, True, ()),
        ({"rule": "existence", "then": "c"}, False, ("ae",)),
    ],
)
def test_a_template(rule: dict[str, Any], holds: bool, trace: tuple[str, ...]) -> None:  # noqa: FBT001
    verdict = judged(rule, STATES, LOOP)
    assert (verdict.holds, verdict.trace) == (holds, trace)


HANDED = {"a": "c", "b": "s", "w": "c", "e": {"kind": "end"}}
HAND = {
    "give": t("a", "b", handoff={"within": "five", "else": "back", "info": "notes"}),
    "stop": {"from": "any_open", "to": "e", "by": "rc"},
    "done": t("b", "e", "rs", handoff={"ack": False}),
}


@pytest.mark.parametrize(
    ("rule", "holds", "trace"),
    [
        ({"rule": "response", "when": "any_handoff", "then": "answer"}, True, ()),
        ({"rule": "response", "when": "any_handoff", "then": "accept"}, False, ("give", "stop")),
        ({"rule": "response", "when": "give", "then": ["give.accept", "withdraw"]}, False, None),
        ({"rule": "alternate_precedence", "first": "any_handoff", "then": "answer"}, True, ()),
        ({"rule": "alternate_response", "when": "any_handoff", "then": "any_answer"}, True, ()),
        ({"rule": "precedence", "first": "give.accept", "then": "b"}, True, ()),
        ({"rule": "absence", "when": "give.expire"}, False, ("give", "give.expire", "stop")),
        (
            {"rule": "not_succession", "when": "give.withdraw", "then": "any_transition"},
            False,
            None,
        ),
        ({"rule": "not_succession", "when": "give.withdraw", "then": "give"}, True, ()),
        ({"rule": "absence", "when": "any_transfer"}, False, None),
        ({"rule": "only", "when": "give.accept", "by": "s"}, True, ()),
        ({"rule": "enabled", "when": "a", "then": "give", "by": "rc"}, True, ()),
    ],
)
def test_a_rule_about_handoffs(
    rule: dict[str, Any],
    holds: bool,  # noqa: FBT001
    trace: tuple[str, ...] | None,
) -> None:
    states = {name: state for name, state in HANDED.items() if name != "w"}
    verdict = judged(rule, states, HAND, info={"notes": {}})
    assert verdict.holds is holds
    assert trace is None or verdict.trace == trace


@pytest.mark.parametrize(
    ("rule", "fi"),
    [
        (
            {"rule": "only", "when": "give.accept", "by": "c"},
            "luovutuksen vastaanoton give voi tehdä myös rs",
        ),
        ({"rule": "only", "when": "give", "by": "s"}, "siirtymän give voi tehdä myös rc"),
        ({"rule": "allowed", "when": "give", "by": "s"}, "siirtymää give ei voi tehdä s"),
        (
            {"rule": "allowed", "when": "give.accept", "by": "rc"},
            "luovutuksen vastaanottoa give ei voi tehdä rc",
        ),
    ],
)
def test_who_may_act_is_said_in_finnish_that_bends(rule: dict[str, Any], fi: str) -> None:
    states = {name: state for name, state in HANDED.items() if name != "w"}
    why = judged(rule, states, HAND, info={"notes": {}}).why
    assert why is not None
    assert why.fi == fi


FACTS = {"ok": {"type": "bool"}, "kind": {"type": "enum", "values": ["x", "y"], "default": "x"}}
GUARDED = {
    "ab": t("a", "b", if_="ok"),
    "bd": t("b", "d", set={"ok": False}),
    "de": t("d", "e", if_="kind == 'x'"),
}


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ({"rule": "invariant", "when": "ab", "holds": "ok"}, True),
        ({"rule": "invariant", "when": "b", "holds": "ok"}, True),
        ({"rule": "invariant", "when": "bd", "holds": "ok"}, False),  # it may be changed meanwhile
        ({"rule": "invariant", "when": "d", "holds": "ok == false"}, True),  # after `set`
        ({"rule": "invariant", "when": "de", "if": "ok", "holds": "kind != 'y'"}, True),
        ({"rule": "invariant", "holds": "has(ok) || !has(ok)"}, True),
        ({"rule": "invariant", "when": "a", "holds": "ok"}, False),  # unknown is broken
        ({"rule": "absence", "when": "de", "if": "kind == 'y'"}, True),
        ({"rule": "precedence", "first": "bd", "then": "ab", "if": "ok == false"}, True),
        ({"rule": "enabled", "when": "d", "then": "de", "if": "kind != 'y'"}, True),
        ({"rule": "enabled", "when": "d", "then": "de"}, False),
    ],
)
def test_p4_rules_read_facts_at_their_moment(rule: dict[str, Any], holds: bool) -> None:  # noqa: FBT001
    assert judged(rule, STATES, GUARDED, facts=FACTS).holds is holds


def test_p4_a_fact_that_cannot_be_recorded_keeps_its_value() -> None:
    states = {**STATES, "a": {"owner": "c", "phase": "early"}, "b": {"owner": "c", "phase": "late"}}
    facts = {"ok": {"type": "bool", "phases": "early"}}
    rule = {"rule": "invariant", "when": "bd", "holds": "ok"}
    transitions = {"ab": t("a", "b", if_="ok"), "bd": t("b", "d"), "de": t("d", "e")}
    assert judged(rule, states, transitions, facts=facts, phases={"early": {}, "late": {}}).holds


def test_phases_are_entered_once_and_duties_are_letters() -> None:
    states = {
        **STATES,
        "a": {"owner": "c", "phase": "early"},
        "b": {"owner": "c", "phase": "early"},
    }
    rest: dict[str, Any] = {"phases": {"early": {}}, "duties": {"visit": {"by": ["c", "rs"]}}}
    once = {"rule": "not_succession", "when": "early", "then": "early"}
    assert judged(once, states, LINE, **rest).holds
    assert judged(once, states, LOOP, **rest).holds
    recorded = {"rule": "absence", "when": "visit.rs"}
    assert sorted(judged(recorded, states, LINE, **rest).trace) == ["ab", "bd", "de", "visit"]
    never = {"rule": "absence", "when": "visit.c", "if": "has(ok) && !has(ok)"}
    assert judged(never, states, LINE, **rest, facts={"ok": {"type": "bool"}}).holds


def test_what_people_keep_is_watched() -> None:
    watched = judged({"rule": "existence", "then": "ba", "monitor": True}, STATES, LOOP)
    assert (watched.holds, watched.watched) == (None, True)
    every = judged(
        {"rule": "every", "then": "visit", "within": "day"},
        STATES,
        LINE,
        duties={"visit": {"by": "c"}},
    )
    assert (every.holds, every.watched, every.timed) == (None, False, True)


@pytest.mark.parametrize("then", ["visit", "visit.c", "s"])
def test_a_record_that_only_this_rule_names_is_seen_to_stay_possible(then: str) -> None:
    rule = {"rule": "always_possible", "then": then}
    assert judged(rule, STATES, LINE, duties={"visit": {"by": ["c", "s"]}}).holds is True


@pytest.mark.parametrize(
    ("then", "within", "limit", "timed"),
    [
        ("answer", "five", {"within": "five"}, False),
        ("answer", "thirty", {"within": "five"}, False),
        ("answer", "five", {"within": "thirty"}, True),
        ("answer", "five", {}, True),
        ("d", "thirty", {"within": "five"}, True),
    ],
)
def test_a_time_that_a_timer_keeps_is_proved(
    then: str,
    within: str,
    limit: dict[str, str],
    timed: bool,  # noqa: FBT001
) -> None:
    verdict = judged(
        {"rule": "response", "when": "any_handoff", "then": then, "within": within},
        {**STATES, "v": "s"},
        {
            "over": t("a", "v", handoff={"else": "b", **limit}),
            "on": t("v", "d", "rs", handoff={"ack": False}),
            "bd": t("b", "d"),
            "de": t("d", "e"),
        },
    )
    assert (verdict.holds, verdict.timed) == (True, timed)


def test_enabled_speaks_of_the_states_of_a_phase_and_of_nothing_else() -> None:
    states = {**STATES, "a": {"phase": "one"}, "b": {"phase": "one"}, "d": {"phase": "two"}}
    phases: dict[str, Any] = {"one": {}, "two": {}}

    def verdict(when: str) -> RuleVerdict:
        rule = {"rule": "enabled", "when": when, "then": "bd"}
        return judged(rule, states, LINE, phases=phases)

    assert (verdict("b").holds, verdict("one").holds) == (True, False)
    for when in ("ab", "e", "end", "any_transition"):
        assert verdict(when).holds is None


def test_the_course_of_what_cannot_be_done_ends_with_the_facts_for_which_it_cannot() -> None:
    ways = {**LINE, "bd": t("b", "d", if_="ok")}
    facts = {"ok": {"type": "bool"}}
    rule = {"rule": "enabled", "when": "b", "then": "bd"}
    definition = definition_of(small.data(STATES, ways, rules={"r": rule}, facts=facts))
    (verdict,) = prove(definition)
    *_, last = verdict.counterexample
    assert (last.event, last.facts, last.stops[0].place) == ("learn", (("ok", False),), "b")
    case = follow(definition, verdict.counterexample)
    assert case is not None
    assert [s.status for s in RuleMonitor(definition).judge(case.history)] == ["broken"]


def test_a_course_tells_a_fact_once() -> None:
    ways = {"ab": t("a", "b", if_="ok"), "bd": t("b", "d", if_="ok"), "de": t("d", "e")}
    facts = {"ok": {"type": "bool"}}
    verdict = judged({"rule": "absence", "when": "de"}, STATES, ways, facts=facts)
    assert [step.facts for step in verdict.counterexample] == [(), (("ok", True),), (), ()]


def test_an_interrupt_leaves_the_phase_that_an_open_handoff_left() -> None:
    states = {
        "a": {"phase": "one"},
        "b": {"owner": "s", "phase": "two"},
        "d": {"phase": "one"},
        "e": {"kind": "end"},
    }
    ways = {
        "over": t("a", "b", handoff={"else": "d"}),
        "out": {"from": "any_open", "to": "d", "by": "rc"},
        "de": t(["d", "b"], "e", ["rc", "rs"], handoff={"ack": False}),
    }
    rule = {"rule": "not_succession", "when": "over", "then": "one"}
    verdict = judged(rule, states, ways, phases={"one": {}, "two": {}})
    # Only from the second phase the first one is entered again.
    assert verdict.trace == ("over", "over.accept", "out", "de")


def test_how_a_rule_is_broken_is_told_in_the_words_of_the_process() -> None:
    titled = {**LINE, "ab": t("a", "b", title={"fi": "Aloita", "en": "Begin"}, if_="ok")}
    facts = {"ok": {"type": "bool", "title": {"fi": "Sovittu", "en": "Agreed"}}}
    verdict = judged({"rule": "absence", "when": "bd"}, STATES, titled, facts=facts)
    assert verdict.why == Text("tapaus voi kulkea näin", "a case can go this way")
    assert [step.label.fi for step in verdict.counterexample][1:] == [
        "Aloita (Sovittu: kyllä)",
        "bd",
        "de",
    ]
    assert verdict.counterexample[1].label.en == "Begin (Agreed: yes)"
    assert verdict.trace == ("ab", "bd", "de")


@pytest.mark.parametrize("process", shipped_ids())
def test_every_rule_of_a_shipped_process_is_proved_or_watched(process: str) -> None:
    verdicts = prove(load_definition(process))
    assert [v.rule for v in verdicts if v.holds is not True and not v.watched] == []
    assert len([v for v in verdicts if v.holds]) >= 8
