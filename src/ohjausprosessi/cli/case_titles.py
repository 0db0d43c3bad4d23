"""What people read for the names of a case: titles, marks of the owners, places and events."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ohjausprosessi.cli import messages as say
from ohjausprosessi.model.naming import duration_text
from ohjausprosessi.text.shorten import one_line

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from datetime import datetime

    from ohjausprosessi.cli.terminal import Part
    from ohjausprosessi.diagnostics import Text
    from ohjausprosessi.engine import Event
    from ohjausprosessi.model import (
        Definition,
        Duration,
        Element,
        Fact,
        Owner,
        Role,
        State,
        Value,
    )

__all__ = ["CaseTitles"]

_SHAPES = {"triangle": "▲", "point": "●", "square": "■", "diamond": "◆"}
_JOINT = "◇"
_ASIDE = re.compile(r"\s+[(–]")
_STYLES = {
    "yellow": "black on bright_yellow",
    "blue": "bright_white on blue",
    "red": "bright_white on red",
    "green": "black on green",
    "orange": "black on dark_orange",
    "purple": "bright_white on magenta",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class CaseTitles:
    """The words of a process in one language, its called processes included.

    Exact names of a case carry the calls they are in (``call/state``); each is looked up in the
    definition it belongs to.
    """

    def __init__(self, definition: Definition, language: str, *, brief: bool = False) -> None:
        """Make the words of a process.

        Args:
            definition: the process.
            language: ``fi`` or ``en``.
            brief: leave out of titles what stands in brackets or after a dash.
        """
        from ohjausprosessi.diagram.content.palette import owner_styles  # noqa: PLC0415  drawing comes with it

        self.definition = definition
        self.language = language
        self._brief = brief
        self.zone = ZoneInfo(definition.timezone)
        self._scopes = tuple(_scopes(definition))
        self._letters = {
            owner: style.letters
            for scope in reversed(self._scopes)
            for owner, style in owner_styles(scope).items()
        }

    def say(self, text: Text, /, **values: object) -> str:
        """A message of the catalogue, filled in."""
        return text.text(self.language).format(**values)

    def title(self, element: Element) -> str:
        """The title of an element."""
        title = one_line(element.text(self.language))
        return _ASIDE.split(title, maxsplit=1)[0] if self._brief else title

    # ---- elements

    def scope(self, exact: str) -> tuple[Definition, str]:
        """The definition that an exact name belongs to, and its name there."""
        *calls, name = exact.split("/")
        definition = self.definition
        for call in calls:
            definition = definition.calls[call]
        return definition, name

    def owner(self, owner: str) -> str:
        """The title of an owner."""
        found = self._owner(owner)
        return owner if found is None else self.title(found)

    def _owner(self, owner: str) -> Owner | None:
        return next((s.owners[owner] for s in self._scopes if owner in s.owners), None)

    def role(self, role: str) -> str:
        """The title of a role, or of an owner named in the place of its roles."""
        found = self.find_role(role)
        return self.owner(role) if found is None else self.title(found)

    def find_role(self, role: str) -> Role | None:
        """A role of the process or of one it calls."""
        return next((s.roles[role] for s in self._scopes if role in s.roles), None)

    def fact(self, name: str) -> str:
        """The title of a fact or an information item."""
        for scope in self._scopes:
            if (element := scope.facts.get(name) or scope.info.get(name)) is not None:
                return self.title(element)
        return name

    def find_fact(self, name: str) -> Fact | None:
        """A fact of the process or of one it calls; None for an information item."""
        return next((s.facts[name] for s in self._scopes if name in s.facts), None)

    def knows(self, name: str) -> bool:
        """Whether there is a fact or an information item of a name."""
        return any(name in scope.facts or name in scope.info for scope in self._scopes)

    def value(self, name: str, value: Value | None) -> str:
        """What people read for a value."""
        if value is None:
            return self.say(say.UNKNOWN)
        fact = self.find_fact(name)
        return one_line(str(value) if fact is None else fact.value_text(value, self.language))

    def value_from_text(self, name: str, text: str) -> str:
        """What people read for a value that a reason of the engine gives as text."""
        fact = self.find_fact(name)
        if fact is None:
            return text
        if fact.type == "bool":
            return fact.value_text(text == "true", self.language)
        return fact.value_text(text.strip("'"), self.language)

    def duration(self, duration: Duration) -> str:
        """A length of time as people say it."""
        return duration_text(duration, self.language)

    def within(self, definition: Definition, name: str | None) -> str:
        """A named length of time in words, or nothing."""
        return "" if name is None else self.duration(definition.durations[name])

    def listed(self, names: Iterable[str]) -> str:
        """Join names with commas."""
        return ", ".join(names)

    # ---- owners as marks

    def mark(self, owner: str) -> tuple[Part, ...]:
        """The mark of an owner: its shape in its colour, and its letters."""
        found = self._owner(owner)
        if found is None:
            return (owner,)
        shape = _JOINT if found.members else _SHAPES.get(found.shape, "■")
        style = "bold" if found.members else _STYLES.get(found.colour, "")
        return ((f"{shape} {self._letters[owner]}", style),)

    # ---- where a case is

    def state(self, exact: str) -> State | None:
        """The state of a place; of an open hand-off, the state it left."""
        definition, name = self.scope(exact)
        if "." in name:
            name = name.partition("@")[2]
        return definition.states.get(name)

    def state_title(self, exact: str) -> str:
        """The title of a state."""
        definition, name = self.scope(exact)
        found = definition.states.get(name)
        return exact if found is None else self.title(found)

    def place(self, exact: str) -> str:
        """What people read for a place: a state, an open hand-off, a branch that waits."""
        definition, name = self.scope(exact)
        base, _, rest = name.partition(".")
        if not rest:
            return self.state_title(exact)
        element = definition.transitions.get(base) or definition.states.get(base)
        title = base if element is None else self.title(element)
        if rest.startswith("offered"):
            return self.say(say.PLACE_OFFERED, title=title)
        if rest == "arrived":
            return self.say(say.PLACE_ARRIVED, title=title)
        return f"{title} ({rest})"

    # ---- what happened

    def act(self, exact: str) -> str:
        """The title of a transition, an answer, a duty or another event name."""
        definition, name = self.scope(exact)
        base, _, kind = name.partition(".")
        base = base.partition("@")[0]
        if base in say.EVENTS:
            return self.say(say.EVENTS[base])
        element = next(
            (
                section[base]
                for scope in (definition, *self._scopes)
                for section in (scope.transitions, scope.duties, scope.states)
                if base in section
            ),
            None,
        )
        title = base if element is None else self.title(element)
        if kind == "return" and base in definition.calls:
            return self.say(say.RETURNED, title=self.title(definition.calls[base]))
        return self.say(say.ACTS[kind], title=title) if kind in say.ACTS else title

    def short(self, exact: str) -> str:
        """The name of an act without its call, unless that would mean another one (C4)."""
        plain = exact.rpartition("/")[2]
        base = plain.partition(".")[0]
        root = self.definition
        return exact if base in root.transitions or base in root.duties else plain

    def facts(self, facts: Iterable[tuple[str, Value | None]], hidden: Container[str] = ()) -> str:
        """Recorded facts in words.

        Of an information item, and of what is hidden from who looks, only the title is told.
        """
        return self.listed(
            self.fact(name)
            if name in hidden or (value is not None and self.find_fact(name) is None)
            else f"{self.fact(name)}: {self.value(name, value)}"
            for name, value in facts
        )

    def personal(self) -> frozenset[str]:
        """Names of the personal facts and information items, which not every role may see (F6)."""
        facts = (fact.id for s in self._scopes for fact in s.facts.values() if fact.personal)
        info = (item.id for s in self._scopes for item in s.info.values() if item.personal)
        return frozenset((*facts, *info))

    def event(self, event: Event, hidden: Container[str] = ()) -> str:
        """One line for an event: who did what, and the facts recorded with it."""
        what = self.act(event.transition)
        if event.kind == "learn":
            what = self.say(say.LEARNT, facts=self.facts(event.facts, hidden))
        elif event.kind == "time" and not event.transition.endswith(".expire"):
            what = self.say(say.TIME_IS_UP, title=what)
        elif event.kind == "auto" and not event.transition.endswith(".return"):
            what = self.say(say.BY_ITSELF, title=what)
        elif event.kind == "correct":
            what = self.say(say.CORRECTED, of=event.of, why=event.why)
        if event.by is None:
            return what
        verb = event.kind in {"learn", "correct"}
        return f"{self.role(event.by)}{'' if verb else ':'} {what}"

    def day(self, moment: datetime | None) -> str:
        """A date as people write it, on the calendar of the process."""
        if moment is None:
            return ""
        local = moment.astimezone(self.zone)
        if self.language == "fi":
            return f"{local.day}.{local.month}.{local.year}"
        return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"

    def moment(self, moment: datetime) -> str:
        """A date and a time of day as people write them."""
        local = moment.astimezone(self.zone)
        time = f"{local.hour}.{local.minute:02}" if self.language == "fi" else f"{local:%H:%M}"
        return f"{self.day(moment)} {'klo ' if self.language == 'fi' else ''}{time}"


def _scopes(definition: Definition) -> Iterable[Definition]:
    """A definition and all it calls, itself first, each once."""
    found = {definition.id: definition}
    waiting = [definition]
    while waiting:
        for called in waiting.pop(0).calls.values():
            if called.id not in found:
                found[called.id] = called
                waiting.append(called)
    return found.values()
