"""Characters that are refused: control, invisible, bidirectional, private-use, unpaired surrogates.

They can make a text display differently from what it contains (Unicode TR 36). The soft hyphen is
allowed in labels only, where it marks a possible break of a long word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text

if TYPE_CHECKING:
    from ohjausprosessi.formats.yaml.positions import Path

SOFT_HYPHEN = "\xad"
_LABEL_KEYS = frozenset({"title", "inferred", "values"})

_REFUSED_RANGES = (
    (0x00, 0x08),  # control characters but tab and line feed
    (0x0B, 0x1F),
    (0x7F, 0x9F),
    (0x034F, 0x034F),  # invisible joiners and fillers
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),  # zero width, directions
    (0x2028, 0x202E),  # line separators, directions
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xD800, 0xF8FF),  # surrogates, private use
    (0xFDD0, 0xFDEF),  # noncharacters
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFF),
    (0xE0000, 0x10FFFF),  # tags, variation selectors, private use
)
_REFUSED = re.compile(
    "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _REFUSED_RANGES) + "]"
)
_TAB = re.compile(r"\t")

HINT = Text(
    "poista merkki; sanan tavutuskohdan voi merkitä pehmeällä tavuviivalla vain nimekkeissä",
    "remove the character; soft hyphens are allowed only in labels, where they mark a possible "
    "break",
)


def refused_at(text: str) -> int | None:
    """The index of the first refused character other than a soft hyphen; None if there is none."""
    if text.isascii() and text.isprintable():
        return None
    found = _REFUSED.search(text)
    return found.start() if found else None


def visible(text: str) -> str:
    """A text of the same length with U+FFFD in place of each refused character."""
    return _REFUSED.sub("\N{REPLACEMENT CHARACTER}", text)


def holds_label(path: Path) -> bool:
    """Whether the value at a path is a label: a title, a reason, the label of an enum value."""
    return not _LABEL_KEYS.isdisjoint(path[-2:]) or "values" in path[-3:]


def refusal_of(character: str) -> Text:
    """The message for a refused character, with its code point and name."""
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    more = f" ({name})" if name else ""
    return Text(
        f"merkki {number}{more} ei näy eikä kuulu tekstiin",
        f"the character {number}{more} is invisible and not allowed in text",
    )
