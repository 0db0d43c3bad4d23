"""A scenario for every refusal there is, by its code (docs/semantics.md §10)."""

from __future__ import annotations

import copy
from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import ohjausprosessi as op
from small import DAY, END, NOTICE, T0, called_definition, calling, forked, go, process, start, t

if TYPE_CHECKING:
    from collections.abc import Callable

    Scenario = Callable[[], Any]

SCENARIOS: dict[str, dict[str, Scenario]] = defaultdict(dict)


def scenario(code: str) -> Callable[[Scenario], Scenario]:
    """Register a scenario that is refused with a code; it raises, or returns an explanation."""

    def register(function: Scenario) -> Scenario:
        SCENARIOS[code][function.__name__.strip("_")] = function
        return function

    return register


def outcome(function: Scenario) -> Any:
    """Return the refusal of a scenario, or what ``explain`` answers in it."""
    try:
        said = function()
    except op.Refused as refused:
        return refused
    assert not said.allowed, "nothing is refused"
    return said


# ---- processes


def handed(**rest: Any) -> op.Process:
    """Return a process with a hand-off, a guard and information that has to travel."""
    return process(
        {"a": "c", "b": "s", "e": END, "fb": "c"},
        {
            "g": t("a", "b", if_="k == 1", handoff={"info": ["doc"], "within": "day"}),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
            "r": t("a", "a", ["rc", "cl"]),
            "stop": t("any_open", "e", if_="k == 9"),
        },
        fallback="fb",
        facts={"k": {"type": "int"}},
        info={"doc": {}},
        duties={"visit": {"by": "c", "every": "thirty"}},
        **rest,
    )


def recording() -> op.Process:
    """Return a process with every sort of fact."""
    return process(
        {"a": {"phase": "p1"}, "b": {"phase": "p2"}, "e": {**END, "phase": "p2"}},
        {"g": t("a", "b"), "q": t("b", "e")},
        phases={"p1": {}, "p2": {}, "p3": {}},
        facts={
            "yes": {"type": "bool"},
            "age": {"type": "int", "min": 15, "max": 70},
            "least": {"type": "int", "min": 0},
            "whole": {"type": "int"},
            "goal": {"type": "enum", "values": ["degree", "part", "other"]},
            "word": {"type": "text"},
            "mine": {"type": "int", "max": 9, "personal": True},
            "own": {"type": "bool", "by": ["rs", "cl"]},
            "late": {"type": "bool", "phases": ["p2", "p3"]},
        },
        info={"doc": {}, "secret": {"personal": True}},
    )


def branched(**rest: Any) -> op.Process:
    """Return a process with a call in one branch and a state in the other."""
    return process(
        {
            "a": "c",
            "f": {"kind": "fork"},
            "k1": {"kind": "call", "process": "sub"},
            "b2": "c",
            "join": {"kind": "join"},
            "z": "c",
            "e": END,
        },
        {
            "go": t("a", "f"),
            "f1": t("f", "k1", None),
            "f2": t("f", "b2", None),
            "again": t("b2", "k1"),
            "o1": t("k1", "z", outcome=["good", "bad"]),
            "d2": t("b2", "join"),
            "d1": t("b2", "join"),
            "out": t("join", "z", None),
            "fin": t("z", "e"),
        },
        called={"sub": called_definition()},
        **rest,
    )


def twice() -> op.Process:
    """Return a process that runs two calls with the same names side by side."""
    inner = called_definition(duties={"visit": {"by": "c"}})
    return process(
        {
            "a": "c",
            "f": {"kind": "fork"},
            "k1": {"kind": "call", "process": "sub"},
            "k2": {"kind": "call", "process": "sub"},
            "z": "c",
            "e": END,
        },
        {
            "go": t("a", "f"),
            "f1": t("f", "k1", None),
            "f2": t("f", "k2", None),
            "o1": t("k1", "z", outcome=["good", "bad"]),
            "o2": t("k2", "e", outcome=["good", "bad"]),
            "fin": t("z", "e"),
        },
        called={"sub": inner},
    )


def rich() -> tuple[op.Process, op.Case]:
    """Return a case with a call, an open hand-off, times, duties and personal facts."""
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


WRITTEN = """\
ohjausprosessi: 1
id: written
version: "1"
responsible: c
start: a
owners: {c: {}, s: {}}
roles: {rc: {owner: c}, rs: {owner: s}}
facts:
  k: {type: int}
  m: {type: bool}
  w: {type: enum, values: [one, two]}
  p: {type: int, personal: true}
info: {doc: {}}
states: {a: {owner: c}, e: {kind: end, owner: c}}
transitions:
  one: {from: a, to: e, by: rc, if: k >= 18 && (m || w == 'one')}
  two: {from: a, to: e, by: [rc, rs], if: p > 3}
  lines:
    from: a
    to: e
    by: rc
    if: |
      k > 1 &&
      m == true
  told: {from: a, to: e, by: rc, if: has(doc) && !m}
"""


def written(**facts: Any) -> op.Case:
    """Return a case of a process in a file, where a guard has a line."""
    case = op.loads(WRITTEN).start("x")
    return case.learn(facts, by="rc") if facts else case


# ---- transition, ended


@scenario("transition")
def a_slip():
    return start(handed()).advance("gg", by="rc")


@scenario("transition")
def nothing_alike():
    return start(handed()).advance("zzzz", by="rc")


@scenario("transition")
def no_text():
    return start(handed()).advance(3, by="rc")


@scenario("transition")
def empty():
    return start(handed()).advance("", by=None)


@scenario("transition")
def an_answer_to_what_is_no_handoff():
    return start(handed()).explain("n.accept")


@scenario("transition")
def a_path_that_leads_nowhere():
    return go(start(twice()), "go").advance("k2/k1/w", by="rc")


@scenario("ended")
def a_known_name():
    return go(start(calling()), "g", "w", "y", "o1", "fin").advance("g", by="rc")


@scenario("ended")
def learning():
    return go(start(calling()), "g", "w", "y", "o1", "fin").learn({"k": 1}, by="rc")


@scenario("ended")
def of_the_first_process():
    process_ = op.load("tyottomyydesta_tutkintoon")
    case = process_.start("1").learn({"tyollistynyt": True}, by="asiakas")
    options = case.options()
    name = next(o.transition for o in options if o.to and process_.states[o.to].kind == "end")
    by = next(o.by[0] for o in options if o.transition == name)
    case = case.advance(name, by=by)
    return case.advance(name, by=by)


# ---- not_here


@scenario("not_here")
def elsewhere():
    return start(handed()).advance("n", by="rs")


@scenario("not_here")
def in_one_of_two_branches():
    return go(start(forked()), "go").advance("fin", by="rc")


@scenario("not_here")
def an_answer_without_offer():
    return start(handed()).explain("g.accept")


@scenario("not_here")
def a_call_still_runs():
    return go(start(calling({"stop": t("any_open", "e")})), "g").advance("stop", by="rc")


@scenario("not_here")
def in_a_call_that_does_not_run():
    return start(calling()).advance("y", by="rc")


@scenario("not_here")
def from_a_state_that_is_not_marked():
    case = go(start(forked({"y1": "c"}, {"both": t(["b1", "b2"], "y1"), "yz": t("y1", "z")})), "go")
    return case.advance("both", by="rc", state="z")


@scenario("not_here")
def from_a_state_where_none_is_left():
    p = handed(services={})
    case = start(p).learn({"k": 1, "doc": "d"}, by="rc")
    return go(case, "g").advance("stop", by="rc", state="a")


@scenario("not_here")
def from_a_state_of_another_kind():
    return start(handed()).explain("g", by="rc", state="b\n")


@scenario("not_here")
def in_the_first_process():
    case = op.load("tyottomyydesta_tutkintoon").start("1")
    return case.advance("ohjaa_tyonhaun_tukeen", by="opinto_ohjaaja")


# ---- ambiguous, occupied


@scenario("ambiguous")
def several_states():
    case = go(start(forked({"y1": "c"}, {"both": t(["b1", "b2"], "y1"), "yz": t("y1", "z")})), "go")
    return case.advance("both", by="rc")


@scenario("ambiguous")
def several_results_of_a_call():
    case = go(start(branched()), "go", "k1/w", "k1/y", "again", "k1/w", "k1/q")
    return case.advance("o1", by="rc")


@scenario("ambiguous")
def several_calls():
    return go(start(twice()), "go").advance("w", by="rc")


@scenario("ambiguous")
def a_duty_of_several_calls():
    return go(start(twice()), "go").advance("visit", by="rc")


@scenario("occupied")
def the_next_state():
    p = forked(
        transitions={
            "d1": t("b1", "z"),
            "d2": t("b2", "z"),
            "u1": t("fb", "join"),
            "u2": t("fb", "join"),
        }
    )
    return go(start(p), "go", "d1").advance("d2", by="rc")


@scenario("occupied")
def an_interrupt_by_its_own_handoff():
    p = process(
        {"a": "c", "b": "c", "e": END, "fb": "c"},
        {
            "g": t("a", "b"),
            "move": t("any_open", "e", handoff={"to": "x", "accept_by": "rc"}),
            "r": t("fb", "a"),
            "r2": t("b", "a"),
        },
        fallback="fb",
    )
    return go(start(p), "move").advance("move", by="rc")


# ---- role


@scenario("role")
def another_role():
    return start(handed()).advance("g", by="rs")


@scenario("role")
def nobody_named():
    return start(handed()).advance("g", by=None)


@scenario("role")
def one_of_several():
    return start(handed()).advance("r", by="rt")


@scenario("role")
def a_slip_of_a_role():
    return (
        op.load("tyottomyydesta_tutkintoon")
        .start("1")
        .explain("arvioi_palvelutarve", by="opinto_ohjaja")
    )


@scenario("role")
def no_text_for_a_role():
    return start(handed()).advance("g", by=["rc"])


@scenario("role")
def what_happens_by_itself():
    p = process(
        {"a": "c", "x1": {"kind": "choice"}, "q1": "c", "q2": "c", "e": END},
        {
            "g": t("a", "x1"),
            "c1": t("x1", "q1", None, if_="k == 1"),
            "c2": t("x1", "q2", None, if_="m == 1"),
            "w": t(["q1", "q2"], "e"),
        },
        facts={"k": {"type": "int"}, "m": {"type": "int"}},
    )
    return go(start(p), "g").advance("c1", by="rc")


@scenario("role")
def what_waits_for_information():
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
        facts={"k": {"type": "int"}, "m": {"type": "int"}},
        info={"doc": {}},
    )
    return start(p).advance("g", by="rc", facts={"k": 1}).explain("c1")


@scenario("role")
def what_time_does():
    p = process({"a": "c", "e": END}, {"g": t("a", "e", None, after="day"), "h": t("a", "a")})
    return start(p).advance("g", by="rc")


@scenario("role")
def a_duty():
    return start(handed()).advance("visit", by="cl")


@scenario("role")
def an_answer():
    case = start(handed()).learn({"k": 1, "doc": "d"}, by="rc")
    return go(case, "g").advance("g.accept", by="rc")


@scenario("role")
def a_correction():
    return go(start(handed()), "r").correct(by="nobody", why="-")


@scenario("role")
def a_start():
    return handed().start("x", by="rcc")


@scenario("role")
def a_learning():
    return start(handed()).learn({"k": 1}, by="zz")


# ---- facts


def learnt(code: str, name: str, facts: Any, by: str | None = "rc") -> None:
    """Register a learning that is refused."""
    SCENARIOS[code][name] = lambda: start(recording()).learn(facts, by=by)


learnt("facts", "name", {"nothing_alike": 1})
learnt("facts", "name_of_a_slip", {"agee": 1})
learnt("facts", "name_no_text", {3: 1})
learnt("facts", "type_bool", {"yes": "true"})
learnt("facts", "type_int", {"age": "x" * 200})
learnt("facts", "type_int_but_bool", {"age": True})
learnt("facts", "type_text", {"word": 3})
learnt("facts", "type_enum", {"goal": 3})
learnt("facts", "type_of_information", {"doc": 3})
learnt("facts", "type_personal", {"mine": "12"})
learnt("facts", "type_mapping", [("age", 3)])
learnt("facts", "character_nul", {"word": "a\0b"})
learnt("facts", "character_surrogate", {"doc": "\ud800"})
learnt("facts", "range_both", {"age": 3})
learnt("facts", "range_one", {"least": -1})
learnt("facts", "range_none", {"whole": 2**60})
learnt("facts", "range_personal", {"mine": 77})
learnt("facts", "member", {"goal": "nothing"})
learnt("facts", "member_of_a_slip", {"goal": "degre"})
learnt("facts", "empty", {})
learnt("facts", "role", {"own": True})
learnt("role", "learning_by_nobody", {"own": True}, None)
learnt("facts", "phase", {"late": True})
learnt("facts", "several", {"age": 3, "late": True, "doc": 1, "agee": 2, "yes": True})


@scenario("facts")
def with_an_act():
    return start(recording()).advance("g", by="rc", facts={"age": 3, "late": True})


@scenario("facts")
def at_the_start():
    return recording().start("x", facts={"own": True})


@scenario("facts")
def type_of_a_case_id():
    return recording().start(3)


@scenario("facts")
def character_of_an_actor():
    return start(recording()).advance("g", by="rc", actor="\0")


@scenario("facts")
def type_of_a_why():
    return go(start(recording()), "g").correct(by="rc", why=None)


# ---- time


@scenario("time")
def naive():
    return start(handed()).advance("r", by="rc", at=datetime(2026, 1, 5, 8))  # noqa: DTZ001


@scenario("time")
def naive_no_time():
    return start(handed()).explain("r", by="rc", at=3)


@scenario("time")
def missing_time():
    return start(handed(), at=T0).advance("r", by="rc")


@scenario("time")
def backwards():
    return start(handed(), at=T0).advance("r", by="rc", at=T0 - DAY)


@scenario("time")
def naive_tick():
    return start(handed(), at=T0).tick(datetime(2026, 1, 5, 8))  # noqa: DTZ001


@scenario("time")
def naive_due():
    return start(handed(), at=T0).due("tomorrow")


@scenario("time")
def of_a_correction():
    return start(handed(), at=T0).advance("r", by="rc", at=T0).correct(by="rc", why="-")


# ---- guards, information


@scenario("guard_false")
def one_comparison():
    return start(handed()).advance("g", by="rc", facts={"k": 2, "doc": "d"})


@scenario("guard_false")
def and_information_is_missing():
    return start(handed()).advance("g", by="rc", facts={"k": 2})


@scenario("guard_false")
def several_comparisons():
    return written(m=False, w="two").advance("one", by="rc")


@scenario("guard_false")
def one_of_two_parts():
    return written(k=3).advance("one", by="rc")


@scenario("guard_false")
def of_several_lines():
    return written(k=0).advance("lines", by="rc")


@scenario("guard_false")
def a_personal_value_seen():
    return written(p=2).advance("two", by="rc")


@scenario("guard_false")
def a_personal_value_not_seen():
    return written(p=2).advance("two", by="rs")


@scenario("guard_false")
def what_is_not_known():
    return written(m=False).advance("told", by="rc")


@scenario("guard_false")
def of_an_interrupt():
    return start(handed()).advance("stop", by="rc", facts={"k": 1})


@scenario("guard_unknown")
def one_fact():
    return start(handed()).advance("g", by="rc", facts={"doc": "d"})


@scenario("guard_unknown")
def and_information_is_missing_too():
    return start(handed()).advance("g", by="rc")


@scenario("guard_unknown")
def several_facts():
    return written().advance("one", by="rc")


@scenario("guard_unknown")
def over_several_lines():
    return written(k=2).explain("lines")


@scenario("guard_unknown")
def of_the_first_process_at_its_place():
    case = op.load("tyottomyydesta_tutkintoon").start("1")
    role = "tyollisyyspalvelukoordinaattori"
    return case.advance("arvioi_palvelutarve", by=role).advance("ohjaa_opinto_ohjaajalle", by=role)


@scenario("missing")
def information():
    return start(handed()).advance("g", by="rc", facts={"k": 1})


@scenario("missing")
def several_items():
    p = process(
        {"a": "c", "b": "s", "e": END, "fb": "c"},
        {
            "h": t("a", "b", handoff={"info": ["doc", "k"]}),
            "n": t("b", "e", "rs", handoff=NOTICE),
            "q": t("fb", "e"),
        },
        fallback="fb",
        facts={"k": {"type": "int"}},
        info={"doc": {}},
    )
    return start(p).explain("h")


# ---- correct


@scenario("correct")
def nothing():
    return start(handed()).correct(by="rc", why="-")


@scenario("correct")
def time():
    case = start(handed(), at=T0)
    case = case.advance("g", by="rc", at=T0, facts={"k": 1, "doc": "d"}).tick(T0 + 3 * DAY)
    return case.correct(by="rc", why="-", at=T0 + 3 * DAY)


@scenario("correct")
def other_organisation():
    return go(start(handed()), "r").correct(by="rs", why="-")


# ---- stored cases


@scenario("definition")
def of_another_definition():
    _, case = rich()
    return handed().restore(case.to_dict())


@scenario("definition")
def without_a_hash():
    p, case = rich()
    return p.restore({**case.to_dict(), "definition": None})


def _set(stored: Any, path: str, value: Any) -> None:
    *keys, last = (int(key) if key.isdecimal() else key for key in path.split("/"))
    for key in keys:
        stored = stored[key]
    if value is ...:
        del stored[last]
    else:
        stored[last] = value


CALL = "scope/calls/k1"
OPEN = f"{CALL}/handoffs/w.offered"
SPOILED: tuple[tuple[str, Any], ...] = (
    ("format", 2),
    ("format", ...),
    ("id", 3),
    ("id", "a\0"),
    ("seq", 9),
    ("at", ...),
    ("at", "yesterday"),
    ("at", "2026-01-06T08:00:00Z"),
    ("at", "2027-01-06T08:00:00.000000Z"),
    ("extra", 1),
    ("scope", []),
    ("scope/extra", {}),
    ("scope/marking", []),
    ("scope/marking", ["k1", "k1"]),
    ("scope/marking", ["nowhere"]),
    ("scope/marking", ["k1", "e"]),
    ("scope/facts/n1", 3),
    ("scope/facts/nothing", 3),
    ("scope/seen", {"n1": ["c"]}),
    ("scope/seen", {"k": ["zz"]}),
    (f"{CALL}/handoffs", {}),
    (f"{OPEN}/to", "zz"),
    (f"{OPEN}/giver", 3),
    (f"{OPEN}/state", "zz"),
    (f"{OPEN}/since", "now"),
    (f"{OPEN}/seq", -1),
    (f"{OPEN}/more", 1),
    (f"{CALL}/times", [["w.offered", "w.expire"]]),
    (f"{CALL}/times", [["w.offered", "zz", "2026-01-07T08:00:00.000000Z"]]),
    (f"{CALL}/times", {}),
    ("scope/duties", [["follow", "zz", "2026-01-05T08:00:00.000000Z"]]),
    ("scope/calls", {}),
    ("scope/calls", {"zz": {}}),
    ("history", []),
    ("history", {}),
    ("history/0/seq", 2),
    ("history/0/kind", "zz"),
    ("history/0/kind", ...),
    ("history/0/transition", ...),
    ("history/0/extra", 1),
    ("history/1/actor", 3),
    ("history/2/facts", {"n1": 2.5}),
    ("history/2/facts", []),
    ("history/2/handed", [["c"]]),
    ("history/2/tell", "te"),
)


def _spoiled(path: str, value: Any) -> Scenario:
    def restored() -> Any:
        p, case = rich()
        stored = copy.deepcopy(case.to_dict())
        _set(stored, path, value)
        return p.restore(stored)

    return restored


SCENARIOS["case_data"] |= {
    f"{path} {'left out' if value is ... else f'= {value!r}'}": _spoiled(path, value)
    for path, value in SPOILED
}


@scenario("case_data")
def no_object():
    return rich()[0].restore([])


@scenario("case_data")
def a_time_is_needed():
    p, case = rich()
    stored = case.to_dict()
    del stored["at"]
    for event in stored["history"]:
        del event["at"]
    return p.restore(stored)


def _replayed(change: Callable[[list[Any]], Any]) -> Scenario:
    def again() -> Any:
        p, case = rich()
        return p.replay(change(list(case.history)), case_id="x")

    return again


SCENARIOS["case_data"] |= {
    "replay of nothing": _replayed(lambda _: []),
    "replay without start": _replayed(lambda events: events[1:]),
    "replay of no events": _replayed(lambda _: [1, 2]),
    "replay of what is unknown": _replayed(
        lambda events: [events[0], events[1]._replace(transition="nothing")]
    ),
    "replay of what is not an input": _replayed(
        lambda events: [events[0], events[1]._replace(kind="auto")]
    ),
    "replay of what went on otherwise": _replayed(
        lambda events: [*events[:2], events[2]._replace(tell=())]
    ),
    "replay of a time that is not due": _replayed(
        lambda events: [*events, events[2]._replace(seq=4, kind="time", transition="k1/w.expire")]
    ),
}

# The variants that a code has by §10; each has to be met.
WHY = {
    "facts": {"name", "type", "character", "range", "member", "empty", "role", "phase"},
    "time": {"naive", "missing", "backwards"},
    "correct": {"nothing", "time", "other_organisation"},
}
