"""One thing done to a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ohjausprosessi.engine import Case
    from ohjausprosessi.model import Value

__all__ = ["START", "Act"]

START = datetime(2026, 1, 5, 8, tzinfo=UTC)  # a Monday morning: random cases begin then


@dataclass(frozen=True, slots=True)
class Act:
    """The arguments of one ``Case.advance``, ``learn`` or ``tick``, as a value.

    Attributes:
        name: exact name of a transition, answer or duty; ``learn``; ``tick``.
        by: the role that acts; None for ``tick``.
        facts: pairs of fact and value to record; None = unknown again.
        state: the state to leave, where several branches are open.
        at: the moment.

    Example:
        import ohjausprosessi as op
        from ohjausprosessi.testing import Act

        process = op.load("ohjausprosessi_koulutukseen")
        act = Act("hakeudu_ohjaukseen", by="asiakas")
        assert act.on(process.start("asiakas-1")).active == ("henkilokohtainen_ohjaus",)
    """

    name: str
    by: str | None = None
    facts: tuple[tuple[str, Value | None], ...] = ()
    state: str | None = None
    at: datetime | None = None

    def on(self, case: Case) -> Case:
        """Apply it to a case.

        Raises:
            Refused: if it may not happen.
        """
        if self.name == "tick":
            return case if self.at is None else case.tick(self.at)
        facts = dict(self.facts)
        if self.name == "learn":
            return case.learn(facts, by=self.by, at=self.at)
        return case.advance(
            self.name, by=self.by, facts=facts or None, state=self.state, at=self.at
        )

    def __str__(self) -> str:
        said = [self.name]
        if self.by is not None:
            said.append(f"by {self.by}")
        if self.facts:
            said.append("with " + ", ".join(f"{name}={value!r}" for name, value in self.facts))
        if self.state is not None:
            said.append(f"from {self.state}")
        if self.name == "tick" and self.at is not None:
            said.append(f"to {self.at:%Y-%m-%d %H:%M} UTC")
        return " ".join(said)
