"""Compile a type-checked tree to a Python function over a list of fact values.

The code is assembled as a Python syntax tree from the nodes of the guard alone: positions, literal
values and operators. No character of the guard's text becomes Python source.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from ohjausprosessi.guards.tree import (
    Comparison,
    Constant,
    Has,
    Junction,
    Membership,
    Negation,
    Read,
)
from ohjausprosessi.guards.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ohjausprosessi.guards.tree import Node, Operator

__all__ = ["function_of"]

_OPERATORS: Mapping[Operator, type[ast.cmpop]] = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
_LIST = "facts"
_UNKNOWN = "UNKNOWN"


def function_of(node: Node, index: Mapping[str, int]) -> Callable[[Sequence[Any]], bool]:
    """The function that evaluates a tree on a list of fact values.

    It raises ``UnknownFact`` when it compares or tests an unknown fact. Otherwise its result equals
    that of ``Guard.judge``.

    Args:
        node: a type-checked tree.
        index: the position in the list of every name the tree reads.

    Raises:
        KeyError: a name has no position.
    """
    body = _tested(_expression(node, index))
    arguments = ast.arguments([], [ast.arg(_LIST)], None, [], [], None, [])
    code = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, body)))
    names = {"__builtins__": {}, _UNKNOWN: UNKNOWN}
    function: Callable[[Sequence[Any]], bool] = eval(compile(code, "<guard>", "eval"), names)  # noqa: S307  built from typed nodes
    return function


def _expression(node: Node, index: Mapping[str, int]) -> ast.expr:
    match node:
        case Constant(value=value):
            return ast.Constant(value)
        case Read(name=name):
            return _fact(index[name])
        case Has(name=name):
            unknown = ast.Name(_UNKNOWN, ast.Load())
            return ast.Compare(_fact(index[name]), [ast.IsNot()], [unknown])
        case Negation(operand=operand):
            return ast.UnaryOp(ast.Not(), _expression(operand, index))
        case Junction(every=every, parts=parts):
            joint = ast.And() if every else ast.Or()
            return ast.BoolOp(joint, [_expression(part, index) for part in parts])
        case Comparison(operator=operator, left=left, right=right):
            return ast.Compare(
                _expression(left, index), [_OPERATORS[operator]()], [_expression(right, index)]
            )
        case Membership(left=left, values=values):
            listed = ast.Tuple([ast.Constant(value.value) for value in values], ast.Load())
            return ast.Compare(_expression(left, index), [ast.In()], [listed])


def _fact(position: int) -> ast.expr:
    return ast.Subscript(ast.Name(_LIST, ast.Load()), ast.Constant(position), ast.Load())


def _tested(expression: ast.expr) -> ast.expr:
    """The expression with a truth test where Python would return the operand itself.

    ``a and b`` evaluates to ``b`` untested; an unknown ``b`` has to raise instead.
    """
    if isinstance(expression, ast.Subscript):
        return ast.IfExp(expression, ast.Constant(value=True), ast.Constant(value=False))
    if isinstance(expression, ast.BoolOp):
        expression.values[-1] = _tested(expression.values[-1])
    return expression
