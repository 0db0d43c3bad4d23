"""The process as a machine of the library `transitions`."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from transitions import MachineError

import ohjausprosessi
from ohjausprosessi.interop import NotFlatError, to_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from ohjausprosessi.process import Process
from small import END, calling, forked, process, t

FACTS = {"ready": {"type": "bool"}, "level": {"type": "int", "default": 0}}


def advising(**rest: Any) -> Process:
    return process(
        {"a": "c", "b": "s", "which": {"kind": "choice"}, "z": "c", "e": END, "fb": "c"},
        {
            "give": t("a", "b", if_="ready", set={"level": 1}, handoff={"within": "day", **rest}),
            "bring": t("b", "which", "rs", handoff={"ack": False}),
            "up": t("which", "z", None, if_="level > 1"),
            "down": t("which", "a", None),
            "fin": t("z", "e", ["rc", "cl"], after="day"),
            "again": t("fb", "a", set={"level": None}),
            "stop": t("any_open", "e", "c"),
        },
        fallback="fb",
        facts=FACTS,
        info={"note": {}},
    )


def model_of(process: Process) -> Any:
    return to_machine(process).model


def at_b() -> Any:
    model = model_of(advising())
    assert model.trigger("give", by="rc", facts={"ready": True})
    assert model.trigger("give.accept", by="rs")
    return model


def test_the_public_face_has_it() -> None:
    assert ohjausprosessi.interop.to_machine is to_machine


def test_states_are_the_places_of_the_net() -> None:
    machine = to_machine(advising())
    assert list(machine.states) == ["a", "b", "which", "z", "e", "fb", "give.offered"]
    assert model_of(advising()).state == "a"
    assert model_of(advising()).facts == {"level": 0}


def test_a_model_of_the_callers_keeps_its_facts() -> None:
    own = {"ready": True}
    client: Any = SimpleNamespace(facts=own)
    assert to_machine(advising(), client).models == [client]
    assert client.facts == {"level": 0, "ready": True}
    assert client.trigger("give", by="rc")
    assert client.facts["level"] == 1
    assert own == {"ready": True}


def test_f2_guard_and_role_are_conditions() -> None:
    model = model_of(advising())
    assert not model.trigger("give", by="rc")
    assert not model.trigger("give", by="rc", facts={"ready": False})
    assert not model.trigger("give", by="rs", facts={"ready": True})
    assert model.facts == {"level": 0}
    assert model.trigger("give", by="rc", facts={"ready": True})
    assert model.state == "give.offered"
    assert model.facts == {"level": 1, "ready": True}


def test_h4_only_the_receiver_accepts_and_declines() -> None:
    model = model_of(advising())
    model.trigger("give", by="rc", facts={"ready": True})
    assert not model.trigger("give.accept", by="rc")
    assert not model.trigger("give.decline", by="cl")
    assert model.trigger("give.decline", by="rs")
    assert model.state == "fb"


def test_h5_expiry_asks_for_nobody() -> None:
    model = model_of(advising())
    model.trigger("give", by="rc", facts={"ready": True})
    assert model.trigger("give.expire")
    assert model.state == "fb"


def test_h6_back_leads_to_the_state_left() -> None:
    model = model_of(advising(**{"else": "back"}))
    model.trigger("give", by="rc", facts={"ready": True})
    assert model.state == "give.offered@a"
    assert model.trigger("give.decline", by="rs")
    assert model.state == "a"


def test_h3_information_must_be_known() -> None:
    model = model_of(advising(info="note"))
    assert not model.trigger("give", by="rc", facts={"ready": True})
    assert model.trigger("give", by="rc", facts={"ready": True, "note": "needs help"})


def test_e4_a_choice_moves_on_by_itself_and_falls_back_on_the_else() -> None:
    model = at_b()
    model.trigger("bring", by="rs")
    assert model.state == "a"
    model = at_b()
    model.trigger("bring", by="rs", facts={"level": 2})
    assert model.state == "z"


def test_e4_a_choice_waits_for_an_unknown_fact() -> None:
    model = at_b()
    del model.facts["level"]
    model.trigger("bring", by="rs")
    assert model.state == "which"
    assert not model.trigger("learn", by="nobody", facts={"level": 2})
    assert model.trigger("learn", by="rc", facts={"level": 2})
    assert model.state == "z"


def test_t6_time_fires_an_after_without_a_role() -> None:
    model = at_b()
    model.trigger("bring", by="rs", facts={"level": 2})
    assert model.trigger("fin.after")
    assert model.state == "e"


def test_x1_interrupts_leave_every_place_but_ends() -> None:
    model = model_of(advising())
    model.trigger("give", by="rc", facts={"ready": True})
    assert model.trigger("stop", by="rc")
    assert model.state == "e"
    with pytest.raises(MachineError):
        model.trigger("stop", by="rc")


def test_f1_null_brings_the_default_back() -> None:
    model = model_of(advising())
    model.trigger("give", by="rc", facts={"ready": True})
    model.trigger("give.decline", by="rs")
    assert model.facts["level"] == 1
    model.trigger("again", by="rc", facts={"ready": None})
    assert model.facts == {"level": 0}


@pytest.mark.parametrize(("made", "state"), [(forked, "f"), (calling, "k1")])
def test_forks_and_calls_are_refused(made: Callable[[], Process], state: str) -> None:
    with pytest.raises(NotFlatError) as caught:
        to_machine(made())
    assert caught.value.state == state
    assert state in str(caught.value)
    assert "Process.start" in caught.value.text("fi")
    assert isinstance(caught.value, ohjausprosessi.OhjausprosessiError)
