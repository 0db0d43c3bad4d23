"""Colours, hatches and letters of the owners, so that colour is never the only cue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.model import Definition

INK = "#111820"
GREY = "#37404A"
MUTED = "#4A5560"
PURPLE = "#6B2E83"
DARK = "#1F2933"
WHITE = "#FFFFFF"
BORDER = "#B8C2CC"
FLASH = "#C2410C"
FLASH_EDGE = "#7A2A05"
START = "#1B7A3D"
HERE = "#A3005C"
FAILED = "#A3180C"
HERE_TINT = "#FBE3F0"
CHANGES = {"added": "#1B7A3D", "removed": "#8A1C12", "changed": "#8A4B00", "reowned": "#5B2A86"}
GUARD = "#0B3B66"
JOINT_TINT = "#F5F5F2"
CONTRAST_TEXT = 4.5
_SHORT_ID = 3
_LINEAR = 0.04045

_FILLS = {
    "yellow": "#FFD54A",
    "blue": "#A9CDF2",
    "red": "#F6B5AF",
    "green": "#A8D8A0",
    "orange": "#F7B267",
    "purple": "#D4BCEB",
    "grey": "#C7CDD4",
}
_LINES = {"#FFD54A": "#7A5A00", "#A9CDF2": "#0B4F8A", "#F6B5AF": "#A11D12"}
_SPARE = (*_FILLS.values(), "#8FD3CF", "#E6E0A8", "#E8C4D8", "#B9C7A0")
_HATCHES = ("diagonal", "horizontal", "dots", "vertical", "cross", "back", "rings", "waves")
_HATCH_OF = {"#FFD54A": "diagonal", "#A9CDF2": "horizontal", "#F6B5AF": "dots"}


@dataclass(frozen=True, slots=True)
class OwnerStyle:
    """How an owner looks.

    Attributes:
        fill: colour of its state boxes.
        tint: colour of its lane.
        line: colour of its outlines; contrast on ``fill`` at least 4.5.
        hatch: pattern of its strip.
        letters: its letters in service codes.
        members: for a joint owner its members, in the order of the lanes; else empty.
    """

    fill: str
    tint: str
    line: str
    hatch: str
    letters: str
    members: tuple[str, ...] = ()


def owner_styles(definition: Definition) -> Mapping[str, OwnerStyle]:
    """The style of every owner that may hold a state, in file order."""
    letters = _letters(definition)
    plain = [o for o in definition.owners.values() if not o.members]
    fills: dict[str, str] = {}
    for owner in plain:  # a colour the author chose goes before one the list gives
        wanted = _FILLS.get(owner.colour, owner.colour)
        if wanted not in fills.values() and not (owner.colour == "grey" and not owner.external):
            fills[owner.id] = wanted
    for owner in plain:
        if owner.id not in fills:
            free = [fill for fill in _SPARE if fill not in fills.values()]
            fills[owner.id] = free[0] if free else _FILLS["grey"]
    styles: dict[str, OwnerStyle] = {}
    used = {_HATCH_OF[fill] for fill in fills.values() if fill in _HATCH_OF}
    for owner in plain:
        fill = fills[owner.id]
        hatch = _HATCH_OF.get(fill) or next(
            (name for name in _HATCHES if name not in used), _HATCHES[-1]
        )
        used.add(hatch)
        line = _LINES.get(fill) or darkened(fill)
        styles[owner.id] = OwnerStyle(fill, mixed(fill, 0.88), line, hatch, letters[owner.id])
    for owner in definition.owners.values():
        if owner.members:
            members = tuple(
                sorted(owner.members, key=lambda m: (m != definition.responsible, m not in styles))
            )
            styles[owner.id] = OwnerStyle(
                WHITE, JOINT_TINT, GREY, "split", letters[owner.id], members
            )
    return {owner: styles[owner] for owner in definition.owners}


def _letters(definition: Definition) -> Mapping[str, str]:
    """The letters of every owner: a short id, else the shortest prefix that no other id begins with."""
    names = {owner: owner.replace("_", "").upper() for owner in definition.owners}
    found: dict[str, str] = {}
    for owner, name in names.items():
        others = [other for key, other in names.items() if key != owner]
        lengths = range(1, len(name) + 1)
        own = (n for n in lengths if not any(o.startswith(name[:n]) for o in others))
        found[owner] = name if len(name) <= _SHORT_ID else name[: next(own, len(name))]
    return found


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= _LINEAR else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, white: float) -> str:
    """A colour mixed with a share of white from 0 to 1."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(p + (255 - p) * white):02X}" for p in parts)


def darkened(fill: str) -> str:
    """A fill darkened until its contrast on the fill itself reaches 4.5.

    A fill too dark for that stays as it is, since it is dark enough on its lane.
    """
    parts = [int(fill[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(100, -1, -2):
        line = "#" + "".join(f"{round(p * step / 100):02X}" for p in parts)
        if contrast(line, fill) >= CONTRAST_TEXT:
            return line
    return fill


def ink_on(fill: str) -> str:
    """The colour of text on a fill: dark ink, or white where ink has too little contrast."""
    return INK if contrast(INK, fill) >= CONTRAST_TEXT else WHITE
