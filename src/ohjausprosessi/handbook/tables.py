"""The process as tables: every state and every transition, in the order of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, joined, table, tag, text
from ohjausprosessi.model import passing_arrows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.model import HandoffPoint, State, Transition

__all__ = ["actors", "cells", "handoff_table", "receipt", "state_table", "transition_table"]


def cells(first: str, *others: str, mark: str | None = None) -> Html:
    """A row: its head, then its cells; ``mark`` is a class."""
    head = tag("th", first, scope="row")
    return tag("tr", head, *(tag("td", one) for one in others), class_=mark)


def state_table(context: PageContext, states: Iterable[State], caption: str) -> Html:
    """A table of states."""
    keys = ["state", "kind", "owner", "phase", "roles", "services", "deadline"]
    counted = bool(context.counts)
    heads = [context.message(key) for key in [*keys, *["count"] * counted]]
    return table(caption, heads, (_state_row(context, s, counted=counted) for s in states))


def _state_row(context: PageContext, state: State, *, counted: bool) -> Html:
    services = (context.definition.services[service] for service in state.services)
    none = context.message("none")
    row = [
        context.kind(state.id),
        context.owner(state.owner),
        context.phase(state.id) or none,
        context.people(state.roles),
        context.titles(services),
        context.deadline(state.id) or none,
    ]
    return cells(context.state(state.id), *row, *[context.count(state.id) or none] * counted)


def transition_table(context: PageContext, transitions: Iterable[Transition], caption: str) -> Html:
    """A table of transitions."""
    keys = ["transition", "from", "to", "by", "guard", "handoff"]
    counted = bool(context.counts)
    heads = [context.message(key) for key in [*keys, *["count"] * counted]]
    rows = (_transition_row(context, one, counted=counted) for one in transitions)
    return table(caption, heads, rows)


def _transition_row(context: PageContext, transition: Transition, *, counted: bool) -> Html:
    sources = (
        context.states(transition.sources) if transition.sources else context.message("any_time")
    )
    row = [
        sources,
        context.state(transition.to),
        actors(context, transition),
        context.guard(transition.guard) or context.message("none"),
        receipt(context, transition),
    ]
    count = [context.count(transition.id) or context.message("none")] * counted
    return cells(context.transition(transition), *row, *count)


def actors(context: PageContext, transition: Transition) -> Html:
    """Who takes a transition: people, time, or the process itself."""
    lines: list[str] = []
    if transition.by:
        lines.append(context.people(transition.by))
    if transition.after is not None:
        lines.append(text(f"{context.message('timer')}, {context.after(transition.after)}"))
    if transition.interrupt:
        lines.append(tag("span", context.message("interrupt"), class_="note"))
    return context.lines(lines or [context.message("automatic")])


def receipt(context: PageContext, transition: Transition) -> Html:
    """Say to whom a transition hands the client over, and how that is answered."""
    passing = passing_arrows(context.definition, transition)
    if not passing:
        return text(context.message("none"))
    name = context.owner(passing[0].receiver)
    handoff = transition.handoff
    if handoff is None or not handoff.ack:
        return joined(["→ ", name, f", {context.message('notice')}"])
    if handoff.within is None:
        limit = f", {context.message('no_limit')}"
    else:
        limit = f" {context.within(handoff.within)}"
    return joined(["→ ", name, f", {context.message('ack_short')}{limit}"])


def handoff_table(
    context: PageContext, points: Iterable[HandoffPoint], caption: str, *, headed: bool = False
) -> Html:
    """A table of hand-offs: giver, receiver, what is passed on, who answers, and if not."""
    keys = ["handoff", "giver", "receiver", "info", "answers", "within", "otherwise"]
    heads = [context.message(key) for key in keys]
    return table(caption, heads, (_handoff_row(context, one) for one in points), headed=headed)


def _handoff_row(context: PageContext, point: HandoffPoint) -> Html:
    definition = context.definition
    known = (definition.facts.get(name) or definition.info[name] for name in point.travels)
    sources = context.states(point.leaves) if point.leaves else context.message("any_time")
    row: list[str] = [
        tag("div", context.owner(point.giver), tag("div", sources, class_="note")),
        tag(
            "div",
            context.owner(point.receiver),
            tag("div", context.state(point.target), class_="note"),
        ),
        context.titles(known),
    ]
    if point.otherwise is None:
        notice = tag("span", context.message("notice_long"), class_="note")
        row += [notice, context.message("none"), context.message("none")]
    else:
        row += [
            context.people(point.answered_by),
            tag("strong", f"⚠ {context.message('no_limit')}", class_="warning")
            if point.within is None
            else context.length(point.within),
            context.message("back")
            if point.otherwise == "back"
            else context.state(point.otherwise),
        ]
    return cells(context.transition(definition.transitions[point.transition]), *row)
