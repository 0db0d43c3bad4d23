"""Hand-offs: each has a block, a receiver and a role that answers (SEMANTICS H1–H5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model import (
    acceptors,
    is_answered,
    passing_arrows,
    permitted_acceptors,
    receiver_of,
)
from ohjausprosessi.model.naming import listed, name
from ohjausprosessi.wellformedness.problem import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition, Handoff, Transition


def _with_block(definition: Definition) -> Iterator[tuple[Transition, Handoff]]:
    """Yield each transition that has a ``handoff`` block, with the block."""
    for transition in definition.transitions.values():
        if transition.handoff is not None:
            yield transition, transition.handoff


def _answered(definition: Definition) -> Iterator[tuple[Transition, Handoff]]:
    """Yield each transition whose hand-off can wait for an answer, with its block."""
    return (pair for pair in _with_block(definition) if is_answered(definition, pair[0]))


def handoff_missing(definition: Definition) -> Iterator[Finding]:
    """Find transitions without a ``handoff`` block that change the holder on some arrow (H1)."""
    for transition in definition.transitions.values():
        if transition.handoff is not None:
            continue
        passing = passing_arrows(definition, transition)
        if not passing:
            continue
        way = name(transition)
        givers = listed(
            definition.owners[giver] for giver in dict.fromkeys(a.giver for a in passing)
        )
        receiver = name(definition.owners[passing[0].receiver])
        yield problem(
            definition,
            "handoff-missing",
            *("transitions", transition.id),
            message=Text(
                f"siirtymässä {way.fi} asiakas siirtyy omistajalta {givers.fi} omistajalle "
                f"{receiver.fi}, mutta siltä puuttuu `handoff`",
                f"in the transition {way.en} the client passes from {givers.en} to {receiver.en}, "
                "but it has no `handoff`",
            ),
            hint=Text(
                "lisää `handoff`: mitä tietoa siirtyy, kuka vastaa ja missä ajassa",
                "add `handoff`: what information goes along, who answers, and within what time",
            ),
        )


def handoff_needless(definition: Definition) -> Iterator[Finding]:
    """Find ``handoff`` blocks of transitions on which the client never changes hands (H1)."""
    for transition, _ in _with_block(definition):
        if not passing_arrows(definition, transition):
            holder = name(definition.owners[receiver_of(definition, transition)])
            way = name(transition)
            yield problem(
                definition,
                "handoff-needless",
                *("transitions", transition.id, "handoff"),
                message=Text(
                    f"siirtymällä {way.fi} on `handoff`, mutta asiakas on ennen sitä ja sen "
                    f"jälkeen "
                    f"omistajalla {holder.fi}",
                    f"the transition {way.en} has `handoff`, but the client is with {holder.en} "
                    "before and after it",
                ),
                hint=Text(
                    "poista `handoff`, tai tarkista lähtö- ja kohdetilan omistajat",
                    "remove `handoff`, or check who owns the states it leaves and enters",
                ),
            )


def handoff_nobody(definition: Definition) -> Iterator[Finding]:
    """Find hand-offs that wait for an answer but that no role may answer (H4)."""
    for transition, handoff in _answered(definition):
        if not acceptors(definition, transition):
            receiver = definition.owners[receiver_of(definition, transition)]
            way, told = name(transition), name(receiver)
            yield problem(
                definition,
                "handoff-nobody",
                *("transitions", transition.id, "handoff"),
                *(("accept_by",) if handoff.accept_by else ()),
                message=Text(
                    f"kukaan ei voi vastata luovutukseen {way.fi}: vastaanottajalla {told.fi} ei "
                    f"ole "
                    "siihen roolia",
                    f"nobody can answer the hand-off {way.en}: the receiver {told.en} has no role "
                    f"for it",
                ),
                hint=Text(
                    f"lisää rooli, jonka omistaja on {receiver.id}",
                    f"add a role owned by {receiver.id}",
                ),
            )


def handoff_receiver(definition: Definition) -> Iterator[Finding]:
    """Find ``accept_by`` entries whose roles may not answer for the receiver (H4)."""
    for transition, handoff in _answered(definition):
        receiver = definition.owners[receiver_of(definition, transition)]
        allowed = permitted_acceptors(definition, transition)
        for index, entry in enumerate(handoff.accept_by):
            roles = [definition.roles[role] for role in definition.roles_of((entry,))]
            wrong = [role for role in roles if role.owner not in allowed]
            if wrong:
                way, told, theirs = name(transition), name(receiver), listed(wrong)
                yield problem(
                    definition,
                    "handoff-receiver",
                    *("transitions", transition.id, "handoff", "accept_by", str(index)),
                    message=Text(
                        f"luovutuksen {way.fi} vastaanottaja on {told.fi}, mutta siihen vastaisi "
                        f"{theirs.fi}, joka ei kuulu vastaanottajalle",
                        f"the receiver of the hand-off {way.en} is {told.en}, but it would be "
                        f"answered by {theirs.en}, of another organisation",
                    ),
                    hint=Text(
                        "nimeä vastaanottajan rooli, tai poista `accept_by`: silloin vastata voi "
                        "vastaanottajan mikä tahansa rooli",
                        "name a role of the receiver, or remove `accept_by`: then any of its roles "
                        "may answer",
                    ),
                )


def handoff_to(definition: Definition) -> Iterator[Finding]:
    """Find ``handoff.to`` that names an owner inside the system (H1)."""
    for transition, handoff in _with_block(definition):
        if handoff.to is not None and not definition.owners[handoff.to].external:
            way, told = name(transition), name(definition.owners[handoff.to])
            yield problem(
                definition,
                "handoff-to",
                *("transitions", transition.id, "handoff", "to"),
                message=Text(
                    f"luovutuksen {way.fi} `to` on {told.fi}, joka ei ole ulkopuolinen",
                    f"`to` of the hand-off {way.en} is {told.en}, which is not an external owner",
                ),
                hint=Text(
                    "poista `to`, jolloin vastaanottaja on kohdetilan haltija; jos omistaja on "
                    "ulkopuolinen, lisää sille `external: true`",
                    "remove `to`, so that the holder of the target state receives; if the owner "
                    "is external, add `external: true` to it",
                ),
            )


def handoff_ack(definition: Definition) -> Iterator[Finding]:
    """Find ``ack: false`` towards others than the responsible, or with keys for an answer (H2)."""
    for transition, handoff in _with_block(definition):
        if handoff.ack:
            continue
        way, ours = name(transition), name(definition.owners[definition.responsible])
        passing = passing_arrows(definition, transition)
        if passing and passing[0].receiver != definition.responsible:
            told = name(definition.owners[passing[0].receiver])
            yield problem(
                definition,
                "handoff-ack",
                *("transitions", transition.id, "handoff", "ack"),
                message=Text(
                    f"luovutukseen {way.fi} ei odoteta vastausta (`ack: false`), mutta sen saa "
                    f"{told.fi}; ilman vastausta asiakkaan ottaa vastaan vain prosessivastuullinen "
                    f"{ours.fi}",
                    f"the hand-off {way.en} waits for no answer (`ack: false`), but goes to "
                    f"{told.en}; only the process-responsible {ours.en} may receive without "
                    f"answering",
                ),
                hint=Text(
                    "poista `ack: false`, jotta vastaanottaja vastaa",
                    "remove `ack: false`, so that the receiver answers",
                ),
            )
        for key, value in (
            ("accept_by", handoff.accept_by),
            ("within", handoff.within),
            ("else", handoff.otherwise),
        ):
            if value:
                yield problem(
                    definition,
                    "handoff-ack",
                    *("transitions", transition.id, "handoff", key),
                    message=Text(
                        f"luovutukseen {way.fi} ei odoteta vastausta (`ack: false`), mutta sillä "
                        f"on "
                        f"`{key}`",
                        f"the hand-off {way.en} waits for no answer (`ack: false`), but has "
                        f"`{key}`",
                    ),
                    hint=Text(
                        f"poista `{key}` tai `ack: false`", f"remove `{key}` or `ack: false`"
                    ),
                )
