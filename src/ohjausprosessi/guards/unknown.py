"""The value of an unknown fact, which raises when code compares or tests it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

from ohjausprosessi.errors import OhjausprosessiError

if TYPE_CHECKING:
    from ohjausprosessi.model import Value

__all__ = ["UNKNOWN", "Known", "Unknown", "UnknownFact"]


class UnknownFact(OhjausprosessiError):  # noqa: N818  an answer to the caller, not a fault
    """A compiled guard met an unknown fact; ``Guard.judge`` has to decide."""


class Unknown:
    """The type of ``UNKNOWN``, which can be recognised by ``is`` but not compared or tested.

    Comparing it or testing its truth raises ``UnknownFact``, so a compiled guard needs no check for
    unknown facts of its own and costs as much as the same lambda written by hand.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        raise UnknownFact

    def _refuse(self, _other: object) -> NoReturn:
        raise UnknownFact

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __reduce__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()
Known: TypeAlias = "Value | Unknown"  # the value of a fact, whether known or not
