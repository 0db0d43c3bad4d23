"""Why an event is refused: one class per code, with the fields of SEMANTICS §10.

A reason is a value. It speaks both languages and never shows a personal value to a role that may
not see it: whoever builds it leaves such a value out (F6).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from ohjausprosessi.diagnostics import Reason, Text
from ohjausprosessi.text.joining import one_of
from ohjausprosessi.text.shorten import shorten, shorten_name
from ohjausprosessi.text.suggest import did_you_mean

if TYPE_CHECKING:
    from datetime import datetime

    from ohjausprosessi.diagnostics import Location

__all__ = [
    "Ambiguous",
    "CaseDataInvalid",
    "DefinitionDiffers",
    "Ended",
    "FactRefused",
    "FalseComparison",
    "GuardFalse",
    "GuardUnknown",
    "MissingInfo",
    "NotCorrectable",
    "NotHere",
    "Occupied",
    "RoleRefused",
    "TimeRefused",
    "UnknownTransition",
]


@dataclass(frozen=True, slots=True)
class UnknownTransition(Reason):
    """Nothing people can do is called so."""

    code: ClassVar[str] = "transition"
    name: str
    did_you_mean: tuple[str, ...] = ()

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        said = (
            f"siirtymää, vastausta tai tehtävää {shorten(self.name)} ei ole"
            if lang == "fi"
            else f"no transition, answer or duty is called {shorten(self.name)}"
        )
        return said + did_you_mean(self.did_you_mean, lang)


@dataclass(frozen=True, slots=True)
class Ended(Reason):
    """The case has ended."""

    code: ClassVar[str] = "ended"
    outcome: str

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        if lang == "fi":
            return f"asiakkuus on päättynyt tulokseen {self.outcome}"
        return f"the case has ended with the outcome {self.outcome}"


@dataclass(frozen=True, slots=True)
class NotHere(Reason):
    """It cannot happen where the case is.

    Attributes:
        name: what was tried.
        active: where the case is, exact place names.
        sources: where it could happen, exact place names.
        call: the running call because of which it cannot, if that is why.
        state: the state that was named, if that is why; then ``sources`` are those to name.
    """

    code: ClassVar[str] = "not_here"
    name: str
    active: tuple[str, ...]
    sources: tuple[str, ...]
    call: str | None = None
    state: str | None = None

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        if self.state is not None:
            return self._wrong_state(self.state, lang)
        active, sources = ", ".join(self.active), one_of(self.sources, lang)
        if lang == "fi":
            said = f"{self.name} ei onnistu tästä: asiakas on kohdassa {active}"
            location = f"; sen voi tehdä kohdassa {sources}" if sources else ""
            why = f"; kutsu {self.call} on vielä kesken" if self.call else ""
        else:
            said = f"{self.name} is not possible here: the case is in {active}"
            location = f"; it is possible in {sources}" if sources else ""
            why = f"; the call {self.call} is still running" if self.call else ""
        return said + location + why

    def _wrong_state(self, state: str, lang: str) -> str:
        states, state = one_of(self.sources, lang), shorten_name(state)
        if lang == "fi":
            remedy = f"anna state={states}" if states else "jätä state= pois"
            return f"{self.name} ei nyt voi lähteä kohdasta {state}: {remedy}"
        remedy = f"give state={states}" if states else "leave state= out"
        return f"{self.name} cannot leave {state} now: {remedy}"


@dataclass(frozen=True, slots=True)
class Ambiguous(Reason):
    """It could mean several things.

    Attributes:
        name: what was tried.
        states: marked states it could leave; name one with ``state=``.
        candidates: exact names it could mean; use one of them.
    """

    code: ClassVar[str] = "ambiguous"
    name: str
    states: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        listed = one_of(self.states or self.candidates, lang)
        if lang == "fi":
            remedy = f"anna state={listed}" if self.states else f"käytä nimeä {listed}"
            return f"{self.name} on monitulkintainen: {remedy}"
        remedy = f"give state={listed}" if self.states else f"use the name {listed}"
        return f"{self.name} is ambiguous: {remedy}"


@dataclass(frozen=True, slots=True)
class Occupied(Reason):
    """The place it leads to is already marked (N5)."""

    code: ClassVar[str] = "occupied"
    name: str
    place: str
    holder: str

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        if lang == "fi":
            return f"{self.name} joutuu odottamaan: {self.place} on varattu ({self.holder})"
        return f"{self.name} has to wait: {self.place} is already taken ({self.holder})"


@dataclass(frozen=True, slots=True)
class RoleRefused(Reason):
    """The role may not do it.

    Attributes:
        name: what was tried.
        by: the role that was named, None if none was.
        allowed: roles that may; empty = only time or the process itself.
        did_you_mean: roles whose ids are alike.
    """

    code: ClassVar[str] = "role"
    name: str
    by: str | None
    allowed: tuple[str, ...]
    did_you_mean: tuple[str, ...] = ()

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        listed = one_of(self.allowed, lang)
        if lang == "fi":
            who = (
                f"rooli {shorten_name(self.by)} ei voi tehdä sitä"
                if self.by
                else "rooli puuttuu (by=)"
            )
            may = f"sen tekee {listed}" if listed else "sitä ei tee kukaan: se tapahtuu itsestään"
        else:
            who = (
                f"the role {shorten_name(self.by)} may not do it"
                if self.by
                else "no role is named (by=)"
            )
            may = f"{listed} may" if listed else "nobody may: it happens by itself"
        return f"{self.name}: {who}; {may}{did_you_mean(self.did_you_mean, lang)}"


FactProblem = Literal["name", "type", "character", "range", "member", "empty", "role", "phase"]

# The types that ``expected`` names, in words.
_TYPES = {
    "text": Text("teksti", "a text"),
    "int": Text("kokonaisluku", "a whole number"),
    "true/false": Text("true tai false", "true or false"),
    "mapping": Text("joukko nimiä ja arvoja", "names with values"),
}

_FACT_TEXT: dict[FactProblem, tuple[str, str]] = {
    "name": ("tietoa {fact} ei ole", "there is no fact {fact}"),
    "type": ("tiedon {fact} arvon on oltava {expected}", "{fact} needs {expected}"),
    "character": (
        "tiedossa {fact} saa olla vain merkkejä, jotka voi tallentaa",
        "{fact} may hold only characters that can be stored",
    ),
    "range": (
        "tiedon {fact} arvon on oltava väliltä {expected}",
        "{fact} must be within {expected}",
    ),
    "member": ("tiedon {fact} arvon on oltava {expected}", "{fact} must be {expected}"),
    "empty": ("yhtään tietoa ei annettu", "no facts were given"),
    "role": ("tiedon {fact} kirjaa {expected}", "{fact} is recorded by {expected}"),
    "phase": (
        "tieto {fact} kirjataan vain vaiheessa {expected}",
        "{fact} is recorded only in the phase {expected}",
    ),
}


@dataclass(frozen=True, slots=True)
class FactRefused(Reason):
    """A fact that cannot be recorded.

    Attributes:
        fact: its name.
        why: what is wrong.
        got: what was given, as text; empty where nothing was, or where it is personal.
        expected: what is allowed, as texts.
        did_you_mean: names or values that are alike.
    """

    code: ClassVar[str] = "facts"
    fact: str
    why: FactProblem
    got: str = ""
    expected: tuple[str, ...] = ()
    did_you_mean: tuple[str, ...] = ()

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        template = _FACT_TEXT[self.why][0 if lang == "fi" else 1]
        expected = self.expected
        if self.why == "type":
            expected = tuple(_TYPES[kind].text(lang) for kind in expected)
        said = template.format(fact=shorten_name(self.fact), expected=one_of(expected, lang))
        if self.got:
            said += f", ei {self.got}" if lang == "fi" else f", not {self.got}"
        return said + did_you_mean(self.did_you_mean, lang)


@dataclass(frozen=True, slots=True)
class TimeRefused(Reason):
    """A moment that cannot be (T1).

    Attributes:
        why: ``naive`` (no aware datetime), ``missing`` or ``backwards``.
        at: the moment given, if one was.
        last: the last moment of the case, if it has one.
    """

    code: ClassVar[str] = "time"
    why: Literal["naive", "missing", "backwards"]
    at: object = None
    last: datetime | None = None

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        finnish = lang == "fi"
        if self.why == "naive":
            return (
                f"at={shorten(self.at)} ei kelpaa: anna datetime, jossa on aikavyöhyke"
                if finnish
                else f"at={shorten(self.at)} will not do: give a datetime with a time zone"
            )
        if self.why == "missing":
            return (
                "at= puuttuu: tässä asiakkuudessa jokaisella tapahtumalla on aika"
                if finnish
                else "at= is missing: this case has times, so each event needs one"
            )
        return (
            f"at={self.at} on ennen viimeistä tapahtumaa ({self.last})"
            if finnish
            else f"at={self.at} is before the last event ({self.last})"
        )


@dataclass(frozen=True, slots=True)
class FalseComparison:
    """A part of a guard, and the values it read.

    Attributes:
        text: the part as written.
        start: where it begins in the guard, from 0.
        end: where it ends.
        values: pairs of fact and value as text; a value the role may not see is left out.
    """

    text: str
    start: int
    end: int
    values: tuple[tuple[str, str], ...]


def _pointed(guard: str, comparisons: tuple[FalseComparison, ...]) -> str:
    """Underline the comparisons of a one-line guard."""
    if "\n" in guard.strip():
        return f"\n    if: {' '.join(guard.split())}"
    marks = [" "] * len(guard)
    for comparison in comparisons:
        marks[comparison.start : comparison.end] = "^" + "~" * (
            comparison.end - comparison.start - 1
        )
    return f"\n    if: {guard}\n        {''.join(marks).rstrip()}"


@dataclass(frozen=True, slots=True)
class GuardFalse(Reason):
    """The condition is false.

    Attributes:
        name: what was tried.
        guard: the condition.
        location: its place in the definition.
        comparisons: the parts that made it false.
        asks: facts and information whose absence made it false (a ``has`` that is false).
    """

    code: ClassVar[str] = "guard_false"
    name: str
    guard: str
    location: Location
    comparisons: tuple[FalseComparison, ...]
    asks: tuple[str, ...] = ()

    def text(self, lang: str = "fi") -> str:
        """Say it, with the guard and what is false in it."""
        finnish = lang == "fi"
        lead = "ei ole nyt sallittu" if finnish else "is not allowed now"
        lines = [f"{self.name} {lead}"]
        if self.location.line is not None:
            lines.append(f"  {self.location}")
        told: dict[str, str] = {}
        for comparison in self.comparisons:
            told |= dict(comparison.values)
        said = "".join(
            f"\n  {fact} on {value}" if finnish else f"\n  {fact} is {value}"
            for fact, value in told.items()
        )
        ask = ""
        if self.asks:
            ask = f"\n  {'puuttuu' if finnish else 'missing'}: {', '.join(self.asks)}"
        return "\n".join(lines) + _pointed(self.guard, self.comparisons) + said + ask


@dataclass(frozen=True, slots=True)
class GuardUnknown(Reason):
    """The condition cannot be judged yet.

    Attributes:
        name: what was tried.
        guard: the condition.
        location: its place in the definition.
        asks: the facts to ask for.
    """

    code: ClassVar[str] = "guard_unknown"
    name: str
    guard: str
    location: Location
    asks: tuple[str, ...]

    def text(self, lang: str = "fi") -> str:
        """Say it, with what to ask."""
        asks = ", ".join(self.asks)
        place = "" if self.location.line is None else f"\n  {self.location}"
        guard = _pointed(self.guard, ())
        if lang == "fi":
            return f"{self.name}: ensin on selvitettävä {asks}{place}{guard}"
        return f"{self.name}: first find out {asks}{place}{guard}"


@dataclass(frozen=True, slots=True)
class MissingInfo(Reason):
    """Information that must travel is not known (H3).

    Attributes:
        name: what was tried.
        info: the information items.
        receiver: who needs them.
    """

    code: ClassVar[str] = "missing"
    name: str
    info: tuple[str, ...]
    receiver: str

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        listed = ", ".join(self.info)
        if lang == "fi":
            return f"{self.name}: vastaanottaja {self.receiver} tarvitsee tiedot {listed}"
        return f"{self.name}: the receiver {self.receiver} needs {listed}"


@dataclass(frozen=True, slots=True)
class NotCorrectable(Reason):
    """The last act cannot be taken back (Y4).

    Attributes:
        why: ``nothing`` to take back, ``time`` moved something since, or ``other_organisation``.
        of: seq of the event, if there is one.
    """

    code: ClassVar[str] = "correct"
    why: Literal["nothing", "time", "other_organisation"]
    of: int | None = None

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        finnish = lang == "fi"
        if self.why == "nothing":
            return "ei ole mitään oikaistavaa" if finnish else "there is nothing to take back"
        if self.why == "time":
            return (
                f"tapahtumaa {self.of} ei voi oikaista: määräaika on jo siirtänyt asiakasta"
                if finnish
                else f"event {self.of} cannot be taken back: a time limit has moved the case since"
            )
        return (
            f"tapahtuman {self.of} oikaisee sen tehnyt organisaatio tai prosessivastuullinen"
            if finnish
            else f"event {self.of} is taken back by the organisation that did it, "
            "or by the process owner"
        )


@dataclass(frozen=True, slots=True)
class DefinitionDiffers(Reason):
    """A case of another definition (D2)."""

    code: ClassVar[str] = "definition"
    expected: str
    given: str
    id: str
    version: str

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        if lang == "fi":
            return (
                f"asiakkuus kuuluu toiseen määrittelyyn: tallenteessa {shorten_name(self.given[:12])}, "
                f"{self.id} {self.version} on {self.expected[:12]}; siirto on oma toimensa"
            )
        return (
            f"the case belongs to another definition: stored {shorten_name(self.given[:12])}, "
            f"{self.id} {self.version} is {self.expected[:12]}; migrating is an act of its own"
        )


@dataclass(frozen=True, slots=True)
class CaseDataInvalid(Reason):
    """Stored data that is no case of this definition.

    Attributes:
        path: where in the data, such as ``scope.marking[0]``; empty for the whole.
        expected: what belongs there.
        got: what is there; empty if nothing is.
    """

    code: ClassVar[str] = "case_data"
    path: str
    expected: Text
    got: str

    def text(self, lang: str = "fi") -> str:
        """Say it."""
        expected = self.expected.text(lang)
        path = self.path if self.path.isprintable() else repr(self.path)
        if lang == "fi":
            location = f"tallenteen kohdassa {path}" if path else "tallenteessa"
            return f"{location} pitäisi olla {expected}, mutta siinä on {self.got or 'tyhjää'}"
        location = f"stored data: {path}" if path else "the stored data"
        return f"{location} should be {expected}, but is {self.got or 'missing'}"
