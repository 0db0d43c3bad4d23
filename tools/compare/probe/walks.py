"""Random things done to a case, sensible ones and others, and all that is answered.

What is tried is drawn from the words of the corpus and from what the case itself offers: two versions
that behave alike are asked the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tools.compare.probe import data, names

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

T0 = datetime(2026, 1, 5, 8, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")
WRONG = (7, "nothing", True, 1.5, "")
JUNK = (None, 7, -1, "nothing", [], {}, True, "2026-01-05T08:00:00Z", 10**9)


class Walk:
    """One walk through a process; ``said`` holds what was answered, by kind.

    Args:
        process: the process.
        words: names and values that may be tried.
        random: what decides.
    """

    def __init__(self, process: Any, words: dict[str, Any], random: Random) -> None:
        self._process = process
        self._words = words
        self._random = random
        self._step = 0
        self.said: dict[str, list[Any]] = defaultdict(list)
        self.stored: list[str] = []

    def run(self, steps: int, case: Any = None) -> Any:
        """Walk so many steps, from a new case or on from one; return the last case."""
        if case is None:
            case = self._start()
            self._observe(case)
        keep = self._random.randrange(steps)
        for step in range(steps):
            self._step += 1
            case = self._event(case)
            self._observe(case)
            if step == keep:
                self._store(case)
            if case.ended and self._random.random() < 0.5:
                break
        self._store(case)
        self.said["history"] = data.history(case)
        self._replay(case)
        return case

    # ---- asking

    def _tell(self, kind: str, **what: Any) -> None:
        self.said[kind].append({"step": self._step, **what})

    def _try(self, what: str, given: dict[str, Any], act: Callable[..., Any]) -> Any:
        """Do something; return None where it is refused, after writing down how."""
        try:
            return act(**given)
        except names.Refused as error:
            self._tell("refusals", tried=[what, data.plain(given)], **data.refused(error))
        except Exception as error:  # noqa: BLE001  whatever it is: does the other side do it, too?
            said = f"{type(error).__name__}: {error}"
            self._tell("raised", tried=[what, data.plain(given)], error=said)
        return None

    def _observe(self, case: Any) -> None:
        """Ask a case what it is and what may happen."""
        random = self._random
        self._tell("cases", **data.case(case))
        roles = self._words["roles"]
        by = random.choice([None, *roles])
        for given in ({"by": by, "blocked": random.random() < 0.6}, {"by": None, "blocked": False}):
            if given["by"] is not None and given["by"] not in self._process.roles:
                continue  # refused by newer versions
            found = self._try("options", given, case.options)
            options = [{**data.option(o), "by": list(o.by)} for o in found or ()]
            self._tell("options", asked=given, options=options)
        if random.random() < 0.3:
            role = random.choice(roles)
            if role in self._process.roles:  # an unknown role is refused by newer versions
                self._tell("cases", by=role, visible=dict(case.visible_facts(by=role)))
        now = (case.at or T0) + timedelta(days=random.choice([0, 1, 7, 45]))
        if random.random() < 0.5:
            due = self._try("due", {"now": now}, case.due)
            self._tell("due", now=now.isoformat(), due=data.plain(due))
        if random.random() < 0.5:
            given = {
                "by": random.choice([None, *roles]),
                "facts": self._facts() if random.random() < 0.3 else None,
                "state": random.choice([None, None, *self._words["states"]]),
                "at": self._moment(case) if random.random() < 0.3 else None,
            }
            name = random.choice(self._words["names"])
            found = self._try("explain", {"name": name, **given}, case.explain)
            if found is not None:
                said = {"fi": found.text("fi"), "en": found.text("en")}
                self._tell("explained", name=name, **data.option(found), **said)

    def _store(self, case: Any) -> None:
        """Write a case down as a store would keep it, and read it back."""
        text = json.dumps(case.to_dict(), ensure_ascii=False)
        self.stored.append(text)
        self._tell("stored", text=text)
        back = self._try("restore", {"data": json.loads(text)}, self._process.restore)
        self._tell("restored", equal=back == case)

    def _replay(self, case: Any) -> None:
        back = self._try("replay", {}, lambda: self._process.replay(case.history))
        self._tell("restored", replayed=back == case)

    # ---- doing

    def _start(self) -> Any:
        random = self._random
        at = random.choice([None, T0, T0, T0 + timedelta(days=random.randrange(400))])
        if random.random() < 0.5:
            given = {
                "facts": self._facts(),
                "by": random.choice([None, *self._words["roles"]]),
                "actor": random.choice([None, "person"]),
                "at": random.choice([at, at, T0.replace(tzinfo=None)]),
            }
            case = self._try("start", given, lambda **g: self._process.start("x", **g))
            if case is not None:
                return case
        return self._process.start("x", at=at)

    def _event(self, case: Any) -> Any:
        """Something random; the same case where it is refused."""
        random = self._random
        draw = random.random()
        by, at = random.choice(self._words["roles"]), self._moment(case)
        if draw < 0.68:
            after = self._try("advance", self._act(case, at), case.advance)
        elif draw < 0.8:
            given = {"facts": self._facts(), "by": by, "at": at}
            after = self._try("learn", given, case.learn)
        elif draw < 0.9:
            now = (case.at or T0) + timedelta(days=random.choice([0, 1, 7, 45]), minutes=7)
            after = self._try("tick", {"now": now}, case.tick)
        elif draw < 0.95:
            given = {"by": by, "why": random.choice(["a mistake", ""]), "at": at}
            after = self._try("correct", given, case.correct)
        elif draw < 0.97:
            text = json.dumps(case.to_dict())
            after = self._try("restore", {"data": json.loads(text)}, self._process.restore)
        else:
            spoiled = self._spoiled(case.to_dict())
            after = self._try("restore", {"data": spoiled}, self._process.restore)
            if after is not None:
                self._tell("restored", spoiled=json.dumps(after.to_dict()))
            after = None
        return case if after is None else after

    def _act(self, case: Any, at: datetime | None) -> dict[str, Any]:
        """An act, mostly one that may happen or nearly may."""
        random, words = self._random, self._words
        given: dict[str, Any] = {"at": at, "state": None}
        if random.random() < 0.4:
            given["facts"] = self._facts()
        if random.random() < 0.2:
            given["actor"] = "person"
        ready = random.random() < 0.6
        options = case.options(blocked=not ready)
        if options and random.random() < 0.93:
            option = random.choice(options)
            by = random.choice(
                [*(option.by if random.random() < 0.9 else words["roles"])] or [None]
            )
            state = option.state if random.random() < 0.6 else None
            return {**given, "name": option.transition, "by": by, "state": state}
        given["name"] = random.choice([*words["names"], "t99", words["names"][0][:-1] + "z"])
        given["by"] = random.choice([*words["roles"], "nobody", None])
        given["state"] = random.choice([None, None, *words["states"]])
        return given

    def _facts(self) -> dict[str, Any]:
        """A few facts, some of them unknown names or wrong values."""
        random, known = self._random, self._words["facts"]
        facts: dict[str, Any] = {}
        for name in random.sample(sorted(known), min(len(known), random.choice([1, 1, 2, 3]))):
            values = [*known[name], *known[name], None] if random.random() < 0.9 else WRONG
            facts[name] = random.choice(values)
        if random.random() < 0.03:
            facts["levle"] = 1
        return facts

    def _moment(self, case: Any) -> datetime | None:
        """When something happens; seldom a moment that will not do."""
        random, last = self._random, case.at
        if last is None:
            return T0 if random.random() < 0.15 else None
        draw = random.random()
        if draw < 0.08:
            return random.choice([None, last.replace(tzinfo=None), last - timedelta(seconds=1)])
        later: datetime = last + timedelta(hours=random.choice([0, 0, 1, 30]))
        return later.astimezone(HELSINKI) if draw < 0.25 else later

    def _spoiled(self, stored: dict[str, Any]) -> Any:
        """Stored data with something wrong in it."""
        random = self._random
        copy = json.loads(json.dumps(stored))
        node: Any = copy
        while True:
            key = random.choice(list(node) if isinstance(node, dict) else list(range(len(node))))
            below = node[key]
            if isinstance(below, (dict, list)) and below and random.random() < 0.85:
                node = below
            elif random.random() < 0.3:
                del node[key]
                return copy
            else:
                node[key] = random.choice(JUNK)
                return copy
