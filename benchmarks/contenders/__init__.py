"""Who is measured: one module per library, each with the same interface."""

from __future__ import annotations

from abc import ABC, abstractmethod
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

from benchmarks.measuring import LAPS


class Contender(ABC):
    """One library running ``benchmarks.model``.

    A method returns None if the library has no such feature.

    Attributes:
        name: as people know it.
        module: what is imported.
        checks: what an event does besides changing the state.
        many: how many cases to create when measuring their size.
        laps: how many times around the ring a measured case goes.
    """

    name: str
    module: str
    checks: str
    many: int = 2000
    laps: int = LAPS

    @property
    def version(self) -> str:
        """The installed version."""
        return version(self.name)

    @abstractmethod
    def build(self) -> object:
        """Build the model from data."""

    @abstractmethod
    def create(self) -> object:
        """A new case at the start of the model."""

    @abstractmethod
    def walk(self, laps: int) -> None:
        """Take a new case ``laps`` times around the ring."""

    def refuse(self) -> Callable[[], object] | None:
        """An attempt that a false guard refuses."""
        return None

    def options(self) -> Callable[[], object] | None:
        """A query for what may happen now."""
        return None

    def round_trip(self) -> Callable[[], object] | None:
        """Serialising a case with 20 events and restoring it."""
        return None
