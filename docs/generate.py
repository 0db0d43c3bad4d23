"""Write the generated pages of the documentation anew: ``make docs``.

``docs/checks/README.md`` lists the pages beside it; ``docs/semantics-tests.md`` lists, for each rule
of ``docs/semantics.md``, the tests that name it.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
RULE = re.compile(r"(?<![\w`])\*\*([A-Z]\d)\b")
TEST = re.compile(r"^def (test_([a-z]\d|10)_\w+)", re.MULTILINE)


def index_of_checks() -> str:
    """The page that lists every check: code, severity, and what is wrong.

    A page opens with what is wrong, then says how severe that is: the index quotes the first
    sentence and the severity.
    """
    rows = []
    for page in sorted((DOCS / "checks").glob("*.md")):
        if page.name != "README.md":
            _, wrong, severity, *_ = page.read_text(encoding="utf-8").split("\n\n")
            rows.append(
                f"| [{page.stem}]({page.name}) | {severity.split(':')[0].lower()} "
                f"| {_first_sentence(wrong)} |"
            )
    lead = "What each code means. A load error refuses the definition; errors and warnings are findings."
    head = ["# Checks", "", lead, "", "| code | severity | what is wrong |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=\.) ", text)[0].rstrip(".").replace("|", "\\|")


def index_of_tests() -> str:
    """The page that lists the tests of every rule."""
    rules = dict.fromkeys(RULE.findall((DOCS / "semantics.md").read_text(encoding="utf-8")))
    tests: dict[str, list[str]] = {rule: [] for rule in rules}
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        place = file.relative_to(ROOT).as_posix()
        for name, rule in TEST.findall(file.read_text(encoding="utf-8")):
            tests.setdefault(rule.upper(), []).append(f"`{name}` ({place})")
    rows = [f"| {rule} | {'<br>'.join(found) or '–'} |" for rule, found in tests.items()]
    lead = "Which tests hold which rule of [semantics.md](semantics.md). Written by `make docs`."
    return "\n".join(
        ["# Rules and their tests", lead, "", "| rule | tests |", "|---|---|", *rows, ""]
    )


PAGES = {
    DOCS / "checks" / "README.md": index_of_checks,
    DOCS / "semantics-tests.md": index_of_tests,
}


def main() -> None:
    """Write every generated page."""
    for page, write in PAGES.items():
        page.write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
