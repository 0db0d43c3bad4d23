"""Why something may not happen, in the titles of the process: a refusal people can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.cli import messages as say
from ohjausprosessi.engine.reasons import (
    Ended,
    FactRefused,
    GuardFalse,
    GuardUnknown,
    MissingInfo,
    NotCorrectable,
    NotHere,
    RoleRefused,
)
from ohjausprosessi.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ohjausprosessi.cli.case_titles import CaseTitles
    from ohjausprosessi.diagnostics import Reason

__all__ = ["reason_lines", "reasons_lines", "refuse_for_all"]


def reasons_lines(titles: CaseTitles, reasons: Iterable[Reason]) -> list[str]:
    """Every reason in words, a line or a few for each."""
    return [line for reason in reasons for line in reason_lines(titles, reason)]


def reason_lines(titles: CaseTitles, reason: Reason) -> list[str]:
    """A refusal reason with the titles of the process; rare reasons keep the text of the engine."""
    match reason:
        case GuardFalse():
            return _guard_false(titles, reason)
        case GuardUnknown():
            return [titles.say(say.FIRST_FIND_OUT, facts=_facts(titles, reason.asks))]
        case MissingInfo():
            info, receiver = _facts(titles, reason.info), titles.owner(reason.receiver)
            return [titles.say(say.MISSING, info=info, receiver=receiver)]
        case RoleRefused():
            return [_role(titles, reason)]
        case NotHere(state=None):
            return _not_here(titles, reason)
        case Ended():
            return [titles.say(say.CASE_HAS_ENDED)]
        case FactRefused(why="role"):
            roles = titles.listed(titles.role(role) for role in reason.expected)
            return [titles.say(say.RECORDED_BY, fact=titles.fact(reason.fact), roles=roles)]
        case _:
            return reason.text(titles.language).splitlines()


def refuse_for_all(reasons: Iterable[Reason]) -> None:
    """Refuse what nobody could do, before people are asked who they are.

    Raises:
        Refused: with the reasons that stand whoever acts, if there are any.
    """
    standing = [
        reason
        for reason in reasons
        if (isinstance(reason, FactRefused) and reason.why != "role")
        or (isinstance(reason, NotCorrectable) and reason.why != "other_organisation")
    ]
    if standing:
        raise Refused(standing)


def _facts(titles: CaseTitles, names: Iterable[str]) -> str:
    return titles.listed(f"{titles.fact(name)} ({name})" for name in names)


def _guard_false(titles: CaseTitles, reason: GuardFalse) -> list[str]:
    lines = []
    for comparison in reason.comparisons:
        known = titles.listed(
            titles.say(
                say.IS_NOW, fact=titles.fact(name), value=titles.value_from_text(name, value)
            )
            for name, value in comparison.values
        )
        needed = titles.say(say.NEEDED, condition=comparison.text)
        lines.append(f"{needed} – {known}" if known else needed)
    if reason.asks:
        lines.append(titles.say(say.FIRST_FIND_OUT, facts=_facts(titles, reason.asks)))
    return lines


def _role(titles: CaseTitles, reason: RoleRefused) -> str:
    if not reason.allowed:
        return titles.say(say.NOBODY_MAY)
    roles = titles.listed(titles.role(role) for role in reason.allowed)
    if reason.by is None:
        return titles.say(say.ROLE_MISSING, roles=roles)
    if titles.find_role(reason.by) is None:
        return titles.say(say.ROLE_UNKNOWN, role=reason.by, roles=roles)
    return titles.say(say.ROLE_MAY_NOT, role=titles.role(reason.by), roles=roles)


def _not_here(titles: CaseTitles, reason: NotHere) -> list[str]:
    here = titles.listed(titles.place(place) for place in reason.active)
    lines = [titles.say(say.CLIENT_IS_IN, here=here)]
    if reason.call is not None:
        lines.append(titles.say(say.CALL_RUNS, call=titles.place(reason.call)))
    elif reason.sources:
        there = titles.listed(titles.place(place) for place in reason.sources)
        lines.append(titles.say(say.POSSIBLE_IN, there=there))
    return lines
