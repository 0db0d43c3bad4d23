"""Turns the errors of pydantic into findings with our own messages, locations and remedies.

pydantic's own messages are never shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_origin

from ohjausprosessi.diagnostics import Text, suggestion
from ohjausprosessi.formats.schema.document import ENTRIES, Document, HandoffEntry, Keys, keys_of
from ohjausprosessi.formats.vocabulary import INTEGER_LIMIT, SECTIONS
from ohjausprosessi.text.joining import all_of, one_of, quoted
from ohjausprosessi.text.shorten import as_written

if TYPE_CHECKING:
    from pydantic import ValidationError

    from ohjausprosessi.formats.yaml.positions import Path
    from ohjausprosessi.formats.yaml.problems import Problems

_EXPECTED = {
    "string_type": Text("teksti", "a string"),
    "string_too_short": Text("nimi", "a name"),
    "bool_type": Text("`true` tai `false`", "`true` or `false`"),
    "int_type": Text("kokonaisluku", "an integer"),
    "tuple_type": Text("luettelo tai yksi arvo", "a list or a single value"),
    "dict_type": Text("joukko avaimia ja arvoja", "a mapping of keys to values"),
    "model_type": Text("joukko avaimia ja arvoja", "a mapping of keys to values"),
    "less_than_equal": Text(f"enintään {INTEGER_LIMIT}", f"at most {INTEGER_LIMIT}"),
    "greater_than_equal": Text(f"vähintään {-INTEGER_LIMIT}", f"at least {-INTEGER_LIMIT}"),
}
_TYPES = {"bool_type": bool, "int_type": int}
_SOMETHING_ELSE = Text("toisentyyppinen arvo", "a value of another type")
_FIRST_LINE = Text("aloita rivillä `ohjausprosessi: 1`", "begin with `ohjausprosessi: 1`")
_QUOTE = Text('kirjoita lainausmerkkeihin: "{0}"', 'put it in quotes: "{0}"')
_NAMES: dict[type[Keys], Text] = {
    Document: Text("määritelmässä", "definition"),
    HandoffEntry: Text("luovutuksessa", "hand-off"),
    ENTRIES["owners"]: Text("omistajalla", "owner"),
    ENTRIES["roles"]: Text("roolilla", "role"),
    ENTRIES["phases"]: Text("vaiheella", "phase"),
    ENTRIES["facts"]: Text("tiedolla", "fact"),
    ENTRIES["durations"]: Text("kestolla", "duration"),
    ENTRIES["info"]: Text("luovutuksen tiedolla", "information item"),
    ENTRIES["services"]: Text("palvelulla", "service"),
    ENTRIES["states"]: Text("tilalla", "state"),
    ENTRIES["transitions"]: Text("siirtymällä", "transition"),
    ENTRIES["duties"]: Text("tehtävällä", "duty"),
    ENTRIES["rules"]: Text("säännöllä", "rule"),
}


def add_errors(problems: Problems, error: ValidationError) -> set[Path]:
    """Report every error of pydantic.

    Returns:
        The paths of the invalid entries (``entry_of``).
    """
    broken: set[Path] = set()
    errors = error.errors(include_url=False, include_input=False)
    # Unknown keys first: a missing key may be there, misspelt.
    for found in sorted(errors, key=lambda found: found["type"] != "extra_forbidden"):
        path = tuple(str(step) for step in found["loc"])
        broken.add(entry_of(path))
        _add_error(problems, found["type"], path, found.get("ctx", {}))
    return broken


def entry_of(path: Path) -> Path:
    """The path of the entry that a path lies in: section and id, or a key of the document."""
    return path[:2] if path[0] in SECTIONS else path[:1]


def _add_error(problems: Problems, kind: str, path: Path, context: dict[str, Any]) -> None:
    if kind == "missing":
        _missing(problems, path)
    elif kind == "extra_forbidden":
        _unknown(problems, path)
    elif kind == "definition":
        place, message = path + context["below"], context["message"]
        problems.add(context["code"], place, message, hint=context["hint"], key=context["key"])
    elif kind == "literal_error":
        _no_choice(problems, path)
    else:
        _unexpected(problems, kind, path)


def _missing(problems: Problems, path: Path) -> None:
    name = _NAMES[_model(path[:-1])]
    problems.add(
        "key",
        path,
        Text(
            f"{name.fi} pitää olla avain `{path[-1]}`",
            f"the {name.en} is missing the required key `{path[-1]}`",
        ),
        hint=_FIRST_LINE if path == ("ohjausprosessi",) else None,
        key=True,
    )


def _unknown(problems: Problems, path: Path) -> None:
    model, key = _model(path[:-1]), as_written(path[-1])
    name = _NAMES[model]
    near = problems.nearest(path[-1], keys_of(model))
    if near is not None and problems.source.value((*path[:-1], near)) is None:
        problems.unreliable.add((*path[:-1], near))
    hint = suggestion(near) or _home(path[-1])
    problems.add(
        "key",
        path,
        Text(f"{name.fi} ei ole avainta `{key}`", f"unknown key `{key}` in the {name.en}"),
        hint=hint or _own_key(model, path[-1]),
        key=True,
    )


def _home(key: str) -> Text | None:
    """The remedy that says where a key of the format belongs; None for an unknown word."""
    homes = [section for section, model in ENTRIES.items() if key in keys_of(model)]
    homes += ["handoff"] if key in keys_of(HandoffEntry) else []
    if not homes:
        return None
    return Text(
        f"`{key}` kuuluu {'kohtaan' if len(homes) == 1 else 'kohtiin'} "
        f"{all_of(quoted(homes), 'fi')}",
        f"`{key}` is a key of {all_of(quoted(homes), 'en')}",
    )


def _own_key(model: type[Keys], key: str) -> Text:
    known = keys_of(model)
    if model is HandoffEntry or len(key) > 40:  # noqa: PLR2004  such a key is no word
        return Text(
            f"avaimet ovat {all_of(quoted(known), 'fi')}",
            f"its keys are {all_of(quoted(known), 'en')}",
        )
    return Text(f"omat avaimet alkavat x-: `x-{key}`", f"keys of your own begin with x-: `x-{key}`")


def _no_choice(problems: Problems, path: Path) -> None:
    known = _choices(path)
    if problems.add_quoted("value", path, lambda value: value in known):
        return
    choices = [as_written(choice) for choice in known]
    value = problems.source.value(path)
    problems.add(
        "value",
        path,
        Text(
            f"`{as_written(value)}` ei kelpaa: arvon pitää olla {one_of(quoted(choices), 'fi')}",
            f"expected {one_of(quoted(choices), 'en')}, got `{as_written(value)}`",
        ),
        hint=problems.suggestion_for(value, choices) if isinstance(value, str) else None,
    )


def _unexpected(problems: Problems, kind: str, path: Path) -> None:
    value = problems.source.value(path)
    if value is None:
        refuse_null(problems, path)
        return
    wanted = _TYPES.get(kind)
    if problems.add_quoted("value", path, lambda value: type(value) is wanted):
        return
    expected = _EXPECTED.get(kind, _SOMETHING_ELSE)
    hint = None
    if kind == "string_type" and isinstance(value, (bool, int)):
        hint = Text(_QUOTE.fi.format(as_written(value)), _QUOTE.en.format(as_written(value)))
    problems.add(
        "value",
        path,
        Text(
            f"tässä pitää olla {expected.fi}, ei `{as_written(value)}`",
            f"expected {expected.en}, got `{as_written(value)}`",
        ),
        hint=hint,
    )


def refuse_null(problems: Problems, path: Path) -> None:
    """Report a ``null`` where only an omitted key would have a meaning."""
    problems.add(
        "value",
        path,
        Text(
            "arvolla `null` on merkitys vain kohdassa `set`", "`null` has a meaning only in `set`"
        ),
        hint=Text("jätä avain pois", "leave the key out"),
    )


def _model(path: Path) -> type[Keys]:
    """The model of the mapping at a path."""
    if not path:
        return Document
    return HandoffEntry if path[2:] == ("handoff",) else ENTRIES[path[0]]


def _choices(path: Path) -> tuple[object, ...]:
    """The literals that the key at a path accepts."""
    field = next(
        field
        for name, field in _model(path[:-1]).model_fields.items()
        if (field.alias or name) == path[-1]
    )
    return tuple(_literals(field.annotation))


def _literals(annotation: Any) -> list[object]:  # noqa: ANN401  a type is any object
    if get_origin(annotation) is _LITERAL:
        return list(get_args(annotation))
    return [literal for inner in get_args(annotation) for literal in _literals(inner)]


def _literal_origin() -> object:
    sample: Any = Document.model_fields["ohjausprosessi"].annotation
    return get_origin(sample)


_LITERAL = _literal_origin()
