"""The two shipped processes: complete, traced, in both languages, and safe at every hand-off."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.formats import load_definition
from ohjausprosessi.model import arrows
from ohjausprosessi.verify import findings
from places import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ohjausprosessi.model import Definition, Element, Label

FIGURE_1 = ROOT / "processes" / "tyottomyydesta_tutkintoon.yaml"
FIGURE_2 = ROOT / "processes" / "ohjausprosessi_koulutukseen.yaml"
FIGURES = pytest.mark.parametrize("path", [FIGURE_1, FIGURE_2], ids=["figure-1", "figure-2"])

SECTIONS = (
    "owners",
    "roles",
    "phases",
    "facts",
    "info",
    "durations",
    "services",
    "states",
    "transitions",
    "duties",
    "rules",
)
PARAGRAPHS = {"T", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "K1", "K2"}
IMPERATIVES = re.compile(
    "(Aloita|Arvioi|Esitä|Hakeudu|Jatka|Keskeytä|Kirjaa|Käynnistä|Ohjaa|Palaa|Palauta|Peru|Poikkea"
    "|Päätä|Seuraa|Siirry|Siirrä|Sovi|Tule|Vahvista|Vaihda|Valitse)[ ,]"
)


def elements(definition: Definition) -> Iterator[tuple[str, Element]]:
    """Yield every entry of every section with its path."""
    for section in SECTIONS:
        for element in getattr(definition, section).values():
            yield f"{section}.{element.id}", element


def labels(definition: Definition) -> Iterator[tuple[str, Label]]:
    """Yield every label that people read with its path."""
    for path, element in [("document", definition), *elements(definition)]:
        for key in ("title", "inferred"):
            label = getattr(element, key)
            if label is not None:
                yield f"{path}.{key}", label
    for fact in definition.facts.values():
        for value, label in fact.values.items():
            assert label is not None, f"{fact.id}.{value} has no label"
            yield f"facts.{fact.id}.values.{value}", label


@FIGURES
def test_a_process_loads_and_has_no_finding(path: Path) -> None:
    definition = load_definition(path)

    assert definition.id == path.stem
    assert [f.text("en") for f in findings(definition, prove_rules=True)] == []


def test_what_the_drafts_held_is_there() -> None:
    sizes = {
        path.stem: {section: len(getattr(load_definition(path), section)) for section in SECTIONS}
        for path in (FIGURE_1, FIGURE_2)
    }

    assert sizes == {
        "tyottomyydesta_tutkintoon": {
            "owners": 6,
            "roles": 10,
            "phases": 3,
            "facts": 21,
            "info": 10,
            "durations": 4,
            "services": 13,
            "states": 22,
            "transitions": 50,
            "duties": 3,
            "rules": 52,
        },
        "ohjausprosessi_koulutukseen": {
            "owners": 5,
            "roles": 6,
            "phases": 5,
            "facts": 10,
            "info": 7,
            "durations": 3,
            "services": 5,
            "states": 18,
            "transitions": 30,
            "duties": 0,
            "rules": 22,
        },
    }


@FIGURES
def test_every_element_says_on_what_it_rests(path: Path) -> None:
    for name, element in elements(load_definition(path)):
        assert element.source or element.inferred, f"{name} rests on nothing"
        assert set(element.source) <= PARAGRAPHS, f"{name} cites {element.source}"


@FIGURES
def test_every_label_is_in_finnish_and_in_english(path: Path) -> None:
    definition = load_definition(path)
    for name, element in elements(definition):
        assert element.title is not None, f"{name} has no title"
    for name, label in labels(definition):
        texts = dict(label.texts)
        assert set(texts) == {"fi", "en"}, f"{name} is in {sorted(texts)}"
        for text in texts.values():
            assert text == " ".join(text.split()), f"{name} has odd spaces"
            assert not text.endswith("."), f"{name} ends in a full stop"
        assert "Kuvio" not in texts["en"], f"{name} has Finnish in English"
        if not name.endswith("inferred"):
            assert texts["fi"][0].isupper(), f"{name} begins small"
            assert texts["en"][0].isupper(), f"{name} begins small"


@FIGURES
def test_a_transition_is_an_imperative_and_unlike_all_others(path: Path) -> None:
    transitions = load_definition(path).transitions.values()
    for transition in transitions:
        title = transition.text("fi")
        assert IMPERATIVES.match(title), f"{transition.id}: {title}"
    for language in ("fi", "en"):
        titles = Counter(transition.text(language) for transition in transitions)
        assert [title for title, times in titles.items() if times > 1] == []


def test_each_figure_has_its_own_legend() -> None:
    first, second = load_definition(FIGURE_1), load_definition(FIGURE_2)

    inside = {o.id: (o.colour, o.shape) for o in first.owners.values() if not o.external}
    assert inside.pop("yhteinen") == ("grey", "square")
    assert inside == {"sakky": ("yellow", "triangle"), "kaupunki": ("blue", "triangle")}
    assert "P5" in first.owners["sakky"].source
    assert "P5" in first.owners["kaupunki"].source

    inside = {o.id: (o.colour, o.shape) for o in second.owners.values() if not o.external}
    assert inside.pop("yhteinen") == ("grey", "square")
    assert inside == {
        "te": ("red", "point"),
        "kaupunki": ("blue", "point"),
        "sakky": ("yellow", "point"),
    }
    assert "P7" not in second.owners["sakky"].source
    assert "analogy" in str(second.owners["sakky"].inferred)


def test_services_are_marks_and_amos_is_no_client_service() -> None:
    for path in (FIGURE_1, FIGURE_2):
        definition = load_definition(path)
        assert not definition.services.keys() & definition.states.keys()
        used = {name for state in definition.states.values() for name in state.services}
        assert used == set(definition.services)
    hidden = [s.id for s in load_definition(FIGURE_1).services.values() if not s.client]
    assert hidden == ["amos_kehittaminen"]


@FIGURES
def test_no_time_limit_claims_the_source(path: Path) -> None:
    definition = load_definition(path)
    for duration in definition.durations.values():
        assert duration.source == ()
        assert duration.inferred is not None
        assert "ehdotuksemme" in duration.inferred.text("fi")
    for rule in definition.rules.values():
        if rule.within is not None:
            assert rule.inferred is not None, f"{rule.id} takes its time from the source"


@FIGURES
def test_the_goal_list_stays_open(path: Path) -> None:
    goal = load_definition(path).facts["tavoite"]

    assert {"muu", "ei_sopivaa"} < set(goal.values)
    assert goal.by == ("asiakas",)


@FIGURES
def test_information_is_personal(path: Path) -> None:
    definition = load_definition(path)

    assert all(item.personal for item in definition.info.values())
    assert definition.facts["asuu_alueella"].personal
    assert definition.facts["asiakkuuden_paattymisen_syy"].personal


def test_the_background_of_the_client_is_personal() -> None:
    facts = load_definition(FIGURE_1).facts

    assert {fact.id for fact in facts.values() if fact.personal} == {
        "ika",
        "vailla_perusasteen_jalkeista_tutkintoa",
        "ammatinvaihtaja",
        "osaamisen_paivitystarve",
        "asuu_alueella",
        "asiakkuuden_paattymisen_syy",
    }


@FIGURES
def test_nobody_is_lost_at_a_handoff(path: Path) -> None:
    """Somebody answers in time, else the client is with the giver or the responsible (P6)."""
    definition = load_definition(path)
    for transition in definition.transitions.values():
        for arrow in arrows(definition, transition):
            handoff = transition.handoff
            if not arrow.is_handoff:
                continue
            assert handoff is not None
            if not handoff.ack:
                assert arrow.receiver == definition.responsible, transition.id
                continue
            assert definition.roles_of(handoff.accept_by), f"{transition.id}: nobody answers"
            assert handoff.within == "vastaanottokuittaus", f"{transition.id}: no time limit"
            assert handoff.info, f"{transition.id}: nothing travels"
            back = handoff.otherwise or definition.fallback
            assert back is not None
            if back != "back":
                holder = definition.state_holder(back)
                assert holder in {arrow.giver, definition.responsible}, transition.id


@FIGURES
def test_somebody_is_reminded_of_every_client_who_waits(path: Path) -> None:
    """A deadline, or the follow-up that the process-responsible owes everywhere (P6)."""
    definition = load_definition(path)
    follow_up = definition.duties.get("seuranta")
    for state in definition.states.values():
        if state.kind == "state" and state.deadline is None:
            assert follow_up is not None, f"{state.id} is forgotten"
            assert follow_up.every is not None
            assert definition.responsible in follow_up.by


def test_what_the_mapping_found_travels_on() -> None:
    first, second = load_definition(FIGURE_1), load_definition(FIGURE_2)
    mapping = first.states["koulutusvaihtoehtojen_kartoitus"]
    shared = first.info.keys() & second.info.keys()

    assert mapping.process == second.id
    assert shared <= set(mapping.takes)
    assert {"tavoite", "oppilaitos", "opiskelupaikka"} <= set(mapping.takes)
    transfer = first.transitions["siirra_savon_ammattiopistoon"].handoff
    confirmed = second.transitions["vahvista_opiskelupaikka"].handoff
    assert transfer is not None
    assert confirmed is not None
    assert "opiskelupaikan_tiedot" in set(transfer.info) & set(confirmed.info)


def test_all_66_rules_are_there_with_their_number() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (FIGURE_1, FIGURE_2)]

    numbers = set(re.findall(r"\bR\d\d\b", "".join(texts)))
    assert numbers == {f"R{number:02}" for number in range(1, 67)}
    for path, text in zip((FIGURE_1, FIGURE_2), texts, strict=True):
        for rule in load_definition(path).rules:
            assert re.search(rf"^  {rule}:   # R\d\d", text, re.MULTILINE), f"{rule} has no number"


@FIGURES
def test_a_file_is_laid_out_for_review(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    written = [line[:-1] for line in lines if re.fullmatch(r"[a-z]+:", line)]

    assert lines[0] == "# yaml-language-server: $schema=../schema/ohjausprosessi-1.json"
    assert [line for line in lines if len(line) > 120] == []
    assert [name for name in written if name in SECTIONS] == [
        name for name in SECTIONS if name in written
    ]
    assert any("kuvaa ei ollut käytettävissä" in line for line in lines[:5])
