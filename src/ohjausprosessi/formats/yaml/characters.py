"""Characters that no definition holds: control, invisible, bidirectional, private, unpaired.

They can make a text read otherwise than it is (Unicode TR 36). The soft hyphen is one of them, and
welcome in labels alone, where it says where a long word may break.
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
    (0x034F, 0x034F),  # joiners and fillers that show nothing
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),  # zero width, directions
    (0x2028, 0x202E),  # line separators, directions
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xD800, 0xF8FF),  # surrogates, private use
    (0xFDD0, 0xFDEF),  # no characters
    (0xFE00, 0xFE0F),  # variants
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFF),
    (0xE0000, 0x10FFFF),  # tags, variants, private use
)
_REFUSED = re.compile(
    "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _REFUSED_RANGES) + "]"
)
_TAB = re.compile(r"\t")

HINT = Text(
    "poista merkki; sanan tavutuskohdan voi merkitä pehmeällä tavuviivalla vain nimekkeissä",
    "remove the character; soft hyphens are allowed only in labels, where they mark a possible break",
)


def refused_at(text: str) -> int | None:
    """Where the first refused character is, soft hyphens apart; None if there is none."""
    if text.isascii() and text.isprintable():
        return None
    found = _REFUSED.search(text)
    return found.start() if found else None


def visible(text: str) -> str:
    """A text with a sign in place of each refused character, as long as before."""
    return _REFUSED.sub("\N{REPLACEMENT CHARACTER}", text)


def holds_label(path: Path) -> bool:
    """Whether a value is read by people only: a title, a reason, the label of a value."""
    return not _LABEL_KEYS.isdisjoint(path[-2:]) or "values" in path[-3:]


def refusal_of(character: str) -> Text:
    """What is wrong with a refused character."""
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    more = f" ({name})" if name else ""
    return Text(
        f"merkki {number}{more} ei näy eikä kuulu tekstiin",
        f"the character {number}{more} is invisible and not allowed in text",
    )
