"""Every message of the command line, in Finnish and English; ``{…}`` is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ohjausprosessi.diagnostics import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


def filled(text: Text, /, **values: object) -> Text:
    """Fill the values into a message, in both languages; a ``Text`` as a value speaks each itself."""

    def said(language: str) -> str:
        told = {
            name: value.text(language) if isinstance(value, Text) else value
            for name, value in values.items()
        }
        return text.text(language).format(**told)

    return Text(said("fi"), said("en"))


# ---- counting

ERROR: Final = Text("virhe", "error")
ERRORS: Final = Text("virhettä", "errors")
WARNING: Final = Text("varoitus", "warning")
WARNINGS: Final = Text("varoitusta", "warnings")
FILE: Final = Text("tiedosto", "file")
FILES: Final = Text("tiedostoa", "files")
STATE: Final = Text("tila", "state")
STATES: Final = Text("tilaa", "states")
TRANSITION: Final = Text("siirtymä", "transition")
TRANSITIONS: Final = Text("siirtymää", "transitions")
SEVERITY: Final[Mapping[str, Text]] = {"error": ERROR, "warning": WARNING}
CHECKING: Final = Text("Tarkistetaan", "Checking")
WRITING_PAGES: Final = Text("Kirjoitetaan sivuja", "Writing pages")
NOT_DRAWN: Final = Text(
    "ei kuvaa: mikään tapaus ei kulje täsmälleen näin, tai prosessi on liian suuri piirrettäväksi",
    "no picture: no case takes exactly this course, or the process is too large to draw",
)
REPAIR: Final = Text("korjaus: ", "repair: ")
REPAIR_ALL: Final = Text("sen jälkeen virheitä ei ole", "leaves no errors")
REPAIR_PART: Final = Text("sen jälkeen virheitä on {left}", "leaves {left} errors")
MUTATING: Final = Text("Kokeillaan muutoksia", "Trying changes")
MUTATED: Final = Text(
    "{name}: tarkistukset ja säännöt huomaavat {noticed}/{total} muutosta ({share:.0%})",
    "{name}: checks and rules notice {noticed} of {total} changes ({share:.0%})",
)
JUDGING: Final = Text("Luetaan tapauksia", "Reading cases")
RULES_HEAD: Final = Text("Säännöt", "Rules")
COLUMN_RULE: Final = Text("Sääntö", "Rule")
COLUMN_PROOF: Final = Text("Todistus", "Proof")
COLUMN_KEPT: Final = Text("Noudatettu", "Kept")
COLUMN_OPEN: Final = Text("Auki", "Open")
COLUMN_BROKEN: Final = Text("Rikottu", "Broken")
PROVED: Final = Text("pitää aina", "always holds")
PROVED_BUT_TIME: Final = Text(
    "järjestys pitää aina, aikaa seurataan", "order always holds, time is watched"
)
DISPROVED: Final = Text("voi rikkoutua", "can be broken")
PEOPLE_KEEP: Final = Text("ihmisten noudatettava", "for people to keep")
NOT_DECIDED: Final = Text("ei ratkennut", "not decided")
CASES_JUDGED: Final = Text(
    "Tapauksia luettiin {cases}; sääntöjä rikkoi niistä {broken}",
    "Cases read: {cases}; of these, {broken} broke a rule",
)
NO_CASES: Final = Text(
    "{path}: tiedostossa ei ole yhtään tapausta", "{path}: there are no cases in the file"
)
NOW_BACKWARDS: Final = Text(
    "{place}: --now on ennen tapauksen viimeistä tapahtumaa ({last}); anna myöhempi päivä "
    "tai jätä --now pois",
    "{place}: --now is before the last event of the case ({last}); give a later date, "
    "or leave --now out",
)
NOTICED_BY: Final = Text("huomanneet tarkistukset: ", "noticed by: ")

# ---- names of places and events

UNKNOWN: Final = Text("ei tiedossa", "unknown")
PLACE_OFFERED: Final = Text("{title} – odottaa vastausta", "{title} – waiting for an answer")
PLACE_ARRIVED: Final = Text(
    "{title} – odottaa muita haaroja", "{title} – waiting for the other branches"
)
EVENTS: Final[Mapping[str, Text]] = {
    "start": Text("Asiakkuus alkaa", "The case starts"),
    "learn": Text("Tietoja kirjattu", "Facts recorded"),
    "correct": Text("Oikaisu", "Correction"),
}
ACTS: Final[Mapping[str, Text]] = {
    "accept": Text("Ota asiakas vastaan – {title}", "Accept the client – {title}"),
    "decline": Text("Älä ota asiakasta vastaan – {title}", "Decline the client – {title}"),
    "expire": Text("Vastausta ei tullut ajoissa – {title}", "No answer in time – {title}"),
    "remind": Text("Muistutus – {title}", "Reminder – {title}"),
}
RETURNED: Final = Text("Päättyi: {title}", "Ended: {title}")
LEARNT: Final = Text("kirjaa: {facts}", "records: {facts}")
TIME_IS_UP: Final = Text("Aika täyttyi – {title}", "Time is up – {title}")
BY_ITSELF: Final = Text("Itsestään – {title}", "By itself – {title}")
CORRECTED: Final = Text("oikaisee tapahtuman {of}: {why}", "takes back event {of}: {why}")

# ---- why not

NEEDED: Final = Text("ehtona on {condition}", "the condition is {condition}")
IS_NOW: Final = Text("{fact} on nyt: {value}", "{fact} is now: {value}")
FIRST_FIND_OUT: Final = Text("ensin on selvitettävä: {facts}", "find out first: {facts}")
MISSING: Final = Text(
    "vastaanottaja ({receiver}) tarvitsee tiedot: {info}",
    "the receiver ({receiver}) needs: {info}",
)
NOBODY_MAY: Final = Text(
    "tätä ei tee kukaan: se tapahtuu itsestään", "nobody does this: it happens by itself"
)
ROLE_MISSING: Final = Text("kerro, kuka tekee: {roles}", "say who does it: {roles}")
ROLE_MAY_NOT: Final = Text(
    "{role} ei voi tehdä tätä; tekijä voi olla: {roles}",
    "{role} may not do this; roles that may: {roles}",
)
ROLE_UNKNOWN: Final = Text(
    "roolia {role} ei ole; tekijä voi olla: {roles}",
    "there is no role {role}; roles that may do this: {roles}",
)
CLIENT_IS_IN: Final = Text("asiakas on nyt kohdassa: {here}", "the client is now in: {here}")
CALL_RUNS: Final = Text("tätä ennen on päätyttävä: {call}", "this has to end first: {call}")
POSSIBLE_IN: Final = Text("tämä on mahdollista kohdassa: {there}", "this is possible in: {there}")
CASE_HAS_ENDED: Final = Text("asiakkuus on jo päättynyt", "the case has already ended")
RECORDED_BY: Final = Text("{fact}: tiedon kirjaa {roles}", "{fact} is recorded by: {roles}")

# ---- demo

DEMO_CHECKED: Final = Text("1  Määrittelyt tarkistetaan", "1  The definitions are checked")
DEMO_WALK: Final = Text(
    "2  Yksi asiakas kulkee polun alusta loppuun", "2  One client walks from start to end"
)
DEMO_LEGEND: Final = Text("Kenen vastuulla asiakas on:", "Who is responsible for the client:")
DEMO_INSIDE: Final = Text(
    "↳ = kuviossa 2, jota kuvio 1 kutsuu", "↳ = within Figure 2, which Figure 1 calls"
)
DEMO_ACCEPTS: Final = Text("ottaa asiakkaan vastaan", "accepts the client")
DEMO_DECLINES: Final = Text(
    "ei ota asiakasta vastaan: hän jää tänne", "declines: the client stays here"
)
DEMO_WAITS: Final = Text("luovutus avoinna:", "hand-off open to")
DEMO_UNTIL: Final = Text("({day} asti)", "(until {day})")
DEMO_REFUSED: Final = Text("EI VIELÄ", "NOT YET")
DEMO_REMINDED: Final = Text("Muistutus: aika täyttyi {day}, tieto", "Reminder: due {day}, told")
DEMO_EXPIRED: Final = Text(
    "Vastausta ei tullut {day} mennessä, tieto", "Nobody answered by {day}, told"
)
DEMO_SUMMARY: Final = Text("3  Yhteenveto", "3  Summary")
DEMO_RESULT: Final = Text(
    "{first} – {last}: asiakkuuden loppu on {place} (tulos {outcome}).",
    "{first} – {last}: the case ended in {place} (outcome {outcome}).",
)
DEMO_COUNTS: Final = Text(
    "Tapahtumia {events}. Luovutuksia: vastaan otettu {accepted}, torjuttu {declined}, "
    "vastausta vaille jäänyt {expired}. Muistutuksia {reminded}, perusteltuja kieltoja {refused}.",
    "Events: {events}. Hand-offs: accepted {accepted}, declined {declined}, never answered "
    "{expired}. Reminders: {reminded}. Refusals, each with its reason: {refused}.",
)
DEMO_SAME: Final = Text(
    "Tallennettu asiakkuus palautuu samanlaisena, ja historia toistuu samaan lopputulokseen.",
    "The stored case reads back equal, and its history replays to the same case.",
)
DEMO_NOT_SAME: Final = Text(
    "Tallennettu asiakkuus EI palautunut samanlaisena.", "The stored case did NOT read back equal."
)
DEMO_RULES: Final = Text(
    "{rules} säännöstä noudatettiin {kept}; näitä rikottiin:",
    "{kept} of {rules} rules were kept; these were broken:",
)
DEMO_FILES: Final = Text("Tiedostot:", "Files:")
DEMO_NEXT: Final = Text("Kokeile itse:", "Try it yourself:")

# ---- show

SHOW_HEAD: Final = Text(
    "{id} {version}. Prosessivastuu: {responsible}. Alkaa tilasta {start}.",
    "{id} {version}. Process owner: {responsible}. Starts in {start}.",
)
SHOW_OWNERS: Final = Text("Omistajat ja roolit", "Owners and roles")
SHOW_STATES: Final = Text("Tilat", "States")
SHOW_TRANSITIONS: Final = Text("Siirtymät", "Transitions")
SHOW_HANDOFFS: Final = Text("Luovutukset", "Hand-offs")
COLUMN_OWNER: Final = Text("Omistaja", "Owner")
COLUMN_KIND: Final = Text("Laji", "Kind")
COLUMN_ROLES: Final = Text("Roolit", "Roles")
COLUMN_STATE: Final = Text("Tila", "State")
COLUMN_PHASE: Final = Text("Vaihe", "Phase")
COLUMN_DEADLINE: Final = Text("Muistutus", "Reminder")
COLUMN_TRANSITION: Final = Text("Siirtymä", "Transition")
COLUMN_WAY: Final = Text("Mistä → mihin", "From → to")
COLUMN_WHO: Final = Text("Kuka", "Who")
COLUMN_INFO: Final = Text("Siirtyvät tiedot", "Passed on")
COLUMN_ANSWERS: Final = Text("Kuka vastaa ja missä ajassa", "Who answers, how soon")
COLUMN_ELSE: Final = Text("Muuten", "Otherwise")
KIND_ORGANISATION: Final = Text("organisaatio", "organisation")
KIND_RESPONSIBLE: Final = Text("prosessivastuullinen", "process owner")
KIND_EXTERNAL: Final = Text("ulkopuolinen", "external")
KIND_JOINT: Final = Text("yhteinen: {members}", "joint: {members}")
KIND_START: Final = Text("alku", "start")
STATE_KINDS: Final[Mapping[str, Text]] = {
    "state": Text("tila", "state"),
    "choice": Text("valinta", "choice"),
    "fork": Text("haarautuminen", "fork"),
    "join": Text("yhdistyminen", "join"),
    "call": Text("kutsuu", "calls"),
    "end": Text("loppu", "end"),
}
ANY_OPEN: Final = Text("(mistä tahansa)", "(from anywhere)")
IF: Final = Text("jos", "if")
AFTER: Final = Text("(kun on kulunut {within})", "(after {within})")
BY_NOBODY: Final = Text("(itsestään)", "(by itself)")
NO_ANSWER: Final = Text("(vastausta ei odoteta)", "(no answer expected)")
BACK: Final = Text("takaisin lähtötilaan", "back to the state it left")
WITHIN: Final = Text("aikaa {within}", "within {within}")

# ---- files and times

FILE_MISSING: Final = Text("tiedostoa tai kansiota ei ole", "no such file or folder")
FILE_IS_FOLDER: Final = Text("se on kansio", "it is a folder")
PATH_THROUGH_FILE: Final = Text(
    "polulla on tiedosto, jonka pitäisi olla kansio", "part of the path is not a folder"
)
FILE_IN_THE_WAY: Final = Text(
    "samanniminen tiedosto on jo olemassa", "a file of that name already exists"
)
FILE_FORBIDDEN: Final = Text("siihen ei ole käyttöoikeutta", "permission denied")
DISK_FULL: Final = Text("levytila ei riitä", "no space left on the disk")
FILE_NAME_TOO_LONG: Final = Text("nimi on liian pitkä", "the name is too long")
FILE_NAME_INVALID: Final = Text("nimi ei kelpaa", "the name is not valid")
FILE_NOT_UTF_8: Final = Text(
    "{path}: tiedosto ei ole UTF-8-muotoista tekstiä", "{path}: the file is not UTF-8 text"
)
CANNOT_BE_READ: Final = Text("tiedostoa ei voi lukea ({why})", "the file cannot be read ({why})")
COUNTS_MALFORMED: Final = Text(
    "{path}:{line}: rivillä pitää olla tunnus ja lukumäärä, esimerkiksi arvioi_palvelutarve,12",
    "{path}:{line}: expected an id and a number, such as arvioi_palvelutarve,12",
)
COUNTS_TWICE: Final = Text(
    "{path}:{line}: {name} on jo laskettu aiemmalla rivillä",
    "{path}:{line}: {name} already has a number on an earlier line",
)
FOLDER_EMPTY: Final = Text(
    "{path}: kansiossa ei ole yhtään *.yaml-tiedostoa",
    "{path}: there are no *.yaml files in the folder",
)
FILE_UNREADABLE: Final = Text(
    "{path}: tiedostoa ei voi lukea ({why})", "{path}: the file cannot be read ({why})"
)
FILE_UNWRITABLE: Final = Text(
    "{path}: tiedostoa ei voi kirjoittaa ({why})", "{path}: the file cannot be written ({why})"
)
FILE_TOO_LARGE: Final = Text(
    "{path}: tiedosto on suurempi kuin {most} Mt",
    "{path}: the file is larger than {most} MB",
)
FILE_NOT_JSON: Final = Text(
    "{path}:{line}:{column}: tiedosto ei ole JSON-muotoinen; anna asiakkuus, jonka komento `save` on tallentanut",
    "{path}:{line}:{column}: this is not JSON; give a case that `save` has written",
)
NO_MOMENT: Final = Text(
    "{text!r} ei ole päivämäärä; kirjoita esimerkiksi 2021-03-01, 1.3.2021 tai 2021-03-01T14:30",
    "{text!r} is not a date; write for example 2021-03-01, 1.3.2021 or 2021-03-01T14:30",
)
OUTSIDE_CALENDAR: Final = Text(
    "jokin päivä on kalenterin ulkopuolella", "a date lies outside the calendar"
)
AT_BACKWARDS: Final = Text(
    "--at {at} on ennen asiakkuuden viimeistä tapahtumaa",
    "--at {at} is before the last event of the case",
)

# ---- run: words typed

COMMANDS: Final[Mapping[str, str]] = {
    "options": "options",
    "mitä": "options",
    "why": "why",
    "miksi": "why",
    "as": "as",
    "rooli": "as",
    "learn": "learn",
    "kirjaa": "learn",
    "tick": "tick",
    "aika": "tick",
    "due": "due",
    "myöhässä": "due",
    "facts": "facts",
    "tiedot": "facts",
    "history": "history",
    "historia": "history",
    "correct": "correct",
    "oikaise": "correct",
    "save": "save",
    "tallenna": "save",
    "load": "load",
    "avaa": "load",
    "help": "help",
    "ohje": "help",
    "?": "help",
    "quit": "quit",
    "exit": "quit",
    "lopeta": "quit",
}

# ---- run: what is said

RUN_WELCOME: Final = Text(
    "{title}\nKomento ohje luettelee komennot, lopeta päättää.",
    "{title}\nType help for the commands, quit to leave.",
)
RUN_ENDED: Final = Text(
    "■ Asiakkuus on päättynyt: {place} (tulos {outcome})",
    "■ The case has ended: {place} (outcome {outcome})",
)
RUN_DUE_AT: Final = Text("(määräpäivä {day})", "(due {day})")
RUN_ASKING: Final = Text(
    "  Mahdollista, kun puuttuva tieto on kirjattu:", "  Possible once missing facts are known:"
)
RUN_DUTIES: Final = Text("  Jatkuvat tehtävät:", "  Ongoing duties:")
RUN_BLOCKED: Final = Text(
    "  Ei vielä mahdollista: {number} (miksi)", "  Not possible yet: {number} (why)"
)
RUN_NOTHING: Final = Text(
    "  Nyt ei voi tehdä mitään muuta kuin antaa ajan kulua (aika PÄIVÄ).",
    "  There is nothing to do but let time pass (tick DATE).",
)
RUN_NOTHING_BLOCKED: Final = Text("Mikään ei ole estetty.", "Nothing is blocked.")
RUN_ALLOWED: Final = Text("✓ Sallittu: {what}", "✓ Allowed: {what}")
RUN_REFUSED: Final = Text("Ei onnistu:", "Refused:")
RUN_FIRST: Final = Text(
    "{what}: ensin tarvitaan tietoja (tyhjä rivi peruu)",
    "{what}: some facts are needed first (an empty line cancels)",
)
RUN_DROPPED: Final = Text("Peruttu; mikään ei muuttunut.", "Cancelled; nothing has changed.")
RUN_NO_PAIR: Final = Text("{pair!r}: kirjoita tieto=arvo", "{pair!r}: write fact=value")
RUN_WHO: Final = Text("Kuka tekee? {roles}", "Who does it? {roles}")
RUN_LEARN_AS: Final = Text(
    "  Kirjaa se ensin: kirjaa {name}=… by={role}", "  Record it first: learn {name}=… by={role}"
)
RUN_TOLD: Final = Text("tieto:", "told:")
RUN_NO_ROLE: Final = Text(
    "roolia {role} ei ole; roolit:", "there is no role {role}; the roles are:"
)
RUN_HOW_TO_LEARN: Final = Text(
    "Käyttö: kirjaa TIETO=ARVO … tai kirjaa TIETO; arvo ? tekee tiedosta taas tuntemattoman.",
    "Usage: learn FACT=VALUE … or learn FACT; the value ? makes a fact unknown again.",
)
RUN_NO_FACT: Final = Text("tällaista tietoa ei ole: {names}", "there is no such fact: {names}")
RUN_UNTIL: Final = Text("Mihin päivään (tai +päiviä)?", "To which date (or +days)?")
RUN_BACKWARDS: Final = Text(
    "Aika ei kulje taaksepäin: nyt on {now}.", "Time cannot go back: it is now {now}."
)
RUN_NOTHING_DUE: Final = Text(
    "Nyt on {day}; mikään ei erääntynyt.", "It is now {day}; nothing came due."
)
RUN_LATE: Final = Text(
    "  ! myöhässä {day} lähtien: {what} ({owner})", "  ! overdue since {day}: {what} ({owner})"
)
RUN_UNKNOWN_FACTS: Final = Text("    Ei tiedossa: {names}", "    Unknown: {names}")
RUN_WHY_CORRECT: Final = Text("Miksi oikaistaan?", "Why take it back?")
RUN_WHICH_FILE: Final = Text("Anna tiedoston nimi.", "Name a file.")
RUN_OVERWRITE: Final = Text(
    "{path} on jo olemassa. Korvataanko se? (k/e)", "{path} already exists. Replace it? (y/n)"
)
RUN_SAVED: Final = Text("Tallennettu: {path}", "Saved: {path}")
RUN_NOT_SAVED: Final = Text("Asiakkuutta ei tallennettu.", "The case was not saved.")
RUN_HELP: Final = Text(
    """\
  NUMERO tai nimi   tee se; puuttuvat tiedot kysytään (tieto=arvo … by=rooli käy myös)
  (tyhjä) tai mitä  mitä nyt voi tehdä
  miksi [nimi]      miksi jokin ei vielä onnistu
  rooli [rooli]     toimi yhdessä roolissa; ilman roolia kenenä tahansa
  kirjaa tieto=arvo kirjaa tietoja
  aika PÄIVÄ        anna ajan kulua: 2021-03-09, 9.3.2021 tai +5 (päivää)
  myöhässä          mitä on myöhässä
  tiedot, historia  mitä tiedetään; mitä on tapahtunut
  oikaise [syy]     peru viimeinen teko
  tallenna TIEDOSTO, avaa TIEDOSTO
  lopeta""",
    """\
  NUMBER or name      do it; missing facts are asked for (fact=value … by=role works too)
  (empty) or options  what may happen now
  why [name]          why something may not happen yet
  as [role]           act in one role; without a role, as anybody
  learn fact=value    record facts
  tick DATE           let time pass: 2021-03-09, 9.3.2021 or +5 (days)
  due                 what is overdue
  facts, history      what is known; what has happened
  correct [reason]    take back the last act
  save FILE, load FILE
  quit""",
)
