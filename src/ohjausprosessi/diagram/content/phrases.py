"""Guards, durations and people of a definition in words, as pictures and their tables say them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.model import receiver_of
from ohjausprosessi.text.lengths import length_short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.model import Definition, Transition

_TOKEN = re.compile(
    r"'(?P<text>[^']*)'|\"(?P<quoted>[^\"]*)\"|(?P<name>[A-Za-z_]\w*)|(?P<number>-?\d+)"
    r"|(?P<sign>&&|\|\||==|!=|<=|>=|[!<>()\[\],])"
)
_SIGNS = {
    "==": "=",
    "!=": "≠",
    "<=": "≤",
    ">=": "≥",
    "<": "<",
    ">": ">",
    "(": "(",
    ")": ")",
    "[": "",
    "]": "",
}
_FI = {"&&": "ja", "||": "tai", "!": "ei:", "true": "kyllä", "false": "ei", "known": "tiedossa"}
_EN = {"&&": "and", "||": "or", "!": "not", "true": "yes", "false": "no", "known": "known"}


def _lowered(text: str) -> str:
    """A label as it stands inside a sentence: lowercase unless it begins with an acronym."""
    first = re.split(r"[ -]", text, maxsplit=1)[0]
    if len(first) > 1 and any(letter.isupper() for letter in first[1:]):
        return text
    return text[:1].lower() + text[1:]


def guard_words(definition: Definition, guard: str, language: str) -> str:
    """A guard in words: titles instead of ids, ``ja``/``tai`` instead of operators."""
    return _Speaker(definition, guard, language).text()


class _Speaker:
    """Words one guard, token by token; remembers the fact that the next values belong to."""

    def __init__(self, definition: Definition, guard: str, language: str) -> None:
        self.definition = definition
        self.language = language
        self.words = _FI if language == "fi" else _EN
        self.tokens = list(_TOKEN.finditer(guard))
        self.position = 0
        self.fact = ""

    def text(self) -> str:
        spoken = []
        while self.position < len(self.tokens):
            spoken.append(self._next())
            self.position += 1
        text = " ".join(part for part in spoken if part)
        return re.sub(r"\( ", "(", re.sub(r" ([),])", r"\1", text))

    def _next(self) -> str:
        token = self.tokens[self.position]
        if token["name"]:
            return self._name(token["name"])
        if token["number"]:
            return str(token["number"])
        if token["sign"]:
            return self._sign(token["sign"])
        return _value_words(
            self.definition, self.fact, token["text"] or token["quoted"] or "", self.language
        )

    def _sign(self, sign: str) -> str:
        if sign == ",":
            closing = self.tokens[self.position + 2 : self.position + 3]
            return self.words["||"] if closing and closing[0]["sign"] == "]" else ","
        return self.words.get(sign) or _SIGNS[sign]

    def _name(self, name: str) -> str:
        if name in {"true", "false"}:
            return self.words[name]
        if name == "in":
            return "="
        ahead = self.tokens[self.position + 1 : self.position + 4]
        after = tuple(token[0] for token in ahead)
        if name == "has" and len(after) == len("(x)"):
            self.position += len(after)
            return f"{_title(self.definition, after[1], self.language)} {self.words['known']}"
        self.fact = name
        title = _title(self.definition, name, self.language)
        if after[:2] in {("==", "true"), ("!=", "false")}:
            self.position += 2
            return title
        if after[:2] in {("==", "false"), ("!=", "true")}:
            self.position += 2
            return f"{self.words['!']} {title}"
        return title


def _title(definition: Definition, name: str, language: str) -> str:
    known = definition.facts.get(name) or definition.info.get(name)
    return _lowered(known.text(language)) if known else name.replace("_", " ")


def _value_words(definition: Definition, fact: str, value: str, language: str) -> str:
    known = definition.facts.get(fact)
    if known is None:
        return value
    text = known.value_text(value, language)
    return text if _names_an_organisation(definition, text, language) else _lowered(text)


def _names_an_organisation(definition: Definition, text: str, language: str) -> bool:
    """Whether a text is the name of an owner, with or without what follows in brackets."""
    names = (one.text(language) for one in definition.owners.values() if not one.external)
    return any(name == text or name.startswith(f"{text} (") for name in names)


def duration_words(definition: Definition, duration: str, language: str) -> str:
    """A duration in its short form, such as ``5 tp``."""
    length = definition.durations[duration]
    return length_short(length.amount, length.unit, language)


def people_words(definition: Definition, names: Iterable[str], language: str) -> str:
    """The titles of roles and owners, separated by commas, as inside a sentence."""
    found = (definition.roles.get(name) or definition.owners[name] for name in names)
    return ", ".join(_lowered(one.text(language)) for one in found)


def receipt_words(definition: Definition, transition: Transition, language: str) -> str:
    """Who acknowledges a hand-off, within what time, and what happens otherwise; empty without one."""
    handoff = transition.handoff
    if handoff is None:
        return ""
    if not handoff.ack:
        return word("notice", language)
    receiver = handoff.accept_by or (receiver_of(definition, transition),)
    parts = [f"{word('acknowledges', language)} {people_words(definition, receiver, language)}"]
    if handoff.within:
        parts.append(duration_words(definition, handoff.within, language))
    if handoff.back:
        parts.append(f"{word('otherwise', language)} {word('back', language)}")
    elif handoff.otherwise:
        target = definition.states[handoff.otherwise].text(language)
        parts.append(f"{word('otherwise', language)} {_lowered(target)}")
    return ", ".join(parts)
