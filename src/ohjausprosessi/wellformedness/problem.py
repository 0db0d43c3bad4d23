"""How this room makes its findings: always errors, each with a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Text
    from ohjausprosessi.model import Definition


def problem(definition: Definition, code: str, *element: str, message: Text, hint: Text) -> Finding:
    """The finding that an element has no meaning as it is written.

    Args:
        definition: the definition it is found in.
        code: id of the check.
        element: path of keys to the culprit, from the document down.
        message: what is wrong.
        hint: what to do about it.
    """
    return Finding.error(code, definition.origin.location(*element), message, hint)
