"""Returns of declined and expired hand-offs: they exist and involve no third party (H6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model import may_leave_no_state, opening_arrows
from ohjausprosessi.model.naming import kind, listed, name
from ohjausprosessi.wellformedness.problem import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Arrow, Definition, Handoff, Transition


def _opening(definition: Definition) -> Iterator[tuple[Transition, Handoff, tuple[Arrow, ...]]]:
    """Yield each transition whose hand-off can be open, with its block and the arrows that open."""
    for transition in definition.transitions.values():
        opening = opening_arrows(definition, transition)
        if opening and transition.handoff is not None:
            yield transition, transition.handoff, opening


def handoff_return(definition: Definition) -> Iterator[Finding]:
    """Find answered hand-offs without ``else`` in a process without a fallback."""
    if definition.fallback is not None:
        return
    for transition, handoff, opening in _opening(definition):
        if handoff.otherwise is not None and not (
            handoff.back and _may_leave_none(definition, transition, opening)
        ):
            continue
        way = name(transition)
        lead_fi, lead_en = "jos luovutus", "if the hand-off"
        if handoff.back:
            lead_fi = "jos asiakas ei ollut odottavassa tilassa, kun luovutus"
            lead_en = "if the client was not in a waiting state and the hand-off"
        yield problem(
            definition,
            "handoff-return",
            *("transitions", transition.id, "handoff"),
            message=Text(
                f"{lead_fi} {way.fi} hylätään tai sen aika umpeutuu, asiakkaalla ei ole paikkaa, "
                f"johon palata",
                f"{lead_en} {way.en} is declined or expires, the client has nowhere to return to",
            ),
            hint=Text(
                "lisää luovutukseen `else` tai prosessille `fallback`: tila, jossa luovuttaja tai "
                "prosessivastuullinen ottaa asiakkaan takaisin",
                "add `else` to the hand-off or `fallback` to the process: a state where the giver "
                "or the process-responsible takes the client back",
            ),
        )


def _may_leave_none(
    definition: Definition, transition: Transition, opening: tuple[Arrow, ...]
) -> bool:
    """Whether an interrupt may fire while the case is not in a waiting state (N1, X1)."""
    if not transition.interrupt or definition.has_fork:  # with a fork: return-kind
        return False
    if not transition.any_open:
        return any(definition.states[arrow.source or ""].kind != "state" for arrow in opening)
    return may_leave_no_state(definition, transition)


def return_kind(definition: Definition) -> Iterator[Finding]:
    """Find ``else`` that leads to an end or a join, or ``back`` to a place that is not a waiting state.

    An interrupt that left no waiting state returns to the fallback, so ``back`` is refused for it
    only where branches are possible: it has cancelled them, and one state does not restore them.
    """
    for transition, handoff, opening in _opening(definition):
        way, place = name(transition), ("transitions", transition.id, "handoff", "else")
        if handoff.back and transition.interrupt and definition.has_fork:
            yield problem(
                definition,
                "return-kind",
                *place,
                message=Text(
                    f"keskeytys {way.fi} katkaisee kaikki haarat, joten hylätty luovutus ei voi "
                    "palata takaisin (`else: back`)",
                    f"the interrupt {way.en} cuts off all branches, so its hand-off cannot go back "
                    "when declined (`else: back`)",
                ),
                hint=Text(
                    "nimeä tila, johon asiakas palaa, tai poista `else`: silloin se on `fallback`",
                    "name the state to return to, or remove `else`: then it is the `fallback`",
                ),
            )
        elif handoff.back and not transition.interrupt:
            sources = [definition.states[arrow.source or ""] for arrow in opening]
            if moving := [source for source in sources if source.kind != "state"]:
                told = listed(moving)
                yield problem(
                    definition,
                    "return-kind",
                    *place,
                    message=Text(
                        f"hylätty luovutus {way.fi} ei voi palata takaisin (`else: back`): lähtö "
                        f"{told.fi} ei ole odottava tila",
                        f"the hand-off {way.en} cannot go back when declined (`else: back`): it "
                        f"leaves {told.en}, not a waiting state",
                    ),
                    hint=Text(
                        "nimeä tila, johon asiakas palaa, tai poista `else`: silloin se on "
                        "`fallback`",
                        "name the state to return to, or remove `else`: then it is the `fallback`",
                    ),
                )
        elif handoff.otherwise is not None and not handoff.back:
            target = definition.states[handoff.otherwise]
            if target.kind in {"end", "join"}:
                told, sort = name(target), kind(target)
                yield problem(
                    definition,
                    "return-kind",
                    *place,
                    message=Text(
                        f"hylätty luovutus {way.fi} veisi paikkaan {told.fi}, joka on {sort.fi}",
                        f"when declined, the hand-off {way.en} would lead to {told.en}, which is "
                        f"{sort.en}",
                    ),
                    hint=Text(
                        "nimeä tila, jossa luovuttaja tai prosessivastuullinen ottaa asiakkaan "
                        "takaisin",
                        "name a state where the giver or the process-responsible takes the client "
                        "back",
                    ),
                )


def return_owner(definition: Definition) -> Iterator[Finding]:
    """Find ``else`` that leads to a state of neither the giver nor the responsible."""
    ours = name(definition.owners[definition.responsible])
    for transition, handoff, opening in _opening(definition):
        if handoff.otherwise is None or handoff.back:
            continue
        holder = definition.state_holder(handoff.otherwise)
        givers = dict.fromkeys(arrow.giver for arrow in opening)
        others = [definition.owners[giver] for giver in givers if giver != holder]
        if others and holder != definition.responsible:
            way, target = name(transition), name(definition.states[handoff.otherwise])
            theirs, giver = name(definition.owners[holder]), listed(others)
            yield problem(
                definition,
                "return-owner",
                *("transitions", transition.id, "handoff", "else"),
                message=Text(
                    f"hylätty luovutus {way.fi} veisi tilaan {target.fi}, jossa asiakas on "
                    f"omistajalla {theirs.fi}: asiakasta ei luovuttanut {theirs.fi} vaan "
                    f"{giver.fi}",
                    f"when declined, the hand-off {way.en} would lead to {target.en}, where the "
                    f"client is with {theirs.en}, though the giver is {giver.en}",
                ),
                hint=Text(
                    f"nimeä luovuttajan tai prosessivastuullisen ({ours.fi}) tila, tai `back`",
                    f"name a state of the giver or of the process-responsible ({ours.en}), or "
                    f"`back`",
                ),
            )
