"""Completes the SVG that Graphviz draws: exact page, names for screen readers, dash patterns."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.geometry.dash_patterns import PATTERNS
from ohjausprosessi.diagram.output.dot_syntax import number

if TYPE_CHECKING:
    from ohjausprosessi.diagram.geometry.display_list import Dash, Scene

FONTS = "Arial, 'Liberation Sans', Helvetica, sans-serif"
_GRAPHVIZ: dict[str, Dash] = {"5,2": "dashed", "1,5": "dotted"}
_GROUP = re.compile(
    r'<g id="(?P<id>[^"]*)" class="(?P<classes>[^"]*)">\s*<title>[^<]*</title>', re.DOTALL
)
_ROOT = re.compile(r"<svg [^>]*>\s*<g [^>]*>\s*<title>[^<]*</title>", re.DOTALL)


def finish_svg(compose: str, scene: Scene) -> str:
    """The SVG of a page: stable, self-contained, with a title for every state and transition."""
    body = compose[compose.index("<svg") :]
    body = re.sub(r"<!--.*?-->\s*", "", body, flags=re.DOTALL)
    body = body.replace(' xml:space="preserve"', "").replace(' font-family="Arial"', "")
    body = _ROOT.sub(lambda _: _head(scene), body, count=1)
    names = {node.id: node.title for node in scene.nodes}
    names |= {edge.id: edge.title for edge in scene.edges}

    def named(found: re.Match[str]) -> str:
        key = found["id"].replace("&#45;", "-")
        classes = found["classes"].replace("&#45;", "-").replace("node ", "").replace("edge ", "")
        title = names.get(key, "")
        label = f"<title>{escape(title)}</title>" if title else ""
        return f'<g id="{key}" class="{classes}">{label}'

    def patterned(found: re.Match[str]) -> str:
        on, off = PATTERNS[_GRAPHVIZ[found[1]]]
        return f'stroke-dasharray="{number(on * scene.scale)} {number(off * scene.scale)}"'

    body = _GROUP.sub(named, body)
    return re.sub(r'stroke-dasharray="(5,2|1,5)"', patterned, body)


def _head(scene: Scene) -> str:
    """The opening: the exact page, the y axis of Graphviz, the fonts, and the title."""
    size = f"{number(scene.width)} {number(scene.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(scene.width)}" '
        f'height="{number(scene.height)}" viewBox="0 0 {size}" role="img" '
        f'lang="{escape(scene.language)}" font-family="{FONTS}">\n'
        f"<title>{escape(scene.title)}</title>\n"
        f'<g class="picture" transform="translate(0 {number(scene.height)})">'
    )
