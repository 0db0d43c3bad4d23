"""The model that every contender runs: 20 states in a ring, 35 transitions, 6 of them guarded.

One event is one step around the ring. Facts are as they must be for every guard to hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RING = 20
SHORTCUTS = 15


@dataclass(frozen=True)
class Way:
    """One transition: its guard as text (understood by all), and as a function."""

    name: str
    source: str
    target: str
    guard: str | None = None
    holds: Callable[[Mapping[str, Any]], bool] | None = None


GUARDS: tuple[tuple[str, Callable[[Mapping[str, Any]], bool]], ...] = (
    ("level == 1", lambda f: f["level"] == 1),
    ("ready == 1", lambda f: f["ready"] == 1),
    ("level < 3", lambda f: f["level"] < 3),
    ("level != 2", lambda f: f["level"] != 2),
    ("ready > 0", lambda f: f["ready"] > 0),
    ("level >= 1", lambda f: f["level"] >= 1),
)
STATES = tuple(f"s{i}" for i in range(RING))
FACTS = {"level": 1, "ready": 1}
REFUSING = {"level": 0, "ready": 1}


def _ways() -> tuple[Way, ...]:
    ring = []
    for i in range(RING):
        guard = GUARDS[i // 3] if i % 3 == 0 and i // 3 < len(GUARDS) else (None, None)
        ring.append(Way(f"n{i}", f"s{i}", f"s{(i + 1) % RING}", *guard))
    shortcuts = [Way(f"j{i}", f"s{i}", f"s{(i + 5) % RING}") for i in range(SHORTCUTS)]
    return (*ring, *shortcuts)


WAYS = _ways()
EVENTS = tuple(way.name for way in WAYS[:RING])
