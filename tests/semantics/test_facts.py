"""Facts, guards at run time, and who sees what is personal: SEMANTICS §7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.formats import definition_of
from small import (
    END,
    NOTICE,
    at,
    called_definition,
    calling,
    data,
    go,
    handed,
    process,
    refusal,
    round_trip,
    start,
    t,
)

if TYPE_CHECKING:
    from ohjausprosessi.process import Process

KM = {"k": {"type": "int"}, "m": {"type": "int"}}


def facts(**specs):
    return process({"a": "c", "e": END}, {"g": t("a", "a"), "q": t("a", "e")}, facts=specs)


SECRET = {"k": {"type": "int", "personal": True}}


def recording(**facts: Any) -> Process:
    return process(
        {"a": "c", "e": END}, {"g": t("a", "a", ["rc", "cl"]), "q": t("a", "e")}, facts=facts or KM
    )


def sub_without_partners() -> Any:
    """Return a process to be called that knows only the organisation c."""
    sub = data(
        {
            "n": "c",
            "ok": {"kind": "end", "outcome": "good"},
            "ko": {"kind": "end", "outcome": "bad"},
        },
        {"w": t("n", "ok"), "v": t("n", "ko")},
        id="sub",
        start="n",
        facts=SECRET,
    )
    return definition_of(sub | {"owners": {"c": {}}, "roles": {"rc": {"owner": "c"}}})


def test_f1_none_goes_back_to_the_default_else_to_unknown() -> None:
    p = process(
        {"a": "c", "e": END},
        {"g": t("a", "a", set={"k": None, "m": None}), "q": t("a", "e")},
        facts={"k": {"type": "int", "default": 7}, "m": {"type": "int"}},
    )
    case = start(p, facts={"k": 1, "m": 2})
    assert case.advance("g", by="rc").facts == {"k": 7}
    assert case.learn({"k": None, "m": None}, by="rc").facts == {"k": 7}


@pytest.mark.parametrize(
    ("spec", "value", "why"),
    [
        ({"type": "int"}, True, "type"),
        ({"type": "int"}, "3", "type"),
        ({"type": "int"}, 1.0, "type"),
        ({"type": "int", "min": 15, "max": 70}, 14, "range"),
        ({"type": "int", "min": 15, "max": 70}, 71, "range"),
        ({"type": "bool"}, 1, "type"),
        ({"type": "text"}, 1, "type"),
        ({"type": "enum", "values": ["yes", "nope"]}, "yess", "member"),
        ({"type": "enum", "values": ["yes", "nope"]}, 0, "type"),
        ({"type": "int", "by": "rs"}, 1, "role"),
        ({"type": "int", "phases": "later"}, 1, "phase"),
    ],
)
def test_f4_a_fact_that_will_not_do_is_refused_with_why(spec, value, why) -> None:
    p = process(
        {"a": {"phase": "now"}, "e": END},
        {"g": t("a", "a"), "q": t("a", "e")},
        facts={"k": spec},
        phases={"now": {}, "later": {}},
    )
    case = start(p)
    for refused in (
        refusal("facts", case.learn, {"k": value}, by="rc"),
        refusal("facts", case.advance, "g", by="rc", facts={"k": value}),
    ):
        assert [reason.why for reason in refused.reasons] == [why]
        assert refused.reasons[0].text("fi") != refused.reasons[0].text("en")
    assert case.facts == {}


def test_f4_learning_nothing_unknown_or_by_nobody_is_refused() -> None:
    case = start(facts(**KM))
    assert refusal("facts", case.learn, {}, by="rc").reasons[0].why == "empty"
    unknown = refusal("facts", case.learn, {"kk": 1, "m": "x"}, by="rc")
    assert [reason.why for reason in unknown.reasons] == ["name", "type"]
    assert unknown.reasons[0].did_you_mean == ("k",)
    assert refusal("role", case.learn, {"k": 1}, by="rcc").reasons[0].did_you_mean == ("rc",)
    refusal("facts", case.learn, [("k", 1)], by="rc")
    refusal("ended", go(case, "q").learn, {"k": 1}, by="rc")


def test_f1_a_start_without_role_records_only_what_anybody_may() -> None:
    p = facts(k={"type": "int", "by": "rs"}, m={"type": "int"})
    assert start(p, facts={"m": 1}).facts == {"m": 1}
    refusal("facts", start, p, facts={"k": 1})
    assert start(p, facts={"k": 1}, by="rs").facts == {"k": 1}
    refusal("role", start, p, by="nobody")


def test_f2_a_guard_that_is_unknown_refuses_and_asks() -> None:
    p = process(
        {"a": "c", "p1": "c", "e": END},
        {
            "g": t("a", "p1", if_="k == 1 || m == 2"),
            "h": t("a", "e", if_="has(m) && k == 1"),
            "q": t("p1", "e"),
        },
        facts=KM,
    )
    case = start(p)
    assert refusal("guard_unknown", case.advance, "g", by="rc").asks == ("k", "m")
    assert refusal("guard_false", case.advance, "h", by="rc").asks == ("m",)
    assert at(case.advance("g", by="rc", facts={"m": 2})) == {"p1"}
    false = refusal("guard_false", case.learn({"k": 3, "m": 1}, by="rc").advance, "g", by="rc")
    assert [part.text for part in false.reasons[0].comparisons] == ["k == 1", "m == 2"]
    assert dict(false.reasons[0].comparisons[0].values) == {"k": "3"}


def test_f5_exclusive_changes_nothing_at_run_time() -> None:
    p = process(
        {"a": {"exclusive": True}, "p1": "c", "e": END},
        {
            "g": t("a", "p1", if_="k == 1"),
            "h": t("a", "e", if_="k != 1"),
            "q": t("p1", "e"),
        },
        facts=KM,
    )
    case = start(p)
    assert refusal("guard_unknown", case.advance, "g", by="rc").asks == ("k",)
    assert case.options(by="rc") == ()
    assert [o.transition for o in case.learn({"k": 1}, by="rc").options(by="rc")] == ["g"]


def personal():
    return process(
        {"a": "c", "b": "s", "d": "te", "e": END, "fb": "c"},
        {
            "h": t("a", "b", handoff={"info": ["secret"]}),
            "g": t("a", "a", ["rc", "rs"], if_="k == 1"),
            "n": t("b", "e", ["rs", "rt"], if_="k == 1 && has(secret)", handoff={"ack": False}),
            "q": t(["fb", "d"], "e", ["rc", "rt"], handoff=NOTICE),
        },
        fallback="fb",
        facts={"k": {"type": "int", "personal": True}},
        info={"secret": {"personal": True}},
    )


def test_f6_a_personal_value_is_seen_by_who_recorded_or_received_it() -> None:
    case = start(personal()).learn({"k": 5, "secret": "text"}, by="rc")
    assert case.visible_facts(by="rc") == {"k": 5, "secret": "text"}
    assert case.visible_facts(by="rs") == {}
    assert case.visible_facts(by="cl") == {"k": 5, "secret": "text"}
    opened = go(case, "h")
    assert opened.visible_facts(by="rs") == {}
    accepted = go(opened, ("h.accept", "rs"))
    assert accepted.visible_facts(by="rs") == {"secret": "text"}
    assert accepted.visible_facts(by="rt") == {}
    renewed = accepted.learn({"secret": "new"}, by="rt")
    assert renewed.visible_facts(by="rs") == {}
    assert renewed.visible_facts(by="rt") == {"secret": "new"}
    declined = go(opened, ("h.decline", "rs"))
    assert declined.visible_facts(by="rs") == {}


def test_f6_what_the_client_records_the_responsible_and_the_holder_see() -> None:
    case = go(start(personal(), facts={"secret": "x"}), "h", ("h.accept", "rs"))
    case = case.learn({"k": 3}, by="cl")
    assert case.visible_facts(by="rc")["k"] == 3
    assert case.visible_facts(by="rs")["k"] == 3
    assert "k" not in case.visible_facts(by="rt")


def test_f6_a_refusal_shows_a_personal_value_only_to_who_may_see_it() -> None:
    case = start(personal()).learn({"k": 5}, by="rc")
    assert "5" in refusal("guard_false", case.advance, "g", by="rc").text("en")
    assert "5" not in refusal("guard_false", case.advance, "g", by="rs").text("en")
    assert "5" not in case.explain("g").text("en")
    assert "99" not in refusal("facts", case.learn, {"k": "99"}, by="rs").text("en")


def test_c1_who_has_seen_a_value_goes_with_it_into_a_call_and_back() -> None:
    secret = {"k": {"type": "int", "personal": True}}
    p = calling(
        states={"k1": {"kind": "call", "process": "sub", "with": ["k"], "take": ["k"]}},
        sub=called_definition(facts=secret),
        facts=secret,
    )
    case = go(start(p).learn({"k": 1}, by="rs"), "g", "w", "y")
    assert case.visible_facts(by="rs") == {"k": 1}
    assert case.visible_facts(by="rt") == {}


def test_h3_facts_may_travel_with_a_handoff_too() -> None:
    p = process(
        {"a": "c", "b": "s", "e": END, "fb": "c"},
        {
            "h": t("a", "b", handoff={"info": ["k"]}),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
        facts=KM,
    )
    assert refusal("missing", start(p).advance, "h", by="rc").asks == ("k",)


def test_f6_what_a_client_sets_the_holder_of_the_state_sees() -> None:
    p = handed(transitions={"w": t("b", "b", "cl", set={"k": 5})}, facts=SECRET)
    case = go(start(p), "h", ("h.accept", "rs"), ("w", "cl"))
    assert case.visible_facts(by="rs") == case.visible_facts(by="rc") == {"k": 5}
    assert case.visible_facts(by="rt") == {}


def test_d1_who_has_seen_a_value_may_be_nobody_the_called_process_knows() -> None:
    call = {"kind": "call", "process": "sub", "with": ["k"], "take": ["k"]}
    p = calling(states={"k1": call}, sub=sub_without_partners(), facts=SECRET)
    given = go(start(p).learn({"k": 1}, by="rs"), "g")
    round_trip(p, given)
    learnt = go(start(p), "g").learn({"k": 2}, by="rt")
    round_trip(p, learnt)
    assert go(learnt, "w").visible_facts(by="rt") == {"k": 2}


def test_f1_a_number_too_large_for_json_is_no_value() -> None:
    case = start(recording())
    for value in (2**53, -(2**53), 10**5000):
        for refused in (
            refusal("facts", case.learn, {"k": value}, by="rc"),
            refusal("facts", case.advance, "g", by="rc", facts={"k": value}),
        ):
            assert refused.reasons[0].why == "range"
            assert "9007199254740991" in refused.text("fi")
    assert case.learn({"k": 2**53 - 1}, by="rc").facts == {"k": 2**53 - 1}


def test_f4_a_reason_ends_where_there_is_nothing_to_tell() -> None:
    case = start(
        recording(k={"type": "int", "max": 2, "personal": True}, m={"type": "int", "by": "rs"})
    )
    refused = refusal("facts", case.learn, {"k": 7}, by="rs")
    assert refused.text("fi") == "facts: tiedon k arvon on oltava väliltä …–2"
    assert refused.text("en") == "facts: k must be within …–2"
    refused = refusal("facts", start, recording(m={"type": "int", "by": "rs"}), facts={"m": 1})
    assert refused.text("fi") == "facts: tiedon m kirjaa rs"


def test_f1_a_restored_fact_with_a_default_is_never_unknown() -> None:
    p = recording(k={"type": "int", "default": 3})
    written: Any = start(p).to_dict()
    del written["scope"]["facts"]
    assert p.restore(written).facts == {"k": 3}


def test_f4_control_characters_are_kept_as_they_are() -> None:
    p = recording(m={"type": "text"})
    case = start(p).learn({"m": "\x1b[31m\x85"}, by="rc", actor="\x07")
    round_trip(p, case)


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_f1_what_cannot_be_stored_is_not_recorded(character: str) -> None:
    p = recording(m={"type": "text"})
    case, text = start(p), f"ä{character}"
    said = f"m may hold only characters that can be stored, not U+{ord(character):04X}"
    for act in (
        lambda: case.learn({"m": text}, by="rc"),
        lambda: case.advance("g", by="rc", facts={"m": text}),
        lambda: p.start("x", facts={"m": text}),
    ):
        assert refusal("facts", act).reasons[0].text("en") == said
    acted = case.advance("g", by="rc")
    for argument, act in (
        ("case_id", lambda: p.start(text)),
        ("actor", lambda: p.start("x", actor=text)),
        ("actor", lambda: case.learn({"m": "a"}, by="rc", actor=text)),
        ("actor", lambda: case.advance("g", by="rc", actor=text)),
        ("why", lambda: acted.correct(by="rc", why=text)),
    ):
        (reason,) = refusal("facts", act).reasons
        assert (reason.fact, reason.why) == (argument, "character")
