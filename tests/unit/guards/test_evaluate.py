"""What a guard means: three-valued verdicts, what to ask, what made it false."""

from collections.abc import Callable

import pytest

from ohjausprosessi.guards import UNKNOWN, Guard, Unknown, parse
from ohjausprosessi.model import Fact, Info, Value

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


def reader(**known: Value) -> Callable[[str], Value | Unknown]:
    return lambda name: known.get(name, UNKNOWN)


def test_reads_are_in_order_of_reading_each_once() -> None:
    assert guard("n < m && (has(i) || e in ['x'] || m == n) && !a").reads == (
        "n",
        "m",
        "i",
        "e",
        "a",
    )
    assert guard("true").reads == ()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("a", None),
        ("!a", None),
        ("n < 3", None),
        ("n == n", None),
        ("e in ['x', 'y']", None),
        ("a && false", False),
        ("false && a", False),
        ("a || true", True),
        ("true || a", True),
        ("a && true", None),
        ("a || false", None),
        ("a || !a", None),
        ("has(n)", False),
        ("!has(i)", True),
        ("has(n) && n < 3", False),
        ("(a || b) == true", None),
    ],
)
def test_f2_kleene_when_nothing_is_known(text: str, verdict: bool | None) -> None:  # noqa: FBT001
    assert guard(text).judge(reader()) is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("a == true && b == false", True),
        ("!!a", True),
        ("!b == a", True),
        ("! a in [false]", True),
        ("n >= 2 && n <= 2 && n < 3 && n > 1 && n != 3", True),
        ("n == -2", False),
        ("n > -9223372036854775808", True),
        ("n in [-1, 02]", True),
        ("m < n", True),
        ("t == \"it's\" || t != 'q\"'", True),
        ("e == d", True),
        ("'y' == e", False),
        ("1 < 2 && 'q' == 'q' && true != false && 3 in [3]", True),
        ("a || b && b", True),
        ("(a || b) && b", False),
        ("has(n) && has(i)", True),
        ("\n  a ||\r\n\tb\f", True),
    ],
)
def test_grammar_and_values(text: str, verdict: bool) -> None:  # noqa: FBT001
    known = reader(a=True, b=False, n=2, m=1, e="x", d="x", t="q", i="words")
    assert guard(text).judge(known) is verdict


@pytest.mark.parametrize(
    ("text", "known", "asked"),
    [
        ("n < 3 && e == 'x'", {}, ("n", "e")),
        ("e == 'x' && n < 3 && e != 'y'", {}, ("e", "n")),
        ("n < 3 && e == 'x'", {"n": 1}, ("e",)),
        ("n < 3 && e == 'x'", {"n": 5}, ()),
        ("n < 3 || e == 'x'", {"n": 5}, ("e",)),
        ("n < 3 || e == 'x'", {"n": 1}, ()),
        ("n < m", {"n": 1}, ("m",)),
        ("has(n)", {}, ("n",)),
        ("has(n) && e == 'x'", {}, ("n",)),
        ("has(n) && a", {"a": True}, ("n",)),
        ("has(n) && a", {"a": False}, ("n",)),
        ("has(n) || e == 'x'", {}, ("n", "e")),
        ("has(i) || has(j)", {}, ("i", "j")),
        ("!has(i) && a", {}, ("a",)),
        ("!has(i)", {"i": "words"}, ()),
        ("!(has(i) || a)", {}, ("a",)),
        ("!!has(i)", {}, ("i",)),
        ("has(i) == true", {}, ("i",)),
        ("(has(i) && a) == b", {"b": True}, ("i",)),
        ("!has(i) == false", {}, ("i",)),
        ("(a || b) == false", {"b": True}, ()),
        ("(b || !has(i) && a) != true", {}, ("b", "i", "a")),
        ("e in ['x']", {}, ("e",)),
        ("a in [false]", {"a": True}, ()),
        ("false", {}, ()),
        ("true", {}, ()),
    ],
)
def test_f3_asks(text: str, known: dict[str, Value], asked: tuple[str, ...]) -> None:
    assert guard(text).asks(reader(**known)) == asked


@pytest.mark.parametrize(
    ("text", "known", "parts"),
    [
        ("n < 3 && e == 'x'", {"n": 5, "e": "x"}, [("n < 3", ("n",))]),
        ("n < 3 && e == 'x'", {"n": 5}, [("n < 3", ("n",))]),
        ("n < 3 || a", {"n": 5, "a": False}, [("n < 3", ("n",)), ("a", ("a",))]),
        ("!(n < 3 || a)", {"n": 1, "a": False}, [("n < 3", ("n",))]),
        (
            "!(n < 3 && a) || b",
            {"n": 1, "a": True, "b": False},
            [("n < 3", ("n",)), ("a", ("a",)), ("b", ("b",))],
        ),
        ("a && ( n<m )", {"a": True, "n": 2, "m": 1}, [("n<m", ("n", "m"))]),
        ("has( i ) && a", {"a": True}, [("has( i )", ("i",))]),
        ("(a || n < 3) == b", {"a": True, "b": False}, [("(a || n < 3) == b", ("a", "n", "b"))]),
        ("e in ['x', 'y'] && a", {"e": "z", "a": True}, [("e in ['x', 'y']", ("e",))]),
        ("false", {}, [("false", ())]),
        ("n < 3", {"n": 1}, []),
        ("n < 3", {}, []),
    ],
)
def test_refusals_10_falsified_names_the_comparisons_that_made_it_false(
    text: str, known: dict[str, Value], parts: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = guard(text).falsified(reader(**known))
    assert [(part.text, part.reads) for part in found] == parts
    assert [text[part.start : part.end] for part in found] == [part.text for part in found]
