"""Where a client could drop out: every hand-off, and every state where waiting may drag on.

Only what follows from the definition: who gives, who receives, what is passed on, who answers, by
when, and what happens otherwise (SEMANTICS §5); which waiting states have no deadline, and who
would notice (T7, finding ``state-open-ended``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.engine import Machine
from ohjausprosessi.model import acceptors, arrows

if TYPE_CHECKING:
    from ohjausprosessi.model import Definition, Duty, State, Transition

__all__ = ["OpenState", "Passage", "open_states", "passages"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A transition as a hand-off from one giver to one receiver.

    Attributes:
        transition: the transition.
        sources: states it leaves as this hand-off; empty = from wherever the client is.
        giver: the organisation that has the client before.
        receiver: the organisation that has the client afterwards.
        answered: whether the receiver must accept or decline.
        answering: roles that may answer; empty where nobody needs to.
        within: duration of the time to answer, if there is one.
        otherwise: state a declined or expired hand-off leads to; None = back where it came from,
            or no answer is needed.
    """

    transition: Transition
    sources: tuple[str, ...]
    giver: str
    receiver: str
    answered: bool
    answering: tuple[str, ...] = ()
    within: str | None = None
    otherwise: str | None = None

    @property
    def info(self) -> tuple[str, ...]:
        """What is passed on: names of facts and information items."""
        return () if self.transition.handoff is None else self.transition.handoff.info

    @property
    def unlimited(self) -> bool:
        """Whether an answer is awaited without a time limit."""
        return self.answered and self.within is None


@dataclass(frozen=True, slots=True)
class OpenState:
    """A waiting state without a deadline.

    Attributes:
        state: the state.
        timers: exits that time takes by itself.
        duties: pairs of a duty with an interval and an entry of it that takes part here.
    """

    state: State
    timers: tuple[Transition, ...]
    duties: tuple[tuple[Duty, str], ...]

    @property
    def unwatched(self) -> bool:
        """Whether nothing and nobody would notice that a client waits."""
        return not self.timers and not self.duties


def passages(definition: Definition) -> tuple[Passage, ...]:
    """Return every hand-off of a definition, one entry per giver, in file order (H1–H6)."""
    found = []
    for transition in definition.transitions.values():
        handed: dict[tuple[str, str], list[str]] = {}
        for arrow in arrows(definition, transition):
            if arrow.is_handoff:
                sources = handed.setdefault((arrow.giver, arrow.receiver), [])
                sources += [arrow.source] if arrow.source is not None else []
        found += [
            _passage(definition, transition, pair, tuple(sources))
            for pair, sources in handed.items()
        ]
    return tuple(found)


def _passage(
    definition: Definition, transition: Transition, pair: tuple[str, str], sources: tuple[str, ...]
) -> Passage:
    giver, receiver = pair
    handoff = transition.handoff
    if handoff is None or not handoff.ack:
        return Passage(transition, sources, giver, receiver, answered=False)
    otherwise = None if handoff.back else handoff.otherwise or definition.fallback
    return Passage(
        transition,
        sources,
        giver,
        receiver,
        answered=True,
        answering=acceptors(definition, transition),
        within=handoff.within,
        otherwise=otherwise,
    )


def open_states(definition: Definition) -> tuple[OpenState, ...]:
    """Return the waiting states without a deadline, in file order."""
    machine = Machine(definition)

    def watchers(state: State) -> tuple[tuple[Duty, str], ...]:
        running = machine.always_runs[0] | machine.takes_part.get((0, state.id), frozenset())
        clocks = (machine.clocks[number] for number in sorted(running))
        return tuple((definition.duties[clock.duty], clock.entry) for clock in clocks)

    return tuple(
        OpenState(
            state,
            tuple(exit_ for exit_ in definition.exits(state.id) if exit_.after is not None),
            watchers(state),
        )
        for state in definition.states.values()
        if state.kind == "state" and state.deadline is None
    )
