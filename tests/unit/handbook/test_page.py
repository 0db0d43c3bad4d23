"""The page of a process as text: complete, self-contained, safe, and the same every time."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

import ohjausprosessi as op
from ohjausprosessi.handbook import process_page
from ohjausprosessi.handbook.html_document import script, styles
from ohjausprosessi.handbook.messages import LANGUAGES, MESSAGES
from ohjausprosessi.model import Definition, Label
from small import DURATIONS, END, process, t

SHIPPED = ("tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g>'
    '<g id="state-a"><ellipse cx="5" cy="5" rx="2" ry="2"/></g></g></svg>'
)
HOSTILE = (
    "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>javascript:alert(1)\u202e"
    + "x" * 300
)


class Read(HTMLParser):
    """Collects what a page holds, and whether its elements are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(found)
        self.ids += [value for value in [found.get("id")] if value]
        self.links += [value for value in [found.get("href"), found.get("src")] if value]
        if tag not in {"meta", "input", "img", "link", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def hostile() -> Definition:
    """Return a process every label of which is an attack."""
    p = process(
        {"a": {"deadline": "five", "services": ["help"], "roles": ["rc"]}, "b": "s", "e": END},
        {
            "over": t(
                "a", "b", if_="ok", handoff={"within": "five", "else": "back", "info": ["paper"]}
            ),
            "back_again": t("b", "a", by="rs", handoff={"ack": False}),
            "quit": t("any_open", "e"),
        },
        durations=DURATIONS,
        facts={"ok": {"type": "bool"}},
        info={"paper": {}},
        services={"help": {"owner": "s"}},
        phases={"one": {}},
        duties={"follow": {"by": ["c"], "every": "five"}},
    ).definition
    label = Label((("", HOSTILE),))
    changes = {
        section: {
            key: replace(element, title=label, source=(HOSTILE,), inferred=label)
            for key, element in getattr(p, section).items()
        }
        for section in (
            "owners",
            "roles",
            "facts",
            "info",
            "services",
            "phases",
            "states",
            "transitions",
            "duties",
        )
    }
    changes["states"]["e"] = replace(changes["states"]["e"], outcome=HOSTILE)
    return replace(p, title=label, version=HOSTILE, source=(HOSTILE,), **changes)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_page_tells_every_state_and_transition_and_links_only_within(
    name: str, lang: str
) -> None:
    definition = op.load(name).definition
    read = Read(process_page(definition, {}, lang=lang))
    words = " ".join(read.words)

    assert not read.open
    assert len(read.ids) == len(set(read.ids))
    for element in (*definition.states.values(), *definition.transitions.values()):
        assert element.text(lang) in words
    assert {f"s-{state}" for state in definition.states} <= set(read.ids)
    assert {link[1:] for link in read.links} <= set(read.ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_labels_stay_text(lang: str) -> None:
    definition = hostile()
    page = process_page(definition, {"full": SVG}, lang=lang, counts={"a": 3}, undrawn=HOSTILE)
    read = Read(page)

    assert not read.open
    assert page.count("<script") == 1
    assert "img" not in read.tags
    assert not {a for a in read.attributes if a.startswith("on")}
    assert not [link for link in read.links if not re.fullmatch(r"#[a-z_-]+", link)]
    assert "\u202e" not in page
    assert "javascript:alert(1)" in " ".join(read.words)


def test_hostile_reasons_and_links_stay_text() -> None:
    read = Read(process_page(hostile(), {}, undrawn=HOSTILE, index="index.html", other="x.en.html"))

    assert "img" not in read.tags
    assert {link for link in read.links if not link.startswith("#")} == {"index.html", "x.en.html"}


def test_only_our_own_script_and_styles_may_run() -> None:
    page = process_page(
        process({"a": "c", "e": END}, {"stop": t("a", "e")}).definition, {"full": SVG}
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None

    def digest(found: re.Match[str] | None) -> str:
        assert found is not None
        return b64encode(sha256(found[1].encode()).digest()).decode()

    code = digest(re.search(r"<script>(.*?)</script>", page, re.DOTALL))
    css = digest(re.search(r"<style>(.*?)</style>", page, re.DOTALL))
    rules = policy[1].replace("&#x27;", "'").split("; ")
    assert f"script-src 'sha256-{code}'" in rules
    assert f"style-src 'sha256-{css}'" in rules
    assert "default-src 'none'" in rules


def test_a_page_needs_no_network() -> None:
    page = process_page(op.load(SHIPPED[0]).definition, {"full": SVG})

    assert set(re.findall(r"https?://[^\"'<> ]*", page)) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in styles()


def test_the_script_is_small_and_ours() -> None:
    assert len(script().encode()) < 5 * 1024
    assert "innerHTML" not in script()
    assert "eval" not in script()


def test_the_same_input_gives_the_same_page() -> None:
    definition = op.load(SHIPPED[0]).definition

    assert process_page(definition, {"full": SVG}) == process_page(definition, {"full": SVG})


def test_without_a_picture_the_page_says_why_and_has_no_script() -> None:
    page = process_page(op.load(SHIPPED[0]).definition, {}, undrawn="piirtäjä puuttuu")

    assert "piirtäjä puuttuu" in page
    assert "<script" not in page


def test_called_processes_are_links_where_they_have_a_page() -> None:
    definition = op.load(SHIPPED[0]).definition

    assert 'href="kuvio2.html"' in process_page(definition, {}, pages={SHIPPED[1]: "kuvio2.html"})
    assert 'href="kuvio2.html"' not in process_page(definition, {})


def test_counts_are_in_the_tables() -> None:
    definition = op.load(SHIPPED[1]).definition
    page = process_page(definition, {}, counts={"ohjauksen_tarve": 31337})

    assert page.count("31337") >= 2
    assert '<th scope="col">Määrä</th>' in page
    assert '<th scope="col">Määrä</th>' not in process_page(definition, {})


def test_times_are_told_in_good_finnish_and_english() -> None:
    definition = hostile()

    assert "5 päivän kuluessa" in process_page(definition, {}, lang="fi")
    assert "5 päivän välein" in process_page(definition, {}, lang="fi")
    assert "within 5 days" in process_page(definition, {}, lang="en")
    assert "every 5 days" in process_page(definition, {}, lang="en")


def test_a_finding_is_told_with_its_remedy_and_trace() -> None:
    p = process(
        {"a": "c", "b": "c", "e": END},
        {"on": t("a", "b"), "loop": t("b", "b"), "stop": t("a", "e")},
    )
    page = process_page(p.definition, {}, lang="en")

    assert "no-way-to-end" in page
    assert "<td>start" in page or "<li>start" in page


def test_a_handoff_without_time_limit_is_a_place_to_drop_out() -> None:
    p = process(
        {"a": "c", "b": "s", "e": END},
        {
            "over": t("a", "b", handoff={"else": "a"}),
            "stop": t("b", "e", by="rs", handoff={"ack": False}),
        },
    )
    page = process_page(p.definition, {}, lang="en")

    assert MESSAGES["some_open"].en in page
    assert MESSAGES["all_closed"].en not in page
    assert MESSAGES["all_closed"].fi in process_page(op.load(SHIPPED[0]).definition, {})


def test_each_organisation_has_its_own_extract() -> None:
    page = process_page(op.load(SHIPPED[0]).definition, {}, lang="en")
    extract = page.split('id="by_owner"')[1].split("<details>")

    assert len(extract) > 3
    assert "City of Kuopio employment service" in extract[2]
    assert "Hands over" in extract[2]
