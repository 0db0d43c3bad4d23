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

    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.model import State, Transition

__all__ = ["state_pages"]


def state_pages(context: PageContext) -> Html:
    """The sheets of all states."""
    sheets = (_sheet(context, state) for state in context.definition.states.values())
    return tag("div", *sheets, class_="sheets")


def _sheet(context: PageContext, state: State) -> Html:
    definition = context.definition
    entries = definition.entries(state.id)
    back = dict.fromkeys(source for entry in entries for source in entry.sources)
    onward = dict.fromkeys(exit_.to for exit_ in definition.exits(state.id))
    facts = (
        tag("div", tag("dt", context.message(key)), tag("dd", content))
        for key, content in _facts(context, state)
    )
    return tag(
        "article",
        tag("h3", context.title(state)),
        tag("p", context.owner(state.owner)),
        tag("p", context.message("returns_here"), class_="note")
        if state.id == definition.fallback
        else None,
        tag("dl", *facts),
        _ways(context, "leads_on", definition.exits(state.id), state, onward=True),
        _ways(context, "leads_here", entries, state, onward=False),
        id=f"s-{state.id}",
        data_next=" ".join(onward),
        data_back=" ".join(back),
    )


def _facts(context: PageContext, state: State) -> Iterator[tuple[str, Html]]:
    definition = context.definition
    yield "kind", _kind(context, state)
    if count := context.count(state.id):
        yield "count", text(count)
    if phase := context.phase(state.id):
        yield "phase", text(phase)
    if state.roles:
        yield "roles", context.people(state.roles)
    if state.services:
        services = (definition.services[service] for service in state.services)
        yield "services", context.titles(services)
    if deadline := context.deadline(state.id):
        yield "deadline", text(deadline)
    yield "origin", context.origin(state)


def _kind(context: PageContext, state: State) -> Html:
    kind = text(context.kind(state.id))
    called = context.definition.calls.get(state.id)
    if called is None:
        return kind
    title = context.title(called)
    page = context.pages.get(called.id)
    return joined([kind, ": ", text(title) if page is None else tag("a", title, href=page)])


def _ways(
    context: PageContext,
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
        if not onward and state.id != context.definition.start:
            return text("")
        return tag("p", context.message(nothing), class_="note")
    items = (tag("li", _way(context, one, state, onward=onward)) for one in transitions)
    return joined([tag("h4", context.message(key)), tag("ul", *items, class_="ways")])


def _way(context: PageContext, transition: Transition, state: State, *, onward: bool) -> Html:
    if onward:
        location: str = joined(["→ ", context.state(transition.to)])
    elif transition.sources:
        links = joined((context.state(source) for source in transition.sources), ", ")
        location = joined(["← ", links])
    else:
        location = f"← {context.message('any_time')}"
    guard = context.guard(transition.guard)
    return joined(
        [
            tag("div", context.transition(transition)),
            tag("div", location),
            tag("div", "[", guard, "]", class_="guard") if guard and onward else text(""),
            tag("div", actors(context, transition), class_="note") if onward else text(""),
            _handed(context, transition, state, onward=onward),
        ]
    )


def _handed(context: PageContext, transition: Transition, state: State, *, onward: bool) -> Html:
    """Say to whom the client is handed and what is passed on."""
    handoff = transition.handoff
    passing = [
        arrow
        for arrow in arrows(context.definition, transition)
        if arrow.is_handoff and (not onward or arrow.source in {state.id, None})
    ]
    if handoff is None or not passing:
        return text("")
    definition = context.definition
    known = (definition.facts.get(name) or definition.info[name] for name in handoff.info)
    names = context.titles(known) if handoff.info else ""
    givers = dict.fromkeys(arrow.giver for arrow in passing)
    parties = joined(
        [
            *(
                ["← ", joined((context.owner(giver) for giver in givers), ", ")]
                if not onward
                else []
            ),
            *(["→ ", context.owner(passing[0].receiver)] if onward else []),
        ]
    )
    limit = ""
    if not handoff.ack:
        limit = f", {context.message('notice')}"
    elif handoff.within is None:
        limit = f", {context.message('ack_short')}, {context.message('no_limit')}"
    else:
        limit = f", {context.message('ack_short')} {context.within(handoff.within)}"
    lead = tag("strong", f"{context.message('handoff')} ")
    info = tag("div", context.message("info"), ": ", names) if names else text("")
    return tag("div", lead, parties, limit, info, class_="handed")
