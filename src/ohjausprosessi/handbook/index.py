"""The first page of the handbook: every process with its picture, and its other versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.handbook.description import validity
from ohjausprosessi.handbook.findings_section import check_summary
from ohjausprosessi.handbook.html_document import document
from ohjausprosessi.handbook.markup import Html, joined, tag
from ohjausprosessi.handbook.messages import message
from ohjausprosessi.handbook.page_context import PageContext
from ohjausprosessi.model import handoff_points
from ohjausprosessi.verify import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition
    from ohjausprosessi.net import Compiled

__all__ = ["Entry", "index_page"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A process in the index.

    Attributes:
        compiled: the process.
        page: file of its page.
        picture: file of its picture, or None where it could not be drawn.
        versions: pairs of another version of it and the file of that page.
        found: its findings, if they have been looked for already.
    """

    compiled: Compiled
    page: str
    picture: str | None = None
    versions: tuple[tuple[Definition, str], ...] = ()
    found: tuple[Finding, ...] | None = None


def index_page(
    entries: Sequence[Entry],
    *,
    lang: str = "fi",
    unbased: Iterable[tuple[Definition, str]] = (),
    left_out: Iterable[str] = (),
    other: str | None = None,
) -> str:
    """The index as HTML text.

    Args:
        entries: the processes, in the order shown.
        lang: ``fi`` or ``en``.
        unbased: versions whose base is not among the entries, with the files of their pages.
        left_out: names of files that could not be read.
        other: file of the index in the other language, for a link.
    """
    parts = [_header(lang, other)]
    cards = [_card(entry, lang) for entry in entries]
    content: list[Html] = [
        tag("ul", *cards, class_="cards") if cards else tag("p", message("no_processes", lang))
    ]
    if alone := [(one, page) for one, page in unbased]:
        content += [tag("h2", message("versions", lang)), _versions(alone, lang, None)]
    if names := list(left_out):
        content += [
            tag("h2", message("left_out", lang)),
            tag("ul", *(tag("li", tag("code", name)) for name in names)),
        ]
    parts.append(tag("main", *content))
    return document(message("handbook", lang), joined(parts), lang=lang, images=True)


def _header(lang: str, other: str | None) -> Html:
    language = "en" if lang == "fi" else "fi"
    link = (
        None
        if other is None
        else tag(
            "a",
            message("other_language", lang),
            href=other,
            lang=language,
            hreflang=language,
            class_="end",
        )
    )
    return tag(
        "header",
        tag("div", link, class_="bar"),
        tag("h1", message("handbook", lang)),
        tag("p", message("handbook_lead", lang), class_="meta"),
    )


def _card(entry: Entry, lang: str) -> Html:
    definition = entry.compiled.definition
    context = PageContext(entry.compiled, lang)
    facts = [f"{message('version', lang)} {definition.version}"]
    if valid := validity(context):
        facts.append(f"{message('valid', lang).lower()} {valid}")
    sizes = [
        f"{len(definition.states)} {message('n_states', lang)}",
        f"{len(definition.transitions)} {message('n_transitions', lang)}",
        f"{len(handoff_points(definition))} {message('n_handoffs', lang)}",
    ]
    responsible = context.title(definition.owners[definition.responsible])
    found = findings(entry.compiled, prove_rules=True) if entry.found is None else entry.found
    versions = (
        [tag("h3", message("versions", lang)), _versions(entry.versions, lang, definition)]
        if entry.versions
        else []
    )
    return tag(
        "li",
        None if entry.picture is None else tag("img", src=entry.picture, alt=""),
        tag(
            "div",
            tag("h2", tag("a", context.title(definition), href=entry.page)),
            tag("p", " · ".join(facts), class_="note"),
            tag("p", f"{message('responsible', lang)}: {responsible}"),
            tag("p", " · ".join(sizes)),
            tag("p", check_summary(context, found), class_="note"),
            *versions,
            class_="body",
        ),
        class_="card",
    )


def _versions(
    versions: Iterable[tuple[Definition, str]], lang: str, base: Definition | None
) -> Html:
    items = []
    for definition, page in versions:
        name = f"{definition.text(lang)}, {message('version', lang)} {definition.version}"
        note = (
            f" ({message('no_base', lang)})"
            if base is None
            else f" ({message('base', lang)} {base.id}@{base.version})"
        )
        items.append(tag("li", tag("a", name, href=page), note))
    return tag("ul", *items)
