"""Write the definitions that both versions are asked about.

Run by the older version's interpreter, with that version's ``tests/support``: the corpus depends on
the older commit alone, so nothing that is changed since can change what is asked. What is written
is YAML text and a list of units; nothing of the library is needed to read it.

A unit says which definition is loaded, which names and values a walk may try, and whether its state
space is small enough to be explored in full (found with a budget of states, never by time).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import yaml

from ohjausprosessi import load, verify

Data = dict[str, Any]

SMALL = 300  # situations; a larger state space is not explored without a budget
GLANCE = 40  # situations that are looked at of a larger one
LARGE_EVERY = 200  # one in so many is, however large it is
TINY = 40  # situations; a larger one is not repaired: every edit is explored anew
PICTURES_EVERY = 40
REPAIRS_EVERY = 10
WALKS = 4
STEPS = 20
SHIPPED_WALKS = 200
SHIPPED_STEPS = 40
SHIPPED_UNITS = 20  # for each process, so that the processors share them evenly

SHAPES = {
    "response": ("when", "then"),
    "chain_response": ("when", "then"),
    "alternate_response": ("when", "then"),
    "precedence": ("first", "then"),
    "chain_precedence": ("first", "then"),
    "alternate_precedence": ("first", "then"),
    "succession": ("when", "then"),
    "responded_existence": ("when", "then"),
    "not_coexistence": ("when", "then"),
    "not_succession": ("when", "then"),
    "not_chain_succession": ("when", "then"),
    "existence": ("then",),
    "absence": ("when",),
    "invariant": ("when", "holds"),
}
CONDITIONS = ("flag", "level == 1", "has(note)", "kind == 'a' || flag")
FORMULAS = ("G({0} -> F {1})", "!{0} W {1}", "G({0} -> X !{1})", "F {0} && !({0} U {1})")
JUNK = (7, -1, True, None, "", "nothing", "Å b", "any_open", "flag &&", "level = 1", [], {}, ["s0"])
NUMBER = re.compile(r"(?<![\w.])-?\d+")
QUOTED = re.compile(r"'([^']*)'")


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  the format has no anchors
        return True


def text_of(data: Data) -> str:
    """Definition data as YAML text, without anchors."""
    dumped: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    return dumped


class Recorder:
    """Stands in front of ``definition_of`` and keeps the data of what it accepts and refuses."""

    def __init__(self, generator: Any) -> None:
        self.define = generator.definition_of
        generator.definition_of = self
        self.accepted: dict[int, Data] = {}
        self.refused: list[Data] = []

    def __call__(self, data: Data, **options: Any) -> Any:
        """Build a definition, remembering its data."""
        try:
            definition = self.define(data, **options)
        except Exception:
            self.refused.append(data)
            raise
        self.accepted[id(definition)] = data
        return definition


class Corpus:
    """Writes one folder per definition, and the list of units."""

    def __init__(self, folder: Path, effort: int) -> None:
        self._folder = folder
        self._effort = effort

    # ---- random definitions

    def random_unit(self, number: int) -> Data:
        """Write the definition with a number, and what was refused on the way to it."""
        random = Random(number)
        flags = (random.random() < 0.6, random.random() < 0.6, random.random() < 0.6)
        import random_definitions  # noqa: PLC0415  of the version that runs this

        recorder = Recorder(random_definitions)
        try:
            definition = random_definitions.random_definition(
                random, random_definitions.Features(*flags)
            )
        finally:
            random_definitions.definition_of = recorder.define
        data = recorder.accepted[id(definition)]
        called = {call.id: recorder.accepted[id(call)] for call in definition.calls.values()}
        name = f"{number:05}"
        place = self._folder / name
        place.mkdir()
        for identifier, content in called.items():
            (place / f"{identifier}.yaml").write_text(text_of(content), encoding="utf-8")
        rules = self._write(place / "p.yaml", data, _rules(random, data))
        broken = [text_of(refused) for refused in recorder.refused[-2:]]
        broken += [text_of(_spoiled(random, data)) for _ in range(2)]
        broken.append(_scratched(random, text_of({**data, "rules": rules})))
        for index, text in enumerate(broken):
            (place / f"refused_{index}.yaml").write_text(text, encoding="utf-8")
        small = self._is_within(SMALL, place / "p.yaml")
        unwatched = () if small else ("always_possible",)
        return {
            "name": name,
            "load": f"{name}/p.yaml",
            "refused": [f"{name}/refused_{index}.yaml" for index in range(len(broken))],
            "other": f"{number - 1:05}/p.yaml" if number else None,
            "walks": list(range(WALKS * self._effort)),
            "steps": STEPS,
            "words": _words([data, *called.values()]),
            "check": small or number % LARGE_EVERY == LARGE_EVERY - 1,
            "budget": SMALL if small else GLANCE,
            "watch": [rule for rule, entry in rules.items() if entry["rule"] not in unwatched],
            "pictures": number % PICTURES_EVERY == 0,
            "repairs": number % REPAIRS_EVERY == 0 and self._is_within(TINY, place / "p.yaml"),
        }

    def _write(self, path: Path, data: Data, rules: Data) -> Data:
        """Write a definition with its rules; leave out those that make it meaningless."""
        while True:
            path.write_text(text_of({**data, "rules": rules}), encoding="utf-8")
            try:
                load(path)
            except Exception as error:  # noqa: BLE001  DefinitionError, wherever it lives
                wrong = {finding.where.element[1] for finding in error.findings}  # type: ignore[attr-defined]
                rules = {rule: entry for rule, entry in rules.items() if rule not in wrong}
            else:
                return rules

    def _is_within(self, budget: int, path: Path) -> bool:
        """Whether so many situations are all there are; only the cheapest rule is asked about."""
        definition = load(path).definition
        only = replace(definition, rules={"ends": definition.rules["ends"]})
        (verdict,) = verify.prove(only, budget=budget)
        return verdict.holds is not None

    # ---- the processes that ship

    def shipped_units(self, processes: Path) -> list[Data]:
        """List the units of the shipped processes; both versions load them by their ids."""
        documents = {
            path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
            for path in sorted(processes.glob("*.yaml"))
        }
        words = _words(list(documents.values()))
        units = []
        for process, document in documents.items():
            others = [other for other in documents if other != process]
            units += [
                {
                    "name": f"{process}_{part:02}",
                    "load": process,
                    "refused": [],
                    "other": others[0] if others else None,
                    "walks": list(range(part, SHIPPED_WALKS * self._effort, SHIPPED_UNITS)),
                    "steps": SHIPPED_STEPS,
                    "words": words,
                    "check": part == 0,
                    "budget": None,
                    "watch": list(document.get("rules", {})),
                    "pictures": part == 0,
                    "repairs": part == 0,
                }
                for part in range(SHIPPED_UNITS)
            ]
        return units


def _rules(random: Random, data: Data) -> Data:
    """Draw a rule of most templates over what a definition has."""
    states, transitions = data["states"], data["transitions"]
    acts = [name for name, entry in transitions.items() if "by" in entry]
    atoms = [*transitions, *states, *data.get("duties", {}), *data.get("phases", {})]
    atoms += ["any_handoff", "any_transfer", "any_answer", "end", "rc", "s"]
    answered = [n for n, e in transitions.items() if e.get("handoff", {}).get("ack", True)]
    atoms += [
        f"{n}.{a}" for n in answered if "handoff" in transitions[n] for a in ("accept", "answer")
    ]

    def some() -> list[str]:
        return random.sample(atoms, random.choice([1, 1, 2]))

    waiting = [name for name, entry in states.items() if "kind" not in entry]
    rules: Data = {"ends": {"rule": "always_possible", "then": "end"}}
    for kind in random.sample(sorted(SHAPES), 5):
        entry: Data = {"rule": kind}
        for key in SHAPES[kind]:
            entry[key] = random.choice(CONDITIONS) if key == "holds" else some()
        if kind != "existence" and random.random() < 0.5:
            entry["if"] = random.choice(CONDITIONS)
        if kind == "response" and random.random() < 0.5:
            entry["within"] = random.choice(["day", "five"])
        rules[f"r_{kind}"] = entry
    formula = random.choice(FORMULAS).format(random.choice(atoms), random.choice(atoms))
    rules["r_ltlf"] = {"rule": "ltlf", "holds": formula}
    rules["r_each"] = {"rule": "response", "when": "any_handoff", "then": "answer", "within": "day"}
    then, by = random.choice(acts), random.choice([["rc"], ["s", "cl"]])
    rules["r_can"] = {"rule": "enabled", "when": random.choice(waiting), "then": then, "by": by}
    rules[f"r_{(kind := random.choice(['only', 'allowed']))}"] = {
        "rule": kind,
        "when": then,
        "by": by,
    }
    if duties := data.get("duties"):
        rules["r_every"] = {"rule": "every", "then": next(iter(duties)), "within": "five"}
        rules["r_every"]["monitor"] = True
    return rules


def _spoiled(random: Random, data: Data) -> Data:
    """Put something wrong into a definition: a key, a name, a value."""
    copy: Data = json.loads(json.dumps(data))
    node: Any = copy
    while True:
        key = random.choice(list(node) if isinstance(node, dict) else list(range(len(node))))
        below = node[key]
        if isinstance(below, (dict, list)) and below and random.random() < 0.85:
            node = below
            continue
        if isinstance(node, dict) and random.random() < 0.3:
            node[key[:-1] + "z"] = node.pop(key)
        elif random.random() < 0.3:
            del node[key]
        else:
            node[key] = random.choice([*JUNK, *list(data["states"]), *list(data["roles"])])
        return copy


def _scratched(random: Random, text: str) -> str:
    """Change a few characters of a text."""
    characters = list(text)
    for _ in range(random.choice([1, 1, 2, 4])):
        place = random.randrange(len(characters))
        characters[place] = random.choice(["", ":", " ", "\n", "x", "'", "{", "- ", "&", "\t", "ä"])
    return "".join(characters)


def _words(documents: list[Data]) -> Data:
    """Collect what a walk may say: names of acts, roles and states, and values of facts."""
    names: list[str] = []
    roles: dict[str, None] = {}
    states: dict[str, None] = {}
    values: dict[str, list[Any]] = {}
    for document in documents:
        guards = " ".join(
            entry["if"]
            for entry in (document.get("transitions") or {}).values()
            if isinstance(entry.get("if"), str)
        )
        for name, entry in (document.get("transitions") or {}).items():
            names.append(name)
            if "handoff" in entry:
                names += [f"{name}.accept", f"{name}.decline"]
        names += document.get("duties") or {}
        roles |= dict.fromkeys(document["roles"])
        states |= dict.fromkeys(document["states"])
        for name, fact in (document.get("facts") or {}).items():
            values.setdefault(name, []).extend(_values(fact or {}, guards))
        for name in document.get("info") or {}:
            values.setdefault(name, []).append("noted")
    return {
        "names": list(dict.fromkeys(names)),
        "roles": list(roles),
        "states": list(states),
        "facts": {name: list(dict.fromkeys(found)) for name, found in values.items()},
    }


def _values(fact: Data, guards: str) -> list[Any]:
    kind = fact.get("type")
    if kind == "bool":
        return [True, False]
    if kind == "enum":
        return list(fact["values"])
    if kind == "int":
        bounds = [fact[key] for key in ("min", "max", "default") if isinstance(fact.get(key), int)]
        near = {int(number) + step for number in NUMBER.findall(guards) for step in (-1, 0, 1)}
        return [*bounds, *sorted(near)][:12] or [0, 1]
    return [*dict.fromkeys(QUOTED.findall(guards)), "a text"][:6]


def main() -> None:
    """Write the corpus of so many definitions into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="checkout of the older version")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--effort", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    given = parser.parse_args()
    shutil.rmtree(given.folder, ignore_errors=True)  # of a run that was stopped
    given.folder.mkdir(parents=True)
    sys.path.insert(0, str(given.source / "tests" / "support"))
    corpus = Corpus(given.folder, given.effort)
    units = corpus.shipped_units(given.source / "processes")
    with multiprocessing.get_context("fork").Pool(given.workers) as pool:
        found = pool.imap(corpus.random_unit, range(given.count), chunksize=1)
        for number, unit in enumerate(found, 1):
            units.append(unit)
            sys.stdout.write(f"{number} {given.count}\n")
            sys.stdout.flush()
    (given.folder / "units.json").write_text(json.dumps(units), encoding="utf-8")


if __name__ == "__main__":
    main()
