"""How rules stand in a case: times, what must stay possible, and a history judged as a whole."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

import small
from ohjausprosessi import load
from ohjausprosessi.diagnostics import Text
from ohjausprosessi.verify import RuleMonitor, Violation
from small import DAY, T0

if TYPE_CHECKING:
    from datetime import datetime

    from ohjausprosessi.engine import Case, Event
    from ohjausprosessi.process import Process
    from ohjausprosessi.verify import RuleStatus

HOUR = timedelta(hours=1)
ANSWERED = {"rule": "response", "when": "any_handoff", "then": "answer", "within": "day"}


def process(**rules: dict[str, Any]) -> Process:
    return small.process(
        {"a": "c", "b": {"owner": "s", "roles": ["rt"]}, "e": small.END, "pit": "c"},
        {
            "over": small.t("a", "b", handoff={"within": "five", "else": "back"}),
            "home": small.t("b", "a", "rs", handoff=small.NOTICE),
            "stop": small.t(["a", "b"], "e", ["rc", "rs"], handoff=small.NOTICE),
            "sink": small.t("a", "pit"),
            "stay": small.t("pit", "pit"),
        },
        duties={"visit": {"by": ["c", "s", "rt"]}},
        timezone="Europe/Helsinki",
        rules=rules,
    )


def on(case: Case, days: float, name: str, by: str = "rc") -> Case:
    return case.advance(name, by=by, at=T0 + days * DAY)


def status(case: Case, rule: str = "r", now: datetime | None = None) -> RuleStatus:
    """Return how a rule stands, having looked at every event and every rest."""
    watch = RuleMonitor(case.definition)
    (found,) = [s for s in watch.judge(case.history, now=now) if s.rule == rule]
    return found


def begun(**rules: dict[str, Any]) -> Case:
    return process(**rules).start("x", at=T0)


def test_a_response_is_open_until_it_is_due_and_kept_in_time() -> None:
    case = on(begun(r=ANSWERED), 0, "over")
    assert (status(case).status, status(case).due) == ("open", T0 + DAY)
    assert status(case, now=T0 + DAY).status == "open"  # the last moment is in time
    assert status(on(case, 1, "over.accept", "rs")).status == "kept"


def test_a_response_is_broken_once_its_time_has_passed() -> None:
    case = on(begun(r=ANSWERED), 0, "over")
    late = status(case, now=T0 + DAY + HOUR)
    assert (late.status, late.due) == ("broken", None)
    assert late.violation is not None
    assert late.violation == Violation("r", 2, Text("over", "over"), T0 + DAY)
    told = [late.violation.text(language, definition=case.definition) for language in ("fi", "en")]
    assert told == [
        "r: r (tapahtuma 2): over, myöhässä, aikaa oli 6.1.2026 klo 10.00 asti",
        "r: r (event 2): over, late, there was time until 2026-01-06 10:00",
    ]
    answered = status(on(case, 1.1, "over.accept", "rs"))
    assert answered.violation is not None
    assert (answered.status, answered.violation.seq) == ("broken", 3)


def test_the_earliest_that_waits_counts() -> None:
    visited = {"rule": "response", "when": "a", "then": "visit.c", "within": "five"}
    case = begun(r=visited)
    for day in (1, 2):
        case = on(on(on(case, day, "over"), day, "over.accept", "rs"), day, "home", "rs")
    assert status(case).due == T0 + 5 * DAY
    case = on(case, 3, "visit")
    assert (status(case).status, status(case).due) == ("kept", None)


def test_what_time_does_counts_when_it_was_due() -> None:
    rule = {**ANSWERED, "within": "five"}
    case = on(begun(r=rule), 0, "over").tick(T0 + 9 * DAY)
    assert case.history[-1].transition == "over.expire"
    assert status(case).status == "kept"
    assert status(on(begun(r=rule), 0, "over"), now=T0 + 9 * DAY).status == "broken"


def test_a_reminder_of_the_same_tick_breaks_nothing() -> None:
    rule = {"rule": "response", "when": "f", "then": "h.expire", "within": "five"}
    forked = small.forked(
        {"b1": {"owner": "c", "deadline": "day"}, "s1": "s"},
        {"h": small.t("b2", "s1", handoff={"within": "five", "else": "z"})},
        rules={"r": rule},
    )
    case = forked.start("x", at=T0).advance("go", by="rc", at=T0)
    case = case.advance("h", by="rc", at=T0).tick(T0 + 9 * DAY)
    assert [event.transition for event in case.history][-2:] == ["b1.remind", "h.expire"]
    assert status(case).status == "kept"


def test_what_is_due_before_the_last_event_is_late() -> None:
    rule = {"rule": "response", "when": "over", "then": "home", "within": "day"}
    case = on(begun(r=rule), 0, "over").tick(T0 + 9 * DAY)  # the expiry is due on the fifth day
    late = status(case)
    assert late.violation is not None
    assert (late.status, late.violation.due) == ("broken", T0 + DAY)
    waits = small.process(
        {"a": {"owner": "c", "deadline": "five"}, "e": small.END},
        {"stop": small.t("a", "e")},
        rules={"r": {"rule": "response", "when": "a", "then": "visit", "within": "thirty"}},
        duties={"visit": {"by": "c"}},
    )
    ticked = waits.start("x", at=T0).tick(T0 + 40 * DAY)
    assert [event.kind for event in ticked.history] == ["start", "remind"]
    assert status(ticked).status == "broken"


def test_t1_a_case_without_times_is_never_late() -> None:
    often = {"rule": "every", "then": "visit.c", "within": "day"}
    case = small.go(process(r=ANSWERED, q=often).start("x"), "over")
    assert [(status(case, r).status, status(case, r).due) for r in "rq"] == [
        ("open", None),
        ("kept", None),
    ]


def test_every_counts_from_the_start_and_from_each_record() -> None:
    case = begun(r={"rule": "every", "then": "visit.c", "within": "five"})
    assert (status(case).status, status(case).due) == ("kept", T0 + 5 * DAY)
    case = on(case, 5, "visit")
    assert status(case).due == T0 + 10 * DAY
    assert status(on(case, 11, "stop")).status == "broken"
    ended = on(case, 9, "stop")
    assert (status(ended, now=T0 + 99 * DAY).status, status(ended).due) == ("kept", None)


@pytest.mark.parametrize("entry", ["s", "rt"])
def test_t7_every_of_an_entry_counts_while_it_takes_part(entry: str) -> None:
    case = begun(r={"rule": "every", "then": f"visit.{entry}", "within": "five"})
    case = on(case, 7, "over")  # an open hand-off is where it came from: nobody of s takes part
    assert (status(case).status, status(case).due) == ("kept", None)
    case = on(case, 8, "over.accept", "rs")
    assert status(case).due == T0 + 13 * DAY
    assert status(on(case, 12, "home", "rs"), now=T0 + 99 * DAY).status == "kept"
    assert status(on(case, 14, "home", "rs")).status == "broken"


def test_every_transition_counts_while_the_case_is_open() -> None:
    case = begun(r={"rule": "every", "then": "any_transition", "within": "five"})
    assert status(on(case, 4, "over")).due == T0 + 9 * DAY
    assert status(on(on(case, 4, "over"), 8, "visit"), now=T0 + 9.5 * DAY).status == "broken"


def test_y4_a_correction_takes_back_what_was_broken() -> None:
    case = on(begun(r={"rule": "absence", "when": "over"}), 0, "over")
    assert status(case).status == "broken"
    case = case.correct(by="rc", why="a slip", at=T0 + DAY)
    assert status(case).status == "kept"
    often = on(begun(r={"rule": "every", "then": "visit.c", "within": "five"}), 4, "visit")
    often = often.correct(by="rc", why="it was not done", at=T0 + 6 * DAY)
    assert status(often).status == "broken"


def test_y4_what_could_not_be_done_at_a_time_that_stays_is_not_taken_back() -> None:
    never: dict[str, Any] = {"rule": "enabled", "when": "b", "then": "home", "by": "rc"}
    case = on(on(begun(r=never), 0, "over"), 0, "over.accept", "rs")
    assert status(case).status == "broken"
    corrected = on(case, 1, "home", "rs").correct(by="rs", why="a slip", at=T0 + DAY)
    assert status(corrected).status == "broken"
    assert status(case.correct(by="rs", why="a slip", at=T0 + DAY)).status == "kept"


def test_t7_every_of_a_whole_duty_counts_while_one_of_its_entries_takes_part() -> None:
    p = small.process(
        {"a": "c", "b": "s", "e": small.END},
        {
            "over": small.t("a", "b", handoff={"else": "back"}),
            "stop": small.t(["a", "b"], "e", ["rc", "rs"], handoff=small.NOTICE),
        },
        duties={"visit": {"by": "s"}},
        rules={"r": {"rule": "every", "then": "visit", "within": "day"}},
    )
    case = on(p.start("x", at=T0), 7, "over")
    assert (status(case).status, status(case).due) == ("kept", None)
    assert status(on(case, 8, "over.accept", "rs")).due == T0 + 9 * DAY


def test_e6_an_act_with_two_sources_can_be_done_from_either() -> None:
    can: dict[str, Any] = {"rule": "enabled", "when": "b1", "then": "both", "by": "rc"}
    both = small.t(["b1", "b2"], "join")
    case = small.go(small.forked(None, {"both": both}, rules={"r": can}).start("x"), "go")
    small.refusal("ambiguous", case.advance, "both", by="rc")
    assert status(case).status == "kept"


def test_what_is_not_watched_has_no_standing() -> None:
    rules = {
        "ends": {"rule": "always_possible", "then": "end"},
        "often": {"rule": "every", "then": "visit.c", "within": "day"},
        "nowhere": {"rule": "enabled", "when": "over", "then": "home"},
        "some": {"rule": "existence", "then": "a"},
    }
    case = begun(**rules)
    assert [s.rule for s in RuleMonitor(case.definition).judge(case.history)] == [
        "ends",
        "often",
        "some",
    ]
    watch = RuleMonitor(case.definition, times=False, budget=1)
    assert [s.rule for s in watch.judge(case.history)] == ["some"]
    assert watch.unwatched == {"ends", "often", "nowhere"}


def test_what_must_stay_possible_is_looked_at_wherever_the_case_rests() -> None:
    case = begun(r={"rule": "always_possible", "then": "end"})
    assert status(on(case, 0, "over")).status == "kept"
    stuck = on(case, 0, "sink")
    violation = status(on(stuck, 1, "stay")).violation
    assert violation is not None
    assert (violation.seq, violation.why) == (2, None)


def test_rules_about_roles_stand_as_the_definition_has_them() -> None:
    case = begun(r={"rule": "only", "when": "home", "by": "rs"}, q=ANSWERED)
    assert status(case).status == "kept"
    broken = status(begun(r={"rule": "only", "when": "stop", "by": "rc"}))
    assert broken.violation is not None
    assert (broken.status, broken.violation.seq) == ("broken", 0)


def test_times_are_left_out_where_asked() -> None:
    case = on(begun(r=ANSWERED), 0, "over")
    watch = RuleMonitor(case.definition, times=False)
    assert [s.status for s in watch.judge(case.history, now=T0 + 9 * DAY)] == ["open"]


def test_a_history_of_another_process_is_refused() -> None:
    history: tuple[Event, ...] = tuple(on(begun(r=ANSWERED), 0, "over").history)
    watch = RuleMonitor(load("ohjausprosessi_koulutukseen").definition)
    small.refusal("case_data", watch.judge, history)
    small.refusal("case_data", watch.judge, ())


def test_a_monitor_told_of_time_says_what_is_new() -> None:
    case = on(begun(r=ANSWERED), 0, "over")
    monitor = RuleMonitor(case.definition).monitor()
    for event in case.history:
        assert not monitor.see(event)
    assert not monitor.time(T0 + DAY)
    assert [violation.rule for violation in monitor.time(T0 + 2 * DAY)] == ["r"]
    assert not monitor.time(T0 + 3 * DAY)
