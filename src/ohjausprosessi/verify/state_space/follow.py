"""Runs a counterexample on the engine: the case it leads to can be inspected and drawn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ohjausprosessi.engine import Case, start
from ohjausprosessi.errors import Refused
from ohjausprosessi.net import Compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ohjausprosessi.diagnostics import Step
    from ohjausprosessi.engine import Event
    from ohjausprosessi.model import Definition, Value

__all__ = ["cases_along", "follow"]

_MONDAY = datetime(2024, 1, 8, 7, tzinfo=UTC)  # an example: counterexamples have no dates


def follow(
    process: Definition | Compiled, counterexample: Iterable[Step], *, at: datetime = _MONDAY
) -> Case | None:
    """Follow a counterexample on the engine, act by act.

    Args:
        process: ``Process.compiled``, or a definition.
        counterexample: ``Finding.counterexample``; a last step that is only tried is left out.
        at: when the case starts; what time does happens when it is due.

    Returns:
        The case at the end of the trace. None where the engine does not follow it: the proofs
        over-approximate, and ``docs/proof.md`` says where.

    Example:
        import ohjausprosessi as op

        process = op.from_data({
            "ohjausprosessi": 1, "id": "jumi", "version": "1", "responsible": "kunta",
            "start": "alku", "owners": {"kunta": {}}, "roles": {"neuvoja": {"owner": "kunta"}},
            "states": {
                "alku": {"owner": "kunta"},
                "umpikuja": {"owner": "kunta"},
                "loppu": {"kind": "end", "owner": "kunta"},
            },
            "transitions": {
                "paata": {"from": "alku", "to": "loppu", "by": "neuvoja"},
                "jatka": {"from": "alku", "to": "umpikuja", "by": "neuvoja"},
            },
        })
        finding = next(f for f in op.verify.findings(process.compiled) if f.code == "no-way-to-end")
        assert finding.trace == ("jatka",)
        case = op.verify.follow(process.compiled, finding.counterexample)
        assert case is not None and case.active == ("umpikuja",)
    """
    cases = cases_along(process, counterexample, at=at)
    return cases[-1] if cases else None


def cases_along(
    process: Definition | Compiled, counterexample: Iterable[Step], *, at: datetime = _MONDAY
) -> tuple[Case, ...] | None:
    """The case after each step of a counterexample; None if the engine refuses one (``follow``)."""
    compiled = Compiled.of(process)
    cases: list[Case] = []
    for step in counterexample:
        if not step.done:
            break
        try:
            case = _after(compiled, cases[-1], step) if cases else _started(compiled, step, at)
        except Refused:
            return None
        if case is None or not _matches(step, case, case.history[cases[-1].seq if cases else 0 :]):
            return None
        cases.append(case)
    return tuple(cases)


def _matches(step: Step, case: Case, events: Sequence[Event]) -> bool:
    """Whether the events of a step, and no other acts, have led the case to the places it marks."""
    happened = {event.transition for event in events} | {"learn"}
    others = {event.transition for event in events if event.kind in {"act", "time"}} - {step.event}
    return (
        step.event in happened
        and not others
        and case.active == tuple(stop.place for stop in step.stops)
    )


def _started(compiled: Compiled, step: Step, at: datetime) -> Case | None:
    facts = dict(step.facts)
    for role in (None, *compiled.roles):
        try:
            return start(Case, compiled, "course", facts=facts, by=role, actor=None, at=at)
        except Refused:
            continue
    return None


def _after(compiled: Compiled, case: Case, step: Step) -> Case:
    """The case after a step.

    Raises:
        Refused: if the engine refuses it.
    """
    facts, roles = dict(step.facts), tuple(compiled.roles)
    moment = next((due for due in case.timers if due.what == step.event), None)
    if step.by is None:
        case = _learned(case, facts, roles)
        return case if moment is None else case.tick(max(moment.due, case.at or moment.due))
    own = {name: value for name, value in facts.items() if _may_learn(case, {name: value}, step.by)}
    case = _learned(case, {n: value for n, value in facts.items() if n not in own}, roles)
    return case.advance(step.event, by=step.by, facts=own or None, state=step.state, at=case.at)


def _learned(case: Case, facts: Mapping[str, Value | None], roles: tuple[str, ...]) -> Case:
    """The case with facts recorded, all at once where one role may record them."""
    if not facts:
        return case
    for role in roles:
        if _may_learn(case, facts, role):
            return case.learn(facts, by=role, at=case.at)
    for name, value in facts.items():
        role = next((role for role in roles if _may_learn(case, {name: value}, role)), roles[0])
        case = case.learn({name: value}, by=role, at=case.at)
    return case


def _may_learn(case: Case, facts: Mapping[str, Value | None], role: str) -> bool:
    try:
        case.learn(facts, by=role, at=case.at)
    except Refused:
        return False
    return True
