"""Single edits that mend a definition: only what verifies is offered, the best first."""

from __future__ import annotations

import pytest

from ohjausprosessi.formats import load_definition, shipped_ids
from ohjausprosessi.verify import findings, repairs
from ohjausprosessi.wellformedness import problems
from places import CHECK_FOLDERS


@pytest.mark.parametrize(
    ("fixture", "says"),
    [
        ("no-way-to-end/invalid-no_exit", "add a transition from umpikuja to loppu, by kunta"),
        ("no-way-to-end/invalid-fact_that_cannot_change", "add a transition from opinnot to alku"),
        (
            "no-way-to-end/invalid-two_exits_into_a_join",
            "merge ohjaus_annettu and ohjaus_jaa_kesken",
        ),
        (
            "improper-completion/invalid-one_branch_ends",
            "add a join (`kind: join`) before loppu",
        ),
        ("choice-incomplete/invalid-choice_without_else", "remove the `if` of"),
    ],
)
def test_the_best_repair_leaves_no_error(fixture: str, says: str) -> None:
    definition = load_definition(CHECK_FOLDERS / f"{fixture}.yaml")
    found = repairs(definition)
    assert any(repair.message.en.startswith(says) for repair in found)
    for repair in found:
        assert problems(repair.definition) == ()
        errors = [f for f in findings(repair.definition) if f.severity == "error"]
        assert [f.code for f in errors] == [f.code for f in repair.remaining]
        assert repair.mended
        assert repair.message.fi != repair.message.en
    assert found[0].remaining == ()
    assert [len(r.remaining) for r in found] == sorted(len(r.remaining) for r in found)


@pytest.mark.parametrize("process", shipped_ids())
def test_what_has_no_error_needs_no_repair(process: str) -> None:
    assert repairs(load_definition(process)) == ()
