"""Write the generated pages of the documentation anew: ``make docs``.

``docs/checks/README.md`` lists the pages beside it; ``docs/semantics-tests.md`` lists, for each rule
of ``docs/semantics.md``, the tests that name it; ``docs/api.md`` is made from the docstrings of the
public names; ``docs/architecture.md`` gets its table and picture of rooms from the code.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, NamedTuple

import ohjausprosessi as op
from ohjausprosessi import testing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "ohjausprosessi"
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


# ---- docs/api.md


class Group(NamedTuple):
    """A chapter of the API page.

    Attributes:
        title: its heading.
        lead: what its names have in common.
        prefix: how the names are reached; empty for those of the package itself.
        names: the names, in the order in which a newcomer meets them.
    """

    title: str
    lead: str
    prefix: str
    names: tuple[str, ...]


API = (
    Group(
        "Load a process",
        "From the id of a shipped process, a file, YAML text, or plain data.",
        "",
        ("load", "loads", "from_data", "Process", "Report"),
    ),
    Group(
        "Run a case",
        "A case is an immutable value: every event gives a new one, or raises `Refused`.",
        "",
        ("Case", "Option", "Due", "OpenHandoff", "Event", "History"),
    ),
    Group(
        "Errors",
        "What the library raises on purpose; each but the base has `text(lang)`: what is wrong, and what "
        "to do about it.",
        "",
        ("OhjausprosessiError", "DefinitionError", "Refused", "RenderError"),
    ),
    Group(
        "Messages",
        "What people are told is a value, in Finnish and English.",
        "",
        ("Text", "Reason", "Finding", "Location", "Step", "Stop"),
    ),
    Group(
        "Rules on cases",
        "The rules of a process, watched while a case runs or judged on a log.",
        "",
        ("RuleMonitor", "CaseMonitor", "RuleStatus", "Violation"),
    ),
    Group(
        "A definition as data",
        "Frozen dataclasses, key by key as in [format.md](format.md). Every entry of a section has "
        "`id`, `title`, `source`, `inferred` and `text(lang)`, its title in a language.",
        "",
        (
            "Definition",
            "Owner",
            "Role",
            "Phase",
            "Fact",
            "Value",
            "Info",
            "Duration",
            "Service",
            "State",
            "Transition",
            "Handoff",
            "Duty",
            "Rule",
            "Compiled",
        ),
    ),
    Group(
        "op.verify",
        "Findings, proofs, repairs and mutants ([proof.md](proof.md)). What takes a process takes a "
        "`Definition`, or `Process.compiled`: then work already done for that process is not repeated.",
        "verify",
        (
            "findings",
            "CHECKS",
            "RULE_CHECKS",
            "prove",
            "RuleVerdict",
            "follow",
            "repairs",
            "Repair",
            "dropout_report",
            "DropoutReport",
            "mutants",
            "Mutant",
            "mutation_score",
            "Score",
            "soundness_of",
            "Verdict",
            "rule_on_net",
            "NetRuleVerdict",
            "NetError",
        ),
    ),
    Group(
        "op.interop",
        "Neighbours: other libraries' forms of a process ([interop.md](interop.md)).",
        "interop",
        ("to_machine", "NotFlatError", "graph"),
    ),
    Group(
        "ohjausprosessi.testing",
        "Random cases for your own tests ([testing.md](testing.md)); needs the extra `testing`.",
        "testing",
        (
            "facts",
            "cases",
            "traces",
            "Trace",
            "Act",
            "ProcessMachine",
            "machine",
            "RuleBroken",
            "Stuck",
            "Coverage",
            "mutants",
            "Mutants",
        ),
    ),
)
API_LEAD = """\
# The Python API
Every public name: what it means, its signature, what it raises, and an example that the tests run. \
Written by `make docs` from the docstrings. Start with [the README](../README.md#in-your-code) for the \
whole in twenty lines.

Arguments after `*` are given by name. `lang` is `"fi"` unless said otherwise; `text()` is for the \
people concerned, `str()` is English and for developers. Times are `datetime` with a time zone. A \
`None` as a value of a fact means *unknown again*. Rule numbers such as T5 refer to \
[semantics.md](semantics.md). An *exact name* is the id of a state or a transition with the calls it \
lies in before it, `call/state`; in a process that calls nothing it is the id.
"""
SECTION = re.compile(r"^(Args|Attributes|Raises|Returns|Yields|Example):$", re.MULTILINE)
ENTRY = re.compile(r"^([*\w, ]+): (.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
RULES = re.compile(r"\((?:SEMANTICS )?([A-Z]\d+(?:[,–] ?[A-Z]\d+)*)\)")
PARAGRAPHS = re.compile(r"SEMANTICS (§\d+(?: [AB])?)")
PAGE = re.compile(r"`docs/(?:(\w+\.md)|checks/)`")
OPAQUE = {"Compiled"}  # of these the attributes are the library's own affair
WIDE = 88


class Doc(NamedTuple):
    """A docstring in its parts.

    Attributes:
        text: what stands before the first section.
        sections: name of a section to its text, without its indent.
    """

    text: str
    sections: Mapping[str, str]

    @classmethod
    def of(cls, what: object) -> Doc:
        """Read the docstring of a public thing, its own or that of what it overrides."""
        return cls.read(inspect.getdoc(what) or "")

    @classmethod
    def read(cls, written: str) -> Doc:
        """Divide a docstring into its parts."""
        text, *rest = SECTION.split(written)
        bodies = [inspect.cleandoc(body) for body in rest[1::2]]
        return cls(text.strip(), dict(zip(rest[::2], bodies, strict=True)))

    def entries(self, section: str) -> list[tuple[str, str]]:
        """The entries of a section: what is described, and its description on one line."""
        found = ENTRY.findall(self.sections.get(section, ""))
        return [(name, " ".join(text.split())) for name, text in found]


def api_page() -> str:
    """The page that says what every public name is.

    Raises:
        LookupError: if a public name stands in no chapter, or lacks a docstring or an example.
    """
    homes: Mapping[str, object] = {
        "": op,
        "verify": op.verify,
        "interop": op.interop,
        "testing": testing,
    }
    rooms = {"interop", "verify"}  # chapters of their own
    for prefix, home in homes.items():
        told = {name for group in API if group.prefix == prefix for name in group.names}
        elsewhere = set(op.__all__) if prefix else rooms
        public = set(home.__all__) - elsewhere  # type: ignore[attr-defined]
        if missing := (public ^ told) - (set() if prefix else rooms):
            raise LookupError(f"docs/generate.py: chapters and __all__ differ: {sorted(missing)}")
    lines = [API_LEAD]
    for group in API:
        names = (f"[`{name}`](#{_anchor(group, name)})" for name in group.names)
        lines.append(f"- **{group.title}**: {', '.join(names)}")
    for group in API:
        lines += ["", f"## {group.title}", group.lead]
        for name in group.names:
            lines += ["", f"### {_full(group, name)}"]
            lines += _described(name, getattr(homes[group.prefix], name), homes[group.prefix])
    return "\n".join([*lines, ""])


def _full(group: Group, name: str) -> str:
    return f"{group.prefix}.{name}" if group.prefix else name


def _anchor(group: Group, name: str) -> str:
    return _full(group, name).lower().replace(".", "")


def _described(name: str, what: object, home: object) -> Iterator[str]:
    if isinstance(what, type):
        yield from _of_class(what)
        return
    if isinstance(what, FunctionType):
        yield from _of_function(name, what)
        return
    doc = Doc.read(_constant(name, home))
    yield from ("", _prose(doc.text))
    yield from _example(name, doc)


def _of_function(name: str, what: FunctionType, *, needs_example: bool = True) -> Iterator[str]:
    doc = Doc.of(what)
    if not doc.text:
        raise LookupError(f"{what.__module__}.{name} has no docstring")
    yield from ("", "```pyi", _signature(name, what), "```", "", _prose(doc.text))
    if doc.entries("Args"):
        yield ""
        yield from (f"- `{arg}`: {_prose(text)}" for arg, text in doc.entries("Args"))
    for section in ("Returns", "Yields"):
        if section in doc.sections:
            yield from ("", f"*{section}*: {_prose(' '.join(doc.sections[section].split()))}")
    yield from _raised(doc)
    if needs_example or "Example" in doc.sections:
        yield from _example(name, doc)


def _of_class(what: type) -> Iterator[str]:
    doc = Doc.of(what)
    if not what.__doc__ or what.__doc__.startswith(f"{what.__name__}("):
        raise LookupError(f"{what.__module__}.{what.__name__} has no docstring")
    if doc.entries("Args"):
        yield from ("", "```pyi", _signature(what.__name__, what.__init__, of_class=True), "```")  # type: ignore[misc]
    yield from ("", _prose(doc.text))
    if doc.entries("Args"):
        yield ""
        yield from (f"- `{arg}`: {_prose(text)}" for arg, text in doc.entries("Args"))
    yield from _raised(doc)
    if what.__name__ in OPAQUE:
        yield from _example(what.__name__, doc)
        return
    if rows := list(_fields(what, doc)):
        yield from ("", "| attribute | type | |", "|---|---|---|", *rows)
    yield from _example(what.__name__, doc)
    for name, member in vars(what).items():
        function = member.__func__ if isinstance(member, classmethod) else member
        if name.startswith("_") or any(mark.startswith("hypothesis_") for mark in dir(function)):
            continue  # of a state machine, what Hypothesis runs
        if isinstance(function, FunctionType):
            yield from ("", f"#### {what.__name__}.{name}")
            yield from _of_function(name, function, needs_example=False)


def _fields(what: type, doc: Doc) -> Iterator[str]:
    """Rows for what a value has: its documented attributes, then its properties."""
    types: dict[str, str] = {}
    for base in reversed(what.__mro__):
        types |= {name: _typed(kind) for name, kind in inspect.get_annotations(base).items()}
    told = dict(doc.entries("Attributes"))
    for name, member in vars(what).items():
        getter = member.fget if isinstance(member, property) else getattr(member, "func", None)
        if isinstance(member, property | cached_property) and getter and not name.startswith("_"):
            types[name] = _typed(getter.__annotations__["return"])
            told.setdefault(name, Doc.of(getter).text)
    for name, text in told.items():
        yield _row(name, types.get(name, ""), text)


def _row(name: str, kind: str, text: str) -> str:
    cell = f"`{kind}`".replace("|", "\\|") if kind else ""
    told = _prose(" ".join(text.split())).replace("|", "\\|")
    told = told[0].upper() + told[1:]
    return f"| `{name}` | {cell} | {told} |"


def _raised(doc: Doc) -> Iterator[str]:
    if doc.entries("Raises"):
        yield ""
        yield from (f"- raises `{error}`: {_prose(text)}" for error, text in doc.entries("Raises"))


def _example(name: str, doc: Doc) -> Iterator[str]:
    if "Example" not in doc.sections:
        raise LookupError(f"{name} has no Example")
    yield from ("", "```python", doc.sections["Example"], "```")


def _prose(text: str) -> str:
    """Text of a docstring as Markdown: code in single backticks, rules of the semantics linked."""
    text = RULES.sub(r"([\1](semantics.md))", text.replace("``", "`"))
    text = PAGE.sub(lambda page: f"[{page[0][1:-1]}]({page[1] or 'checks/README.md'})", text)
    return PARAGRAPHS.sub(r"[semantics \1](semantics.md)", text)


def _signature(name: str, what: FunctionType, *, of_class: bool = False) -> str:
    """A signature as it is written, without ``self``; one parameter a line if it is long."""
    found = inspect.signature(what)
    parts: list[str] = []
    keyword_only = False
    for parameter in found.parameters.values():
        if parameter.name in {"self", "cls"}:
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not keyword_only:
            keyword_only = True
            parts.append("*")
        default = "" if parameter.default is parameter.empty else f" = {_shown(parameter.default)}"
        star = "**" if parameter.kind is parameter.VAR_KEYWORD else ""
        parts.append(f"{star}{parameter.name}: {_typed(parameter.annotation)}{default}")
    result = "" if of_class else f" -> {_typed(found.return_annotation)}"
    line = f"{name}({', '.join(parts)}){result}"
    if len(line) <= WIDE:
        return line
    return "\n".join([f"{name}(", *(f"    {part}," for part in parts), f"){result}"])


def _shown(default: object) -> str:
    """A default as it would be written."""
    return f'"{default}"' if isinstance(default, str) else repr(default)


def _typed(annotation: object) -> str:
    """An annotation as a reader of the page would write it."""
    written = str(getattr(annotation, "__forward_arg__", annotation)).replace("engine.Case", "Case")
    written = re.sub(r"\bFacts\b", "Mapping[str, Value | None]", written)
    return re.sub(r"'(\w+)'", r'"\1"', written)


def _constant(name: str, home: object) -> str:
    """The docstring of a module's constant: the text that follows its assignment."""
    modules = {
        sys.modules[module]
        for module in list(sys.modules)
        if module.startswith("ohjausprosessi.") and hasattr(sys.modules[module], name)
    }
    for module in modules:
        body = ast.parse(inspect.getsource(module)).body
        for statement, following in pairwise(body):
            match statement, following:
                case (
                    (
                        ast.Assign(targets=[ast.Name(id=target)])
                        | ast.AnnAssign(target=ast.Name(id=target))
                    ),
                    ast.Expr(value=ast.Constant(value=str(text))),
                ) if target == name:
                    return inspect.cleandoc(text)
    raise LookupError(f"{home}.{name} has no docstring")


# ---- docs/architecture.md


class Room(NamedTuple):
    """A room of the code: a package, or a module that stands alone.

    Attributes:
        name: as it is imported.
        label: as it is found among the files.
        purpose: the first paragraph of its docstring.
        uses: the rooms it imports from.
        foreign: the third-party packages it imports.
    """

    name: str
    label: str
    purpose: str
    uses: frozenset[str]
    foreign: tuple[str, ...]


def architecture_page() -> str:
    """The page on the architecture, with its table and its picture of rooms made anew."""
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    rooms = [_room(name) for name in _rooms_top_down()]
    for what, made in {"table": _table_of(rooms), "picture": _picture_of(rooms)}.items():
        between = rf"(<!-- {what} of rooms: made by make docs -->\n).*?(<!-- end of {what} -->)"
        page = re.sub(between, lambda m, made=made: m[1] + made + m[2], page, flags=re.DOTALL)  # type: ignore[misc]
    return page


def _rooms_top_down() -> list[str]:
    """The rooms as the contract of import-linter orders them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return [room.strip() for layer in layers for room in layer.split("|")]


def _room(name: str) -> Room:
    folder = SOURCE / name
    files = sorted(folder.rglob("*.py")) if folder.is_dir() else [SOURCE / f"{name}.py"]
    front = folder / "__init__.py" if folder.is_dir() else files[0]
    told = ast.get_docstring(ast.parse(front.read_text(encoding="utf-8"))) or ""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    imported = {module for tree in trees for module in _imports(tree)}
    own = {module.split(".")[1] for module in imported if module.startswith("ohjausprosessi.")}
    run = {module.partition(".")[0] for tree in trees for module in _imports(_at_run_time(tree))}
    foreign = run - {"ohjausprosessi"} - sys.stdlib_module_names
    label = f"{name}/" if folder.is_dir() else f"{name}.py"
    purpose = " ".join(told.split("\n\n")[0].split())
    return Room(name, label, purpose, frozenset(own - {name}), tuple(sorted(foreign)))


def _imports(tree: ast.AST) -> Iterator[str]:
    """The modules that a file imports; the names of the package come from ``process``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = (alias.name for alias in node.names)
            yield from (f"{name}.process" if name == "ohjausprosessi" else name for name in names)
        elif isinstance(node, ast.ImportFrom) and node.module == "ohjausprosessi":
            yield from (f"ohjausprosessi.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


def _at_run_time(tree: ast.Module) -> ast.Module:
    """A module without what it imports for type checkers only."""
    kept = [
        s for s in tree.body if not (isinstance(s, ast.If) and "TYPE_CHECKING" in ast.dump(s.test))
    ]
    return ast.Module(kept, [])


def _table_of(rooms: Iterable[Room]) -> str:
    rows = (
        f"| `{room.label}` | {_prose(room.purpose)} | {', '.join(room.foreign) or '–'} |"
        for room in rooms
    )
    return "\n".join(
        ["| room | what it is for | third-party imports |", "|---|---|---|", *rows, ""]
    )


def _picture_of(rooms: Iterable[Room]) -> str:
    """The rooms as a Mermaid diagram; an import that follows from others is not drawn."""
    uses = {room.name: room.uses for room in rooms}
    below: dict[str, frozenset[str]] = {}
    for name in reversed(uses):
        below[name] = uses[name].union(*(below[used] for used in uses[name]))
    lines = ["```mermaid", "flowchart TD"]
    lines += [f'    {room.name}["{room.label}"]' for room in rooms]
    for name, used in uses.items():
        implied = frozenset[str]().union(*(below[room] for room in used))
        lines += [f"    {name} --> {room}" for room in uses if room in used - implied]
    return "\n".join([*lines, "```", ""])


PAGES = {
    DOCS / "checks" / "README.md": index_of_checks,
    DOCS / "semantics-tests.md": index_of_tests,
    DOCS / "api.md": api_page,
    DOCS / "architecture.md": architecture_page,
}


def main() -> None:
    """Write every generated page."""
    for page, write in PAGES.items():
        page.write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
