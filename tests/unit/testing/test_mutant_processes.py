"""Mutants that run."""

from __future__ import annotations

import small
from ohjausprosessi.process import Process
from ohjausprosessi.testing import mutants

RULES = {
    "kept": {"rule": "precedence", "first": "over", "then": "b"},
    "lost": {"rule": "precedence", "first": "visit", "then": "home"},
    "people": {"rule": "precedence", "first": "visit", "then": "over", "monitor": True},
}
PROCESS = small.process(
    {"a": {"deadline": "day"}, "b": "s", "e": small.END},
    {
        "over": small.t("a", "b", if_="ok", handoff={"within": "five", "else": "back"}),
        "home": small.t("b", "a", "rs", handoff=small.NOTICE),
        "stop": small.t(["a", "b"], "e", ["rc", "rs"], handoff=small.NOTICE),
    },
    facts={"ok": {"type": "bool"}},
    duties={"visit": {"by": "c"}},
    rules=RULES,
)


def test_mutants_that_have_a_meaning_run_and_the_others_are_counted() -> None:
    found = mutants(PROCESS)
    edits = {str(mutant) for mutant in found.meant}
    assert {"over: guard negated", "over: guard left out", "home: redirected"} <= edits
    refused = {str(mutant) for mutant in found.refused}
    # Rules name the act; the receiver has to be given the client.
    assert {"over: dropped", "over: hand-off left out"} <= refused
    for mutant in found.meant:
        assert Process(mutant.definition).start("x").active
        assert mutant.definition != PROCESS.definition
