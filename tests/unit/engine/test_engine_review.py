"""Corners of every rule that plain use seldom reaches: what breaks an engine that forgets them."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.formats import definition_of
from ohjausprosessi.model import Duration
from ohjausprosessi.net.calendar import Calendar
from small import (
    DAY,
    END,
    NOTICE,
    T0,
    at,
    called_definition,
    calling,
    data,
    forked,
    go,
    names,
    process,
    refusal,
    start,
    t,
)

if TYPE_CHECKING:
    from ohjausprosessi.engine import Case
    from ohjausprosessi.process import Process

KM = {"k": {"type": "int"}, "m": {"type": "int"}}
SECRET = {"k": {"type": "int", "personal": True}}


def loop(**facts: Any) -> Process:
    return process(
        {"a": "c", "e": END}, {"g": t("a", "a", ["rc", "cl"]), "q": t("a", "e")}, facts=facts or KM
    )


def handed(**more: Any) -> Process:
    """Return a process in which c hands the client to s, who gives it back."""
    ways = {
        "h": t("a", "b", handoff={}),
        "n": t("b", "e", "rs", handoff=NOTICE),
        "q": t("fb", "e"),
        **more.pop("transitions", {}),
    }
    return process({"a": "c", "b": "s", "e": END, "fb": "c"}, ways, fallback="fb", **more)


def branched(transitions: dict[str, Any], **more: Any) -> Process:
    """Return a process that calls ``sub`` in one branch while b2 waits in the other."""
    states = {
        "a": "c",
        "f": {"kind": "fork"},
        "k1": {"kind": "call", "process": "sub"},
        "b2": "c",
        "z": "c",
        "e": END,
    }
    ways = {
        "go": t("a", "f"),
        "f1": t("f", "k1", None),
        "f2": t("f", "b2", None),
        "o1": t("k1", "z", outcome=["good", "bad"]),
        "fin": t("z", "e"),
        **transitions,
    }
    return process(states, ways, called={"sub": more.pop("sub", called_definition())}, **more)


def round_trip(p: Process, case: Case) -> None:
    """Assert that a case is the same when read back and when replayed."""
    written = json.dumps(case.to_dict())
    assert p.restore(json.loads(written)) == case
    assert json.dumps(p.restore(json.loads(written)).to_dict()) == written
    assert p.replay(case.history) == case


# ---- tokens


def test_e6_results_of_one_call_that_wait_together_are_named_by_their_places() -> None:
    p = branched({"again": t("b2", "k1")})
    case = go(start(p), "go", "k1/w", "k1/y", "again", "k1/w", "k1/q")
    assert case.active == ("k1.good", "k1.bad")
    assert refusal("ambiguous", case.advance, "o1", by="rc").reasons[0].states == case.active
    refusal("ambiguous", case.advance, "o1", by="rc", state="k1")
    assert [(o.transition, o.state) for o in case.options("rc")] == [
        ("o1", "k1.good"),
        ("o1", "k1.bad"),
    ]
    assert refusal("not_here", case.advance, "go", by="rc").options == ("o1",)
    gone = case.advance("o1", by="rc", state="k1.bad")
    assert at(gone) == {"k1.good", "z"}
    round_trip(p, gone)


def test_n5_a_call_that_has_ended_waits_for_room_to_return() -> None:
    p = branched({"again": t("b2", "k1")}, facts=KM)
    case = go(start(p), "go", "k1/w", "k1/y", "again", "k1/w", "k1/y")
    assert case.active == ("k1", "k1.good", "k1/ok")
    round_trip(p, case)
    assert not case.learn({"k": 1}, by="rc").ended
    case = go(case, "o1")
    assert names(case)[-2:] == ["o1", "k1.return"]
    assert at(case) == {"k1.good", "z"}


def test_e4_a_choice_that_has_chosen_asks_for_what_its_exit_lacks_only() -> None:
    p = process(
        {"a": "c", "x1": {"kind": "choice"}, "p1": "s", "q1": "c", "e": END, "fb": "c"},
        {
            "g": t("a", "x1"),
            "c1": t("x1", "p1", None, if_="k == 1", handoff={"info": ["doc"]}),
            "c2": t("x1", "q1", None, if_="m == 1"),
            "n": t("p1", "e", "rs", handoff=NOTICE),
            "w": t(["q1", "fb"], "e"),
        },
        fallback="fb",
        facts=KM,
        info={"doc": {}},
    )
    case = start(p).advance("g", by="rc", facts={"k": 1})
    assert case.explain("c1").asks == case.explain("c2").asks == ("doc",)
    assert at(case.learn({"doc": "here"}, by="rc")) == {"c1.offered"}


def test_x1_whoever_had_the_client_is_told_of_an_interrupt() -> None:
    p = handed(transitions={"stop": t("any_open", "e")})
    case = go(start(p), "h", ("h.accept", "rs"))
    assert go(case, "stop").history[-1].tell == ("s",)
    assert go(start(p), "stop").history[-1].tell == ()


def test_x1_an_interrupt_leaves_no_state_where_it_finds_an_open_handoff() -> None:
    p = handed(transitions={"stop": t("any_open", "e")})
    case = go(start(p), "h")
    assert case.explain("stop", by="rc").state is None
    refused = refusal("not_here", case.advance, "stop", by="rc", state="a")
    assert refused.reasons[0].text() == "stop cannot leave a now: leave state= out"
    round_trip(p, go(case, "stop"))


# ---- names


def test_c4_a_name_of_two_running_calls_is_given_exactly() -> None:
    inner = called_definition(duties={"visit": {"by": "c"}}, facts=KM)
    states = {"n": "c", "d": {"kind": "call", "process": "sub"}, "ok": END}
    ways = {"w": t("n", "d"), "out": t("d", "ok", outcome=["good", "bad"])}
    outer = definition_of(
        data(states, ways, id="outer", start="n", facts=KM), called={"sub": inner}
    )
    p = process(
        {
            "a": "c",
            "f": {"kind": "fork"},
            "k1": {"kind": "call", "process": "outer"},
            "k2": {"kind": "call", "process": "sub"},
            "z": "c",
            "e": END,
        },
        {
            "go": t("a", "f"),
            "f1": t("f", "k1", None),
            "f2": t("f", "k2", None),
            "o1": t("k1", "z", outcome="done"),
            "o2": t("k2", "e", outcome=["good", "bad"]),
            "fin": t("z", "e"),
        },
        called={"outer": outer, "sub": inner},
    )
    case = go(start(p), "go")
    assert refusal("ambiguous", case.advance, "w", by="rc").reasons[0].candidates == (
        "k1/w",
        "k2/w",
    )
    assert at(go(case, "visit")) == at(case)  # k2 alone runs a process with this duty
    case = go(case, "k1/w")
    assert case.active == ("k1", "k2", "k1/d", "k2/n", "k1/d/n")
    assert refusal("ambiguous", case.advance, "visit", by="rc").reasons[0].candidates == (
        "k2/visit",
        "k1/d/visit",
    )
    refusal("transition", case.advance, "d/w", by="rc")
    refusal("transition", case.advance, "k2/d/w", by="rc")
    refusal("not_here", case.advance, "k2/y", by="rc")
    refusal("not_here", case.advance, "k1/w", by="rc")
    case = case.learn({"k": 4}, by="rc")
    assert [case.facts_in(call) for call in ("", "k1", "k2", "k1/d")] == [{}, *[{"k": 4}] * 3]
    round_trip(p, case)
    case = go(case, "k1/d/w", "k2/w", "k1/d/y", "k1/out")
    assert case.active == ("k1.done", "k2", "k2/m")
    round_trip(p, case)
    assert go(case, "y", "o2").history[-1].cancelled == ("k1.done",)


def test_c5_a_fact_of_a_call_alone_is_unknown_while_it_does_not_run() -> None:
    p = calling(sub=called_definition(facts=KM))
    case = start(p)
    assert refusal("facts", case.learn, {"k": 1}, by="rc").reasons[0].why == "name"
    refusal("facts", case.advance, "g", by="rc", facts={"k": 1})
    case = go(case, "g").learn({"k": 1}, by="rc")
    assert (case.facts, case.facts_in("k1")) == ({}, {"k": 1})
    refusal("facts", go(case, "w", "y").learn, {"k": 1}, by="rc")


# ---- facts


def test_f6_what_a_client_sets_the_holder_of_the_state_sees() -> None:
    p = handed(transitions={"w": t("b", "b", "cl", set={"k": 5})}, facts=SECRET)
    case = go(start(p), "h", ("h.accept", "rs"), ("w", "cl"))
    assert case.visible_facts("rs") == case.visible_facts("rc") == {"k": 5}
    assert case.visible_facts("rt") == {}


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


def test_d1_who_has_seen_a_value_may_be_nobody_the_called_process_knows() -> None:
    call = {"kind": "call", "process": "sub", "with": ["k"], "take": ["k"]}
    p = calling(states={"k1": call}, sub=sub_without_partners(), facts=SECRET)
    given = go(start(p).learn({"k": 1}, by="rs"), "g")
    round_trip(p, given)
    learnt = go(start(p), "g").learn({"k": 2}, by="rt")
    round_trip(p, learnt)
    assert go(learnt, "w").visible_facts("rt") == {"k": 2}


def test_f1_a_number_too_large_for_json_is_no_value() -> None:
    case = start(loop())
    for value in (2**53, -(2**53), 10**5000):
        for refused in (
            refusal("facts", case.learn, {"k": value}, by="rc"),
            refusal("facts", case.advance, "g", by="rc", facts={"k": value}),
        ):
            assert refused.reasons[0].why == "range"
            assert "9007199254740991" in refused.text("fi")
    assert case.learn({"k": 2**53 - 1}, by="rc").facts == {"k": 2**53 - 1}


def test_f4_a_reason_ends_where_there_is_nothing_to_tell() -> None:
    case = start(loop(k={"type": "int", "max": 2, "personal": True}, m={"type": "int", "by": "rs"}))
    refused = refusal("facts", case.learn, {"k": 7}, by="rs")
    assert refused.text("fi") == "facts: tiedon k arvon on oltava väliltä …–2"
    assert refused.text() == "facts: k must be within …–2"
    refused = refusal("facts", start, loop(m={"type": "int", "by": "rs"}), facts={"m": 1})
    assert refused.text("fi") == "facts: tiedon m kirjaa rs"


def test_f1_a_restored_fact_with_a_default_is_never_unknown() -> None:
    p = loop(k={"type": "int", "default": 3})
    written: Any = start(p).to_dict()
    del written["scope"]["facts"]
    assert p.restore(written).facts == {"k": 3}


def test_f4_control_characters_are_kept_as_they_are() -> None:
    p = loop(m={"type": "text"})
    case = start(p).learn({"m": "\x1b[31m\x85"}, by="rc", actor="\x07")
    round_trip(p, case)


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_f1_what_cannot_be_stored_is_not_recorded(character: str) -> None:
    p = loop(m={"type": "text"})
    case, text = start(p), f"ä{character}"
    said = f"m may hold only characters that can be stored, not U+{ord(character):04X}"
    for act in (
        lambda: case.learn({"m": text}, by="rc"),
        lambda: case.advance("g", by="rc", facts={"m": text}),
        lambda: p.start("x", facts={"m": text}),
    ):
        assert refusal("facts", act).reasons[0].text() == said
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


def test_d2_stored_data_holds_nothing_that_cannot_be_stored() -> None:
    p = loop(m={"type": "text"})
    case = start(p).learn({"m": "abc"}, by="rc", actor="abc").correct(by="rc", why="abc")
    case = case.learn({"m": "abc"}, by="rc")
    assert p.restore(case.to_dict()) == case
    written = json.dumps(case.to_dict())
    for part in ('"id": "x', '"m": "abc', '"actor": "abc', '"why": "abc', '"m'):
        for broken in ("\\ud800", "\\u0000"):
            data = json.loads(written.replace(part, part + broken))
            assert refusal("case_data", p.restore, data).text("fi").isprintable()


# ---- copies


def test_y2_a_case_and_its_history_are_their_own_copies_and_not_pickled() -> None:
    case = go(start(forked()), "go")
    for value in (case, case.history):
        assert copy.copy(value) is value
        assert copy.deepcopy([value])[0] is value
        with pytest.raises(TypeError, match=r"keep case\.to_dict\(\) and .*process\.restore\(\)"):
            pickle.dumps(value)


def test_a_process_is_pickled_as_its_definition() -> None:
    p = loop()
    again = pickle.loads(pickle.dumps(p))  # noqa: S301  our own bytes
    assert again.hash == p.hash
    assert again.restore(start(p).to_dict()) == start(p)


# ---- time


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


class Moment(datetime):
    """A moment of another library: equal to a plain one, of another class."""


def test_t1_any_aware_moment_is_kept_as_a_plain_one_in_utc() -> None:
    p = loop()
    odd = timezone(timedelta(hours=-3, minutes=-30, seconds=-7))
    given = Moment(2026, 1, 5, 4, 29, 53, tzinfo=odd)
    case = start(p, at=given).advance("g", by="rc", at=given + DAY)
    assert (case.at, type(case.at)) == (T0 + DAY, datetime)
    round_trip(p, case)
    refusal("time", start, p, at=datetime.min.replace(tzinfo=timezone(DAY / 2)))


def test_t3_workdays_are_counted_across_the_end_of_a_year() -> None:
    begin, length = datetime(2030, 12, 20, tzinfo=UTC), Duration(id="d", amount=9, unit="workday")
    # No workdays: Christmas from its eve, New Year's Day and Epiphany, and the weekends.
    assert Calendar("Europe/Helsinki", "FI").add(begin, length) == datetime(2031, 1, 9, tzinfo=UTC)


def test_h3_a_timer_asks_for_no_information() -> None:
    p = handed(
        transitions={"h": t("a", "b", None, after="day", handoff={"info": ["doc"]})},
        info={"doc": {}},
    )
    said = start(p).explain("h")
    assert (said.code, said.asks) == ("role", ())


# ---- arguments


def test_k1_arguments_of_any_kind_are_refused_and_never_break() -> None:
    case = start(loop())
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


@pytest.mark.parametrize(
    "odd", [3, 10**5000, ["Liisa"], b"Liisa", True], ids=["int", "huge", "list", "bytes", "bool"]
)
def test_y1_what_is_kept_as_it_comes_has_to_be_a_text(odd: Any) -> None:
    p = loop()
    case = start(p).advance("g", by="rc")
    for refused in (
        refusal("facts", p.start, odd),
        refusal("facts", p.start, "x", actor=odd),
        refusal("facts", case.advance, "g", by="rc", actor=odd),
        refusal("facts", case.learn, {"k": 1}, by="rc", actor=odd),
        refusal("facts", case.correct, by="rc", why="w", actor=odd),
        refusal("facts", case.correct, by="rc", why=odd),
    ):
        assert refused.reasons[0].why == "type"


def test_k1_a_start_reports_its_facts_before_its_time() -> None:
    refused = refusal("facts", start, loop(), facts={"zz": 1}, at="now")
    assert [reason.code for reason in refused.reasons] == ["facts"]


def test_k1_a_very_long_name_is_compared_with_nothing() -> None:
    refused = refusal("transition", start(loop()).advance, "g" * 10**6, by="rc")
    assert len(refused.text("fi")) < 300
    assert refused.reasons[0].did_you_mean == ()


def test_10_every_refusal_says_what_the_role_may_do() -> None:
    case = start(loop())
    assert refusal("facts", case.learn, {"zz": 1}, by="cl").options == ("g",)
    assert refusal("correct", case.correct, by="rc", why="-").options == ("g", "q")
    assert case.visible_facts(["rc"]) == {}  # type: ignore[arg-type]


# ---- stored and replayed


def _nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    "junk",
    [10**5000, _nested(50_000), float("nan"), "0001-01-01T00:00:00+23:59", "\ud800", {1: 2}, -1],
    ids=["huge", "deep", "nan", "early", "half", "keys", "negative"],
)
def test_d2_hostile_data_is_refused_whatever_it_is(junk: Any) -> None:
    p = handed(facts=SECRET, duties={"visit": {"by": ["c"], "every": "thirty"}})
    case = start(p, at=T0, facts={"k": 1}).advance("h", by="rc", at=T0)
    good = json.dumps(case.to_dict())

    def spoilt(value: Any) -> list[Any]:
        """Return the value with each part in turn replaced by the junk."""
        keys: Any = value if isinstance(value, dict) else ()
        keys = range(len(value)) if isinstance(value, list) else keys
        found = [junk]
        for key in keys:
            for part in spoilt(value[key]):
                whole = value.copy()
                whole[key] = part
                found.append(whole)
        return found

    refused = 0
    for whole in spoilt(json.loads(good)):
        try:
            p.restore(whole)
        except Exception as problem:  # noqa: BLE001  nothing else may come out
            assert getattr(problem, "code", "") in {"case_data", "definition"}, repr(problem)
            assert problem.text("fi") != problem.text("en")  # type: ignore[attr-defined]
            refused += 1
    assert refused > 20


def test_d2_what_runs_twice_is_refused() -> None:
    p = process(
        {"a": {"deadline": "day"}, "e": END},
        {"q": t("a", "e")},
        duties={"visit": {"by": ["c"], "every": "thirty"}},
    )
    for part in ("times", "duties"):
        written: Any = start(p, at=T0).to_dict()
        written["scope"][part] *= 2
        reason = refusal("case_data", p.restore, written).reasons[0]
        assert reason.path == f"scope.{part}[1]"


def test_y4_a_forged_history_cannot_break_a_correction() -> None:
    p = loop()
    for by in (None, "zz"):
        written: Any = start(p).advance("g", by="rc").to_dict()
        written["history"][1] |= {"by": by} if by else {}
        if by is None:
            del written["history"][1]["by"]
        case = p.restore(written)
        assert refusal("correct", case.correct, by="rs", why="-").reasons[0].of == 2
        assert at(case.correct(by="rc", why="-")) == {"a"}


def test_y3_nothing_is_replayed_before_its_time() -> None:
    p = process({"a": {"deadline": "day"}, "e": END}, {"q": t("a", "e")})
    begun, reminded = start(p, at=T0).tick(T0 + DAY).history
    early = [begun, reminded._replace(at=T0)]
    assert refusal("case_data", p.replay, early, case_id="x").reasons[0].path == "history[1]"
    late = [begun, reminded, reminded._replace(seq=3, at=T0)]
    refusal("case_data", p.replay, late, case_id="x")


def test_y3_a_history_is_whole_and_made_of_events() -> None:
    p = calling()
    history = list(go(start(p), "g", "w", "y").history)
    assert history[-1].transition == "k1.return"
    cut: Any
    for cut, path in (
        (history[:-1], "history[4]"),
        ([*history[:2], {"kind": "act"}], "history[2]"),
        ([None], "history[0]"),
    ):
        refused = refusal("case_data", p.replay, cut, case_id="x")
        assert refused.reasons[0].path == path
        assert refused.text("fi")


def test_d2_the_time_of_a_case_is_that_of_its_last_event() -> None:
    p = loop()
    for at_ in ("2026-01-01T00:00:00.000000Z", None):
        written: Any = start(p, at=T0).to_dict() | {"at": at_}
        if at_ is None:
            del written["at"]
        assert refusal("case_data", p.restore, written).reasons[0].path == "at"


def test_y3_of_equal_times_that_which_could_happen_is_replayed() -> None:
    p = process(
        {
            "a": "c",
            "f": {"kind": "fork"},
            "b1": "c",
            "b2": "c",
            "m": "s",
            "e": END,
            "fb": "c",
        },
        {
            "go": t("a", "f"),
            "f1": t("f", "b1", None),
            "f2": t("f", "b2", None),
            "h": t(["b1", "b2"], "m", handoff={"else": "back", "within": "day"}),
            "swap": t("b2", "b1"),
            "n": t("m", "fb", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
    )
    case = start(p, at=T0).advance("go", by="rc", at=T0)
    case = case.advance("h", by="rc", state="b1", at=T0).advance("swap", by="rc", at=T0)
    assert case.active == ("b1", "h.offered@b1")
    assert case.tick(T0 + DAY) is case  # there is no room to go back to
    round_trip(p, case)


# ---- size


def test_n3_many_interrupts_share_what_they_reset() -> None:
    states = {"a": "c", **{f"s{i}": "c" for i in range(100)}, "e": END}
    ways = {"g": t("a", "s0"), **{f"t{i}": t(f"s{i}", "e") for i in range(100)}}
    ways |= {f"i{i}": t("any_open", "e", if_="k == 1") for i in range(20)}
    net = (p := process(states, ways, facts=KM)).net
    assert len({id(move.resets) for move in net.transitions if move.resets}) == 1
    assert len({id(move.guard) for move in p._compiled.moves if move.guard}) == 20
