"""Mistakes planted in the two shipped processes are named by their code."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from foreign_yaml import data_of
from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of
from ohjausprosessi.wellformedness import CHECKS, problems
from places import PROCESSES

if TYPE_CHECKING:
    from ohjausprosessi.model import Definition

FIRST, SECOND = "tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen"
DATA = {name: data_of((PROCESSES / f"{name}.yaml").read_text("utf-8")) for name in (FIRST, SECOND)}
CALLED = {SECOND: definition_of(DATA[SECOND])}
GONE = object()


def planted(name: str, changes: dict[str, Any]) -> Definition:
    """Return a shipped process with values replaced at dotted paths, or removed (``GONE``)."""
    data = deepcopy(DATA[name])
    for path, value in changes.items():
        *way, last = path.split(".")
        entry = data
        for key in way:
            entry = entry[key]
        if value is GONE:
            del entry[last]
        else:
            entry[last] = value
    return definition_of(data, called=CALLED)


def kind(state: str, kind: str) -> dict[str, Any]:
    """Return the changes that make a waiting state with a deadline something else."""
    return {f"states.{state}.kind": kind, f"states.{state}.deadline": GONE}


MISTAKES: list[tuple[str, str, dict[str, Any]]] = [
    ("members", FIRST, {"owners.yhteinen.members": ["kaupunki", "tyonantaja"]}),
    ("members", SECOND, {"owners.yhteinen.external": True}),
    ("role-owner", FIRST, {"roles.asiakas.client": GONE}),
    ("role-owner", SECOND, {"roles.te_asiantuntija.owner": "yhteinen"}),
    ("responsible-owner", FIRST, {"responsible": "tyonantaja"}),
    ("responsible-owner", SECOND, {"responsible": "yhteinen"}),
    ("state-owner", FIRST, {"states.opinnot_muussa_oppilaitoksessa.owner": "muu_oppilaitos"}),
    ("start-kind", FIRST, {"start": "koulutusvaihtoehtojen_kartoitus"}),
    ("start-kind", SECOND, {"start": "siirtynyt_koulutukseen"}),
    ("end-exit", SECOND, {"transitions.jatka_ohjausta.from": "vaihtoehdot_selvitetty"}),
    ("automatic-by", FIRST, {"transitions.kirjaa_opiskelupaikka.after": "seurantavali"}),
    ("automatic-by", SECOND, kind("keskustelu_palvelutorilla", "choice")),
    (
        "choice-else",
        FIRST,
        {
            "transitions.kirjaa_vaihtoehdot_selvitetyiksi.outcome": [
                "vaihtoehdot_selvitetty",
                "opiskelupaikka_vahvistettu",
            ]
        },
    ),
    ("choice-else", SECOND, kind("keskustelu_palvelutorilla", "choice")),
    ("fork-exits", SECOND, kind("keskustelu_palvelutorilla", "fork")),
    ("join-exits", SECOND, kind("keskustelu_palvelutorilla", "join")),
    ("gateway-list", FIRST, kind("ohjaus_koulutuskoordinaattorilla", "join")),
    ("nobody", FIRST, {"transitions.arvioi_palvelutarve.by": GONE}),
    ("nobody", SECOND, {"transitions.peru_haku.by": GONE}),
    ("interrupt-by", FIRST, {"transitions.paata_asiakkuus.by": GONE}),
    ("interrupt-by", SECOND, {"transitions.paata_ohjaus.after": "reagointi"}),
    ("interrupt-source", FIRST, kind("ohjaus_koulutuskoordinaattorilla", "join")),
    (
        "interrupt-source",
        FIRST,
        {
            "transitions.kirjaa_tyollistyminen_ennen_opintoja.from": [
                "asiakkuus_alkanut",
                "koulutusvaihtoehtojen_kartoitus",
            ]
        },
    ),
    (
        "automatic-cycle",
        FIRST,
        {"transitions.kirjaa_vaihtoehdot_selvitetyiksi.to": "koulutusvaihtoehtojen_kartoitus"},
    ),
    (
        "automatic-cycle",
        SECOND,
        kind("keskustelu_palvelutorilla", "choice") | kind("vaihtoehtojen_kartoitus", "choice"),
    ),
    ("call-outcomes", FIRST, {"transitions.kirjaa_tyollistyminen_kartoituksessa": GONE}),
    ("call-outcomes", FIRST, {"transitions.kirjaa_opiskelupaikka.outcome": GONE}),
    ("call-outcomes", FIRST, {"transitions.arvioi_palvelutarve.outcome": "tyollistynyt"}),
    ("call-exits", FIRST, {"transitions.kirjaa_paattyminen_kartoituksessa.by": GONE}),
    ("call-responsible", FIRST, {"responsible": "sakky"}),
    ("call-holder", FIRST, {"states.koulutusvaihtoehtojen_kartoitus.owner": "sakky"}),
    ("call-clash", FIRST, {"roles.opinto_ohjaaja.owner": "kaupunki"}),
    ("call-clash", FIRST, {"owners.tyonantaja.external": GONE}),
    ("call-facts", FIRST, {"facts.oppilaitos.values": ["savon_ammattiopisto"]}),
    ("fallback-kind", FIRST, {"fallback": "asiakkuus_paattynyt"}),
    ("fallback-kind", SECOND, {"fallback": "siirtynyt_koulutukseen"}),
    ("fallback-owner", FIRST, {"fallback": "ohjaus_opinto_ohjaajalla"}),
    ("fallback-owner", SECOND, {"fallback": "perustutkinto"}),
    ("handoff-missing", FIRST, {"transitions.ohjaa_opinto_ohjaajalle.handoff": GONE}),
    ("handoff-missing", FIRST, {"states.palvelutarpeen_arvio.owner": "sakky"}),
    ("handoff-missing", SECOND, {"states.vaihtoehtojen_kartoitus.owner": "te"}),
    ("handoff-needless", FIRST, {"transitions.arvioi_palvelutarve.handoff": {}}),
    ("handoff-needless", SECOND, {"states.perustutkinto.owner": "kaupunki"}),
    ("handoff-return", FIRST, {"fallback": GONE}),
    ("handoff-return", SECOND, {"fallback": GONE}),
    (
        "return-kind",
        FIRST,
        {"transitions.ohjaa_opinto_ohjaajalle.handoff.else": "asiakkuus_paattynyt"},
    ),
    (
        "return-kind",
        FIRST,
        {"transitions.kirjaa_muutto_kartoituksessa.handoff.else": "back"},
    ),
    (
        "return-owner",
        FIRST,
        {
            "transitions.tutustu_opintoihin_koordinaattorin_kautta.handoff.else": (
                "ohjaus_opinto_ohjaajalla"
            )
        },
    ),
    ("return-owner", SECOND, {"transitions.valitse_perustutkinto.handoff.else": "rekrykoulutus"}),
    (
        "handoff-nobody",
        FIRST,
        {"transitions.kirjaa_muutto_toiselle_alueelle.handoff.accept_by": "vastaanottava_alue"},
    ),
    ("handoff-receiver", FIRST, {"states.opinnot_savon_ammattiopistossa.owner": "kaupunki"}),
    (
        "handoff-receiver",
        SECOND,
        {"transitions.valitse_perustutkinto.handoff.accept_by": "te_asiantuntija"},
    ),
    (
        "handoff-receiver",
        SECOND,
        {"transitions.valitse_perustutkinto.handoff.accept_by": "asiakas"},
    ),
    ("handoff-to", FIRST, {"transitions.siirra_muuhun_oppilaitokseen.handoff.to": "sakky"}),
    ("handoff-ack", FIRST, {"transitions.lopeta_opinnot.handoff.within": "vastaanottokuittaus"}),
    ("handoff-ack", SECOND, {"transitions.valitse_perustutkinto.handoff": {"ack": False}}),
    ("service-phase", FIRST, {"states.tyonhaun_tuki.phase": "opintojen_aikana"}),
]


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_a_shipped_process_has_no_problems(name: str) -> None:
    assert problems(planted(name, {})) == ()


@pytest.mark.parametrize(
    ("code", "name", "changes"),
    MISTAKES,
    ids=[f"{code}-{i}" for i, (code, *_) in enumerate(MISTAKES)],
)
def test_a_planted_mistake_is_named(code: str, name: str, changes: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError) as caught:
        planted(name, changes)
    codes = {finding.code for finding in caught.value.findings}
    assert code in codes
    assert codes <= set(CHECKS)


def test_every_check_finds_a_planted_mistake() -> None:
    assert {code for code, *_ in MISTAKES} == set(CHECKS)
