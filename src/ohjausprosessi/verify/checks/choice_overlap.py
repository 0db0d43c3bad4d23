"""Choices in which two exits are open for the same facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.guards.domains import overlap
from ohjausprosessi.verify.checks.exit_choices import exit_choices, too_many_guards, witness
from ohjausprosessi.verify.state_space.labels import element_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def choice_overlap(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find choices in which two exits are open for the same facts."""
    for choice in exit_choices(analysis):
        if choice.state.kind == "choice":
            continue
        exits = [e for e in choice.exits if e.guard is not None or not choice.has_else]
        always = [e for e in exits if e.guard is None]
        guarded = [e for e in exits if e.guard is not None]
        if always and len(exits) > 1:
            pair = (always[0], next(e for e in exits if e is not always[0]))
            facts = None
        else:
            answer = overlap([analysis.guards[e.id] for e in guarded])
            if answer.holds is not True:
                yield from too_many_guards(analysis, choice, "choice-overlap", answer)
                continue
            pair = (guarded[answer.guards[0]], guarded[answer.guards[1]])
            facts = witness(analysis, answer)
        place, both = choice.place, element_names(pair)
        when = Text(f", kun {facts.fi}", f", when {facts.en}") if facts else Text("", "")
        yield Finding.error(
            "choice-overlap",
            analysis.definition.origin.location("transitions", pair[1].id, "if"),
            Text(
                f"{place.fi} kaksi tietä on auki yhtä aikaa: {both.fi}{when.fi}",
                f"{place.en} two ways are open at once: {both.en}{when.en}",
            ),
            Text("tarkenna toisen ehtoa", "narrow the guard of one of them"),
        )
