"""A guard compiled to Python."""

import pytest

from ohjausprosessi.guards import UNKNOWN, Guard, UnknownFact, parse
from ohjausprosessi.model import Fact, Info

FACTS = {
    fact.id: fact
    for fact in (
        Fact(id="a", type="bool"),
        Fact(id="b", type="bool"),
        Fact(id="n", type="int"),
        Fact(id="m", type="int"),
        Fact(id="e", type="enum", values={"x": None, "y": None, "z": None}),
        Fact(id="d", type="enum", values={"z": None, "x": None}),
        Fact(id="t", type="text"),
    )
}
INFO = {"i": Info(id="i"), "j": Info(id="j")}


def guard(text: str) -> Guard:
    return parse(text, facts=FACTS, info=INFO)


INDEX = {"a": 3, "b": 1, "n": 0, "e": 2, "i": 4}


def test_compiled_reads_a_list_by_position() -> None:
    function = guard("n < 3 && e in ['x', 'y'] && !b && has(i) && a").compiled(INDEX)
    assert function([2, False, "x", True, "words"]) is True
    assert function([3, False, "x", True, "words"]) is False
    assert function([2, False, "x", True, UNKNOWN]) is False


@pytest.mark.parametrize(
    "text",
    ["a", "!a", "b && a", "b || n < 3 || a", "n < 3", "3 > n", "e in ['x']", "n == n", "a == b"],
)
def test_compiled_raises_unknown_fact_where_it_tests_or_compares_one(text: str) -> None:
    function = guard(text).compiled(INDEX)
    known = [UNKNOWN, "b &&" in text, UNKNOWN, UNKNOWN, UNKNOWN]
    with pytest.raises(UnknownFact):
        function(known)


def test_compiled_decides_without_the_unknown_where_it_can() -> None:
    assert guard("b && a").compiled(INDEX)([0, False, "x", UNKNOWN]) is False
    assert guard("b || a").compiled(INDEX)([0, True, "x", UNKNOWN]) is True


def test_compiled_is_made_once_for_the_same_positions() -> None:
    found = guard("n < 3")
    assert found.compiled({"n": 0}) is found.compiled({"n": 0, "m": 1})
    assert found.compiled({"n": 1})([9, 2]) is True


def test_compiled_never_runs_the_text_of_a_literal() -> None:
    text = "__import__('os').abort() # {facts}"
    function = guard(f't == "{text}"').compiled({"t": 0})
    assert function([text]) is True
    assert "__import__" not in function.__code__.co_names
