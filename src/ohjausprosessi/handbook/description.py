"""The process in words: who answers for it, where it begins and ends, who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, joined, tag, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.model import Duty, Owner, State

__all__ = ["description", "validity"]


def description(context: PageContext) -> Html:
    """The description sheet of a process."""
    entries = (
        tag("div", tag("dt", context.message(key)), tag("dd", content))
        for key, content in _entries(context)
    )
    return tag("dl", *entries, class_="sheet")


def validity(context: PageContext) -> str:
    """The validity period of a definition; empty if it has none."""
    valid = context.definition.valid
    if valid is None:
        return ""
    first, last = ("" if date == ".." else _date(date, context.language) for date in valid)
    if first and last:
        return f"{first}–{last}"
    if first:
        return _around(context, first, "valid_from")
    return _around(context, last, "valid_until") if last else ""


def _around(context: PageContext, date: str, key: str) -> str:
    words = (date, context.message(key))
    return " ".join(words if context.language == "fi" else reversed(words))


def _date(date: str, language: str) -> str:
    if language != "fi":
        return date
    year, month, day = date.split("-")
    return f"{int(day)}.{int(month)}.{year}"


def _entries(context: PageContext) -> Iterator[tuple[str, Html]]:
    definition = context.definition
    yield "responsible", context.owner(definition.responsible)
    yield "begins", context.state(definition.start)
    yield "ends", context.lines(_end(context, end) for end in definition.ends)
    if definition.phases:
        yield "phases", context.lines(text(context.title(p)) for p in definition.phases.values())
    yield "organisations", _organisations(context)
    if definition.calls:
        yield "calls", context.lines(_call(context, call) for call in definition.calls)
    if definition.duties:
        yield "duties", context.lines(_duty(context, duty) for duty in definition.duties.values())
    if definition.fallback is not None:
        yield "fallback", context.state(definition.fallback)
    if valid := validity(context):
        yield "valid", text(valid)
    yield "origin", context.origin(definition)


def _end(context: PageContext, end: State) -> Html:
    link = context.state(end.id)
    if end.outcome is None:
        return link
    return joined([link, f" ({context.message('result')}: ", tag("code", end.outcome), ")"])


def _call(context: PageContext, call: str) -> Html:
    called = context.definition.calls[call]
    title = context.title(called)
    page = context.pages.get(called.id)
    name = text(title) if page is None else tag("a", title, href=page)
    return joined([name, " (", context.state(call), ")"])


def _duty(context: PageContext, duty: Duty) -> Html:
    definition = context.definition
    who = ", ".join(context.title(definition.roles.get(n) or definition.owners[n]) for n in duty.by)
    often = "" if duty.every is None else f", {context.every(duty.every)}"
    return text(f"{context.title(duty)}: {who}{often}")


def _organisations(context: PageContext) -> Html:
    definition = context.definition
    items = [_organisation(context, owner) for owner in definition.owners.values()]
    clients = [context.title(role) for role in definition.roles.values() if role.client]
    if clients:
        items.append(tag("strong", ", ".join(clients)))
    return context.lines(items)


def _organisation(context: PageContext, owner: Owner) -> Html:
    definition = context.definition
    name = context.owner(owner.id)
    if owner.members:
        members = ", ".join(context.title(definition.owners[one]) for one in owner.members)
        return joined([name, f": {members}"])
    note = f" ({context.message('outside')})" if owner.external else ""
    roles = [context.title(r) for r in definition.roles.values() if r.owner == owner.id]
    return joined([name, note, f": {', '.join(roles)}" if roles else ""])
