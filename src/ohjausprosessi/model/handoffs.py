"""Where a transition is a hand-off: derived from the holders, never declared (SEMANTICS H1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ohjausprosessi.model.definition import Definition, Transition


class Arrow(NamedTuple):
    """One way a transition can be taken.

    Attributes:
        transition: the transition.
        source: the state it leaves; None for ``any_open``.
        giver: who has the client before: the holder of the source, of an interrupt the responsible.
        receiver: who has the client afterwards: ``handoff.to``, else the holder of the target.
    """

    transition: Transition
    source: str | None
    giver: str
    receiver: str

    @property
    def is_handoff(self) -> bool:
        """Whether the client passes to another organisation."""
        return self.giver != self.receiver

    @property
    def opens(self) -> bool:
        """Whether a hand-off opens here and waits for an answer."""
        handoff = self.transition.handoff
        return self.is_handoff and handoff is not None and handoff.ack


def arrows(definition: Definition, transition: Transition) -> tuple[Arrow, ...]:
    """Return one arrow per source of a transition, in the order written."""
    handoff = transition.handoff
    receiver = (handoff and handoff.to) or definition.state_holder(transition.to)
    sources: tuple[str | None, ...] = transition.sources or (None,)
    return tuple(
        Arrow(
            transition,
            source,
            definition.responsible
            if source is None or transition.interrupt
            else definition.state_holder(source),
            receiver,
        )
        for source in sources
    )


def is_answered(definition: Definition, transition: Transition) -> bool:
    """Return whether a hand-off of this transition can be open, waiting for an answer."""
    return any(arrow.opens for arrow in arrows(definition, transition))


def may_leave_no_state(definition: Definition, interrupt: Transition) -> bool:
    """Return whether an ``any_open`` interrupt can find the client elsewhere than waiting in a state.

    That is in a choice, at a gateway, in a call that has returned, or between two organisations.
    """
    return any(
        state.kind in {"choice", "fork", "join", "call"} for state in definition.states.values()
    ) or any(
        other.id != interrupt.id and is_answered(definition, other)
        for other in definition.transitions.values()
    )


def acceptors(definition: Definition, transition: Transition) -> tuple[str, ...]:
    """Return the roles that accept or decline a hand-off of this transition (SEMANTICS H4)."""
    handoff = transition.handoff
    if handoff is not None and handoff.accept_by:
        return definition.roles_of(handoff.accept_by)
    receiver = arrows(definition, transition)[0].receiver
    if definition.owners[receiver].external:
        return definition.roles_of([receiver, definition.responsible])
    return definition.roles_of([receiver])
