"""Text to typed tree: the grammar of ``docs/guards.md``, a subset of CEL.

Types are checked while parsing, so that an error points at the very part. Bounds: 4,096 characters
and 64 levels; the parser never recurses deeper.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from ohjausprosessi.errors import OhjausprosessiError, Text
from ohjausprosessi.guards.tree import And, Compare, Has, In, Literal, Node, Not, Or, Read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ohjausprosessi.model import Fact, Info, Value

__all__ = ["MOST_CHARACTERS", "MOST_LEVELS", "GuardError", "parse_tree"]

MOST_CHARACTERS = 4096
MOST_LEVELS = 64
_MOST_INTEGER = 2**63 - 1  # CEL's int

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<operator>\|\||&&|==|!=|<=|>=|[!<>()\[\],])"
    r"|(?P<integer>-?[0-9]+(?![0-9A-Za-z_.]))"
    r"|(?P<text>'[^'\\\n]*'|\"[^\"\\\n]*\")"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)",
    re.ASCII,
)
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_ORDERINGS = frozenset({"<", "<=", ">", ">="})
_INSTEAD = {"and": "&&", "or": "||", "not": "!", "=": "==", "&": "&&", "|": "||", "<>": "!="}
_KINDS = {
    "bool": ("totuusarvo", "bool"),
    "int": ("kokonaisluku", "int"),
    "text": ("teksti", "text"),
}


class GuardError(OhjausprosessiError):
    """A guard that is not well formed or not well typed.

    Attributes:
        code: ``guard``, or ``guard-info`` for an information item tested other than by ``has``.
        texts: what is wrong, in Finnish and English.
        hint: what to write instead, if that is known.
        start: where the culprit begins in the text of the guard, from 0.
        end: where it ends.
    """

    def __init__(
        self, texts: Text, start: int, end: int, *, code: str = "guard", hint: Text | None = None
    ) -> None:
        self.code = code
        self.texts = texts
        self.hint = hint
        self.start = start
        self.end = max(end, start + 1)
        super().__init__(f"{texts.en} (at {start + 1})")


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class _Typed(NamedTuple):
    """A tree with its type: ``bool``, ``int`` or ``text``; ``fact`` where it is a bare fact."""

    node: Node
    type: str
    fact: Fact | None = None


def parse_tree(text: str, facts: Mapping[str, Fact], info: Mapping[str, Info]) -> Node:
    """Return the typed tree of a guard.

    Raises:
        GuardError: at the first thing that is wrong.
    """
    if len(text) > MOST_CHARACTERS:
        raise GuardError(
            Text(
                f"ehto on pidempi kuin {MOST_CHARACTERS} merkkiä",
                f"the guard is longer than {MOST_CHARACTERS} characters",
            ),
            0,
            1,
        )
    return _Parser(text, facts, info).whole()


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            _bad_character(text, position)
        if match.lastgroup != "space":
            tokens.append(_Token(str(match.lastgroup), match.group(), position, match.end()))
        position = match.end()
    tokens.append(_Token("end", "", len(text), len(text)))
    return tokens


def _bad_character(text: str, position: int) -> NoReturn:
    character = text[position]
    hint = None
    if character in _INSTEAD:
        hint = Text(f"kirjoita {_INSTEAD[character]}", f"write {_INSTEAD[character]}")
    elif character in "'\"":
        hint = Text(
            "teksti kirjoitetaan lainausmerkkeihin yhdelle riville, ilman \\-merkkejä",
            "a text stands in quotes on one line, without \\ escapes",
        )
    elif character in "+-*/%.?:{":
        hint = Text(
            "ehdossa ei ole laskutoimituksia, funktioita eikä kenttiä: kirjaa tulos omaksi tiedokseen",
            "guards have no arithmetic, functions or fields: record the result as a fact of its own",
        )
    elif character.isdigit():
        hint = Text("vain kokonaisluvut", "whole numbers only")
    raise GuardError(
        Text(f"odottamaton merkki {character!r}", f"unexpected character {character!r}"),
        position,
        position + 1,
        hint=hint,
    )


def _did_you_mean(word: str, words: Iterable[str]) -> Text | None:
    found = get_close_matches(word, list(words), 1, 0.6)
    return Text(f"tarkoititko {found[0]}?", f"did you mean {found[0]}?") if found else None


class _Parser:
    def __init__(self, text: str, facts: Mapping[str, Fact], info: Mapping[str, Info]) -> None:
        self.tokens = _tokens(text)
        self.facts = facts
        self.info = info
        self.at = 0
        self.level = 0

    # ---- grammar

    def whole(self) -> Node:
        if self.here.kind == "end":
            raise GuardError(Text("ehto on tyhjä", "the guard is empty"), 0, 1)
        found = self.disjunction()
        if self.here.kind != "end":
            word = _INSTEAD.get(self.here.text)
            hint = None if word is None else Text(f"kirjoita {word}", f"write {word}")
            self.fail("odotettiin operaattoria", "expected an operator", hint)
        self.need_bool(found)
        return found.node

    def disjunction(self) -> _Typed:
        self.level += 1
        if self.level > MOST_LEVELS:
            self.fail(
                f"sisäkkäisiä tasoja on enemmän kuin {MOST_LEVELS}",
                f"nested deeper than {MOST_LEVELS} levels",
            )
        found = self.chain(self.conjunction, "||")
        self.level -= 1
        return found

    def conjunction(self) -> _Typed:
        return self.chain(self.relation, "&&")

    def chain(self, part: Callable[[], _Typed], operator: str) -> _Typed:
        parts = [part()]
        while self.take(operator):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        for found in parts:
            self.need_bool(found)
        nodes = tuple(found.node for found in parts)
        kind = Or if operator == "||" else And
        return _Typed(kind(nodes, nodes[0].start, nodes[-1].end), "bool")

    def relation(self) -> _Typed:
        left = self.unary()
        if self.here.kind == "operator" and self.here.text in _COMPARISONS:
            return self.comparison(left)
        if self.here.kind == "name" and self.here.text == "in":
            return self.membership(left)
        return left

    def comparison(self, left: _Typed) -> _Typed:
        operator = self.advance()
        right = self.unary()
        self.same_type(left, right)
        if operator.text in _ORDERINGS and left.type != "int":
            raise GuardError(
                Text(
                    f"{operator.text} vertaa vain lukuja", f"{operator.text} compares numbers only"
                ),
                left.node.start,
                right.node.end,
            )
        if self.here.kind == "operator" and self.here.text in _COMPARISONS:
            self.fail(
                "vertailuja ei voi ketjuttaa",
                "comparisons do not chain",
                Text("yhdistä ne merkeillä &&", "join them by &&"),
            )
        node = Compare(operator.text, left.node, right.node, left.node.start, right.node.end)
        return _Typed(node, "bool")

    def membership(self, subject: _Typed) -> _Typed:
        self.advance()
        self.expect("[")
        values: list[Value] = []
        while True:
            found = self.primary()
            if not isinstance(found.node, Literal):
                raise GuardError(
                    Text("luettelossa voi olla vain arvoja", "a list holds literals only"),
                    found.node.start,
                    found.node.end,
                )
            self.same_type(subject, found)
            values.append(found.node.value)
            if not self.take(","):
                break
        end = self.expect("]").end
        return _Typed(In(subject.node, tuple(values), subject.node.start, end), "bool")

    def unary(self) -> _Typed:
        start = self.here.start
        negations = 0
        while self.take("!"):
            negations += 1
        found = self.primary()
        if not negations:
            return found
        self.need_bool(found)
        if negations % 2 == 0:
            return found
        return _Typed(Not(found.node, start, found.node.end), "bool")

    def primary(self) -> _Typed:
        token = self.advance()
        if token.kind == "integer":
            return self.integer(token)
        if token.kind == "text":
            return _Typed(Literal(token.text[1:-1], token.start, token.end), "text")
        if token.text == "(":
            found = self.disjunction()
            self.expect(")")
            return found
        if token.kind != "name":
            self.at -= token.kind != "end"
            self.fail("odotettiin tietoa tai arvoa", "expected a fact or a value")
        return self.word(token)

    def integer(self, token: _Token) -> _Typed:
        if len(token.text) > len(str(_MOST_INTEGER)) + 1 or abs(int(token.text)) > _MOST_INTEGER:
            raise GuardError(
                Text("luku on liian suuri", "the number is too large"), token.start, token.end
            )
        return _Typed(Literal(int(token.text), token.start, token.end), "int")

    def word(self, token: _Token) -> _Typed:
        if token.text in {"true", "false"}:
            return _Typed(Literal(token.text == "true", token.start, token.end), "bool")
        if token.text == "has" and self.here.text == "(":
            return self.has(token)
        if self.here.text == "(":
            raise GuardError(
                Text(f"funktiota {token.text}() ei ole", f"there is no function {token.text}()"),
                token.start,
                token.end,
                hint=Text("ainoa funktio on has(tieto)", "the only function is has(fact)"),
            )
        if token.text in self.info:
            raise GuardError(
                Text(
                    f"{token.text} on luovutuksen tieto: siitä voi kysyä vain has({token.text})",
                    f"{token.text} is an information item: only has({token.text}) may be asked",
                ),
                token.start,
                token.end,
                code="guard-info",
            )
        if token.text not in self.facts:
            self.unknown(token, self.facts)
        fact = self.facts[token.text]
        kind = "text" if fact.type == "enum" else fact.type
        return _Typed(Read(token.text, token.start, token.end), kind, fact)

    def has(self, token: _Token) -> _Typed:
        self.advance()
        name = self.advance()
        if name.kind != "name":
            self.at -= name.kind != "end"
            self.fail("has() kysyy yhtä tietoa", "has() takes one fact")
        if name.text not in self.facts and name.text not in self.info:
            self.unknown(name, [*self.facts, *self.info])
        end = self.expect(")").end
        return _Typed(Has(name.text, token.start, end), "bool")

    # ---- types

    def need_bool(self, found: _Typed) -> None:
        if found.type == "bool":
            return
        finnish, english = _KINDS[found.type]
        raise GuardError(
            Text(
                f"tässä pitää olla tosi tai epätosi, ei {finnish}",
                f"this should be true or false, not {english}",
            ),
            found.node.start,
            found.node.end,
        )

    def same_type(self, left: _Typed, right: _Typed) -> None:
        if left.type != right.type:
            one, two = _KINDS[left.type], _KINDS[right.type]
            raise GuardError(
                Text(
                    f"{one[0]} ja {two[0]} eivät ole vertailukelpoisia",
                    f"{one[1]} cannot be compared with {two[1]}",
                ),
                left.node.start,
                right.node.end,
            )
        for fact, other in ((left.fact, right.node), (right.fact, left.node)):
            if fact is None or fact.type != "enum" or not isinstance(other, Literal):
                continue
            if other.value not in fact.values:
                value, known = str(other.value), ", ".join(fact.values)
                raise GuardError(
                    Text(
                        f"{value!r} ei ole tiedon {fact.id} arvo; arvot ovat {known}",
                        f"{value!r} is no value of {fact.id}; its values are {known}",
                    ),
                    other.start,
                    other.end,
                    hint=_did_you_mean(value, fact.values),
                )

    # ---- tokens

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def advance(self) -> _Token:
        token = self.here
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def take(self, operator: str) -> bool:
        if self.here.kind == "operator" and self.here.text == operator:
            self.advance()
            return True
        return False

    def expect(self, operator: str) -> _Token:
        if self.here.text != operator:
            self.fail(f"odotettiin merkkiä {operator}", f"expected {operator}")
        return self.advance()

    def unknown(self, token: _Token, names: Iterable[str]) -> NoReturn:
        hint = _did_you_mean(token.text, names)
        if token.text == "null":
            hint = Text(
                "tuntematonta kysytään has(tieto)", "ask has(fact) whether something is known"
            )
        elif token.text in _INSTEAD:
            word = _INSTEAD[token.text]
            hint = Text(f"kirjoita {word}", f"write {word}")
        raise GuardError(
            Text(f"tietoa {token.text} ei ole", f"there is no fact {token.text}"),
            token.start,
            token.end,
            hint=hint,
        )

    def fail(self, finnish: str, english: str, hint: Text | None = None) -> NoReturn:
        token = self.here
        if token.kind == "end":
            texts = Text(f"{finnish}, mutta ehto loppuu", f"{english}, but the guard ends")
        else:
            texts = Text(f"{finnish}, ei {token.text}", f"{english}, not {token.text}")
        raise GuardError(texts, token.start, token.end, hint=hint)
