"""Small definitions for tests, written as data: three organisations, one of each kind of role.

``c`` is the process-responsible, ``s`` and ``te`` are partners, ``x`` is outside; ``j`` joins s and
c, ``k`` joins s and te. The roles are ``rc``, ``rs``, ``rt`` of c, s and te, and the client ``cl``.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.errors import DefinitionError, Refused
from ohjausprosessi.formats import definition_of
from ohjausprosessi.process import Process

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Definition

T0 = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAY = timedelta(days=1)
END = {"kind": "end", "outcome": "done"}
OWNERS = {
    "c": {},
    "s": {},
    "te": {},
    "x": {"external": True},
    "j": {"members": ["s", "c"]},
    "k": {"members": ["s", "te"]},
}
ROLES = {"rc": {"owner": "c"}, "rs": {"owner": "s"}, "rt": {"owner": "te"}, "cl": {"client": True}}
DURATIONS = {
    "day": {"length": "1 day"},
    "five": {"length": "5 days"},
    "thirty": {"length": "30 days"},
}
Data = dict[str, Any]


def data(states: Mapping[str, Any], transitions: Mapping[str, Any], **rest: Any) -> Data:
    """Return a definition as data. A state may be just its owner; a kind needs no owner (c)."""
    return {
        "ohjausprosessi": 1,
        "id": "p",
        "version": "1",
        "responsible": "c",
        "start": "a",
        "owners": OWNERS,
        "roles": ROLES,
        "durations": DURATIONS,
        "states": {
            name: {"owner": state} if isinstance(state, str) else {"owner": "c", **state}
            for name, state in states.items()
        },
        "transitions": dict(transitions),
        **rest,
    }


def process(
    states: Mapping[str, Any],
    transitions: Mapping[str, Any],
    called: Mapping[str, Definition] | None = None,
    **rest: Any,
) -> Process:
    """Return a process that runs."""
    return Process(definition_of(data(states, transitions, **rest), called=called or {}))


def t(source: str | list[str], to: str, by: str | list[str] | None = "rc", **more: Any) -> Data:
    """Return a transition; ``if_`` stands for ``if``."""
    entry: Data = {"from": source, "to": to, **{key.rstrip("_"): v for key, v in more.items()}}
    if by is not None:
        entry["by"] = by
    return entry


def start(p: Process, **options: Any) -> Case:
    """Return a case of it."""
    return p.start("x", **options)


def go(case: Case, *acts: str | tuple[str, str]) -> Case:
    """Return the case after several acts: names, or pairs of name and role (else rc)."""
    for act in acts:
        name, by = act if isinstance(act, tuple) else (act, "rc")
        case = case.advance(name, by=by)
    return case


def at(case: Case) -> set[str]:
    """Return the marked places."""
    return set(case.active)


def refusal(code: str, function: Any, *args: Any, **options: Any) -> Refused:
    """Return the refusal of a call that has to be refused with a code."""
    with pytest.raises(Refused) as caught:
        function(*args, **options)
    assert caught.value.code == code, caught.value
    return caught.value


def load_error(
    code: str, states: Mapping[str, Any], transitions: Mapping[str, Any], **rest: Any
) -> None:
    """Assert that a definition is refused with a code."""
    with pytest.raises(DefinitionError) as caught:
        process(states, transitions, **rest)
    assert code in {finding.code for finding in caught.value.findings}, caught.value


def names(case: Case) -> list[str]:
    """Return the names of the events after the start."""
    return [event.transition for event in case.history[1:]]


FORK = {
    "a": "c",
    "f": {"kind": "fork"},
    "b1": "c",
    "b2": "c",
    "j": {"kind": "join"},
    "z": "c",
    "e": END,
    "fb": "c",
}
NOTICE = {"ack": False}


def forked(
    states: Mapping[str, Any] | None = None,
    transitions: Mapping[str, Any] | None = None,
    **rest: Any,
) -> Process:
    """Return a process with two branches b1 and b2 between a fork f and a join."""
    ways = {
        "go": t("a", "f"),
        "f1": t("f", "b1", None),
        "f2": t("f", "b2", None),
        "d1": t("b1", "join"),
        "d2": t("b2", "join"),
        "out": t("join", "z", None),
        "fin": t("z", "e"),
        "again": t("fb", "z"),
        **(transitions or {}),
    }
    places = {("join" if name == "j" else name): state for name, state in FORK.items()}
    return process({**places, **(states or {})}, ways, fallback="fb", **rest)


def called_definition(
    transitions: Mapping[str, Any] | None = None,
    states: Mapping[str, Any] | None = None,
    **rest: Any,
) -> Definition:
    """Return a process to be called: n, then m, then the outcomes ok or ko."""
    places = {
        "n": "c",
        "m": "c",
        "ok": {"kind": "end", "outcome": "good"},
        "ko": {"kind": "end", "outcome": "bad"},
        **(states or {}),
    }
    ways = {"w": t("n", "m"), "y": t("m", "ok"), "q": t("m", "ko"), **(transitions or {})}
    return definition_of(data(places, ways, id="sub", start="n", **rest))


def calling(
    transitions: Mapping[str, Any] | None = None,
    states: Mapping[str, Any] | None = None,
    sub: Definition | None = None,
    **rest: Any,
) -> Process:
    """Return a process that calls ``sub`` in k1; the outcome good leads to z, bad to fb."""
    places = {
        "a": "c",
        "k1": {"kind": "call", "process": "sub"},
        "z": "c",
        "e": END,
        "fb": "c",
        **(states or {}),
    }
    ways = {
        "g": t("a", "k1"),
        "o1": t("k1", "z", outcome="good"),
        "o2": t("k1", "fb", outcome="bad"),
        "fin": t("z", "e"),
        "bk": t("fb", "z"),
        **(transitions or {}),
    }
    return process(places, ways, called={"sub": sub or called_definition()}, fallback="fb", **rest)


def handed(**more: Any) -> Process:
    """A process in which c hands the client to s, who gives it back."""
    ways = {
        "h": t("a", "b", handoff={}),
        "n": t("b", "e", "rs", handoff=NOTICE),
        "q": t("fb", "e"),
        **more.pop("transitions", {}),
    }
    return process({"a": "c", "b": "s", "e": END, "fb": "c"}, ways, fallback="fb", **more)


def branched(transitions: dict[str, Any], **more: Any) -> Process:
    """A process that calls ``sub`` in one branch while b2 waits in the other."""
    states = {
        "a": "c",
        "f": {"kind": "fork"},
        "k1": {"kind": "call", "process": "sub"},
        "b2": "c",
        "z": "c",
        "e": END,
    }
    ways = {
        "go": t("a", "f"),
        "f1": t("f", "k1", None),
        "f2": t("f", "b2", None),
        "o1": t("k1", "z", outcome=["good", "bad"]),
        "fin": t("z", "e"),
        **transitions,
    }
    return process(states, ways, called={"sub": more.pop("sub", called_definition())}, **more)


def round_trip(p: Process, case: Case) -> None:
    """Assert that a case is the same when read back and when replayed."""
    written = json.dumps(case.to_dict())
    assert p.restore(json.loads(written)) == case
    assert json.dumps(p.restore(json.loads(written)).to_dict()) == written
    assert p.replay(case.history) == case
