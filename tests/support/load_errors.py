"""Why a small definition is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ohjausprosessi.errors import DefinitionError
from ohjausprosessi.formats import definition_of
from small import called_definition, data

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition

Part = dict[str, Any]


def findings(
    states: Part, transitions: Part, called: Definition | None = None, **rest: Any
) -> tuple[Finding, ...]:
    """Why a definition is refused; nothing if it is not."""
    sub = called or called_definition()
    try:
        definition_of(data(states, transitions, **rest), called={"sub": sub})
    except DefinitionError as error:
        return error.findings
    return ()


def codes(states: Part, transitions: Part, **rest: Any) -> list[str]:
    return [finding.code for finding in findings(states, transitions, **rest)]


def element(states: Part, transitions: Part, **rest: Any) -> str:
    """The place of the only finding."""
    (finding,) = findings(states, transitions, **rest)
    return ".".join(finding.location.element)
