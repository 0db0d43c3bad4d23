"""Rules as formulas: each template of the format over the propositions *when*, *first*, *then*.

A rule that names an answer without its hand-off (``then: answer``) speaks of each hand-off apart,
so it becomes several claims. The templates are those of Declare (Pesic, Constraint-Based Workflow
Management Systems, 2008); *follows* means later, and a chain looks at letters of the kind of *then*
only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.model import is_answered
from ohjausprosessi.rules.ltlf import (
    after,
    after_if_any,
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ohjausprosessi.model import Definition, Rule
    from ohjausprosessi.net import Compiled, TokenGame
    from ohjausprosessi.net.fact_slots import BoundGuard
    from ohjausprosessi.rules.alphabet import Letter
    from ohjausprosessi.rules.ltlf import Formula
    from ohjausprosessi.rules.syntax import Formula as Written

WHEN, FIRST, THEN, HOLDS = (proposition(name) for name in ("when", "first", "then", "holds"))
KIND = proposition("kind")  # a letter of the kind of *then*
_BARE = ("accept", "decline", "expire", "withdraw", "answer")
_EVERYTHING = "*"


class Condition(NamedTuple):
    """A condition that a rule judges at letters.

    Attributes:
        key: what it is called in ``Letter.true``.
        guard: the condition.
        atoms: at letters that have one of these; None = at every letter.
        first: key of a condition that must be true before this one matters; empty if none.
    """

    key: str
    guard: BoundGuard
    atoms: frozenset[str] | None
    first: str = ""


class Claim(NamedTuple):
    """What must be true of every trace.

    Attributes:
        rule: id of the rule.
        formula: over the propositions.
        named: proposition to the atoms that make it true; ``*`` = any letter.
        kinds: kinds of letters that count for *kind*.
        condition: key of the condition without which *when* (in a rule without ``when``: *then*)
            does not count; empty if there is none.
        of: the hand-off it speaks of, where a rule speaks of each apart.
    """

    rule: str
    formula: Formula
    named: Mapping[str, frozenset[str]]
    kinds: frozenset[str]
    condition: str
    of: str = ""

    def propositions(self, letter: Letter) -> frozenset[str]:
        """Return what is true at a letter."""
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


def _chain_precedence() -> Formula:
    free = unless(negation(THEN), FIRST)
    return both(free, always(implies(both(KIND, negation(FIRST)), after_if_any(free))))


def _formulas() -> dict[str, Formula]:
    response = always(implies(WHEN, after(eventually(THEN))))
    precedence = unless(negation(THEN), FIRST)
    # Of a succession `when` is also what has to come before.
    preceded = unless(negation(THEN), WHEN)
    elsewhere = negation(KIND)
    return {
        "response": response,
        "chain_response": always(implies(WHEN, after(until(elsewhere, THEN)))),
        "alternate_response": always(implies(WHEN, after(until(negation(WHEN), THEN)))),
        "precedence": precedence,
        "chain_precedence": _chain_precedence(),
        "alternate_precedence": both(precedence, always(implies(THEN, after_if_any(precedence)))),
        "succession": both(response, preceded),
        "responded_existence": implies(eventually(WHEN), eventually(THEN)),
        "not_coexistence": negation(both(eventually(WHEN), eventually(THEN))),
        "not_succession": always(implies(WHEN, negation(after(eventually(THEN))))),
        "not_chain_succession": always(implies(WHEN, negation(after(until(elsewhere, THEN))))),
        "existence": eventually(THEN),
        "absence": negation(eventually(WHEN)),
        "invariant": always(implies(WHEN, HOLDS)),
    }


FORMULAS: Mapping[str, Formula] = _formulas()


def claims_of(definition: Definition, rule: Rule) -> Iterator[Claim]:
    """Yield what a rule claims of every trace; nothing for those that speak of no trace."""
    condition = f"{rule.id}.if" if rule.guard is not None else ""
    if rule.rule == "ltlf" and rule.holds is not None:
        tree = formula_of(rule.holds)
        atoms = {atom.atom: atoms_of(definition, [atom.atom]) for atom in tree.atoms()}
        yield Claim(rule.id, _written(tree), atoms, frozenset(), "")
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
    """Yield the conditions of a rule: its ``if``, and what ``holds`` where that is a guard."""
    if rule.rule == "ltlf":
        return
    named = atoms_of(compiled.definition, rule.when or rule.then)
    atoms = named | {f"{atom}~opens" for atom in named} if named else None
    for key, text in (("if", rule.guard), ("holds", rule.holds)):
        if text is not None:
            first = f"{rule.id}.if" if key == "holds" and rule.guard else ""
            yield Condition(f"{rule.id}.{key}", compiled.condition(text), atoms, first)


def judged(letter: Letter, conditions: Iterable[Condition], game: TokenGame) -> Letter:
    """Add to a letter the conditions that are true of what is known at it."""
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
    """Return the answered hand-offs that atoms name."""
    named = atoms_of(definition, atoms)
    return tuple(
        t.id
        for t in definition.transitions.values()
        if is_answered(definition, t) and named & {t.id, "any_handoff", "any_transfer"}
    )


def atoms_of(definition: Definition, atoms: Iterable[str]) -> frozenset[str]:
    """Return atoms with each ``prefix_*`` written out."""
    found: set[str] = set()
    for atom in atoms:
        if atom.endswith("*") and atom != _EVERYTHING:
            found |= {t for t in definition.transitions if t.startswith(atom[:-1])}
        else:
            found.add(atom)
    return frozenset(found)


def kinds_of(definition: Definition, atom: str) -> tuple[str, ...]:
    """Return the kinds of letters that can have an atom."""
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


def _written(tree: Written) -> Formula:
    """Return a formula of a rule ``ltlf``."""
    if tree.operator == "atom":
        return proposition(tree.atom)
    return _OPERATORS[tree.operator](*(_written(part) for part in tree.parts))
