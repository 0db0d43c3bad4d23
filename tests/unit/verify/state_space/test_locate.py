"""Where a case is among the courses of its definition: whatever value was recorded on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import small
from ohjausprosessi.net import Compiled
from ohjausprosessi.verify import RuleMonitor
from ohjausprosessi.verify.state_space.locate import Locator
from ohjausprosessi.verify.state_space.state_space import StateSpace
from small import t

if TYPE_CHECKING:
    from ohjausprosessi.model import Value

STATES = {"a": {"phase": "early"}, "b": {"phase": "late"}, "e": small.END}
TRANSITIONS = {
    "on": t("a", "b"),
    "good": t("b", "e", if_="grade == 'x' || n >= 5 || word == 'w'"),
    "other": t("b", "e", if_="grade != 'x' && n < 5 && word != 'w'"),
}
FACTS = {
    "grade": {"type": "enum", "values": ["u", "v", "x"], "default": "u", "phases": "early"},
    "n": {"type": "int", "min": 0, "max": 9, "default": 0, "phases": "early"},
    "word": {"type": "text", "default": "-", "phases": "early"},
}
PROCESS = small.process(
    STATES,
    TRANSITIONS,
    facts=FACTS,
    phases={"early": {}, "late": {}},
    rules={"ends": {"rule": "always_possible", "then": "end"}},
)


@pytest.mark.parametrize(
    "facts", [{}, {"grade": "v"}, {"n": 3}, {"n": 8, "grade": "v"}, {"word": "any", "n": 1}]
)
def test_a_case_is_found_whatever_of_the_values_that_no_guard_tells_apart_is_recorded(
    facts: dict[str, Value],
) -> None:
    state_space = StateSpace(Compiled(PROCESS.definition))
    case = PROCESS.start("x").learn(facts, by="rc") if facts else PROCESS.start("x")
    case = case.advance("on", by="rc")
    assert Locator(state_space).symbolic_state(case) in state_space.before
    monitor = RuleMonitor(PROCESS.definition).monitor()
    for event in case.history:
        monitor.see(event)
    assert not monitor.rest(case)
