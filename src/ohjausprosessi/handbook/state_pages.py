"""Every state by itself: owner, roles, services, deadline, basis, ways in and on.

The panel beside the picture shows copies of these sheets; the attributes ``data-next`` and
``data-back`` are what the keyboard follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, joined, tag, text
from ohjausprosessi.handbook.tables import actors
from ohjausprosessi.model import arrows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.handbook.page_context import Subject
    from ohjausprosessi.model import State, Transition

__all__ = ["state_sheets"]


def state_sheets(subject: Subject) -> Html:
    """Return the sheets of all states."""
    sheets = (_sheet(subject, state) for state in subject.definition.states.values())
    return tag("div", *sheets, class_="sheets")


def _sheet(subject: Subject, state: State) -> Html:
    definition = subject.definition
    entries = definition.entries(state.id)
    back = dict.fromkeys(source for entry in entries for source in entry.sources)
    onward = dict.fromkeys(exit_.to for exit_ in definition.exits(state.id))
    facts = (
        tag("div", tag("dt", subject.word(key)), tag("dd", content))
        for key, content in _facts(subject, state)
    )
    return tag(
        "article",
        tag("h3", subject.title(state)),
        tag("p", subject.owner(state.owner)),
        tag("p", subject.word("returns_here"), class_="note")
        if state.id == definition.fallback
        else None,
        tag("dl", *facts),
        _ways(subject, "leads_on", definition.exits(state.id), state, onward=True),
        _ways(subject, "leads_here", entries, state, onward=False),
        id=f"s-{state.id}",
        data_next=" ".join(onward),
        data_back=" ".join(back),
    )


def _facts(subject: Subject, state: State) -> Iterator[tuple[str, Html]]:
    definition = subject.definition
    yield "kind", _kind(subject, state)
    if count := subject.count(state.id):
        yield "count", text(count)
    if phase := subject.phase(state.id):
        yield "phase", text(phase)
    if state.roles:
        yield "roles", subject.people(state.roles)
    if state.services:
        services = (definition.services[service] for service in state.services)
        yield "services", subject.titles(services)
    if deadline := subject.deadline(state.id):
        yield "deadline", text(deadline)
    yield "origin", subject.origin(state)


def _kind(subject: Subject, state: State) -> Html:
    kind = text(subject.kind(state.id))
    called = subject.definition.calls.get(state.id)
    if called is None:
        return kind
    title = subject.title(called)
    page = subject.pages.get(called.id)
    return joined([kind, ": ", text(title) if page is None else tag("a", title, href=page)])


def _ways(
    subject: Subject,
    key: str,
    transitions: tuple[Transition, ...],
    state: State,
    *,
    onward: bool,
) -> Html:
    if not transitions:
        nothing = "nothing_before"
        if onward:
            nothing = "nothing_on" if state.kind == "end" else "no_way_on"
        if not onward and state.id != subject.definition.start:
            return text("")
        return tag("p", subject.word(nothing), class_="note")
    items = (tag("li", _way(subject, one, state, onward=onward)) for one in transitions)
    return joined([tag("h4", subject.word(key)), tag("ul", *items, class_="ways")])


def _way(subject: Subject, transition: Transition, state: State, *, onward: bool) -> Html:
    if onward:
        location: str = joined(["→ ", subject.state(transition.to)])
    elif transition.sources:
        links = joined((subject.state(source) for source in transition.sources), ", ")
        location = joined(["← ", links])
    else:
        location = f"← {subject.word('any_time')}"
    guard = subject.guard(transition.guard)
    return joined(
        [
            tag("div", subject.transition(transition)),
            tag("div", location),
            tag("div", "[", guard, "]", class_="guard") if guard and onward else text(""),
            tag("div", actors(subject, transition), class_="note") if onward else text(""),
            _handed(subject, transition, state, onward=onward),
        ]
    )


def _handed(subject: Subject, transition: Transition, state: State, *, onward: bool) -> Html:
    """Say to whom the client is handed and what is passed on."""
    handoff = transition.handoff
    passing = [
        arrow
        for arrow in arrows(subject.definition, transition)
        if arrow.is_handoff and (not onward or arrow.source in {state.id, None})
    ]
    if handoff is None or not passing:
        return text("")
    definition = subject.definition
    known = (definition.facts.get(name) or definition.info[name] for name in handoff.info)
    names = subject.titles(known) if handoff.info else ""
    givers = dict.fromkeys(arrow.giver for arrow in passing)
    parties = joined(
        [
            *(
                ["← ", joined((subject.owner(giver) for giver in givers), ", ")]
                if not onward
                else []
            ),
            *(["→ ", subject.owner(passing[0].receiver)] if onward else []),
        ]
    )
    limit = ""
    if not handoff.ack:
        limit = f", {subject.word('notice')}"
    elif handoff.within is None:
        limit = f", {subject.word('ack_short')}, {subject.word('no_limit')}"
    else:
        limit = f", {subject.word('ack_short')} {subject.within(handoff.within)}"
    lead = tag("strong", f"{subject.word('handoff')} ")
    info = tag("div", subject.word("info"), ": ", names) if names else text("")
    return tag("div", lead, parties, limit, info, class_="handed")
