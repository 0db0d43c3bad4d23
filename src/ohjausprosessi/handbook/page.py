"""The page of a process: everything that follows from its definition, in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.palette import ink_on
from ohjausprosessi.handbook.checks import check_report
from ohjausprosessi.handbook.description import description, validity
from ohjausprosessi.handbook.document import document
from ohjausprosessi.handbook.extracts import owner_extracts
from ohjausprosessi.handbook.markup import Html, joined, tag
from ohjausprosessi.handbook.report import dropout_report
from ohjausprosessi.handbook.sheets import state_sheets
from ohjausprosessi.handbook.stage import picture, routes
from ohjausprosessi.handbook.subject import Subject
from ohjausprosessi.handbook.tables import state_table, transition_table
from ohjausprosessi.handbook.walks import case_walk, shortest_walks
from ohjausprosessi.verify import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ohjausprosessi.errors import Finding
    from ohjausprosessi.handbook.walks import Walk
    from ohjausprosessi.model import Definition

__all__ = ["process_page"]


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
    found: tuple[Finding, ...] | None = None,
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
        found: the findings of the process, if they have been looked for already.

    Raises:
        Refused: ``definition`` or ``case_data``, if one of the cases is none of this process.
    """
    subject = Subject(definition, lang, pages or {}, counts or {})
    walks = (*(case_walk(subject, case) for case in cases), *shortest_walks(subject))
    sections = dict(_sections(subject, pictures, walks, undrawn))
    sections["check"] = check_report(subject, findings(definition) if found is None else found)
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
        picture(subject, pictures, walks)
        if pictures
        else tag("p", f"{subject.word('undrawn')}: {undrawn}", class_="verdict bad"),
    )
    yield "description", description(subject)
    yield "dropout", dropout_report(subject)
    if walks:
        yield "routes", routes(subject, walks)
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
