"""Owners, roles, joint owners and who is responsible."""

from __future__ import annotations

from load_errors import codes, element
from small import END, OWNERS, ROLES, t

ONE = {"a": "c", "e": END}
ONE_WAY = {"g": t("a", "e")}


def test_s2_a_role_has_one_owner_or_is_the_clients() -> None:
    both = ROLES | {"cl": {"client": True, "owner": "c"}}
    assert element(ONE, ONE_WAY, roles=both) == "roles.cl.client"
    assert codes(ONE, ONE_WAY, roles=ROLES | {"r": {"owner": "x"}}) == []


def test_a_joint_owner_is_not_outside() -> None:
    owners = OWNERS | {"y": {"members": ["c", "s"], "external": True}}
    assert element(ONE, ONE_WAY, owners=owners) == "owners.y.external"


def test_s1_a_joint_fallback_is_held_by_the_responsible() -> None:
    states = {"a": "c", "b": "j", "q": "k", "e": END}
    assert codes(states, ONE_WAY, fallback="b") == []
    assert codes(states, ONE_WAY, fallback="q") == ["fallback-owner"]
