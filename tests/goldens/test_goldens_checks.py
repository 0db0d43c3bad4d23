"""Every problem of the invalid fixtures: code, place, texts, remedy, and the course drawn."""

from __future__ import annotations

import pytest

from golden import ROOT, finding_data, findings_of, nothing_is_left, same_data

FOLDER = ROOT / "tests" / "checks"
SLIPS = ROOT / "tests" / "unit" / "formats" / "many_slips.yaml"
CODES = sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("code", CODES)
def test_problems_of_the_fixtures(code: str) -> None:
    paths = sorted((FOLDER / code).glob("invalid*.yaml"))
    assert paths
    found = {
        path.stem: [finding_data(finding, path.parent) for finding in findings_of(path)]
        for path in paths
    }
    assert all(code in {finding["code"] for finding in each} for each in found.values())
    same_data(f"checks/{code}.json", found)


def test_a_file_with_many_slips() -> None:
    same_data("checks/many_slips.json", [finding_data(f, SLIPS.parent) for f in findings_of(SLIPS)])


def test_no_golden_is_left_over() -> None:
    nothing_is_left("checks", (f"{name}.json" for name in [*CODES, "many_slips"]))
