"""Where a client can drop out: the report a service designer reads (*Missä asiakas voi tipahtaa?*).

Every hand-off with who gives, who receives, what travels, who must answer by when and where the
client is otherwise; every waiting state without a deadline; every course on which a client is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.errors import Text, course_lines
from ohjausprosessi.model import arrows
from ohjausprosessi.verify.checks import findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ohjausprosessi.errors import Finding
    from ohjausprosessi.model import Arrow, Definition, Duration, Element, Handoff

__all__ = ["DropoutReport", "HandoffPoint", "UntimedState", "dropout_report"]

LOSSES = frozenset(
    {
        "unsafe",
        "improper-completion",
        "no-way-to-end",
        "call-cancelled",
        "handoff-in-branch",
    }
)


@dataclass(frozen=True, slots=True)
class HandoffPoint:
    """One way in which a client passes from one organisation to another.

    Attributes:
        transition: id of the transition.
        leaves: the states it can leave; empty = wherever the client is.
        giver: who has the client before.
        receiver: who has the client afterwards.
        target: the state it leads to.
        travels: information and facts that must be known.
        answered_by: roles that accept or decline; empty where no answer is needed.
        within: id of the duration within which they must; None = no limit, or no answer needed.
        otherwise: where the client is if it is declined or not answered: a state, ``back``, or None
            where no answer is needed.
    """

    transition: str
    leaves: tuple[str, ...]
    giver: str
    receiver: str
    target: str
    travels: tuple[str, ...]
    answered_by: tuple[str, ...]
    within: str | None
    otherwise: str | None

    @property
    def is_answered(self) -> bool:
        """Whether the receiver has to answer."""
        return self.otherwise is not None


@dataclass(frozen=True, slots=True)
class UntimedState:
    """A waiting state without a deadline and without a time that moves the client on.

    Attributes:
        state: id of the state.
        holder: who has the client there.
        reminded_by: duties that somebody who takes part there must record in time.
    """

    state: str
    holder: str
    reminded_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DropoutReport:
    """Where a client of a process can drop out.

    Attributes:
        definition: the process.
        handoffs: every hand-off, in the order of the file.
        untimed: every waiting state without a deadline, in the order of the file.
        losses: findings of how a client is lost, each with its course.
        broken: findings of rules that a case can break, each with its course.
    """

    definition: Definition
    handoffs: tuple[HandoffPoint, ...]
    untimed: tuple[UntimedState, ...]
    losses: tuple[Finding, ...]
    broken: tuple[Finding, ...]

    def text(self, language: str = "fi") -> str:
        """Return the report in plain words, in Finnish or English."""
        words = _Words(self.definition, language)
        lines = [words("Missä asiakas voi tipahtaa?", "Where can a client drop out?")]
        lines += [self.definition.text(language), ""]
        count = len(self.handoffs)
        lines.append(words(f"Luovutukset ({count})", f"Hand-offs ({count})"))
        for point in self.handoffs:
            lines += words.of_handoff(point)
        lines += ["", words("Tilat, joilla ei ole määräaikaa", "States without a deadline")]
        lines += [f"- {words.of_state(state)}" for state in self.untimed]
        if not self.untimed:
            lines.append(words("- Ei yhtään.", "- None."))
        lines += ["", words("Polut, joilla asiakas katoaa", "Courses on which a client is lost")]
        lines += _courses(self.losses, language) or [
            words(
                "- Ei yhtään: jokaisesta tilanteesta pääsee johonkin loppuun.",
                "- None: from every situation some end can be reached.",
            )
        ]
        lines += ["", words("Säännöt, jotka eivät aina pidä", "Rules that do not always hold")]
        lines += _courses(self.broken, language) or [words("- Ei yhtään.", "- None.")]
        return "\n".join(lines) + "\n"


def _courses(found: Iterable[Finding], language: str) -> list[str]:
    lines = []
    for finding in found:
        lines.append(f"- {finding.texts.text(language)}")
        lines += [f"  {line}" for line in course_lines(finding.course, language)]
    return lines


def dropout_report(definition: Definition) -> DropoutReport:
    """Return where a client of a process can drop out; proves the process for it."""
    found = findings(definition, prove_rules=True)
    return DropoutReport(
        definition,
        tuple(_handoffs(definition)),
        tuple(_untimed(definition)),
        tuple(finding for finding in found if finding.code in LOSSES),
        tuple(finding for finding in found if finding.code == "rule-broken"),
    )


def _handoffs(definition: Definition) -> Iterator[HandoffPoint]:
    for transition in definition.transitions.values():
        passing = [arrow for arrow in arrows(definition, transition) if arrow.is_handoff]
        first = {arrow.giver: arrow for arrow in reversed(passing)}
        for giver in dict.fromkeys(arrow.giver for arrow in passing):
            leaves = tuple(a.source for a in passing if a.giver == giver and a.source is not None)
            if transition.handoff is not None:
                yield _point(definition, first[giver], transition.handoff, leaves)


def _point(
    definition: Definition, arrow: Arrow, handoff: Handoff, leaves: tuple[str, ...]
) -> HandoffPoint:
    external = definition.owners[arrow.receiver].external
    usual = (arrow.receiver, definition.responsible) if external else (arrow.receiver,)
    answering = definition.roles_of(handoff.accept_by or usual)
    return HandoffPoint(
        arrow.transition.id,
        leaves,
        arrow.giver,
        arrow.receiver,
        arrow.transition.to,
        handoff.info,
        answering if handoff.ack else (),
        handoff.within,
        (handoff.otherwise or definition.fallback) if handoff.ack else None,
    )


def _untimed(definition: Definition) -> Iterator[UntimedState]:
    for state in definition.states.values():
        timed = state.deadline or any(exit_.after for exit_ in definition.exits(state.id))
        if state.kind != "state" or timed:
            continue
        holder = definition.state_holder(state.id)
        duties = tuple(
            duty.id
            for duty in definition.duties.values()
            if duty.every and any(definition.takes_part(entry, state.id) for entry in duty.by)
        )
        yield UntimedState(state.id, holder, duties)


class _Words:
    """Puts the parts of a report into words of one language."""

    def __init__(self, definition: Definition, language: str) -> None:
        self.definition = definition
        self.language = language

    def __call__(self, fi: str, en: str) -> str:
        return Text(fi, en).text(self.language)

    def title(self, section: Mapping[str, Element], entry: str) -> str:
        return section[entry].text(self.language).replace("\xad", "")

    def titles(self, section: Mapping[str, Element], entries: Iterable[str]) -> str:
        return ", ".join(self.title(section, entry) for entry in entries)

    def of_handoff(self, point: HandoffPoint) -> list[str]:
        definition = self.definition
        giver = self.title(definition.owners, point.giver)
        receiver = self.title(definition.owners, point.receiver)
        lines = [f"- {self.title(definition.transitions, point.transition)}: {giver} → {receiver}"]
        known: dict[str, Element] = {**definition.facts, **definition.info}
        nothing = self("ei sovittuja tietoja", "no agreed information")
        travels = self.titles(known, point.travels) or nothing
        lines.append(self(f"  Mukana kulkee: {travels}.", f"  What travels: {travels}."))
        if not point.is_answered:
            lines.append(
                self(
                    "  Vastausta ei tarvita: asiakas on perillä heti.",
                    "  No answer is needed: the client arrives at once.",
                )
            )
            return lines
        who = self.titles(definition.roles, point.answered_by)
        limit = self("ei aikarajaa", "no time limit")
        if point.within is not None:
            limit = duration_text(definition.durations[point.within], self.language)
        lines.append(
            self(
                f"  Vastaa: {who}. Vastausaika: {limit}.",
                f"  Answers: {who}. Time to answer: {limit}.",
            )
        )
        lines.append(self._otherwise(point))
        return lines

    def _otherwise(self, point: HandoffPoint) -> str:
        if point.otherwise == "back":
            return self(
                "  Muuten asiakas palaa sinne, mistä lähti.",
                "  Otherwise the client returns to where they came from.",
            )
        where = self.title(self.definition.states, point.otherwise or "")
        return self(
            f"  Muuten asiakas on tilassa {where}.", f"  Otherwise the client is in {where}."
        )

    def of_state(self, state: UntimedState) -> str:
        told = self.title(self.definition.states, state.state)
        holder = self.title(self.definition.owners, state.holder)
        duties = self.titles(self.definition.duties, state.reminded_by)
        if duties:
            return self(
                f"{told} ({holder}): muistutuksena vain tehtävä {duties}.",
                f"{told} ({holder}): reminded of only by the duty {duties}.",
            )
        return self(
            f"{told} ({holder}): mikään ei muistuta asiakkaasta.",
            f"{told} ({holder}): nothing reminds anybody of the client.",
        )


_UNITS = {
    "minute": ("minuutti", "minuuttia"),
    "hour": ("tunti", "tuntia"),
    "workday": ("työpäivä", "työpäivää"),
    "day": ("päivä", "päivää"),
    "week": ("viikko", "viikkoa"),
    "month": ("kuukausi", "kuukautta"),
    "year": ("vuosi", "vuotta"),
}


def duration_text(duration: Duration, language: str) -> str:
    """Return a length of time in words."""
    one, several = (
        _UNITS[duration.unit] if language == "fi" else (duration.unit, f"{duration.unit}s")
    )
    return f"{duration.amount} {one if duration.amount == 1 else several}"
