"""Formulas of rules ``ltlf``: linear temporal logic over finite traces, as text and as a tree.

Grammar, weakest first: ``a -> b`` (right), ``a || b``, ``a && b``, ``a U b`` and ``a W b`` (right),
``! G F X`` before a part, an atom, ``( … )``. At most 4,096 characters and 64 levels, so nothing
here recurses deeper.
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

Operator = Literal["atom", "!", "G", "F", "X", "U", "W", "&&", "||", "->"]

MOST_CHARACTERS = 4096
MOST_LEVELS = 64

_TOKEN = re.compile(
    r"\s*(?:(?P<sign>->|&&|\|\||[!()])|(?P<operator>[GFXUW])(?![A-Za-z0-9_])"
    r"|(?P<atom>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*|\*)?))",
    re.ASCII,
)
_BLANK = re.compile(r"\s*\Z")


class FormulaError(OhjausprosessiError):
    """A text that is no formula.

    Attributes:
        message: what is wrong.
        hint: the remedy.
        start: where the mistake begins in the text, from 0.
        end: where it ends, exclusive.
    """

    def __init__(self, message: Text, hint: Text | None, start: int, end: int) -> None:
        self.message = message
        self.hint = hint
        self.start = start
        self.end = end
        super().__init__(message, hint, start, end)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula or a part of one.

    Attributes:
        operator: what it is.
        parts: what it is made of: none of an atom, one or two else.
        atom: of an atom, its name.
        start: where it begins in the text, from 0.
        end: where it ends, exclusive.
    """

    operator: Operator
    parts: tuple[Formula, ...]
    atom: str
    start: int
    end: int

    def atoms(self) -> Iterator[Formula]:
        """Yield the atoms in it, as written."""
        if self.operator == "atom":
            yield self
        for part in self.parts:
            yield from part.atoms()


def formula_of(text: str) -> Formula:
    """Return the tree of a formula.

    Raises:
        FormulaError: with the first thing that is wrong.
    """
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            Text(
                f"kaava on yli {MOST_CHARACTERS} merkkiä",
                f"the formula is longer than {MOST_CHARACTERS} characters",
            ),
            None,
            0,
            len(text),
        )
    return _Parser(text).whole()


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._level = 0

    def whole(self) -> Formula:
        formula = self._implication()
        if self._here.kind != "end":
            self._fail("tästä ei voi jatkaa näin", "it cannot go on like this")
        return formula

    @property
    def _here(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> _Token | None:
        token = self._here
        if token.kind in {"sign", "operator"} and token.text in texts:
            self._at += 1
            return token
        return None

    def _deeper(self, token: _Token) -> None:
        self._level += 1
        if self._level > MOST_LEVELS:
            self._fail(
                f"sisäkkäisiä tasoja on yli {MOST_LEVELS}",
                f"nested deeper than {MOST_LEVELS} levels",
                token,
            )

    def _implication(self) -> Formula:
        return self._right(self._disjunction, "->")

    def _disjunction(self) -> Formula:
        return self._left(self._conjunction, "||")

    def _conjunction(self) -> Formula:
        return self._left(self._until, "&&")

    def _until(self) -> Formula:
        return self._right(self._unary, "U", "W")

    def _left(self, part: Callable[[], Formula], sign: Operator) -> Formula:
        """Parse parts joined by an operator of which the order does not matter."""
        parts = [part()]
        while self._take(sign):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return Formula(sign, tuple(parts), "", parts[0].start, parts[-1].end)

    def _right(self, part: Callable[[], Formula], *signs: Operator) -> Formula:
        """Parse parts joined by operators that bind to the right."""
        parts, between = [part()], []
        while token := self._take(*signs):
            between.append(token)
            parts.append(part())
            if len(parts) > MOST_LEVELS:
                self._deeper_chain()
        formula = parts.pop()
        while between:
            first, sign = parts.pop(), between.pop().text
            operator: Operator = next(one for one in signs if one == sign)
            formula = Formula(operator, (first, formula), "", first.start, formula.end)
        return formula

    def _deeper_chain(self) -> NoReturn:
        self._fail(
            f"peräkkäisiä osia on yli {MOST_LEVELS}", f"more than {MOST_LEVELS} parts in a row"
        )

    def _unary(self) -> Formula:
        outer: list[_Token] = []
        while token := self._take("!", "G", "F", "X"):
            outer.append(token)
            self._deeper(token)
        formula = self._primary()
        for token in reversed(outer):
            self._level -= 1
            operator: Operator = next(one for one in _UNARY if one == token.text)
            formula = Formula(operator, (formula,), "", token.start, formula.end)
        return formula

    def _primary(self) -> Formula:
        token = self._here
        if token.kind == "atom":
            self._at += 1
            return Formula("atom", (), token.text, token.start, token.end)
        if not self._take("("):
            self._fail("tässä pitäisi olla tapahtuma tai (", "an event or ( should be here")
        self._deeper(token)
        formula = self._implication()
        self._level -= 1
        if not self._take(")"):
            self._fail("sulku jää auki", "a bracket is left open")
        return formula

    def _fail(self, fi: str, en: str, token: _Token | None = None) -> NoReturn:
        token = token or self._here
        raise FormulaError(Text(fi, en), _HINT, token.start, token.end)


_UNARY: tuple[Operator, ...] = ("!", "G", "F", "X")
_HINT = Text(
    "kaavassa on tapahtumia ja merkkejä G F X U W ! && || -> ( )",
    "a formula is made of events and G F X U W ! && || -> ( )",
)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while not _BLANK.match(text, position):
        found = _TOKEN.match(text, position)
        if found is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise FormulaError(
                Text(
                    f"`{as_written(text[start])}` ei kuulu kaavaan",
                    f"`{as_written(text[start])}` has no place in a formula",
                ),
                _HINT,
                start,
                start + 1,
            )
        kind = str(found.lastgroup)
        tokens.append(_Token(kind, found[kind], found.start(kind), found.end(kind)))
        position = found.end()
    end = len(text.rstrip())
    tokens.append(_Token("end", "", end, end))
    return tokens
