"""Whatever is written with good names: an answer, never a traceback; and what passes can be run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import event, given
from hypothesis import strategies as st

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of
from ohjausprosessi.net import compile_net
from ohjausprosessi.process import Process
from ohjausprosessi.wellformedness import CHECKS
from properties import ANY_DATA, examples, saw
from small import DURATIONS, called_definition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition

Data = dict[str, Any]
CALLED: Mapping[str, Definition] = {
    "sub": called_definition(),
    "joint": replace(
        called_definition(states={"ko": {"kind": "end", "outcome": "bad", "owner": "j"}}),
        id="joint",
    ),
}
STATES = ("a", "b", "d", "f", "g", "z")
KINDS = ("state", "state", "state", "choice", "fork", "join", "call", "end")
OWNERS = ("c", "c", "c", "s", "j", "k", "x")
PARTIES = ("rc", "rs", "cl", "c", "s", "j", "x")


def seldom() -> st.SearchStrategy[bool]:
    return st.sampled_from((*[False] * 6, True))


def often(value: object, *others: object) -> st.SearchStrategy[Any]:
    """Return mostly a value, now and then one of the others; small examples have the value."""
    return st.sampled_from((value,) * 6 + others)


@st.composite
def owners(draw: st.DrawFn) -> Data:
    return {
        "c": draw(often({}, {"external": True}, {"members": ["s"]})),
        "s": draw(often({}, {"external": True})),
        "te": {},
        "x": draw(often({"external": True}, {})),
        "j": {"members": draw(often(["s", "c"], ["s", "x"], ["k", "c"]))},
        "k": draw(often({"members": ["s", "te"]}, {"members": ["s"], "external": True})),
    }


@st.composite
def states(draw: st.DrawFn) -> Data:
    found: Data = {}
    for name in STATES:
        kind = draw(st.sampled_from(("state",) if name == "a" else KINDS))
        found[name] = {"kind": kind, "owner": draw(st.sampled_from(OWNERS))}
        if kind == "call":
            found[name]["process"] = draw(st.sampled_from(sorted(CALLED)))
    return found


@st.composite
def handoffs(draw: st.DrawFn) -> Data:
    handoff: Data = {}
    if draw(seldom()):
        handoff["ack"] = False
    for key, values in {
        "to": st.sampled_from(("x", "s")),
        "accept_by": st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2, unique=True),
        "within": st.just("day"),
        "else": st.sampled_from((*STATES, "back")),
        "info": st.just(["i"]),
    }.items():
        if draw(seldom()):
            handoff[key] = draw(values)
    return handoff


@st.composite
def transitions(draw: st.DrawFn, kinds: Data) -> Data:
    """Return a transition that suits what it leaves, most of the time."""
    sources = draw(st.lists(st.sampled_from(STATES), min_size=1, max_size=2, unique=True))
    entry: Data = {"from": sources, "to": draw(st.sampled_from(STATES))}
    kind = kinds[sources[0]]["kind"]
    if draw(seldom()):
        entry["from"] = "any_open"
    elif draw(seldom()):
        entry["interrupt"] = True
    if (kind in {"state", "end"}) != draw(seldom()):
        entry["by"] = draw(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2, unique=True))
    if (kind == "call") != draw(seldom()):
        entry["outcome"] = draw(st.sampled_from((["good", "bad"], ["good"], ["bad"])))
    for key, value in {"after": "day", "if": "k", "set": {"k": True}}.items():
        if draw(seldom()):
            entry[key] = value
    if draw(st.booleans()):
        entry["handoff"] = draw(handoffs())
    return entry


@st.composite
def definitions(draw: st.DrawFn) -> Data:
    """Return a small definition as data; every name in it is the name of something."""
    found = draw(states())
    ways = draw(st.lists(transitions(found), min_size=1, max_size=7))
    document: Data = {
        "ohjausprosessi": 1,
        "id": "p",
        "version": "1",
        "responsible": draw(often("c", *OWNERS)),
        "start": draw(often("a", *STATES)),
        "owners": draw(owners()),
        "roles": {
            "rc": {"owner": "c"},
            "rs": {"owner": draw(often("s", "te", "j"))},
            "cl": draw(often({"client": True}, {"owner": "c"})),
        },
        "facts": {"k": {"type": "bool"}},
        "info": {"i": {}},
        "durations": DURATIONS,
        "states": found,
        "transitions": {f"t{number}": way for number, way in enumerate(ways)},
    }
    if not draw(seldom()):
        document["fallback"] = draw(often("a", *STATES))
    return document


SOUND: Data = {
    "responsible": "c",
    "start": "a",
    "fallback": "a",
    "owners": {
        "c": {},
        "s": {},
        "te": {},
        "x": {"external": True},
        "j": {"members": ["s", "c"]},
        "k": {"members": ["s", "te"]},
    },
    "roles": {"rc": {"owner": "c"}, "rs": {"owner": "s"}, "cl": {"client": True}},
}


def refusal(document: Data) -> tuple[Finding, ...]:
    """Return why a definition is refused; nothing if it has a meaning."""
    try:
        definition_of(document, called=CALLED)
    except DefinitionError as error:
        return error.findings
    return ()


def mend(document: Data, finding: Finding, *, patient: bool) -> None:
    """Put right what a finding points at; without patience a transition goes."""
    section, *names = finding.location.element
    if section == "states":
        document[section][names[0]] = {"owner": "c"}
    elif section == "transitions" and patient and finding.code in {"nobody", "interrupt-by"}:
        document[section][names[0]] |= {"by": "rc"}
        document[section][names[0]].pop("after", None)
    elif section == "transitions" and patient and finding.code == "handoff-missing":
        document[section][names[0]]["handoff"] = {}
    elif section == "transitions" and patient and names[1:2] not in ([], ["from"], ["to"]):
        document[section][names[0]].pop(names[1])
    elif section == "transitions":
        document[section].pop(names[0])
    else:
        document |= SOUND  # an owner may be wrong for what another is
        document["states"]["a"] = {"owner": "c"}


@examples(250, sees={"findings": 0.3, "definitions": 0.001}, **ANY_DATA)
@given(document=definitions())
def test_a_definition_has_a_meaning_or_is_refused_with_reasons(document: Data) -> None:
    found = refusal(document)
    assert {finding.code for finding in found} <= set(CHECKS)  # nothing else is wrong with it
    saw("findings" if found else "definitions")
    for finding in found:
        event(finding.code)
        assert finding.severity == "error"
        assert finding.hint


@examples(150, **ANY_DATA)
@given(document=definitions())
def test_a_definition_is_mended_where_its_findings_point_and_then_runs(document: Data) -> None:
    for patience in range(60, -20, -1):
        found = refusal(document)
        if not found:
            break
        mend(document, found[0], patient=patience > 0)
    definition = definition_of(document, called=CALLED)
    event(f"{len(definition.transitions)} transitions")
    assert len(compile_net(definition).initial) == 1
    case = Process(definition).start("x")
    for role in ("rc", "rs", "cl") * 2:
        for option in case.options(by=role)[-1:]:
            case = case.advance(option.transition, by=role, state=option.state)
    assert case.active
