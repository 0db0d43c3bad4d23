"""The page of a process: everything that follows from its definition, in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.counterexample_paths import paths_of
from ohjausprosessi.handbook.description import description, validity
from ohjausprosessi.handbook.dropout_section import dropout_section
from ohjausprosessi.handbook.findings_section import check_report, check_summary
from ohjausprosessi.handbook.html_document import document
from ohjausprosessi.handbook.markup import Html, joined, tag
from ohjausprosessi.handbook.owner_css import owner_styles_css
from ohjausprosessi.handbook.owner_pages import owner_extracts
from ohjausprosessi.handbook.page_context import Subject
from ohjausprosessi.handbook.picture_section import picture, routes
from ohjausprosessi.handbook.state_pages import state_sheets
from ohjausprosessi.handbook.tables import state_table, transition_table
from ohjausprosessi.handbook.walks import case_walk, shortest_walks
from ohjausprosessi.verify import dropout_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ohjausprosessi.handbook.walks import Walk
    from ohjausprosessi.model import Definition
    from ohjausprosessi.verify import DropoutReport

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
    report: DropoutReport | None = None,
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
        report: the report of its proof, if it has been made already.

    Raises:
        Refused: ``definition`` or ``case_data``, if one of the cases is none of this process.
    """
    subject = Subject(definition, lang, pages or {}, counts or {})
    walks = (*(case_walk(subject, case) for case in cases), *shortest_walks(subject))
    report = dropout_report(definition) if report is None else report
    sections = dict(_sections(subject, pictures, walks, undrawn, report))
    body = [
        tag("a", subject.word("skip"), class_="skip", href="#description"),
        _header(subject, report, index, other),
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
        extra_styles=owner_styles_css(subject),
        with_script=bool(pictures),
        drawn=bool(pictures),
    )


# ---- parts


def _header(subject: Subject, report: DropoutReport, index: str | None, other: str | None) -> Html:
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
        _warned(subject, report),
    )


def _warned(subject: Subject, report: DropoutReport) -> Html | None:
    """Return how many errors there are, as a link to them: a reader should know at once."""
    errors = tuple(finding for finding in report.findings if finding.severity == "error")
    if not errors:
        return None
    link = tag("a", check_summary(subject, errors), href="#check")
    return tag("p", "✗ ", link, class_="verdict bad")


def _contents(subject: Subject, sections: Mapping[str, Html]) -> Html:
    items = (tag("li", tag("a", subject.word(key), href=f"#{key}")) for key in sections)
    return tag("nav", tag("ul", *items), class_="contents", aria_label=subject.word("contents"))


def _sections(
    subject: Subject,
    pictures: Mapping[str, str],
    walks: tuple[Walk, ...],
    undrawn: str,
    report: DropoutReport,
) -> Iterator[tuple[str, Html]]:
    definition = subject.definition
    paths = paths_of(report, drawn=bool(pictures))
    yield (
        "picture",
        picture(subject, pictures, walks, tuple(paths.values()))
        if pictures
        else tag("p", f"{subject.word('undrawn')}: {undrawn}", class_="verdict bad"),
    )
    yield "description", description(subject)
    yield "dropout", dropout_section(subject, report, paths)
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
    yield "check", check_report(subject, report, paths)
