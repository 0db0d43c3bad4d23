"""The messages of the library as values: texts in both languages, locations, findings, reasons.

A finding is made by ``Finding.error`` or ``Finding.warning`` and nowhere else. This module imports
nothing above ``ohjausprosessi.text``, so every room may import it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from ohjausprosessi.text.joining import quoted
from ohjausprosessi.text.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "Finding",
    "Location",
    "Reason",
    "Severity",
    "Step",
    "Stop",
    "Text",
    "counterexample_lines",
    "suggestion",
    "trace_of",
]

Severity = Literal["error", "warning"]

# What the caret underlines: a key up to its colon, or a value up to what YAML has around it.
_ENTRY = re.compile(r"[^\s,\[\]{}#:](?:[^,\[\]{}#:]|:(?=\S))*")


@dataclass(frozen=True, slots=True)
class Text:
    """A message in the two languages of the library.

    Attributes:
        fi: the message in Finnish.
        en: the message in English.

    Example:
        import ohjausprosessi as op

        message = op.Text("valmis", "done")
        assert message.text() == message.text("fi") == "valmis"
        assert str(message) == "done"
    """

    fi: str
    en: str

    @classmethod
    def made_by(cls, words: Callable[[str], str]) -> Text:
        """A text made by a function of the language, which is called with ``fi`` and ``en``."""
        return cls(words("fi"), words("en"))

    def text(self, lang: str = "fi") -> str:
        """The Finnish text for ``fi``, else the English one."""
        return self.fi if lang == "fi" else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a definition.

    Attributes:
        element: path of keys from the document down, such as ``("transitions", "ohjaa", "if")``.
        path: name of the file; ``<text>`` for a definition given as text, None for one from data.
        line: line in the file, from 1; None if there is no file.
        column: column in the line, from 1, in characters.
        excerpt: the line itself.
        width: how many characters the caret line underlines.

    Example:
        import ohjausprosessi as op

        try:
            op.loads("ohjausprosessi: 2")
        except op.DefinitionError as error:
            location = error.findings[0].location
            assert str(location) == "<text>:1:17"
            print(location.pointer())
    """

    element: tuple[str, ...] = ()
    path: str | None = None
    line: int | None = None
    column: int | None = None
    excerpt: str = ""
    width: int = 1

    @classmethod
    def in_lines(
        cls,
        element: tuple[str, ...],
        path: str | None,
        lines: Sequence[str],
        at: tuple[int, int],
        width: int | None = None,
    ) -> Location:
        """A place in a file whose lines are at hand.

        Args:
            element: path of keys from the document down.
            path: name of the file.
            lines: the lines of the file.
            at: line and column, from 1.
            width: how many characters to underline; None = all of the key or value that begins
                there.
        """
        line, column = at
        excerpt = lines[line - 1] if line <= len(lines) else ""
        if width is None:
            entry = _ENTRY.match(excerpt, column - 1)
            width = len(entry.group().rstrip(" \"'")) if entry else 1
        return cls(element, path, line, column, excerpt, width)

    def __str__(self) -> str:
        name = self.path or ".".join(self.element)
        return name if self.line is None else f"{name}:{self.line}:{self.column}"

    def pointer(self) -> str:
        """The line with a caret line beneath it; empty if there is no line."""
        if not self.excerpt or self.column is None:
            return ""
        room = len(self.excerpt) - self.column + 1
        caret = "^" + "~" * (max(1, min(self.width, room)) - 1)
        return f"    {self.excerpt}\n    {' ' * (self.column - 1)}{caret}"


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a step of a counterexample leaves the case.

    Attributes:
        place: its exact name: a state, an open hand-off, an arrival at a join, a result of a call.
        label: the place in the words of the process.
        holder: id of the organisation that holds the client there.
        held: that organisation by name; of an open hand-off the giver and the receiver.

    Example:
        import ohjausprosessi as op

        stop = op.Stop("alku", op.Text("Alku", "Start"), "kunta", op.Text("Kunta", "City"))
        assert not stop.encloses(stop)
    """

    place: str
    label: Text
    holder: str
    held: Text

    def encloses(self, other: Stop) -> bool:
        """Whether the other place lies inside the process that is called here."""
        return other.place.startswith(f"{self.place}/")


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a counterexample: what happens, and where the case is afterwards.

    Attributes:
        event: exact name of the event; ``start``, or ``learn`` where a recorded fact sets off an
            automatic move.
        label: what happens, in the words of the process, with the facts it takes.
        by: a role that may do it; None for time and automatic moves.
        state: exact name of the state it leaves, if it leaves one.
        facts: pairs of a fact or an information item and the value it must have; None = unknown.
        stops: where the case is afterwards; several while branches or a call are open.
        done: False for a last step that is tried and refused.

    Example:
        import ohjausprosessi as op

        start = op.Step("start", op.Text("alkaa", "starts"), None, None, (), ())
        assert start.done and start.here == ()
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
        """The stops without those of calls, which are where their inner stops are."""
        return tuple(stop for stop in self.stops if not any(map(stop.encloses, self.stops)))


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a definition.

    Attributes:
        code: the check that found it; each has a page in ``docs/checks/``.
        severity: ``error`` or ``warning``.
        message: what is wrong.
        location: where.
        hint: what to do about it; None if no single remedy can be named.
        counterexample: the shortest trace that shows the problem, from the start of a case; empty
            where the place alone shows it.

    Example:
        import ohjausprosessi as op

        try:
            op.loads("ohjausprosessi: 2")
        except op.DefinitionError as error:
            finding = error.findings[0]
            assert (finding.severity, finding.location.line) == ("error", 1)
            print(finding.text("fi"))
    """

    code: str
    severity: Severity
    message: Text
    location: Location
    hint: Text | None = None
    counterexample: tuple[Step, ...] = ()

    @classmethod
    def error(
        cls,
        code: str,
        location: Location,
        message: Text,
        hint: Text | None = None,
        *,
        counterexample: tuple[Step, ...] = (),
    ) -> Finding:
        """A problem for which a definition is refused, or by which a client can be lost."""
        return cls(code, "error", message, location, hint, counterexample)

    @classmethod
    def warning(
        cls,
        code: str,
        location: Location,
        message: Text,
        hint: Text | None = None,
        *,
        counterexample: tuple[Step, ...] = (),
    ) -> Finding:
        """A problem that may be intended."""
        return cls(code, "warning", message, location, hint, counterexample)

    @property
    def trace(self) -> tuple[str, ...]:
        """Exact names of the events of the counterexample, without ``start``."""
        return trace_of(self.counterexample)

    def text(self, lang: str = "fi") -> str:
        """Place, code and message; the line with a caret; the counterexample; the remedy."""
        lines = [f"{self.location} {self.code} {self.message.text(lang)}"]
        if pointer := self.location.pointer():
            lines.append(pointer)
        lines += [f"    {line}" for line in counterexample_lines(self.counterexample, lang)]
        if self.hint is not None:
            lines.append(f"    = {self.hint.text(lang)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")


def trace_of(counterexample: Iterable[Step]) -> tuple[str, ...]:
    """Names of the events of a counterexample, without the ``start`` that every trace has."""
    return tuple(step.event for step in counterexample if step.event != "start")


def counterexample_lines(counterexample: Sequence[Step], lang: str = "fi") -> list[str]:
    """Draw a counterexample downwards: a line for each event, one for where the case then is.

    A cross marks where it goes wrong: the last place, or the event that is refused there.
    """
    lines: list[str] = []
    for step in counterexample:
        if step.event != "start" or step.facts:
            lines.append(f"{'│' if step.done else '✗'}  {step.label.text(lang)}")
        if step.done:
            stops = (_drawn(stop, step, lang) for stop in step.here)
            lines.append(f"{'✗' if step is counterexample[-1] else '○'} {' + '.join(stops)}")
    return lines


def _drawn(stop: Stop, step: Step, lang: str) -> str:
    path = [outer.label.text(lang) for outer in step.stops if outer.encloses(stop)]
    return f"{' › '.join([*path, stop.label.text(lang)])} [{stop.held.text(lang)}]"


def suggestion(*names: str | None) -> Text | None:
    """The remedy ``did you mean `a`?`` for a misspelt name; None without a name."""
    known = quoted(name for name in names if name is not None)
    if not known:
        return None
    return Text.made_by(lambda lang: did_you_mean(known, lang, lead=""))


class Reason:
    """One reason why an event is refused.

    What else a reason knows, such as the part of a guard that is false, depends on its code; the
    classes are in ``ohjausprosessi.engine.reasons``, the codes in SEMANTICS §10.

    Attributes:
        code: what kind of reason it is, such as ``role``, ``guard_false`` or ``missing``.

    Example:
        import ohjausprosessi as op

        case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1")
        (reason,) = case.explain("tule_palvelutorille", by="opinto_ohjaaja").reasons
        assert reason.code == "role"
        print(reason.text("fi"))
    """

    __slots__ = ()
    code: ClassVar[str]

    def text(self, lang: str = "fi") -> str:
        """The reason, in one sentence or a few lines."""
        raise NotImplementedError
