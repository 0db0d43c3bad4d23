"""The report of hand-offs: where could a client drop out?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.counterexample_paths import drawn_path
from ohjausprosessi.handbook.markup import Html, joined, table, tag, text
from ohjausprosessi.handbook.messages import WORDS
from ohjausprosessi.handbook.tables import cells, handoff_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.handbook.counterexample_paths import Path
    from ohjausprosessi.handbook.page_context import Subject
    from ohjausprosessi.verify import DropoutReport
    from ohjausprosessi.verify.dropout import UntimedState

__all__ = ["dropout_section"]


def dropout_section(subject: Subject, report: DropoutReport, paths: Mapping[Finding, Path]) -> Html:
    """Return the report as a page shows it, what is worst first.

    What was proved; figures; a verdict; every course on which a client is lost or a rule is broken,
    drawn as a path; every hand-off; every state without a deadline.
    """
    sign = "✓" if report.is_proved else "✗" if report.losses or report.broken else "⚠"
    proved = tag(
        "p",
        f"{sign} {report.verdict.text(subject.language)}",
        class_=f"verdict {'good' if report.is_proved else 'bad'}",
    )
    no_losses = subject.word("no_losses" if report.proved.ends is not None else "none_found")
    unkept = (*report.broken, *report.undecided)
    return tag(
        "div",
        tag("p", subject.word("report_lead"), class_="lead"),
        proved,
        _verdict(subject, report),
        _figures(subject, report),
        tag("h3", subject.word("lost")),
        _lost(subject, report.losses, paths) if report.losses else tag("p", no_losses),
        tag("h3", subject.word("broken_rules")),
        _lost(subject, unkept, paths) if unkept else tag("p", subject.word("no_losses")),
        tag("h3", subject.word("handoffs")),
        handoff_table(subject, report.handoffs, subject.word("handoffs"), headed=True)
        if report.handoffs
        else tag("p", subject.word("no_handoffs")),
        tag("h3", subject.word("open_states")),
        _open_table(subject, report.untimed)
        if report.untimed
        else tag("p", subject.word("no_open_states")),
    )


def _lost(subject: Subject, found: Iterable[Finding], paths: Mapping[Finding, Path]) -> Html:
    items = []
    for finding in found:
        told = finding.message.text(subject.language)
        path = None if finding not in paths else drawn_path(subject, paths[finding])
        items.append(tag("li", tag("p", told[:1].upper() + told[1:]), path))
    return tag("ul", *items, class_="findings")


def _figures(subject: Subject, report: DropoutReport) -> Html:
    figures = {
        "n_losses": (len(report.losses), True),
        "n_handoffs": (len(report.handoffs), False),
        "n_answered": (sum(one.is_answered for one in report.handoffs), False),
        "n_unlimited": (sum(one.is_unlimited for one in report.handoffs), True),
        "n_open_states": (len(report.untimed), False),
        "n_unwatched": (sum(one.is_unnoticed for one in report.untimed), True),
    }
    tiles = (
        tag(
            "li",
            tag("strong", str(number)),
            f" {subject.word(f'{key}_one' if number == 1 and f'{key}_one' in WORDS else key)}",
            class_="bad" if risk and number else "good" if risk else None,
        )
        for key, (number, risk) in figures.items()
    )
    return tag("ul", *tiles, class_="tiles")


def _verdict(subject: Subject, report: DropoutReport) -> Html:
    definition = subject.definition
    points = [
        subject.transition(definition.transitions[one.transition])
        for one in report.handoffs
        if one.is_unlimited
    ]
    points += [subject.state(one.state) for one in report.untimed if one.is_unnoticed]
    if not points:
        return tag("p", f"✓ {subject.word('all_closed')}", class_="verdict good")
    return tag(
        "div",
        tag("p", f"⚠ {subject.word('some_open')}"),
        tag("ul", *(tag("li", point) for point in points)),
        class_="verdict bad",
    )


def _open_table(subject: Subject, waiting: Iterable[UntimedState]) -> Html:
    heads = [subject.word(key) for key in ("state", "owner", "phase", "watched")]
    rows = (
        cells(
            subject.state(one.state),
            subject.owner(subject.definition.states[one.state].owner),
            subject.phase(one.state) or subject.word("none"),
            _watched(subject, one),
        )
        for one in waiting
    )
    return table(subject.word("open_states"), heads, rows, headed=True)


def _watched(subject: Subject, one: UntimedState) -> Html:
    if one.is_unnoticed:
        return tag("strong", f"⚠ {subject.word('nobody_notices')}", class_="warning")
    definition = subject.definition
    lines = []
    for timer in one.moved_by:
        exit_ = definition.transitions[timer]
        when = subject.after(exit_.after or "")
        lines.append(f"{subject.title(exit_)}: {subject.word('timer')}, {when}")
    for name in one.reminded_by:
        duty = definition.duties[name]
        who = (entry for entry in duty.by if definition.takes_part(entry, one.state))
        people = subject.people(who)
        lines.append(
            joined([f"{subject.title(duty)}: ", people, f", {subject.every(duty.every or '')}"])
        )
    return subject.lines(text(line) for line in lines)
