"""Counterexamples drawn as paths: where the client is, what happens, where it goes wrong.

A path is a list of steps. Each step tells what is done, by whom and with which facts, and then the
places the client is at: cards in the colours of who has the client there, several of them while
branches run at the same time, a dashed one while an organisation has given the client and the next
one has not taken it. The last step says, with a cross, what goes wrong there. It is all text and
styles: no script is needed to read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, attribute_text, joined, tag
from ohjausprosessi.handbook.messages import MESSAGES
from ohjausprosessi.handbook.routes import places_of, role_of, way_of
from ohjausprosessi.model import arrows
from ohjausprosessi.verify.state_space.follow import cases_along

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ohjausprosessi.diagnostics import Finding, Step, Stop
    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.model import Arrow, Definition
    from ohjausprosessi.net import Compiled
    from ohjausprosessi.verify import DropoutReport

__all__ = ["CounterexamplePath", "counterexample_paths", "path_list"]

_LONG = re.compile(r"[^\W\d_]{14,}")
_SYLLABLE = re.compile(r"(?<=\w\w\w)(?=[bdfghjklmnprstv][aeiouyäö]\w)")


@dataclass(frozen=True, slots=True)
class CounterexamplePath:
    """A counterexample as it stands on a page.

    Attributes:
        number: its number on the page.
        finding: what it shows.
        marks: of each step, the states and the ways (transition, state left, state reached) to mark
            in the picture; empty where the counterexample cannot be shown
            there.
    """

    number: int
    finding: Finding
    marks: tuple[tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]], ...] = ()

    @property
    def name(self) -> str:
        """Its id on the page."""
        return f"course-{self.number}"

    @property
    def steps_id(self) -> str:
        """The id of its steps, by which the picture finds them."""
        return f"walk-c{self.number}"


def counterexample_paths(
    compiled: Compiled, report: DropoutReport, *, drawn: bool
) -> Mapping[Finding, CounterexamplePath]:
    """The path of each finding that has a counterexample, numbered in the order of the page.

    Args:
        compiled: the process.
        report: the report of the process.
        drawn: whether there is a picture to show them in.
    """
    ordered = dict.fromkeys((*report.losses, *report.broken, *report.findings))
    shown = (finding for finding in ordered if finding.counterexample)
    return {
        finding: CounterexamplePath(
            number, finding, _marks(compiled, finding.counterexample) if drawn else ()
        )
        for number, finding in enumerate(shown, 1)
    }


def _marks(
    compiled: Compiled, counterexample: Sequence[Step]
) -> tuple[tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]], ...]:
    """What to mark in the picture, found by running the counterexample on the engine."""
    definition = compiled.definition
    marks, known = [], 0
    for case in cases_along(compiled, counterexample) or ():
        ways = (way for event in case.history[known:] for way in way_of(definition, event))
        marks.append((places_of(definition, case), tuple(ways)))
        known = len(case.history)
    return tuple(marks)


def path_list(context: PageContext, path: CounterexamplePath) -> Html:
    """A counterexample drawn as a path, with a link to where the picture shows it."""
    counterexample = path.finding.counterexample
    label = f"{context.message('path')} {path.number}"
    steps = (
        _step(context, path, number, counterexample[number - 1] if number else None)
        for number in range(len(counterexample))
    )
    link = tag(
        "a",
        context.message("show_path"),
        href="#picture",
        aria_label=f"{context.message('show_path')}: {label}",
    )
    shown = (
        tag("span", " · ", link, class_="shows", data_walk=path.steps_id) if path.marks else None
    )
    return tag(
        "div",
        tag("p", tag("strong", label), shown),
        tag("ol", *steps, id=path.steps_id, class_="path", role="list", aria_label=label),
        id=path.name,
        class_="course",
    )


def _step(context: PageContext, path: CounterexamplePath, number: int, before: Step | None) -> Html:
    step, is_last = (
        path.finding.counterexample[number],
        number == len(path.finding.counterexample) - 1,
    )
    places, ways = path.marks[number] if number < len(path.marks) else ((), ())
    stops = _stops(context, step, () if before is None else before.stops)
    return tag(
        "li",
        *_act(context, step),
        tag(
            "div",
            *(stops if step.done else ()),
            _fails(context, path) if is_last else None,
            class_="stops",
        ),
        class_=" ".join(["step", *["last"] * is_last, *["tried"] * (not step.done)]),
        data_at=" ".join(places) if places else None,
        data_way=" ".join("--".join(way) for way in ways) if places else None,
        data_told=attribute_text(_told(step, context.language)) if places else None,
    )


def _fails(context: PageContext, path: CounterexamplePath) -> Html:
    key = f"fails_{path.finding.code}"
    words = context.message(key if key in MESSAGES else "fails")
    return tag("p", tag("span", "✗", aria_hidden="true"), f" {words}", class_="fails")


def _told(step: Step, language: str) -> str:
    """A step in one line, as the picture says it."""
    stops = (f"{stop.label.text(language)} [{stop.held.text(language)}]" for stop in step.stops)
    return f"{step.label.text(language)} → {' + '.join(stops)}"


def _act(context: PageContext, step: Step) -> tuple[Html, Html | None]:
    """What happens, with its number in the picture and the facts; and who does it."""
    definition = context.definition
    name, _, answer = step.event.partition(".")
    transition = definition.transitions.get(name)
    number = None
    if transition is not None:
        number = tag("span", str(context.numbers[name]), class_="number")
    who: str | None = None
    if step.by is not None:
        role = role_of(definition, step.by)
        who = None if role is None else context.title(role)
    elif transition is not None and not answer:
        who = context.message("automatic" if transition.after is None else "timer")
    words = step.label.text(context.language)
    told = _breakable(words[:1].upper() + words[1:], context.language)
    by = tag("p", _breakable(who, context.language), class_="by") if who else None
    return tag("p", number, " " if number else None, told, class_="act"), by


def _breakable(words: str, language: str) -> str:
    """Put soft hyphens into long Finnish words, at syllables."""
    if language != "fi":
        return words
    return _LONG.sub(lambda message: _SYLLABLE.sub("\u00ad", message[0]), words)


# ---- where the client is


def _stops(context: PageContext, step: Step, before: Iterable[Stop]) -> tuple[Html | None, Html]:
    """Cards for the places of the client; of a running call, the place inside it."""
    earlier, together = {stop.place for stop in before}, len(step.here) > 1
    cards = (_card(context, stop, still=together and stop.place in earlier) for stop in step.here)
    note = tag("p", context.message("at_once"), class_="note") if together else None
    return note, tag("ul", *cards, role="list")


def _card(context: PageContext, stop: Stop, *, still: bool) -> Html:
    """A place as a card; a dashed one for a client between two organisations."""
    definition = context.definition
    note = tag("span", context.message("still"), class_="note") if still else None
    state, handed = definition.states.get(stop.place), _open_handoff(definition, stop.place)
    if handed is not None:
        parties = (stop.holder, handed.receiver)
        return tag(
            "li",
            _strip(context, parties[0]),
            _inside(context, stop),
            tag("span", context.message("between"), class_="note"),
            tag("strong", _breakable(context.title(handed.transition), context.language)),
            _holders(context, stop, parties),
            note,
            _strip(context, parties[1]),
            class_="stop between",
        )
    owner = stop.holder if state is None else state.owner  # as in the picture, joint ones too
    colour = f" o{_place(context, owner)}" if owner in definition.owners else ""
    return tag(
        "li",
        _strip(context, owner),
        _inside(context, stop),
        tag("strong", _breakable(stop.label.text(context.language), context.language)),
        _holders(context, stop, (owner,)),
        note,
        class_=f"stop{colour}",
    )


def _inside(context: PageContext, stop: Stop) -> Html | None:
    """The states in which the process of a place is called, if it is called."""
    definition, names = context.definition, []
    for call in stop.place.split("/")[:-1]:
        names.append(context.title(definition.states[call]))
        definition = definition.calls[call]
    return tag("span", " › ".join(names), "\u00a0›", class_="note") if names else None


def _open_handoff(definition: Definition, place: str) -> Arrow | None:
    """The hand-off that is open at a place, if one is."""
    *calls, local = place.split("/")
    for call in calls:
        definition = definition.calls[call]
    name, _, kind = local.partition(".")
    if not kind.startswith("offered") or name not in definition.transitions:
        return None
    return arrows(definition, definition.transitions[name])[0]


def _holders(context: PageContext, stop: Stop, owners: tuple[str, ...]) -> Html:
    """Who has the client, with letters; those only a called process knows in its words."""
    if all(owner in context.definition.owners for owner in owners):
        return tag("span", joined((context.owner(owner) for owner in owners), " → "))
    return tag("span", stop.held.text(context.language))


def _strip(context: PageContext, owner: str) -> Html | None:
    if owner not in context.definition.owners:
        return None
    return tag("span", class_=f"strip h{_place(context, owner)}", aria_hidden="true")


def _place(context: PageContext, owner: str) -> int:
    return list(context.definition.owners).index(owner)
