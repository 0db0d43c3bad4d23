"""What an entry must keep to by itself: keys of its kind, values of its type, keys of its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.formats import vocabulary as words
from ohjausprosessi.formats.schema.document import written
from ohjausprosessi.formats.yaml.problems import listed
from ohjausprosessi.rules.templates import TEMPLATE_KEYS, TEMPLATES
from ohjausprosessi.text.shorten import shown

if TYPE_CHECKING:
    from ohjausprosessi.formats.schema.document import Document, Fact, Role, Rule, State, Transition
    from ohjausprosessi.formats.yaml.positions import Path
    from ohjausprosessi.formats.yaml.problems import Report
    from ohjausprosessi.model import Value

_KINDS = {
    "state": Text("odottavalle tilalle", "a waiting state"),
    "end": Text("lopulle (kind: end)", "an end (kind: end)"),
    "call": Text("kutsulle (kind: call)", "a call (kind: call)"),
    "enum": Text("luettelotiedolle (type: enum)", "an enum (type: enum)"),
    "int": Text("kokonaisluvulle (type: int)", "an int (type: int)"),
}
_LEAVE_OUT = Text("jätä avain pois", "leave the key out")


def check_shapes(report: Report, document: Document) -> None:
    """Report what is wrong within single entries."""
    for name, state in document.states.items():
        _state(report, ("states", name), state)
    for name, fact in document.facts.items():
        _fact(report, ("facts", name), fact)
    for name, role in document.roles.items():
        _role(report, ("roles", name), role)
    for name, transition in document.transitions.items():
        _transition(report, ("transitions", name), transition)
    for name, rule in document.rules.items():
        _rule(report, ("rules", name), rule)


def value_problem(fact: Fact, value: Value) -> Text | None:
    """Return what a value of a fact should be, or None if it is one."""
    if fact.type == "bool":
        return None if isinstance(value, bool) else Text("`true` tai `false`", "`true` or `false`")
    if fact.type == "int":
        return _number_problem(fact, value)
    if fact.type == "text":
        filled = isinstance(value, str) and value.strip()
        return None if filled else Text("teksti", "a text")
    if isinstance(value, str) and value in fact.values:
        return None
    return Text(listed(fact.values, "tai"), listed(fact.values, "or"))


def _number_problem(fact: Fact, value: Value) -> Text | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return Text("kokonaisluku", "a whole number")
    if fact.min is not None and value < fact.min:
        return Text(f"vähintään {fact.min}", f"at least {fact.min}")
    if fact.max is not None and value > fact.max:
        return Text(f"enintään {fact.max}", f"at most {fact.max}")
    return None


def report_value(report: Report, path: Path, fact: Fact, name: str, value: Value) -> None:
    """Report a value that a fact cannot have."""
    expected = value_problem(fact, value)
    if expected is None:
        return
    if report.add_quoted("value", path, lambda meant: value_problem(fact, meant) is None):
        return
    report.add(
        "value",
        path,
        f"`{shown(value)}` ei käy tiedon `{name}` arvoksi: sen pitää olla {expected.fi}",
        f"`{shown(value)}` is no value of `{name}`: it has to be {expected.en}",
        hint=report.meant(value, fact.values) if isinstance(value, str) else None,
    )


def _state(report: Report, path: Path, state: State) -> None:
    keys = written(state)
    for key, kind in words.STATE_KEYS.items():
        if key in keys and state.kind != kind:
            _misplaced(report, (*path, key), kind)
    if state.kind == "call" and state.process is None:
        report.add(
            "key",
            (*path, "process"),
            "kutsulla pitää olla avain `process`",
            "a call has to have the key `process`",
            hint=Text("nimeä prosessi, jota kutsutaan", "name the process that is called"),
            key=True,
        )


def _fact(report: Report, path: Path, fact: Fact) -> None:
    keys = written(fact)
    for key, kind in words.FACT_KEYS.items():
        if key in keys and fact.type != kind:
            _misplaced(report, (*path, key), kind)
    if fact.type == "enum" and not fact.values:
        report.add(
            "key",
            (*path, "values"),
            "luettelotiedolla pitää olla avain `values`",
            "an enum has to have the key `values`",
            hint=Text("luettele sen arvot: [kylla, ei]", "list its values: [kylla, ei]"),
            key=True,
        )
        return
    if fact.min is not None and fact.max is not None and fact.min > fact.max:
        report.add(
            "value",
            (*path, "max"),
            f"suurin arvo {fact.max} on pienempi kuin pienin {fact.min}",
            f"the greatest value {fact.max} is less than the least {fact.min}",
        )
    elif fact.default is not None:
        report_value(report, (*path, "default"), fact, path[-1], fact.default)


def _role(report: Report, path: Path, role: Role) -> None:
    if role.owner is not None and role.client:
        report.add(
            "key",
            (*path, "client"),
            "roolilla on joko omistaja tai `client: true`, ei molempia",
            "a role has either an owner or `client: true`, not both",
            hint=Text("poista toinen", "delete one"),
            key=True,
        )


def _transition(report: Report, path: Path, transition: Transition) -> None:
    if "any_open" not in transition.from_:
        return
    if len(transition.from_) > 1:
        report.add(
            "value",
            (*path, "from"),
            "`any_open` ei ole tila: se kattaa jo kaikki",
            "`any_open` is no state: it stands for all of them",
            hint=Text("kirjoita `from: any_open`", "write `from: any_open`"),
        )
    elif transition.interrupt is False:
        report.add(
            "value",
            (*path, "interrupt"),
            "`from: any_open` on aina keskeytys",
            "`from: any_open` is always an interrupt",
            hint=_LEAVE_OUT,
        )


def _rule(report: Report, path: Path, rule: Rule) -> None:
    keys = written(rule)
    template = TEMPLATES[rule.rule]
    for key in template.needs:
        if not keys.get(key):
            report.add(
                "rule-keys",
                (*path, key),
                f"säännöllä `{rule.rule}` pitää olla avain `{key}`",
                f"a rule `{rule.rule}` has to have the key `{key}`",
                key=True,
            )
    allowed = (*template.needs, *template.takes)
    for key in TEMPLATE_KEYS:
        if key in keys and key not in allowed:
            report.add(
                "rule-keys",
                (*path, key),
                f"säännöllä `{rule.rule}` ei ole avainta `{key}`",
                f"a rule `{rule.rule}` has no key `{key}`",
                hint=Text(
                    f"sen avaimet ovat {listed(allowed, 'ja')}",
                    f"its keys are {listed(allowed, 'and')}",
                ),
                key=True,
            )


def _misplaced(report: Report, path: Path, kind: str) -> None:
    report.add(
        "key",
        path,
        f"`{path[-1]}` kuuluu vain {_KINDS[kind].fi}",
        f"`{path[-1]}` belongs to {_KINDS[kind].en} only",
        hint=_LEAVE_OUT,
        key=True,
    )
