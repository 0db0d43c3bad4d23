"""The claims of a rule: the formula of its template, and which letters make its propositions true.

A rule that names an answer without its hand-off (``then: answer``) applies to each hand-off
separately, so it makes several claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.model import is_answered
from ohjausprosessi.rules.ltlf import (
    after,
    always,
    both,
    either,
    eventually,
    implies,
    negation,
    proposition,
    unless,
    until,
)
from ohjausprosessi.rules.syntax import formula_of
from ohjausprosessi.rules.templates import FORMULAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ohjausprosessi.model import Definition, Rule
    from ohjausprosessi.net import Compiled, TokenGame
    from ohjausprosessi.net.fact_slots import BoundGuard
    from ohjausprosessi.rules.alphabet import Letter
    from ohjausprosessi.rules.ltlf import Formula
    from ohjausprosessi.rules.syntax import FormulaNode

_BARE = ("accept", "decline", "expire", "withdraw", "answer")
_EVERYTHING = "*"


class Condition(NamedTuple):
    """A guard that a rule evaluates at letters.

    Attributes:
        key: its name in ``Letter.true``.
        guard: the guard.
        atoms: evaluated at letters with one of these atoms; None = at every letter.
        first: key of a condition without which this one does not matter; empty if there is none.
    """

    key: str
    guard: BoundGuard
    atoms: frozenset[str] | None
    first: str = ""


class Claim(NamedTuple):
    """A formula that every trace has to satisfy.

    Attributes:
        rule: id of the rule.
        formula: the formula, over propositions.
        named: the atoms that make each proposition true; ``*`` = any letter.
        kinds: kinds of letters at which *kind* is true.
        condition: key of the condition that *when* (without a ``when``: *then*) also requires;
            empty if there is none.
        of: the hand-off it is about, if the rule makes a claim for each hand-off.
    """

    rule: str
    formula: Formula
    named: Mapping[str, frozenset[str]]
    kinds: frozenset[str]
    condition: str
    of: str = ""

    def propositions(self, letter: Letter) -> frozenset[str]:
        """The propositions that are true at a letter."""
        true = {
            name
            for name, atoms in self.named.items()
            if _EVERYTHING in atoms or atoms & letter.atoms
        }
        if self.condition and self.condition not in letter.true:
            true.discard("when" if "when" in self.named else "then")
        if letter.kind in self.kinds:
            true.add("kind")
        if f"{self.rule}.holds" in letter.true:
            true.add("holds")
        return frozenset(true)


def claims_of(definition: Definition, rule: Rule) -> Iterator[Claim]:
    """The claims of a rule; none if its template is not about traces."""
    condition = f"{rule.id}.if" if rule.guard is not None else ""
    if rule.rule == "ltlf" and rule.holds is not None:
        tree = formula_of(rule.holds)
        atoms = {atom.atom: atoms_of(definition, [atom.atom]) for atom in tree.atoms()}
        yield Claim(rule.id, _translated(tree), atoms, frozenset(), "")
        return
    if rule.rule not in FORMULAS:
        return
    named: dict[str, tuple[str, ...]]
    named = {"when": rule.when, "first": rule.first, "then": rule.then}
    if rule.rule == "invariant" and not rule.when:
        named["when"] = (_EVERYTHING,)
    if not set(rule.then) & set(_BARE):
        yield _claim(definition, rule, named, condition)
        return
    for handoff in _handoffs(definition, (*rule.when, *rule.first)):
        opens = (f"{handoff}~opens",)
        then = tuple(f"{handoff}.{atom}" if atom in _BARE else atom for atom in rule.then)
        apart = {
            "when": opens if rule.when else (),
            "first": opens if rule.first else (),
            "then": then,
        }
        yield _claim(definition, rule, apart, condition)._replace(of=handoff)


def conditions_of(compiled: Compiled, rule: Rule) -> Iterator[Condition]:
    """The conditions of a rule: its ``if``, and its ``holds`` where that is a guard."""
    if rule.rule == "ltlf":
        return
    named = atoms_of(compiled.definition, rule.when or rule.then)
    atoms = named | {f"{atom}~opens" for atom in named} if named else None
    for key, text in (("if", rule.guard), ("holds", rule.holds)):
        if text is not None:
            first = f"{rule.id}.if" if key == "holds" and rule.guard else ""
            yield Condition(f"{rule.id}.{key}", compiled.condition(text), atoms, first)


def judged(letter: Letter, conditions: Iterable[Condition], game: TokenGame) -> Letter:
    """A letter with the conditions that are true of what is known at it."""
    true: set[str] = set()
    for condition in conditions:
        if condition.atoms is not None and not condition.atoms & letter.atoms:
            continue
        if condition.first and condition.first not in true:
            continue
        if game.judge(condition.guard) is True:
            true.add(condition.key)
    return letter._replace(true=frozenset(true)) if true else letter


def _claim(
    definition: Definition, rule: Rule, named: Mapping[str, tuple[str, ...]], condition: str
) -> Claim:
    written_out = {name: atoms_of(definition, atoms) for name, atoms in named.items() if atoms}
    kinds = {kind for atom in named["then"] for kind in kinds_of(definition, atom)}
    return Claim(rule.id, FORMULAS[rule.rule], written_out, frozenset(kinds), condition)


def _handoffs(definition: Definition, atoms: Iterable[str]) -> tuple[str, ...]:
    """The hand-offs with an answer that atoms name."""
    named = atoms_of(definition, atoms)
    return tuple(
        t.id
        for t in definition.transitions.values()
        if is_answered(definition, t) and named & {t.id, "any_handoff", "any_transfer"}
    )


def atoms_of(definition: Definition, atoms: Iterable[str]) -> frozenset[str]:
    """Atoms with each ``prefix_*`` expanded to the transitions it stands for."""
    found: set[str] = set()
    for atom in atoms:
        if atom.endswith("*") and atom != _EVERYTHING:
            found |= {t for t in definition.transitions if t.startswith(atom[:-1])}
        else:
            found.add(atom)
    return frozenset(found)


def kinds_of(definition: Definition, atom: str) -> tuple[str, ...]:
    """The kinds of letters at which an atom can be true."""
    base, _, answer = atom.partition(".")
    if base in definition.duties:
        return ("duty",)
    if answer or atom == "any_answer":
        return ("answer",)
    if atom in definition.states or atom in definition.phases or atom == "end":
        return ("state",)
    if atom in definition.roles or atom in definition.owners:
        return ("act", "answer", "duty")
    return ("act",)


_OPERATORS: Mapping[str, Callable[..., Formula]] = {
    "!": negation,
    "G": always,
    "F": eventually,
    "X": after,
    "U": until,
    "W": unless,
    "&&": both,
    "||": either,
    "->": implies,
}


def _translated(tree: FormulaNode) -> Formula:
    """The formula that a rule ``ltlf`` is written as."""
    if tree.operator == "atom":
        return proposition(tree.atom)
    return _OPERATORS[tree.operator](*(_translated(part) for part in tree.parts))
