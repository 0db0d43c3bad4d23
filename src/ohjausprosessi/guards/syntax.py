"""Parse a guard: text to tree, by the grammar of ``docs/guards.md``.

Recursive descent with bounded depth: every ``(`` and every ``!`` is one level, and the parser
refuses to go deeper than ``MAX_LEVELS``. Nothing here knows which facts are declared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.guards.errors import GuardError
from ohjausprosessi.guards.tokens import RECORD_IT, Token, tokens_of
from ohjausprosessi.guards.tree import (
    Comparison,
    Constant,
    Has,
    Junction,
    Membership,
    Negation,
    Read,
)
from ohjausprosessi.text.shorten import as_written

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from ohjausprosessi.guards.tree import Node, Operator

__all__ = ["MAX_LEVELS", "tree_of"]

MAX_LEVELS = 64

_COMPARING = frozenset({"==", "!=", "<", "<=", ">", ">="})
_JOINING = {"and": "&&", "ja": "&&", "or": "||", "tai": "||", "is": "==", "eq": "==", "on": "=="}
_NEGATING = frozenset({"not", "ei"})


def tree_of(text: str) -> Node:
    """Parse a guard to a tree that is not type-checked yet.

    Raises:
        GuardError: the text does not follow the grammar, or exceeds its bounds.
    """
    return _GuardParser(text).whole()


class _GuardParser:
    """Parses the tokens of one guard; one method for each rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens_of(text)
        self.position = 0
        self.level = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.position]

    @property
    def before(self) -> Token:
        """The token consumed last; an empty one at the beginning."""
        return self.tokens[self.position - 1] if self.position else Token("end", "", 0, 0)

    def sees(self, *texts: str) -> bool:
        """Whether the next token is one of these operators or words."""
        return self.now.kind in {"operator", "word"} and self.now.text in texts

    def ends(self) -> bool:
        return self.now.kind == "end"

    def take(self) -> Token:
        token = self.now
        self.position += 1
        return token

    def takes(self, text: str) -> bool:
        """Consume the next token if it is this operator or word."""
        found = self.sees(text)
        self.position += found
        return found

    def error(
        self, token: Token, fi: str, en: str, hint: tuple[str, str] | Text | None = None
    ) -> GuardError:
        """An error that points at a token."""
        remedy = Text(*hint) if isinstance(hint, tuple) else hint
        return GuardError(self.text, (token.start, token.end), Text(fi, en), remedy)

    # ---- grammar

    def whole(self) -> Node:
        if self.ends():
            raise self.error(
                self.now,
                "ehto on tyhjä",
                "the guard is empty",
                ("poista avain, jos ehtoa ei tarvita", "remove the key if no condition is needed"),
            )
        node = self.either()
        if not self.ends():
            self.refuse_rest()
        return node

    def either(self) -> Node:
        return self.joined("||", self.every)

    def every(self) -> Node:
        return self.joined("&&", self.relation)

    def joined(self, operator: str, part: Callable[[], Node]) -> Node:
        start = self.now.start
        parts = [part()]
        while self.takes(operator):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return Junction(start, self.before.end, operator == "&&", tuple(parts))

    def relation(self) -> Node:
        start = self.now.start
        left = self.unary()
        if self.now.kind == "operator" and self.now.text in _COMPARING:
            operator = cast("Operator", self.take().text)
            right = self.unary()
            node: Node = Comparison(start, self.before.end, operator, left, right)
        elif self.takes("in"):
            values = self.values()
            node = Membership(start, self.before.end, left, values)
        else:
            return left
        if self.sees("in", *_COMPARING):
            raise self.error(
                self.now,
                "vertailuja ei voi ketjuttaa",
                "comparisons cannot be chained",
                (
                    "yhdistä kaksi vertailua: a < b && b < c",
                    "join two comparisons: a < b && b < c",
                ),
            )
        return node

    def unary(self) -> Node:
        if not self.sees("!"):
            return self.primary()
        mark = self.take()
        self.deeper(mark)
        operand = self.unary()
        self.level -= 1
        return Negation(mark.start, self.before.end, operand)

    def primary(self) -> Node:
        token = self.now
        if token.kind == "operator" and token.text == "(":
            return self.group()
        if (constant := self.constant()) is not None:
            return constant
        if token.kind != "word" or token.text in {"in", "null"}:
            self.refuse_value()
        self.take()
        if token.text == "has":
            return self.has(token)
        if self.sees("("):
            raise self.error(
                token,
                f"ehdossa ei voi kutsua funktiota {as_written(token.text)}(…)",
                f"a guard cannot call the function {as_written(token.text)}(…)",
                ("ainoa funktio on has(tieto)", "the only function is has(fact)"),
            )
        return Read(token.start, token.end, token.text)

    def group(self) -> Node:
        opening = self.take()
        self.deeper(opening)
        node = self.either()
        self.level -= 1
        if not self.takes(")"):
            if not self.ends():
                self.refuse_rest()
            raise self.error(opening, "sulkumerkiltä ( puuttuu pari )", "this ( is never closed")
        return node

    def deeper(self, token: Token) -> None:
        self.level += 1
        if self.level > MAX_LEVELS:
            raise self.error(
                token,
                f"ehdossa on yli {MAX_LEVELS} sisäkkäistä tasoa",
                f"the guard is nested more than {MAX_LEVELS} levels deep",
            )

    def constant(self) -> Constant | None:
        """Consume a literal if there is one."""
        token = self.now
        if token.kind == "integer":
            value: bool | int | str = int(token.text)
        elif token.kind == "text":
            value = token.text
        elif token.kind == "word" and token.text in {"true", "false"}:
            value = token.text == "true"
        else:
            return None
        self.take()
        return Constant(token.start, token.end, value)

    def has(self, has: Token) -> Node:
        form = ("kirjoita has(tieto)", "write has(fact)")
        if not self.takes("("):
            raise self.error(has, "has tarvitsee sulkeet", "has needs parentheses", form)
        name = self.now
        if name.kind != "word" or name.text in {"true", "false", "null", "in", "has"}:
            location = has if name.kind == "end" else name
            raise self.error(
                location,
                "sulkeisiin tulee yhden tiedon nimi",
                "has takes the name of one fact",
                form,
            )
        self.take()
        if not self.takes(")"):
            location = has if self.ends() else self.now
            raise self.error(
                location,
                "sulkeisiin tulee vain yhden tiedon nimi",
                "has takes the name of one fact only",
                form,
            )
        return Has(has.start, self.before.end, name.text)

    def values(self) -> tuple[Constant, ...]:
        if not self.takes("["):
            location = self.before if self.ends() else self.now
            raise self.error(
                location,
                "sanan in jälkeen tulee luettelo",
                "in must be followed by a list",
                ("esimerkiksi in ['a', 'b']", "for example in ['a', 'b']"),
            )
        opening = self.before
        values = [self.listed()]
        while self.takes(","):
            values.append(self.listed())
        if not self.takes("]"):
            location = opening if self.ends() else self.now
            raise self.error(
                location,
                "luettelossa pitää olla tässä , tai ]",
                "expected , or ] here in the list",
            )
        return tuple(values)

    def listed(self) -> Constant:
        constant = self.constant()
        if constant is None:
            location = self.before if self.ends() else self.now
            hint = None
            if self.now.kind == "word":
                word = as_written(self.now.text)
                hint = (f"kirjoita teksti näin: '{word}'", f"write a text like this: '{word}'")
            raise self.error(
                location,
                "luettelossa pitää olla arvoja: kokonaislukuja, tekstejä, true tai false",
                "a list must consist of values: integers, texts, true or false",
                hint,
            )
        return constant

    # ---- tokens out of place

    def refuse_value(self) -> NoReturn:
        """Raise the error that says why no value begins at the next token."""
        token = self.now
        if token.kind == "end":
            raise self.error(token, "ehto jää kesken", "the guard is incomplete")
        if token.text == "null":
            self.refuse_null(token)
        if token.text == "[":
            raise self.error(
                token,
                "luettelo voi olla vain sanan in jälkeen",
                "a list is only allowed after in",
                ("esimerkiksi tieto in ['a', 'b']", "for example fact in ['a', 'b']"),
            )
        raise self.error(
            token,
            f"tässä pitää olla tieto tai arvo, ei {token.text}",
            f"expected a fact or a value here, not {token.text}",
        )

    def refuse_null(self, token: Token) -> NoReturn:
        hint = (
            "kirjoita has(tieto), jos tieto tiedetään, tai !has(tieto), jos ei tiedetä",
            "write has(fact) if it is known, !has(fact) if it is not",
        )
        fact = self.tokens[self.position - 2] if self.position > 1 else token
        if self.before.text in {"==", "!="} and fact.kind == "word":
            asked = f"has({as_written(fact.text)})"
            meant = asked if self.before.text == "!=" else f"!{asked}"
            hint = (f"kirjoita {meant}", f"write {meant}")
        raise self.error(
            token,
            "null ei ole arvo: tieto tiedetään tai sitä ei tiedetä",
            "null is not a value: a fact is known or unknown",
            hint,
        )

    def refuse_rest(self) -> NoReturn:
        """Raise the error that says why the guard cannot continue with the next token."""
        token, before = self.now, self.before
        if before.kind == "word" and before.text.lower() in _NEGATING:
            word = before.text
            raise self.error(
                before,
                f"”{word}” ei kuulu ehtokieleen",
                f"`{word}` is not part of the guard language",
                _NOT,
            )
        if token.kind == "integer" and token.text.startswith("-"):
            minus = Token("operator", "-", token.start, token.start + 1)
            raise self.error(minus, "ehdossa ei voi laskea", "guards have no arithmetic", RECORD_IT)
        if token.kind == "word" and token.text.lower() in _NEGATING:
            hint: tuple[str, str] | None = _NOT
        elif token.kind == "word" and (meant := _JOINING.get(token.text.lower())):
            hint = (f"kirjoita {meant}", f"write {meant}")
        elif token.text == ")":
            raise self.error(token, "sulkumerkiltä ) puuttuu pari (", "this ) was never opened")
        else:
            hint = ("yhdistä osat merkeillä && tai ||", "join the parts with && or ||")
        found = as_written(self.text[token.start : token.end])
        raise self.error(
            token,
            f"tässä pitää olla vertailu, && tai ||, ei {found}",
            f"expected a comparison, && or || here, not {found}",
            hint,
        )


_NOT = ("kirjoita kielto näin: !(…)", "write negation like this: !(…)")
