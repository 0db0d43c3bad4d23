"""The page of a process: one file that needs nothing else.

Its policy lets only our own script and styles run, by their hashes: even a label that got through
as HTML could neither run nor load anything.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.palette import ink_on
from ohjausprosessi.handbook.checks import check_report
from ohjausprosessi.handbook.description import description, validity
from ohjausprosessi.handbook.extracts import owner_extracts
from ohjausprosessi.handbook.markup import Html, attribute_text, joined, tag
from ohjausprosessi.handbook.picture import embedded
from ohjausprosessi.handbook.report import dropout_report
from ohjausprosessi.handbook.sheets import state_sheets
from ohjausprosessi.handbook.subject import Subject
from ohjausprosessi.handbook.tables import state_table, transition_table
from ohjausprosessi.handbook.walks import case_walk, shortest_walks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ohjausprosessi.handbook.walks import Walk
    from ohjausprosessi.model import Definition

__all__ = ["document", "process_page", "script", "styles"]

_SECTIONS = (
    "picture",
    "description",
    "dropout",
    "routes",
    "as_table",
    "states_apart",
    "by_owner",
    "check",
)
_TEXTS = re.compile(r"('[^'\n]*'|`[^`\n]*`)")
_SPACES = re.compile(r" *([-+*/%=<>!?:;,&|(){}\[\]]+) *")

# The head of a line that a route took; the styles refer to it.
_TIP = Html(
    '<svg class="unseen" width="0" height="0" aria-hidden="true"><marker id="tip" '
    'viewBox="0 0 10 10" refX="3" refY="5" markerWidth="3.4" markerHeight="3.4" orient="auto">'
    '<path d="M0,0L10,5L0,10z"/></marker></svg>'
)


def process_page(
    definition: Definition,
    pictures: Mapping[str, str],
    *,
    lang: str = "fi",
    cases: Iterable[object] = (),
    counts: Mapping[str, int] | None = None,
    pages: Mapping[str, str] | None = None,
    index: str | None = None,
    other: str | None = None,
    undrawn: str = "",
) -> str:
    """Return the page of a process as HTML text.

    Args:
        definition: the process.
        pictures: name of a view (``overview``, ``full``) to its SVG text, the first one shown first.
        lang: ``fi`` or ``en``.
        cases: cases of this process to follow, each as ``Case.to_dict`` gave it; their facts and
            the names of persons do not get into the page.
        counts: id of a state or transition to how many times or clients.
        pages: id of a process to the file of its page, for links to processes it calls.
        index: file of the index, for a link.
        other: file of this page in the other language, for a link.
        undrawn: why there is no picture, if there is none.

    Raises:
        Refused: ``definition`` or ``case_data``, if one of the cases is none of this process.
    """
    subject = Subject(definition, lang, pages or {}, counts or {})
    walks = (*(case_walk(subject, case) for case in cases), *shortest_walks(subject))
    sections = dict(_sections(subject, pictures, walks, undrawn))
    body = [
        tag("a", subject.word("skip"), class_="skip", href="#description"),
        _header(subject, index, other),
        _contents(subject, sections),
        tag(
            "main",
            *(
                tag(
                    "section",
                    tag("h2", subject.word(key)),
                    content,
                    id=key,
                    aria_label=subject.word(key),
                )
                for key, content in sections.items()
            ),
        ),
    ]
    return document(
        subject.plain(definition),
        joined(body),
        lang=lang,
        extra_styles=_owner_styles(subject),
        with_script=bool(pictures),
        drawn=bool(pictures),
    )


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
    """Return a whole HTML document around a body.

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
    """Return our styles."""
    return _asset("viewer.css")


@cache
def script() -> str:
    """Return our script, without indentation, comments and needless spaces."""
    lines = (line.strip() for line in _asset("viewer.js").splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    return "".join(
        part if n % 2 else _SPACES.sub(r"\1", re.sub(r"(?<=[;,{])\n", "", part))
        for n, part in enumerate(_TEXTS.split(code))
    )


def _asset(name: str) -> str:
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _owner_styles(subject: Subject) -> str:
    """Return the colours of the owners' badges."""
    rules = []
    for place, style in enumerate(subject.styles.values()):
        ink = ink_on(style.fill)
        rules.append(f".o{place}{{background:{style.fill};color:{ink};border-color:{style.line}}}")
    return "\n".join(rules)


# ---- parts


def _header(subject: Subject, index: str | None, other: str | None) -> Html:
    definition = subject.definition
    language = "en" if subject.language == "fi" else "fi"
    links = [
        None if index is None else tag("a", f"← {subject.word('to_index')}", href=index),
        None
        if other is None
        else tag(
            "a",
            subject.word("other_language"),
            href=other,
            lang=language,
            hreflang=language,
            class_="end",
        ),
    ]
    facts = [
        definition.id,
        f"{subject.word('version')} {definition.version}",
        f"{len(definition.states)} {subject.word('n_states')}",
        f"{len(definition.transitions)} {subject.word('n_transitions')}",
    ]
    if valid := validity(subject):
        facts.append(f"{subject.word('valid').lower()} {valid}")
    return tag(
        "header",
        tag("div", *links, class_="bar"),
        tag("h1", subject.title(definition)),
        tag("p", " · ".join(facts), class_="meta"),
    )


def _contents(subject: Subject, sections: Mapping[str, Html]) -> Html:
    items = (tag("li", tag("a", subject.word(key), href=f"#{key}")) for key in sections)
    return tag("nav", tag("ul", *items), class_="contents", aria_label=subject.word("contents"))


def _sections(
    subject: Subject, pictures: Mapping[str, str], walks: tuple[Walk, ...], undrawn: str
) -> Iterator[tuple[str, Html]]:
    definition = subject.definition
    yield (
        "picture",
        _picture(subject, pictures, walks)
        if pictures
        else tag("p", f"{subject.word('undrawn')}: {undrawn}", class_="verdict bad"),
    )
    yield "description", description(subject)
    yield "dropout", dropout_report(subject)
    if walks:
        yield "routes", _routes(subject, walks)
    yield (
        "as_table",
        joined(
            [
                state_table(subject, definition.states.values(), subject.word("states")),
                transition_table(
                    subject, definition.transitions.values(), subject.word("transitions")
                ),
            ]
        ),
    )
    yield "states_apart", state_sheets(subject)
    yield "by_owner", owner_extracts(subject)
    yield "check", check_report(subject)


def _picture(subject: Subject, pictures: Mapping[str, str], walks: tuple[Walk, ...]) -> Html:
    drawings = joined(embedded(svg, subject) for svg in pictures.values())
    return tag(
        "div",
        _TIP,
        _tools(subject, pictures, walks),
        tag("p", "", id="says", role="status"),
        tag(
            "div",
            tag(
                "div",
                drawings,
                id="view",
                tabindex=0,
                role="group",
                aria_label=subject.word("picture"),
            ),
            tag(
                "div",
                _keys(subject),
                id="panel",
                role="region",
                tabindex=0,
                aria_label=subject.word("details"),
            ),
            class_="stage",
        ),
    )


def _keys(subject: Subject) -> Html:
    """Return what stands in the panel until a state is chosen: how the picture is used."""
    keys = {
        "→": "key_on",
        "←": "key_back",
        "↑ ↓": "key_other",
        "+ − 0": "key_zoom",
        subject.word("mouse"): "key_mouse",
    }
    entries = (
        tag("div", tag("dt", tag("kbd", key)), tag("dd", subject.word(name)))
        for key, name in keys.items()
    )
    return joined([tag("h3", subject.word("key_lead")), tag("dl", *entries)])


def _tools(subject: Subject, pictures: Mapping[str, str], walks: tuple[Walk, ...]) -> Html:
    def button(key: str, label: str, sign: str, *, disabled: bool = False) -> Html:
        return tag(
            "button",
            sign,
            id=key,
            type="button",
            aria_label=label if sign != label else None,
            title=label if sign != label else None,
            disabled=disabled,
        )

    views = (
        tag(
            "label", tag("input", type="radio", name="view", checked=not n), " ", subject.word(name)
        )
        for n, name in enumerate(pictures)
    )
    return tag(
        "div",
        button("in", subject.word("zoom_in"), "+"),
        button("out", subject.word("zoom_out"), "−"),
        button("fit", subject.word("fit"), subject.word("fit")),
        tag("fieldset", tag("legend", subject.word("view")), *views) if len(pictures) > 1 else None,
        tag("label", subject.word("walk"), " ", _chooser(subject, walks)),
        button("back", subject.word("previous"), "◀", disabled=True),
        button("on", subject.word("next"), "▶", disabled=True),
        tag("label", tag("input", type="checkbox", id="counts"), " ", subject.word("counts"))
        if subject.counts
        else None,
        button("paper", subject.word("print"), subject.word("print")),
        id="tools",
        role="group",
        aria_label=subject.word("tools"),
        hidden=True,
    )


def _chooser(subject: Subject, walks: tuple[Walk, ...]) -> Html:
    groups = []
    for real, key in ((True, "cases"), (False, "examples")):
        options = [
            tag("option", attribute_text(walk.title), value=f"walk-{n}")
            for n, walk in enumerate(walks)
            if walk.real == real
        ]
        if options:
            groups.append(tag("optgroup", *options, label=subject.word(key)))
    return tag("select", tag("option", subject.word("no_walk"), value=""), *groups, id="walk")


def _routes(subject: Subject, walks: tuple[Walk, ...]) -> Html:
    lists = (
        tag(
            "details",
            tag("summary", tag("h3", _called(subject, walk))),
            tag(
                "ol",
                *(
                    tag(
                        "li",
                        step.told,
                        data_at=" ".join(step.places),
                        data_way=" ".join("--".join(way) for way in step.ways),
                    )
                    for step in walk.steps
                ),
                id=f"walk-{n}",
            ),
        )
        for n, walk in enumerate(walks)
    )
    return joined([tag("p", subject.word("routes_lead"), class_="lead"), *lists])


def _called(subject: Subject, walk: Walk) -> str:
    return walk.title if walk.real else f"{subject.word('examples')}: {walk.title}"
