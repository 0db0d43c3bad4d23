"""What a definition says key by key: accepted, refused with code and place, turned into the model."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of, loads_definition
from ohjausprosessi.model import Duration, Fact, Handoff, Label, Role, Rule, State, Transition
from places import ROOT

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding

BASE: dict[str, Any] = {
    "ohjausprosessi": 1,
    "id": "neuvonta",
    "version": "1",
    "responsible": "kunta",
    "start": "alku",
    "fallback": "alku",
    "owners": {"kunta": {}, "opisto": {}, "muualla": {"external": True}},
    "roles": {"neuvoja": {"owner": "kunta"}, "opettaja": {"owner": "opisto"}},
    "phases": {"ennen": {}},
    "facts": {
        "valmis": {"type": "bool"},
        "ika": {"type": "int", "min": 15, "max": 70},
        "tavoite": {"type": "enum", "values": ["tutkinto", "tyo"]},
        "ala": {"type": "text"},
    },
    "durations": {"viikko": {"length": "1 week"}},
    "info": {"tuen_tarpeet": {}},
    "services": {"tori": {"owner": "kunta"}},
    "states": {
        "alku": {"owner": "kunta"},
        "kurssi": {"owner": "opisto"},
        "loppu": {"kind": "end", "owner": "kunta"},
    },
    "transitions": {
        "ohjaa": {"from": "alku", "to": "kurssi", "by": "neuvoja", "handoff": {"within": "viikko"}},
        "paata": {"from": "kurssi", "to": "loppu", "by": "opettaja", "handoff": {"ack": False}},
    },
    "duties": {"seuranta": {"by": ["kunta"], "every": "viikko"}},
    "rules": {"kuitataan": {"rule": "response", "when": "ohjaa", "then": "answer"}},
}
REMOVED = object()
GOOD = """ohjausprosessi: 1
id: neuvonta
version: "1"
responsible: kunta
start: alku
owners: {kunta: {}}
roles: {neuvoja: {owner: kunta}}
facts: {valmis: {type: bool}}
states:
  alku: {owner: kunta}
  loppu: {kind: end, owner: kunta}
transitions:
  ohjaa:
    from: alku
    to: loppu
    by: neuvoja
    if: 'valmis'
"""


def changed(path: str, value: object) -> dict[str, Any]:
    data = deepcopy(BASE)
    place: Any = data
    *above, last = path.split(".")
    for step in above:
        place = place.setdefault(step, {})
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return data


def refused(data: dict[str, Any]) -> tuple[Finding, ...]:
    with pytest.raises(DefinitionError) as caught:
        definition_of(data)
    for finding in caught.value.findings:
        assert finding.hint is not None, finding
        assert finding.message.fi != finding.message.en
        assert "pydantic" not in str(finding)
    return caught.value.findings


def test_the_base_is_a_definition() -> None:
    assert definition_of(BASE).id == "neuvonta"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("ohjausprosessi", REMOVED, "key"),
        ("ohjausprosessi", 2, "version"),
        ("ohjausprosessi", True, "version"),
        ("ohjausprosessi", "1", "version"),
        ("extends", "neuvonta@0", "extends"),
        ("id", REMOVED, "key"),
        ("id", "Neuvonta", "id"),
        ("id", "back", "id"),
        ("id", "n" * 81, "id"),
        ("id", 5, "value"),
        ("version", REMOVED, "key"),
        ("version", 1, "value"),
        ("version", " ", "value"),
        ("version", "1\u200b", "yaml"),
        ("version", "1\u00ad", "yaml"),
        ("valid", "2021", "value"),
        ("valid", "2021-02-30/..", "value"),
        ("valid", "2022-01-01/2021-01-01", "value"),
        ("timezone", "Europe/Helsingi", "value"),
        ("timezone", "../../etc/passwd", "value"),
        ("timezone", "", "value"),
        ("holidays", "fi", "value"),
        ("holidays", "XX", "value"),
        ("responsible", REMOVED, "key"),
        ("responsible", "kaupunki", "name"),
        ("responsible", ["kunta"], "value"),
        ("start", "allku", "name"),
        ("start", None, "value"),
        ("fallback", "neuvoja", "name"),
        ("fallback", None, "value"),
        ("fallback", "", "value"),
        ("responsible", "", "value"),
        ("start", "", "value"),
        ("states.kurssi.owner", "", "value"),
        ("states.kurssi.phase", "", "value"),
        ("states.kurssi.roles", "", "value"),
        ("transitions.ohjaa.handoff.else", "", "value"),
        ("rules.kuitataan.when", [""], "value"),
        ("title", None, "value"),
        ("phases", None, "value"),
        ("phases.ennen.title", None, "value"),
        ("roles.neuvoja.client", None, "value"),
        ("transitions.ohjaa.if", None, "value"),
        ("transitions.ohjaa.by", [None], "value"),
        ("transitions.ohjaa.handoff", None, "value"),
        ("transitions.ohjaa.handoff.within", None, "value"),
        ("owners", REMOVED, "key"),
        ("owners", ["kunta"], "value"),
        ("owners", "kunta", "value"),
        ("lanes", {}, "key"),
        ("title", 5, "value"),
        ("title", "", "value"),
        ("title", {}, "value"),
        ("title", {"suomi": "Neuvonta"}, "value"),
        ("title", {"fi": 5}, "value"),
        ("source", 5, "value"),
        ("source", [5], "value"),
        ("source", [""], "value"),
        ("inferred", False, "value"),
        ("owners.opisto", "yellow", "value"),
        ("owners.opisto", None, "value"),
        ("owners.opisto.colour", "yelow", "value"),
        ("owners.opisto.colour", "#ff", "value"),
        ("owners.opisto.shape", "circle", "value"),
        ("owners.opisto.external", "true", "value"),
        ("owners.opisto.external", 1, "value"),
        ("owners.opisto.members", ["kunta", "opist"], "name"),
        ("owners.opisto.members", ["kunta", "kunta"], "duplicate"),
        ("owners.opisto.owner", "kunta", "key"),
        ("owners.any_open", {}, "id"),
        ("owners.x-note", {}, "id"),
        ("roles.neuvoja.owner", "kunda", "name"),
        ("roles.neuvoja.client", True, "key"),
        ("roles.neuvoja.client", False, "value"),
        ("phases.ennen.owner", "kunta", "key"),
        ("facts.valmis", {}, "key"),
        ("facts.valmis.type", "boolean", "value"),
        ("facts.valmis.default", "true", "value"),
        ("facts.valmis.default", None, "value"),
        ("facts.valmis.default", [True], "value"),
        ("facts.valmis.min", 1, "key"),
        ("facts.valmis.values", ["a"], "key"),
        ("facts.valmis.by", "opettja", "name"),
        ("facts.valmis.phases", "enne", "name"),
        ("facts.tavoite.values", REMOVED, "key"),
        ("facts.tavoite.values", [], "value"),
        ("facts.tavoite.values", {}, "value"),
        ("facts.tavoite.values", "tyo", "value"),
        ("facts.tavoite.values", [5], "value"),
        ("facts.tavoite.values", ["Työ"], "id"),
        ("facts.tavoite.values", ["true"], "id"),
        ("facts.tavoite.values", ["tyo", "tyo"], "duplicate"),
        ("facts.tavoite.values", {"tyo": {"suomi": "Työ"}}, "value"),
        ("facts.tavoite.default", "opiskelu", "value"),
        ("facts.ika.min", "15", "value"),
        ("facts.ika.max", 2**53, "yaml"),
        ("facts.ika.max", 10**400, "yaml"),
        ("facts.ika.max", 70.5, "yaml"),
        ("facts.ika.default", 14, "value"),
        ("facts.ika.default", 71, "value"),
        ("facts.ika.default", True, "value"),
        ("facts.ala.default", "", "value"),
        ("info.tuen_tarpeet.type", "text", "key"),
        ("durations.viikko.length", "viikko", "value"),
        ("durations.viikko.length", "0 days", "value"),
        ("durations.viikko.length", "1  day", "value"),
        ("durations.viikko.length", "101 years", "value"),
        ("durations.viikko.length", 7, "value"),
        ("services.tori.owner", REMOVED, "key"),
        ("services.tori.phases", ["ennen", "enne"], "name"),
        ("services.tori.if", "valmiz", "guard"),
        ("services.tori.if", 5, "value"),
        ("states.kurssi.owner", REMOVED, "key"),
        ("states.kurssi.kind", "end_", "value"),
        ("states.kurssi.phase", "jalkeen", "name"),
        ("states.kurssi.roles", "opisto", "name"),
        ("states.kurssi.services", ["tori", "tiski"], "name"),
        ("states.kurssi.deadline", "5 days", "name"),
        ("states.kurssi.outcome", "valmis", "key"),
        ("states.kurssi.process", "muu", "key"),
        ("states.kurssi.take", ["valmis"], "key"),
        ("states.loppu.deadline", "viikko", "key"),
        ("states.loppu.exclusive", False, "key"),
        ("states.loppu.outcome", "Valmis", "id"),
        ("states.kutsu", {"kind": "call", "owner": "kunta"}, "key"),
        ("states.kutsu", {"kind": "call", "owner": "kunta", "process": "muu"}, "name"),
        ("states.kutsu", {"kind": "call", "owner": "kunta", "process": "../muu"}, "name"),
        ("states.kutsu", {"kind": "call", "owner": "kunta", "process": "muu@../1"}, "name"),
        ("states.kutsu", {"kind": "call", "owner": "kunta", "process": "muu/muu"}, "name"),
        ("transitions.ohjaa.from", REMOVED, "key"),
        ("transitions.ohjaa.from", [], "value"),
        ("transitions.ohjaa.from", ["alku", "alkku"], "name"),
        ("transitions.ohjaa.from", ["any_open", "alku"], "value"),
        ("transitions.ohjaa.from", "any_handoff", "name"),
        ("transitions.ohjaa.to", "back", "name"),
        ("transitions.ohjaa.to", ["kurssi"], "value"),
        ("transitions.ohjaa.by", "ennen", "name"),
        ("transitions.ohjaa.after", "1 week", "name"),
        ("transitions.ohjaa.if", "ika == true", "guard"),
        ("transitions.ohjaa.if", "tavoite == 'tutkimto'", "guard"),
        ("transitions.ohjaa.if", "tuen_tarpeet == 'x'", "guard-info"),
        ("transitions.ohjaa.if", "", "guard"),
        ("transitions.ohjaa.set", {"valmis": "true"}, "value"),
        ("transitions.ohjaa.set", {"ika": 99}, "value"),
        ("transitions.ohjaa.set", {"tavoite": "opinnot"}, "value"),
        ("transitions.ohjaa.set", {"ala": ""}, "value"),
        ("transitions.ohjaa.set", {"alat": "sote"}, "name"),
        ("transitions.ohjaa.set", {"tuen_tarpeet": "paljon"}, "value"),
        ("transitions.ohjaa.set", {"valmis": [True]}, "value"),
        ("transitions.ohjaa.set", ["valmis"], "value"),
        ("transitions.ohjaa.handoff", True, "value"),
        ("transitions.ohjaa.handoff.by", "opettaja", "key"),
        ("transitions.ohjaa.handoff.x-note", "free", "key"),
        ("transitions.ohjaa.handoff.to", "opettaja", "name"),
        ("transitions.ohjaa.handoff.info", ["tuen_tarve"], "name"),
        ("transitions.ohjaa.handoff.accept_by", "opettajat", "name"),
        ("transitions.ohjaa.handoff.within", "vikko", "name"),
        ("transitions.ohjaa.handoff.else", "any_open", "name"),
        ("transitions.ohjaa.interrupt", "yes", "value"),
        ("transitions.ohjaa.owner", "neuvoja", "name"),
        ("transitions.pois", {"from": "any_open", "to": "loppu", "interrupt": False}, "value"),
        ("duties.seuranta.by", REMOVED, "key"),
        ("duties.seuranta.by", [], "value"),
        ("duties.seuranta.by", ["kunta", "kunda"], "name"),
        ("duties.seuranta.every", "kuukausi", "name"),
        ("rules.kuitataan.rule", "respons", "value"),
        ("rules.kuitataan.then", REMOVED, "rule-keys"),
        ("rules.kuitataan.then", [], "rule-keys"),
        ("rules.kuitataan.first", "ohjaa", "rule-keys"),
        ("rules.kuitataan.holds", "valmis", "rule-keys"),
        ("rules.kuitataan.within", "vikko", "name"),
        ("rules.kuitataan.if", "valmis &&", "guard"),
        ("rules.kuitataan.monitor", "yes", "value"),
        ("rules.x", {"rule": "invariant", "holds": "valmis == 1"}, "guard"),
        ("rules.x", {"rule": "enabled", "when": "alku", "then": "ohjaa", "by": "x"}, "name"),
        ("rules.x", {"rule": "ltlf", "holds": "G(ohjaa"}, "guard"),
        ("rules.x", {"rule": "ltlf", "holds": "G(ohja)"}, "name"),
        ("rules.x", {"rule": "ltlf", "holds": "G(ohjaa -> F accept)"}, "name"),
    ],
)
def test_a_slip_is_refused_where_it_is(path: str, value: object, code: str) -> None:
    found = refused(changed(path, value))
    assert [finding.code for finding in found] == [code]
    shared = min(len(found[0].location.element), path.count(".") + 1)
    assert found[0].location.element[:shared] == tuple(path.split("."))[:shared]
    assert found[0].location.line is None


def test_a_clash_is_reported_at_the_later_of_two() -> None:
    for path, value, code, place in (
        ("owners.neuvoja", {}, "duplicate", ("roles", "neuvoja")),
        ("facts.tuen_tarpeet", {"type": "bool"}, "duplicate", ("info", "tuen_tarpeet")),
        ("facts.ika.min", 71, "value", ("facts", "ika", "max")),
    ):
        found = refused(changed(path, value))
        assert [(finding.code, finding.location.element) for finding in found] == [(code, place)]


def test_every_problem_is_reported_at_once_in_the_order_of_the_file() -> None:
    text = (ROOT / "tests" / "unit" / "formats" / "many_slips.yaml").read_text("utf-8")
    with pytest.raises(DefinitionError) as caught:
        loads_definition(text, name="many_slips.yaml")
    found = caught.value.findings
    assert [(finding.location.line, finding.code) for finding in found] == [
        (3, "yaml"),
        (6, "name"),
        (7, "key"),
        (10, "duplicate"),
        (11, "value"),
        (14, "id"),
        (17, "name"),
        (18, "value"),
        (20, "guard"),
        (24, "guard"),
        (28, "rule-keys"),
        (28, "name"),
    ]
    assert caught.value.text("fi").count("\n    = ") == len(found)


def test_a_problem_reads_like_this() -> None:
    text = (ROOT / "tests" / "unit" / "formats" / "many_slips.yaml").read_text("utf-8")
    with pytest.raises(DefinitionError) as caught:
        loads_definition(text, name="many_slips.yaml")
    assert caught.value.findings[1].text("en") == (
        "many_slips.yaml:6:8 name there is no state `alkku`\n"
        "    start: alkku\n"
        "           ^~~~~\n"
        "    = did you mean `alku`?"
    )
    assert caught.value.findings[1].text("fi") == (
        "many_slips.yaml:6:8 name tilaa `alkku` ei ole\n"
        "    start: alkku\n"
        "           ^~~~~\n"
        "    = tarkoititko `alku`?"
    )
    guard = caught.value.findings[9].location
    assert (guard.line, guard.column, guard.width) == (24, 9, 6)
    assert guard.excerpt[8:14] == "valmiz"


def test_a_name_of_an_entry_that_is_out_of_order_is_not_reported_again() -> None:
    data = changed("facts.valmis.type", "boolean")
    data["transitions"]["ohjaa"]["if"] = "valmis == true"
    data["transitions"]["ohjaa"]["set"] = {"valmis": True}
    assert [finding.code for finding in refused(data)] == ["value"]
    data = changed("states.kurssi.kind", "boolean")
    assert [finding.code for finding in refused(data)] == ["value"]


def test_free_keys_are_ignored_in_the_document_and_in_every_entry() -> None:
    data = changed("x-note", {"anything": ["goes", None]})
    for section in ("owners", "states", "transitions", "rules"):
        for entry in data[section].values():
            entry["x-note"] = [1, {"a": "b"}]
    assert definition_of(data) == definition_of(BASE)


def test_the_model_holds_what_is_written() -> None:
    data = deepcopy(BASE)
    data |= {
        "title": {"fi": "Neuvonta", "en": "Advice"},
        "source": "P1",
        "inferred": "meidän",
        "valid": "2021-01-01/..",
        "timezone": "Europe/Helsinki",
        "holidays": "FI",
    }
    data["states"]["tauko"] = {"owner": "kunta", "deadline": "viikko", "roles": "neuvoja"}
    data["transitions"]["tauolle"] = {
        "from": ["kurssi", "alku"],
        "to": "tauko",
        "by": ["neuvoja", "opisto"],
        "after": "viikko",
        "if": True,
        "set": {"valmis": None, "ika": 20},
        "handoff": {"to": "muualla", "info": "tuen_tarpeet", "within": "viikko", "else": "back"},
    }
    data["transitions"]["pois"] = {"from": "any_open", "to": "loppu", "by": "neuvoja"}
    data["transitions"]["pois2"] = {"from": ["any_open"], "to": "loppu", "by": "neuvoja"}
    definition = definition_of(data)
    assert definition.title == Label((("fi", "Neuvonta"), ("en", "Advice")))
    assert definition.inferred == Label((("", "meidän"),))
    assert definition.source == ("P1",)
    assert definition.valid == ("2021-01-01", "..")
    assert (definition.timezone, definition.holidays) == ("Europe/Helsinki", "FI")
    assert definition.durations["viikko"] == Duration(id="viikko", amount=1, unit="week")
    assert definition.roles["neuvoja"] == Role(id="neuvoja", owner="kunta")
    assert definition.facts["tavoite"] == Fact(
        id="tavoite", type="enum", values={"tutkinto": None, "tyo": None}
    )
    assert definition.states["tauko"] == State(
        id="tauko", owner="kunta", deadline="viikko", roles=("neuvoja",)
    )
    assert definition.transitions["tauolle"] == Transition(
        id="tauolle",
        sources=("kurssi", "alku"),
        to="tauko",
        by=("neuvoja", "opisto"),
        after="viikko",
        guard="true",
        sets={"valmis": None, "ika": 20},
        handoff=Handoff(to="muualla", info=("tuen_tarpeet",), within="viikko", otherwise="back"),
    )
    for name in ("pois", "pois2"):
        assert definition.transitions[name].any_open
        assert definition.transitions[name].interrupt
    assert definition.rules["kuitataan"] == Rule(
        id="kuitataan", rule="response", when=("ohjaa",), then=("answer",)
    )
    assert definition.origin.path is None


def test_a_definition_remembers_where_it_was_written() -> None:
    origin = loads_definition(GOOD, name="hyva.yaml").origin
    location = origin.location("transitions", "ohjaa", "if")
    assert str(location) == "hyva.yaml:17:10"
    assert location.pointer() == "        if: 'valmis'\n             ^~~~~~"
    assert str(origin.location("transitions", "ohjaa")) == "hyva.yaml:13:3"
