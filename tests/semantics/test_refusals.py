"""The order of the gates, and what a refusal carries: SEMANTICS §9 K, §10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.errors import Refused
from small import (
    END,
    NOTICE,
    at,
    called_definition,
    calling,
    forked,
    go,
    process,
    refusal,
    start,
    t,
)

if TYPE_CHECKING:
    from ohjausprosessi.process import Process


def gated():
    return process(
        {"a": "c", "b": "s", "e": END, "fb": "c"},
        {
            "g": t("a", "b", if_="k == 1", handoff={"info": ["doc"]}),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
        facts={"k": {"type": "int"}},
        info={"doc": {}},
    )


KM = {"k": {"type": "int"}, "m": {"type": "int"}}


def recording(**facts: Any) -> Process:
    return process(
        {"a": "c", "e": END}, {"g": t("a", "a", ["rc", "cl"]), "q": t("a", "e")}, facts=facts or KM
    )


def test_k1_gates_stop_at_the_first_failure_and_then_tell_all() -> None:
    case = start(gated())
    refused = refusal("guard_unknown", case.advance, "g", by="rc")
    assert [reason.code for reason in refused.reasons] == ["guard_unknown", "missing"]
    assert refused.asks == ("k", "doc")
    assert [reason.code for reason in case.explain("g", by="rs").reasons] == ["role"]
    assert case.explain("g").code == "guard_unknown"
    assert at(case.advance("g", by="rc", facts={"k": 1, "doc": "d"})) == {"g.offered"}
    assert refusal("transition", case.advance, "gg", by="rc").reasons[0].did_you_mean == ("g",)
    refusal("not_here", case.advance, "n", by="nobody")
    refusal("role", case.advance, "g", by="rs", facts={"zz": 1})
    refusal("facts", case.advance, "g", by="rc", facts={"zz": 1})


def test_k1_a_known_name_on_an_ended_case_says_ended() -> None:
    case = go(start(calling()), "g", "w", "y", "o1", "fin")
    assert case.ended
    refusal("ended", case.advance, "y", by="rc")
    refusal("ended", case.advance, "g", by="zz")
    refusal("transition", case.advance, "nope", by="rc")
    assert case.options() == ()


def test_k1_a_refusal_says_what_may_be_done_instead() -> None:
    case = go(start(forked()), "go")
    refused = refusal("not_here", case.advance, "fin", by="rc")
    assert refused.options == ("d1", "d2")
    assert "allowed now: d1, d2" in str(refused)
    assert "nyt voi: d1, d2" in refused.text("fi")


def test_k2_explain_is_advance_without_effect() -> None:
    case = start(gated())
    said = case.explain("g", by="rc", facts={"k": 1, "doc": "d"})
    assert said.allowed
    assert (said.to, said.handoff, said.state) == ("b", "s", "a")
    assert case.facts == {}
    assert case.seq == 1
    assert case.explain("g.accept").code == "not_here"
    assert case.explain("g", by="rc", at="no time").code == "time"


def test_k3_options_are_what_explain_allows_in_file_order() -> None:
    p = process(
        {"a": "c", "b": "s", "e": END, "fb": "c"},
        {
            "h": t("a", "b", ["rc", "cl"], handoff={}),
            "l": t("a", "a", if_="k == 1"),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
        facts={"k": {"type": "int"}},
        duties={"cheer": {"by": "s"}},
    )
    case = start(p)
    assert [o.transition for o in case.options(by="cl")] == ["h"]
    assert [o.transition for o in case.options()] == ["h", "cheer"]
    assert case.options()[0].by == ("rc", "cl")
    blocked = case.options(by="rc", blocked=True)
    assert [(o.transition, o.allowed, o.asks) for o in blocked] == [
        ("h", True, ()),
        ("l", False, ("k",)),
    ]
    case = go(case, ("h", "cl"))
    assert case.options(by="cl") == ()
    assert [o.transition for o in case.options(by="rs")] == ["h.accept", "h.decline", "cheer"]
    assert [o.to for o in case.options(by="rs")] == ["b", "fb", None]


def test_k3_options_of_a_call_have_exact_names() -> None:
    case = go(start(calling(sub=called_definition())), "g")
    assert [o.transition for o in case.options()] == ["k1/w"]
    assert case.options()[0].to == "k1/m"


def test_k4_every_act_adds_an_event_or_is_refused() -> None:
    case = start(gated())
    for name in ("g", "n", "q", "g.accept", "nothing", "", None, 3, ["g"]):
        for by in ("rc", "rs", None, 3, ["rc"]):
            try:
                assert case.advance(name, by=by).seq > case.seq  # type: ignore[arg-type]
            except Refused as refused:
                assert refused.code in {"transition", "not_here", "role", "guard_unknown"}
    assert case.seq == 1
    assert case.active == ("a",)


def test_10_a_guard_refusal_points_into_the_guard() -> None:
    case = start(gated()).learn({"k": 2}, by="rc")
    text = str(refusal("guard_false", case.advance, "g", by="rc"))
    assert "if: k == 1\n        ^~~~~~\n  k is 2" in text


@pytest.mark.parametrize("language", ["fi", "en"])
def test_10_every_reason_speaks_both_languages(language: str) -> None:
    case = start(gated())
    attempts = [
        lambda: case.advance("gg", by="rc"),
        lambda: case.advance("n", by="rs"),
        lambda: case.advance("g", by="rs"),
        lambda: case.advance("g", by="rc"),
        lambda: case.advance("g", by="rc", facts={"k": "x"}),
        lambda: case.advance("g", by="rc", at=3),  # type: ignore[arg-type]
        lambda: case.correct(by="rc", why="-"),
        lambda: case.learn({"k": 2}, by="rc").advance("g", by="rc"),
    ]
    for attempt in attempts:
        with pytest.raises(Refused) as caught:
            attempt()
        text = caught.value.text(language)
        assert text.startswith(caught.value.code)
        assert text != caught.value.text("en" if language == "fi" else "fi")


def test_s2_an_act_names_one_role_and_may_name_the_person() -> None:
    p = process({"a": "c", "e": END}, {"q": t("a", "e", ["rc", "cl"])})
    event = start(p).advance("q", by="cl", actor="Liisa, koordinaattori").history[-1]
    assert (event.by, event.actor) == ("cl", "Liisa, koordinaattori")


def test_k1_arguments_of_any_kind_are_refused_and_never_break() -> None:
    case = start(recording())
    huge: Any = 10**5000
    for name in (huge, ["g"], {}, b"g", 1.5):
        assert refusal("transition", case.advance, name, by="rc").text("fi")
        assert case.explain(name).text("fi")
    for by in (huge, ["rc"], {}, b"rc"):
        assert refusal("role", case.advance, "g", by=by).text("fi")
        assert refusal("role", case.learn, {"k": 1}, by=by).text("fi")
    for state in (huge, ["a"], {}, "zz"):
        assert refusal("not_here", case.advance, "g", by="rc", state=state).text("fi")
    for moment in (huge, ["now"], "2026-01-01"):
        assert refusal("time", case.advance, "g", by="rc", at=moment).text("fi")
    for facts in ({huge: 1}, {("k",): 1}, {None: 1}, {"k": huge}, {"k": []}, {"k": 1.0}, [1]):
        assert refusal("facts", case.advance, "g", by="rc", facts=facts).text("fi")


def test_k1_a_start_reports_its_facts_before_its_time() -> None:
    refused = refusal("facts", start, recording(), facts={"zz": 1}, at="now")
    assert [reason.code for reason in refused.reasons] == ["facts"]


def test_k1_a_very_long_name_is_compared_with_nothing() -> None:
    refused = refusal("transition", start(recording()).advance, "g" * 10**6, by="rc")
    assert len(refused.text("fi")) < 300
    assert refused.reasons[0].did_you_mean == ()


def test_10_every_refusal_says_what_the_role_may_do() -> None:
    case = start(recording())
    assert refusal("facts", case.learn, {"zz": 1}, by="cl").options == ("g",)
    assert refusal("correct", case.correct, by="rc", why="-").options == ("g", "q")
    with pytest.raises(Refused) as refused:
        case.visible_facts(by=["rc"])  # type: ignore[arg-type]
    assert refused.value.code == "role"
