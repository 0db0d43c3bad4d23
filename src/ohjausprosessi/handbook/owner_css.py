"""CSS of the owners: the colours and patterns they have in the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content.palette import ink_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagram.content.palette import OwnerStyle
    from ohjausprosessi.handbook.page_context import PageContext

__all__ = ["owner_styles_css"]

# Patterns of strips as layers of a background; ``L`` stands for the colour of the lines.
_LINES = "repeating-linear-gradient({way}L 0 1px,transparent 1px {step}px)"
_DIAGONAL = _LINES.format(way="45deg,", step=4)
_BACK = _LINES.format(way="135deg,", step=4)
_HORIZONTAL = _LINES.format(way="", step=5)
_VERTICAL = _LINES.format(way="90deg,", step=4)
_PATTERNS = {
    "diagonal": _DIAGONAL,
    "back": _BACK,
    "horizontal": _HORIZONTAL,
    "vertical": _VERTICAL,
    "cross": f"{_HORIZONTAL},{_VERTICAL}",
    "dots": "radial-gradient(circle,L 1.3px,transparent 1.7px) 0 0/5px 5px",
    "rings": "radial-gradient(circle,transparent 1px,L 1.5px 2px,transparent 2.5px) 0 0/6px 6px",
    "waves": "linear-gradient(135deg,transparent 40%,L 40% 60%,transparent 60%) 0 0/6px 6px",
}


def owner_styles_css(context: PageContext) -> str:
    """The styles of the owners: ``o0`` is the first one's colour, ``h0`` its strip."""
    return "\n".join(_rules(context))


def _rules(context: PageContext) -> Iterator[str]:
    for place, style in enumerate(context.styles.values()):
        ink = ink_on(style.fill)
        yield f".o{place}{{background:{style.fill};color:{ink};border-color:{style.line}}}"
        yield f".h{place}{{background:{_strip(context, style)};border-color:{style.line}}}"


def _strip(context: PageContext, style: OwnerStyle) -> str:
    """The background of a strip; that of a joint owner has the colours of its members."""
    if not style.members:
        pattern = _PATTERNS[style.hatch].replace("L", style.line)
        return f"{pattern},{style.fill}"
    fills = [context.styles[member].fill for member in style.members]
    share = 100 / len(fills)
    stops = (f"{fill} {n * share:g}% {(n + 1) * share:g}%" for n, fill in enumerate(fills))
    return f"linear-gradient({','.join(stops)})"
