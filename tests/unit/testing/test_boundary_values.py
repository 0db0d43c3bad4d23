"""Values at the limits of guards."""

from __future__ import annotations

import small
from ohjausprosessi.net import Compiled
from ohjausprosessi.testing.boundary_values import boundary_values

FACTS = {
    "age": {"type": "int", "min": 15, "max": 70},
    "goal": {"type": "enum", "values": ["x", "y", "z"]},
    "ready": {"type": "bool", "default": False},
    "word": {"type": "text"},
    "grade": {"type": "int", "by": "s", "phases": "early"},
}
PROCESS = small.process(
    {"a": {"phase": "early"}, "b": {"phase": "late"}, "far": {}, "e": small.END},
    {
        "young": small.t("a", "b", if_="age < 30 && goal == 'y'"),
        "graded": small.t("b", "far", if_="grade == 5 && ready && word == 'w'"),
        "home": small.t(["b", "far"], "e", after="five"),
    },
    facts=FACTS,
    phases={"early": {}, "late": {}},
    info={"note": {}},
)


def test_values_are_those_at_the_limits_of_guards() -> None:
    values = boundary_values(Compiled(PROCESS.definition))
    assert {15, 29, 30, 31, 70} <= set(values["age"]) <= set(range(15, 71))
    assert values["goal"] == ("x", "y", "z")
    assert values["ready"] == (False, True)
    assert set(values["word"]) >= {"w"}
    assert len(values["word"]) > 1
    assert {4, 5, 6} <= set(values["grade"])


def test_a_name_that_a_called_process_shares_has_the_values_of_both() -> None:
    sub = small.called_definition(facts={"n": {"type": "int", "min": 2, "max": 9}})
    process = small.calling(sub=sub, facts={"n": {"type": "int", "min": 0, "max": 4}})
    assert set(boundary_values(Compiled(process.definition))["n"]) <= {2, 3, 4}
