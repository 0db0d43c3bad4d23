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

    from ohjausprosessi.cli.case_titles import Words
    from ohjausprosessi.diagnostics import Reason

__all__ = ["reason_lines", "reasons_lines", "refuse_for_all"]


def reasons_lines(words: Words, reasons: Iterable[Reason]) -> list[str]:
    """Return every reason in words, a line or a few for each."""
    return [line for reason in reasons for line in reason_lines(words, reason)]


def reason_lines(words: Words, reason: Reason) -> list[str]:
    """Return a reason in the titles of the process; a rare one in the words of the engine."""
    match reason:
        case GuardFalse():
            return _guard_false(words, reason)
        case GuardUnknown():
            return [words.say(say.FIRST_FIND_OUT, facts=_facts(words, reason.asks))]
        case MissingInfo():
            info, receiver = _facts(words, reason.info), words.owner(reason.receiver)
            return [words.say(say.MISSING, info=info, receiver=receiver)]
        case RoleRefused():
            return [_role(words, reason)]
        case NotHere(state=None):
            return _not_here(words, reason)
        case Ended():
            return [words.say(say.CASE_HAS_ENDED)]
        case FactRefused(why="role"):
            roles = words.listed(words.role(role) for role in reason.expected)
            return [words.say(say.RECORDED_BY, fact=words.fact(reason.fact), roles=roles)]
        case _:
            return reason.text(words.language).splitlines()


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


def _facts(words: Words, names: Iterable[str]) -> str:
    return words.listed(f"{words.fact(name)} ({name})" for name in names)


def _guard_false(words: Words, reason: GuardFalse) -> list[str]:
    lines = []
    for comparison in reason.comparisons:
        known = words.listed(
            words.say(say.IS_NOW, fact=words.fact(name), value=words.value_from_text(name, value))
            for name, value in comparison.values
        )
        needed = words.say(say.NEEDED, condition=comparison.text)
        lines.append(f"{needed} – {known}" if known else needed)
    if reason.asks:
        lines.append(words.say(say.FIRST_FIND_OUT, facts=_facts(words, reason.asks)))
    return lines


def _role(words: Words, reason: RoleRefused) -> str:
    if not reason.allowed:
        return words.say(say.NOBODY_MAY)
    roles = words.listed(words.role(role) for role in reason.allowed)
    if reason.by is None:
        return words.say(say.ROLE_MISSING, roles=roles)
    return words.say(say.ROLE_MAY_NOT, role=words.role(reason.by), roles=roles)


def _not_here(words: Words, reason: NotHere) -> list[str]:
    here = words.listed(words.place(place) for place in reason.active)
    lines = [words.say(say.CLIENT_IS_IN, here=here)]
    if reason.call is not None:
        lines.append(words.say(say.CALL_RUNS, call=words.place(reason.call)))
    elif reason.sources:
        there = words.listed(words.place(place) for place in reason.sources)
        lines.append(words.say(say.POSSIBLE_IN, there=there))
    return lines
