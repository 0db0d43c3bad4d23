"""Checks of choices: whether exactly one way is open, whatever is known of the client.

An ``exclusive`` state promises it of its ordinary exits; the exits of a call must keep it for each
outcome; a ``choice`` takes the first way that is open, so it only must have one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.guards.domains import Answer, gap, overlap
from ohjausprosessi.guards.unknown import Unknown
from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.state_space.wording import names, valuation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.model import State, Transition
    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


class _Choice(NamedTuple):
    """The exits among which one must be open.

    Attributes:
        state: the state they leave.
        outcome: the result of a call they are for; empty elsewhere.
        exits: the exits, in the order of the file.
        has_else: whether the exit without guard is taken only where all others are false.
    """

    state: State
    outcome: str
    exits: tuple[Transition, ...]
    has_else: bool


def _choices(analysis: AnalysisContext) -> Iterator[_Choice]:
    definition = analysis.definition
    for state in definition.states.values():
        exits = definition.exits(state.id)
        if state.kind == "choice" or (state.kind == "state" and state.exclusive):
            has_else = state.kind == "choice" and any(exit_.guard is None for exit_ in exits)
            yield _Choice(state, "", exits, has_else)
        elif state.kind == "call":
            for outcome in definition.calls[state.id].outcomes:
                own = tuple(exit_ for exit_ in exits if outcome in exit_.outcomes)
                has_else = any(exit_.guard is None and not exit_.by for exit_ in own)
                yield _Choice(state, outcome, own, has_else)


def choice_overlap(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find choices in which two ways are open for the same facts."""
    for choice in _choices(analysis):
        if choice.state.kind == "choice":
            continue
        exits = [e for e in choice.exits if e.guard is not None or not choice.has_else]
        always = [e for e in exits if e.guard is None]
        guarded = [e for e in exits if e.guard is not None]
        if always and len(exits) > 1:
            pair = (always[0], next(e for e in exits if e is not always[0]))
            facts = None
        else:
            answer = overlap([analysis.guards[e.id] for e in guarded])
            if answer.holds is not True:
                yield from _open_question(analysis, choice, "choice-overlap", answer)
                continue
            pair = (guarded[answer.guards[0]], guarded[answer.guards[1]])
            facts = _witness(analysis, answer)
        told, both = _at(choice), names(pair)
        when = (f", kun {facts.fi}", f", when {facts.en}") if facts else ("", "")
        yield Finding.error(
            "choice-overlap",
            analysis.definition.origin.location("transitions", pair[1].id, "if"),
            Text(
                f"{told[0]} kaksi tietä on auki yhtä aikaa: {both.fi}{when[0]}",
                f"{told[1]} two ways are open at once: {both.en}{when[1]}",
            ),
            Text("tarkenna toisen ehtoa", "narrow the guard of one of them"),
        )


def choice_incomplete(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find choices in which no way is open for some facts."""
    for choice in _choices(analysis):
        if choice.has_else or any(e.guard is None for e in choice.exits):
            continue
        answer = gap([analysis.guards[e.id] for e in choice.exits])
        if answer.holds is not True:
            yield from _open_question(analysis, choice, "choice-incomplete", answer)
            continue
        told, facts = _at(choice), _witness(analysis, answer)
        yield Finding.error(
            "choice-incomplete",
            analysis.definition.origin.location("states", choice.state.id),
            Text(
                f"{told[0]} mikään tie ei ole auki, kun {facts.fi}",
                f"{told[1]} no way is open when {facts.en}",
            ),
            Text(
                "lisää siirtymä tai väljennä jonkin ehtoa", "add an exit, or widen the guard of one"
            ),
        )


def _witness(analysis: AnalysisContext, answer: Answer) -> Text:
    known = (answer.witness or {}).items()
    return valuation(
        analysis.definition, {n: None if isinstance(v, Unknown) else v for n, v in known}
    )


def _at(choice: _Choice) -> tuple[str, str]:
    told = name(choice.state)
    if choice.outcome:
        return (
            f"tilan {told.fi} tuloksella {choice.outcome}",
            f"for the result {choice.outcome} of {told.en}",
        )
    return f"tilassa {told.fi}", f"in the state {told.en}"


def _open_question(
    analysis: AnalysisContext, choice: _Choice, code: str, answer: Answer
) -> Iterator[Finding]:
    """Say so where the guards are too many to decide."""
    if answer.holds is None:
        told = _at(choice)
        yield Finding.warning(
            code,
            analysis.definition.origin.location("states", choice.state.id),
            Text(
                f"{told[0]} ehtoja on niin paljon, ettei niitä voitu ratkaista",
                f"{told[1]} there are too many guards to decide",
            ),
            Text(
                "yksinkertaista ehtoja, tai jaa valinta kahteen peräkkäiseen",
                "simplify the guards, or split the choice into two in a row",
            ),
        )
