"""The page of a process: everything that follows from its definition, in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.counterexample_paths import counterexample_paths
from ohjausprosessi.handbook.description import description, validity
from ohjausprosessi.handbook.dropout_section import dropout_section
from ohjausprosessi.handbook.findings_section import check_report, check_summary
from ohjausprosessi.handbook.html_document import document
from ohjausprosessi.handbook.markup import Html, joined, tag
from ohjausprosessi.handbook.owner_css import owner_styles_css
from ohjausprosessi.handbook.owner_pages import owner_pages
from ohjausprosessi.handbook.page_context import PageContext
from ohjausprosessi.handbook.picture_section import picture_section, route_list
from ohjausprosessi.handbook.routes import case_route, shortest_routes
from ohjausprosessi.handbook.state_pages import state_pages
from ohjausprosessi.handbook.tables import state_table, transition_table
from ohjausprosessi.net import Compiled
from ohjausprosessi.verify import dropout_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ohjausprosessi.handbook.routes import Route
    from ohjausprosessi.model import Definition
    from ohjausprosessi.verify import DropoutReport

__all__ = ["process_page"]


def process_page(
    process: Definition | Compiled,
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
    """The page of a process as HTML text.

    Args:
        process: a compiled process (``Process.compiled``), or its definition.
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
    context = PageContext(Compiled.of(process), lang, pages or {}, counts or {})
    routes = (*(case_route(context, case) for case in cases), *shortest_routes(context))
    report = dropout_report(context.compiled) if report is None else report
    sections = dict(_sections(context, pictures, routes, undrawn, report))
    body = [
        tag("a", context.message("skip"), class_="skip", href="#description"),
        _header(context, report, index, other),
        _contents(context, sections),
        tag(
            "main",
            *(
                tag(
                    "section",
                    tag("h2", context.message(key)),
                    content,
                    id=key,
                    aria_label=context.message(key),
                )
                for key, content in sections.items()
            ),
        ),
    ]
    return document(
        context.plain(context.definition),
        joined(body),
        lang=lang,
        extra_styles=owner_styles_css(context),
        with_script=bool(pictures),
        drawn=bool(pictures),
    )


# ---- parts


def _header(
    context: PageContext, report: DropoutReport, index: str | None, other: str | None
) -> Html:
    definition = context.definition
    language = "en" if context.language == "fi" else "fi"
    links = [
        None if index is None else tag("a", f"← {context.message('to_index')}", href=index),
        None
        if other is None
        else tag(
            "a",
            context.message("other_language"),
            href=other,
            lang=language,
            hreflang=language,
            class_="end",
        ),
    ]
    facts = [
        definition.id,
        f"{context.message('version')} {definition.version}",
        f"{len(definition.states)} {context.message('n_states')}",
        f"{len(definition.transitions)} {context.message('n_transitions')}",
    ]
    if valid := validity(context):
        facts.append(f"{context.message('valid').lower()} {valid}")
    return tag(
        "header",
        tag("div", *links, class_="bar"),
        tag("h1", context.title(definition)),
        tag("p", " · ".join(facts), class_="meta"),
        _warned(context, report),
    )


def _warned(context: PageContext, report: DropoutReport) -> Html | None:
    """How many errors there are, as a link to them: a reader should know at once."""
    errors = tuple(finding for finding in report.findings if finding.severity == "error")
    if not errors:
        return None
    link = tag("a", check_summary(context, errors), href="#check")
    return tag("p", "✗ ", link, class_="verdict bad")


def _contents(context: PageContext, sections: Mapping[str, Html]) -> Html:
    items = (tag("li", tag("a", context.message(key), href=f"#{key}")) for key in sections)
    return tag("nav", tag("ul", *items), class_="contents", aria_label=context.message("contents"))


def _sections(
    context: PageContext,
    pictures: Mapping[str, str],
    routes: tuple[Route, ...],
    undrawn: str,
    report: DropoutReport,
) -> Iterator[tuple[str, Html]]:
    definition = context.definition
    paths = counterexample_paths(context.compiled, report, drawn=bool(pictures))
    yield (
        "picture",
        picture_section(context, pictures, routes, tuple(paths.values()))
        if pictures
        else tag("p", f"{context.message('undrawn')}: {undrawn}", class_="verdict bad"),
    )
    yield "description", description(context)
    yield "dropout", dropout_section(context, report, paths)
    if routes:
        yield "routes", route_list(context, routes)
    yield (
        "as_table",
        joined(
            [
                state_table(context, definition.states.values(), context.message("states")),
                transition_table(
                    context, definition.transitions.values(), context.message("transitions")
                ),
            ]
        ),
    )
    yield "states_apart", state_pages(context)
    yield "by_owner", owner_pages(context)
    yield "check", check_report(context, report, paths)
