"""Checks single entries: keys by kind of state, values by type of fact, keys by rule template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.formats import vocabulary as words
from ohjausprosessi.formats.schema.document import written
from ohjausprosessi.rules.templates import TEMPLATE_KEYS, TEMPLATES
from ohjausprosessi.text.joining import all_of, one_of, quoted
from ohjausprosessi.text.shorten import as_written

if TYPE_CHECKING:
    from ohjausprosessi.formats.schema.document import (
        Document,
        FactEntry,
        RoleEntry,
        RuleEntry,
        StateEntry,
        TransitionEntry,
    )
    from ohjausprosessi.formats.yaml.positions import Path
    from ohjausprosessi.formats.yaml.problems import Problems
    from ohjausprosessi.model import Value

_KINDS = {
    "state": Text("odottavalle tilalle", "a waiting state"),
    "end": Text("lopulle (kind: end)", "an end (kind: end)"),
    "call": Text("kutsulle (kind: call)", "a call (kind: call)"),
    "enum": Text("luettelotiedolle (type: enum)", "an enum (type: enum)"),
    "int": Text("kokonaisluvulle (type: int)", "an int (type: int)"),
}
_LEAVE_OUT = Text("jätä avain pois", "leave the key out")


def check_entries(problems: Problems, document: Document) -> None:
    """Report every entry whose keys do not go together."""
    for name, state in document.states.items():
        _state(problems, ("states", name), state)
    for name, fact in document.facts.items():
        _fact(problems, ("facts", name), fact)
    for name, role in document.roles.items():
        _role(problems, ("roles", name), role)
    for name, transition in document.transitions.items():
        _transition(problems, ("transitions", name), transition)
    for name, rule in document.rules.items():
        _rule(problems, ("rules", name), rule)


def value_problem(fact: FactEntry, value: Value) -> Text | None:
    """What is expected instead of a value of a fact; None if the value is valid."""
    if fact.type == "bool":
        return None if isinstance(value, bool) else Text("`true` tai `false`", "`true` or `false`")
    if fact.type == "int":
        return _number_problem(fact, value)
    if fact.type == "text":
        filled = isinstance(value, str) and value.strip()
        return None if filled else Text("teksti", "a string")
    if isinstance(value, str) and value in fact.values:
        return None
    return Text(one_of(quoted(fact.values), "fi"), one_of(quoted(fact.values), "en"))


def _number_problem(fact: FactEntry, value: Value) -> Text | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return Text("kokonaisluku", "an integer")
    if fact.min is not None and value < fact.min:
        return Text(f"vähintään {fact.min}", f"at least {fact.min}")
    if fact.max is not None and value > fact.max:
        return Text(f"enintään {fact.max}", f"at most {fact.max}")
    return None


def check_value(problems: Problems, path: Path, fact: FactEntry, name: str, value: Value) -> None:
    """Report a value that is not valid for a fact."""
    expected = value_problem(fact, value)
    if expected is None:
        return
    if problems.add_quoted("value", path, lambda meant: value_problem(fact, meant) is None):
        return
    problems.add(
        "value",
        path,
        Text(
            f"`{as_written(value)}` ei kelpaa tiedon `{name}` arvoksi: sen pitää olla "
            f"{expected.fi}",
            f"`{as_written(value)}` is not a value of `{name}`: expected {expected.en}",
        ),
        hint=problems.suggestion_for(value, fact.values) if isinstance(value, str) else None,
    )


def _state(problems: Problems, path: Path, state: StateEntry) -> None:
    keys = written(state)
    for key, kind in words.STATE_KEYS.items():
        if key in keys and state.kind != kind:
            _misplaced(problems, (*path, key), kind)
    if state.kind == "call" and state.process is None:
        problems.add(
            "key",
            (*path, "process"),
            Text(
                "kutsulla pitää olla avain `process`",
                "the call is missing the required key `process`",
            ),
            hint=Text("nimeä prosessi, jota kutsutaan", "name the process that is called"),
            key=True,
        )


def _fact(problems: Problems, path: Path, fact: FactEntry) -> None:
    keys = written(fact)
    for key, kind in words.FACT_KEYS.items():
        if key in keys and fact.type != kind:
            _misplaced(problems, (*path, key), kind)
    if fact.type == "enum" and not fact.values:
        problems.add(
            "key",
            (*path, "values"),
            Text(
                "luettelotiedolla pitää olla avain `values`",
                "the enum is missing the required key `values`",
            ),
            hint=Text("luettele sen arvot: [kylla, ei]", "list its values: [kylla, ei]"),
            key=True,
        )
        return
    if fact.min is not None and fact.max is not None and fact.min > fact.max:
        problems.add(
            "value",
            (*path, "max"),
            Text(
                f"suurin arvo {fact.max} on pienempi kuin pienin {fact.min}",
                f"the maximum {fact.max} is less than the minimum {fact.min}",
            ),
        )
    elif fact.default is not None:
        check_value(problems, (*path, "default"), fact, path[-1], fact.default)


def _role(problems: Problems, path: Path, role: RoleEntry) -> None:
    if role.owner is not None and role.client:
        problems.add(
            "key",
            (*path, "client"),
            Text(
                "roolilla on joko omistaja tai `client: true`, ei molempia",
                "a role has either an owner or `client: true`, not both",
            ),
            hint=Text("poista toinen", "remove one of them"),
            key=True,
        )


def _transition(problems: Problems, path: Path, transition: TransitionEntry) -> None:
    if "any_open" not in transition.from_:
        return
    if len(transition.from_) > 1:
        problems.add(
            "value",
            (*path, "from"),
            Text(
                "`any_open` ei voi olla tilojen luettelossa: se kattaa ne jo kaikki",
                "`any_open` cannot be listed among states: it stands for all of them",
            ),
            hint=Text("kirjoita `from: any_open`", "write `from: any_open`"),
        )
    elif transition.interrupt is False:
        problems.add(
            "value",
            (*path, "interrupt"),
            Text("`from: any_open` on aina keskeytys", "`from: any_open` is always an interrupt"),
            hint=_LEAVE_OUT,
        )


def _rule(problems: Problems, path: Path, rule: RuleEntry) -> None:
    keys = written(rule)
    template = TEMPLATES[rule.rule]
    for key in template.needs:
        if not keys.get(key):
            problems.add(
                "rule-keys",
                (*path, key),
                Text(
                    f"säännöllä `{rule.rule}` pitää olla avain `{key}`",
                    f"a `{rule.rule}` rule is missing the required key `{key}`",
                ),
                key=True,
            )
    allowed = (*template.needs, *template.takes)
    for key in TEMPLATE_KEYS:
        if key in keys and key not in allowed:
            problems.add(
                "rule-keys",
                (*path, key),
                Text(
                    f"säännöllä `{rule.rule}` ei ole avainta `{key}`",
                    f"a `{rule.rule}` rule has no key `{key}`",
                ),
                hint=Text(
                    f"sen avaimet ovat {all_of(quoted(allowed), 'fi')}",
                    f"its keys are {all_of(quoted(allowed), 'en')}",
                ),
                key=True,
            )


def _misplaced(problems: Problems, path: Path, kind: str) -> None:
    problems.add(
        "key",
        path,
        Text(
            f"`{path[-1]}` kuuluu vain {_KINDS[kind].fi}",
            f"only {_KINDS[kind].en} can have `{path[-1]}`",
        ),
        hint=_LEAVE_OUT,
        key=True,
    )
