"""Elements by the names people know them by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.text.joining import all_of
from ohjausprosessi.text.lengths import length_words
from ohjausprosessi.text.shorten import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ohjausprosessi.model import Duration, Element, State

_KINDS = {
    "state": Text("odottava tila", "a waiting state"),
    "choice": Text("valinta", "a choice"),
    "fork": Text("haarautuminen", "a fork"),
    "join": Text("yhdistyminen", "a join"),
    "call": Text("kutsu", "a call"),
    "end": Text("loppu", "an end"),
}


def name(element: Element) -> Text:
    """An element as people know it: its title in quotes and its id, or the id alone."""
    if element.title is None:
        return Text(element.id, element.id)
    return Text(
        f"”{one_line(element.text('fi'))}” ({element.id})",
        f"“{one_line(element.text('en'))}” ({element.id})",
    )


def listed(elements: Iterable[Element], join: Callable[[Iterable[str], str], str] = all_of) -> Text:
    """The names of several elements as a list in running text.

    Args:
        elements: the elements.
        join: ``all_of`` for *a and b*, ``one_of`` for *a or b*.
    """
    names = [name(element) for element in elements]
    return Text.made_by(lambda lang: join([one.text(lang) for one in names], lang))


def kind(state: State) -> Text:
    """What sort of place a state is, with its article: ``valinta``, ``a choice``."""
    return _KINDS[state.kind]


def duration_text(duration: Duration, lang: str) -> str:
    """A duration in words: ``5 työpäivää``, ``5 workdays``."""
    return length_words(duration.amount, duration.unit, lang)
