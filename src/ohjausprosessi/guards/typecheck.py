"""Type-check a tree: names are declared, compared types agree, enum values exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ohjausprosessi.diagnostics import Text, suggestion
from ohjausprosessi.guards.errors import GuardError
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
from ohjausprosessi.text.suggest import close_match

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.guards.errors import GuardCode
    from ohjausprosessi.guards.tree import Node
    from ohjausprosessi.model import Fact, Info

__all__ = ["check"]

ValueKind = Literal["bool", "int", "enum", "text"]

_KINDS: Mapping[ValueKind, Text] = {
    "bool": Text("totuusarvo", "a boolean"),
    "int": Text("kokonaisluku", "an integer"),
    "enum": Text("enum-arvo", "an enum value"),
    "text": Text("teksti", "a text"),
}
_KIND_OF: Mapping[type, ValueKind] = {bool: "bool", int: "int", str: "text"}
_TIMES = frozenset({"now", "today", "date", "time", "nyt", "tanaan", "pvm"})
_MAX_CHOICES = 8


@dataclass(frozen=True, slots=True)
class _Type:
    """The type of a part: its kind, and the values of an enum."""

    kind: ValueKind
    values: tuple[str, ...] = ()


def check(text: str, tree: Node, facts: Mapping[str, Fact], info: Mapping[str, Info]) -> None:
    """Check that a tree is a guard over these facts.

    Args:
        text: the guard that the tree was parsed from.
        tree: its syntax tree.
        facts: the facts it may read.
        info: the information items it may ask ``has`` of.

    Raises:
        GuardError: at the first part that does not type-check, in order of reading.
    """
    checker = _Checker(text, facts, info)
    checker.boolean(tree)


class _Checker:
    def __init__(self, text: str, facts: Mapping[str, Fact], info: Mapping[str, Info]) -> None:
        self.text = text
        self.facts = facts
        self.info = info

    def error(
        self,
        node: Node,
        message: Text,
        hint: Text | None = None,
        code: GuardCode = "guard",
    ) -> GuardError:
        """An error that points at a part."""
        return GuardError(self.text, (node.start, node.end), message, hint, code)

    def written(self, node: Node) -> str:
        return as_written(self.text[node.start : node.end])

    # ---- types

    def boolean(self, node: Node) -> None:
        """Check a part that must be true or false."""
        kind = self.type_of(node).kind
        if kind == "bool":
            return
        part, said = self.written(node), _KINDS[kind]
        raise self.error(
            node,
            Text(
                f"tässä pitää olla totuusarvo, mutta {part} on {said.fi}",
                f"expected a boolean here, but {part} is {said.en}",
            ),
            self.remedy_for_value(node, kind),
        )

    def remedy_for_value(self, node: Node, kind: ValueKind) -> Text | None:
        if isinstance(node, Constant):
            return self.without_quotes(node)
        if not isinstance(node, Read):
            return None
        name = node.name
        value = {"int": "1", "text": "'…'", "bool": "true"}.get(kind)
        compared = f"{name} == {value or quoted(next(iter(self.facts[name].values), '…'))}"
        return Text(
            f"vertaa sitä, esimerkiksi {compared}, tai käytä has({name})",
            f"compare it, for example {compared}, or use has({name})",
        )

    def type_of(self, node: Node, beside: _Type | None = None) -> _Type:
        """The type of a part; ``beside`` is the type of what it is compared with."""
        match node:
            case Constant(value=value):
                return _Type(_KIND_OF[type(value)])
            case Read():
                return self.type_of_fact(node, beside)
            case Has():
                self.asked(node)
            case Negation(operand=operand):
                self.boolean(operand)
            case Junction(parts=parts):
                for part in parts:
                    self.boolean(part)
            case Comparison():
                self.comparison(node)
            case Membership():
                self.membership(node)
        return _Type("bool")

    def type_of_fact(self, node: Read, beside: _Type | None) -> _Type:
        name = node.name
        if name in self.facts:
            fact = self.facts[name]
            return _Type(fact.type, tuple(fact.values))
        if name in self.info:
            raise self.error(
                node,
                Text(
                    f"{name} on luovutuksen tieto: ehto voi kysyä vain, tiedetäänkö se",
                    f"{name} is an information item: a guard can only test whether it is known",
                ),
                Text(f"kirjoita has({name})", f"write has({name})"),
                "guard-info",
            )
        raise self.name_error(node, name, self.remedy_for_name(name, beside))

    def remedy_for_name(self, name: str, beside: _Type | None) -> Text | None:
        if beside is not None and (beside.kind == "text" or name in beside.values):
            word = as_written(name)
            return Text(f"kirjoita teksti näin: '{word}'", f"write a text like this: '{word}'")
        if name.lower() in _TIMES and close_match(name, self.facts) is None:
            return Text(
                "ehto ei voi lukea aikaa: käytä avainta after tai deadline",
                "a guard cannot read the time: use the key after or deadline",
            )
        return suggestion(close_match(name, [*self.facts, "true", "false"]))

    def asked(self, node: Has) -> None:
        if node.name not in self.facts and node.name not in self.info:
            raise self.name_error(
                node, node.name, suggestion(close_match(node.name, [*self.facts, *self.info]))
            )

    def name_error(self, node: Read | Has, name: str, hint: Text | None) -> GuardError:
        start = self.text.index(name, node.start + (len("has") if isinstance(node, Has) else 0))
        return self.error(
            Read(start, start + len(name), name),
            Text(f"tietoa {as_written(name)} ei ole", f"there is no fact {as_written(name)}"),
            hint,
        )

    # ---- comparisons

    def comparison(self, node: Comparison) -> None:
        # An undeclared name may be a text without quotes; the other side of the comparison tells.
        first, second = node.left, node.right
        if isinstance(first, Read) and first.name not in self.facts:
            known = isinstance(second, Read) and second.name in self.facts
            left = self.type_of(first, self.type_of(second) if known else None)
            right = self.type_of(second)
        else:
            left = self.type_of(first)
            right = self.type_of(second, left)
        self.agree(node, (node.left, left), (node.right, right))
        if node.operator not in {"==", "!="} and left.kind != "int":
            said = _KINDS[left.kind]
            raise self.error(
                node,
                Text(
                    f"{node.operator} vertaa vain kokonaislukuja, mutta {self.written(node.left)} on {said.fi}",
                    f"{node.operator} only compares integers, but {self.written(node.left)} is {said.en}",
                ),
                Text("käytä ==, != tai in", "use ==, != or in"),
            )

    def membership(self, node: Membership) -> None:
        left = self.type_of(node.left)
        for value in node.values:
            self.agree(value, (node.left, left), (value, self.type_of(value)))

    def agree(self, location: Node, *sides: tuple[Node, _Type]) -> None:
        """Check that two compared values are of one type."""
        (first, left), (second, right) = sides
        for node, own, other in ((first, left, right), (second, right, left)):
            if isinstance(node, Constant) and own.kind == "text" and other.kind == "enum":
                self.member(node, other.values)
                return
        if left.kind != right.kind:
            raise self.pair_error(location, sides)
        if left.values and right.values and not set(left.values) & set(right.values):
            raise self.error(
                location,
                Text(
                    f"tiedoilla {self.written(first)} ja {self.written(second)} ei ole yhteistä arvoa",
                    f"{self.written(first)} and {self.written(second)} have no value in common",
                ),
            )

    def pair_error(self, location: Node, sides: tuple[tuple[Node, _Type], ...]) -> GuardError:
        (first, left), (second, right) = sides
        hint = None
        for node in (first, second):
            if hint is None and isinstance(node, Constant):
                hint = self.without_quotes(node)
        one, other = _KINDS[left.kind], _KINDS[right.kind]
        return self.error(
            location,
            Text(
                f"näitä ei voi verrata: {self.written(first)} on {one.fi}, "
                f"{self.written(second)} on {other.fi}",
                f"these cannot be compared: {self.written(first)} is {one.en}, "
                f"{self.written(second)} is {other.en}",
            ),
            hint,
        )

    def without_quotes(self, node: Constant) -> Text | None:
        """The hint for a fact, number or truth value that is quoted by mistake."""
        word = node.value
        if not isinstance(word, str):
            return None
        if word in self.facts or word in {"true", "false"} or word.removeprefix("-").isdecimal():
            return Text(
                f"kirjoita ilman lainausmerkkejä: {word}", f"write it without quotes: {word}"
            )
        return None

    def member(self, node: Constant, values: tuple[str, ...]) -> None:
        if node.value in values:
            return
        listed = ", ".join(values[:_MAX_CHOICES]) + (", …" if len(values) > _MAX_CHOICES else "")
        near = close_match(str(node.value), values)
        raise self.error(
            node,
            Text(
                f"{self.written(node)} ei ole mikään arvoista {listed}",
                f"{self.written(node)} is none of {listed}",
            ),
            suggestion(near and quoted(near)),
        )


def quoted(word: str) -> str:
    """A word as a text literal of the guard language."""
    return f"'{word}'"
