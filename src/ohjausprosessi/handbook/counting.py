"""Counts given for a handbook, assigned to its processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.diagram.content.counts import check_counts, unknown_elements
from ohjausprosessi.errors import RenderError
from ohjausprosessi.text.joining import one_of
from ohjausprosessi.text.shorten import shorten
from ohjausprosessi.text.suggest import close_matches, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ohjausprosessi.model import Definition

__all__ = ["figures_of"]


def figures_of(
    definitions: Sequence[Definition],
    counts: Mapping[str, int] | Mapping[str, Mapping[str, int]],
) -> dict[str, Mapping[str, int]]:
    """Assign counts to processes, by their ids.

    Args:
        definitions: the processes of the handbook.
        counts: figures of one process, or of several by their ids.

    Raises:
        RenderError: if a figure is none, or of nothing that a process has.
    """
    by_process = any(isinstance(figures, Mapping) for figures in counts.values())
    if counts and not by_process:
        figures = cast("Mapping[str, int]", counts)
        counts = {_home(definitions, figures): figures}
    found = dict(cast("Mapping[str, Mapping[str, int]]", counts))
    processes = {definition.id: definition for definition in reversed(definitions)}
    for name, figures in found.items():
        if name not in processes:
            near = close_matches(str(name), processes)
            raise RenderError(
                Text(
                    f"käsikirjassa ei ole prosessia {shorten(name)}" + did_you_mean(near, "fi"),
                    f"the handbook has no process {shorten(name)}" + did_you_mean(near, "en"),
                )
            )
        check_counts(processes[name], figures)
    return found


def _home(definitions: Sequence[Definition], figures: Mapping[str, int]) -> str:
    """The process with the fewest counts it does not know."""
    unknown = {
        definition.id: len(unknown_elements(definition, figures)) for definition in definitions
    }
    homes = [name for name, number in unknown.items() if number == min(unknown.values())]
    if len(homes) == 1:
        return homes[0]
    raise RenderError(
        Text(
            f"ei ole selvää, minkä prosessin määriä ne ovat: {one_of(homes, 'fi')};"
            " anna yhden prosessin tiedosto",
            f"it is not clear which process the figures are of: {one_of(homes, 'en')};"
            " give the file of one process",
        )
    )
