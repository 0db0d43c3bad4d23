"""What the library has to say: texts in both languages, places in a definition, findings, reasons.

This module imports nothing above ``ohjausprosessi.text``; every room may import it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Finding", "Location", "Reason", "Severity", "Step", "Stop", "Text"]

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Text:
    """One message in both languages of the library.

    Attributes:
        fi: the message in Finnish.
        en: the message in English.
    """

    fi: str
    en: str

    def text(self, language: str = "en") -> str:
        """Return the Finnish text for ``fi``, else the English one."""
        return self.fi if language == "fi" else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a definition.

    Attributes:
        element: path of keys from the document down, such as ``("transitions", "ohjaa", "if")``.
        path: file name, or ``<text>`` for a definition given as text; None if it has none.
        line: line in the file, from 1; None where the place is not in a file.
        column: column in the line, from 1, counted in characters.
        excerpt: the line itself, for the caret beneath it.
        width: how many characters the caret underlines.
    """

    element: tuple[str, ...] = ()
    path: str | None = None
    line: int | None = None
    column: int | None = None
    excerpt: str = ""
    width: int = 1

    def __str__(self) -> str:
        name = self.path or ".".join(self.element)
        return name if self.line is None else f"{name}:{self.line}:{self.column}"

    def pointer(self) -> str:
        """Return the line and a caret line beneath it, or nothing where the line is unknown."""
        if not self.excerpt or self.column is None:
            return ""
        room = len(self.excerpt) - self.column + 1
        caret = "^" + "~" * (max(1, min(self.width, room)) - 1)
        return f"    {self.excerpt}\n    {' ' * (self.column - 1)}{caret}"


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a case is on a course: a state, an open hand-off, an arrival, a result.

    Attributes:
        place: its exact name.
        label: what it is, in the words of the process.
        holder: id of the organisation that has the client there.
        held: that organisation by name; of an open hand-off who gives and who is to receive.
    """

    place: str
    label: Text
    holder: str
    held: Text

    def encloses(self, other: Stop) -> bool:
        """Return whether another place is in the process that runs here."""
        return other.place.startswith(f"{self.place}/")


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a course that shows a problem: what happens, and where the case then is.

    Attributes:
        event: exact name of what happens; ``start``, or ``learn`` where something is recorded that
            sets off what happens by itself.
        label: what happens, in the words of the process, with the facts.
        by: a role that does it; None where time or nobody does.
        state: exact name of the waiting state it leaves, if it leaves one.
        facts: pairs of a fact or an information item and the value it must have; None = not known.
        stops: where the case is afterwards; several while branches are open.
        done: False for a last step that the definition stops: it is tried, and nothing happens.
    """

    event: str
    label: Text
    by: str | None
    state: str | None
    facts: tuple[tuple[str, bool | int | str | None], ...]
    stops: tuple[Stop, ...]
    done: bool = True

    @property
    def here(self) -> tuple[Stop, ...]:
        """Where the case is: of a call that runs, what is inside it."""
        return tuple(stop for stop in self.stops if not any(map(stop.encloses, self.stops)))


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a definition.

    Attributes:
        code: stable id of the check, as in ``docs/checks/``.
        severity: ``error`` or ``warning``.
        message: what is wrong, in Finnish and English.
        location: the place.
        hint: what to do about it, in Finnish and English, if there is one remedy to name.
        counterexample: the shortest course that shows the problem, from the start of the case on; empty if
            it needs none.
    """

    code: str
    severity: Severity
    message: Text
    location: Location
    hint: Text | None = None
    counterexample: tuple[Step, ...] = ()

    @property
    def trace(self) -> tuple[str, ...]:
        """Names of the events that lead to the problem; empty if it needs none."""
        return trace_of(self.counterexample)

    def text(self, language: str = "en") -> str:
        """Return place, code, message, the line with a caret, the course drawn, and the remedy."""
        lines = [f"{self.location} {self.code} {self.message.text(language)}"]
        if pointer := self.location.pointer():
            lines.append(pointer)
        lines += [f"    {line}" for line in course_lines(self.counterexample, language)]
        if self.hint is not None:
            lines.append(f"    = {self.hint.text(language)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()


def trace_of(counterexample: Iterable[Step]) -> tuple[str, ...]:
    """Return the names of the events of a course; that it starts is understood."""
    return tuple(step.event for step in counterexample if step.event != "start")


def course_lines(counterexample: Sequence[Step], language: str = "en") -> list[str]:
    """Draw a course downwards: a line for what happens, one for where the case then is.

    The last place, or the act that is stopped there, has the cross: that is where it goes wrong.
    """
    lines: list[str] = []
    for step in counterexample:
        if step.event != "start" or step.facts:
            lines.append(f"{'│' if step.done else '✗'}  {step.label.text(language)}")
        if step.done:
            stops = (_drawn(stop, step, language) for stop in step.here)
            lines.append(f"{'✗' if step is counterexample[-1] else '○'} {' + '.join(stops)}")
    return lines


def _drawn(stop: Stop, step: Step, language: str) -> str:
    path = [outer.label.text(language) for outer in step.stops if outer.encloses(stop)]
    return f"{' › '.join([*path, stop.label.text(language)])} [{stop.held.text(language)}]"


class Reason:
    """Why something may not happen: base of the reasons in ``ohjausprosessi.engine.reasons``."""

    __slots__ = ()
    code: ClassVar[str]

    def text(self, language: str = "en") -> str:
        """Say the reason as one sentence or a few lines."""
        raise NotImplementedError
