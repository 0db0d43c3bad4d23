"""Hand-offs, derived from the holders and never declared (SEMANTICS H1–H6).

Who gives and who receives, what travels, who may answer, and where a declined or expired hand-off
leads: every other room asks here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.model.definition import Definition, Handoff, Transition


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
        """Whether the client passes to another organisation (H1)."""
        return self.giver != self.receiver

    @property
    def opens(self) -> bool:
        """Whether a hand-off opens here and waits for an answer (H2)."""
        handoff = self.transition.handoff
        return self.is_handoff and handoff is not None and handoff.ack


class HandoffPoint(NamedTuple):
    """The hand-off of a transition from one giver.

    Attributes:
        transition: id of the transition.
        leaves: the states it can leave; empty for ``any_open``.
        giver: who has the client before.
        receiver: who has the client afterwards.
        target: the state it leads to.
        travels: information and facts that must be known.
        answered_by: roles that accept or decline; empty where no answer is needed.
        within: id of the duration within which they must; None = no limit, or no answer needed.
        otherwise: where the client is if it is declined or not answered: a state, ``back``, or None
            where no answer is needed.
    """

    transition: str
    leaves: tuple[str, ...]
    giver: str
    receiver: str
    target: str
    travels: tuple[str, ...]
    answered_by: tuple[str, ...]
    within: str | None
    otherwise: str | None

    @property
    def is_answered(self) -> bool:
        """Whether the receiver has to answer."""
        return self.otherwise is not None

    @property
    def is_unlimited(self) -> bool:
        """Whether an answer is awaited without a time limit."""
        return self.is_answered and self.within is None


# ---- giver and receiver: H1


def receiver_of(definition: Definition, transition: Transition) -> str:
    """The owner that has the client after a transition: ``handoff.to``, else who holds its target."""
    handoff = transition.handoff
    return (handoff and handoff.to) or definition.state_holder(transition.to)


def arrows(definition: Definition, transition: Transition) -> tuple[Arrow, ...]:
    """The arrows of a transition, one per source, in the order written."""
    receiver = receiver_of(definition, transition)
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


def passing_arrows(definition: Definition, transition: Transition) -> tuple[Arrow, ...]:
    """The arrows of a transition along which the client passes to another organisation."""
    return tuple(arrow for arrow in arrows(definition, transition) if arrow.is_handoff)


def opening_arrows(definition: Definition, transition: Transition) -> tuple[Arrow, ...]:
    """The arrows of a transition along which a hand-off opens and waits for an answer (H2)."""
    return tuple(arrow for arrow in arrows(definition, transition) if arrow.opens)


def is_answered(definition: Definition, transition: Transition) -> bool:
    """Whether a hand-off of this transition can be open, waiting for an answer."""
    return any(arrow.opens for arrow in arrows(definition, transition))


def handoff_points(definition: Definition) -> tuple[HandoffPoint, ...]:
    """Every hand-off of a definition, one entry per giver, in the order of the file."""
    return tuple(_handoff_points(definition))


def _handoff_points(definition: Definition) -> Iterator[HandoffPoint]:
    for transition in definition.transitions.values():
        passing = passing_arrows(definition, transition)
        for giver in dict.fromkeys(arrow.giver for arrow in passing):
            handoff = transition.handoff
            answered = handoff is not None and handoff.ack
            yield HandoffPoint(
                transition=transition.id,
                leaves=tuple(
                    a.source for a in passing if a.giver == giver and a.source is not None
                ),
                giver=giver,
                receiver=passing[0].receiver,
                target=transition.to,
                travels=() if handoff is None else handoff.info,
                answered_by=acceptors(definition, transition) if answered else (),
                within=handoff.within if handoff is not None and answered else None,
                otherwise=returns_to(definition, handoff) if handoff is not None else None,
            )


# ---- answers: H4


def acceptors(definition: Definition, transition: Transition) -> tuple[str, ...]:
    """The roles that accept or decline a hand-off of this transition (H4), in file order.

    Those of ``accept_by``; without it any role of the receiver, of an external receiver also any
    role of the process-responsible.
    """
    handoff = transition.handoff
    named = handoff.accept_by if handoff is not None else ()
    return definition.roles_of(named or _answering_owners(definition, transition))


def permitted_acceptors(definition: Definition, transition: Transition) -> frozenset[str]:
    """The owners whose roles ``accept_by`` may name (H4).

    The receiver, the other members of a jointly owned target, and for an external receiver the
    process-responsible.
    """
    target = definition.owners[definition.states[transition.to].owner]
    return frozenset((*_answering_owners(definition, transition), *target.members))


def _answering_owners(definition: Definition, transition: Transition) -> tuple[str, ...]:
    receiver = receiver_of(definition, transition)
    if definition.owners[receiver].external:
        return receiver, definition.responsible
    return (receiver,)


# ---- returns: H5 and H6


def returns_to(definition: Definition, handoff: Handoff) -> str | None:
    """What a hand-off says of its return: its ``else``, which may be ``back``, or the fallback.

    None where nothing is to be answered, and in a definition that ``handoff-return`` refuses.
    """
    return handoff.otherwise or definition.fallback if handoff.ack else None


def return_state(definition: Definition, transition: Transition, left: str | None) -> str | None:
    """The state that a declined or expired hand-off enters (H6).

    With ``else: back`` the waiting state it left, with another ``else`` that state; the fallback
    without ``else``, and where ``back`` finds no waiting state (an interrupt that left a choice).

    Args:
        definition: the process.
        transition: the transition that opened the hand-off.
        left: the state it left; None where it left none.
    """
    handoff = transition.handoff
    if handoff is None or not handoff.ack:
        return None
    if not handoff.back:
        return handoff.otherwise or definition.fallback
    waiting = left is not None and definition.states[left].kind == "state"
    return left if waiting else definition.fallback


def returns_whole(handoff: Handoff, left: str | None) -> bool:
    """Whether a return cancels all else in its scope: it does where it enters the fallback (H6).

    Args:
        handoff: the hand-off.
        left: the waiting state it left; None where it left none.
    """
    return handoff.otherwise is None or (handoff.back and left is None)


def may_leave_no_state(definition: Definition, interrupt: Transition) -> bool:
    """Whether an ``any_open`` interrupt can find the client elsewhere than waiting in a state (X1).

    That is in a choice, at a gateway, in a call that has returned, or between two organisations.
    """
    return any(
        state.kind in {"choice", "fork", "join", "call"} for state in definition.states.values()
    ) or any(
        other.id != interrupt.id and is_answered(definition, other)
        for other in definition.transitions.values()
    )
