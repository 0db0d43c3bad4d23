"""The plain steps of a process: what ``Case.advance`` does in a few operations.

A step is plain if it does nothing but go from one waiting state of the root to another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ohjausprosessi.net.fact_slots import Known

__all__ = ["Recordable", "Step", "Table"]

Recordable = tuple[int, type, "Callable[[Any], bool] | None"]


class Table(dict[str, "Step"]):
    """The plain steps from one place: transition id to step.

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


class Step:
    """A step that does nothing but go from one waiting state to another.

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
