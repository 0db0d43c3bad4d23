"""The page of each organisation: its states, its acts, what it hands over and receives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, joined, tag, text
from ohjausprosessi.handbook.tables import handoff_table, state_table, transition_table
from ohjausprosessi.model import handoff_points

if TYPE_CHECKING:
    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.model import Owner

__all__ = ["owner_pages"]


def owner_pages(context: PageContext) -> Html:
    """One extract per organisation that has something to do with the process."""
    owners = (o for o in context.definition.owners.values() if not o.members)
    return joined(_extract(context, owner) for owner in owners)


def _extract(context: PageContext, owner: Owner) -> Html:
    definition = context.definition
    name = context.title(owner)
    states = [
        state
        for state in definition.states.values()
        if owner.id in definition.organisations(state.owner)
    ]
    roles = {role.id for role in definition.roles.values() if role.owner == owner.id}
    acts = [t for t in definition.transitions.values() if roles & set(definition.roles_of(t.by))]
    handed = handoff_points(definition)
    given = [one for one in handed if one.giver == owner.id]
    taken = [one for one in handed if one.receiver == owner.id or roles & set(one.answered_by)]
    services = [s for s in definition.services.values() if s.owner == owner.id]
    if not (states or acts or given or taken or services):
        return text("")
    parts: list[Html] = [tag("summary", tag("h3", context.owner(owner.id)))]
    if roles:
        titles = ", ".join(context.title(r) for r in definition.roles.values() if r.id in roles)
        parts.append(tag("p", f"{context.message('roles')}: {titles}"))
    if services:
        titles = "; ".join(context.title(service) for service in services)
        parts.append(tag("p", f"{context.message('offered_services')}: {titles}"))

    def headed(key: str) -> str:
        return f"{context.message(key)} – {name}"

    if states:
        parts.append(state_table(context, states, headed("holds")))
    if acts:
        parts.append(transition_table(context, acts, headed("does")))
    if given:
        parts.append(handoff_table(context, given, headed("gives")))
    if taken:
        parts.append(handoff_table(context, taken, headed("takes")))
    return tag("details", *parts)
