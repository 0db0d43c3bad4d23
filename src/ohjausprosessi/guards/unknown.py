"""The value of a fact that is not known, and what happens to code that tries to use it."""

from __future__ import annotations

from typing import Final, NoReturn

from ohjausprosessi.errors import OhjausprosessiError

__all__ = ["UNKNOWN", "Unknown", "UnknownFact"]


class UnknownFact(OhjausprosessiError):  # noqa: N818  an answer to the caller, not a fault
    """A compiled guard met an unknown fact; ``Guard.judge`` decides then."""


class Unknown:
    """The type of ``UNKNOWN``: it can be recognised by ``is``, but neither compared nor tested.

    Comparing it or asking for its truth raises ``UnknownFact``. That is how a compiled guard needs
    no test of its own for unknown facts, and costs what the same lambda written by hand costs.
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
