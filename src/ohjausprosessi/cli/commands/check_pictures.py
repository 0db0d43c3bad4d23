"""``check --draw``: each course that shows a problem as a picture of the process."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ohjausprosessi.diagram import render
from ohjausprosessi.diagram.output.render import MANY_STATES
from ohjausprosessi.verify import follow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ohjausprosessi.cli.commands.check import Checked
    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition

__all__ = ["with_pictures"]


def with_pictures(checked: Sequence[Checked], folder: Path, language: str) -> list[Checked]:
    """Draw the course of every finding that has one; return the files with their pictures.

    A picture is called ``<process>-<code>-<n>.svg``, ``n`` counting from 1.

    Raises:
        RenderError: nothing is installed that draws.
        OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    numbers: Counter[tuple[str, str]] = Counter()
    drawn = []
    for file in checked:
        pictures: list[Path | None] = []
        for finding in file.findings:
            picture = None
            if file.process is not None and finding.counterexample:
                key = (file.process.id, finding.code)
                numbers[key] += 1
                picture = folder / f"{file.process.id}-{finding.code}-{numbers[key]}.svg"
                picture = _drawn(file.process.definition, finding, picture, language)
            pictures.append(picture)
        drawn.append(replace(file, pictures=tuple(pictures)))
    return drawn


def _drawn(definition: Definition, finding: Finding, picture: Path, language: str) -> Path | None:
    """Draw a course in the full view; None where it cannot be followed or shown."""
    case = follow(definition, finding.counterexample)
    if case is None or len(definition.states) >= MANY_STATES:
        return None
    return render(
        definition,
        picture,
        lang=language,
        view="full",
        case=case,
        counterexample=finding.counterexample,
    )
