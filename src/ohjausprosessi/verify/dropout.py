"""The drop-out report for service designers: where a client can get lost.

It states what was proved and lists every trace on which a client is lost or a rule is broken, every
hand-off with its terms, and every waiting state without a deadline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text, counterexample_lines
from ohjausprosessi.model import handoff_points
from ohjausprosessi.model.naming import duration_text
from ohjausprosessi.text.shorten import one_line
from ohjausprosessi.verify.checks.registry import findings_of
from ohjausprosessi.verify.proof.prove import proof_of
from ohjausprosessi.verify.state_space.analysis import AnalysisContext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition, Element, HandoffPoint
    from ohjausprosessi.net import Compiled

__all__ = [
    "DropoutReport",
    "Proved",
    "UntimedState",
    "dropout_report",
    "untimed_states",
]

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
class UntimedState:
    """A waiting state without a deadline.

    Attributes:
        state: id of the state.
        holder: who has the client there.
        moved_by: timed transitions that leave it.
        reminded_by: duties with ``every`` of somebody who takes part there.
    """

    state: str
    holder: str
    moved_by: tuple[str, ...]
    reminded_by: tuple[str, ...]

    @property
    def is_unnoticed(self) -> bool:
        """Whether neither a timer nor a duty would draw attention to a client there."""
        return not self.moved_by and not self.reminded_by


@dataclass(frozen=True, slots=True)
class Proved:
    """The results of the proofs, in figures.

    Attributes:
        ends: whether an end can be reached from every state; None = not all were explored.
        symbolic_states: the number of states explored; 0 where the structure of the net suffices.
        rules: the number of rules that hold in every case.
        broken: the number that a case can break.
        undecided: the number that could not be decided.
        watched: the number that people have to keep, which are monitored on cases.
        timed: the number of proved rules whose time limit is monitored on cases.
    """

    ends: bool | None
    symbolic_states: int
    rules: int
    broken: int
    undecided: int
    watched: int
    timed: int

    def text(self, lang: str = "fi") -> str:
        """The results in one line."""
        parts = [_ENDS[self.ends], _counted(self.symbolic_states, *_SITUATIONS)]
        if not self.symbolic_states:
            parts[1] = Text("tämän näkee verkon rakenteesta", "the structure of the net shows it")
        if self.rules:
            parts.append(_counted(self.rules, *_RULES))
        if self.broken:
            parts.append(_counted(self.broken, *_BROKEN))
        if self.undecided:
            parts.append(_counted(self.undecided, *_UNDECIDED))
        watched = [_counted(self.watched, *_WATCHED)] if self.watched else []
        watched += [_counted(self.timed, *_TIMED)] if self.timed else []
        if watched:
            fi, en = " ja ".join(w.fi for w in watched), " and ".join(w.en for w in watched)
            parts.append(Text(f"tapauksista seurataan {fi}", f"{en} monitored on cases"))
        return "; ".join(part.text(lang) for part in parts)


@dataclass(frozen=True, slots=True)
class DropoutReport:
    """Where a client can drop out of a process.

    Attributes:
        definition: the process.
        handoffs: every hand-off, in the order of the file.
        untimed: every waiting state without a deadline, in the order of the file.
        findings: the findings of all checks and rules.
        proved: the results of the proofs, in figures.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        report = op.verify.dropout_report(process.compiled)
        assert report.is_proved and report.losses == ()
        assert report.verdict.text("en").startswith("Proved: ")
    """

    definition: Definition
    handoffs: tuple[HandoffPoint, ...]
    untimed: tuple[UntimedState, ...]
    findings: tuple[Finding, ...]
    proved: Proved

    @property
    def losses(self) -> tuple[Finding, ...]:
        """Findings that a client can be lost, each with its counterexample."""
        return self._of(*LOSSES)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Findings of rules that a case can break, most with a counterexample."""
        return self._of("rule-broken")

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """Findings of rules that could be neither proved nor refuted."""
        return self._of("rule-undecided")

    def _of(self, *codes: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.code in codes)

    @property
    def is_proved(self) -> bool:
        """Whether no trace loses a client and every rule to be proved holds."""
        return self.proved.ends is True and not (self.losses or self.broken or self.undecided)

    @property
    def verdict(self) -> Text:
        """The results of the proofs, in one line."""
        lead = Text("Todistettu", "Proved") if self.is_proved else Text("Tarkastettu", "Examined")
        lost = _counted(len(self.losses), *_LOST) if self.losses else Text("", "")
        fi, en = (
            f"{lead.text(lang)}: {lost.text(lang)}{self.proved.text(lang)}."
            for lang in ("fi", "en")
        )
        return Text(fi, en)

    def text(self, lang: str = "fi") -> str:
        """The report in plain words, in Finnish or English, the worst first.

        Lines are not wrapped.
        """
        words = _Words(self.definition, lang)
        lines = [words("Missä asiakas voi tipahtaa?", "Where can a client drop out?")]
        lines += [one_line(self.definition.text(lang)), "", self.verdict.text(lang)]
        lines += ["", words("Polut, joilla asiakas katoaa", "Traces on which a client is lost")]
        lines += _with_counterexamples(self.losses, lang) or [f"- {words.no_losses(self.proved)}"]
        lines += ["", words("Säännöt, jotka eivät aina pidä", "Rules that do not always hold")]
        lines += _with_counterexamples((*self.broken, *self.undecided), lang) or [words.none]
        title = words("Luovutukset", "Hand-offs")
        lines += ["", f"{title} ({len(self.handoffs)})"]
        for point in self.handoffs:
            lines += words.of_handoff(point)
        title = words("Tilat, joilla ei ole määräaikaa", "States without a deadline")
        lines += ["", f"{title} ({len(self.untimed)})"]
        for state in self.untimed:
            lines += words.of_state(state)
        if not self.untimed:
            lines.append(words.none)
        return "\n".join(lines) + "\n"


def _with_counterexamples(found: Iterable[Finding], lang: str) -> list[str]:
    lines = []
    for finding in found:
        lines.append(f"- {finding.message.text(lang)}")
        lines += [f"  {line}" for line in counterexample_lines(finding.counterexample, lang)]
    return lines


def dropout_report(process: Definition | Compiled) -> DropoutReport:
    """Prove a process and report where a client can drop out.

    Args:
        process: ``Process.compiled``, or a definition.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        print(op.verify.dropout_report(process.compiled).text("fi"))
    """
    analysis = AnalysisContext.of(process)
    definition = analysis.definition
    found = findings_of(analysis, prove_rules=True)
    return DropoutReport(
        definition,
        handoff_points(definition),
        untimed_states(definition),
        found,
        _proved(analysis, found),
    )


def _proved(analysis: AnalysisContext, found: Iterable[Finding]) -> Proved:
    reduced = analysis.sound_by_reduction
    ends: bool | None = True
    if not reduced:
        stuck = any(finding.code == "no-way-to-end" for finding in found)
        ends = not stuck if analysis.state_space.complete else None
    proof = proof_of(analysis)
    verdicts = [proof.verdict(rule) for rule in analysis.definition.rules.values()]
    watched = [verdict for verdict in verdicts if verdict.watched]
    decided = [verdict.holds for verdict in verdicts if not verdict.watched]
    return Proved(
        ends=ends,
        symbolic_states=0 if reduced else len(analysis.state_space.before),
        rules=decided.count(True),
        broken=decided.count(False),
        undecided=decided.count(None),
        watched=len(watched),
        timed=sum(verdict.timed and verdict.holds is True for verdict in verdicts),
    )


def untimed_states(definition: Definition) -> tuple[UntimedState, ...]:
    """The waiting states without a deadline, in the order of the file (T2, T7)."""
    return tuple(
        UntimedState(
            state.id,
            definition.state_holder(state.id),
            tuple(exit_.id for exit_ in definition.exits(state.id) if exit_.after),
            tuple(
                duty.id
                for duty in definition.duties.values()
                if duty.every and any(definition.takes_part(entry, state.id) for entry in duty.by)
            ),
        )
        for state in definition.states.values()
        if state.kind == "state" and state.deadline is None
    )


class _Words:
    """Words the parts of a report in one language."""

    def __init__(self, definition: Definition, lang: str) -> None:
        self.definition = definition
        self.lang = lang

    def __call__(self, fi: str, en: str) -> str:
        return Text(fi, en).text(self.lang)

    @property
    def none(self) -> str:
        return self("- Ei yhtään.", "- None.")

    def no_losses(self, proved: Proved) -> str:
        if proved.ends is None:
            return self(
                "Ei löytynyt, mutta kaikkia tilanteita ei voitu käydä läpi.",
                "None found, but not every situation could be explored.",
            )
        return self("Ei yhtään.", "None.")

    def title(self, section: Mapping[str, Element], entry: str) -> str:
        return one_line(section[entry].text(self.lang))

    def titles(self, section: Mapping[str, Element], entries: Iterable[str]) -> str:
        return ", ".join(self.title(section, entry) for entry in entries)

    def quoted(self, section: Mapping[str, Element], entry: str) -> str:
        told = self.title(section, entry)
        return self(f"”{told}”", f"“{told}”")

    def length(self, duration: str) -> str:
        return duration_text(self.definition.durations[duration], self.lang)

    def of_handoff(self, point: HandoffPoint) -> list[str]:
        definition = self.definition
        giver = self.title(definition.owners, point.giver)
        receiver = self.title(definition.owners, point.receiver)
        lines = [
            f"- {self.title(definition.transitions, point.transition)}",
            f"  {giver} → {receiver}",
        ]
        known: dict[str, Element] = {**definition.facts, **definition.info}
        nothing = self("ei sovittuja tietoja", "no agreed information")
        travels = self.titles(known, point.travels) or nothing
        lines.append(self(f"  Mukana kulkee: {travels}.", f"  Passed on: {travels}."))
        if point.otherwise is None:
            lines.append(
                self(
                    "  Vastausta ei tarvita: asiakas on perillä heti.",
                    "  No answer is needed: the client arrives at once.",
                )
            )
            return lines
        who = self.titles(definition.roles, point.answered_by)
        limit = self("⚠ ei aikarajaa", "⚠ no time limit")
        if point.within is not None:
            limit = self.length(point.within)
        lines.append(
            self(
                f"  Vastaa: {who}. Vastausaika: {limit}.",
                f"  Answered by: {who}. Time to answer: {limit}.",
            )
        )
        lines.append(self._otherwise(point.otherwise))
        return lines

    def _otherwise(self, otherwise: str) -> str:
        if otherwise == "back":
            return self(
                "  Muuten asiakas palaa sinne, mistä lähti.",
                "  Otherwise the client returns to where they came from.",
            )
        location = self.quoted(self.definition.states, otherwise)
        return self(
            f"  Muuten asiakas siirtyy tilaan {location}.",
            f"  Otherwise the client goes to {location}.",
        )

    def of_state(self, state: UntimedState) -> list[str]:
        definition = self.definition
        told = self.title(definition.states, state.state)
        lines = [f"- {told} ({self.title(definition.owners, state.holder)})"]
        for timer in state.moved_by:
            found = definition.transitions[timer]
            how, when = self.quoted(definition.transitions, timer), self.length(found.after or "")
            lines.append(
                self(
                    f"  Jatkuu itsestään, kun on odotettu {when}: {how}.",
                    f"  Goes on by itself after {when}: {how}.",
                )
            )
        for duty in state.reminded_by:
            what = self.quoted(definition.duties, duty)
            often = self.length(definition.duties[duty].every or "")
            lines.append(
                self(
                    f"  Asiakkaasta muistuttaa jatkuva tehtävä {what}, väli {often}.",
                    f"  The duty {what}, due every {often}, is a reminder of the client.",
                )
            )
        if state.is_unnoticed:
            lines.append(
                self(
                    "  ⚠ Mikään ei muistuta asiakkaasta.",
                    "  ⚠ Nothing reminds anybody of the client.",
                )
            )
        return lines


_ENDS: dict[bool | None, Text] = {
    True: Text(
        "jokaisesta tilanteesta pääsee johonkin loppuun",
        "from every situation some end can be reached",
    ),
    False: Text(
        "joistakin tilanteista ei pääse mihinkään loppuun",
        "from some situations no end can be reached",
    ),
    None: Text("kaikkia tilanteita ei voitu käydä läpi", "not every situation could be explored"),
}
_LOST = (
    Text("asiakas voi kadota {n} tavalla; ", "a client can be lost in {n} way; "),
    Text("asiakas voi kadota {n} tavalla; ", "a client can be lost in {n} ways; "),
)
_SITUATIONS = (
    Text("{n} tilanne käyty läpi", "{n} situation explored"),
    Text("{n} tilannetta käyty läpi", "{n} situations explored"),
)
_RULES = (
    Text("{n} sääntö todistettu", "{n} rule proved"),
    Text("{n} sääntöä todistettu", "{n} rules proved"),
)
_BROKEN = (
    Text("{n} sääntö voi rikkoutua", "{n} rule can be broken"),
    Text("{n} sääntöä voi rikkoutua", "{n} rules can be broken"),
)
_UNDECIDED = (
    Text("{n} sääntö jäi ratkaisematta", "{n} rule undecided"),
    Text("{n} sääntöä jäi ratkaisematta", "{n} rules undecided"),
)
_WATCHED = (
    Text("{n} sääntöä", "{n} rule"),
    Text("{n} sääntöä", "{n} rules"),
)
_TIMED = (
    Text("{n} aikarajaa", "{n} time limit"),
    Text("{n} aikarajaa", "{n} time limits"),
)


def _counted(number: int, one: Text, several: Text) -> Text:
    found = one if number == 1 else several
    return Text(found.fi.format(n=number), found.en.format(n=number))
