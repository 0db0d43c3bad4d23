"""A whole HTML document: one file that needs nothing else.

Its policy lets only our own script and styles run, by their hashes: even a label that got through
as HTML could neither run nor load anything.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from ohjausprosessi.handbook.markup import Html, attribute_text, tag

__all__ = ["document", "script", "styles"]

_TEXTS = re.compile(r"('[^'\n]*'|`[^`\n]*`)")
_SPACES = re.compile(r" *([-+*/%=<>!?:;,&|(){}\[\]]+) *")


def document(
    title: str,
    body: Html,
    *,
    lang: str,
    extra_styles: str = "",
    with_script: bool = False,
    drawn: bool = False,
    images: bool = False,
) -> str:
    """A whole HTML document around a body.

    Args:
        title: what the browser calls it.
        body: its content.
        lang: its language.
        extra_styles: styles beside ours, written by us.
        with_script: whether our script drives it.
        drawn: whether a picture stands in it.
        images: whether it may load pictures that lie beside it.
    """
    css = styles() + extra_styles
    code = script()
    policy = [
        "default-src 'none'",
        f"style-src 'sha256-{_hash(css)}'",
        "base-uri 'none'",
        "form-action 'none'",
        *[f"script-src 'sha256-{_hash(code)}'"] * with_script,
        *["img-src 'self' file:"] * images,
    ]
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content="; ".join(policy)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", attribute_text(title)),
        Html(f"<style>{css}</style>"),
    )
    scripts = Html(f"<script>{code}</script>") if with_script else None
    page = tag(
        "html", head, tag("body", body, scripts, class_="drawn" if drawn else None), lang=lang
    )
    return f"<!doctype html>\n{page}\n"


def _hash(content: str) -> str:
    return b64encode(sha256(content.encode()).digest()).decode()


@cache
def styles() -> str:
    """Our styles."""
    return _asset("viewer.css")


@cache
def script() -> str:
    """Our script, without indentation, comments and needless spaces."""
    lines = (line.strip() for line in _asset("viewer.js").splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    return "".join(
        part if n % 2 else _SPACES.sub(r"\1", re.sub(r"(?<=[;,{])\n", "", part))
        for n, part in enumerate(_TEXTS.split(code))
    )


def _asset(name: str) -> str:
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")
