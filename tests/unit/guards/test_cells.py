"""Finite cells of the facts that guards read."""

import pytest

from ohjausprosessi.guards import UNKNOWN, Guard, parse
from ohjausprosessi.guards.cells import cells, indistinct
from ohjausprosessi.guards.unknown import Known
from ohjausprosessi.model import Fact, Info, Value

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ika < 30", {"ika": (15, 30, 31)}),
        ("ika < 15 || ika > 120", {"ika": (15, 16, 120)}),
        ("ika < 3 || ika > 500", {"ika": (15,)}),
        ("n == 5", {"n": (4, 5, 6)}),
        ("has(n)", {"n": (0,)}),
        ("a", {"a": (False, True)}),
        ("e != 'y'", {"e": ("x", "y")}),
        ("e in ['x', 'y', 'z']", {"e": ("x", "y", "z")}),
        ("t == 'q'", {"t": ("q", "…")}),
        ("t == '…'", {"t": ("…", "… 2")}),
        ("has(i)", {"i": (UNKNOWN, "…")}),
        ("n < m && m != 3", {"n": (1, 2, 3, 4, 5), "m": (1, 2, 3, 4, 5)}),
        (
            "t == s",
            {"t": ("…", "… 2")} | {"s": ("…", "… 2")},
        ),
        ("e == d", {"e": ("x", "y", "z"), "d": ("z", "x")}),
    ],
)
def test_cells_have_one_value_each(text: str, expected: dict[str, tuple[Known, ...]]) -> None:
    assert cells(guards(text)) == expected


@pytest.mark.parametrize(
    ("text", "name", "one", "other", "alike"),
    [
        ("ika < 30", "ika", 31, 99, True),
        ("ika < 30", "ika", 29, 30, False),
        ("ika < 30 || ika == 50", "ika", 49, 51, False),
        ("e != 'y'", "e", "x", "z", True),
        ("e != 'y'", "e", "x", "y", False),
        ("t == 'q'", "t", "any", "…", True),
        ("t == 'q'", "t", "q", "…", False),
        ("a", "a", True, False, False),
        ("has(i)", "i", "any", "…", True),
        ("n < m", "n", 1, 2, False),
        ("n < m", "n", 2, 2, True),
    ],
)
def test_values_that_no_guard_tells_apart(
    text: str, name: str, one: Value, other: Value, *, alike: bool
) -> None:
    assert indistinct(guards(text))(name, one, other) is alike
    assert indistinct(guards(text))(name, other, one) is alike
