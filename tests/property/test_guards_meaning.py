"""Guards against oracles: Kleene's tables, the reference CEL library, and plain enumeration.

A guard is drawn as a small tree of tuples, written as text, parsed, and compared with what the
tuples mean by the definitions below, which share no code with the library.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import pytest
from cel_expr_python import cel
from hypothesis import assume, given
from hypothesis import strategies as st

from ohjausprosessi.guards import UNKNOWN, Guard, GuardError, Unknown, UnknownFact, parse
from ohjausprosessi.guards.domains import GuardSet, implies, satisfiable
from ohjausprosessi.model import Fact, Info, Value
from properties import examples, saw

TEXTS = ("p", "q")
FACTS = {
    fact.id: fact
    for fact in (
        Fact(id="a", type="bool"),
        Fact(id="b", type="bool"),
        Fact(id="n", type="int", min=0, max=4),
        Fact(id="m", type="int", min=2),
        Fact(id="u", type="int"),
        Fact(id="e", type="enum", values={"x": None, "y": None, "z": None}),
        Fact(id="d", type="enum", values={"z": None, "x": None}),
        Fact(id="t", type="text"),
        Fact(id="s", type="text"),
    )
}
INFO = {"i": Info(id="i")}
# Enough values that every valuation behaves like one of these: literals are 0..4, 'p' and 'q'.
VALUES: dict[str, tuple[Any, ...]] = {
    "a": (False, True),
    "b": (False, True),
    "n": (0, 1, 2, 3, 4),
    "m": (2, 3, 4, 5, 6, 7),
    "u": (-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7),
    "e": ("x", "y", "z"),
    "d": ("z", "x"),
    "t": ("p", "q", "v", "w"),
    "s": ("p", "q", "v", "w"),
    "i": ("words", UNKNOWN),
}
OPERATORS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
Tree = tuple[Any, ...]

# ---- drawing guards

numbers = st.integers(0, 4).map(lambda n: ("value", n))
number_facts = st.sampled_from("nmu").map(lambda n: ("fact", n))
texts = st.sampled_from(TEXTS).map(lambda t: ("value", t))
text_facts = st.sampled_from("ts").map(lambda n: ("fact", n))
bools = st.sampled_from([("fact", "a"), ("fact", "b"), ("value", True), ("value", False)])
equality = st.sampled_from(["==", "!="])


def compared(operators: st.SearchStrategy[str], *sides: Any) -> st.SearchStrategy[Tree]:
    return st.tuples(st.just("compare"), operators, *sides)


def listed(left: Any, literal: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    return st.tuples(st.just("in"), left, st.lists(literal, min_size=1, max_size=3).map(tuple))


def enum_compared(name: str) -> st.SearchStrategy[Tree]:
    literal = st.sampled_from(tuple(FACTS[name].values))
    value = literal.map(lambda v: ("value", v))
    fact = st.just(("fact", name))
    return st.one_of(
        compared(equality, fact, value),
        compared(equality, value, fact),
        compared(equality, fact, st.sampled_from([("fact", "e"), ("fact", "d")])),
        listed(fact, literal),
    )


atoms: st.SearchStrategy[Tree] = st.one_of(
    bools,
    st.sampled_from("abnetsi").map(lambda n: ("has", n)),
    compared(st.sampled_from(sorted(OPERATORS)), *[numbers | number_facts] * 2),
    compared(equality, *[texts | text_facts] * 2),
    listed(numbers | number_facts, st.integers(0, 4)),
    listed(text_facts, st.sampled_from(TEXTS)),
    enum_compared("e"),
    enum_compared("d"),
)


def larger(part: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    parts = st.lists(part, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.tuples(st.sampled_from(["&&", "||"]), parts),
        st.tuples(st.just("!"), part),
        compared(equality, part, part),
        listed(part, st.booleans()),
    )


trees = st.recursive(atoms, larger, max_leaves=12)
valuations = st.fixed_dictionaries(
    {name: st.sampled_from(values) for name, values in VALUES.items()}
)
partial_valuations = st.fixed_dictionaries(
    {name: st.sampled_from((UNKNOWN, *values)) for name, values in VALUES.items()}
)

# ---- what a drawn guard is, as text and by definition


def written(tree: Tree, *, cel_has: bool = False) -> str:
    """Write a tree; for CEL, ``has(x)`` is a variable of its own."""
    kind, *rest = tree

    def inner(part: Tree) -> str:
        text = written(part, cel_has=cel_has)
        return text if part[0] in {"fact", "value", "has", "!"} else f"({text})"

    match kind:
        case "fact":
            return str(rest[0])
        case "value":
            return literal(rest[0])
        case "has":
            return f"known_{rest[0]}" if cel_has else f"has({rest[0]})"
        case "!":
            return f"!{inner(rest[0])}"
        case "compare":
            return f"{inner(rest[1])} {rest[0]} {inner(rest[2])}"
        case "in":
            return f"{inner(rest[0])} in [{', '.join(map(literal, rest[1]))}]"
    return f" {kind} ".join(map(inner, rest[0]))


def literal(value: Value) -> str:
    return str(value).lower() if isinstance(value, int) else f"'{value}'"


def meant(tree: Tree, values: Mapping[str, Any]) -> Any:
    """Return what a tree means by Kleene's tables, None for unknown."""
    kind, *rest = tree
    match kind:
        case "fact":
            value = values[rest[0]]
            return None if value is UNKNOWN else value
        case "value":
            return rest[0]
        case "has":
            return values[rest[0]] is not UNKNOWN
        case "!":
            return {True: False, False: True, None: None}[meant(rest[0], values)]
        case "compare":
            left, right = meant(rest[1], values), meant(rest[2], values)
            return None if left is None or right is None else OPERATORS[rest[0]](left, right)
        case "in":
            left = meant(rest[0], values)
            return None if left is None else left in rest[1]
    parts = [meant(part, values) for part in rest[0]]
    rank = {False: 0, None: 1, True: 2}
    return (min if kind == "&&" else max)(parts, key=rank.__getitem__)


def guard_of(tree: Tree) -> Guard:
    return parse(written(tree), facts=FACTS, info=INFO)


# ---- the properties


@examples(400)
@given(trees, partial_valuations)
def test_f2_judge_is_kleene(tree: Tree, values: dict[str, Value | Unknown]) -> None:
    assert guard_of(tree).judge(values.__getitem__) is meant(tree, values)


@examples(300)
@given(trees, partial_valuations)
def test_compiled_is_judge_or_raises_because_of_an_unknown(
    tree: Tree, values: dict[str, Value | Unknown]
) -> None:
    guard = guard_of(tree)
    index = {name: position for position, name in enumerate(reversed(values))}
    known = list(reversed(values.values()))
    try:
        verdict = guard.compiled(index)(known)
    except UnknownFact:
        assert any(values[name] is UNKNOWN for name in guard.reads)
    else:
        assert verdict is guard.judge(values.__getitem__)


@examples(300)
@given(trees, valuations)
def test_compiled_is_judge_when_all_is_known(tree: Tree, values: dict[str, Value]) -> None:
    guard = guard_of(tree)
    values = {**values, "i": "words"}
    positions = {name: position for position, name in enumerate(values)}
    verdict = guard.compiled(positions)(list(values.values()))
    assert verdict is guard.judge(values.__getitem__)


@examples(300)
@given(trees, partial_valuations)
def test_f3_asks_only_for_what_is_read_and_unknown(
    tree: Tree, values: dict[str, Value | Unknown]
) -> None:
    guard = guard_of(tree)
    asked = guard.asks(values.__getitem__)
    verdict = guard.judge(values.__getitem__)
    assert all(values[name] is UNKNOWN for name in asked)
    assert list(asked) == [name for name in guard.reads if name in asked]
    if verdict is True:
        assert asked == ()
    if verdict is None:
        assert asked != ()


@examples(200)
@given(trees, partial_valuations)
def test_f3_what_is_not_asked_for_cannot_make_the_guard_true(
    tree: Tree, values: dict[str, Value | Unknown]
) -> None:
    guard = guard_of(tree)
    assume(guard.judge(values.__getitem__) is not True)
    asked = guard.asks(values.__getitem__)
    others = [n for n in guard.reads if values[n] is UNKNOWN and n not in asked][:2]
    for learnt in product(*(VALUES[name] for name in others)):
        later = {**values, **dict(zip(others, learnt, strict=True))}
        assert guard.judge(later.__getitem__) is not True


@examples(300)
@given(trees, partial_valuations)
def test_refusals_10_falsified_parts_keep_the_guard_false(
    tree: Tree, values: dict[str, Value | Unknown]
) -> None:
    guard = guard_of(tree)
    parts = guard.falsified(values.__getitem__)
    assert bool(parts) is (guard.judge(values.__getitem__) is False)
    # Whatever else becomes known or unknown, the guard stays false as long as those parts stay.
    named = {name for part in parts for name in part.reads}
    fewer = {name: value if name in named else UNKNOWN for name, value in values.items()}
    if parts and "has(" not in guard.text:
        assert guard.judge(fewer.__getitem__) is False


# ---- the reference implementation


@cache
def cel_environment() -> Any:
    types = {"bool": cel.Type.BOOL, "int": cel.Type.INT}
    variables = {name: types.get(fact.type, cel.Type.STRING) for name, fact in FACTS.items()}
    known = {f"known_{name}": cel.Type.BOOL for name in (*FACTS, *INFO)}
    return cel.NewEnv(variables={**variables, **known})


def cel_verdict(tree: Tree, values: Mapping[str, Any]) -> bool | None:
    """Return what CEL makes of a guard; a variable it lacks is an error there, unknown here."""
    expression = cel_environment().compile(written(tree, cel_has=True))
    given_values = {n: v for n, v in values.items() if v is not UNKNOWN and n in FACTS}
    given_values |= {f"known_{n}": v is not UNKNOWN for n, v in values.items()}
    found = expression.eval(data=given_values)
    return None if found.type() == cel.Type.ERROR else bool(found.value())


@examples(250)
@given(trees, partial_valuations)
def test_judge_agrees_with_the_reference_cel(
    tree: Tree, values: dict[str, Value | Unknown]
) -> None:
    assert guard_of(tree).judge(values.__getitem__) is cel_verdict(tree, values)


WORDS = "a b n m e t s i has has( in true false null and not ä 'x' 'p' \"q\" '"
NUMBERS = "0 -1 30 010 9223372036854775807 -9223372036854775808 9223372036854775808"
SIGNS = "( ) [ ] , == != < <= > >= && || ! = & | . - +"
FRAGMENTS = st.sampled_from(f"{WORDS} {NUMBERS} {SIGNS}".split())
pieces = st.lists(FRAGMENTS, max_size=12).map(" ".join) | st.lists(FRAGMENTS, max_size=8).map(
    "".join
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """The text of a guard with a few characters replaced."""
    text = written(draw(trees))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 4)))
    return text[:start] + draw(FRAGMENTS | st.just("")) + text[end:]


@examples(300, sees={"guards": 0.005})
@given(pieces | damaged())
def test_what_loads_here_loads_in_the_reference_cel(text: str) -> None:
    try:
        guard = parse(text, facts=FACTS, info=INFO)
    except GuardError:
        return
    if "has" not in text:
        saw("guards")
        assert cel_environment().compile(guard.text).return_type() == cel.Type.BOOL


# ---- any text at all


@examples(600)
@given(
    st.one_of(pieces, st.text(max_size=60), st.text(alphabet="()!&|[]<>='\" \nabn0-", max_size=80))
)
def test_any_text_is_a_guard_or_a_guard_error_with_a_place(text: str) -> None:
    try:
        guard = parse(text, facts=FACTS, info=INFO)
    except GuardError as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.message.fi
        assert error.text("fi")
        assert str(error)
    else:
        assert guard.judge(lambda _: UNKNOWN) in {True, False, None}


@examples(300)
@given(damaged())
def test_a_damaged_guard_is_a_guard_or_a_guard_error(text: str) -> None:
    try:
        parse(text, facts=FACTS, info=INFO)
    except GuardError as error:
        assert 0 <= error.start <= error.end <= len(text)


@pytest.mark.parametrize("unit", ["(", "!", "[", "a&&(", "a==(", "!(", "a in [", "has(", "'", '"'])
def test_long_runs_are_refused_not_followed(unit: str) -> None:
    for length in (4096, 100_000):
        with pytest.raises(GuardError):
            parse((unit * length)[:length], facts=FACTS, info=INFO)


# ---- domains


def all_valuations(guards: list[Guard]) -> Iterator[dict[str, Any]]:
    names = dict.fromkeys(name for guard in guards for name in guard.reads)
    for values in product(*(VALUES[name] for name in names)):
        yield dict(zip(names, values, strict=True))


# At most five names, so that all valuations can be tried.
few_trees = st.recursive(atoms, larger, max_leaves=4)
sets = (
    st.lists(few_trees.map(guard_of), min_size=1, max_size=4)
    .filter(lambda gs: len({name for g in gs for name in g.reads}) <= 5)
    .filter(lambda gs: sum(name in "mnu" for name in {n for g in gs for n in g.reads}) <= 2)
)


def true_sets(guards: list[Guard]) -> set[tuple[int, ...]]:
    """Return which guards are true together, for all valuations there are."""
    return {
        tuple(n for n, guard in enumerate(guards) if guard.judge(values.__getitem__))
        for values in all_valuations(guards)
    }


@examples(150)
@given(sets)
def test_overlap_and_gap_are_what_enumeration_finds(guards: list[Guard]) -> None:
    together = true_sets(guards)
    asked = GuardSet(guards)
    over, under = asked.overlap(), asked.gap()
    assert over.holds is any(len(true) > 1 for true in together)
    assert under.holds is (() in together)
    if over.witness is not None:
        first, second = over.guards
        pairs = [(true[i], t) for true in together for i in range(len(true)) for t in true[i + 1 :]]
        assert (first, second) == min(pairs)
        assert guards[first].judge(over.witness.__getitem__) is True
        assert guards[second].judge(over.witness.__getitem__) is True
    if under.witness is not None:
        assert not any(guard.judge(under.witness.__getitem__) for guard in guards)


@examples(100)
@given(sets)
def test_satisfiable_and_implies_are_what_enumeration_finds(guards: list[Guard]) -> None:
    first, last = guards[0], guards[-1]
    able, follows = satisfiable(first), implies(first, last)
    together = true_sets([first, last])
    assert able.holds is any(0 in true for true in together)
    assert follows.holds is ((0,) not in together)
    if able.witness is not None:
        assert first.judge(able.witness.__getitem__) is True
    if follows.witness is not None:
        assert first.judge(follows.witness.__getitem__) is True
        assert last.judge(follows.witness.__getitem__) is False
