"""What happened: events, and the compact records a case keeps of them (SEMANTICS §9).

A record holds only numbers, strings, times and tuples of these, so that a long history costs the
garbage collector nothing. A plain event is ``(number of the move, role)``, in a case with times
``(number, role, at)``, with facts ``(number, role, at, name, value, name, value, …)``; any other
event is a full record, the fields of ``Event`` without ``seq``, and begins with its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, cast, overload

from ohjausprosessi.engine.snapshot import Bound

if TYPE_CHECKING:
    from datetime import datetime

    from ohjausprosessi.model import Value
    from ohjausprosessi.net.compiled import Compiled

__all__ = ["Event", "EventKind", "History", "Record", "decode"]

EventKind = Literal["start", "act", "auto", "learn", "time", "remind", "correct"]
Record = tuple[object, ...]

_FACTS = 3  # where the facts of a plain event begin


class Event(NamedTuple):
    """One entry of a history (SEMANTICS Y1). Fields that do not apply are None or empty.

    Attributes:
        seq: its number, from 1; with the case id its identity.
        kind: how it came about: ``start``; ``act``, ``learn`` and ``correct`` are people's;
            ``auto`` is an automatic move; ``time`` and ``remind`` come from time limits.
        transition: exact name of what happened: ``start``, a transition, ``t.accept``,
            ``t.decline``, ``t.expire``, a fork, ``c.return``, a duty, ``learn``, ``s.remind`` or
            ``correct``.
        state: exact name of the state that was left; of an answer, the state its hand-off had left.
        by: the role that acted.
        actor: the person, as given; has no influence.
        at: the moment, in UTC.
        facts: pairs of name and value that were recorded; None = unknown again.
        due: of what time did, when it was due.
        cause: ``seq`` of the event that set off this automatic move.
        of: ``seq`` of the event that a correction takes back.
        why: the reason given for a correction.
        handed: pairs of giver and receiver of the hand-offs that opened, or passed without an
            answer.
        outcome: outcome of the process that ended with this event.
        cancelled: exact names of other places that were emptied.
        withdrawn: exact names of transitions whose open hand-offs were withdrawn.
        tell: organisations that are to be told, each once.

    Example:
        import ohjausprosessi as op

        case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1")
        event = case.advance("hakeudu_ohjaukseen", by="asiakas").history[-1]
        assert (event.seq, event.kind, event.by) == (2, "act", "asiakas")
    """

    seq: int
    kind: EventKind
    transition: str
    state: str | None = None
    by: str | None = None
    actor: str | None = None
    at: datetime | None = None
    facts: tuple[tuple[str, Value | None], ...] = ()
    due: datetime | None = None
    cause: int | None = None
    of: int | None = None
    why: str | None = None
    handed: tuple[tuple[str, str], ...] = ()
    outcome: str | None = None
    cancelled: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()


def decode(compiled: Compiled, seq: int, record: Record) -> Event:
    """Read a record as the event it stands for."""
    if isinstance(record[0], str):
        return tuple.__new__(Event, (seq, *record))
    move = compiled.moves[cast("int", record[0])]
    at = record[2] if len(record) >= _FACTS else None
    names, values = record[_FACTS::2], record[_FACTS + 1 :: 2]
    return Event(
        seq,
        "act",
        move.net.name,
        state=move.state,
        by=cast("str", record[1]),
        at=cast("datetime | None", at),
        facts=tuple(cast("zip[tuple[str, Value]]", zip(names, values, strict=True))),
        outcome=compiled.effects[move.produces[0]].outcome,
    )


class History(Bound, Sequence[Event]):
    """The events of one case, oldest first: an immutable sequence.

    Versions of a case share their records; an event is decoded when it is read.

    Example:
        import ohjausprosessi as op

        history = op.load("ohjausprosessi_koulutukseen").start("asiakas-1").history
        assert len(history) == 1
        assert history[0].transition == "start"
    """

    __slots__ = ("_compiled", "_log", "_stop")

    def __init__(self, compiled: Compiled, log: list[Record], stop: int) -> None:
        self._compiled = compiled
        self._log = log
        self._stop = stop

    @property
    def case_id(self) -> str:
        """The id of the case."""
        return str(self._log[0][1])

    def __len__(self) -> int:
        return self._stop - 1

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(index, slice):
            compiled, log = self._compiled, self._log
            numbers = range(*index.indices(self._stop - 1))
            return tuple([decode(compiled, number + 1, log[number + 1]) for number in numbers])
        seq = index + 1 if index >= 0 else self._stop + index
        if not 1 <= seq < self._stop:
            raise IndexError(f"event {index} of {len(self)}")
        return decode(self._compiled, seq, self._log[seq])

    def __iter__(self) -> Iterator[Event]:
        return iter(self[:])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sequence):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"History({list(self)!r})"
