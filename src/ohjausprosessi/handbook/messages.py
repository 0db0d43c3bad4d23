"""The handbook's own words, in Finnish and English."""

from __future__ import annotations

from ohjausprosessi.diagnostics import Text

__all__ = ["LANGUAGES", "MESSAGES", "message"]

LANGUAGES = ("fi", "en")

MESSAGES = {
    # the site
    "handbook": Text("Prosessikäsikirja", "Process handbook"),
    "handbook_lead": Text(
        "Prosessit sellaisina kuin ne on määritelty: kuva, kuvaus, luovutukset ja tarkastus.",
        "The processes as they are defined: picture, description, hand-offs and checks.",
    ),
    "to_index": Text("Kaikki prosessit", "All processes"),
    "other_language": Text("In English", "Suomeksi"),
    "skip": Text("Siirry kuvaukseen", "Skip to the description"),
    "contents": Text("Sivun sisältö", "On this page"),
    "versions": Text("Muut versiot", "Other versions"),
    "left_out": Text("Versiot, joita ei voitu lukea", "Versions that could not be read"),
    "base": Text("perustana", "based on"),
    "no_base": Text("perustaa ei ole tässä kansiossa", "its base is not in this folder"),
    "version": Text("versio", "version"),
    "valid": Text("Voimassa", "Valid"),
    "valid_from": Text("alkaen", "from"),
    "valid_until": Text("asti", "until"),
    "no_processes": Text("Kansiossa ei ole prosesseja.", "There are no processes in the folder."),
    # sections
    "picture": Text("Kuva", "Picture"),
    "description": Text("Kuvaus", "Description"),
    "dropout": Text("Missä asiakas voi tipahtaa?", "Where could a client drop out?"),
    "routes": Text("Reitit", "Routes"),
    "as_table": Text("Prosessi taulukkona", "The process as a table"),
    "states_apart": Text("Tilat yksitellen", "State by state"),
    "by_owner": Text("Organisaatioittain", "By organisation"),
    "check": Text("Tarkastus", "Checks"),
    # picture
    "tools": Text("Kuvan työkalut", "Picture toolbar"),
    "zoom_in": Text("Lähennä", "Zoom in"),
    "zoom_out": Text("Loitonna", "Zoom out"),
    "fit": Text("Sovita", "Fit"),
    "view": Text("Näkymä", "View"),
    "overview": Text("Yleiskuva", "Overview"),
    "full": Text("Kaikki siirtymät", "All transitions"),
    "walk": Text("Kulje reitti", "Follow a route"),
    "no_walk": Text("ei reittiä", "no route"),
    "cases": Text("Tapaukset", "Cases"),
    "examples": Text("Lyhin reitti loppuun", "Shortest route to an end"),
    "previous": Text("Edellinen", "Previous"),
    "next": Text("Seuraava", "Next"),
    "counts": Text("Määrät", "Counts"),
    "count": Text("Määrä", "Count"),
    "print": Text("Tulosta (A3)", "Print (A3)"),
    "key_lead": Text("Valitse tila kuvasta", "Select a state in the picture"),
    "key_on": Text("kulje siirtymää pitkin", "follow a transition"),
    "key_back": Text("palaa", "go back"),
    "key_other": Text("vaihda haaraa", "take another branch"),
    "key_zoom": Text("lähennä, loitonna, sovita", "zoom in, zoom out, fit"),
    "mouse": Text("hiiri", "mouse"),
    "key_mouse": Text(
        "vedä kuvaa; rulla lähentää, kun kuva on valittu tai Ctrl on painettuna",
        "drag to move; the wheel zooms while the picture is selected or Ctrl is held",
    ),
    "details": Text("Valitun tilan tiedot", "Details of the selected state"),
    "undrawn": Text("Kuvaa ei voitu piirtää", "The picture could not be drawn"),
    # description
    "responsible": Text("Prosessivastuussa", "Process owner"),
    "begins": Text("Alkaa", "Begins"),
    "ends": Text("Päättyy", "Ends"),
    "result": Text("tulos", "result"),
    "phases": Text("Vaiheet", "Phases"),
    "organisations": Text("Organisaatiot ja roolit", "Organisations and roles"),
    "outside": Text("ulkopuolinen", "external party"),
    "calls": Text("Käyttää prosessia", "Uses the process"),
    "duties": Text("Jatkuvat tehtävät", "Ongoing duties"),
    "fallback": Text("Vastaamaton luovutus palaa", "An unanswered hand-off returns to"),
    "from_source": Text("Lähde", "Source"),
    "inferred": Text("Päätelty", "Inferred"),
    "follows": Text("Seuraa lähteestä", "Follows from the source"),
    "untraced": Text("Lähdettä ei ole kirjattu", "No source is given"),
    # tables
    "number": Text("Nro", "No."),
    "state": Text("Tila", "State"),
    "states": Text("Tilat", "States"),
    "kind": Text("Laji", "Kind"),
    "owner": Text("Omistaja", "Owner"),
    "phase": Text("Vaihe", "Phase"),
    "roles": Text("Roolit", "Roles"),
    "services": Text("Palvelut", "Services"),
    "deadline": Text("Määräaika", "Deadline"),
    "transition": Text("Siirtymä", "Transition"),
    "transitions": Text("Siirtymät", "Transitions"),
    "from": Text("Mistä", "From"),
    "to": Text("Minne", "To"),
    "by": Text("Kuka", "Who"),
    "guard": Text("Ehto", "Condition"),
    "handoff": Text("Luovutus", "Hand-off"),
    "handoffs": Text("Luovutukset", "Hand-offs"),
    "giver": Text("Antaja", "Giver"),
    "receiver": Text("Vastaanottaja", "Receiver"),
    "info": Text("Siirtyvät tiedot", "What is passed on"),
    "answers": Text("Kuka vastaa", "Who answers"),
    "within": Text("Vastausaika", "Time limit"),
    "otherwise": Text("Muuten", "Otherwise"),
    "origin": Text("Peruste", "Basis"),
    "watched": Text("Kuka huomaa", "Who notices"),
    "leads_here": Text("Tänne tullaan", "Leads here"),
    "leads_on": Text("Täältä jatketaan", "Leads on"),
    "nothing_before": Text("Tästä prosessi alkaa.", "The process begins here."),
    "nothing_on": Text("Prosessi päättyy tähän.", "The process ends here."),
    "no_way_on": Text("Tästä ei lähde yhtään siirtymää.", "No transition leads on from here."),
    "returns_here": Text(
        "Vastaamaton tai hylätty luovutus palaa tähän.",
        "An unanswered or declined hand-off returns here.",
    ),
    "back": Text("takaisin lähtötilaan", "back to the state it left"),
    "notice": Text("ilmoitus riittää", "notice only"),
    "notice_long": Text(
        "ilmoitus riittää, vastuu siirtyy heti", "notice only; responsibility passes at once"
    ),
    "no_limit": Text("ei vastausaikaa", "no time limit"),
    "none": Text("–", "–"),
    "any_time": Text("mistä tahansa", "from anywhere"),
    "timer": Text("itsestään", "by itself"),
    "automatic": Text("automaattinen", "automatic"),
    "interrupt": Text("keskeytys", "interrupt"),
    "ack_short": Text("kuitattava", "acknowledged"),
    "does": Text("Mitä se voi tehdä", "What it may do"),
    "holds": Text("Missä asiakas on sen vastuulla", "Where it is responsible for the client"),
    "gives": Text("Luovuttaa", "Hands over"),
    "takes": Text("Ottaa vastaan", "Receives"),
    "offered_services": Text("Sen palvelut", "Its services"),
    # drop-out report
    "report_lead": Text(
        "Tämä seuraa määrittelystä. Jokainen luovutus on kohta, jossa vastuu vaihtuu, ja jokainen "
        "tila ilman määräaikaa kohta, jossa odotus voi venyä.",
        "This follows from the definition. Each hand-off is a place where responsibility "
        "changes hands, and each state without a deadline a place where waiting may drag on.",
    ),
    "n_losses": Text("tapaa kadottaa asiakas", "ways to lose a client"),
    "n_losses_one": Text("tapa kadottaa asiakas", "way to lose a client"),
    "n_handoffs_one": Text("luovutus", "hand-off"),
    "n_handoffs": Text("luovutusta", "hand-offs"),
    "n_answered": Text("niistä kuitataan", "of them acknowledged"),
    "n_unlimited": Text("ilman vastausaikaa", "without a time limit"),
    "n_open_states": Text("tilaa ilman määräaikaa", "states without a deadline"),
    "n_open_states_one": Text("tila ilman määräaikaa", "state without a deadline"),
    "n_unwatched": Text("niistä kenenkään huomaamatta", "of them noticed by nobody"),
    "all_closed": Text(
        "Jokaiseen kuitattavaan luovutukseen on vastattava ajallaan, ja jokaisessa tilassa joku "
        "huomaa, jos asiakas jää odottamaan.",
        "Every hand-off that must be acknowledged has a time limit, and in every state somebody "
        "notices if the client is left waiting.",
    ),
    "some_open": Text(
        "Asiakas voi jäädä odottamaan kenenkään huomaamatta näissä kohdissa:",
        "A client may be left waiting unnoticed at these points:",
    ),
    "open_states": Text("Tilat ilman määräaikaa", "States without a deadline"),
    "no_open_states": Text(
        "Jokaisella odotustilalla on määräaika.", "Every waiting state has a deadline."
    ),
    "no_handoffs": Text(
        "Prosessissa ei ole luovutuksia organisaatiolta toiselle.",
        "The process has no hand-offs between organisations.",
    ),
    "nobody_notices": Text("ei kukaan", "nobody"),
    "lost": Text("Polut, joilla asiakas katoaa", "Paths on which a client is lost"),
    "no_losses": Text("Ei yhtään.", "None."),
    "none_found": Text(
        "Ei löytynyt, mutta kaikkia tilanteita ei voitu käydä läpi.",
        "None was found, but not every situation could be examined.",
    ),
    "broken_rules": Text("Säännöt, jotka eivät aina pidä", "Rules that do not always hold"),
    # courses
    "path": Text("Polku", "Path"),
    "paths": Text("Polut, joilla on vika", "Paths that go wrong"),
    "see_path": Text("Näin käy: katso", "How it happens: see"),
    "show_path": Text("Näytä kuvassa", "Show in the picture"),
    "at_once": Text("yhtä aikaa", "at the same time"),
    "still": Text("edelleen", "still"),
    "between": Text(
        "kahden välissä: vastausta odotetaan", "between organisations: awaiting an answer"
    ),
    "fails": Text("tässä menee vikaan", "this is where it goes wrong"),
    "fails_no-way-to-end": Text("asiakas jää tähän", "the client is stuck here"),
    "fails_unsafe": Text("eteneminen pysähtyy tähän", "the case stops here"),
    "fails_improper-completion": Text(
        "tapaus päättyy, vaikka jotain on kesken", "the case ends while something is still open"
    ),
    "fails_call-cancelled": Text("toinen prosessi katkeaa", "another process is cut off"),
    "fails_handoff-in-branch": Text(
        "jos vastaus on ei, muut haarat peruuntuvat",
        "if the answer is no, the other branches are cancelled",
    ),
    "fails_rule-broken": Text("sääntö ei pidä", "the rule does not hold"),
    "fails_choice-waits": Text("odottaa tietoa", "waits for a fact"),
    "fails_from-ambiguous": Text("kumpaa tarkoitetaan?", "which one is meant?"),
    # routes
    "routes_lead": Text(
        "Samat reitit voi kulkea kuvassa askel kerrallaan. Lyhimmät reitit eivät ota ehtoja "
        "huomioon.",
        "The same routes can be followed in the picture step by step. The shortest routes do not "
        "take conditions into account.",
    ),
    "starts": Text("Asiakas on tilassa", "The client is in"),
    "waits_answer": Text("luovutus odottaa vastausta", "the hand-off waits for an answer"),
    "case": Text("Tapaus", "Case"),
    "accept": Text("otetaan vastaan", "accepted"),
    "decline": Text("hylätään", "declined"),
    "expire": Text("vastausaika meni umpeen", "nobody answered in time"),
    "remind": Text("määräaika ylittyi", "the deadline passed"),
    "learn": Text("tietoja kirjattiin", "facts were recorded"),
    "correct": Text("edellinen kirjaus peruttiin", "the last record was corrected"),
    "start": Text("asiakkuus alkaa", "the case begins"),
    "return": Text("prosessi päättyi", "the process ended"),
    # checks
    "no_findings": Text("Tarkastus ei löytänyt huomautettavaa.", "The checks found no problems."),
    "error": Text("virhe", "error"),
    "warning": Text("varoitus", "warning"),
    "n_error": Text("virhe", "error"),
    "n_errors": Text("virhettä", "errors"),
    "n_warning": Text("varoitus", "warning"),
    "n_warnings": Text("varoitusta", "warnings"),
    "findings": Text("Havainnot", "Findings"),
    "remedy": Text("Korjaus", "Remedy"),
    # sizes
    "n_states": Text("tilaa", "states"),
    "n_transitions": Text("siirtymää", "transitions"),
    # kinds
    "kind_start": Text("alku", "start"),
    "kind_state": Text("tila", "state"),
    "kind_choice": Text("valinta", "choice"),
    "kind_fork": Text("haarautuminen", "fork"),
    "kind_join": Text("yhtyminen", "join"),
    "kind_call": Text("toinen prosessi", "another process"),
    "kind_end": Text("loppu", "end"),
}


def message(key: str, language: str) -> str:
    """A message in Finnish for ``fi``, else in English."""
    return MESSAGES[key].text(language)
