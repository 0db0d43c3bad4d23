"""HTML safe by construction: whatever is not ``Html`` already is escaped on insertion.

Every label of a definition is hostile until it has gone through here. No label ever becomes an
address, a script, a style or the name of an attribute.
"""

from __future__ import annotations

import re
from html import escape as escape_html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Html", "attribute_text", "joined", "table", "tag", "text"]

# Controls, and the characters that reorder or hide what people read (Unicode Bidi_Control).
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufffe\uffff]"
)
_SOFT_HYPHEN = "\u00ad"
_VOID = frozenset({"br", "input", "link", "meta", "img"})


class Html(str):
    """A piece of HTML; only this module and its callers in this room make one."""

    __slots__ = ()


def text(content: str) -> Html:
    """A text as HTML: escaped, without characters that reorder or hide others."""
    if isinstance(content, Html):
        return content
    return Html(escape_html(_UNSEEN.sub("", content)))


def attribute_text(content: str) -> str:
    """A text for an attribute or a title: one line, without soft hyphens; not escaped."""
    return " ".join(_UNSEEN.sub("", content).replace(_SOFT_HYPHEN, "").split())


def tag(name: str, /, *children: str | None, **attributes: str | int | bool | None) -> Html:
    """An element.

    Args:
        name: its name, written by us.
        children: what is in it; a plain text is escaped, None left out.
        attributes: underscores become hyphens and a last one goes (``class_``, ``data_state``);
            True is an attribute without value, None and False leave it out.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{written}>")
    inner = "".join(text(child) for child in children if child is not None)
    return Html(f"<{name}{written}>{inner}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:  # noqa: FBT001  an HTML attribute
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    return f' {name}="{escape_html(_UNSEEN.sub("", str(value)))}"'


def joined(parts: Iterable[str], separator: str = "") -> Html:
    """Pieces one after the other; plain ones are escaped."""
    return Html(text(separator).join(text(part) for part in parts))


def table(
    caption: str, heads: Iterable[str], rows: Iterable[Html], *, headed: bool = False
) -> Html:
    """A table with a caption, in a box that scrolls by itself where it is too wide.

    Args:
        caption: what it is.
        heads: heads of its columns.
        rows: its rows.
        headed: whether a heading above says the same, so that the caption need not be seen.
    """
    head = tag("tr", *(tag("th", cell, scope="col") for cell in heads))
    body = tag("tbody", *rows)
    title = tag("caption", caption, class_="unseen" if headed else None)
    content = tag("table", title, tag("thead", head), body)
    return tag("div", content, class_="scroll", role="region", aria_label=caption, tabindex=0)
