"""Commands of the command line on good and bad input, by the name of the command.

A command is its arguments and the lines that are typed; ``--lang`` is added to it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import ohjausprosessi as op

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen"
T0 = datetime(2026, 1, 5, 8, tzinfo=UTC)

GOOD = """\
ohjausprosessi: 1
id: pieni
version: "1"
source: [P1]
title: {fi: Pieni prosessi, en: A small process}
responsible: kunta
start: alku
owners: {kunta: {source: [P1], title: {fi: Kunta, en: Municipality}}}
roles: {ohjaaja: {owner: kunta, source: [P1]}}
durations: {viikko: {length: 1 week, source: [P1]}}
states:
  alku: {owner: kunta, deadline: viikko, source: [P1], title: {fi: Alku, en: Beginning}}
  loppu: {owner: kunta, kind: end, source: [P1]}
transitions:
  paata: {from: alku, to: loppu, by: ohjaaja, source: [P1]}
"""
STUCK = """\
ohjausprosessi: 1
id: stuck
version: "1"
responsible: c
start: a
owners: {c: {}}
roles: {r: {owner: c}}
states: {a: {owner: c}, b: {owner: c}, e: {kind: end, owner: c}}
transitions:
  q: {from: a, to: e, by: r}
  g: {from: a, to: b, by: r}
  l: {from: b, to: b, by: r}
"""
HOUSE = """\
ohjausprosessi: 1
id: talo
version: "1"
responsible: c
start: a
timezone: Europe/Helsinki
owners: {c: {}, s: {title: {fi: Naapuri, en: Neighbour}}}
roles: {r: {owner: c, title: {fi: Ohjaaja, en: Counsellor}}, q: {owner: s}, k: {client: true}}
durations: {paiva: {length: 1 day}, viikko: {length: 5 workdays}}
facts:
  ika: {type: int, min: 15, max: 70, title: {fi: Ikä, en: Age}}
  lupa: {type: bool, by: [k], title: {fi: Lupa, en: Consent}}
  tavoite: {type: enum, values: [tutkinto, osa], personal: true}
info: {arvio: {title: {fi: Arvio, en: Assessment}}}
states:
  a: {owner: c, deadline: viikko, title: {fi: Alku, en: Beginning}}
  b: {owner: s}
  e: {kind: end, owner: c, outcome: valmis}
transitions:
  over: {from: a, to: b, by: r, if: ika >= 18, handoff: {else: a, within: paiva, info: [arvio]}}
  aika: {from: b, to: a, after: viikko, handoff: {ack: false}}
  stop: {from: [a, b], to: e, by: [r, q], handoff: {ack: false}}
  aside: {from: any_open, to: e, by: r, if: lupa == true}
duties: {visit: {by: c, every: paiva}}
rules:
  answered:
    title: {fi: Vastataan ajoissa, en: Answered in time}
    rule: response
    when: any_handoff
    then: answer
    within: paiva
  often: {rule: every, then: visit.c, within: paiva, monitor: true}
  never: {rule: absence, when: over}
"""
FILES = {
    "good.yaml": GOOD,
    "newer.yaml": GOOD.replace("paata:", "lopeta:").replace("1 week", "2 weeks"),
    "warning.yaml": GOOD.replace("deadline: viikko, ", ""),
    "broken.yaml": GOOD.replace("from: alku", "from: allku").replace("start: alku", "startt: alku"),
    "no_yaml.yaml": "a: [b\n",
    "empty.yaml": "",
    "stuck.yaml": STUCK,
    "talo.yaml": HOUSE,
    "counts.csv": "id,n\npaata,12\nalku;3\n",
    "bad_counts.csv": "paata,many\npaata,x\n",
    "twice.csv": "paata,1\npaata,2\n",
    "of_nothing.csv": "zzz,1\n",
    "none.json": "{",
    "no_case.json": "[]",
    "site/good.yaml": GOOD,
    "bad_site/good.yaml": GOOD,
    "bad_site/broken.yaml": "ohjausprosessi: 1\n",
    "old_site/good.yaml": GOOD,
    "old_site/versions/broken.yaml": "ohjausprosessi: 1\n",
    "no_site/README": "",
    "file": "",
}


def write_files(folder: Path) -> None:
    """Write what the commands read."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    house = op.load(folder / "talo.yaml")
    case = house.start("t-1", at=T0, facts={"ika": 20})
    late = case.advance("over", by="r", facts={"arvio": "x"}, at=T0 + timedelta(days=1))
    ended = case.advance("stop", by="r", at=T0 + timedelta(days=3))
    stored = [one.to_dict() for one in (case, late, ended)]
    pieni = op.load(folder / "good.yaml").start("p-1", at=T0)
    for name, data in (
        ("case.json", stored[1]),
        ("small_case.json", pieni.to_dict()),
        ("cases.json", stored),
        ("spoiled.json", {**stored[0], "seq": None}),
    ):
        (folder / name).write_text(json.dumps(data), encoding="utf-8")
    lines = [json.dumps(data) for data in (*stored, [])]
    (folder / "cases.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")


def typed(*lines: str) -> str:
    """Return lines of input."""
    return "".join(f"{line}\n" for line in lines)


WALK = typed(
    "help", "ohje", "why", "why stop", "why over", "why nothing",
    "over", "",  # an empty answer cancels
    "over", "17", "report",  # refused: the condition is false
    "over ika=18", "report",
    "due", "facts", "tick +5", "tick 2026-01-01", "tick zz", "tick", "2026-02-01", "due", "history",
    "correct",  # refused: time has moved the case since
    "visit", "1", "correct", "", "correct", "1", "", "correct", "2", "wrong", "correct wrong", "1",
    "learn", "learn ika=200", "learn ika=30", "", "learn ika=30", "nobody", "learn ika=30", "1",
    "aside",  # what it lacks is recorded by another role
    "learn lupa=yes", "learn lupa=maybe by=k", "learn tavoite", "2", "osa", "learn tavoite", "1", "",
    "learn zz=1", "learn tavoite=zz by=k", "learn =", "learn ika=? by=r",
    "as zz", "as k", "facts", "history", "over", "as q", "facts", "history", "as",
    "save", "save file", "n", "save file", "y", "save nowhere/file", "save",
    "load", "load nowhere.json", "load none.json", "load spoiled.json", "load small_case.json",
    "load case.json", "load file",
    "aside", "stop state=b", "stop", "1", "options", "facts", "unknown 'quote", "why", "quit",
)  # fmt: skip

ACTS = typed(
    "1", "tick 2021-03-09", "why", "why ohjaa_opinto_ohjaajalle", "why arvioi_palvelutarve",
    "as asiakas", "options", "arvioi_palvelutarve", "as", "ohjaa_opinto_ohjaajalle", "kyllä",
    "suostumus", "050", "assessment", "needs", "history", "facts", "as opinto_ohjaaja", "facts",
    "ohjaa_opinto_ohjaajalle.accept", "history", "tick +9999999",
)  # fmt: skip

Command = tuple[list[str], str | None]


def _each(*commands: str) -> list[Command]:
    return [(command.split(), None) for command in commands]


COMMANDS: dict[str, list[Command]] = {
    "check": [
        *_each(
            "check good.yaml",
            "check warning.yaml",
            "check warning.yaml --strict",
            "check broken.yaml",
            "check broken.yaml good.yaml warning.yaml missing.yaml",
            "check no_yaml.yaml empty.yaml",
            "check stuck.yaml",
            "check stuck.yaml --report fi",
            "check talo.yaml --report en",
            "check broken.yaml stuck.yaml --format json",
            "check stuck.yaml --format sarif",
            "check missing.yaml",
            "check nothing_that_ships",
            f"check {FIRST[:-2]}",
            "check site",
            f"check --strict {FIRST} {SECOND}",
            f"check {SECOND} --report fi",
        ),
        (["check", ""], None),
    ],
    "rules": _each(
        f"rules {SECOND}",
        "rules talo.yaml",
        "rules talo.yaml cases.json",
        "rules talo.yaml cases.json --now 2026-02-01",
        "rules talo.yaml cases.json --now 2026-01-06",
        "rules talo.yaml cases.jsonl missing.json --format json",
        "rules talo.yaml spoiled.json small_case.json none.json no_case.json",
        "rules talo.yaml --now zz",
        "rules broken.yaml",
        "rules missing.yaml",
    ),
    "show": _each(
        "show good.yaml",
        "show talo.yaml",
        "show talo.yaml --format json",
        f"show {SECOND}",
        "show broken.yaml",
        "show missing.yaml",
    ),
    "run": [
        (["run", "talo.yaml", "--at", "2026-01-05"], WALK),
        (["run", FIRST, "--at", "2021-03-01", "--id", "A-7"], ACTS),
        (["run", "talo.yaml", "--case", "case.json"], typed("history", "tick +9", "facts")),
        (["run", "good.yaml", "--at", "5.1.2026"], typed("paata", "why paata", "paata", "correct")),
        *_each(
            "run talo.yaml --case case.json --at 2026-01-01",
            "run talo.yaml --case missing.json",
            "run talo.yaml --case none.json",
            "run talo.yaml --case no_case.json",
            "run talo.yaml --case small_case.json",
            "run talo.yaml --case site",
            "run talo.yaml --at zz",
            "run talo.yaml --at 99999-01-01",
            "run broken.yaml",
        ),
    ],
    "render": _each(
        "render good.yaml -o out.svg",
        "render good.yaml -o out.mmd --view full --owner kunta",
        "render newer.yaml -o out.dot --diff good.yaml",
        "render good.yaml -o out.dot --case small_case.json --counts counts.csv",
        "render good.yaml -o out.zip",
        "render good.yaml -o out",
        "render good.yaml -o nowhere/out.dot",
        "render good.yaml -o out.dot --owner zz",
        "render good.yaml -o out.dot --owner kunto",
        "render good.yaml -o out.dot --counts bad_counts.csv",
        "render good.yaml -o out.dot --counts twice.csv",
        "render good.yaml -o out.dot --counts of_nothing.csv",
        "render good.yaml -o out.dot --counts missing.csv",
        "render good.yaml -o out.dot --case case.json",
        "render good.yaml -o out.dot --case none.json",
        "render good.yaml -o out.dot --diff broken.yaml",
        "render good.yaml -o out.dot --diff missing.yaml",
        "render broken.yaml -o out.dot",
        "render missing.yaml -o out.dot",
    ),
    "handbook": _each(
        "handbook site -o pages --counts counts.csv --case small_case.json",
        "handbook old_site -o old_pages",
        "handbook bad_site -o bad_pages",
        "handbook no_site -o no_pages",
        "handbook nowhere -o no_pages",
        f"handbook {SECOND[:-2]} -o no_pages",
        "handbook site -o file",
        "handbook site -o pages --case none.json",
        "handbook site -o pages --case case.json",
        "handbook site -o pages --case no_case.json",
        "handbook site -o pages --counts bad_counts.csv",
        "handbook site -o pages --counts of_nothing.csv",
    ),
    "mutate": _each(
        "mutate good.yaml",
        "mutate stuck.yaml",
        "mutate stuck.yaml --format json",
        "mutate broken.yaml",
        "mutate missing.yaml",
    ),
    "schema": _each("schema --output out.json", "schema --output nowhere/out.json"),
    "demo": _each("demo --output walked", "demo --output file"),
}
# The same for every language: help pages, and what the parser of arguments says.
PLAIN: list[Command] = _each(
    "--help",
    *(f"{name} --help" for name in COMMANDS),
    "--version",
    "nosuch",
    "-x",
    "check",
    "check --lang sv good.yaml",
    "check --format xml good.yaml",
    "check --report fi --format json good.yaml",
    "render good.yaml",
    "render good.yaml -o out.svg --view half",
    "run",
)


def listing(folder: Path) -> list[str]:
    """Return the files of a folder, with the mark of a folder after its name."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def in_language(arguments: list[str], language: str) -> list[str]:
    """Return a command that answers in a language."""
    return [*arguments, "--lang", language]
