"""The report of hand-offs: where could a client drop out?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.counterexample_paths import path_list
from ohjausprosessi.handbook.markup import Html, joined, table, tag, text
from ohjausprosessi.handbook.messages import MESSAGES
from ohjausprosessi.handbook.tables import cells, handoff_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.handbook.counterexample_paths import CounterexamplePath
    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.verify import DropoutReport
    from ohjausprosessi.verify.dropout import UntimedState

__all__ = ["dropout_section"]


def dropout_section(
    context: PageContext, report: DropoutReport, paths: Mapping[Finding, CounterexamplePath]
) -> Html:
    """The report as a page shows it, worst first.

    What was proved; figures; a verdict; every course on which a client is lost or a rule is broken,
    drawn as a path; every hand-off; every state without a deadline.
    """
    sign = "✓" if report.is_proved else "✗" if report.losses or report.broken else "⚠"
    proved = tag(
        "p",
        f"{sign} {report.verdict.text(context.language)}",
        class_=f"verdict {'good' if report.is_proved else 'bad'}",
    )
    no_losses = context.message("no_losses" if report.proved.ends is not None else "none_found")
    unkept = (*report.broken, *report.undecided)
    return tag(
        "div",
        tag("p", context.message("report_lead"), class_="lead"),
        proved,
        _verdict(context, report),
        _figures(context, report),
        tag("h3", context.message("lost")),
        _lost(context, report.losses, paths) if report.losses else tag("p", no_losses),
        tag("h3", context.message("broken_rules")),
        _lost(context, unkept, paths) if unkept else tag("p", context.message("no_losses")),
        tag("h3", context.message("handoffs")),
        handoff_table(context, report.handoffs, context.message("handoffs"), headed=True)
        if report.handoffs
        else tag("p", context.message("no_handoffs")),
        tag("h3", context.message("open_states")),
        _open_table(context, report.untimed)
        if report.untimed
        else tag("p", context.message("no_open_states")),
    )


def _lost(
    context: PageContext, found: Iterable[Finding], paths: Mapping[Finding, CounterexamplePath]
) -> Html:
    items = []
    for finding in found:
        told = finding.message.text(context.language)
        path = None if finding not in paths else path_list(context, paths[finding])
        items.append(tag("li", tag("p", told[:1].upper() + told[1:]), path))
    return tag("ul", *items, class_="findings")


def _figures(context: PageContext, report: DropoutReport) -> Html:
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
            f" {context.message(f'{key}_one' if number == 1 and f'{key}_one' in MESSAGES else key)}",
            class_="bad" if risk and number else "good" if risk else None,
        )
        for key, (number, risk) in figures.items()
    )
    return tag("ul", *tiles, class_="tiles")


def _verdict(context: PageContext, report: DropoutReport) -> Html:
    definition = context.definition
    points = [
        context.transition(definition.transitions[one.transition])
        for one in report.handoffs
        if one.is_unlimited
    ]
    points += [context.state(one.state) for one in report.untimed if one.is_unnoticed]
    if not points:
        return tag("p", f"✓ {context.message('all_closed')}", class_="verdict good")
    return tag(
        "div",
        tag("p", f"⚠ {context.message('some_open')}"),
        tag("ul", *(tag("li", point) for point in points)),
        class_="verdict bad",
    )


def _open_table(context: PageContext, waiting: Iterable[UntimedState]) -> Html:
    heads = [context.message(key) for key in ("state", "owner", "phase", "watched")]
    rows = (
        cells(
            context.state(one.state),
            context.owner(context.definition.states[one.state].owner),
            context.phase(one.state) or context.message("none"),
            _watched(context, one),
        )
        for one in waiting
    )
    return table(context.message("open_states"), heads, rows, headed=True)


def _watched(context: PageContext, one: UntimedState) -> Html:
    if one.is_unnoticed:
        return tag("strong", f"⚠ {context.message('nobody_notices')}", class_="warning")
    definition = context.definition
    lines = []
    for timer in one.moved_by:
        exit_ = definition.transitions[timer]
        when = context.after(exit_.after or "")
        lines.append(f"{context.title(exit_)}: {context.message('timer')}, {when}")
    for name in one.reminded_by:
        duty = definition.duties[name]
        who = (entry for entry in duty.by if definition.takes_part(entry, one.state))
        people = context.people(who)
        lines.append(
            joined([f"{context.title(duty)}: ", people, f", {context.every(duty.every or '')}"])
        )
    return context.lines(text(line) for line in lines)
