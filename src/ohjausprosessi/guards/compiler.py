"""Typed tree to a Python function over a list of facts, built as syntax tree, never as text."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, cast

from ohjausprosessi.guards.tree import (
    UNKNOWN,
    And,
    Compare,
    Has,
    In,
    Literal,
    Node,
    Not,
    Or,
    Read,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ohjausprosessi.model import Value

__all__ = ["compile_tree"]

_OPERATORS: dict[str, type[ast.cmpop]] = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}


def compile_tree(
    tree: Node, index: Mapping[str, int]
) -> Callable[[Sequence[Value | Unknown]], bool]:
    """Return a function from a list of facts to the verdict.

    ``index`` says at which position a name stands. The function raises ``UnknownFact`` where it
    compares or tests an unknown fact, so that the ordinary case costs nothing extra.
    """
    facts = ast.arg("facts")
    arguments = ast.arguments(
        posonlyargs=[], args=[facts], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    function = ast.Expression(ast.Lambda(arguments, _expression(tree, index)))
    code = compile(ast.fix_missing_locations(function), "<guard>", "eval")
    compiled = eval(code, {"__builtins__": {}, "UNKNOWN": UNKNOWN})  # noqa: S307  our own tree
    return cast("Callable[[Sequence[Value | Unknown]], bool]", compiled)


def _expression(node: Node, index: Mapping[str, int]) -> ast.expr:
    match node:
        case Literal():
            return ast.Constant(node.value)
        case Read():
            return _fact(index[node.name])
        case Has():
            unknown = ast.Name("UNKNOWN", ast.Load())
            return ast.Compare(_fact(index[node.name]), [ast.IsNot()], [unknown])
        case Not():
            return ast.UnaryOp(ast.Not(), _expression(node.part, index))
        case And() | Or():
            operator = ast.And() if isinstance(node, And) else ast.Or()
            return ast.BoolOp(operator, [_expression(part, index) for part in node.parts])
        case Compare():
            left, right = _expression(node.left, index), _expression(node.right, index)
            return ast.Compare(left, [_OPERATORS[node.operator]()], [right])
        case In():
            values = ast.Tuple([ast.Constant(value) for value in node.values], ast.Load())
            return ast.Compare(_expression(node.subject, index), [ast.In()], [values])


def _fact(position: int) -> ast.expr:
    return ast.Subscript(ast.Name("facts", ast.Load()), ast.Constant(position), ast.Load())
