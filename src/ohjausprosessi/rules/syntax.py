"""Parse the formulas of ``ltlf`` rules.

Operators by increasing precedence: ``a -> b`` (right-associative), ``a || b``, ``a && b``,
``a U b`` and ``a W b`` (right-associative), the prefixes ``! G F X``; then atoms and ``( … )``. A
formula has at most 4,096 characters and 64 levels, which bounds the recursion here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import OhjausprosessiError
from ohjausprosessi.text.shorten import as_written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FormulaOperator = Literal["atom", "!", "G", "F", "X", "U", "W", "&&", "||", "->"]

MOST_CHARACTERS = 4096
MOST_LEVELS = 64

_TOKEN = re.compile(
    r"\s*(?:(?P<sign>->|&&|\|\||[!()])|(?P<operator>[GFXUW])(?![A-Za-z0-9_])"
    r"|(?P<atom>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*|\*)?))",
    re.ASCII,
)
_BLANK = re.compile(r"\s*\Z")


class FormulaError(OhjausprosessiError):
    """A text that is not a formula.

    Attributes:
        message: what is wrong.
        hint: the remedy, if there is one to name.
        start: offset of the first wrong character, from 0.
        end: offset after the last one.
    """

    def __init__(self, message: Text, hint: Text | None, start: int, end: int) -> None:
        self.message = message
        self.hint = hint
        self.start = start
        self.end = end
        super().__init__(message, hint, start, end)


@dataclass(frozen=True, slots=True)
class FormulaNode:
    """A node of the syntax tree of a formula.

    Attributes:
        operator: the operator, or ``atom``.
        parts: the operands; empty for an atom.
        atom: the name of an atom, else empty.
        start: offset of its first character, from 0.
        end: offset after its last character.
    """

    operator: FormulaOperator
    parts: tuple[FormulaNode, ...]
    atom: str
    start: int
    end: int

    def atoms(self) -> Iterator[FormulaNode]:
        """The atoms in it, in the order written."""
        if self.operator == "atom":
            yield self
        for part in self.parts:
            yield from part.atoms()


def formula_of(text: str) -> FormulaNode:
    """Parse a formula.

    Raises:
        FormulaError: at the first mistake.
    """
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            Text(
                f"kaavassa on yli {MOST_CHARACTERS} merkkiä",
                f"the formula is longer than {MOST_CHARACTERS} characters",
            ),
            None,
            0,
            len(text),
        )
    return _FormulaParser(text).whole()


class _FormulaToken(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class _FormulaParser:
    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._level = 0

    def whole(self) -> FormulaNode:
        formula = self._implication()
        if self._here.kind != "end":
            self._fail(
                "tässä pitää olla operaattori tai kaavan loppu",
                "expected an operator or the end here",
            )
        return formula

    @property
    def _here(self) -> _FormulaToken:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> _FormulaToken | None:
        token = self._here
        if token.kind in {"sign", "operator"} and token.text in texts:
            self._at += 1
            return token
        return None

    def _deeper(self, token: _FormulaToken) -> None:
        self._level += 1
        if self._level > MOST_LEVELS:
            self._fail(
                f"kaavassa on yli {MOST_LEVELS} sisäkkäistä tasoa",
                f"the formula is nested more than {MOST_LEVELS} levels deep",
                token,
            )

    def _implication(self) -> FormulaNode:
        return self._right(self._disjunction, "->")

    def _disjunction(self) -> FormulaNode:
        return self._left(self._conjunction, "||")

    def _conjunction(self) -> FormulaNode:
        return self._left(self._until, "&&")

    def _until(self) -> FormulaNode:
        return self._right(self._unary, "U", "W")

    def _left(self, part: Callable[[], FormulaNode], sign: FormulaOperator) -> FormulaNode:
        """Parse operands joined by an associative operator."""
        parts = [part()]
        while self._take(sign):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return FormulaNode(sign, tuple(parts), "", parts[0].start, parts[-1].end)

    def _right(self, part: Callable[[], FormulaNode], *signs: FormulaOperator) -> FormulaNode:
        """Parse operands joined by right-associative operators."""
        parts, between = [part()], []
        while token := self._take(*signs):
            between.append(token)
            parts.append(part())
            if len(parts) > MOST_LEVELS:
                self._deeper_chain()
        formula = parts.pop()
        while between:
            first, sign = parts.pop(), between.pop().text
            operator: FormulaOperator = next(one for one in signs if one == sign)
            formula = FormulaNode(operator, (first, formula), "", first.start, formula.end)
        return formula

    def _deeper_chain(self) -> NoReturn:
        self._fail(
            f"peräkkäisiä osia on yli {MOST_LEVELS}", f"more than {MOST_LEVELS} parts in a row"
        )

    def _unary(self) -> FormulaNode:
        outer: list[_FormulaToken] = []
        while token := self._take("!", "G", "F", "X"):
            outer.append(token)
            self._deeper(token)
        formula = self._primary()
        for token in reversed(outer):
            self._level -= 1
            operator: FormulaOperator = next(one for one in _UNARY if one == token.text)
            formula = FormulaNode(operator, (formula,), "", token.start, formula.end)
        return formula

    def _primary(self) -> FormulaNode:
        token = self._here
        if token.kind == "atom":
            self._at += 1
            return FormulaNode("atom", (), token.text, token.start, token.end)
        if not self._take("("):
            self._fail("tässä pitää olla tapahtuma tai (", "expected an event or ( here")
        self._deeper(token)
        formula = self._implication()
        self._level -= 1
        if not self._take(")"):
            self._fail("tässä pitää olla )", "expected ) here")
        return formula

    def _fail(self, fi: str, en: str, token: _FormulaToken | None = None) -> NoReturn:
        token = token or self._here
        raise FormulaError(Text(fi, en), _HINT, token.start, token.end)


_UNARY: tuple[FormulaOperator, ...] = ("!", "G", "F", "X")
_HINT = Text(
    "kaavassa voi olla tapahtumia ja merkkejä G F X U W ! && || -> ( )",
    "a formula may contain events and G F X U W ! && || -> ( )",
)


def _tokens(text: str) -> list[_FormulaToken]:
    tokens: list[_FormulaToken] = []
    position = 0
    while not _BLANK.match(text, position):
        found = _TOKEN.match(text, position)
        if found is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise FormulaError(
                Text(
                    f"kaavassa ei voi olla merkkiä `{as_written(text[start])}`",
                    f"`{as_written(text[start])}` is not allowed in a formula",
                ),
                _HINT,
                start,
                start + 1,
            )
        kind = str(found.lastgroup)
        tokens.append(_FormulaToken(kind, found[kind], found.start(kind), found.end(kind)))
        position = found.end()
    end = len(text.rstrip())
    tokens.append(_FormulaToken("end", "", end, end))
    return tokens
