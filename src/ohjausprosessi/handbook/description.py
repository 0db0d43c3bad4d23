"""The process in words: who answers for it, where it begins and ends, who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, joined, tag, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.handbook.page_context import Subject
    from ohjausprosessi.model import Duty, Owner, State

__all__ = ["description", "validity"]


def description(subject: Subject) -> Html:
    """Return the description sheet of a process."""
    entries = (
        tag("div", tag("dt", subject.word(key)), tag("dd", content))
        for key, content in _entries(subject)
    )
    return tag("dl", *entries, class_="sheet")


def validity(subject: Subject) -> str:
    """Return when a definition is valid, or nothing where it always is."""
    valid = subject.definition.valid
    if valid is None:
        return ""
    first, last = ("" if date == ".." else _date(date, subject.language) for date in valid)
    if first and last:
        return f"{first}–{last}"
    if first:
        return _around(subject, first, "valid_from")
    return _around(subject, last, "valid_until") if last else ""


def _around(subject: Subject, date: str, key: str) -> str:
    words = (date, subject.word(key))
    return " ".join(words if subject.language == "fi" else reversed(words))


def _date(date: str, language: str) -> str:
    if language != "fi":
        return date
    year, month, day = date.split("-")
    return f"{int(day)}.{int(month)}.{year}"


def _entries(subject: Subject) -> Iterator[tuple[str, Html]]:
    definition = subject.definition
    yield "responsible", subject.owner(definition.responsible)
    yield "begins", subject.state(definition.start)
    yield "ends", subject.lines(_end(subject, end) for end in definition.ends)
    if definition.phases:
        yield "phases", subject.lines(text(subject.title(p)) for p in definition.phases.values())
    yield "organisations", _organisations(subject)
    if definition.calls:
        yield "calls", subject.lines(_call(subject, call) for call in definition.calls)
    if definition.duties:
        yield "duties", subject.lines(_duty(subject, duty) for duty in definition.duties.values())
    if definition.fallback is not None:
        yield "fallback", subject.state(definition.fallback)
    if valid := validity(subject):
        yield "valid", text(valid)
    yield "origin", subject.origin(definition)


def _end(subject: Subject, end: State) -> Html:
    link = subject.state(end.id)
    if end.outcome is None:
        return link
    return joined([link, f" ({subject.word('result')}: ", tag("code", end.outcome), ")"])


def _call(subject: Subject, call: str) -> Html:
    called = subject.definition.calls[call]
    title = subject.title(called)
    page = subject.pages.get(called.id)
    name = text(title) if page is None else tag("a", title, href=page)
    return joined([name, " (", subject.state(call), ")"])


def _duty(subject: Subject, duty: Duty) -> Html:
    definition = subject.definition
    who = ", ".join(subject.title(definition.roles.get(n) or definition.owners[n]) for n in duty.by)
    often = "" if duty.every is None else f", {subject.every(duty.every)}"
    return text(f"{subject.title(duty)}: {who}{often}")


def _organisations(subject: Subject) -> Html:
    definition = subject.definition
    items = [_organisation(subject, owner) for owner in definition.owners.values()]
    clients = [subject.title(role) for role in definition.roles.values() if role.client]
    if clients:
        items.append(tag("strong", ", ".join(clients)))
    return subject.lines(items)


def _organisation(subject: Subject, owner: Owner) -> Html:
    definition = subject.definition
    name = subject.owner(owner.id)
    if owner.members:
        members = ", ".join(subject.title(definition.owners[one]) for one in owner.members)
        return joined([name, f": {members}"])
    note = f" ({subject.word('outside')})" if owner.external else ""
    roles = [subject.title(r) for r in definition.roles.values() if r.owner == owner.id]
    return joined([name, note, f": {', '.join(roles)}" if roles else ""])
