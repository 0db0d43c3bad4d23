"""Everything one version answers about one unit of the corpus, by kind."""

from __future__ import annotations

import json
import tempfile
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from tools.compare.probe import data, names
from tools.compare.probe.walks import T0, Walk

RESUMED = 4  # stored cases of a unit that are gone on with
RESUMED_STEPS = 8
PICTURES = 4  # of a random definition
SHOWN = 3  # courses of a unit that are gone and drawn
SCHEMA = "schema"  # the unit that is no definition

Answers = dict[str, Any]


def answers(unit: dict[str, Any], stored: list[str] | None) -> tuple[Answers, list[str]]:
    """What is said about a unit, and its cases as stored.

    Args:
        unit: the unit.
        stored: cases of the unit as the older version stored them; None = this is the older one.
    """
    if unit["name"] == SCHEMA:
        return {"schema": names.schema_text().splitlines()}, []
    said: Answers = {}
    if unit["refused"]:
        said["load"] = {path: _loaded(path) for path in unit["refused"]}
    process = names.load(unit["load"])
    said["hash"] = process.hash
    kept, last, histories = _walks(process, unit, said)
    said["resumed"] = _resumed(process, unit, kept if stored is None else stored)
    said["standings"] = _standings(process, unit, histories)
    courses = _proofs(process, unit, said)
    if unit["pictures"]:
        said["graph"] = _graph(process)
        said |= _pictures(process, unit, last, courses)
    return said, kept


def _loaded(path: str) -> Any:
    try:
        return names.load(path).hash
    except names.DefinitionError as error:
        return [data.finding(finding) for finding in error.findings]
    except Exception as error:  # noqa: BLE001  does the other side do it, too?
        return f"{type(error).__name__}: {error}"


def _walks(process: Any, unit: dict[str, Any], said: Answers) -> tuple[list[str], Any, list[Any]]:
    kept, last, histories = [], None, []
    for number in unit["walks"]:
        walk = Walk(process, unit["words"], Random(f"{unit['name']} {number}"))
        last = walk.run(unit["steps"])
        histories.append(last.history)
        kept += walk.stored
        for kind, entries in walk.said.items():
            said.setdefault(kind, {})[f"walk {number}"] = entries
    return kept, last, histories


def _resumed(process: Any, unit: dict[str, Any], stored: list[str]) -> Any:
    """Restore cases that the older version stored, and go on with them."""
    said = {}
    step = max(1, len(stored) // RESUMED)
    for number, text in islice(enumerate(stored[::step]), RESUMED):
        try:
            case = process.restore(json.loads(text))
        except names.Refused as error:
            said[f"case {number}"] = data.refused(error)
            continue
        walk = Walk(process, unit["words"], Random(f"{unit['name']} on {number}"))
        again = json.dumps(case.to_dict(), ensure_ascii=False)
        walk.run(RESUMED_STEPS, case)
        said[f"case {number}"] = {"as stored": again == text, **walk.said}
    return said


def _standings(process: Any, unit: dict[str, Any], histories: list[Any]) -> Any:
    """How the rules stand in the cases that were walked."""
    watch = process.watch(unit["watch"])
    said = []
    for number, history in enumerate(histories):
        last = history[-1].at or T0
        now = last + timedelta(days=(0, 2, 40)[number % 3])
        found = watch.judge(history, now=now)
        said.append(data.plain({entry.rule: entry for entry in found}))
    return said


def _proofs(process: Any, unit: dict[str, Any], said: Answers) -> list[Any]:
    """Prove and check; return some courses that were found."""
    verdicts = names.prove(process, unit["budget"])
    said["proofs"] = {verdict.rule: data.verdict(verdict) for verdict in verdicts}
    if not unit["check"]:
        return []
    report = process.check()
    said["findings"] = [data.finding(finding) for finding in report]
    courses = [course for f in report if (course := names.either(f, names.COURSE))][:SHOWN]
    cases = [names.follow(process, course) for course in courses]
    said["followed"] = [None if case is None else data.history(case) for case in cases]
    if unit["repairs"]:
        said["repairs"] = [
            {**names.bilingual(repair), "hash": names.hash_of(repair.definition)}
            for repair in names.repairs(process)
        ]
        said["dropout"] = {
            lang: names.dropout_text(process, lang).splitlines() for lang in ("fi", "en")
        }
    return [(course, case) for course, case in zip(courses, cases, strict=True) if case is not None]


def _graph(process: Any) -> Any:
    graph = process.graph()
    return {
        "nodes": data.plain(dict(graph.nodes(data=True))),
        "edges": data.plain(list(graph.edges(keys=True, data=True))),
    }


def _pictures(process: Any, unit: dict[str, Any], case: Any, courses: list[Any]) -> Answers:
    """Draw everything that is text."""
    options: dict[str, dict[str, Any]] = {
        f"{view} {lang}": {"view": view, "lang": lang}
        for view in ("overview", "full")
        for lang in ("fi", "en")
    }
    for owner in dict.fromkeys(state.owner for state in process.states.values()):
        options[f"owner {owner}"] = {"owner": owner}
    options["case"] = {"case": case, "view": "full"}
    options["counts"] = {"counts": {name: i * 7 for i, name in enumerate(process.transitions)}}
    options["wrong language"] = {"lang": "xx"}
    options["wrong view"] = {"view": "ful"}
    if unit["other"] is not None:
        options["diff"] = {"diff": names.load(unit["other"]), "view": "full"}
    for number, (course, gone) in enumerate(courses):
        options[f"course {number}"] = {"course": course, "case": gone, "view": "full"}
    if unit["load"].endswith(".yaml"):  # of many random ones a few pictures each, never the same
        chosen = Random(unit["name"]).sample(sorted(options), PICTURES)
        options = {what: options[what] for what in chosen}
    said: Answers = {"dot": {}, "mermaid": {}}
    with tempfile.TemporaryDirectory() as folder:
        for what, given in options.items():
            said["dot"][what] = _drawn(process, Path(folder) / "picture.dot", given)
        for lang in ("fi", "en"):
            said["mermaid"][lang] = _drawn(process, Path(folder) / "picture.mmd", {"lang": lang})
    return said


def _drawn(process: Any, path: Path, given: dict[str, Any]) -> Any:
    try:
        names.render(process, str(path), **given)
    except names.RenderError as error:
        return names.bilingual(error)
    except Exception as error:  # noqa: BLE001  does the other side do it, too?
        return f"{type(error).__name__}: {error}"
    return path.read_text(encoding="utf-8").splitlines()
