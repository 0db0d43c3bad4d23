"""When a transition of the net may fire: SEMANTICS N5."""

from __future__ import annotations

from plain_net import enabled, fired
from small import forked, t


def by_id(p):
    return {move.id: move for move in p.net.transitions}


def marked(p, places) -> set[str]:
    return {p.net.places[place].name for place in places}


def test_n5_a_transition_with_contact_is_not_enabled() -> None:
    p = forked(
        transitions={
            "d1": t("b1", "z"),
            "d2": t("b2", "z"),
            "u1": t("fb", "join"),
            "u2": t("fb", "join"),
        }
    )
    moves = by_id(p)
    both = frozenset(place.number for place in p.net.places if place.name in {"z", "b2"})
    assert not enabled(moves["d2@b2"], both)
    alone = frozenset(place.number for place in p.net.places if place.name == "b2")
    assert marked(p, fired(moves["d2@b2"], alone)) == {"z"}
