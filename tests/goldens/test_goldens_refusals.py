"""Every refusal as data and in words; ``UPDATE_SNAPSHOTS=1`` writes the goldens anew."""

from __future__ import annotations

import re

import pytest

from golden import ROOT, nothing_is_left, refusal_data, same_data
from golden_refusals import SCENARIOS, WHY, outcome

SEMANTICS = ROOT / "docs" / "semantics.md"


def test_every_refusal_of_the_semantics_has_a_scenario() -> None:
    table = SEMANTICS.read_text("utf-8").partition("## 10 ")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(SCENARIOS)
    nothing_is_left("refusals", (f"{code}.json" for code in SCENARIOS))


@pytest.mark.parametrize("code", SCENARIOS)
def test_refusals(code: str) -> None:
    found = {}
    for name, scenario in SCENARIOS[code].items():
        refused = outcome(scenario)
        assert refused.code == code, (name, refused.text("en"))
        found[name] = refusal_data(refused)
    same_data(f"refusals/{code}.json", found)
    if code in WHY:
        told = {reason["why"] for one in found.values() for reason in one["reasons"]}
        assert told == WHY[code]
