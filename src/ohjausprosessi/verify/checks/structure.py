"""Checks of the ways between states: where a case can get to, and where it could be left waiting.

They look at the drawing alone; guards are read by ``choices`` and every course a case can take by
the checks of ``state_space``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model import is_answered
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def unreachable(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find states that nothing leads to from the start."""
    for state in analysis.definition.states.values():
        if state.id not in analysis.reachable:
            told = name(state)
            yield Finding.error(
                "unreachable",
                analysis.definition.origin.location("states", state.id),
                Text(
                    f"tilaan {told.fi} ei pääse alusta mitään kautta",
                    f"nothing leads from the start to the state {told.en}",
                ),
                Text(
                    "lisää siirtymä, joka vie siihen, tai poista tila",
                    "add a transition that leads there, or remove the state",
                ),
            )


def handoff_open_ended(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find hand-offs that may wait for an answer for ever: answered, but without ``within``."""
    definition = analysis.definition
    for transition in definition.transitions.values():
        handoff = transition.handoff
        if handoff is None or handoff.within or not is_answered(definition, transition):
            continue
        told = name(transition)
        yield Finding.warning(
            "handoff-open-ended",
            definition.origin.location("transitions", transition.id, "handoff"),
            Text(
                f"luovutus {told.fi} voi jäädä odottamaan vastausta: vastaukselle ei ole aikarajaa",
                f"the hand-off {told.en} may wait for ever: its answer has no time limit",
            ),
            Text(
                "lisää `within`: jos kukaan ei vastaa ajoissa, asiakas palaa",
                "add `within`: if nobody answers in time, the client returns",
            ),
        )


def state_open_ended(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find waiting states that only people leave and that nothing reminds anybody of.

    A state is reminded of by its ``deadline``, or by a duty with ``every`` of one who takes part
    there (SEMANTICS T7); it is left without people by an exit with ``after``.
    """
    definition = analysis.definition
    for state in definition.states.values():
        exits = definition.exits(state.id)
        if state.kind != "state" or state.deadline or any(exit_.after for exit_ in exits):
            continue
        if analysis.compiled.clocks_at(0, state.id):
            continue
        told = name(state)
        yield Finding.warning(
            "state-open-ended",
            definition.origin.location("states", state.id),
            Text(
                f"tilaan {told.fi} voi unohtua: vain ihmiset vievät siitä eteenpäin, eikä mikään "
                "muistuta heitä",
                f"a client can be forgotten in the state {told.en}: only people move it on, and "
                "nothing reminds them",
            ),
            Text(
                "lisää tilalle `deadline` tai mukana olevalle tehtävä, jolla on `every`",
                "add a `deadline` to the state, or a duty with `every` of one who takes part",
            ),
        )
