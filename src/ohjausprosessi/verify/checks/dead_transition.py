"""Transitions that no case can ever take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.checks.evidence import over_state_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.model import Transition
    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


@over_state_space
def dead_transition(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find transitions that never fire, with what keeps them from it.

    Those that leave only unreachable states are left to ``unreachable``.
    """
    state_space, definition = analysis.state_space, analysis.definition
    if not state_space.complete:
        return
    alive = state_space.fired | _fired_by_forks(analysis)
    marked = {place for state in state_space.before for place in state.marking}
    for transition in definition.transitions.values():
        sources = transition.sources or tuple(definition.states)
        if transition.id in alive or analysis.reachable.isdisjoint(sources):
            continue
        why, hint = _why(analysis, transition, marked)
        told = name(transition)
        yield Finding.error(
            "dead-transition",
            definition.origin.location("transitions", transition.id),
            Text(
                f"siirtymää {told.fi} ei voi tehdä kukaan koskaan: {why.fi}",
                f"nobody can ever take the transition {told.en}: {why.en}",
            ),
            hint,
        )


def _fired_by_forks(analysis: AnalysisContext) -> set[str]:
    """The exits of the forks that fire: one move of the net stands for all exits of a fork."""
    return {
        arrow.transition.id
        for move in analysis.compiled.moves
        if move.net.kind == "fork"
        and move.net.scope == 0
        and move.net.name in analysis.state_space.fired
        for arrow in move.net.arrows
    }


def _why(analysis: AnalysisContext, transition: Transition, marked: set[int]) -> tuple[Text, Text]:
    """Why a transition never fires, and the remedy."""
    moves = analysis.compiled.named.get(transition.id, ())
    if any(contact.move.net.name == transition.id for contact in analysis.state_space.contacts):
        return Text("sen kohde on aina varattu", "its target is always taken"), Text(
            "vie siirtymä muualle, tai yhdistä haarat (`join`) ennen sitä",
            "lead it elsewhere, or bring the branches together (`join`) before it",
        )
    if transition.guard is not None and any(move.net.inputs <= marked for move in moves):
        guard = transition.guard.strip()
        return Text(
            f"sen ehto ei voi toteutua siellä, mistä se lähtee: {guard}",
            f"its guard cannot be true where it starts: {guard}",
        ), Text(
            "korjaa ehto tai `from`, tai poista siirtymä",
            "correct the guard or `from`, or remove the transition",
        )
    return Text(
        "tapaus ei koskaan ole siellä, mistä se lähtee", "no case is ever where it starts"
    ), Text(
        "korjaa `from`, tee lähtöön tie, tai poista siirtymä",
        "correct `from`, make a way to where it starts, or remove the transition",
    )
