"""The process as tables: every state and every transition, in the order of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, joined, table, tag, text
from ohjausprosessi.model import arrows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.handbook.page_context import Subject
    from ohjausprosessi.model import HandoffPoint, State, Transition

__all__ = ["actors", "cells", "handoff_table", "receipt", "state_table", "transition_table"]


def cells(first: str, *others: str, mark: str | None = None) -> Html:
    """Return a row: its head, then its cells; ``mark`` is a class."""
    head = tag("th", first, scope="row")
    return tag("tr", head, *(tag("td", one) for one in others), class_=mark)


def state_table(subject: Subject, states: Iterable[State], caption: str) -> Html:
    """Return a table of states."""
    keys = ["state", "kind", "owner", "phase", "roles", "services", "deadline"]
    counted = bool(subject.counts)
    heads = [subject.word(key) for key in [*keys, *["count"] * counted]]
    return table(caption, heads, (_state_row(subject, s, counted=counted) for s in states))


def _state_row(subject: Subject, state: State, *, counted: bool) -> Html:
    services = (subject.definition.services[service] for service in state.services)
    none = subject.word("none")
    row = [
        subject.kind(state.id),
        subject.owner(state.owner),
        subject.phase(state.id) or none,
        subject.people(state.roles),
        subject.titles(services),
        subject.deadline(state.id) or none,
    ]
    return cells(subject.state(state.id), *row, *[subject.count(state.id) or none] * counted)


def transition_table(subject: Subject, transitions: Iterable[Transition], caption: str) -> Html:
    """Return a table of transitions."""
    keys = ["transition", "from", "to", "by", "guard", "handoff"]
    counted = bool(subject.counts)
    heads = [subject.word(key) for key in [*keys, *["count"] * counted]]
    rows = (_transition_row(subject, one, counted=counted) for one in transitions)
    return table(caption, heads, rows)


def _transition_row(subject: Subject, transition: Transition, *, counted: bool) -> Html:
    sources = subject.states(transition.sources) if transition.sources else subject.word("any_time")
    row = [
        sources,
        subject.state(transition.to),
        actors(subject, transition),
        subject.guard(transition.guard) or subject.word("none"),
        receipt(subject, transition),
    ]
    count = [subject.count(transition.id) or subject.word("none")] * counted
    return cells(subject.transition(transition), *row, *count)


def actors(subject: Subject, transition: Transition) -> Html:
    """Return who takes a transition: people, time, or the process itself."""
    lines: list[str] = []
    if transition.by:
        lines.append(subject.people(transition.by))
    if transition.after is not None:
        lines.append(text(f"{subject.word('timer')}, {subject.after(transition.after)}"))
    if transition.interrupt:
        lines.append(tag("span", subject.word("interrupt"), class_="note"))
    return subject.lines(lines or [subject.word("automatic")])


def receipt(subject: Subject, transition: Transition) -> Html:
    """Say to whom a transition hands the client over, and how that is answered."""
    passing = [arrow for arrow in arrows(subject.definition, transition) if arrow.is_handoff]
    if not passing:
        return text(subject.word("none"))
    name = subject.owner(passing[0].receiver)
    handoff = transition.handoff
    if handoff is None or not handoff.ack:
        return joined(["→ ", name, f", {subject.word('notice')}"])
    if handoff.within is None:
        limit = f", {subject.word('no_limit')}"
    else:
        limit = f" {subject.within(handoff.within)}"
    return joined(["→ ", name, f", {subject.word('ack_short')}{limit}"])


def handoff_table(
    subject: Subject, points: Iterable[HandoffPoint], caption: str, *, headed: bool = False
) -> Html:
    """Return a table of hand-offs: giver, receiver, what is passed on, who answers, and if not."""
    keys = ["handoff", "giver", "receiver", "info", "answers", "within", "otherwise"]
    heads = [subject.word(key) for key in keys]
    return table(caption, heads, (_handoff_row(subject, one) for one in points), headed=headed)


def _handoff_row(subject: Subject, point: HandoffPoint) -> Html:
    definition = subject.definition
    known = (definition.facts.get(name) or definition.info[name] for name in point.travels)
    sources = subject.states(point.leaves) if point.leaves else subject.word("any_time")
    row: list[str] = [
        tag("div", subject.owner(point.giver), tag("div", sources, class_="note")),
        tag(
            "div",
            subject.owner(point.receiver),
            tag("div", subject.state(point.target), class_="note"),
        ),
        subject.titles(known),
    ]
    if point.otherwise is None:
        notice = tag("span", subject.word("notice_long"), class_="note")
        row += [notice, subject.word("none"), subject.word("none")]
    else:
        row += [
            subject.people(point.answered_by),
            tag("strong", f"⚠ {subject.word('no_limit')}", class_="warning")
            if point.within is None
            else subject.length(point.within),
            subject.word("back") if point.otherwise == "back" else subject.state(point.otherwise),
        ]
    return cells(subject.transition(definition.transitions[point.transition]), *row)
