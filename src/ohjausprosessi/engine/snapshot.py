"""What a case is made of (SEMANTICS S3): five slots, filled by the engine, never changed after.

The layout is chosen for speed. A *flat* case has one token in a waiting or end state of the root
and nothing else to remember; then ``_extra`` is None, or the time of the last event. Anything more
lives in an ``Extension``.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Self, cast

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ohjausprosessi.engine.history import Record
    from ohjausprosessi.net.compiled import Compiled
    from ohjausprosessi.net.fact_slots import Known
    from ohjausprosessi.net.fast_path import Table

__all__ = ["Bound", "Extension", "OpenHandoff", "Snapshot", "Timer"]


class Timer(NamedTuple):
    """A time limit that runs.

    Attributes:
        due: when it is over, in UTC.
        place: number of the place that armed it.
        order: its order among those of the place.
        what: exact name of the event: ``s.remind``, ``t.expire``, or the transition that fires.
    """

    due: datetime
    place: int
    order: int
    what: str


class OpenHandoff(NamedTuple):
    """A hand-off that waits for an answer.

    Attributes:
        giver: the organisation that still holds the client.
        to: the organisation that has to answer.
        state: exact name of the state it left; None where it left none.
        since: when it opened, in UTC.
        seq: number of the event that opened it.

    Example:
        import ohjausprosessi as op

        city = "tyollisyyspalvelukoordinaattori"
        case = op.load("tyottomyydesta_tutkintoon").start("asiakas-1")
        case = case.advance("arvioi_palvelutarve", by=city)
        known = dict.fromkeys(("yhteystiedot", "palvelutarvearvio", "tuen_tarpeet"), "liitteenä")
        known["osaamisen_kehittamistarve"] = True
        case = case.advance("ohjaa_opinto_ohjaajalle", by=city, facts=known)
        (handoff,) = case.open_handoffs.values()
        assert (handoff.giver, handoff.to) == ("kaupunki", "sakky")
    """

    giver: str
    to: str
    state: str | None
    since: datetime | None
    seq: int


class Extension(NamedTuple):
    """What a case remembers beyond one token and its facts.

    The mappings are never changed once they stand here: versions of a case share them.

    Attributes:
        at: time of the last event.
        marking: numbers of the marked places, ascending.
        timers: the running time limits, the next due first.
        handoffs: place to the hand-off that is open there.
        seen: slot of a personal fact to the organisations that see its value.
        clocks: clock of a duty to the moment it counts from.
    """

    at: datetime | None
    marking: tuple[int, ...]
    timers: tuple[Timer, ...] = ()
    handoffs: Mapping[int, OpenHandoff] = MappingProxyType({})
    seen: Mapping[int, tuple[str, ...]] = MappingProxyType({})
    clocks: Mapping[int, datetime] = MappingProxyType({})


class Bound:
    """A value of one definition: never changed, so it is its own copy, and never stored with it."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} is not pickled, for its definition would go with it: "
            "keep case.to_dict() and read it with process.restore()"
        )


class Snapshot(Bound):
    """The bare data of a case; ``engine.case.Case`` is this with methods.

    There is no ``__init__``: the engine makes one and fills its slots, once.
    """

    __slots__ = ("_extra", "_facts", "_log", "_n", "_table")

    _table: Table
    _facts: list[Known]
    _log: list[Record]
    _n: int
    _extra: datetime | Extension | None

    @classmethod
    def unstarted(cls, compiled: Compiled, case_id: str) -> Self:
        """Make the data of a case before its first event: no token, the facts of the start."""
        case = cls()
        case._table, case._facts = compiled.nowhere, compiled.defaults
        case._log, case._n = [(compiled, case_id)], 1
        case._extra = Extension(None, ())
        return case

    @property
    def _compiled(self) -> Compiled:
        return cast("Compiled", self._log[0][0])

    @property
    def _marking(self) -> tuple[int, ...]:
        extra = self._extra
        return extra.marking if isinstance(extra, Extension) else (self._table.place,)

    @property
    def _at(self) -> datetime | None:
        extra = self._extra
        return extra.at if isinstance(extra, Extension) else extra

    def _more(self) -> Extension:
        """Give what the case remembers beyond its facts, also of a flat case."""
        extra = self._extra
        return extra if isinstance(extra, Extension) else Extension(extra, (self._table.place,))

    def _next(
        self,
        table: Table,
        facts: list[Known],
        extra: datetime | Extension | None,
        records: list[Record],
    ) -> Self:
        """Make the next version, with ``records`` appended to the history (Y2).

        Versions of a case share the list. Whoever finds events of another continuation behind its
        own end goes on with a copy; no lock is needed, a stray event behind the end is never read.
        """
        log, n = self._log, self._n
        if len(log) != n:
            log = log[:n]
        log += records
        if log[n] is not records[0]:  # another thread was faster
            log = log[:n]
            log.extend(records)
        case = type(self)()
        case._table = table
        case._facts = facts
        case._log = log
        case._n = n + len(records)
        case._extra = extra
        return case
