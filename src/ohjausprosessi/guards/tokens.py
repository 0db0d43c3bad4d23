"""Split a guard into tokens and reject every character the language does not have."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.guards.errors import GuardError
from ohjausprosessi.text.shorten import as_written

__all__ = ["MAX_CHARACTERS", "RECORD_IT", "Token", "TokenKind", "tokens_of"]

MAX_CHARACTERS = 4096

# What CEL's int64 holds: a guard that loads here also loads there.
_LEAST, _GREATEST = -(2**63), 2**63 - 1

TokenKind = Literal["word", "integer", "text", "operator", "end"]


class Token(NamedTuple):
    """A token of a guard.

    Attributes:
        kind: its lexical class; the last token is an empty one of kind ``end``.
        text: as written; a text literal without its quotes.
        start: offset of its first character, from 0.
        end: offset after its last character, quotes included.
    """

    kind: TokenKind
    text: str
    start: int
    end: int


# Mistaken operators come first: valid ones are prefixes of some of them.
_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\n\f\r]+)
    | (?P<slip>===|!==|<>|=<|=>|=(?!=)|&(?!&)|\|(?!\|)|[≤≥≠¬~^])
    | (?P<operator>&&|\|\||==|!=|<=|>=|[<>!()\[\],])
    | (?P<number>-?[0-9][\w.]*)
    | (?P<text>'[^'\n\r]*'|"[^"\n\r]*")
    | (?P<word>[^\W0-9]\w*)
    """,
    re.VERBOSE,
)

_MEANT = {
    "===": "==",
    "!==": "!=",
    "<>": "!=",
    "=<": "<=",
    "=>": ">=",
    "=": "==",
    "&": "&&",
    "|": "||",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "¬": "!",
    "~": "!",
}
_ARITHMETIC = frozenset("+-*/%")
_OTHER_QUOTES = frozenset("‘’‚“”„«»´`")
_INTEGER = re.compile(r"-?[0-9]+")

RECORD_IT = Text(
    "laske arvo etukäteen ja kirjaa se omaksi tiedokseen",
    "compute the value beforehand and record it as a separate fact",
)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Split a guard into its tokens, an empty one of kind ``end`` last.

    Raises:
        GuardError: the text is too long, or a part of it is not a token.
    """
    if len(text) > MAX_CHARACTERS:
        raise GuardError(
            text,
            (MAX_CHARACTERS, len(text)),
            Text(
                f"ehdossa on {len(text)} merkkiä, enimmäismäärä on {MAX_CHARACTERS}",
                f"the guard is {len(text)} characters long, the limit is {MAX_CHARACTERS}",
            ),
        )
    tokens: list[Token] = []
    position = last = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _bad_character(text, position)
        position = match.end()
        if match.lastgroup != "space":
            tokens.append(_token(text, match))
            last = position
    tokens.append(Token("end", "", last, last))
    return tuple(tokens)


def _token(guard: str, match: re.Match[str]) -> Token:
    """The token of a match; raises ``GuardError`` for what only looks like one."""
    piece, (start, end) = match.group(), match.span()
    match match.lastgroup:
        case "slip":
            raise _bad_operator(guard, start, end)
        case "number":
            if (error := _number_error(guard, start, end)) is not None:
                raise error
            return Token("integer", piece, start, end)
        case "text":
            if "\\" in piece:
                raise _bad_escape(guard, guard.index("\\", start))
            return Token("text", piece[1:-1], start, end)
        case "word":
            return Token("word", piece, start, end)
    return Token("operator", piece, start, end)


def _bad_operator(guard: str, start: int, end: int) -> GuardError:
    piece = guard[start:end]
    meant = _MEANT.get(piece)
    return GuardError(
        guard,
        (start, end),
        Text(f"”{piece}” ei ole ehdon operaattori", f"`{piece}` is not a guard operator"),
        None if meant is None else Text(f"kirjoita {meant}", f"write {meant}"),
    )


def _number_error(guard: str, start: int, end: int) -> GuardError | None:
    piece = guard[start:end]
    if not _INTEGER.fullmatch(piece):
        return GuardError(
            guard,
            (start, end),
            Text(
                f"”{as_written(piece)}” ei ole kokonaisluku",
                f"`{as_written(piece)}` is not an integer",
            ),
            Text("käytä kokonaislukua, esimerkiksi 30", "use an integer, for example 30"),
        )
    if not _LEAST <= int(piece) <= _GREATEST:
        return GuardError(
            guard,
            (start, end),
            Text(
                f"luku {as_written(piece)} ei ole väliltä {_LEAST}–{_GREATEST}",
                f"the number {as_written(piece)} is not between {_LEAST} and {_GREATEST}",
            ),
        )
    return None


def _bad_escape(guard: str, position: int) -> GuardError:
    return GuardError(
        guard,
        (position, position + 1),
        Text("tekstissä ei voi olla kenoviivaa", "a text cannot contain a backslash"),
        Text(
            "kirjoita teksti, jossa on ', muodossa \"…\" ja teksti, jossa on \", muodossa '…'",
            "quote a text that contains ' as \"…\", and one that contains \" as '…'",
        ),
    )


def _bad_character(guard: str, start: int) -> GuardError:
    character = guard[start]
    end = start + 1
    hint: Text | None = None
    if character in "'\"":
        end = start + len(guard[start:].splitlines()[0])
        message = Text(
            f"tekstiltä puuttuu loppulainausmerkki {character}",
            f"the text has no closing {character}",
        )
    elif character in _ARITHMETIC:
        message = Text("ehdossa ei voi laskea", "guards have no arithmetic")
        hint = RECORD_IT
    else:
        message = Text(
            f"ehdossa ei voi olla merkkiä ”{as_written(character)}”",
            f"the character `{as_written(character)}` is not allowed in a guard",
        )
        if character in _OTHER_QUOTES:
            hint = Text("kirjoita teksti näin: 'teksti'", "write a text like this: 'text'")
    return GuardError(guard, (start, end), message, hint)
