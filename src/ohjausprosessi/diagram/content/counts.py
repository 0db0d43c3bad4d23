"""Counts given for a picture: which elements they may be of, and what a count is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import RenderError
from ohjausprosessi.text.shorten import shorten
from ohjausprosessi.text.suggest import close_matches, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.model import Definition


def unknown_elements(definition: Definition, counts: Mapping[str, int]) -> tuple[str, ...]:
    """The keys of ``counts`` that name no transition, state or ``transition--state`` pair."""
    return tuple(name for name in counts if not _is_known(definition, name))


def _is_known(definition: Definition, name: str) -> bool:
    transition, pair, state = str(name).partition("--")
    if pair:
        return transition in definition.transitions and state in definition.states
    return name in definition.transitions or name in definition.states


def check_counts(definition: Definition, counts: Mapping[str, int]) -> None:
    """Reject counts of unknown elements, and counts that are no integer from 0 up.

    Raises:
        RenderError: names the first such count, and known elements that are spelt alike.
    """
    for name in unknown_elements(definition, counts):
        near = close_matches(str(name), [*definition.transitions, *definition.states])
        said = shorten(name)
        raise RenderError(
            Text(
                f"{said} ei ole prosessin {definition.id} siirtymä eikä tila"
                + did_you_mean(near, "fi"),
                f"{said} is not a transition or state of {definition.id}"
                + did_you_mean(near, "en"),
            )
        )
    for name, count in counts.items():
        if type(count) is not int or count < 0:
            said = shorten(count)
            raise RenderError(
                Text(
                    f"kohdan {name} määrän on oltava kokonaisluku, vähintään 0, mutta se on {said}",
                    f"the count of {name} must be an integer of at least 0, got {said}",
                )
            )
