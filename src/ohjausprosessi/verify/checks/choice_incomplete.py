"""Choices in which no exit is open for some facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.guards.domains import gap
from ohjausprosessi.verify.checks.exit_choices import exit_choices, too_many_guards, witness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def choice_incomplete(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find choices in which no exit is open for some facts."""
    for choice in exit_choices(analysis):
        if choice.has_else or any(e.guard is None for e in choice.exits):
            continue
        answer = gap([analysis.guards[e.id] for e in choice.exits])
        if answer.holds is not True:
            yield from too_many_guards(analysis, choice, "choice-incomplete", answer)
            continue
        place, facts = choice.place, witness(analysis, answer)
        yield Finding.error(
            "choice-incomplete",
            analysis.definition.origin.location("states", choice.state.id),
            Text(
                f"{place.fi} mikään tie ei ole auki, kun {facts.fi}",
                f"{place.en} no way is open when {facts.en}",
            ),
            Text(
                "lisää siirtymä tai väljennä jonkin ehtoa", "add an exit, or widen the guard of one"
            ),
        )
