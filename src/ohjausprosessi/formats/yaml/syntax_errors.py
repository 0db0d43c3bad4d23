"""Translates the syntax errors of PyYAML and libyaml into our own messages and remedies."""

from __future__ import annotations

import re

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.text.shorten import as_written

_INDENT = Text(
    "tarkista sisennys: saman kohdan avaimet alkavat samasta sarakkeesta",
    "check the indentation: keys of one entry begin in the same column",
)
_QUOTE = Text(
    "kirjoita lainausmerkkeihin teksti, jossa on kaksoispiste ja välilyönti, # tai sulku",
    "quote a text that contains a colon followed by a space, # or a bracket",
)
_CLOSE = Text("tarkista pilkut ja loppusulku", "check the commas and the closing bracket")

_TAB = (
    Text("sisennyksessä on sarkainmerkki", "the indentation contains a tab"),
    Text("sisennä välilyönneillä", "indent with spaces"),
)

# Pattern of the parser's message -> our message and remedy; the first match counts.
_PROBLEMS: tuple[tuple[re.Pattern[str], Text, Text | None], ...] = tuple(
    (re.compile(pattern), message, hint)
    for pattern, message, hint in (
        (
            r"mapping (values|keys) are not allowed",
            Text("uusi avain ei voi alkaa tässä", "a new key cannot begin here"),
            _QUOTE,
        ),
        (
            r"sequence entries are not allowed",
            Text("luettelon kohta ei voi alkaa tässä", "a list item cannot begin here"),
            _INDENT,
        ),
        (
            r"could not find expected ':'|simple key",
            Text("kaksoispiste puuttuu", "a colon is missing"),
            Text("kirjoita `avain: arvo`", "write `key: value`"),
        ),
        (
            r"cannot start any token|tag|directive|alias|anchor|alphabetic",
            Text("arvo ei voi alkaa tällä merkillä", "a value cannot begin with this character"),
            Text("kirjoita teksti lainausmerkkeihin", "quote the text"),
        ),
        (
            r"depth|nested",
            Text("sisäkkäisiä tasoja on liikaa", "nested too deeply"),
            None,
        ),
        (
            r"Unicode|chr\(\)|surrogate|codec|too large",
            Text(
                "lainausmerkeissä on merkkikoodi, jota ei ole",
                "the quoted text contains an invalid character code",
            ),
            Text("kirjoita itse merkki", "write the character itself"),
        ),
        (
            r"escape",
            Text(
                "lainausmerkeissä on tuntematon \\-merkintä",
                "the quoted text contains an unknown \\ escape",
            ),
            Text(
                "käytä '-lainausmerkkejä: niissä \\ on tavallinen merkki",
                "use single quotes ('): in them \\ is an ordinary character",
            ),
        ),
        (
            r"unexpected end of stream|document (indicator|separator)",
            Text("lainausmerkki tai sulku jää auki", "a quote or a bracket is left open"),
            _CLOSE,
        ),
        (r"',' or '\]'|',' or '\}'", Text("luettelo jää auki", "a list is left open"), _CLOSE),
        (
            r"expected key|block end|'-' indicator|document start|node content|comment or",
            Text("rakenne katkeaa tässä", "the structure breaks off here"),
            _INDENT,
        ),
    )
)
_OTHER = Text("tätä ei voi lukea YAMLina", "this cannot be read as YAML")


def syntax_problem(message: str, character: str) -> tuple[Text, Text | None]:
    """The message and remedy for a syntax error.

    Args:
        message: the message of PyYAML or libyaml.
        character: the character at the position of the error.
    """
    if character == "\t":
        return _TAB
    for pattern, texts, hint in _PROBLEMS:
        if pattern.search(message):
            return texts, hint
    return _OTHER, None


def instead_of(text: str) -> Text:
    """The remedy for an ambiguous plain scalar: what to write instead."""
    lower = text.lower()
    if lower in {"yes", "on", "true"}:
        return Text(f'kirjoita true tai "{text}"', f'write true or "{text}"')
    if lower in {"no", "off", "false"}:
        return Text(f'kirjoita false tai "{text}"', f'write false or "{text}"')
    if lower in {"~", "null"}:
        return Text(f'kirjoita null tai "{text}"', f'write null or "{text}"')
    short = as_written(text)
    return Text(
        f'kirjoita teksti lainausmerkkeihin: "{short}"; luvut ovat kokonaislukuja, kuten 30',
        f'put a text in quotes: "{short}"; numbers are integers, such as 30',
    )
