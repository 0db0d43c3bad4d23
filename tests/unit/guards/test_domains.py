"""Exact answers about sets of guards: overlap, gap, satisfiable, implies, with witnesses."""

from time import perf_counter

import pytest

from ohjausprosessi.guards import UNKNOWN, Guard, parse
from ohjausprosessi.guards.domains import Answer, GuardSet, gap, implies, overlap, satisfiable
from ohjausprosessi.model import Fact, Info

FACTS = {
    fact.id: fact
    for fact in (
        Fact(id="a", type="bool"),
        Fact(id="b", type="bool"),
        Fact(id="ika", type="int", min=15, max=120),
        Fact(id="kapea", type="int", min=15, max=16),
        Fact(id="n", type="int"),
        Fact(id="m", type="int"),
        Fact(id="k", type="int"),
        Fact(id="e", type="enum", values={"x": None, "y": None, "z": None}),
        Fact(id="d", type="enum", values={"z": None, "x": None}),
        Fact(id="t", type="text"),
        Fact(id="s", type="text"),
    )
}
INFO = {"i": Info(id="i"), "j": Info(id="j")}


def guard(text: str) -> Guard:
    return parse(text, facts=FACTS, info=INFO)


def guards(*texts: str) -> list[Guard]:
    return [guard(text) for text in texts]


def test_overlap_names_the_first_two_guards_and_facts_for_both() -> None:
    found = overlap(guards("ika < 20", "ika <= 30", "ika >= 30 && e == 'y'", "a && ika > 200"))
    assert (found.holds, found.guards) == (True, (0, 1))
    found = overlap(guards("ika < 30", "ika >= 31 && a", "ika >= 30 && e == 'y'"))
    assert found == Answer(True, {"ika": 31, "a": True, "e": "y"}, (1, 2))  # noqa: FBT003


def test_no_overlap() -> None:
    assert overlap(guards("ika < 30", "ika >= 30 && a", "ika >= 30 && !a")) == Answer(holds=False)
    assert overlap(guards("a")) == overlap([]) == Answer(holds=False)


def test_gap_shows_facts_for_which_no_guard_is_true() -> None:
    assert gap(guards("ika < 30", "ika > 30")) == Answer(holds=True, witness={"ika": 30})
    assert gap(guards("ika < 30", "ika >= 30 && a")).witness == {"ika": 30, "a": False}
    assert gap([]) == Answer(holds=True, witness={})


def test_no_gap() -> None:
    assert gap(guards("ika < 30 || a", "ika >= 30 && !a")) == Answer(holds=False)
    assert gap(guards("e == 'x'", "e == 'y'", "e == 'z'")) == Answer(holds=False)
    assert gap(guards("n < 4", "n > 3")) == Answer(holds=False)
    assert gap(guards("true")) == Answer(holds=False)


def test_bounds_of_an_int_are_part_of_the_question() -> None:
    assert satisfiable(guard("ika < 15")) == Answer(holds=False)
    assert satisfiable(guard("ika > 119")) == Answer(holds=True, witness={"ika": 120})
    assert satisfiable(guard("n < -5")).witness == {"n": -6}
    assert implies(guard("true"), guard("ika >= 15 && ika <= 120")) == Answer(holds=True)


def test_complete_facts_are_known_and_information_may_be() -> None:
    assert gap(guards("has(ika)")) == Answer(holds=False)
    assert gap(guards("has(i)", "!has(i) && has(j)")).witness == {"i": UNKNOWN, "j": UNKNOWN}
    assert overlap(guards("has(i)", "!has(i)")) == Answer(holds=False)
    found = satisfiable(guard("has(i)")).witness
    assert found is not None
    assert guard("has(i)").judge(found.__getitem__) is True


def test_texts_are_open() -> None:
    assert gap(guards("t == 'q'", "t == 'r'")).witness == {"t": "…"}
    assert gap(guards("t == 'q'", "t != 'q'")) == Answer(holds=False)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("n < m && m < n", False),
        ("n < m && m < k && k < n", False),
        ("n < m && m < k && n == 3 && k == 5", True),
        ("n < m && m < k && n == 3 && k == 4", False),
        ("n != m && m != k && n != k && n in [1, 2] && m in [1, 2] && k in [1, 2]", False),
        (
            "n != m && m != k && n != k && n >= 1 && n <= 3 && m >= 1 && m <= 3 && k > 2 && k < 4",
            True,
        ),
        ("ika < kapea", True),
        ("ika < kapea && ika > 15", False),
        ("kapea > ika && kapea == 15", False),
        ("n == n && !(n < n) && a == a", True),
        ("n != n", False),
        ("t == s && t == 'q' && s != 'q'", False),
        ("t != s && t != 'q' && s != 'q'", True),
        ("e == d && e == 'y'", False),
        ("e != d && e == 'z'", True),
        ("a == b && a != b", False),
        ("(a || b) == (a && b) && a != b", False),
        ("(a || b) != (a && b)", True),
        ("!a in [true] && a in [false, true]", True),
        ("a in [true, false] && b", True),
        ("(a && !a) in [true]", False),
        ("1 < 2 && 'p' in ['p'] && !('p' == 'q')", True),
        ("2 < 1 || 'p' in ['q']", False),
        ("'b' == t && t == t && 1 < n", True),
        ("3 > n && n > 1 && n != 2", False),
    ],
)
def test_satisfiable_is_exact_where_facts_are_compared_with_each_other(
    text: str,
    holds: bool,  # noqa: FBT001
) -> None:
    found = satisfiable(guard(text))
    assert found.holds is holds
    if found.witness is not None:
        assert guard(text).judge(found.witness.__getitem__) is True


def test_implies_refutes_with_a_witness() -> None:
    assert implies(guard("ika < 20"), guard("ika < 30 || a")) == Answer(holds=True)
    found = implies(guard("ika < 30"), guard("ika < 20 || a"))
    assert found == Answer(holds=False, witness={"ika": 20, "a": False})


def test_a_fact_that_can_have_no_value_leaves_nothing_to_show() -> None:
    empty = parse("f < 3", facts={"f": Fact(id="f", type="int", min=5, max=4)}, info={})
    assert gap([empty]) == overlap([empty, empty]) == satisfiable(empty) == Answer(holds=False)


def test_a_question_too_large_is_undecided_never_guessed() -> None:
    facts = {f"f{n}": Fact(id=f"f{n}", type="bool") for n in range(60)}
    text = " && ".join(f"(f{n} || f{n + 1})" for n in range(0, 60, 2))
    large = parse(text, facts=facts, info={})
    started = perf_counter()
    answers = [satisfiable(large), gap([large]), overlap([large, large]), implies(large, large)]
    assert {answer.holds for answer in answers} == {None}
    assert perf_counter() - started < 20
    assert all(answer.witness is None for answer in answers)
    deep = "a" + " == (b" * 60 + ")" * 60
    assert satisfiable(guard(deep)).holds in {True, None}


def test_one_set_answers_several_questions_each_with_its_own_budget() -> None:
    asked = GuardSet(guards("ika < 30", "ika > 30", "a && ika == 40"))
    assert asked.overlap() == asked.overlap() == Answer(True, {"ika": 40, "a": True}, (1, 2))  # noqa: FBT003
    assert asked.gap().witness == {"ika": 30, "a": False}


def test_40_guards_over_24_facts_are_exact() -> None:
    facts = {f"f{n}": Fact(id=f"f{n}", type="int", min=0, max=99) for n in range(24)}
    texts, path = [], ""
    for number in range(39):
        name = f"f{number % 24}"
        limit = 20 + number
        texts.append(f"{path}{name} < {limit}")
        path += f"{name} >= {limit} && "
    whole = [parse(text, facts=facts, info={}) for text in [*texts, path.removesuffix(" && ")]]
    asked = GuardSet(whole)
    assert (asked.overlap(), asked.gap()) == (Answer(holds=False), Answer(holds=False))
    for missing in (0, 17, 39):
        rest = whole[:missing] + whole[missing + 1 :]
        found = gap(rest)
        assert found.witness is not None
        assert whole[missing].judge(found.witness.__getitem__) is True
