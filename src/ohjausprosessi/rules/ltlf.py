"""Linear temporal logic over finite traces (LTLf), with automata built on the fly.

Progressing a formula through a letter yields what the rest of the trace has to satisfy (Bacchus and
Kabanza, Planning for Temporally Extended Goals, 1998; for finite traces De Giacomo and Vardi, Linear
Temporal Logic and Linear Dynamic Logic on Finite Traces, 2013). The progressed formulas are the
states of the automaton; equal formulas are the same state. A letter is a set of propositions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

FormulaKind = Literal["true", "false", "is", "not", "and", "or", "next", "weak", "until", "release"]


class Formula(NamedTuple):
    """A formula in negation normal form.

    Attributes:
        kind: its outermost connective; ``is`` and ``not`` are literals, ``next`` requires a next
            letter and ``weak`` (weak next) does not.
        name: the proposition of a literal.
        parts: the operands; those of ``and`` and ``or`` are unordered.
        rest: whether ``next`` or ``weak`` has been progressed, so that its operand applies to the
            rest of the trace from its first letter.
    """

    kind: FormulaKind
    name: str = ""
    parts: tuple[Formula, ...] | frozenset[Formula] = ()
    rest: bool = False

    @property
    def operands(self) -> tuple[Formula, ...]:
        """The operands, in order where order matters."""
        return tuple(self.parts)


TRUE = Formula("true")
FALSE = Formula("false")
_DUAL: dict[FormulaKind, FormulaKind] = {
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
    """The proposition ``name``, true at the letters that contain it."""
    return Formula("is", name)


def negation(formula: Formula) -> Formula:
    """``! formula``, in negation normal form."""
    if formula.kind == "and":
        return either(*(negation(part) for part in formula.operands))
    if formula.kind == "or":
        return both(*(negation(part) for part in formula.operands))
    parts = tuple(negation(part) for part in formula.operands)
    return Formula(_DUAL[formula.kind], formula.name, parts)


def both(*formulas: Formula) -> Formula:
    """The conjunction, simplified."""
    return _joined("and", FALSE, TRUE, formulas)


def either(*formulas: Formula) -> Formula:
    """The disjunction, simplified."""
    return _joined("or", TRUE, FALSE, formulas)


def implies(premise: Formula, conclusion: Formula) -> Formula:
    """``premise -> conclusion``."""
    return either(negation(premise), conclusion)


def after(formula: Formula) -> Formula:
    """``X formula``: there is a next letter, and the formula holds from it on."""
    return Formula("next", parts=(formula,))


def after_if_any(formula: Formula) -> Formula:
    """Weak next: if there is a next letter, the formula holds from it on."""
    return Formula("weak", parts=(formula,))


def until(first: Formula, then: Formula) -> Formula:
    """``first U then``: ``then`` holds at some letter, and ``first`` at every letter before."""
    return Formula("until", parts=(first, then))


def eventually(formula: Formula) -> Formula:
    """``F formula``: the formula holds at some letter."""
    return until(TRUE, formula)


def always(formula: Formula) -> Formula:
    """``G formula``: the formula holds at every letter."""
    return Formula("release", parts=(FALSE, formula))


def unless(first: Formula, then: Formula) -> Formula:
    """``first W then`` (weak until): as ``U``, but ``then`` need not ever hold."""
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
    """The parts without those that another part absorbs, so that equivalent states coincide."""
    inner = "or" if kind == "and" else "and"
    weaker: FormulaKind = "weak" if kind == "and" else "next"
    stronger: FormulaKind = "next" if kind == "and" else "weak"
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
    """The deterministic automaton of a formula; its states are formulas.

    Attributes:
        first: the initial state, before the first letter.
    """

    def __init__(self, formula: Formula) -> None:
        # Before the first letter the whole formula applies to the rest of the trace.
        self.first = Formula("next", parts=(formula,), rest=True)
        self._steps: dict[tuple[Formula, frozenset[str]], Formula] = {}

    def step(self, state: Formula, letter: frozenset[str]) -> Formula:
        """The state after reading a letter."""
        key = (state, letter)
        if key not in self._steps:
            self._steps[key] = _progressed(state, letter)
        return self._steps[key]

    @staticmethod
    def accepts(state: Formula) -> bool:
        """Whether a state accepts: a trace that ends here satisfies the formula."""
        if state.kind == "and":
            return all(Automaton.accepts(part) for part in state.parts)
        if state.kind == "or":
            return any(Automaton.accepts(part) for part in state.parts)
        return state.kind in {"true", "weak"}


def _progressed(formula: Formula, letter: frozenset[str]) -> Formula:
    """What the rest of the trace has to satisfy for a formula to hold at a letter."""
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
