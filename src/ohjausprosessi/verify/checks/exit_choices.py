"""The exits among which exactly one must be open: the choices of a process.

An ``exclusive`` state promises it of its ordinary exits, and a call of its exits for each outcome. A
``choice`` takes the first exit that is open, so it must only have one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.guards.unknown import Unknown
from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.state_space.labels import valuation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.guards.domains import Answer
    from ohjausprosessi.model import State, Transition
    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


class ExitChoice(NamedTuple):
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

    @property
    def place(self) -> Text:
        """Where the choice is made, in words that begin a sentence."""
        told = name(self.state)
        if self.outcome:
            return Text(
                f"tilan {told.fi} tuloksella {self.outcome}",
                f"for the result {self.outcome} of {told.en}",
            )
        return Text(f"tilassa {told.fi}", f"in the state {told.en}")


def exit_choices(analysis: AnalysisContext) -> Iterator[ExitChoice]:
    """Yield the choices of a process, those of a call once for each outcome."""
    definition = analysis.definition
    for state in definition.states.values():
        exits = definition.exits(state.id)
        if state.kind == "choice" or (state.kind == "state" and state.exclusive):
            has_else = state.kind == "choice" and any(exit_.guard is None for exit_ in exits)
            yield ExitChoice(state, "", exits, has_else)
        elif state.kind == "call":
            for outcome in definition.calls[state.id].outcomes:
                own = tuple(exit_ for exit_ in exits if outcome in exit_.outcomes)
                has_else = any(exit_.guard is None and not exit_.by for exit_ in own)
                yield ExitChoice(state, outcome, own, has_else)


def witness(analysis: AnalysisContext, answer: Answer) -> Text:
    """The facts that an answer gives as an example, with their values."""
    known = (answer.witness or {}).items()
    return valuation(
        analysis.definition, {n: None if isinstance(v, Unknown) else v for n, v in known}
    )


def too_many_guards(
    analysis: AnalysisContext, choice: ExitChoice, code: str, answer: Answer
) -> Iterator[Finding]:
    """Yield a warning if the guards of a choice are too many to decide."""
    if answer.holds is None:
        place = choice.place
        yield Finding.warning(
            code,
            analysis.definition.origin.location("states", choice.state.id),
            Text(
                f"{place.fi} ehtoja on niin paljon, ettei niitä voitu ratkaista",
                f"{place.en} there are too many guards to decide",
            ),
            Text(
                "yksinkertaista ehtoja, tai jaa valinta kahteen peräkkäiseen",
                "simplify the guards, or split the choice into two in a row",
            ),
        )
