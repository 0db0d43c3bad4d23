"""The evidence of checks over the state space: where a finding points and which run shows it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.state_space.counterexample import steps
from ohjausprosessi.verify.state_space.symbolic_step import SymbolicState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ohjausprosessi.diagnostics import Finding, Location, Step, Text
    from ohjausprosessi.net import Move
    from ohjausprosessi.verify.state_space.analysis import AnalysisContext
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicEvent

    Check = Callable[[AnalysisContext], Iterator[Finding]]


def over_state_space(check: Check) -> Check:
    """Skip a check where reduction proves that it has no finding, so that nothing is explored."""

    @wraps(check)
    def checked(analysis: AnalysisContext) -> Iterator[Finding]:
        if not analysis.sound_by_reduction:
            yield from check(analysis)

    return checked


def move_location(analysis: AnalysisContext, move: Move) -> Location:
    """Where a move is defined: at a transition, or at the state of a fork or call."""
    compiled = analysis.compiled
    if move.net.scope == 0 and move.transition is not None:
        return analysis.definition.origin.location("transitions", move.transition.id)
    return _state_location(analysis, compiled.net.places[move.consumes[0]].name)


def marking_location(analysis: AnalysisContext, state: SymbolicState) -> Location:
    """Where the first marked place is defined: at a state, or at the transition of a hand-off."""
    place = analysis.compiled.net.places[min(state.marking)]
    if place.kind in {"offered", "arrived"} and place.scope == 0:
        return analysis.definition.origin.location("transitions", place.transition or "")
    return _state_location(analysis, place.name)


def _state_location(analysis: AnalysisContext, place: str) -> Location:
    """Where the state of a place is defined; of a place inside a call, the call."""
    return analysis.definition.origin.location(
        "states", place.split("/", maxsplit=1)[0].split(".", maxsplit=1)[0]
    )


def move_name(analysis: AnalysisContext, move: Move) -> Text:
    """The name of the transition of a move; of a fork or a return, of its state."""
    scope = analysis.compiled.net.scopes[move.net.scope].definition
    if move.transition is None:
        return name(scope.states[move.net.name.rsplit("/", 1)[-1].split(".")[0]])
    return name(scope.transitions[move.transition.id])


def counterexample_to(
    analysis: AnalysisContext,
    state: SymbolicState,
    last: SymbolicEvent | None = None,
    tried: Move | None = None,
) -> tuple[Step, ...]:
    """A shortest run to a state as a counterexample.

    Args:
        analysis: the process.
        state: the state.
        last: an event that follows there.
        tried: a move that is refused after all that.
    """
    run = analysis.state_space.run_to(state)
    if last is not None:
        marking = state.marking
        for move in last.moves:
            marking = (marking - move.empties) | move.net.outputs
        run = (*run, (last, SymbolicState(marking, ())))
    return steps(analysis.compiled, run, tried)
