"""Rules notice what a single edit of a shipped process would break; docs/mutation.md says how much."""

from __future__ import annotations

import re

import pytest

from ohjausprosessi.formats import load_definition
from ohjausprosessi.verify import mutants, mutation_score
from places import ROOT

PAGE = (ROOT / "docs" / "mutation.md").read_text(encoding="utf-8")
FILES = ["tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen"]


def score_told(name: str) -> tuple[int, int]:
    """Return how many mutants of a process the page says are noticed, and of how many."""
    row = next(line for line in PAGE.splitlines() if line.startswith("| Figure") and name in line)
    noticed, every = re.findall(r"\b(\d+) of (\d+)\b", row)[0]
    return int(noticed), int(every)


@pytest.mark.parametrize("name", FILES)
def test_the_page_counts_every_mutant_and_at_least_85_percent_are_noticed(name: str) -> None:
    noticed, every = score_told(name)

    assert every == len(list(mutants(load_definition(ROOT / "processes" / f"{name}.yaml"))))
    assert noticed >= 0.85 * every


def test_every_edit_of_figure_2_is_noticed_as_the_page_says() -> None:
    definition = load_definition(ROOT / "processes" / f"{FILES[1]}.yaml")
    score = mutation_score(definition)

    told = score_told(FILES[1])
    assert (len(score.noticed), len(score.noticed) + len(score.survivors)) == told
    assert [str(mutant) for mutant in score.survivors] == []


def test_no_condition_of_figure_1_can_be_left_out_unnoticed() -> None:
    definition = load_definition(ROOT / "processes" / f"{FILES[0]}.yaml")
    score = mutation_score(definition, edits={"guard left out"})

    assert len(score.noticed) == sum(t.guard is not None for t in definition.transitions.values())
    assert score.survivors == ()
