"""How wide a text is in Arial and where it breaks; Graphviz measures ``→ – ≥`` wrongly.

Widths are those of Arial and of its metric twins (Helvetica, Liberation Sans, Arimo), in
thousandths of the font size.
"""

from __future__ import annotations

import re
import unicodedata

_CHARACTERS = "".join(map(chr, range(32, 127))) + "äöåÄÖÅé–—…·•→≥≤△½§°×≠←↔»«’”“"
_REGULAR = (
    [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278]
    + [556] * 10
    + [278, 278, 584, 584, 584, 556, 1015]
    + [667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833]
    + [722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611]
    + [278, 278, 278, 469, 556, 333]
    + [556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833]
    + [556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500]
    + [334, 260, 334, 584]
    + [556, 556, 556, 667, 778, 667, 556, 556, 1000, 1000, 333, 350, 1000, 549, 549, 750]
    + [834, 556, 400, 584, 549, 1000, 1000, 556, 556, 222, 333, 333]
)
_BOLD = (
    [278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278]
    + [556] * 10
    + [333, 333, 584, 584, 584, 611, 975]
    + [722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833]
    + [722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611]
    + [333, 278, 333, 584, 556, 333]
    + [556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889]
    + [611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500]
    + [389, 280, 389, 584]
    + [556, 611, 556, 722, 778, 722, 556, 556, 1000, 1000, 333, 350, 1000, 549, 549, 750]
    + [834, 556, 400, 584, 549, 1000, 1000, 556, 556, 278, 500, 500]
)
_WIDTHS = {
    False: dict(zip(_CHARACTERS, _REGULAR, strict=True)),
    True: dict(zip(_CHARACTERS, _BOLD, strict=True)),
}
_UNKNOWN = 700  # of a letter in no table: too wide is better than cut off
_SOFT_HYPHEN = "\u00ad"
_LONG_WORD = 10
_SHORTEST_PART = 4
_VOWELS = "aeiouyäöåAEIOUYÄÖÅ"
# Parts that end a word within a Finnish compound; a break after one of them reads well.
_COMPOUND_PARTS = [
    "ammatti",
    "koordinaatto",
    "koulutus",
    "kartoitus",
    "oppilaitos",
    "oppi",
    "opinto",
    "palvelu",
    "perus",
    "prosessi",
    "tarve",
    "tarpeen",
    "työllisyys",
    "työllistymisen",
    "työvoima",
    "työnantaja",
    "yhteistyö",
    "vaihto",
    "tuki",
    "tutkinto",
    "yritys",
    "rekry",
    "osa",
    "oppisopimus",
    "asiakas",
    "asiantuntija",
    "vastuu",
    "neuvonta",
    "ohjaus",
    "kunta",
    "maahan",
    "ura",
    "henkilö",
    "kehittämis",
    "oppimis",
    "työssä",
    "loppuun",
    "koulutuspolun",
    "työ",
    "haku",
    "jakso",
    "kokeilu",
]


_MOST_CHARACTERS = 1_000
_NARROWEST = 0.19  # ems; of the letters of Arial


def clean(text: str) -> str:
    """A text as one line that can be drawn: white space collapsed, control characters removed.

    A text of more than 1,000 characters is cut and ends in an ellipsis.
    """
    if len(text) > _MOST_CHARACTERS:
        text = f"{text[:_MOST_CHARACTERS]}…"
    kept = "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
    )
    return " ".join(kept.split())


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in points at font size ``size``."""
    widths = _WIDTHS[bold]
    return sum(widths.get(c, _UNKNOWN) for c in text if c != _SOFT_HYPHEN) * size / 1000


def wrap(text: str, size: float, width: float, *, bold: bool = False, most: int = 0) -> list[str]:
    """Break a text into lines no wider than ``width`` points.

    It breaks at spaces, else after hyphens and at soft hyphens, else inside compounds, else anywhere.

    Args:
        text: the text; its white space is collapsed.
        size: font size in points.
        width: greatest width of a line in points.
        bold: whether it is drawn bold.
        most: greatest number of lines, the last of which ends in an ellipsis; 0 = no limit.
    """
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        rest = word
        while rest:
            joined = f"{line} {rest}" if line else rest
            if text_width(joined, size, bold=bold) <= width:
                line, rest = joined, ""
                continue
            head, tail = _break(rest, line, size, width, bold=bold)
            if head:
                lines.append(f"{line} {head}" if line else head)
                line, rest = "", tail
            elif line:
                lines.append(line)
                line = ""
            else:
                line, rest = rest, ""  # one letter wider than the room
    if line:
        lines.append(line)
    lines = [entry.replace(_SOFT_HYPHEN, "") for entry in lines]
    if most and len(lines) > most:
        lines = [*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), size, width, bold=bold)]
    return lines


def shorten(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """The text, its end replaced by an ellipsis if it is wider than ``width`` points."""
    if text_width(text, size, bold=bold) <= width:
        return text
    text = text[: 2 + int(width / (_NARROWEST * size))]
    while text and text_width(f"{text}…", size, bold=bold) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _break(word: str, line: str, size: float, width: float, *, bold: bool) -> tuple[str, str]:
    """The part of a word that still fits on the line, with its hyphen, and the rest."""
    reach = 2 + int(width / (_NARROWEST * size))  # no more characters can fit
    for position in _positions(word[: 2 * reach], alone=not line):
        head = word[:position].rstrip(_SOFT_HYPHEN)
        hyphen = "" if head.endswith(("-", "/", "–")) else "-"
        joined = f"{line} {head}{hyphen}" if line else f"{head}{hyphen}"
        if text_width(joined, size, bold=bold) <= width:
            return f"{head}{hyphen}", word[position:]
    if not line:
        fitting = [
            n
            for n in range(1, min(len(word), reach))
            if text_width(f"{word[:n]}-", size, bold=bold) <= width
        ]
        if fitting:
            return f"{word[: fitting[-1]]}-", word[fitting[-1] :]
    return "", word


def _positions(word: str, *, alone: bool) -> list[int]:
    """The positions where a word may break: good ones first, the furthest of them first."""
    written = {m.end() for m in re.finditer(rf"(?<=\w)[-/–](?=\w)|{_SOFT_HYPHEN}", word)}
    written = {n for n in written if not word[n:].lower().startswith("hanke")}
    if written:
        good = written
    elif len(word) >= _LONG_WORD:
        good = {
            n for n in _compound_breaks(word) if _SHORTEST_PART <= n <= len(word) - _SHORTEST_PART
        }
    else:
        good = set()
    fallback = set(_syllables(word)) - good if alone else set()
    return sorted(good, reverse=True) + sorted(fallback, reverse=True)


def _compound_breaks(word: str) -> set[int]:
    lower = word.lower()
    return {
        start + len(part)
        for part in _COMPOUND_PARTS
        for start in (m.start() for m in re.finditer(part, lower))
        if start == 0 or start >= _SHORTEST_PART
    }


def _syllables(word: str) -> list[int]:
    """Breaks before a consonant and a vowel, as Finnish has it, away from both ends of a word."""
    return [
        n
        for n in range(3, len(word) - 2)
        if word[n].isalpha()
        and word[n - 1].isalpha()
        and word[n] not in _VOWELS
        and word[n + 1] in _VOWELS
    ]
