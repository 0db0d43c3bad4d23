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

    A method that returns None says that the library has no such thing.

    Attributes:
        name: as people know it.
        module: what is imported.
        checks: what an event includes besides moving.
        many: how many cases to create when counting bytes.
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
        """Return a fresh case."""

    @abstractmethod
    def walk(self, laps: int) -> None:
        """Take a fresh case so many times around the ring."""

    def refuse(self) -> Callable[[], object] | None:
        """Return an attempt whose guard is false."""
        return None

    def options(self) -> Callable[[], object] | None:
        """Return a question: what may happen now?"""
        return None

    def round_trip(self) -> Callable[[], object] | None:
        """Return writing a case of 20 events down and reading it back."""
        return None
