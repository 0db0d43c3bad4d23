"""docs/processes.md and docs/glossary.md say what the definitions say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.formats import load_definition
from ohjausprosessi.model import arrows
from places import ROOT

if TYPE_CHECKING:
    from ohjausprosessi.model import Definition, Rule

PAGE = (ROOT / "docs" / "processes.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
SOURCE = ROOT.parent / "shared" / "domain" / "source.txt"
FILES = ["tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen"]
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


def code(names: tuple[str, ...]) -> str:
    """Return ids as code, with commas."""
    return ", ".join(f"`{name}`" for name in names)


def length(definition: Definition, duration: str | None) -> str:
    """Return a duration as a page says it."""
    if duration is None:
        return "–"
    element = definition.durations[duration]
    return f"{element.amount} {element.unit}s"


def handoff_rows(definition: Definition) -> list[str]:
    """Return the rows of a table of hand-offs: one per transition, giver and receiver."""
    rows = []
    for transition in definition.transitions.values():
        passing: dict[tuple[str, str], list[str]] = {}
        for arrow in arrows(definition, transition):
            if arrow.is_handoff:
                place = "any open place" if arrow.source is None else f"`{arrow.source}`"
                passing.setdefault((arrow.giver, arrow.receiver), []).append(place)
        handoff = transition.handoff
        for (giver, receiver), places in passing.items():
            assert handoff is not None
            otherwise = "where the client was" if handoff.back else f"`{definition.fallback}`"
            cells = [
                f"`{transition.id}`",
                f"{', '.join(places)} → `{transition.to}`",
                f"`{giver}` → `{receiver}`",
                code(handoff.info) or "–",
                code(handoff.accept_by) if handoff.ack else "nobody: entering is the receipt",
                length(definition, handoff.within),
                otherwise if handoff.ack else "–",
            ]
            rows.append(f"| {' | '.join(cells)} |")
    return rows


def inferred_rows(definition: Definition) -> list[str]:
    """Return the rows of a table of what is inferred: elements with one reason together."""
    groups: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for section in SECTIONS:
        for element in getattr(definition, section).values():
            if element.inferred is not None:
                reason = (section, element.source, element.inferred.text("en"))
                groups.setdefault(reason, []).append(element.id)
    return [
        f"| {section} | {code(tuple(names))} | {', '.join(source) or '–'} | {why} |"
        for (section, source, why), names in groups.items()
    ]


def table(heading: str, part: str) -> list[str]:
    """Return the rows under a heading such as Figure 1 in a part of the page."""
    section = PAGE.split(f"\n## {part}\n")[1].split("\n## ")[0]
    under = section.split(f"\n### {heading}\n")[1].split("\n### ")[0]
    return [line for line in under.splitlines() if line.startswith("| ") and "`" in line]


@pytest.mark.parametrize(
    ("heading", "name"), [("Figure 1", FILES[0]), ("Figure 2", FILES[1])], ids=FILES
)
def test_the_tables_are_those_of_the_definition(heading: str, name: str) -> None:
    definition = load_definition(ROOT / "processes" / f"{name}.yaml")

    assert table(heading, "Hand-offs") == handoff_rows(definition)
    assert table(heading, "What is inferred, and why") == inferred_rows(definition)


def test_the_table_of_rules_is_complete_and_its_bases_are_those_of_the_definitions() -> None:
    section = PAGE.split("\n## Rules\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if "| R" in line]
    rules: dict[str, Rule] = {}
    for name in FILES:
        rules |= load_definition(ROOT / "processes" / f"{name}.yaml").rules

    assert [row[0] for row in rows] == [f"R{number:02}" for number in range(1, 67)]
    named = {rule: row[3].split()[0] for row in rows for rule in re.findall(r"`(\w+)`", row[2])}
    assert rules.keys() <= named.keys()
    for rule in rules.values():
        basis = "ours" if not rule.source else "implied" if rule.inferred else "text"
        assert named[rule.id] == basis, rule.id
    watched = {
        rule for row in rows for rule in re.findall(r"`(\w+)`", row[2]) if row[4] == "watched"
    }
    assert watched == {rule.id for rule in rules.values() if rule.monitor}


def test_the_glossary_knows_the_titles_of_roles() -> None:
    for name in FILES:
        for role in load_definition(ROOT / "processes" / f"{name}.yaml").roles.values():
            if role.source and not role.inferred and role.owner in {"kaupunki", "sakky"}:
                finnish = role.text("fi").split("-hank")[0].split("-valm")[0].lower()
                assert finnish in GLOSSARY.lower(), role.id


@pytest.mark.skipif(not SOURCE.exists(), reason="the source document stays outside the repository")
def test_no_sentence_of_the_source_document_is_copied() -> None:
    joined = re.sub(r"-\n", "", SOURCE.read_text(encoding="utf-8"))
    words = re.findall(r"\w+", joined.lower())
    runs = {" ".join(words[n : n + 8]) for n in range(len(words) - 7)}
    for path in [*(ROOT / "processes").glob("*.yaml"), *(ROOT / "docs").glob("*.md")]:
        own = re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
        copied = {" ".join(own[n : n + 8]) for n in range(len(own) - 7)} & runs
        assert not copied, f"{path.name}: {sorted(copied)[:3]}"
