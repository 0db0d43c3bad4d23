"""Linear temporal logic over finite traces, as automata that are built while they are run.

A formula is progressed through a letter to what the rest of the trace must satisfy (Bacchus and
Kabanza, Planning for Temporally Extended Goals, 1998; finite traces: De Giacomo and Vardi, Linear
Temporal Logic and Linear Dynamic Logic on Finite Traces, 2013). What is left is a state of the
automaton; equal formulas are one state. A letter is a set of propositions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["true", "false", "is", "not", "and", "or", "next", "weak", "until", "release"]


class Formula(NamedTuple):
    """A formula in negation normal form.

    Attributes:
        kind: ``is`` and ``not`` are of a proposition; ``next`` needs a next letter and ``weak``
            does not; the others as usual.
        name: the proposition.
        parts: the operands; of ``and`` and ``or`` in no order.
        rest: whether ``next`` or ``weak`` has been progressed: its operand speaks of the rest of
            the trace, from its first letter.
    """

    kind: Kind
    name: str = ""
    parts: tuple[Formula, ...] | frozenset[Formula] = ()
    rest: bool = False

    @property
    def operands(self) -> tuple[Formula, ...]:
        """The operands, in order where they have one."""
        return tuple(self.parts)


TRUE = Formula("true")
FALSE = Formula("false")
_DUAL: dict[Kind, Kind] = {
    "true": "false",
    "false": "true",
    "is": "not",
    "not": "is",
    "next": "weak",
    "weak": "next",
    "until": "release",
    "release": "until",
}


def proposition(name: str) -> Formula:
    """Return ``name``: true at a letter that has it."""
    return Formula("is", name)


def negation(formula: Formula) -> Formula:
    """Return ``! formula``."""
    if formula.kind == "and":
        return either(*(negation(part) for part in formula.operands))
    if formula.kind == "or":
        return both(*(negation(part) for part in formula.operands))
    parts = tuple(negation(part) for part in formula.operands)
    return Formula(_DUAL[formula.kind], formula.name, parts)


def both(*formulas: Formula) -> Formula:
    """Return the conjunction."""
    return _joined("and", FALSE, TRUE, formulas)


def either(*formulas: Formula) -> Formula:
    """Return the disjunction."""
    return _joined("or", TRUE, FALSE, formulas)


def implies(premise: Formula, conclusion: Formula) -> Formula:
    """Return ``premise -> conclusion``."""
    return either(negation(premise), conclusion)


def after(formula: Formula) -> Formula:
    """Return ``X formula``: there is a next letter, and from it on the formula is true."""
    return Formula("next", parts=(formula,))


def after_if_any(formula: Formula) -> Formula:
    """Return weak next: if there is a next letter, the formula is true from it on."""
    return Formula("weak", parts=(formula,))


def until(first: Formula, then: Formula) -> Formula:
    """Return ``first U then``: ``then`` comes, and until then ``first`` is true."""
    return Formula("until", parts=(first, then))


def eventually(formula: Formula) -> Formula:
    """Return ``F formula``."""
    return until(TRUE, formula)


def always(formula: Formula) -> Formula:
    """Return ``G formula``."""
    return Formula("release", parts=(FALSE, formula))


def unless(first: Formula, then: Formula) -> Formula:
    """Return ``first W then``: as ``U``, but ``then`` need not come."""
    return either(until(first, then), always(first))


def _joined(
    kind: Literal["and", "or"], strong: Formula, neutral: Formula, formulas: Iterable[Formula]
) -> Formula:
    parts: set[Formula] = set()
    for formula in formulas:
        if formula == strong:
            return strong
        if formula.kind == kind:
            parts |= set(formula.parts)
        elif formula != neutral:
            parts.add(formula)
    parts = _absorbed(kind, parts)
    if not parts:
        return neutral
    if len(parts) == 1:
        return next(iter(parts))
    return Formula(kind, parts=frozenset(parts))


def _absorbed(kind: Literal["and", "or"], parts: set[Formula]) -> set[Formula]:
    """Leave out what another part makes superfluous, so that equal formulas look equal."""
    inner = "or" if kind == "and" else "and"
    weaker: Kind = "weak" if kind == "and" else "next"
    stronger: Kind = "next" if kind == "and" else "weak"
    return {
        part
        for part in parts
        if not (part.kind == inner and set(part.parts) & parts)
        and not (
            part.rest
            and part.kind == weaker
            and Formula(stronger, parts=part.parts, rest=True) in parts
        )
    }


class Automaton:
    """The automaton of a formula; its states are formulas.

    Attributes:
        first: the state before the first letter.
    """

    def __init__(self, formula: Formula) -> None:
        # Before the first letter the whole formula speaks of the rest of the trace.
        self.first = Formula("next", parts=(formula,), rest=True)
        self._steps: dict[tuple[Formula, frozenset[str]], Formula] = {}

    def step(self, state: Formula, letter: frozenset[str]) -> Formula:
        """Return the state after a letter."""
        key = (state, letter)
        if key not in self._steps:
            self._steps[key] = _progressed(state, letter)
        return self._steps[key]

    @staticmethod
    def accepts(state: Formula) -> bool:
        """Return whether the trace may end here: the formula is then true of it."""
        if state.kind == "and":
            return all(Automaton.accepts(part) for part in state.parts)
        if state.kind == "or":
            return any(Automaton.accepts(part) for part in state.parts)
        return state.kind in {"true", "weak"}


def _progressed(formula: Formula, letter: frozenset[str]) -> Formula:
    """Return what the rest of a trace must satisfy for a formula to be true at a letter."""
    parts = formula.operands
    match formula.kind:
        case "is" | "not":
            return TRUE if (formula.name in letter) == (formula.kind == "is") else FALSE
        case "and":
            return both(*(_progressed(part, letter) for part in parts))
        case "or":
            return either(*(_progressed(part, letter) for part in parts))
        case "next" | "weak":
            if formula.rest:
                return _progressed(parts[0], letter)
            return formula._replace(rest=True)
        case "until":
            again = both(
                _progressed(parts[0], letter), Formula("next", parts=(formula,), rest=True)
            )
            return either(_progressed(parts[1], letter), again)
        case "release":
            again = either(
                _progressed(parts[0], letter), Formula("weak", parts=(formula,), rest=True)
            )
            return both(_progressed(parts[1], letter), again)
        case _:
            return formula
