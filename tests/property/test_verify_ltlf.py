"""Automata of formulas against what the formulas say of a whole trace, word for word."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ohjausprosessi.rules import ltlf
from ohjausprosessi.rules.ltlf import Automaton, Formula
from ohjausprosessi.rules.templates import FORMULAS
from properties import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Trace = Sequence[frozenset[str]]

NAMES = ("a", "b", "c")


def truth(formula: Formula, trace: Trace, at: int) -> bool:
    """Return whether a formula is true at a letter of a trace, as the operators are defined."""
    parts = formula.operands
    match formula.kind:
        case "true" | "false":
            return formula.kind == "true"
        case "is" | "not":
            return (formula.name in trace[at]) == (formula.kind == "is")
        case "and":
            return all(truth(part, trace, at) for part in parts)
        case "or":
            return any(truth(part, trace, at) for part in parts)
        case "next":
            return at + 1 < len(trace) and truth(parts[0], trace, at + 1)
        case "weak":
            return at + 1 == len(trace) or truth(parts[0], trace, at + 1)
        case "until":
            return any(
                truth(parts[1], trace, k) and all(truth(parts[0], trace, j) for j in range(at, k))
                for k in range(at, len(trace))
            )
        case "release":
            return all(
                truth(parts[1], trace, k) or any(truth(parts[0], trace, j) for j in range(at, k))
                for k in range(at, len(trace))
            )


def run(formula: Formula, trace: Trace) -> bool:
    automaton = Automaton(formula)
    state = automaton.first
    for letter in trace:
        state = automaton.step(state, letter)
    return automaton.accepts(state)


LETTERS = st.frozensets(st.sampled_from(NAMES))
FORMULAE = st.recursive(
    st.sampled_from(NAMES).map(ltlf.proposition),
    lambda part: st.one_of(
        part.map(ltlf.negation),
        part.map(ltlf.after),
        part.map(ltlf.after_if_any),
        part.map(ltlf.eventually),
        part.map(ltlf.always),
        st.tuples(part, part).map(lambda two: ltlf.both(*two)),
        st.tuples(part, part).map(lambda two: ltlf.either(*two)),
        st.tuples(part, part).map(lambda two: ltlf.until(*two)),
        st.tuples(part, part).map(lambda two: ltlf.unless(*two)),
    ),
    max_leaves=6,
)


@examples(500)
@given(FORMULAE, st.lists(LETTERS, min_size=1, max_size=6))
def test_an_automaton_accepts_the_traces_its_formula_is_true_of(
    formula: Formula, trace: list[frozenset[str]]
) -> None:
    assert run(formula, trace) == truth(formula, trace, 0)


@given(FORMULAE, st.lists(LETTERS, min_size=1, max_size=6))
def test_a_negation_accepts_the_other_traces(formula: Formula, trace: list[frozenset[str]]) -> None:
    assert run(ltlf.negation(formula), trace) != run(formula, trace)


# ---- the templates, in plain words over positions

LETTER = {
    "w": frozenset({"when", "first"}),
    "t": frozenset({"then", "kind"}),
    "k": frozenset({"kind"}),
    "o": frozenset[str](),
    "h": frozenset({"when", "first", "holds"}),
}


def after_all(wanted: Callable[[int, str], bool]) -> Callable[[str], bool]:
    """Return the rule that something is wanted of each `when` (w or h)."""
    return lambda trace: all(wanted(i, trace) for i, x in enumerate(trace) if x in "wh")


def before_all(wanted: Callable[[int, str], bool]) -> Callable[[str], bool]:
    """Return the rule that something is wanted of each `then`."""
    return lambda trace: all(wanted(i, trace) for i, x in enumerate(trace) if x == "t")


def next_kind(i: int, trace: str) -> str:
    """Return the next letter of the kind of `then`, or nothing."""
    return next((x for x in trace[i + 1 :] if x in "tk"), "")


def last(i: int, trace: str, kinds: str) -> str:
    return next((x for x in reversed(trace[:i]) if x in kinds), "")


PLAIN: dict[str, Callable[[str], bool]] = {
    "response": after_all(lambda i, t: "t" in t[i + 1 :]),
    "chain_response": after_all(lambda i, t: next_kind(i, t) == "t"),
    "alternate_response": after_all(
        lambda i, t: next((x for x in t[i + 1 :] if x in "wht"), "") == "t"
    ),
    "precedence": before_all(lambda i, t: bool(set(t[:i]) & set("wh"))),
    "chain_precedence": before_all(lambda i, t: last(i, t, "whtk") in {"w", "h"}),
    "alternate_precedence": before_all(lambda i, t: last(i, t, "wht") in {"w", "h"}),
    "succession": lambda t: PLAIN["response"](t) and PLAIN["precedence"](t),
    "responded_existence": lambda t: not set(t) & set("wh") or "t" in t,
    "not_coexistence": lambda t: not (set(t) & set("wh") and "t" in t),
    "not_succession": after_all(lambda i, t: "t" not in t[i + 1 :]),
    "not_chain_succession": after_all(lambda i, t: next_kind(i, t) != "t"),
    "existence": lambda t: "t" in t,
    "absence": lambda t: not set(t) & set("wh"),
    "invariant": lambda t: "w" not in t,
}


@pytest.mark.parametrize("template", FORMULAS)
def test_a_template_says_what_its_words_say(template: str) -> None:
    assert set(PLAIN) == set(FORMULAS)
    automaton = Automaton(FORMULAS[template])
    for length in range(1, 6):
        for trace in map("".join, product("wtkoh", repeat=length)):
            state = automaton.first
            for letter in trace:
                state = automaton.step(state, LETTER[letter])
            assert automaton.accepts(state) == PLAIN[template](trace), trace
