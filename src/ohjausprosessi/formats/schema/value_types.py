"""Types of the values of a definition, each with its validator, messages and JSON Schema.

pydantic runs the validators; ``wrong`` makes every message, in both languages.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from ohjausprosessi.diagnostics import Text, suggestion
from ohjausprosessi.formats import vocabulary as words
from ohjausprosessi.text.lengths import UNITS
from ohjausprosessi.text.shorten import as_written
from ohjausprosessi.text.suggest import close_match

_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_COLOUR = re.compile(r"yellow|blue|red|green|orange|purple|grey|#[0-9a-fA-F]{6}")
_LENGTH = re.compile(rf"([1-9][0-9]{{0,8}}) ({'|'.join(UNITS)})s?", re.ASCII)
_VALID = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}|\.\.)/([0-9]{4}-[0-9]{2}-[0-9]{2}|\.\.)", re.ASCII
)

IDENTIFIER_SCHEMA = {
    "type": "string",
    "pattern": words.ID_PATTERN,
    "maxLength": words.ID_LENGTH,
    "not": {"enum": sorted(words.RESERVED)},
}
REFERENCE_SCHEMA = {"type": "string", "pattern": words.ID_PATTERN, "maxLength": words.ID_LENGTH}
_TEXT_SCHEMA = {"type": "string", "minLength": 1}
LABEL_SCHEMA = {
    "anyOf": [
        _TEXT_SCHEMA,
        {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]{2,3}$"},
            "additionalProperties": _TEXT_SCHEMA,
            "minProperties": 1,
        },
    ]
}


def list_schema(item: dict[str, Any], least: int = 0) -> dict[str, Any]:
    """The schema of a list of items, or one bare item in its place."""
    items = {"type": "array", "items": item, "uniqueItems": True}
    return {"anyOf": [item, {**items, "minItems": least} if least else items]}


ATOMS_SCHEMA = list_schema({"type": "string", "pattern": words.ATOM_PATTERN})
TEXTS_SCHEMA = {"anyOf": [_TEXT_SCHEMA, {"type": "array", "items": _TEXT_SCHEMA}]}
GUARD_SCHEMA = {"anyOf": [{"type": "string", "maxLength": 4096}, {"type": "boolean"}]}


def wrong(
    message: Text,
    *,
    hint: Text | None = None,
    code: str = "value",
    below: tuple[str, ...] = (),
    key: bool = False,
) -> PydanticCustomError:
    """The error that ``pydantic_errors`` turns into a finding.

    Args:
        message: what is wrong.
        hint: what to do about it.
        code: code of the finding.
        below: path from the value down to the culprit.
        key: whether the culprit is the key there, not its value.
    """
    context = {"message": message, "hint": hint, "code": code, "below": below, "key": key}
    return PydanticCustomError("definition", "value", context)


def identifier_problem(text: str) -> tuple[Text, Text | None] | None:
    """The message and remedy for an id; None if it is valid."""
    name = as_written(text)
    if text in words.RESERVED:
        return (
            Text(f"`{name}` on varattu sana", f"`{name}` is a reserved word"),
            Text("valitse toinen tunnus", "choose another id"),
        )
    if len(text) > words.ID_LENGTH:
        return (
            Text(
                f"tunnus on yli {words.ID_LENGTH} merkkiä",
                f"the id is longer than {words.ID_LENGTH} characters",
            ),
            None,
        )
    if words.ID.fullmatch(text):
        return None
    return (
        Text(
            f"`{name}` ei kelpaa tunnukseksi: käytä pieniä kirjaimia a–z, numeroita ja merkkiä _, "
            f"ensin kirjain",
            f"`{name}` is not a valid id: use lowercase a–z, digits and _, starting with a letter",
        ),
        _as_identifier(text),
    )


def _as_identifier(text: str) -> Text | None:
    """The remedy that proposes an id for a text: ``ä`` becomes ``a``, spaces become ``_``."""
    plain = text.lower().translate(str.maketrans("äåö", "aao"))
    made = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: words.ID_LENGTH]
    fits = words.ID.fullmatch(made) and made not in words.RESERVED
    return Text(f"kirjoita `{made}`", f"write `{made}`") if fits else None


def _identifier(text: str) -> str:
    problem = identifier_problem(text)
    if problem is not None:
        message, hint = problem
        raise wrong(message, hint=hint, code="id")
    return text


def _filled(text: str) -> str:
    if not text.strip():
        raise wrong(Text("teksti on tyhjä", "the text is empty"))
    return text


def _label(value: object) -> str | dict[str, str]:
    if isinstance(value, str):
        return _filled(value)
    if not isinstance(value, dict):
        raise wrong(
            Text(
                f"nimikkeen pitää olla teksti tai tekstejä kielittäin, ei `{as_written(value)}`",
                f"expected a label (a string, or one string per language), got "
                f"`{as_written(value)}`",
            ),
            hint=Text(
                "kirjoita luku ja sana kuten true lainausmerkkeihin",
                "put numbers and words such as true in quotes",
            ),
        )
    if not value:
        raise wrong(Text("nimike on tyhjä", "the label is empty"))
    for lang, text in value.items():
        _label_entry(lang, text)
    return value


def _label_entry(lang: str, text: object) -> None:
    if not _LANGUAGE.fullmatch(lang):
        raise wrong(
            Text(
                f"`{as_written(lang)}` ei ole kielikoodi: käytä kahta tai kolmea pientä "
                f"kirjainta, kuten fi",
                f"`{as_written(lang)}` is not a language code: use two or three lowercase "
                f"letters, such as en",
            ),
            hint=Text(
                "kirjoita lainausmerkkeihin teksti, jossa on pilkku tai kaksoispiste",
                "quote a text that contains a comma or a colon",
            ),
            below=(lang,),
            key=True,
        )
    if not isinstance(text, str) or not text.strip():
        raise wrong(
            Text(
                f"nimikkeen pitää olla tekstiä, ei `{as_written(text)}`",
                f"a label must be a string, got `{as_written(text)}`",
            ),
            hint=Text('kirjoita se lainausmerkkeihin: "…"', 'put it in quotes: "…"'),
            below=(lang,),
        )


def _listed(value: object) -> object:
    """A list or a bare value as a tuple."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            raise wrong(
                Text(
                    f"`{as_written(name)}` on luettelossa kahdesti",
                    f"`{as_written(name)}` is listed twice",
                ),
                hint=Text("poista toinen", "remove one of them"),
                code="duplicate",
                below=(str(at),),
            )
        seen.add(name)
    return names


def _some(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        raise wrong(Text("luettelo on tyhjä", "the list is empty"))
    return names


def _values(value: object) -> dict[str, str | dict[str, str] | None]:
    """The values of an enum, each with its label or None."""
    if not isinstance(value, (list, dict)):
        raise wrong(
            Text(
                f"arvojen pitää olla luettelo tai arvoja ja niiden nimikkeitä, ei "
                f"`{as_written(value)}`",
                f"expected a list of values or a mapping of values to labels, got "
                f"`{as_written(value)}`",
            ),
            hint=Text("kirjoita [kylla, ei]", "write [kylla, ei]"),
        )
    if not value:
        raise wrong(Text("arvojen luettelo on tyhjä", "the list of values is empty"))
    keyed = value if isinstance(value, dict) else None
    found: dict[str, str | dict[str, str] | None] = {}
    for at, name in enumerate(value):
        below = (str(at),) if keyed is None else (str(name),)
        found[_value_name(name, found, below)] = (
            None if keyed is None else _value_label(keyed[name], below)
        )
    return found


def _value_name(name: object, before: dict[str, Any], below: tuple[str, ...]) -> str:
    if not isinstance(name, str):
        raise wrong(
            Text(
                f"arvon pitää olla tunnus, ei `{as_written(name)}`",
                f"a value must be an id, got `{as_written(name)}`",
            ),
            below=below,
        )
    problem = identifier_problem(name)
    if problem is not None:
        message, hint = problem
        raise wrong(message, hint=hint, code="id", below=below, key=not below[-1].isdecimal())
    if name in before:
        raise wrong(
            Text(f"`{name}` on luettelossa kahdesti", f"`{name}` is listed twice"),
            hint=Text("poista toinen", "remove one of them"),
            code="duplicate",
            below=below,
        )
    return name


def _value_label(label: object, below: tuple[str, ...]) -> str | dict[str, str]:
    try:
        return _label(label)
    except PydanticCustomError as error:
        context: dict[str, Any] = dict(error.context or {})
        context["below"] = (*below, *context["below"])
        raise PydanticCustomError("definition", "value", context) from None


def _guard(value: object) -> object:
    """A guard as text; YAML reads the guards ``true`` and ``false`` as booleans."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _colour(text: str) -> str:
    if not _COLOUR.fullmatch(text):
        raise wrong(
            Text(
                f"`{as_written(text)}` ei ole väri: valitse yellow, blue, red, green, orange, "
                f"purple, grey tai #rrggbb",
                f"`{as_written(text)}` is not a colour: use yellow, blue, red, green, orange, "
                f"purple, grey or #rrggbb",
            )
        )
    return text


def _length(text: str) -> str:
    found = _LENGTH.fullmatch(text)
    if found is None:
        raise wrong(
            Text(
                f"`{as_written(text)}` ei ole kesto",
                f"`{as_written(text)}` is not a duration",
            ),
            hint=Text(
                "kirjoita luku ja yksikkö: 30 minutes, 5 workdays, 2 weeks, 6 months, 1 year",
                "write a number and a unit: 30 minutes, 5 workdays, 2 weeks, 6 months, 1 year",
            ),
        )
    if int(found[1]) > words.LONGEST[found[2]]:
        raise wrong(Text("kesto on yli sata vuotta", "the duration is longer than a hundred years"))
    return text


def length_parts(text: str) -> tuple[int, str]:
    """The amount and unit of a validated duration such as ``5 workdays``."""
    amount, unit = text.split(" ")
    return int(amount), unit.removesuffix("s")


def _valid(text: str) -> str:
    found = _VALID.fullmatch(text)
    hint = Text(
        "kirjoita se muodossa 2021-01-01/2023-06-30; avoin pää on ..",
        "write it as 2021-01-01/2023-06-30; use .. for an open end",
    )
    if found is None:
        raise wrong(
            Text(f"`{as_written(text)}` ei ole ajanjakso", f"`{as_written(text)}` is not a period"),
            hint=hint,
        )
    try:
        first, last = (None if day == ".." else date.fromisoformat(day) for day in found.groups())
    except ValueError:
        raise wrong(Text("tällaista päivää ei ole", "there is no such date"), hint=hint) from None
    if first and last and first > last:
        raise wrong(Text("ajanjakso loppuu ennen kuin alkaa", "the period ends before it begins"))
    return text


def _timezone(text: str) -> str:
    if text == "UTC":
        return text
    try:
        ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        names = {name.lower(): name for name in available_timezones()}
        near = names.get(close_match(text, names) or "")
        raise wrong(
            Text(
                f"aikavyöhykettä `{as_written(text)}` ei ole",
                f"there is no time zone `{as_written(text)}`",
            ),
            hint=suggestion(near)
            or Text("kirjoita esimerkiksi Europe/Helsinki", "use a name such as Europe/Helsinki"),
        ) from None
    return text


def _country(text: str) -> str:
    if text not in words.COUNTRIES:
        raise wrong(
            Text(
                f"`{as_written(text)}` ei ole maakoodi",
                f"`{as_written(text)}` is not a country code",
            ),
            hint=Text(
                "kirjoita maan kaksikirjaiminen koodi, kuten FI",
                "use the two-letter code, such as FI",
            ),
        )
    return text


def _process(text: str) -> str:
    if not words.PROCESS.fullmatch(text):
        raise wrong(
            Text(
                f"`{as_written(text)}` ei ole prosessin nimi",
                f"`{as_written(text)}` is not a process name",
            ),
            hint=Text("kirjoita tunnus tai tunnus@versio", "write id or id@version"),
            code="name",
        )
    return text


def _any_value(value: object) -> object:
    if isinstance(value, (bool, int, str)) or value is None:
        return value
    raise wrong(
        Text(
            "tässä pitää olla yksi arvo, ei luettelo eikä joukko avaimia",
            "expected a single value, not a list or a mapping",
        )
    )


Identifier = Annotated[str, AfterValidator(_identifier), WithJsonSchema(IDENTIFIER_SCHEMA)]
_Name = Annotated[str, Field(min_length=1)]
Reference = Annotated[_Name, WithJsonSchema(REFERENCE_SCHEMA)]
References = Annotated[
    tuple[_Name, ...],
    BeforeValidator(_listed),
    AfterValidator(_distinct),
    WithJsonSchema(list_schema(REFERENCE_SCHEMA)),
]
SomeReferences = Annotated[
    tuple[_Name, ...],
    BeforeValidator(_listed),
    AfterValidator(_distinct),
    AfterValidator(_some),
    WithJsonSchema(list_schema(REFERENCE_SCHEMA, 1)),
]
Atoms = Annotated[
    tuple[_Name, ...],
    BeforeValidator(_listed),
    AfterValidator(_distinct),
    WithJsonSchema(ATOMS_SCHEMA),
]
Label = Annotated["str | dict[str, str]", PlainValidator(_label), WithJsonSchema(LABEL_SCHEMA)]
Texts = Annotated[
    tuple[Annotated[str, AfterValidator(_filled)], ...],
    BeforeValidator(_listed),
    WithJsonSchema(TEXTS_SCHEMA),
]
EnumValues = Annotated[
    "dict[str, str | dict[str, str] | None]",
    PlainValidator(_values),
    WithJsonSchema(
        {
            "anyOf": [
                {
                    "type": "array",
                    "items": IDENTIFIER_SCHEMA,
                    "minItems": 1,
                    "uniqueItems": True,
                },
                {
                    "type": "object",
                    "propertyNames": IDENTIFIER_SCHEMA,
                    "additionalProperties": LABEL_SCHEMA,
                    "minProperties": 1,
                },
            ]
        }
    ),
]
Guard = Annotated[
    str,
    BeforeValidator(_guard),
    WithJsonSchema(GUARD_SCHEMA),
]
Colour = Annotated[
    str,
    AfterValidator(_colour),
    WithJsonSchema({"type": "string", "pattern": f"^({_COLOUR.pattern})$"}),
]
Length = Annotated[
    str,
    AfterValidator(_length),
    WithJsonSchema({"type": "string", "pattern": f"^{_LENGTH.pattern}$"}),
]
Valid = Annotated[
    str,
    AfterValidator(_valid),
    WithJsonSchema({"type": "string", "pattern": f"^{_VALID.pattern}$"}),
]
TimeZone = Annotated[str, AfterValidator(_timezone), WithJsonSchema({"type": "string"})]
Country = Annotated[
    str, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
ProcessName = Annotated[
    str,
    AfterValidator(_process),
    WithJsonSchema({"type": "string", "pattern": words.PROCESS_PATTERN}),
]
FilledText = Annotated[str, AfterValidator(_filled), WithJsonSchema(_TEXT_SCHEMA)]
Number = Annotated[int, Field(ge=-words.INTEGER_LIMIT, le=words.INTEGER_LIMIT)]
Value = Annotated[
    "bool | int | str | None",
    PlainValidator(_any_value),
    WithJsonSchema({"type": ["boolean", "integer", "string"]}),
]
ValueOrNull = Annotated[
    "bool | int | str | None",
    PlainValidator(_any_value),
    WithJsonSchema({"type": ["boolean", "integer", "string", "null"]}),
]
