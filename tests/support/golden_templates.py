"""Every message that the source makes in two languages, found in the syntax tree.

An entry is what the two texts say, wherever they are made. A value that is filled in stands in
braces as in the source, but without the functions that only word it: ``{shorten(self.by)}`` is
``{by}``, so that it stays the same message when they move or get another name.
"""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Pair = tuple[str, str]

_LANGUAGE = {"self", "cls", "language", "lang", "finnish"}
_MAKERS = {"Text"}
# Two texts side by side that are no message: parts of the format, of HTML, of programs.
_NO_MESSAGE = {
    "Template", "add_edge", "attrib", "get", "getattr", "group", "pop", "replace", "set", "setattr",
    "split", "startswith", "tag", "translate", "maketrans", "normalize", "open", "line", "Option",
    "join", "encode", "dumps", "compile", "sub", "isoformat", "TypeVar", "partition", "_examples",
    "FactRefused",
}  # fmt: skip
# Pairs of such words are two ids, not one word in two languages.
_IDS = {
    "accept", "and", "at", "badge", "broad", "by", "call", "decline", "deep", "definition", "due",
    "en", "end", "error", "expire", "facts", "fi", "first", "fork", "handoff", "if", "info", "kind",
    "or", "overlay", "owner", "then", "transition", "value", "warning", "when", "within",
    "F", "X", "U", "W", "Mutants", "mutants", "neato", "dot", "place", "recordable", "roles",
    "owners", "type", "enum", "undecided", "unreachable", "unsafe", "untraced", "name", "overview",
    "full", "open", "kept", "liittyma", "jatkuu", "compiled", "marking",
}  # fmt: skip


def templates(folder: Path) -> list[Pair]:
    """Return every pair of Finnish and English, each once, in the order of the texts."""
    found = {pair for tree in _trees(folder) for pair in _pairs(tree) if any(pair)}
    return sorted(found)


def loose(folder: Path) -> list[str]:
    """Return every text of the places that choose by ``language == "fi"``, each once, in order."""
    return sorted({text for tree in _trees(folder) for text in _loose(tree)})


def raised(folder: Path) -> list[str]:
    """Return every exception that is raised with a text in one language, each once, in order."""
    return sorted({text for tree in _trees(folder) for text in _raised(tree)})


@cache
def _trees(folder: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py"))


# ---- pairs


def _pairs(tree: ast.AST) -> Iterator[Pair]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            pair = _pair(*node.elts)
            if pair is not None and _is_message(pair):
                yield pair


def _of_call(node: ast.Call) -> Iterator[Pair]:
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    if "fi" in named and "en" in named:
        pair = _pair(named["fi"], named["en"])
        if pair is not None:
            yield pair
    name = _name_of(node.func)
    if name in _NO_MESSAGE:
        return
    args = list(node.args)
    while len(args) > 1:  # from the right: what leads may be a code or a path
        pair = _pair(args[-2], args[-1])
        if pair is not None and (name in _MAKERS or _is_message(pair)):
            yield pair
            args.pop()
        args.pop()


def _name_of(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _pair(first: ast.expr, second: ast.expr) -> Pair | None:
    if not (_is_text(first) and _is_text(second)):
        return None
    return _written(first), _written(second)


def _is_text(node: ast.expr) -> bool:
    """Return whether an expression makes a text of words written in it."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _is_text(node.left) or _is_text(node.right)
    if isinstance(node, ast.IfExp):
        return _is_text(node.body) or _is_text(node.orelse)
    return isinstance(node, ast.JoinedStr)


def _is_message(pair: Pair) -> bool:
    """Return whether a pair has the looks of words that people read."""
    words = [_without_values(text).strip() for text in pair]
    if not all(any(map(str.isalpha, text)) for text in words):
        return False
    if any(" " in text or not text.isascii() for text in words):
        return True
    return words[0] != words[1] and all(map(str.isalpha, words)) and not _IDS.issuperset(words)


def _without_values(text: str) -> str:
    depth, kept = 0, []
    for character in text:
        depth += character == "{"
        if not depth:
            kept.append(character)
        depth -= character == "}"
    return "".join(kept)


# ---- texts


def _written(node: ast.expr) -> str:
    """Return a text as its source has it, with what is filled in in braces."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_written(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return f"{{{_filled(node.value)}}}"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _written(node.left) + _written(node.right)
    if isinstance(node, ast.IfExp):
        return f"{{{_written(node.body)} | {_written(node.orelse)}}}"
    return f"{{{_filled(node)}}}"


def _filled(node: ast.AST) -> str:
    return " ".join(dict.fromkeys(_leaves(node)))


def _leaves(node: ast.AST) -> Iterator[str]:
    """Yield the values that an expression reads, and the words it chooses from."""
    match node:
        case ast.Name(id=name):
            yield from () if name in _LANGUAGE else (name,)
        case ast.Attribute():
            yield from _attribute(node)
        case ast.Constant(value=value):
            word = isinstance(value, str) and any(map(str.isalpha, value))
            yield from (repr(value),) if word and value not in {"fi", "en"} else ()
        case ast.JoinedStr():
            yield repr(_written(node))
        case ast.Call(func=function, args=args, keywords=keywords):
            owner = [function.value] if isinstance(function, ast.Attribute) else []
            yield from _leaves_of(*owner, *args, *(keyword.value for keyword in keywords))
        case ast.GeneratorExp(elt, generators) | ast.ListComp(elt, generators):
            yield from _leaves_of(*(generator.iter for generator in generators))
            yield from (leaf for leaf in _leaves(elt) if leaf.startswith(("'", '"')))
        case _:
            yield from _leaves_of(*ast.iter_child_nodes(node))


def _leaves_of(*nodes: ast.AST) -> Iterator[str]:
    for node in nodes:
        yield from _leaves(node)


def _attribute(node: ast.Attribute) -> Iterator[str]:
    owner = list(_leaves(node.value))
    if node.attr in {"fi", "en"}:
        yield from owner
    else:
        yield ".".join([*owner, node.attr]) if len(owner) <= 1 else node.attr


# ---- texts chosen by language where they are made


def _loose(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and _chooses(node):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            for part in body:
                yield from _prose(part)


def _chooses(function: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Compare)
        and any(isinstance(side, ast.Constant) and side.value == "fi" for side in node.comparators)
        for node in ast.walk(function)
    )


def _prose(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.expr) and _is_text(node) and not isinstance(node, ast.IfExp):
        text = _written(node)
        chosen = isinstance(node, ast.JoinedStr) and ("'" in text or '"' in text)
        if (chosen or any(map(str.isalpha, _without_values(text)))) and text not in {"fi", "en"}:
            yield text
        return
    if isinstance(node, ast.Call) and _name_of(node.func) == "tag":
        return
    for child in ast.iter_child_nodes(node):
        yield from _prose(child)


# ---- what developers are told, in English only


def _raised(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            told = node.exc.args[0]
            if (
                len(node.exc.args) == 1
                and _is_text(told)
                and " " in _without_values(_written(told))
            ):
                yield f"{_name_of(node.exc.func)}: {_written(told)}"
