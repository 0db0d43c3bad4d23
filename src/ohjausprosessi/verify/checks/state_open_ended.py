"""Waiting states that only people leave and that nothing reminds anybody of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def state_open_ended(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find waiting states that neither a timer leaves nor anything reminds anybody of.

    The ``deadline`` of a state is a reminder, and so is a duty with ``every`` of somebody who takes
    part there (SEMANTICS T7); an exit with ``after`` is a timer.
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
