"""Calls of other processes: outcomes, holders, shared ids (SEMANTICS §6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model.naming import listed, name
from ohjausprosessi.wellformedness.problem import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition, Fact, Owner, Role, State, Transition


def _calls(definition: Definition) -> Iterator[tuple[State, Definition]]:
    """Yield each call with the process it runs."""
    return ((definition.states[call], called) for call, called in definition.calls.items())


def call_outcomes(definition: Definition) -> Iterator[Finding]:
    """Find outcomes without an exit, exits without an outcome, and misplaced ``outcome`` (C2)."""
    for transition in definition.transitions.values():
        sources = () if transition.interrupt else transition.sources
        calls = [source for source in sources if definition.states[source].kind == "call"]
        if transition.outcomes and (not calls or len(calls) < len(sources)):
            yield _stray_outcome(definition, transition)
        elif calls and not transition.outcomes:
            yield _missing_outcome(definition, transition, calls)
        elif all(call in definition.calls for call in calls):
            yield from _foreign_outcomes(definition, transition, calls)
    for call, called in _calls(definition):
        caught = {outcome for way in definition.exits(call.id) for outcome in way.outcomes}
        for outcome in called.outcomes:
            if outcome not in caught:
                yield _uncaught_outcome(definition, call, outcome)


def _stray_outcome(definition: Definition, transition: Transition) -> Finding:
    way = name(transition)
    return problem(
        definition,
        "call-outcomes",
        *("transitions", transition.id, "outcome"),
        message=Text(
            f"siirtymällä {way.fi} on `outcome`, mutta se ei lähde pelkästään kutsuista",
            f"the transition {way.en} has `outcome`, but not all the places it leaves are calls",
        ),
        hint=Text(
            "poista `outcome`, tai kirjoita kutsusta lähtevä siirtymä erikseen",
            "remove `outcome`, or write a separate transition for the call",
        ),
    )


def _missing_outcome(definition: Definition, transition: Transition, calls: list[str]) -> Finding:
    way, told = name(transition), listed(definition.states[call] for call in calls)
    return problem(
        definition,
        "call-outcomes",
        *("transitions", transition.id),
        message=Text(
            f"siirtymä {way.fi} lähtee kutsusta {told.fi}, mutta ei kerro, millä tuloksella",
            f"the transition {way.en} leaves the call {told.en}, but does not say for which "
            f"outcome",
        ),
        hint=Text(
            "lisää `outcome`: ne kutsutun prosessin tulokset, joista siirtymä jatkaa",
            "add `outcome`: the outcomes of the called process that it continues from",
        ),
    )


def _foreign_outcomes(
    definition: Definition, transition: Transition, calls: list[str]
) -> Iterator[Finding]:
    """Find outcomes that none of the calls has, and calls that have none of the outcomes."""
    way = name(transition)
    known = [outcome for call in calls for outcome in definition.calls[call].outcomes]
    for index, outcome in enumerate(transition.outcomes):
        if outcome not in known:
            yield problem(
                definition,
                "call-outcomes",
                *("transitions", transition.id, "outcome", str(index)),
                message=Text(
                    f"siirtymä {way.fi} odottaa tulosta {outcome}, jota kutsutulla prosessilla ei "
                    f"ole",
                    f"the transition {way.en} is for the outcome {outcome}, which the called "
                    f"process "
                    "does not have",
                ),
                hint=Text(
                    f"tulokset ovat: {', '.join(known)}", f"the outcomes are {', '.join(known)}"
                ),
            )
    for index, call in enumerate(calls):
        results = definition.calls[call].outcomes
        if len(calls) > 1 and not set(results) & set(transition.outcomes):
            told = name(definition.states[call])
            yield problem(
                definition,
                "call-outcomes",
                *("transitions", transition.id, "from", str(index)),
                message=Text(
                    f"siirtymä {way.fi} ei koskaan lähde kutsusta {told.fi}: sillä ei ole mitään "
                    "siirtymän tuloksista",
                    f"the transition {way.en} never leaves the call {told.en}, which has none of "
                    f"its "
                    "outcomes",
                ),
                hint=Text(
                    f"ota {call} pois `from`-kohdasta, tai lisää jokin sen tuloksista",
                    f"take {call} out of `from`, or add one of its outcomes",
                ),
            )


def _uncaught_outcome(definition: Definition, call: State, outcome: str) -> Finding:
    told = name(call)
    return problem(
        definition,
        "call-outcomes",
        *("states", call.id),
        message=Text(
            f"kutsu {told.fi} voi päättyä tulokseen {outcome}, mutta siitä ei jatka mikään "
            f"siirtymä",
            f"the call {told.en} can end with the outcome {outcome}, but no transition continues "
            f"from it",
        ),
        hint=Text(
            f"lisää kutsusta lähtevä siirtymä, jossa on `outcome: {outcome}`",
            f"add a transition that leaves the call with `outcome: {outcome}`",
        ),
    )


def call_exits(definition: Definition) -> Iterator[Finding]:
    """Find outcomes with both a manual and an automatic exit."""
    for call, called in _calls(definition):
        for outcome in called.outcomes:
            ways = [way for way in definition.exits(call.id) if outcome in way.outcomes]
            other = next((way for way in ways if bool(way.by) != bool(ways[0].by)), None)
            if other is not None:
                told, both = name(call), listed([ways[0], other])
                yield problem(
                    definition,
                    "call-exits",
                    *("transitions", other.id),
                    message=Text(
                        f"kutsun {told.fi} tuloksesta {outcome} jatkaa kaksi siirtymää, joista "
                        f"vain "
                        f"toisella on tekijä: {both.fi}",
                        f"two transitions continue from the outcome {outcome} of the call "
                        f"{told.en}, but only one of them has `by`: {both.en}",
                    ),
                    hint=Text(
                        "anna `by` molemmille, tai poista se molemmilta",
                        "give `by` to both, or remove it from both",
                    ),
                )


def call_responsible(definition: Definition) -> Iterator[Finding]:
    """Find calls of a process with another process-responsible (C3)."""
    ours = name(definition.owners[definition.responsible])
    for call, called in _calls(definition):
        if called.responsible != definition.responsible:
            told, theirs = name(call), name(called.owners[called.responsible])
            yield problem(
                definition,
                "call-responsible",
                *("states", call.id, "process"),
                message=Text(
                    f"kutsussa {told.fi} prosessivastuullinen vaihtuisi: kutsutussa prosessissa se "
                    f"on {theirs.fi}, tässä {ours.fi}",
                    f"the call {told.en} would change the process-responsible: in the called "
                    f"process it is {theirs.en}, here {ours.en}",
                ),
                hint=Text(
                    "prosessivastuullinen ei vaihdu: anna molemmille sama `responsible`",
                    "it never changes: give both the same `responsible`",
                ),
            )


def call_holder(definition: Definition) -> Iterator[Finding]:
    """Find calls held by another organisation than the start or an end inside (C3)."""
    for call, called in _calls(definition):
        holder = definition.state_holder(call.id)
        told, ours = name(call), name(definition.owners[holder])
        for inner in (called.states[called.start], *called.ends):
            other = called.state_holder(inner.id)
            if other != holder:
                place, theirs = name(inner), name(called.owners[other])
                yield problem(
                    definition,
                    "call-holder",
                    *("states", call.id, "owner"),
                    message=Text(
                        f"kutsun {told.fi} aikana asiakas on omistajalla {ours.fi}, mutta kutsutun "
                        f"prosessin kohdassa {place.fi} omistajalla {theirs.fi}: asiakas vaihtaisi "
                        "omistajaa ilman luovutusta",
                        f"during the call {told.en} the client is with {ours.en}, but in "
                        f"{place.en} of "
                        f"the called process with {theirs.en}: the client would change hands "
                        f"without a "
                        "hand-off",
                    ),
                    hint=Text(
                        "anna kutsulle sekä kutsutun prosessin alulle ja lopuille sama haltija",
                        "let one organisation hold the call and the start and ends of the process",
                    ),
                )


def call_clash(definition: Definition) -> Iterator[Finding]:
    """Find roles and owners defined differently in a called process; members may differ (C3)."""
    for call, called in _calls(definition):
        for owner in definition.owners.values():
            theirs = called.owners.get(owner.id)
            if theirs is not None and _owner_sort(owner) != _owner_sort(theirs):
                yield _clash(definition, call, owner, _owner_sort(owner), _owner_sort(theirs))
        for role in definition.roles.values():
            other = called.roles.get(role.id)
            if other is not None and (role.owner, role.client) != (other.owner, other.client):
                here, there = _role_sort(definition, role), _role_sort(called, other)
                yield _clash(definition, call, role, here, there)


def _owner_sort(owner: Owner) -> Text:
    if owner.members:
        return Text("yhteinen omistaja", "a joint owner")
    if owner.external:
        return Text("ulkopuolinen", "outside the system")
    return Text("organisaatio", "an organisation")


def _role_sort(definition: Definition, role: Role) -> Text:
    if role.owner is None:
        return Text("asiakas", "the client")
    owner = name(definition.owners[role.owner])
    return Text(f"omistajan {owner.fi}", f"of {owner.en}")


def _clash(
    definition: Definition, call: State, element: Owner | Role, here: Text, there: Text
) -> Finding:
    told, who = name(call), name(element)
    return problem(
        definition,
        "call-clash",
        *("states", call.id, "process"),
        message=Text(
            f"{who.fi} tarkoittaa kutsun {told.fi} prosessissa muuta kuin täällä: siellä se on "
            f"{there.fi}, täällä {here.fi}",
            f"{who.en} is defined differently in the process of the call {told.en}: there it is "
            f"{there.en}, here {here.en}",
        ),
        hint=Text(
            "sama tunnus on sama taho kummassakin: määrittele se samoin, tai anna toiselle oma "
            "tunnus",
            "an id means the same in both: define it the same way, or rename one of the two",
        ),
    )


def call_facts(definition: Definition) -> Iterator[Finding]:
    """Find facts copied into or out of a call whose types differ between the processes (C1)."""
    for call, called in _calls(definition):
        for key, copied in (("with", call.gives), ("take", call.takes)):
            for index, known in enumerate(copied):
                here, there = _type(definition, known), _type(called, known)
                if here == there and here is not None:
                    continue
                told = name(call)
                yield problem(
                    definition,
                    "call-facts",
                    *("states", call.id, key, str(index)),
                    message=Text(
                        f"kutsun {told.fi} `{key}` kopioi tiedon {known}, joka ei ole sama "
                        f"kummassakin prosessissa: täällä {_type_text(here).fi}, kutsutussa "
                        f"{_type_text(there).fi}",
                        f"`{key}` of the call {told.en} copies {known}, which is not the same in "
                        f"both processes: here {_type_text(here).en}, in the called one "
                        f"{_type_text(there).en}",
                    ),
                    hint=Text(
                        "määrittele tieto samoin kummassakin (tyyppi, arvot, rajat)",
                        "define it the same way in both (type, values, limits)",
                    ),
                )


_Type = tuple[str, frozenset[str], int | None, int | None]


def _type(definition: Definition, known: str) -> _Type | None:
    """The type of a fact or an information item; None if the process has neither."""
    if known in definition.info:
        return ("info", frozenset(), None, None)
    fact: Fact | None = definition.facts.get(known)
    return None if fact is None else (fact.type, frozenset(fact.values), fact.min, fact.max)


def _type_text(found: _Type | None) -> Text:
    if found is None:
        return Text("sitä ei ole", "there is none")
    sort, values, least, greatest = found
    if values:
        said = f"{sort} ({', '.join(sorted(values))})"
    elif least is not None or greatest is not None:
        low, high = ("" if limit is None else str(limit) for limit in (least, greatest))
        said = f"{sort} ({low}–{high})"
    else:
        said = sort
    return Text(said, said)
