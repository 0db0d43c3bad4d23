"""The report of hand-offs: where could a client drop out?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, table, tag, text
from ohjausprosessi.handbook.passages import open_states, passages
from ohjausprosessi.handbook.tables import cells, passage_table

if TYPE_CHECKING:
    from ohjausprosessi.handbook.passages import OpenState, Passage
    from ohjausprosessi.handbook.subject import Subject

__all__ = ["dropout_report"]


def dropout_report(subject: Subject) -> Html:
    """Return the report: figures, a verdict, every hand-off, every state without a deadline."""
    handed = passages(subject.definition)
    waiting = open_states(subject.definition)
    return tag(
        "div",
        tag("p", subject.word("report_lead"), class_="lead"),
        _figures(subject, handed, waiting),
        _verdict(subject, handed, waiting),
        tag("h3", subject.word("handoffs")),
        passage_table(subject, handed, subject.word("handoffs"), headed=True)
        if handed
        else tag("p", subject.word("no_handoffs")),
        tag("h3", subject.word("open_states")),
        _open_table(subject, waiting) if waiting else tag("p", subject.word("no_open_states")),
    )


def _figures(subject: Subject, handed: tuple[Passage, ...], waiting: tuple[OpenState, ...]) -> Html:
    figures = {
        "n_handoffs": (len(handed), False),
        "n_answered": (sum(one.answered for one in handed), False),
        "n_unlimited": (sum(one.unlimited for one in handed), True),
        "n_open_states": (len(waiting), False),
        "n_unwatched": (sum(one.unwatched for one in waiting), True),
    }
    tiles = (
        tag(
            "li",
            tag("strong", str(number)),
            f" {subject.word(key)}",
            class_="bad" if risk and number else "good" if risk else None,
        )
        for key, (number, risk) in figures.items()
    )
    return tag("ul", *tiles, class_="tiles")


def _verdict(subject: Subject, handed: tuple[Passage, ...], waiting: tuple[OpenState, ...]) -> Html:
    points = [subject.transition(one.transition) for one in handed if one.unlimited]
    points += [subject.state(one.state.id) for one in waiting if one.unwatched]
    if not points:
        return tag("p", f"✓ {subject.word('all_closed')}", class_="verdict good")
    return tag(
        "div",
        tag("p", f"⚠ {subject.word('some_open')}"),
        tag("ul", *(tag("li", point) for point in points)),
        class_="verdict bad",
    )


def _open_table(subject: Subject, waiting: tuple[OpenState, ...]) -> Html:
    heads = [subject.word(key) for key in ("state", "owner", "phase", "watched")]
    rows = (
        cells(
            subject.state(one.state.id),
            subject.owner(one.state.owner),
            subject.phase(one.state.id) or subject.word("none"),
            _watched(subject, one),
        )
        for one in waiting
    )
    return table(subject.word("open_states"), heads, rows, headed=True)


def _watched(subject: Subject, one: OpenState) -> Html:
    if one.unwatched:
        return tag("strong", f"⚠ {subject.word('nobody_notices')}", class_="warning")
    definition = subject.definition
    lines = [
        f"{subject.title(exit_)}: {subject.word('timer')}, {subject.after(exit_.after or '')}"
        for exit_ in one.timers
    ]
    for duty, entry in one.duties:
        who = subject.title(definition.roles.get(entry) or definition.owners[entry])
        lines.append(f"{subject.title(duty)}: {who}, {subject.every(duty.every or '')}")
    return subject.lines(text(line) for line in lines)
