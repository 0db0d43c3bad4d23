"""Time, duties: SEMANTICS §8."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from small import (
    DAY,
    END,
    NOTICE,
    T0,
    at,
    branched,
    called_definition,
    forked,
    handed,
    names,
    process,
    refusal,
    round_trip,
    start,
    t,
)

if TYPE_CHECKING:
    from ohjausprosessi.process import Process

LOOP = {"a": "c", "b": {"deadline": "day"}, "e": END}
LOOP_WAYS = {
    "g": t("a", "b", None, after="day"),
    "h": t("b", "a", None, after="day"),
    "q": t("a", "e"),
}


def loop():
    return process(LOOP, LOOP_WAYS)


def answered_within(length: str = "five"):
    return process(
        {"a": "c", "b": "s", "e": END, "fb": "c"},
        {
            "h": t("a", "b", handoff={"within": length}),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
    )


KM = {"k": {"type": "int"}, "m": {"type": "int"}}


def recording(**facts: Any) -> Process:
    return process(
        {"a": "c", "e": END}, {"g": t("a", "a", ["rc", "cl"]), "q": t("a", "e")}, facts=facts or KM
    )


class Moment(datetime):
    """A moment of another library: equal to a plain one, of another class."""


def test_t4_nothing_happens_before_tick_and_the_first_call_wins() -> None:
    case = start(answered_within(), at=T0).advance("h", by="rc", at=T0)
    assert [due.what for due in case.due(T0 + 5 * DAY)] == ["h.expire"]
    assert case.due(T0 + 5 * DAY)[0].owner == "s"
    assert not case.due(T0 + 4 * DAY)
    accepted = case.advance("h.accept", by="rs", at=T0 + 5 * DAY)
    assert at(accepted.tick(T0 + 5 * DAY)) == {"b"}
    expired = case.tick(T0 + 5 * DAY)
    assert at(expired) == {"fb"}
    assert (expired.history[-1].transition, expired.history[-1].kind) == ("h.expire", "time")
    refusal("not_here", expired.advance, "h.accept", by="rs", at=T0 + 5 * DAY)
    assert at(case.advance("h.accept", by="rs", at=T0 + 99 * DAY)) == {"b"}
    assert (
        refusal("role", case.advance, "h.expire", by="rs", at=T0 + 9 * DAY).reasons[0].allowed == ()
    )


def test_t5_tick_does_what_was_due_when_it_was_called_once_each() -> None:
    case = start(loop(), at=T0).tick(T0 + 3650 * DAY)
    assert at(case) == {"b"}
    assert case.seq == 2
    assert case.at == T0 + 3650 * DAY
    assert case.history[-1].due == T0 + DAY
    later = case.tick(T0 + 3651 * DAY)
    assert at(later) == {"a"}
    assert names(later)[-2:] == ["b.remind", "h"]
    assert case.tick(case.at) is case


def test_t6_an_after_waits_until_its_guard_is_true() -> None:
    p = process(
        {"a": "c", "b": "c", "e": END},
        {"g": t("a", "b", None, after="day", if_="k == 1"), "q": t("b", "e"), "q2": t("a", "e")},
        facts={"k": {"type": "int"}},
    )
    case = start(p, at=T0)
    assert case.tick(T0 + DAY) is case
    due = case.due(T0 + DAY)[0]
    assert (due.what, due.asks) == ("g", ("k",))
    learnt = case.learn({"k": 1}, by="rc", at=T0 + 2 * DAY)
    assert at(learnt) == {"a"}
    assert at(learnt.tick(T0 + 2 * DAY)) == {"b"}


def test_t6_a_deadline_reminds_once_and_moves_nothing() -> None:
    p = process({"a": {"deadline": "day", "owner": "j"}, "e": END}, {"q": t("a", "e")})
    case = start(p, at=T0).tick(T0 + DAY)
    event = case.history[-1]
    assert (event.kind, event.transition, event.tell) == ("remind", "a.remind", ("s", "c"))
    assert at(case) == {"a"}
    assert case.tick(T0 + 99 * DAY) is case


def test_h3_a_timer_does_not_wait_for_information() -> None:
    p = process(
        {"a": "c", "b": "s", "e": END, "fb": "c"},
        {
            "h": t("a", "b", after="day", handoff={"info": ["doc"], "within": "day"}),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
        info={"doc": {}},
    )
    case = start(p, at=T0)
    refusal("missing", case.advance, "h", by="rc", at=T0)
    opened = case.tick(T0 + 10 * DAY)
    assert at(opened) == {"h.offered"}
    assert not opened.due(T0 + 10 * DAY)
    assert at(opened.tick(T0 + 11 * DAY)) == {"fb"}


def test_t1_times_are_aware_never_backwards_and_never_missing() -> None:
    p = loop()
    naive = datetime(2026, 1, 1)  # noqa: DTZ001  what is refused
    assert refusal("time", p.start, "x", at=naive).reasons[0].why == "naive"
    case = start(p, at=T0)
    assert refusal("time", case.advance, "q", by="rc").reasons[0].why == "missing"
    assert refusal("time", case.advance, "q", by="rc", at=T0 - DAY).reasons[0].why == "backwards"
    assert refusal("time", case.tick, naive).reasons[0].why == "naive"
    timeless = start(p)
    assert timeless.due(T0) == ()
    assert timeless.tick(T0) is timeless
    assert case.tick(T0 - DAY) is case
    helsinki = datetime(2026, 1, 5, 10, tzinfo=ZoneInfo("Europe/Helsinki"))
    assert start(p, at=helsinki).at == T0
    assert str(start(p, at=helsinki).at) == "2026-01-05 08:00:00+00:00"


def test_t1_a_case_without_times_gets_them_with_its_first_at() -> None:
    p = process(
        {"a": "c", "b": {"deadline": "day"}, "e": END},
        {"g": t("a", "b"), "q": t("b", "e")},
        duties={"follow": {"by": "c", "every": "thirty"}},
    )
    case = start(p)
    assert case.due(T0) == ()
    case = case.advance("g", by="rc", at=T0)
    assert [due.what for due in case.due(T0 + 31 * DAY)] == ["b.remind", "follow"]
    refusal("time", case.advance, "q", by="rc")


def test_x2_a_self_loop_starts_the_times_of_its_state_anew() -> None:
    p = process({"a": {"deadline": "five"}, "e": END}, {"l": t("a", "a"), "q": t("a", "e")})
    case = start(p, at=T0).advance("l", by="rc", at=T0 + 4 * DAY)
    assert not case.due(T0 + 8 * DAY)
    assert case.due(T0 + 9 * DAY)


def test_t5_of_two_due_at_once_the_first_in_order_acts() -> None:
    p = forked(
        transitions={
            "quit": t("b1", "e", None, after="day"),
            "d2": t("b2", "join", None, after="day"),
            "d1": t("b1", "join"),
        }
    )
    case = start(p, at=T0).advance("go", by="rc", at=T0).tick(T0 + DAY)
    assert case.ended
    assert case.history[-1].cancelled == ("b2",)
    assert names(case)[-1] == "quit"


def duties():
    return process(
        {"a": "c", "b": "s", "d": {"roles": ["rt"]}, "e": END, "fb": "c"},
        {
            "h": t("a", "b", handoff={}),
            "n": t("b", "d", "rs", handoff=NOTICE),
            "q": t(["d", "fb"], "e"),
        },
        fallback="fb",
        duties={"follow": {"by": ["c", "s", "rt"], "every": "thirty"}, "cheer": {"by": ["j"]}},
    )


def late(case, now) -> list[str]:
    return [due.owner for due in case.due(now) if due.what == "follow"]


def test_t7_an_entry_has_its_clock_while_it_takes_part() -> None:
    case = start(duties(), at=T0)
    assert late(case, T0 + 30 * DAY) == ["c"]
    opened = case.advance("h", by="rc", at=T0 + DAY)
    assert late(opened, T0 + 31 * DAY) == ["c"]
    given = opened.advance("h.accept", by="rs", at=T0 + 10 * DAY)
    assert late(given, T0 + 30 * DAY) == ["c"]
    assert late(given, T0 + 40 * DAY) == ["c", "s"]
    back = given.advance("n", by="rs", at=T0 + 20 * DAY)
    assert late(back, T0 + 50 * DAY) == ["c", "rt"]


@pytest.mark.parametrize(("entry", "counts"), [("j", True), ("k", False)])
def test_t7_a_joint_entry_takes_part_while_a_member_does(entry: str, counts: bool) -> None:  # noqa: FBT001
    p = process(
        {"a": "c", "e": END},
        {"q": t("a", "e")},
        duties={"follow": {"by": entry, "every": "thirty"}},
    )
    assert p.definition.takes_part(entry, "a") is counts  # of j the responsible always does
    assert late(start(p, at=T0), T0 + 30 * DAY) == ([entry] if counts else [])


def test_t7_a_record_starts_the_clock_of_its_entry_anew() -> None:
    case = start(duties(), at=T0).advance("follow", by="rc", at=T0 + 20 * DAY)
    assert at(case) == {"a"}
    assert late(case, T0 + 31 * DAY) == []
    assert late(case, T0 + 50 * DAY) == ["c"]
    assert case.tick(T0 + 99 * DAY) is case
    refusal("role", case.advance, "follow", by="cl", at=T0 + 21 * DAY)
    case = case.advance("cheer", by="rs", at=T0 + 21 * DAY)
    assert names(case)[-1] == "cheer"


def test_t7_duties_end_with_the_case() -> None:
    case = start(duties(), at=T0).advance("h", by="rc", at=T0)
    case = case.advance("h.decline", by="rs", at=T0).advance("q", by="rc", at=T0)
    assert case.ended
    assert case.due(T0 + 99 * DAY) == ()


def test_t2_entering_arms_and_leaving_cancels() -> None:
    p = process(
        {"a": {"deadline": "day"}, "b": "c", "e": END},
        {"g": t("a", "b"), "x1": t("a", "e", None, after="five"), "q": t("b", "e")},
    )
    case = start(p, at=T0)
    assert [(time[0], time[1]) for time in case.to_dict()["scope"]["times"]] == [
        ("a", "a.remind"),
        ("a", "x1"),
    ]
    assert "times" not in case.advance("g", by="rc", at=T0).to_dict()["scope"]


def test_t2_a_transition_may_be_called_remind() -> None:
    p = process(
        {"a": {"deadline": "day"}, "b": "c", "e": END},
        {"remind": t("a", "b", None, after="five"), "q": t("b", "e")},
    )
    case = start(p, at=T0)
    round_trip(p, case)
    assert names(case.tick(T0 + DAY)) == ["a.remind"]
    assert names(case.tick(T0 + 5 * DAY)) == ["a.remind", "remind"]


def test_t7_the_clocks_of_a_call_start_anew_with_the_call() -> None:
    sub = called_definition(duties={"visit": {"by": ["c"], "every": "thirty"}})
    p = branched({"again": t("b2", "z"), "re": t("any_open", "k1")}, sub=sub)
    case = start(p, at=T0).advance("go", by="rc", at=T0)
    case = case.advance("re", by="rc", at=T0 + 20 * DAY)
    assert at(case) == {"k1", "k1/n"}
    assert not case.due(T0 + 49 * DAY)
    assert case.due(T0 + 50 * DAY)[0].what == "k1/visit"


def test_t1_any_aware_moment_is_kept_as_a_plain_one_in_utc() -> None:
    p = recording()
    odd = timezone(timedelta(hours=-3, minutes=-30, seconds=-7))
    given = Moment(2026, 1, 5, 4, 29, 53, tzinfo=odd)
    case = start(p, at=given).advance("g", by="rc", at=given + DAY)
    assert (case.at, type(case.at)) == (T0 + DAY, datetime)
    round_trip(p, case)
    refusal("time", start, p, at=datetime.min.replace(tzinfo=timezone(DAY / 2)))


def test_h3_a_timer_asks_for_no_information() -> None:
    p = handed(
        transitions={"h": t("a", "b", None, after="day", handoff={"info": ["doc"]})},
        info={"doc": {}},
    )
    said = start(p).explain("h")
    assert (said.code, said.asks) == ("role", ())
