"""A case as JSON data and back (SEMANTICS D1, D2): by definition hash, never the definition itself.

What is read back is hostile until it has been checked: anything the net cannot hold is refused with
its path in the data.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, get_args

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.engine.history import Event, EventKind, History
from ohjausprosessi.engine.input_validation import in_utc
from ohjausprosessi.engine.reasons import CaseDataInvalid, DefinitionDiffers
from ohjausprosessi.engine.snapshot import Extension, OpenHandoff, Timer
from ohjausprosessi.errors import Refused
from ohjausprosessi.guards import UNKNOWN
from ohjausprosessi.net.fact_slots import LARGEST, storable
from ohjausprosessi.text.shorten import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from ohjausprosessi.engine.history import Record
    from ohjausprosessi.engine.snapshot import Snapshot
    from ohjausprosessi.engine.transaction import CaseT
    from ohjausprosessi.net.compiled import Compiled
    from ohjausprosessi.net.fact_slots import Known
    from ohjausprosessi.net.net import Scope

__all__ = ["case_data", "event_data", "restore", "utc_text"]

_FORMAT = 1
_AT = Event._fields.index("at") - 1  # in a record, which has no seq
_PATH = 300  # no path of a real case is longer
_TIMES = ("at", "due")
_PAIRS = ("handed",)
_LISTS = ("cancelled", "withdrawn", "tell")
_KINDS = get_args(EventKind)


def utc_text(moment: datetime) -> str:
    """Write a UTC moment as text of fixed width."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


# ---- out


def case_data(case: Snapshot) -> dict[str, object]:
    """Write a case as JSON data (D1)."""
    compiled = case._compiled
    definition = compiled.definition
    data: dict[str, object] = {
        "format": _FORMAT,
        "process": definition.id,
        "version": definition.version,
        "definition": compiled.hash,
        "id": case._log[0][1],
        "seq": case._n - 1,
    }
    if (at := case._at) is not None:
        data["at"] = utc_text(at)
    data["scope"] = _scope_data(case, compiled.net.scopes[0])
    history = History(compiled, case._log, case._n)
    data["history"] = [event_data(event) for event in history]
    return data


def event_data(event: Event) -> dict[str, object]:
    """Write an event as JSON data, without the fields that do not apply."""
    data: dict[str, object] = {}
    for name, value in event._asdict().items():
        if value is None or value == ():
            continue
        if isinstance(value, datetime):
            data[name] = utc_text(value)
        elif name == "facts":
            data[name] = dict(value)
        else:
            data[name] = (
                [list(v) if isinstance(v, tuple) else v for v in value]
                if isinstance(value, tuple)
                else value
            )
    return data


def _scope_data(case: Snapshot, scope: Scope) -> dict[str, object]:
    compiled, more = case._compiled, case._more()
    places = compiled.net.places

    def local(place: int) -> str:
        return places[place].name.removeprefix(scope.prefix)

    def mine(place: int) -> bool:
        return places[place].scope == scope.number

    slots = [compiled.slots[n] for n in compiled.index[scope.number].values()]
    facts = {
        slot.name: case._facts[slot.number]
        for slot in slots
        if case._facts[slot.number] is not UNKNOWN
    }
    seen = more.seen
    parts: dict[str, object] = {
        "marking": [local(place) for place in more.marking if mine(place)],
        "facts": facts,
        "seen": {slot.name: list(seen[slot.number]) for slot in slots if slot.number in seen},
        "handoffs": {
            local(place): {
                "state": handoff.state and handoff.state.removeprefix(scope.prefix),
                "giver": handoff.giver,
                "to": handoff.to,
                "since": None if handoff.since is None else utc_text(handoff.since),
                "seq": handoff.seq,
            }
            for place, handoff in sorted(more.handoffs.items())
            if mine(place)
        },
        "times": [
            [local(timer.place), timer.what.removeprefix(scope.prefix), utc_text(timer.due)]
            for timer in more.timers
            if mine(timer.place)
        ],
        "duties": [
            [compiled.clocks[number].duty, compiled.clocks[number].entry, utc_text(since)]
            for number, since in more.clocks.items()
            if compiled.clocks[number].scope == scope.number
        ],
        "calls": {
            local(inner.call): _scope_data(case, inner)
            for inner in compiled.net.scopes
            if inner.parent == scope.number
            and inner.call is not None
            and inner.call in more.marking
        },
    }
    return {name: part for name, part in parts.items() if part or name == "marking"}


# ---- in


def restore(kind: type[CaseT], compiled: Compiled, data: object) -> CaseT:
    """Read the case that ``case_data`` wrote.

    Raises:
        Refused: ``definition`` if the case is of another definition, ``case_data`` if the data is
            none that this definition could have written.
    """
    return _Reader(compiled).case(kind, data)


def _refuse(path: str, fi: str, en: str, got: object) -> Refused:
    return Refused([CaseDataInvalid(path[:_PATH], Text(fi, en), shorten(got))])


def _named(names: Iterable[str]) -> str:
    return ", ".join(names) or "–"


class _Reader:
    """Reads one case; every part is checked before it is believed."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.facts: list[Known] = [UNKNOWN] * len(compiled.slots)
        self.marking: list[int] = []
        self.timers: list[Timer] = []
        self.handoffs: dict[int, OpenHandoff] = {}
        self.seen: dict[int, tuple[str, ...]] = {}
        self.clocks: dict[int, datetime] = {}

    def case(self, kind: type[CaseT], data: object) -> CaseT:
        whole = self._mapping(data, "")
        if whole.get("format") != _FORMAT:
            raise _refuse("format", str(_FORMAT), str(_FORMAT), whole.get("format"))
        definition, given = self.compiled.definition, whole.get("definition")
        if given != self.compiled.hash:
            said = given if isinstance(given, str) else shorten(given)
            own = (definition.id, definition.version)
            raise Refused([DefinitionDiffers(self.compiled.hash, said, *own)])
        case_id = self._text(whole.get("id"), "id")
        self._keys(
            whole,
            {"format", "process", "version", "definition", "id", "seq", "at", "scope", "history"},
            "",
        )
        at = self._moment(whole["at"], "at") if "at" in whole else None
        self._scope(self.compiled.net.scopes[0], whole.get("scope"), "scope")
        records = self._history(whole.get("history"))
        if whole.get("seq") != len(records):
            raise _refuse("seq", f"{len(records)}", f"{len(records)}", whole.get("seq"))
        return self._built(kind, case_id, at, records)

    def _built(
        self, kind: type[CaseT], case_id: str, at: datetime | None, records: list[Record]
    ) -> CaseT:
        compiled, marking = self.compiled, tuple(sorted(self.marking))
        timed = self.timers or self.clocks
        if at != records[-1][_AT]:
            raise _refuse("at", "viimeisen tapahtuman aika", "the time of the last event", at)
        if timed and at is None:
            raise _refuse(
                "at",
                "aika, koska määräaikoja on käynnissä",
                "a time, because time limits run",
                None,
            )
        case = kind()
        alone = len(marking) == 1
        case._table = compiled.tables[marking[0]] if alone else compiled.nowhere
        case._facts = self.facts
        case._log = [(compiled, case_id), *records]
        case._n = len(records) + 1
        case._extra = at
        if not alone or timed or self.handoffs or self.seen:
            case._extra = Extension(
                at,
                marking,
                tuple(sorted(self.timers)),
                dict(sorted(self.handoffs.items())),
                dict(sorted(self.seen.items())),
                dict(sorted(self.clocks.items())),
            )
        return case

    # ---- a scope

    def _scope(self, scope: Scope, data: object, path: str) -> None:
        part = self._mapping(data, path)
        self._keys(part, {"marking", "facts", "seen", "handoffs", "times", "duties", "calls"}, path)
        marking = [
            self._place(scope, name, f"{path}.marking[{index}]")
            for index, name in enumerate(self._list(part.get("marking"), f"{path}.marking"))
        ]
        self._check_marking(marking, f"{path}.marking")
        self.marking += marking
        self._known(scope, part.get("facts", {}), f"{path}.facts")
        for name, owners in self._mapping(part.get("seen", {}), f"{path}.seen").items():
            self._seen(scope, name, owners, f"{path}.seen.{name}")
        self._handoffs(scope, marking, part.get("handoffs", {}), f"{path}.handoffs")
        for index, entry in enumerate(self._list(part.get("times", []), f"{path}.times")):
            self._time(scope, marking, entry, f"{path}.times[{index}]")
        for index, entry in enumerate(self._list(part.get("duties", []), f"{path}.duties")):
            self._clock(scope, entry, f"{path}.duties[{index}]")
        self._calls(scope, marking, part.get("calls", {}), f"{path}.calls")

    def _known(self, scope: Scope, data: object, path: str) -> None:
        """Read what is known; a fact with a default never is unknown (F1)."""
        for number in self.compiled.index[scope.number].values():
            self.facts[number] = self.compiled.slots[number].default
        for name, value in self._mapping(data, path).items():
            slot = self.compiled.slots[self._fact(scope, name, f"{path}.{name}")]
            if type(value) is not slot.kind or not (slot.allows is None or slot.allows(value)):
                raise _refuse(f"{path}.{name}", "tiedon arvo", "a value of this fact", value)
            self.facts[slot.number] = value  # type: ignore[call-overload]  # allowed, so a value

    def _check_marking(self, marking: list[int], path: str) -> None:
        if not marking or len(set(marking)) < len(marking):
            raise _refuse(
                path, "yksi tai useampi eri paikka", "one or more different places", len(marking)
            )
        ends = [p for p in marking if (s := self.compiled.state_of(p)) and s.kind == "end"]
        if ends and len(marking) > 1:
            name = self.compiled.net.places[ends[0]].name
            raise _refuse(
                path, f"vain loppu {name}", f"nothing besides the end {name}", len(marking)
            )

    def _seen(self, scope: Scope, name: str, owners: object, path: str) -> None:
        number = self._fact(scope, name, path)
        known = tuple(
            self._of(owner, self.compiled.owners, f"{path}[{index}]")
            for index, owner in enumerate(self._list(owners, path))
        )
        if not self.compiled.slots[number].personal or self.facts[number] is UNKNOWN:
            raise _refuse(
                path, "tiedossa oleva henkilökohtainen tieto", "a personal fact that is known", name
            )
        self.seen[number] = known

    def _handoffs(self, scope: Scope, marking: list[int], data: object, path: str) -> None:
        places = self.compiled.net.places
        given = self._mapping(data, path)
        offered = {
            places[p].name.removeprefix(scope.prefix): p
            for p in marking
            if places[p].kind == "offered"
        }
        if set(given) != set(offered):
            names = _named(offered)
            raise _refuse(
                path, f"avoimet luovutukset {names}", f"the open hand-offs {names}", [*given]
            )
        owners = scope.definition.owners
        for name, entry in given.items():
            part = self._mapping(entry, f"{path}.{name}")
            self._keys(part, {"state", "giver", "to", "since", "seq"}, f"{path}.{name}")
            state, since = part.get("state"), part.get("since")
            if state is not None:
                state = self._of(state, scope.definition.states, f"{path}.{name}.state")
            handoff = OpenHandoff(
                self._of(part.get("giver"), owners, f"{path}.{name}.giver"),
                self._of(part.get("to"), owners, f"{path}.{name}.to"),
                None if state is None else scope.prefix + state,
                None if since is None else self._moment(since, f"{path}.{name}.since"),
                self._number(part.get("seq"), f"{path}.{name}.seq"),
            )
            self.handoffs[offered[name]] = handoff

    def _time(self, scope: Scope, marking: list[int], entry: object, path: str) -> None:
        name, event, due = self._three(entry, path)
        place, what = self._place(scope, name, f"{path}[0]"), scope.prefix + self._text(event, path)
        limits = [limit for limit, _ in self.compiled.effects[place].arms]
        again = any((timer.place, timer.what) == (place, what) for timer in self.timers)
        if place not in marking or what not in limits or again:
            raise _refuse(
                path,
                "määräaika, joka voi olla käynnissä tässä, kerran",
                "a time limit that can run here, once",
                entry,
            )
        order = limits.index(what)
        self.timers.append(Timer(self._moment(due, f"{path}[2]"), place, order, limits[order]))

    def _clock(self, scope: Scope, entry: object, path: str) -> None:
        duty, owner, since = self._three(entry, path)
        for clock in self.compiled.clocks:
            own = (clock.scope, clock.duty, clock.entry) == (scope.number, duty, owner)
            if own and clock.number not in self.clocks:
                self.clocks[clock.number] = self._moment(since, f"{path}[2]")
                return
        raise _refuse(
            path,
            "määrävälein tehtävä ja yksi sen tekijöistä, kerran",
            "a duty with a clock and one of its entries, once",
            entry,
        )

    def _calls(self, scope: Scope, marking: list[int], data: object, path: str) -> None:
        running = {
            self.compiled.net.places[inner.call].name.removeprefix(scope.prefix): inner
            for inner in self.compiled.net.scopes
            if inner.parent == scope.number and inner.call in marking and inner.call is not None
        }
        given = self._mapping(data, path)
        if set(given) != set(running):
            names = _named(running)
            raise _refuse(
                path, f"käynnissä olevat kutsut {names}", f"the running calls {names}", [*given]
            )
        for name, inner in running.items():
            self._scope(inner, given[name], f"{path}.{name}")

    # ---- the history

    def _history(self, data: object) -> list[Record]:
        events = self._list(data, "history")
        if not events:
            raise _refuse("history", "ainakin alku", "at least the start", events)
        return [
            self._event(entry, seq, f"history[{seq - 1}]") for seq, entry in enumerate(events, 1)
        ]

    def _event(self, data: object, seq: int, path: str) -> Record:
        part = self._mapping(data, path)
        self._keys(part, set(Event._fields), path)
        if part.get("seq") != seq:
            raise _refuse(f"{path}.seq", f"{seq}", f"{seq}", part.get("seq"))
        fields: dict[str, object] = dict(Event(seq, "act", "")._asdict())
        readers: dict[str, Callable[[object, str], object]] = {
            "kind": lambda value, at: self._of(value, _KINDS, at),
            "transition": self._text,
            "cause": self._number,
            "of": self._number,
            "facts": self._facts,
            **dict.fromkeys(_TIMES, self._moment),
            **dict.fromkeys(_PAIRS, self._pairs),
            **dict.fromkeys(_LISTS, self._texts),
        }
        for name, value in part.items():
            if name != "seq":
                fields[name] = readers.get(name, self._text)(value, f"{path}.{name}")
        for name in ("kind", "transition"):
            if name not in part:
                raise _refuse(f"{path}.{name}", "teksti", "a text", None)
        return tuple(value for name, value in fields.items() if name != "seq")

    # ---- parts

    def _mapping(self, value: object, path: str) -> Mapping[str, object]:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise _refuse(path, "olio", "an object", value)
        return value

    def _keys(self, part: Mapping[str, object], known: set[str], path: str) -> None:
        for key in part:
            if key not in known:
                raise _refuse(
                    f"{path}.{key}".lstrip("."),
                    "tyhjää",
                    "absent",
                    part[key],
                )

    def _list(self, value: object, path: str) -> list[object]:
        if not isinstance(value, list):
            raise _refuse(path, "luettelo", "a list", value)
        return value

    def _three(self, value: object, path: str) -> tuple[object, object, object]:
        entry = self._list(value, path)
        if len(entry) != 3:  # noqa: PLR2004  three parts
            raise _refuse(path, "kolmen luettelo", "a list of three", value)
        return entry[0], entry[1], entry[2]

    def _text(self, value: object, path: str) -> str:
        if not isinstance(value, str):
            raise _refuse(path, "teksti", "a text", value)
        if not storable(value):
            raise _refuse(path, "teksti, jonka voi tallentaa", "a text that can be stored", value)
        return value

    def _texts(self, value: object, path: str) -> tuple[str, ...]:
        return tuple(
            self._text(entry, f"{path}[{index}]")
            for index, entry in enumerate(self._list(value, path))
        )

    def _pairs(self, value: object, path: str) -> tuple[tuple[str, str], ...]:
        pairs = []
        for index, entry in enumerate(self._list(value, path)):
            texts = self._texts(entry, f"{path}[{index}]")
            if len(texts) != 2:  # noqa: PLR2004  giver and receiver
                raise _refuse(
                    f"{path}[{index}]", "luovuttaja ja vastaanottaja", "giver and receiver", entry
                )
            pairs.append((texts[0], texts[1]))
        return tuple(pairs)

    def _facts(self, value: object, path: str) -> tuple[tuple[str, object], ...]:
        facts = self._mapping(value, path)
        for name, fact in facts.items():
            large = type(fact) is int and not -LARGEST <= fact <= LARGEST
            if large or (fact is not None and type(fact) not in {bool, int, str}):
                raise _refuse(f"{path}.{name}", "arvo", "a value", fact)
            for text in (name, fact):
                if isinstance(text, str):
                    self._text(text, f"{path}.{name}")
        return tuple(facts.items())

    def _number(self, value: object, path: str) -> int:
        if type(value) is not int or not 0 <= value <= LARGEST:
            raise _refuse(path, "luku", "a number", value)
        return value

    def _moment(self, value: object, path: str) -> datetime:
        text, moment = self._text(value, path), None
        with suppress(ValueError):
            moment = in_utc(datetime.fromisoformat(text))
        if moment is None or utc_text(moment) != text:
            example = "2026-01-31T08:00:00.000000Z"
            raise _refuse(
                path, f"UTC-aika kuten {example}", f"a time in UTC such as {example}", value
            )
        return moment

    def _of(self, value: object, known: Collection[str], path: str) -> str:
        text = self._text(value, path)
        if text not in known:
            names = _named(sorted(known))[:200]
            raise _refuse(path, f"jokin näistä: {names}", f"one of {names}", value)
        return text

    def _place(self, scope: Scope, name: object, path: str) -> int:
        number = self.compiled.place_numbers.get(f"{scope.prefix}{self._text(name, path)}")
        if number is None or self.compiled.net.places[number].scope != scope.number:
            process = scope.definition.id
            raise _refuse(path, f"prosessin {process} paikka", f"a place of {process}", name)
        return number

    def _fact(self, scope: Scope, name: str, path: str) -> int:
        number = self.compiled.index[scope.number].get(name)
        if number is None:
            process = scope.definition.id
            raise _refuse(path, f"prosessin {process} tieto", f"something known in {process}", name)
        return number
