"""The demo walk, step by step: one client from the first contact to a job."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.errors import Refused
from ohjausprosessi.formats import load_definition
from ohjausprosessi.process import Process

if TYPE_CHECKING:
    from ohjausprosessi.engine import Case

HERE = Path(__file__).parent
WALK: dict[str, Any] = json.loads((HERE / "demo_walk.json").read_text(encoding="utf-8"))


def taken(process: Process, case: Case | None, step: dict[str, Any]) -> Case:
    """Return the case after one step of the walk."""
    at = datetime.fromisoformat(step["at"])
    if case is None:
        return process.start(WALK["case"], facts=step["facts"], at=at)
    if step["do"] == "act":
        return case.advance(step["what"], by=step["by"], facts=step.get("facts"), at=at)
    if step["do"] == "learn":
        return case.learn(step["facts"], by=step["by"], at=at)
    if step["do"] == "tick":
        return case.tick(at)
    assert step["do"] == "refused"
    with pytest.raises(Refused) as refused:
        case.advance(step["what"], by=step["by"], at=at)
    assert refused.value.code == step["code"]
    return case


@pytest.fixture(scope="module")
def walked() -> list[Case]:
    """The case after each step; every step is held against what the walk says."""
    process = Process(load_definition(HERE.parents[1] / "processes" / f"{WALK['process']}.yaml"))
    cases: list[Case] = []
    for step in WALK["steps"]:
        before = cases[-1] if cases else None
        case = taken(process, before, step)
        location = step.get("what", step["do"])
        assert list(case.active) == step["active"], location
        assert case.holders[case.active[-1]] == step["holder"], location
        assert case.responsible == "kaupunki"
        if "happens" in step:
            assert before is not None
            happened = [event.transition for event in case.history][before.seq :]
            assert happened == step["happens"], location
        cases.append(case)
    return cases


def test_the_client_reaches_employment(walked: list[Case]) -> None:
    assert walked[-1].ended
    assert walked[-1].outcome == "tavoite_saavutettu"
    assert walked[-1].facts["suoritus"] == "tutkinto"


def test_what_was_found_out_on_the_way_is_still_known(walked: list[Case]) -> None:
    """Recorded in the mapping (Figure 2), needed at the transfer in Figure 1."""
    facts = walked[-1].facts

    assert facts["tavoite"] == "perustutkinto"
    assert facts["oppilaitos"] == "savon_ammattiopisto"
    assert str(facts["opiskelupaikan_tiedot"]).startswith("Alkaa 9.8.2021")
    assert "yhteystiedot" in walked[-1].visible_facts(by="opinto_ohjaaja")


def test_what_is_personal_reaches_the_college_only_when_it_accepts(walked: list[Case]) -> None:
    step = [step.get("what") for step in WALK["steps"]].index("ohjaa_opinto_ohjaajalle.accept")

    assert "palvelutarvearvio" not in walked[step - 1].visible_facts(by="opinto_ohjaaja")
    assert "palvelutarvearvio" in walked[step].visible_facts(by="opinto_ohjaaja")


@pytest.mark.parametrize(
    ("ending", "times"),
    [(".decline", 1), (".expire", 1), (".remind", 1), (".accept", 4)],
)
def test_the_walk_shows_what_it_promises(walked: list[Case], ending: str, times: int) -> None:
    happened = [event.transition for event in walked[-1].history]

    assert sum(name.endswith(ending) for name in happened) == times


def test_one_event_is_refused_and_changes_nothing(walked: list[Case]) -> None:
    refused = [n for n, step in enumerate(WALK["steps"]) if step["do"] == "refused"]

    assert len(refused) == 1
    assert walked[refused[0]] == walked[refused[0] - 1]


def test_every_step_is_told_in_both_languages() -> None:
    for step in [WALK["about"], *(step["note"] for step in WALK["steps"])]:
        assert set(step) == {"fi", "en"}
        assert all(step.values())
