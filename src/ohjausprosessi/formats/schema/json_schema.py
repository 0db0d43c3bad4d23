"""The JSON Schema of the definition format, made from the models that read it.

Editors with ``yaml-lang-server`` complete and validate from it. It describes each key by itself;
references, guards and well-formedness are checked by the library only.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ohjausprosessi.formats.schema.document import Document
from ohjausprosessi.formats.schema.value_types import (
    ATOMS_SCHEMA,
    GUARD_SCHEMA,
    IDENTIFIER_SCHEMA,
    LABEL_SCHEMA,
    REFERENCE_SCHEMA,
    TEXTS_SCHEMA,
    list_schema,
)
from ohjausprosessi.formats.vocabulary import (
    FACT_KEYS,
    SECTIONS,
    STATE_KEYS,
)
from ohjausprosessi.rules.templates import TEMPLATE_KEYS, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"
_SHARED: dict[str, Any] = {
    "id": IDENTIFIER_SCHEMA,
    "label": LABEL_SCHEMA,
    "reference": REFERENCE_SCHEMA,
    "references": list_schema(REFERENCE_SCHEMA),
    "texts": TEXTS_SCHEMA,
    "guard": GUARD_SCHEMA,
    "atoms": ATOMS_SCHEMA,
}
_ENTRY = "Entry"  # suffix of the names of the models, absent in the schema
_FREE = {"^x-": {"description": "Free; ignored."}}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a definition."""
    schema = Document.model_json_schema(by_alias=True)
    parts = {name.removesuffix(_ENTRY): part for name, part in schema.pop("$defs").items()}
    for part in (schema, *parts.values()):
        _tidy(part)
    for part in (schema, *(part for name, part in parts.items() if name != "Handoff")):
        part["patternProperties"] = _FREE
    for section in SECTIONS:
        schema["properties"][section]["propertyNames"] = IDENTIFIER_SCHEMA
    parts["State"]["allOf"] = _only_of_kind("kind", STATE_KEYS, "state")
    parts["State"]["allOf"].append(_needed("kind", "call", ["process"]))
    parts["Fact"]["allOf"] = _only_of_kind("type", FACT_KEYS, None)
    parts["Fact"]["allOf"].append(_needed("type", "enum", ["values"]))
    parts["Role"]["oneOf"] = [{"required": ["owner"]}, {"required": ["client"]}]
    parts["Rule"]["allOf"] = [_template(name) for name in TEMPLATES]
    whole = _shortened({**schema, "$defs": parts})
    whole["$defs"].update(_SHARED)
    return {"$schema": SCHEMA_ID, "title": "ohjausprosessi 1", **whole}


def schema_text() -> str:
    """The JSON Schema as the content of its file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _tidy(part: dict[str, Any]) -> None:
    """Remove what pydantic adds: titles generated from names, ``null`` for omitted keys."""
    part.pop("title", None)
    part["description"] = " ".join(part["description"].split())
    for key, value in part["properties"].items():
        value.pop("title", None)
        if value.get("default", "") is None or value.get("default") == []:
            del value["default"]
        options = value.get("anyOf", [])
        if {"type": "null"} in options and key != "set":
            options.remove({"type": "null"})
            if len(options) == 1:
                del value["anyOf"]
                value.update({**options[0], **value})


def _shortened(part: Any) -> Any:  # noqa: ANN401  any JSON
    """A schema in which shared parts are replaced by references to ``$defs``."""
    if isinstance(part, list):
        return [_shortened(item) for item in part]
    if not isinstance(part, dict):
        return part
    bare = {key: value for key, value in part.items() if key != "description"}
    for name, shared in _SHARED.items():
        if bare == shared:
            described = {"description": part["description"]} if "description" in part else {}
            return {"$ref": f"#/$defs/{name}", **described}
    return {
        key: value.removesuffix(_ENTRY) if key == "$ref" else _shortened(value)
        for key, value in part.items()
    }


def _only_of_kind(
    selector: str, homes: Mapping[str, str], default: str | None
) -> list[dict[str, Any]]:
    """Conditions that forbid each key unless the selector has the value it belongs to."""
    kinds = dict.fromkeys(homes.values())
    conditions = []
    for kind in kinds:
        others = {selector: {"not": {"const": kind}}}
        elsewhere: dict[str, Any] = {"properties": others}
        if kind == default:
            elsewhere["required"] = [selector]
        keys = [key for key, home in homes.items() if home == kind]
        conditions.append({"if": elsewhere, "then": {"properties": dict.fromkeys(keys, False)}})
    return conditions


def _needed(selector: str, kind: str, keys: list[str]) -> dict[str, Any]:
    condition = {"properties": {selector: {"const": kind}}, "required": [selector]}
    return {"if": condition, "then": {"required": keys}}


def _template(name: str) -> dict[str, Any]:
    template = TEMPLATES[name]
    allowed = (*template.needs, *template.takes)
    refused = [key for key in TEMPLATE_KEYS if key not in allowed]
    return {
        "if": {"properties": {"rule": {"const": name}}, "required": ["rule"]},
        "then": {
            "required": list(template.needs),
            "properties": dict.fromkeys(refused, False),
        },
    }
