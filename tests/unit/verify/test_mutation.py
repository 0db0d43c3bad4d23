"""One-edit changes of a definition, and whether anything notices them."""

from __future__ import annotations

import small
from ohjausprosessi.formats import definition_of, load_definition
from ohjausprosessi.verify import mutants, mutation_score
from small import t

STATES = {"a": "c", "b": "s", "d": "s", "e": {"kind": "end"}}
TRANSITIONS = {
    "give": t("a", "b", if_="ok", handoff={"within": "five", "else": "back"}),
    "on": t("b", "d", "rs"),
    "done": t("d", "e", "rs", handoff={"ack": False}),
    "leave": t("b", "e", "rs", handoff={"ack": False}),
}
FACTS = {"ok": {"type": "bool"}}


def test_every_edit_is_made_once() -> None:
    definition = definition_of(small.data(STATES, TRANSITIONS, facts=FACTS))
    edits = [(m.element, m.edit) for m in mutants(definition) if m.element in {"give", "b"}]
    assert edits == [
        ("give", "dropped"),
        ("give", "redirected"),
        ("give", "guard negated"),
        ("give", "guard left out"),
        ("give", "hand-off left out"),
        ("b", "re-owned"),
    ]
    assert all(m.definition != definition for m in mutants(definition))


def test_a_rule_notices_what_no_check_does() -> None:
    plain = definition_of(small.data(STATES, TRANSITIONS, facts=FACTS))
    rules = {"grounds": {"rule": "invariant", "when": "give", "holds": "ok"}}
    ruled = definition_of(small.data(STATES, TRANSITIONS, facts=FACTS, rules=rules))
    edit = "give: guard negated"
    assert edit in {str(mutant) for mutant in mutation_score(plain).survivors}
    assert (edit, "rule-broken") in {(str(m), code) for m, code in mutation_score(ruled).noticed}
    assert mutation_score(ruled).share > mutation_score(plain).share


def test_a_rule_that_names_a_dropped_transition_notices_it() -> None:
    rules = {"on_first": {"rule": "ltlf", "holds": "!done W on"}}
    ruled = definition_of(small.data(STATES, TRANSITIONS, facts=FACTS, rules=rules))
    assert ("on: dropped", "name") in {(str(m), code) for m, code in mutation_score(ruled).noticed}


def test_nearly_every_edit_of_a_shipped_process_is_noticed() -> None:
    score = mutation_score(load_definition("ohjausprosessi_koulutukseen"))
    assert score.share >= 0.95
    assert not {"hand-off left out", "re-owned"} & {m.edit for m in score.survivors}


def test_a_sample_is_the_same_each_time_and_has_every_edit() -> None:
    definition = load_definition("ohjausprosessi_koulutukseen")
    every = list(mutants(definition))
    score = mutation_score(definition, sample=20)
    tried = {str(m) for m, _ in score.noticed} | {str(m) for m in score.survivors}
    assert (len(tried), score.tried, score.untried) == (20, 20, len(every) - 20)
    edits = {mutant.edit for mutant, _ in score.noticed} | {m.edit for m in score.survivors}
    assert edits == {mutant.edit for mutant in every}
    assert mutation_score(definition, sample=20) == score


def test_a_sample_as_large_as_all_is_all() -> None:
    plain = definition_of(small.data(STATES, TRANSITIONS, facts=FACTS))
    assert mutation_score(plain, sample=1000) == mutation_score(plain)
    assert mutation_score(plain).untried == 0
    assert mutation_score(plain, sample=0).tried == 0
