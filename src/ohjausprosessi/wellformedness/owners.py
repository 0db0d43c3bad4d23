"""Who may own what: joint and external owners, roles, the process-responsible (SEMANTICS §1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model.naming import listed, name
from ohjausprosessi.text.joining import one_of
from ohjausprosessi.wellformedness.problem import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition, Owner


def _no_organisation(owner: Owner) -> Text | None:
    """The sort of an owner that is not a single organisation; None if it is one."""
    if owner.members:
        return Text("yhteinen omistaja", "a joint owner")
    if owner.external:
        return Text("ulkopuolinen", "outside the system")
    return None


def members(definition: Definition) -> Iterator[Finding]:
    """Find joint owners that are external, or with a member that is not an organisation."""
    for owner in definition.owners.values():
        told = name(owner)
        if owner.members and owner.external:
            yield problem(
                definition,
                "members",
                *("owners", owner.id, "external"),
                message=Text(
                    f"omistaja {told.fi} on sekä yhteinen (`members`) että ulkopuolinen "
                    f"(`external`)",
                    f"the owner {told.en} is both joint (`members`) and outside the system "
                    "(`external`)",
                ),
                hint=Text("jätä niistä vain toinen", "keep only one of the two"),
            )
        for index, member in enumerate(definition.owners[one] for one in owner.members):
            if other := _no_organisation(member):
                part = name(member)
                yield problem(
                    definition,
                    "members",
                    *("owners", owner.id, "members", str(index)),
                    message=Text(
                        f"yhteisen omistajan {told.fi} jäsen {part.fi} on itse {other.fi}",
                        f"{part.en}, a member of the joint owner {told.en}, is itself {other.en}",
                    ),
                    hint=Text(
                        "luettele organisaatiot, jotka omistavat yhdessä",
                        "list the organisations that own it together",
                    ),
                )


def role_owner(definition: Definition) -> Iterator[Finding]:
    """Find roles that belong neither to exactly one owner nor to the client (S2)."""
    for role in definition.roles.values():
        told = name(role)
        owner = None if role.owner is None else definition.owners[role.owner]
        if owner is None and not role.client:
            yield problem(
                definition,
                "role-owner",
                *("roles", role.id),
                message=Text(
                    f"rooli {told.fi} ei ole kenenkään: sillä ei ole omistajaa eikä se ole asiakas",
                    f"the role {told.en} is nobody's: it has no owner and is not the client",
                ),
                hint=Text(
                    "lisää `owner`, tai `client: true`, jos rooli on asiakkaan",
                    "add `owner`, or `client: true` if it is the client's role",
                ),
            )
        elif owner is not None and role.client:
            theirs = name(owner)
            yield problem(
                definition,
                "role-owner",
                *("roles", role.id, "client"),
                message=Text(
                    f"rooli {told.fi} on sekä omistajan {theirs.fi} että asiakkaan",
                    f"the role {told.en} belongs both to {theirs.en} and to the client",
                ),
                hint=Text("jätä joko `owner` tai `client`", "keep either `owner` or `client`"),
            )
        elif owner is not None and owner.members:
            theirs = name(owner)
            part = listed([definition.owners[one] for one in owner.members], one_of)
            yield problem(
                definition,
                "role-owner",
                *("roles", role.id, "owner"),
                message=Text(
                    f"rooli {told.fi} on yhteisen omistajan {theirs.fi}: ei tiedetä, minkä "
                    "organisaation puolesta siinä toimitaan",
                    f"the role {told.en} belongs to the joint owner {theirs.en}: nobody can tell "
                    "which organisation it acts for",
                ),
                hint=Text(f"anna omistajaksi {part.fi}", f"make it a role of {part.en}"),
            )


def responsible_owner(definition: Definition) -> Iterator[Finding]:
    """Find a process-responsible that is joint or external (S1)."""
    owner = definition.owners[definition.responsible]
    if other := _no_organisation(owner):
        told = name(owner)
        yield problem(
            definition,
            "responsible-owner",
            "responsible",
            message=Text(
                f"prosessivastuullinen {told.fi} on {other.fi}",
                f"the process-responsible {told.en} is {other.en}",
            ),
            hint=Text(
                "nimeä yksi organisaatio, joka vastaa asiakkaasta koko prosessin ajan",
                "name one organisation that answers for the client throughout the process",
            ),
        )


def state_owner(definition: Definition) -> Iterator[Finding]:
    """Find states owned by an external owner."""
    for state in definition.states.values():
        owner = definition.owners[state.owner]
        if owner.external:
            told, theirs = name(state), name(owner)
            yield problem(
                definition,
                "state-owner",
                *("states", state.id, "owner"),
                message=Text(
                    f"tilan {told.fi} omistaja {theirs.fi} on ulkopuolinen: kukaan järjestelmässä "
                    "ei vastaisi asiakkaasta",
                    f"the state {told.en} is owned by {theirs.en}, who is outside the system: "
                    "nobody inside would answer for the client",
                ),
                hint=Text(
                    "anna tila organisaatiolle, joka seuraa asiakasta sen ajan, ja nimeä "
                    f"ulkopuolinen luovutuksessa: `handoff: {{to: {owner.id}}}`",
                    "give the state to the organisation that follows the client meanwhile, and "
                    f"name the external owner in the hand-off: `handoff: {{to: {owner.id}}}`",
                ),
            )
