"""Formulas of rules ``ltlf``: precedence, places, and what is no formula."""

from __future__ import annotations

import pytest

from ohjausprosessi.rules.syntax import FormulaError, FormulaNode, formula_of


def bracketed(formula: FormulaNode) -> str:
    if formula.operator == "atom":
        return formula.atom
    if len(formula.parts) == 1:
        return f"{formula.operator}({bracketed(formula.parts[0])})"
    return "(" + f" {formula.operator} ".join(bracketed(part) for part in formula.parts) + ")"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a", "a"),
        ("a.accept", "a.accept"),
        ("oh_*", "oh_*"),
        ("G a", "G(a)"),
        ("G(a -> F b)", "G((a -> F(b)))"),
        ("GFa", None),
        ("G F a", "G(F(a))"),
        ("!a && b", "(!(a) && b)"),
        ("!!a", "!(!(a))"),
        ("a && b && c", "(a && b && c)"),
        ("a || b && c", "(a || (b && c))"),
        ("a && b || c", "((a && b) || c)"),
        ("a U b", "(a U b)"),
        ("a U b W c", "(a U (b W c))"),
        ("a U b && c", "((a U b) && c)"),
        ("!a U b", "(!(a) U b)"),
        ("X a U b", "(X(a) U b)"),
        ("a -> b -> c", "(a -> (b -> c))"),
        ("a || b -> c", "((a || b) -> c)"),
        ("(a -> b) -> c", "((a -> b) -> c)"),
        ("G(a->X(b||c))", "G((a -> X((b || c))))"),
        ("  a\n  &&\n  b\n", "(a && b)"),
    ],
)
def test_operators_bind_as_documented(text: str, meaning: str | None) -> None:
    if meaning is None:
        with pytest.raises(FormulaError):
            formula_of(text)
    else:
        assert bracketed(formula_of(text)) == meaning


def test_parts_know_where_they_are() -> None:
    text = " G (aa -> F b.accept) "
    formula = formula_of(text)
    assert [text[atom.start : atom.end] for atom in formula.atoms()] == ["aa", "b.accept"]
    assert text[formula.parts[0].start : formula.parts[0].end] == "aa -> F b.accept"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("", 0, 0),
        ("   ", 0, 0),
        ("a &&", 4, 4),
        ("a & b", 2, 3),
        ("a b", 2, 3),
        ("(a", 2, 2),
        ("a)", 1, 2),
        ("G", 1, 1),
        ("U a", 0, 1),
        ("a -> -> b", 5, 7),
        ("a == b", 2, 3),
        ("A", 0, 1),
        ("a, b", 1, 2),
        ("ä", 0, 1),
        ("a." + "b." * 3, 3, 4),
        ("a" + " && a" * 1000, 0, None),
        ("(" * 65 + "a" + ")" * 65, 64, 65),
        ("!" * 65 + "a", 64, 65),
        ("a" + " -> a" * 65, None, None),
    ],
)
def test_what_is_no_formula_is_refused_where_it_breaks(
    text: str, start: int | None, end: int | None
) -> None:
    with pytest.raises(FormulaError) as caught:
        formula_of(text)
    assert start in {None, caught.value.start}
    assert end in {None, caught.value.end}
    assert caught.value.message.fi != caught.value.message.en


def test_deep_formulas_within_the_limit_are_read() -> None:
    assert formula_of("(" * 64 + "a" + ")" * 64).atom == "a"
    assert len(list(formula_of("a" + " || a" * 500).atoms())) == 501
