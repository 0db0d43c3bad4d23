"""A definition as a ``networkx`` graph: who holds what, and what leads where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.model import acceptors, arrows, return_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from ohjausprosessi.model import Arrow, Definition, Handoff

__all__ = ["graph"]


def graph(definition: Definition, *, lang: str = "fi") -> nx.MultiDiGraph[str]:
    """Build a networkx graph: a node for each state, an edge for each way a transition can go.

    A node has ``title``, ``kind``, ``owner``, ``holder`` (the organisation that holds it) and
    ``phase`` (None without one). The key of an edge is the id of its transition. ``any_open`` has
    an edge from every state it can leave; a call only once that has returned. Where a hand-off is
    answered, a further edge leads from the state it leaves to where it returns; its key is
    ``t.decline`` or ``t.expire``. Calls are not expanded.

    Edges have ``transition`` (its id), ``title``, ``giver``, ``receiver``, ``handoff`` (whether the
    client passes to another organisation), ``returns`` (whether it is the way back of a hand-off),
    ``interrupt``, ``guard`` (text or None) and ``by`` (roles, empty for what happens by itself). Of
    a return, giver and receiver are those of the hand-off, and ``by`` those who may decline it.

    Args:
        definition: ``Process.definition``.
        lang: language of the titles.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        graph = op.interop.graph(process.definition, lang="en")
        assert graph.nodes["perustutkinto"]["holder"] == "sakky"
    """
    import networkx as nx  # noqa: PLC0415  heavy, and needed only here

    found: nx.MultiDiGraph[str] = nx.MultiDiGraph(id=definition.id, title=definition.text(lang))
    for state in definition.states.values():
        found.add_node(
            state.id,
            title=state.text(lang),
            kind=state.kind,
            owner=state.owner,
            holder=definition.state_holder(state.id),
            phase=state.phase,
        )
    for transition in definition.transitions.values():
        for arrow in arrows(definition, transition):
            for source in _sources(definition, arrow):
                common = {
                    "transition": transition.id,
                    "title": transition.text(lang),
                    "giver": arrow.giver,
                    "receiver": arrow.receiver,
                    "interrupt": transition.interrupt,
                }
                found.add_edge(
                    source,
                    transition.to,
                    key=transition.id,
                    **common,
                    handoff=arrow.is_handoff,
                    returns=False,
                    guard=transition.guard,
                    by=definition.roles_of(transition.by),
                )
                target = return_state(definition, transition, source) if arrow.opens else None
                if target is not None and transition.handoff is not None:
                    for answer, by in _returns(definition, arrow, transition.handoff):
                        found.add_edge(
                            source,
                            target,
                            key=f"{transition.id}.{answer}",
                            **common,
                            handoff=False,
                            returns=True,
                            guard=None,
                            by=by,
                        )
    return found


def _sources(definition: Definition, arrow: Arrow) -> tuple[str, ...]:
    """The states an arrow leaves; of ``any_open`` every state but ends and its target."""
    if arrow.source is not None:
        return (arrow.source,)
    return tuple(
        state.id
        for state in definition.states.values()
        if state.kind != "end" and state.id != arrow.transition.to
    )


def _returns(
    definition: Definition, arrow: Arrow, handoff: Handoff
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield how a hand-off can return, and who does it."""
    yield "decline", acceptors(definition, arrow.transition)
    if handoff.within is not None:
        yield "expire", ()
