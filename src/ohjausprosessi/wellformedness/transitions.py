"""Who takes transitions, and from where interrupts fire (SEMANTICS X1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model.naming import kind, listed, name
from ohjausprosessi.wellformedness.problem import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition


def nobody(definition: Definition) -> Iterator[Finding]:
    """Find exits of waiting states with neither ``by`` nor ``after``."""
    for transition in definition.transitions.values():
        if transition.interrupt or transition.by or transition.after:
            continue
        sources = [definition.states[source] for source in transition.sources]
        if waiting := [source for source in sources if source.kind == "state"]:
            way, told = name(transition), listed(waiting)
            yield problem(
                definition,
                "nobody",
                *("transitions", transition.id),
                message=Text(
                    f"siirtymä {way.fi} lähtee odottavasta tilasta {told.fi}, mutta sitä ei tee "
                    f"kukaan eikä se "
                    "tapahdu itsestään",
                    f"the transition {way.en} leaves the waiting state {told.en}, but neither a "
                    f"person nor "
                    "a timer takes it",
                ),
                hint=Text(
                    "lisää `by` (kuka sen tekee) tai `after` (milloin se tapahtuu itsestään)",
                    "add `by` (who does it) or `after` (when it happens by itself)",
                ),
            )


def interrupt_by(definition: Definition) -> Iterator[Finding]:
    """Find interrupts without ``by``, or with ``after``: only people interrupt."""
    for transition in definition.transitions.values():
        if not transition.interrupt:
            continue
        way = name(transition)
        if not transition.by:
            yield problem(
                definition,
                "interrupt-by",
                *("transitions", transition.id),
                message=Text(
                    f"keskeytyksellä {way.fi} ei ole tekijää",
                    f"nobody can trigger the interrupt {way.en}",
                ),
                hint=Text(
                    "lisää `by`: kuka voi ottaa asiakkaan pois polulta",
                    "add `by`: who may take the client off the ordinary path",
                ),
            )
        if transition.after:
            yield problem(
                definition,
                "interrupt-by",
                *("transitions", transition.id, "after"),
                message=Text(
                    f"keskeytyksellä {way.fi} on `after`, mutta keskeytyksen tekee aina ihminen",
                    f"the interrupt {way.en} has `after`, but an interrupt is always made by a "
                    f"person",
                ),
                hint=Text(
                    "poista `after`, tai tee ajasta tilan tavallinen siirtymä",
                    "remove `after`, or make it an ordinary timed exit of the state",
                ),
            )


def interrupt_source(definition: Definition) -> Iterator[Finding]:
    """Find interrupts from a call, fork, join or end."""
    for transition in definition.transitions.values():
        if not transition.interrupt:
            continue
        for index, source in enumerate(definition.states[one] for one in transition.sources):
            if source.kind in {"call", "fork", "join", "end"}:
                way, told, sort = name(transition), name(source), kind(source)
                yield problem(
                    definition,
                    "interrupt-source",
                    *("transitions", transition.id, "from", str(index)),
                    message=Text(
                        f"keskeytys {way.fi} lähtisi paikasta {told.fi}, mutta {sort.fi} ei ole "
                        "paikka, jossa asiakas odottaa",
                        f"the interrupt {way.en} would leave {told.en}, but {sort.en} is not a "
                        f"place where a client waits",
                    ),
                    hint=Text(
                        "luettele odottavia tiloja ja valintoja; kutsusta lähdetään sen tuloksilla",
                        "list waiting states and choices; a call is left by its outcomes",
                    ),
                )
