"""The handbook driven in a real browser, from files, without a network.

Skipped where Playwright or Chromium is missing. axe-core comes with ``axe-playwright-python``.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ohjausprosessi as op
from ohjausprosessi.formats import load_definition
from ohjausprosessi.handbook import write_handbook
from ohjausprosessi.model import Definition, Label
from small import DURATIONS, END, process, t

if TYPE_CHECKING:
    from collections.abc import Iterator

_AXE = importlib.util.find_spec("axe_playwright_python")
AXE = None if _AXE is None else _AXE.submodule_search_locations
FIRST, SECOND = "tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen"
ATTACK = (
    "</script><script>window.hit=1</script><img src=x onerror=window.hit=1>\"'\\N javascript:hit"
)
# Returns texts whose contrast with what lies beneath them is below 4.5 (WCAG 2.2, 1.4.3).
FAINT = """() => {
  const parts = css => css.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = e => { for (; e; e = e.parentElement) {
    const found = parts(getComputedStyle(e).backgroundColor);
    if (found.length < 4 || found[3] > 0) return found; } return [255, 255, 255]; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), faint = [];
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || e.closest('svg, script, style, [hidden]')) continue;
    const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) faint.push(walker.currentNode.data.trim());
  }
  return faint;
}"""


def hostile() -> Definition:
    p = process(
        {"a": "c", "b": "s", "e": END},
        {
            "over": t("a", "b", handoff={"within": "five", "else": "back"}),
            "stop": t("b", "e", by="rs", handoff={"ack": False}),
        },
        durations=DURATIONS,
        id="hostile",
    ).definition
    label, long = Label((("", ATTACK),)), Label((("", ATTACK + "x" * 300),))
    return replace(
        p,
        title=label,
        states={key: replace(state, title=long) for key, state in p.states.items()},
        transitions={key: replace(one, title=label) for key, one in p.transitions.items()},
        owners={key: replace(owner, title=label) for key, owner in p.owners.items()},
    )


def wrong() -> list[Definition]:
    """Return processes that are wrong: courses with open hand-offs, branches, acts that are stopped."""
    checks = Path(__file__).parents[1] / "checks"
    files = {
        "stopped": checks / "unsafe" / "invalid-branches_meet_in_a_state.yaml",
        "between": checks / "handoff-in-branch" / "invalid-fallback_from_a_branch.yaml",
        "cut_off": checks / "call-cancelled" / "invalid-interrupt_of_another_branch.yaml",
    }
    return [replace(load_definition(path), id=name) for name, path in files.items()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    first = op.load(FIRST)
    case = first.start("A-1")
    for act, role in (
        ("arvioi_palvelutarve", "tyollisyyspalvelukoordinaattori"),
        ("ohjaa_muuhun_palveluun", "tyollisyyspalvelukoordinaattori"),
    ):
        case = case.advance(act, by=role, facts={"haluaa_koulutukseen": "ei"})
    counts = {FIRST: {"asiakkuus_alkanut": 126, "arvioi_palvelutarve": 40}}
    output = tmp_path_factory.mktemp("handbook")
    definitions = [first.definition, op.load(SECOND).definition, hostile(), *wrong()]
    written = write_handbook(definitions, output, cases=[case.to_dict()], counts=counts)
    assert written.undrawn is None
    return output


class Shown:
    """A page of the handbook in a browser, and everything it complained of or asked for."""

    def __init__(self, browser: Any, folder: Path, name: str, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1500, "height": 950}, **options)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto((folder / name).as_uri())

    def js(self, code: str) -> Any:
        return self.page.evaluate(code)

    def focused(self) -> str:
        return str(self.js("document.activeElement.dataset.id"))

    def box(self) -> list[float]:
        text = self.js("document.querySelector('#view svg:not(.away)').getAttribute('viewBox')")
        return [float(part) for part in text.replace(",", " ").split()]

    def state(self, state: str) -> Any:
        return self.page.locator(f"#view svg:not(.away) [data-id={state}]")

    def panel(self) -> str:
        return str(self.page.inner_text("#panel"))


@pytest.fixture
def shown(browser: Any, folder: Path, request: pytest.FixtureRequest) -> Iterator[Shown]:
    name, options = getattr(request, "param", (f"{FIRST}.html", {}))
    found = Shown(browser, folder, name, **options)
    yield found
    assert found.complaints == []
    assert all(url.startswith("file:") for url in found.requests)
    found.context.close()


def test_a_click_shows_the_details_of_a_state(shown: Shown) -> None:
    shown.state("palvelutarpeen_arvio").click()

    panel = shown.panel()
    for word in ("Palvelutarpeen arvio", "Kuopion kaupungin työllisyyspalvelu", "5 työpäivää",
                 "Ohjaa opinto-ohjaajalle", "Siirtyvät tiedot", "Yhteystiedot", "Seuraa lähteestä"):  # fmt: skip
        assert word in panel


def test_the_keyboard_follows_transitions(shown: Shown) -> None:
    shown.state("asiakkuus_alkanut").focus()
    went = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowLeft"):
        shown.page.keyboard.press(key)
        went.append(shown.focused())

    assert went == [
        "palvelutarpeen_arvio",
        "ohjaus_opinto_ohjaajalla",
        "ohjaus_koulutuskoordinaattorilla",
        "ohjaus_opinto_ohjaajalla",
        "palvelutarpeen_arvio",
        "asiakkuus_alkanut",
    ]
    assert "Asiakkuus alkanut" in shown.panel()


def test_the_tab_key_reaches_the_picture_once(shown: Shown) -> None:
    shown.state("palvelutarpeen_arvio").click()

    assert (
        shown.js("document.querySelectorAll('#view svg:not(.away) [tabindex=\"0\"]').length") == 1
    )


def test_zoom_by_button_key_and_wheel_and_fit(shown: Shown) -> None:
    home = shown.box()
    shown.page.click("#in")
    assert shown.box()[2] == pytest.approx(home[2] * 0.8)
    shown.state("palvelutarpeen_arvio").click()
    shown.page.keyboard.press("+")
    near = shown.box()
    assert near[2] == pytest.approx(home[2] * 0.64)
    shown.page.mouse.wheel(0, -100)
    shown.page.wait_for_function(
        f"+document.querySelector('#view svg').getAttribute('viewBox').split(',')[2] < {near[2] - 1}"
    )
    shown.page.keyboard.press("0")
    assert shown.box() == pytest.approx(home)


def test_the_wheel_scrolls_the_page_while_the_picture_is_not_chosen(shown: Shown) -> None:
    home = shown.box()
    shown.page.locator("#view").hover()
    shown.page.mouse.wheel(0, 200)
    shown.page.wait_for_function("scrollY > 0")

    assert shown.box() == home


def test_the_picture_is_dragged_and_moved_by_keys(shown: Shown) -> None:
    home = shown.box()
    shown.page.locator("#view").hover()
    shown.page.mouse.down()
    shown.page.mouse.move(500, 500)
    shown.page.mouse.move(400, 500)
    shown.page.mouse.up()
    dragged = shown.box()
    assert dragged[0] != home[0]
    shown.page.focus("#view")
    shown.page.keyboard.press("ArrowDown")
    assert shown.box()[1] > dragged[1]


def test_stepping_through_a_case_marks_the_way_and_finds_the_right_view(shown: Shown) -> None:
    shown.page.select_option("#walk", label="Tapaus A-1")

    assert shown.page.inner_text("#says").startswith("1/3 ")
    assert shown.page.is_checked("input[name=view] >> nth=1")
    assert shown.page.is_disabled("#back")
    shown.page.click("#on")
    shown.page.click("#on")
    assert "Muu työllisyyspalvelu" in shown.page.inner_text("#says")
    assert shown.page.is_disabled("#on")
    assert shown.page.locator(".went").count() == 2
    assert shown.page.locator(".here").count() == 1
    assert "Muu työllisyyspalvelu" in shown.panel()
    shown.page.select_option("#walk", "")
    assert shown.page.locator(".went").count() == 0
    assert shown.page.inner_text("#says") == ""


@pytest.mark.parametrize("shown", [("stopped.html", {})], indirect=True)
def test_a_course_that_goes_wrong_is_shown_in_the_picture(shown: Shown) -> None:
    shown.page.click("#course-1 .shows a")

    assert shown.page.input_value("#walk") == "walk-c1"
    assert shown.page.inner_text("#says").startswith("7/7 siirry")
    assert "toinen [kunta]" in shown.page.inner_text("#says")
    assert shown.page.locator(".went").count() == 8  # both exits of the fork
    assert shown.page.is_disabled("#on")
    shown.page.click("#back")
    assert shown.page.inner_text("#says").startswith("6/7 ")


@pytest.mark.parametrize("width", [390, 1500])
@pytest.mark.parametrize("name", ["stopped", "between", "cut_off"])
def test_a_path_reads_downwards_or_onwards_and_nothing_is_cut(
    browser: Any, folder: Path, name: str, width: int
) -> None:
    found = Shown(browser, folder, f"{name}.html")
    found.page.set_viewport_size({"width": width, "height": 800})
    steps = found.js("""() => [...document.querySelectorAll('.path')].map(path =>
      [...path.children].map(li => [li.querySelector('.act'), li.querySelector('.stops')]
        .map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom])))""")
    for path in steps:
        for act, stops in path:
            if width < 400:
                assert act[3] <= stops[1] + 1
            else:
                assert act[2] <= stops[0] + 1
        for (_, before), (act, _) in pairwise(path):
            assert act[0] >= before[2] - 1 or act[1] >= before[3] - 1
    cut = found.js("""() => [...document.querySelectorAll('.stop, .act, .by, .fails')]
      .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)""")
    assert cut == []
    found.context.close()


def test_paths_need_no_script(browser: Any, folder: Path) -> None:
    found = Shown(browser, folder, "stopped.html", java_script_enabled=False)

    assert found.page.locator("#course-1 .stop").first.is_visible()
    assert found.page.locator("#course-1 .shows").is_hidden()
    found.context.close()


@pytest.mark.parametrize("shown", [(f"{SECOND}.html", {})], indirect=True)
def test_a_way_over_a_shared_run_is_shown_whole(shown: Shown) -> None:
    shown.page.select_option("#walk", index=1)
    while shown.page.is_enabled("#on"):
        shown.page.click("#on")
    gaps = shown.js("""() => {
      const svg = document.querySelector('#view svg:not(.away)');
      const near = (p, id) => { const b = svg.querySelector(`[data-id="${id}"]`).getBBox();
        return p.x > b.x - 30 && p.x < b.x + b.width + 30 && p.y > b.y - 30 && p.y < b.y + b.height + 30; };
      const ways = [...document.querySelectorAll('#walk-0 li')].flatMap(li => li.dataset.way.split(' ').filter(w => w));
      return [...document.querySelectorAll('.went')].filter((path, i) => {
        const [, s, to] = ways[i].split('--');
        return !near(path.getPointAtLength(0), s) || !near(path.getPointAtLength(path.getTotalLength()), to);
      }).length; }""")

    assert gaps == 0


def test_counts_are_shown_as_figures_and_widths(shown: Shown) -> None:
    line = "#view svg:not(.away) [data-way^='arvioi_palvelutarve--'] path"
    thin = shown.js(f'getComputedStyle(document.querySelector("{line}")).strokeWidth')
    shown.page.check("#counts")

    assert shown.page.locator(".tally text").all_text_contents() == ["126"]
    assert shown.js(f'getComputedStyle(document.querySelector("{line}")).strokeWidth') > thin
    shown.page.uncheck("#counts")
    assert shown.page.locator(".tally text").count() == 0
    assert shown.js(f'getComputedStyle(document.querySelector("{line}")).strokeWidth') == thin


def test_a_link_in_the_panel_chooses_a_state_of_either_view(shown: Shown) -> None:
    shown.state("palvelutarpeen_arvio").click()
    shown.page.click("#panel a[href='#s-muu_tyollisyyspalvelu']")

    assert shown.page.is_checked("input[name=view] >> nth=1")
    assert shown.focused() == "muu_tyollisyyspalvelu"


@pytest.mark.parametrize("shown", [("index.html", {})], indirect=True)
def test_from_the_index_to_a_page_and_to_english_and_back(shown: Shown) -> None:
    assert shown.js("[...document.images].every(image => image.naturalWidth > 0)")
    shown.page.click(f"a[href='{FIRST}.html']")
    shown.page.click("text=In English")
    assert shown.js("document.documentElement.lang") == "en"
    shown.page.click("text=All processes")
    assert shown.page.title() == "Process handbook"


@pytest.mark.parametrize("shown", [("hostile.html", {})], indirect=True)
def test_hostile_labels_neither_break_nor_run(shown: Shown) -> None:
    shown.state("a").click()
    shown.page.keyboard.press("ArrowRight")
    shown.page.select_option("#walk", index=1)
    shown.page.click("#on")

    assert shown.js("window.hit") is None
    assert shown.page.locator("img").count() == 0
    assert ATTACK[:20] in shown.panel()
    assert shown.js("document.documentElement.scrollWidth") <= 1500


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(browser: Any, folder: Path, scheme: str) -> None:
    for name in ("index.html", f"{FIRST}.html", "hostile.en.html", "stopped.html", "between.html"):
        found = Shown(browser, folder, name, color_scheme=scheme)
        if name != "index.html":
            found.state(
                found.js("document.querySelector('[tabindex=\"0\"][data-id]').dataset.id")
            ).click()
        assert Counter(found.js(FAINT)) == Counter()
        found.context.close()


@pytest.mark.parametrize("width", [320, 800, 1500])
def test_no_page_is_wider_than_its_window(browser: Any, folder: Path, width: int) -> None:
    for name in ("index.html", f"{FIRST}.html", "hostile.html", "stopped.html", "between.html"):
        found = Shown(browser, folder, name)
        found.page.set_viewport_size({"width": width, "height": 800})
        assert found.js("document.documentElement.scrollWidth") <= width, name
        found.context.close()


def test_it_prints_on_a3_with_everything_open(shown: Shown) -> None:
    shown.page.emulate_media(media="print")

    assert shown.page.locator("#tools").is_hidden()
    assert shown.page.locator("#panel").is_hidden()
    assert shown.page.locator("details table").first.is_visible()
    content = shown.page.pdf(prefer_css_page_size=True)
    assert b"MediaBox [0 0 1190" in content or b"/MediaBox [0 0 1191" in content


def test_without_a_script_all_is_there_to_read(browser: Any, folder: Path) -> None:
    found = Shown(browser, folder, f"{FIRST}.html", java_script_enabled=False)

    assert found.page.locator("#tools").is_hidden()
    assert found.page.locator("#s-palvelutarpeen_arvio").is_visible()
    assert found.page.locator("#view svg").first.is_visible()
    found.context.close()


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python is not installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name",
    ["index.html", f"{FIRST}.html", f"{SECOND}.en.html", "stopped.html", "between.en.html"],
)
def test_axe_finds_no_violation(browser: Any, folder: Path, name: str, scheme: str) -> None:
    found = Shown(browser, folder, name, color_scheme=scheme, bypass_csp=True)
    if name != "index.html":
        found.page.select_option("#walk", index=1)
    assert AXE is not None
    found.js((Path(next(iter(AXE))) / "axe.min.js").read_text(encoding="utf-8"))
    violations = found.js(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))"
    )
    assert violations == []
    found.context.close()
