"""The rule templates of the format: the keys of each and its formula.

The formulas are LTLf over the propositions *when*, *first*, *then*, *holds* and *kind*, a letter of
the kind of *then*. They follow Declare (Pesic, Constraint-Based Workflow Management Systems, 2008),
except that *follows* means later, and that a chain only counts letters of the kind of *then*.

Everything that differs between templates is told here; the JSON Schema, the checks of keys and the
proofs read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.rules.ltlf import (
    after,
    after_if_any,
    always,
    both,
    eventually,
    implies,
    negation,
    proposition,
    unless,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.rules.ltlf import Formula

__all__ = ["FORMULAS", "TEMPLATES", "TEMPLATE_KEYS", "Template"]


class Template(NamedTuple):
    """A rule template.

    Attributes:
        needs: the keys it requires besides those every rule has.
        takes: the keys it may have.
        formula: what every trace has to satisfy; None if the template is not about traces, or, for
            ``ltlf``, if the rule brings its own formula.
    """

    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()
    formula: Formula | None = None


_WHEN, _FIRST, _THEN, _HOLDS, _KIND = (
    proposition(name) for name in ("when", "first", "then", "holds", "kind")
)
_BOTH_ENDS = ("when", "then")
_RESPONSE = always(implies(_WHEN, after(eventually(_THEN))))
_PRECEDENCE = unless(negation(_THEN), _FIRST)
_NEXT_OF_KIND = after(until(negation(_KIND), _THEN))

TEMPLATES: Mapping[str, Template] = {
    "response": Template(_BOTH_ENDS, ("if", "within"), _RESPONSE),
    "chain_response": Template(_BOTH_ENDS, ("if",), always(implies(_WHEN, _NEXT_OF_KIND))),
    "alternate_response": Template(
        _BOTH_ENDS, ("if",), always(implies(_WHEN, after(until(negation(_WHEN), _THEN))))
    ),
    "precedence": Template(("first", "then"), ("if",), _PRECEDENCE),
    "chain_precedence": Template(
        ("first", "then"),
        ("if",),
        both(
            _PRECEDENCE,
            always(implies(both(_KIND, negation(_FIRST)), after_if_any(_PRECEDENCE))),
        ),
    ),
    "alternate_precedence": Template(
        ("first", "then"),
        ("if",),
        both(_PRECEDENCE, always(implies(_THEN, after_if_any(_PRECEDENCE)))),
    ),
    "succession": Template(_BOTH_ENDS, ("if",), both(_RESPONSE, unless(negation(_THEN), _WHEN))),
    "responded_existence": Template(
        _BOTH_ENDS, ("if",), implies(eventually(_WHEN), eventually(_THEN))
    ),
    "not_coexistence": Template(
        _BOTH_ENDS, ("if",), negation(both(eventually(_WHEN), eventually(_THEN)))
    ),
    "not_succession": Template(
        _BOTH_ENDS, ("if",), always(implies(_WHEN, negation(after(eventually(_THEN)))))
    ),
    "not_chain_succession": Template(
        _BOTH_ENDS, ("if",), always(implies(_WHEN, negation(_NEXT_OF_KIND)))
    ),
    "existence": Template(("then",), (), eventually(_THEN)),
    "absence": Template(("when",), ("if",), negation(eventually(_WHEN))),
    "invariant": Template(("holds",), ("when", "if"), always(implies(_WHEN, _HOLDS))),
    "always_possible": Template(("then",)),
    "enabled": Template(_BOTH_ENDS, ("if", "by")),
    "every": Template(("then", "within")),
    "allowed": Template(("when", "by")),
    "only": Template(("when", "by")),
    "ltlf": Template(("holds",)),
}
TEMPLATE_KEYS = ("when", "first", "then", "if", "holds", "by", "within")

FORMULAS: Mapping[str, Formula] = {
    name: template.formula for name, template in TEMPLATES.items() if template.formula is not None
}
