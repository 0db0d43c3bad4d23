"""The pictures' own words, in Finnish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model import Section

if TYPE_CHECKING:
    from ohjausprosessi.model import Definition, Element

_SECTIONS: tuple[Section, ...] = get_args(Section)

WORDS = {
    "legend": Text("Selite", "Legend"),
    "version": Text("versio", "version"),
    "overview": Text(
        "yleiskuva: lähteeseen perustuvat tilat, ilman ehtoja ja sivupolkuja",
        "overview: states based on the source, without conditions or side paths",
    ),
    "overview_all": Text(
        "yleiskuva: tilat ilman ehtoja ja sivupolkuja",
        "overview: states without conditions or side paths",
    ),
    "full": Text("täysi kuva: kaikki tilat ja siirtymät", "full view: all states and transitions"),
    "extract": Text("ote", "extract"),
    "plain": Text(
        "suuri prosessi: Graphvizin oma asettelu, ilman kaistoja",
        "large process: laid out by Graphviz, without lanes",
    ),
    "ends": Text("Lopputulos", "Outcome"),
    "all_the_time": Text("Koko ajan", "All the time"),
    "any_time": Text("Milloin tahansa", "At any time"),
    "responsibility": Text("Prosessivastuu", "Responsible for the process"),
    "fallback": Text(
        "Kuittaamaton tai hylätty luovutus palaa tähän",
        "An unanswered or declined hand-off returns here",
    ),
    "back": Text("takaisin", "back"),
    "acknowledges": Text("kuittaa", "acknowledged by"),
    "notice": Text("tieto riittää", "notice is enough"),
    "otherwise": Text("muuten", "else"),
    "timer": Text("kun on kulunut", "after"),
    # legend
    "lg_start": Text("alku", "start"),
    "lg_end": Text("loppu", "end"),
    "lg_service": Text("palvelu tai toimenpide (koodi)", "service or measure (code)"),
    "lg_project": Text(
        "kehittämishanke, ei asiakaspalvelu", "development project, not a client service"
    ),
    "lg_choice": Text("valinta: täsmälleen yksi haara", "choice: exactly one branch"),
    "lg_fork": Text("haarautuminen tai yhtyminen", "fork or join"),
    "lg_call": Text("kutsuu toista prosessia", "calls another process"),
    "lg_transition": Text("siirtymä", "transition"),
    "lg_handoff": Text("luovutus toiselle organisaatiolle", "hand-off to another organisation"),
    "lg_ack": Text("vastaanottaja kuittaa", "receiver acknowledges"),
    "lg_notice": Text("tieto riittää (ei kuittausta)", "notice is enough (no acknowledgement)"),
    "lg_deadline": Text("määräaika", "deadline"),
    "lg_deadline_ours": Text("määräaika (ei lähteestä)", "deadline (not from the source)"),
    "lg_timer": Text(
        "tapahtuu automaattisesti ajan kuluttua", "happens automatically after a time"
    ),
    "lg_inferred": Text("ei lähdettä: päätelty", "no source: inferred"),
    "lg_connector": Text("jatkuu kohtaan, jolla on sama kirjain", "continues at the same letter"),
    "lg_return": Text(
        "voi palata kohtaan, jolla on sama kirjain", "may return to the place with the same letter"
    ),
    "lg_ghost": Text(
        "toisen organisaation tila, vain rajapinta",
        "state of another organisation, interface only",
    ),
    "lg_number": Text("numero = rivi taulukossa", "number = row of the table"),
    "lg_interrupt": Text("keskeytys milloin tahansa", "interrupt at any time"),
    # overlays
    "lg_here": Text("asiakas on tässä", "the client is here"),
    "lg_failed": Text("tässä kohdassa menee vikaan", "this is where it goes wrong"),
    "lg_went": Text("kuljettu reitti", "path taken"),
    "lg_counts": Text("leveys ja luku: kuinka monta kertaa", "width and number: how many times"),
    "lg_added": Text("lisätty", "added"),
    "lg_removed": Text("poistettu", "removed"),
    "lg_changed": Text("muutettu", "changed"),
    "lg_reowned": Text("omistaja vaihtui", "owner changed"),
    "comparison": Text("muutokset versiosta", "changes since version"),
}


def languages(definition: Definition) -> tuple[str, ...]:
    """The languages of a picture: those of its own words, then those that titles are written in."""
    elements: list[Element] = [definition]
    for section in _SECTIONS:
        elements += getattr(definition, section).values()
    labels = [element.title for element in elements if element.title is not None]
    for fact in definition.facts.values():
        labels += [label for label in fact.values.values() if label is not None]
    written = sorted(language for label in labels for language, _ in label.texts if language)
    return tuple(dict.fromkeys(("fi", "en", *written)))


def word(key: str, language: str) -> str:
    """One of the pictures' own words: Finnish for ``fi``, else English."""
    return WORDS[key].text(language)
