"""The context of a page: one process in one language, and the names of its parts there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content.palette import owner_styles
from ohjausprosessi.diagram.content.phrases import guard_words
from ohjausprosessi.handbook.markup import Html, attribute_text, joined, tag, text
from ohjausprosessi.handbook.messages import message
from ohjausprosessi.model.naming import duration_text
from ohjausprosessi.text.lengths import length_genitive

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.diagram.content.palette import OwnerStyle
    from ohjausprosessi.model import Definition, Element, Transition
    from ohjausprosessi.net import Compiled

__all__ = ["PageContext"]


@dataclass(frozen=True)
class PageContext:
    """A process in a language, with what its page needs to name things.

    Attributes:
        compiled: the process.
        language: ``fi`` or ``en``.
        pages: id of a process to the file name of its page in the same language.
        counts: id of a state or transition to how many times or clients.
    """

    compiled: Compiled
    language: str
    pages: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def definition(self) -> Definition:
        """The definition of the process."""
        return self.compiled.definition

    @cached_property
    def styles(self) -> Mapping[str, OwnerStyle]:
        """The look of every owner."""
        return owner_styles(self.definition)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Transition to its number: its place in the file, as in the picture."""
        return {transition: n for n, transition in enumerate(self.definition.transitions, 1)}

    def message(self, key: str) -> str:
        """A message of the handbook in the language of the page."""
        return message(key, self.language)

    # ---- names

    def title(self, element: Element) -> str:
        """The title of an element."""
        return element.text(self.language)

    def plain(self, element: Element) -> str:
        """The title of an element for an attribute: one line, no soft hyphens."""
        return attribute_text(self.title(element))

    def state(self, state: str) -> Html:
        """The title of a state, as a link to its details."""
        return tag("a", self.title(self.definition.states[state]), href=f"#s-{state}")

    def states(self, states: Iterable[str]) -> Html:
        """Titles of states, as links."""
        return joined((self.state(state) for state in states), ", ")

    def transition(self, transition: Transition) -> Html:
        """The number and title of a transition."""
        number = tag("span", str(self.numbers[transition.id]), class_="number")
        return joined([number, " ", self.title(transition)])

    def owner(self, owner: str) -> Html:
        """The title of an owner with its letters, in its colour where it has states."""
        letters = " + ".join(
            self.styles[one].letters for one in self.definition.organisations(owner)
        )
        place = list(self.definition.owners).index(owner)
        badge = tag("span", letters, class_=f"badge o{place}")
        return tag("span", badge, " ", self.title(self.definition.owners[owner]), class_="owner")

    def people(self, names: Iterable[str]) -> Html:
        """Titles of roles and owners; a dash where there is none."""
        found = (self.definition.roles.get(n) or self.definition.owners[n] for n in names)
        return self.titles(found)

    def titles(self, elements: Iterable[Element]) -> Html:
        """Titles one after the other; a dash where there is none."""
        return text(", ".join(self.title(one) for one in elements) or self.message("none"))

    def lines(self, parts: Iterable[str]) -> Html:
        """Pieces one below the other; a dash where there is none."""
        found = list(parts)
        if not found:
            return text(self.message("none"))
        if len(found) == 1:
            return text(found[0])
        return tag("ul", *(tag("li", part) for part in found), class_="plain")

    # ---- times, conditions, grounds

    def length(self, duration: str) -> str:
        """A duration in words: ``5 työpäivää``."""
        return duration_text(self.definition.durations[duration], self.language)

    def after(self, duration: str) -> str:
        """When something happens by itself: ``30 päivän kuluttua``."""
        if self.language == "fi":
            return f"{self._of(duration)} kuluttua"
        return f"after {self.length(duration)}"

    def within(self, duration: str) -> str:
        """A time limit: ``5 työpäivän kuluessa``."""
        if self.language == "fi":
            return f"{self._of(duration)} kuluessa"
        return f"within {self.length(duration)}"

    def every(self, duration: str) -> str:
        """How often something is due: ``30 päivän välein``."""
        if self.language == "fi":
            return f"{self._of(duration)} välein"
        return f"every {self.length(duration)}"

    def _of(self, duration: str) -> str:
        found = self.definition.durations[duration]
        return length_genitive(found.amount, found.unit)

    def guard(self, guard: str | None) -> str:
        """A guard in words, or nothing."""
        if guard is None:
            return ""
        words = guard_words(self.definition, guard, self.language)
        return words[:1].upper() + words[1:]

    def origin(self, element: Element) -> Html:
        """Say where an element comes from: the source, our inference, or both."""
        sources = ", ".join(element.source)
        why = element.inferred.text(self.language) if element.inferred else ""
        if sources and why:
            return joined([self._lead("follows"), f" {sources}: {why}"])
        if sources:
            return joined([self._lead("from_source"), f": {sources}"])
        if why:
            return joined([self._lead("inferred"), f": {why}"])
        return text(self.message("untraced"))

    def _lead(self, key: str) -> Html:
        return tag("span", self.message(key), class_=f"ground {key}")

    def kind(self, state: str) -> str:
        """The kind of a state in words."""
        if state == self.definition.start:
            return self.message("kind_start")
        return self.message(f"kind_{self.definition.states[state].kind}")

    def deadline(self, state: str) -> str:
        """The deadline of a state in words, or nothing."""
        duration = self.definition.states[state].deadline
        return "" if duration is None else self.length(duration)

    def phase(self, state: str) -> str:
        """The title of a state's phase, or nothing."""
        phase = self.definition.states[state].phase
        return "" if phase is None else self.title(self.definition.phases[phase])

    def count(self, element: str) -> str | None:
        """The count of an element, or None if it was not counted.

        Of a transition whose ways were counted one by one, that is their sum.
        """
        ways = [n for name, n in self.counts.items() if name.startswith(f"{element}--")]
        if element not in self.counts and not ways:
            return None
        return str(self.counts.get(element, sum(ways)))

    def count_of_way(self, transition: str, source: str) -> str | None:
        """The count of a transition from one state, else its total count, or None."""
        figure = self.counts.get(f"{transition}--{source}", self.counts.get(transition))
        return None if figure is None else str(figure)
