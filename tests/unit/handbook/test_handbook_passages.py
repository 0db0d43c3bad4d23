"""Hand-offs and states without a deadline, as they follow from a definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ohjausprosessi.handbook.passages import open_states, passages
from small import DURATIONS, END, process

if TYPE_CHECKING:
    from ohjausprosessi.model import Definition


def definition(*args: Any, **rest: Any) -> Definition:
    return process(*args, **rest).definition


def test_h1_a_handoff_is_told_by_giver_and_receiver() -> None:
    found = passages(
        definition(
            {"a": "c", "b": "s", "d": "c", "e": END},
            {
                "go": {"from": ["a", "b"], "to": "d", "by": "rc", "handoff": {"ack": False}},
                "stop": {"from": "d", "to": "e", "by": "rc"},
                "over": {"from": "a", "to": "b", "by": "rc", "handoff": {"within": "five"}},
            },
            fallback="a",
        )
    )

    assert [(one.transition.id, one.sources, one.giver, one.receiver) for one in found] == [
        ("go", ("b",), "s", "c"),
        ("over", ("a",), "c", "s"),
    ]


def test_h2_where_notice_is_enough_nobody_answers() -> None:
    found = passages(
        definition(
            {"a": "c", "b": "s", "e": END},
            {
                "over": {"from": "a", "to": "b", "by": "rc", "handoff": {"else": "a"}},
                "stop": {"from": "b", "to": "e", "by": "rs", "handoff": {"ack": False}},
            },
        )
    )

    assert [(one.answered, one.answering, one.unlimited) for one in found] == [
        (True, ("rs",), True),
        (False, (), False),
    ]


def test_h6_a_declined_handoff_leads_to_its_else_to_the_fallback_or_back() -> None:
    found = passages(
        definition(
            {"a": "c", "b": "s", "f": "c", "e": END},
            {
                "one": {"from": "a", "to": "b", "by": "rc", "handoff": {"else": "a"}},
                "two": {"from": "a", "to": "b", "by": "rc", "handoff": {"within": "day"}},
                "three": {"from": "a", "to": "b", "by": "rc", "handoff": {"else": "back"}},
                "stop": {
                    "from": ["b", "f"],
                    "to": "e",
                    "by": ["rs", "rc"],
                    "handoff": {"ack": False},
                },
            },
            fallback="f",
        )
    )

    assert [one.otherwise for one in found] == ["a", "f", None, None]
    assert [one.within for one in found] == [None, "day", None, None]


def test_h4_an_external_receiver_answers_itself_or_through_the_responsible() -> None:
    (found,) = passages(
        definition(
            {"a": "c", "e": END},
            {"move": {"from": "a", "to": "e", "by": "rc", "handoff": {"to": "x", "else": "a"}}},
            roles={"rc": {"owner": "c"}, "rx": {"owner": "x"}},
        )
    )

    assert found.receiver == "x"
    assert set(found.answering) == {"rc", "rx"}


def test_an_interrupt_is_given_by_the_responsible_from_anywhere() -> None:
    found = passages(
        definition(
            {"a": "c", "b": "s", "e": END},
            {
                "over": {"from": "a", "to": "b", "by": "rc", "handoff": {"else": "a"}},
                "stop": {"from": "b", "to": "e", "by": "rs", "handoff": {"ack": False}},
                "pull": {"from": "any_open", "to": "b", "by": "rc", "handoff": {"else": "a"}},
            },
        )
    )

    assert (found[-1].giver, found[-1].sources) == ("c", ())


STATES = {"a": {"deadline": "day"}, "b": {}, "d": {"owner": "s"}, "e": END}
WAYS = {
    "one": {"from": "a", "to": "b", "by": "rc"},
    "two": {"from": "b", "to": "d", "by": "rc", "handoff": {"else": "b"}},
    "stop": {"from": "d", "to": "e", "by": "rs", "handoff": {"ack": False}},
}


def test_a_state_without_deadline_timer_or_duty_is_noticed_by_nobody() -> None:
    found = open_states(definition(STATES, WAYS))

    assert [(one.state.id, one.unwatched) for one in found] == [("b", True), ("d", True)]


def test_t7_who_has_a_duty_there_notices() -> None:
    found = open_states(
        definition(
            STATES, WAYS, duties={"follow": {"by": ["s"], "every": "thirty"}, "cheer": {"by": "c"}}
        )
    )

    assert [[(duty.id, entry) for duty, entry in one.duties] for one in found] == [
        [],
        [("follow", "s")],
    ]


def test_a_timer_moves_the_client_on() -> None:
    ways = {**WAYS, "later": {"from": "b", "to": "a", "after": "five"}}
    found = open_states(definition(STATES, ways, durations=DURATIONS))

    assert [exit_.id for exit_ in found[0].timers] == ["later"]
    assert not found[0].unwatched
