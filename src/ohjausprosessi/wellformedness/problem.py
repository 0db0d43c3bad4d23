"""Makes the findings of this room: errors, each with a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding

if TYPE_CHECKING:
    from ohjausprosessi.diagnostics import Text
    from ohjausprosessi.model import Definition


def problem(definition: Definition, code: str, *element: str, message: Text, hint: Text) -> Finding:
    """An error at an element of a definition.

    Args:
        definition: the definition it is found in.
        code: id of the check.
        element: path of keys to the culprit, from the top of the document.
        message: what is wrong.
        hint: what to do about it.
    """
    return Finding.error(code, definition.origin.location(*element), message, hint)
