"""The fast path: steps of a flat case that ``Case.advance`` makes in a few operations.

A step is plain if it only goes from one waiting state of the root to another, or to an end. It is
precomputed from the same moves that the token game fires, and tested against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ohjausprosessi.net.fact_slots import Known

__all__ = ["PlainStep", "Recordable", "Table"]

Recordable = tuple[int, type, "Callable[[Any], bool] | None"]


class Table(dict[str, "PlainStep"]):
    """The plain steps from one place: transition id to step.

    Any other name gives a step that nobody ever takes, so that looking one up raises nothing.

    Attributes:
        place: number of the place; -1 for no single place.
        recordable: name of a fact that a plain step may record, to its number, its type and a test
            of its values, if the type is not enough.
    """

    __slots__ = ("place", "recordable")

    def __init__(self, place: int, recordable: Mapping[str, Recordable]) -> None:
        super().__init__()
        self.place = place
        self.recordable = recordable

    def __missing__(self, name: object) -> PlainStep:
        """Give the step that nobody ever takes."""
        return _NO_STEP


class PlainStep:
    """A step that only goes from one waiting state to another, or to an end.

    Attributes:
        number: number of the move in the net.
        events: role to the finished event of a case without times; its keys are who may do it.
        guard: the compiled condition.
        to: the table of the target.
        timed: whether it is plain in a case with times, too: it arms and cancels nothing.
    """

    __slots__ = ("events", "guard", "number", "timed", "to")

    def __init__(
        self,
        number: int,
        roles: tuple[str, ...],
        guard: Callable[[Sequence[Known]], bool] | None,
        to: Table,
        *,
        timed: bool,
    ) -> None:
        self.number = number
        self.events = {role: (number, role) for role in roles}
        self.guard = guard
        self.to = to
        self.timed = timed


class _Anybody(dict[str, tuple[int, str]]):
    def __missing__(self, role: object) -> tuple[()]:
        return ()


_NO_STEP = PlainStep(-1, (), lambda _: False, Table(-1, {}), timed=False)
_NO_STEP.events = _Anybody()
