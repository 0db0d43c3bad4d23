"""This library."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from time import process_time
from typing import TYPE_CHECKING, Any

from benchmarks.contenders import Contender
from benchmarks.model import EVENTS, FACTS, REFUSING, STATES, WAYS
from ohjausprosessi.errors import Refused
from ohjausprosessi.formats import definition_of
from ohjausprosessi.process import Process, loads

if TYPE_CHECKING:
    from collections.abc import Callable

    from ohjausprosessi.engine import Case

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
DATA: dict[str, Any] = {
    "ohjausprosessi": 1,
    "id": "ring",
    "version": "1",
    "responsible": "city",
    "start": "s0",
    "owners": {"city": {}},
    "roles": {"clerk": {"owner": "city"}},
    "facts": {name: {"type": "int"} for name in FACTS},
    "states": {name: {"owner": "city"} for name in STATES},
    "transitions": {
        way.name: {
            "from": way.source,
            "to": way.target,
            "by": "clerk",
            **({} if way.guard is None else {"if": way.guard}),
        }
        for way in WAYS
    },
}
ENDING: dict[str, Any] = {
    **DATA,
    "id": "ring_with_an_end",
    "states": {**DATA["states"], "over": {"owner": "city", "kind": "end"}},
    "transitions": {**DATA["transitions"], "stop": {"from": "s0", "to": "over", "by": "clerk"}},
}


class Ours(Contender):
    """``ohjausprosessi``."""

    name = "ohjausprosessi"
    module = "ohjausprosessi"
    checks = "guard, role, history"
    many = 100_000

    def __init__(self) -> None:
        self.process = self.build()
        self.ending = Process(definition_of(ENDING))
        self.case = self.process.start("1", facts=FACTS)
        self.timed = self.process.start("1", facts=FACTS, at=AT)

    def build(self) -> Process:
        process = Process(definition_of(DATA))
        process.start("1", facts=FACTS).advance("n0", by="clerk")
        return process

    def create(self) -> Case:
        return self.process.start("case")

    def walk(self, laps: int) -> None:
        case = self.case
        for _ in range(laps):
            for name in EVENTS:
                case = case.advance(name, by="clerk")

    def walk_at(self, laps: int) -> None:
        """Walk with ``at`` in every event."""
        case = self.timed
        for _ in range(laps):
            for name in EVENTS:
                case = case.advance(name, by="clerk", at=AT)

    def walk_at_with_a_fact(self, laps: int) -> None:
        """Walk with ``at`` and one fact in every event."""
        case, facts = self.timed, {"level": 1}
        for _ in range(laps):
            for name in EVENTS:
                case = case.advance(name, by="clerk", at=AT, facts=facts)

    def refuse(self) -> Callable[[], object]:
        case = self.process.start("1", facts=REFUSING)

        def attempt() -> Refused | None:
            try:
                case.advance("n0", by="clerk")
            except Refused as refused:
                return refused
            return None

        return attempt

    def options(self) -> Callable[[], object]:
        return lambda: self.case.options(by="clerk")

    def round_trip(self) -> Callable[[], object]:
        case = self.case
        for name in EVENTS:
            case = case.advance(name, by="clerk")
        return lambda: self.process.restore(json.loads(json.dumps(case.to_dict())))

    def stored_bytes(self) -> int:
        """The size of a stored case without its history, in bytes."""
        data = self.case.to_dict()
        data.pop("history")
        return len(json.dumps(data).encode())

    def start(self) -> Case:
        """A case that has gone around the ring once."""
        return self.lap_seconds(self.process.start("1", facts=FACTS))[0]

    def long_case(self, events: int) -> Case:
        """A case with so many events, at the start of the ring."""
        case = self.start()
        for _ in range(events // len(EVENTS) - 1):
            case, _ = self.lap_seconds(case)
        return case

    def case_before_an_end(self, at: datetime | None) -> Case:
        """A case that ``stop`` can end."""
        return self.ending.start("1", facts=FACTS, at=at)

    @staticmethod
    def ending_seconds(cases: list[Case], at: datetime | None) -> float:
        """The seconds it takes to end these cases."""
        begin = process_time()
        for case in cases:
            case.advance("stop", by="clerk", at=at)
        return process_time() - begin

    @staticmethod
    def lap_seconds(case: Case) -> tuple[Case, float]:
        """The case after one more lap, and the seconds the lap took."""
        begin = process_time()
        for name in EVENTS:
            case = case.advance(name, by="clerk")
        return case, process_time() - begin


def large_definition(states: int) -> Callable[[], Process]:
    """Loading a definition with so many states, from its text to its net."""
    lines = [
        *("ohjausprosessi: 1", "id: large", 'version: "1"', "responsible: city", "start: s0"),
        *("owners: {city: {}}", "roles: {clerk: {owner: city}}", "facts: {level: {type: int}}"),
        "states:",
        *(f"  s{i}: {{owner: city}}" for i in range(states)),
        "transitions:",
        *(
            f"  n{i}: {{from: s{i}, to: s{(i + 1) % states}, by: clerk, if: level == {i}}}"
            for i in range(states)
        ),
        *(
            f"  j{i}: {{from: s{i}, to: s{(i + 7) % states}, by: clerk}}"
            for i in range(states * 3 // 4)
        ),
    ]
    text = "\n".join(lines)
    return lambda: loads(text)
