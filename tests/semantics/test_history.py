"""History, stored form, replay, correction: SEMANTICS §9 Y, §11, S."""

from __future__ import annotations

import copy
import json
import pickle
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.errors import Refused
from small import (
    DAY,
    END,
    NOTICE,
    T0,
    at,
    called_definition,
    calling,
    forked,
    go,
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


def flat():
    return process(
        {"a": "c", "b": "c", "e": END},
        {"l": t("a", "b"), "m": t("b", "a"), "q": t("a", "e"), "s1": t("b", "b", "rs")},
        facts={"k": {"type": "int"}},
    )


def rich():
    """Return a case that uses everything: a call, an open hand-off, times, duties, personal facts."""
    sub = called_definition(
        {
            "w": t("n", "m", after="five", handoff={"within": "day"}),
            "y": t("m", "ok", "rt", handoff=NOTICE),
            "q": t("nf", "ko"),
        },
        {"m": "te", "nf": "c"},
        fallback="nf",
        facts={"k": {"type": "int", "personal": True}},
    )
    p = calling(
        {"stop": t("any_open", "e")},
        {"k1": {"kind": "call", "process": "sub", "with": ["k"], "take": ["k"]}},
        sub=sub,
        facts={"k": {"type": "int", "personal": True}, "n1": {"type": "text"}},
        duties={"follow": {"by": ["c", "te"], "every": "thirty"}},
    )
    case = start(p, at=T0, facts={"k": 3}).advance("g", by="rc", at=T0, actor="Liisa")
    return p, case.advance("w", by="rc", at=T0 + DAY, facts={"n1": "hei"})


KM = {"k": {"type": "int"}, "m": {"type": "int"}}
SECRET = {"k": {"type": "int", "personal": True}}


def recording(**facts: Any) -> Process:
    return process(
        {"a": "c", "e": END}, {"g": t("a", "a", ["rc", "cl"]), "q": t("a", "e")}, facts=facts or KM
    )


def _nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


def test_s4_marking_responsible_and_outcome() -> None:
    _, case = rich()
    assert case.active == ("k1", "k1/w.offered")
    assert case.responsible == "c"
    assert case.holders == {"k1": "c", "k1/w.offered": "c"}
    assert case.outcome is None
    assert not case.ended


def test_s5_the_same_calls_give_the_same_bytes() -> None:
    one, two = (json.dumps(rich()[1].to_dict()) for _ in range(2))
    assert one == two
    assert [event.seq for event in rich()[1].history] == [1, 2, 3]


def test_y1_events_carry_what_happened() -> None:
    _, case = rich()
    event = case.history[-1]
    assert event.kind == "act"
    assert (event.transition, event.state, event.by) == ("k1/w", "k1/n", "rc")
    assert event.facts == (("n1", "hei"),)
    assert event.handed == (("c", "te"),)
    assert case.history[1].actor == "Liisa"


def test_y2_two_continuations_never_see_each_other() -> None:
    case = go(start(forked()), "go")
    one, two = go(case, "d1"), go(case, "d2")
    assert at(one) == {"d1.arrived", "b2"}
    assert at(two) == {"b1", "d2.arrived"}
    assert at(case) == {"b1", "b2"}
    assert names(one)[-1] == "d1"
    assert names(two)[-1] == "d2"
    assert names(case)[-1] == "f"


def test_y2_two_threads_may_go_on_from_one_case() -> None:
    case = go(start(flat()), "l")
    found: dict[int, list[tuple[str, ...]]] = {0: [], 1: []}
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def run(which: int) -> None:
        for _ in range(2000):
            one = case.advance("s1" if which else "m", by="rs" if which else "rc")
            found[which].append(tuple(names(one)))

    threads = [threading.Thread(target=run, args=(which,)) for which in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(switch)
    assert set(found[0]) == {("l", "m")}
    assert set(found[1]) == {("l", "s1")}


def test_y2_a_long_history_is_shared() -> None:
    case = start(flat())
    for _ in range(500):
        case = go(case, "l", "m")
    assert case.seq == 1001
    assert at(case) == {"a"}
    assert case.history[-1].transition == "m"
    assert len(case.history[10:20]) == 10


def test_d1_restore_gives_an_equal_case() -> None:
    p, case = rich()
    data = json.loads(json.dumps(case.to_dict()))
    again = p.restore(data)
    assert again == case
    assert again.to_dict() == data
    assert again.tick(T0 + 2 * DAY) == case.tick(T0 + 2 * DAY)
    assert at(again.tick(T0 + 2 * DAY)) == {"k1", "k1/nf"}
    assert "definition" in data
    assert "states" not in json.dumps(data)


def test_d2_a_case_of_another_definition_is_refused() -> None:
    p, case = rich()
    refused = refusal("definition", flat().restore, case.to_dict())
    assert refused.reasons[0].expected != refused.reasons[0].given
    retitled = calling(title="Other words")
    assert retitled.hash == calling().hash
    assert calling({"extra": t("z", "fb")}).hash != calling().hash
    assert p.hash != calling().hash


def _paths(data, path=()):
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _paths(value, (*path, index))


@pytest.mark.parametrize("junk", [None, 17, "zz", [], {}, ["zz"], {"zz": 1}, True])
def test_d2_data_that_the_net_cannot_hold_is_refused(junk: object) -> None:
    p, case = rich()
    good = json.loads(json.dumps(case.to_dict()))
    refused = 0
    for path in _paths(good):
        data: object = copy.deepcopy(good)
        if path:
            parent = data
            for step in path[:-1]:
                parent = parent[step]  # type: ignore[index]
            parent[path[-1]] = junk  # type: ignore[index]
        else:
            data = junk
        try:
            p.restore(data)
        except Refused as caught:
            assert caught.code in {"case_data", "definition"}
            refused += 1
    assert refused > 20


def test_y3_replay_gives_an_equal_case() -> None:
    p, case = rich()
    assert p.replay(case.history) == case
    ticked = case.tick(T0 + 2 * DAY)
    assert p.replay(ticked.history) == ticked
    corrected = case.correct(by="rc", why="väärin", at=T0 + DAY)
    assert p.replay(corrected.history) == corrected
    assert p.replay(list(case.history), case_id="x") == case


def test_y3_a_history_that_did_not_happen_is_refused() -> None:
    p, case = rich()
    events = list(case.history)
    for wrong in (
        [],
        events[1:],
        [*events[:2], events[2]._replace(facts=(("n1", 3),))],
        [*events[:2], events[2]._replace(by="rt")],
        [*events, events[2]._replace(seq=4)],
        [events[0], events[1]._replace(transition="nothing")],
    ):
        assert (
            refusal("case_data", p.replay, wrong, case_id="x").reasons[0].path.startswith("history")
        )


def test_y4_the_last_act_is_taken_back_and_stays_in_the_history() -> None:
    p, case = rich()
    before = start(p, at=T0, facts={"k": 3}).advance("g", by="rc", at=T0, actor="Liisa")
    corrected = case.correct(by="rc", why="väärä asiakas", at=T0 + 2 * DAY)
    assert corrected.active == before.active
    assert corrected.facts == before.facts
    assert corrected.due(T0 + 99 * DAY)[0] == before.due(T0 + 99 * DAY)[0]
    event = corrected.history[-1]
    assert (event.kind, event.of, event.why, event.tell) == ("correct", 3, "väärä asiakas", ("te",))
    assert corrected.seq == 4
    again = corrected.advance("w", by="rc", at=T0 + 3 * DAY)
    assert at(again) == {"k1", "k1/w.offered"}


def test_y4_a_wrong_answer_or_end_can_be_taken_back() -> None:
    case = go(start(flat()), "q")
    assert at(case.correct(by="rc", why="ei vielä")) == {"a"}
    p, open_case = rich()
    accepted = open_case.advance("k1/w.accept", by="rt", at=T0 + DAY)
    assert accepted.correct(by="rt", why="väärä", at=T0 + DAY).active == open_case.active
    assert refusal("correct", accepted.correct, by="rs", why="-", at=T0 + DAY).reasons[0].why == (
        "other_organisation"
    )
    assert p.replay(accepted.history) == accepted


def test_y4_correcting_again_takes_back_the_act_before() -> None:
    case = go(start(flat()), "l", "m").correct(by="rc", why="1").correct(by="rc", why="2")
    assert at(case) == {"a"}
    assert case.history[-1].of == 2
    assert refusal("correct", case.correct, by="rc", why="3").reasons[0].why == "nothing"


def test_y4_what_time_has_moved_is_not_taken_back() -> None:
    _, case = rich()
    ticked = case.tick(T0 + 2 * DAY)
    assert (
        refusal("correct", ticked.correct, by="rc", why="-", at=T0 + 3 * DAY).reasons[0].why
        == "time"
    )
    p = process(
        {"a": "c", "b": {"deadline": "day"}, "e": END}, {"g": t("a", "b"), "q": t("b", "e")}
    )
    reminded = start(p, at=T0).advance("g", by="rc", at=T0).tick(T0 + DAY)
    assert names(reminded)[-1] == "b.remind"
    assert at(reminded.correct(by="rc", why="-", at=T0 + DAY)) == {"a"}


def test_s3_a_fresh_case_is_small_and_says_what_it_is() -> None:
    case = start(flat())
    assert repr(case) == "<Case x p at a seq=1>"
    assert case.definition.id == "p"
    assert hash(case) == hash(start(flat()))
    assert case == start(flat())
    assert case != go(case, "l")
    with pytest.raises(LookupError, match="no call"):
        case.facts_in("k1")


def test_d2_stored_data_holds_nothing_that_cannot_be_stored() -> None:
    p = recording(m={"type": "text"})
    case = start(p).learn({"m": "abc"}, by="rc", actor="abc").correct(by="rc", why="abc")
    case = case.learn({"m": "abc"}, by="rc")
    assert p.restore(case.to_dict()) == case
    written = json.dumps(case.to_dict())
    for part in ('"id": "x', '"m": "abc', '"actor": "abc', '"why": "abc', '"m'):
        for broken in ("\\ud800", "\\u0000"):
            data = json.loads(written.replace(part, part + broken))
            assert refusal("case_data", p.restore, data).text("fi").isprintable()


def test_y2_a_case_and_its_history_are_their_own_copies_and_not_pickled() -> None:
    case = go(start(forked()), "go")
    for value in (case, case.history):
        assert copy.copy(value) is value
        assert copy.deepcopy([value])[0] is value
        with pytest.raises(TypeError, match=r"keep case\.to_dict\(\) and .*process\.restore\(\)"):
            pickle.dumps(value)


@pytest.mark.parametrize(
    "odd", [3, 10**5000, ["Liisa"], b"Liisa", True], ids=["int", "huge", "list", "bytes", "bool"]
)
def test_y1_what_is_kept_as_it_comes_has_to_be_a_text(odd: Any) -> None:
    p = recording()
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
    p = recording()
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
    p = recording()
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
