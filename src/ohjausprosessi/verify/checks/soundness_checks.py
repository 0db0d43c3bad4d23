"""Checks of every course a case can take: where a client could be lost or cut off (SEMANTICS §12).

They read ``Courses``: guards and ``set`` count, so a way that no client can go is no counterexample.
Each finding has the shortest course that shows it, event by event as the engine accepts them.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.state_space.symbolic_step import Situation
from ohjausprosessi.verify.state_space.wording import finding, names, place_name, steps, valuation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ohjausprosessi.diagnostics import Finding, Step, Where
    from ohjausprosessi.net.compiled import Move
    from ohjausprosessi.verify.state_space.analysis import Study
    from ohjausprosessi.verify.state_space.state_space import Blocked, Waits
    from ohjausprosessi.verify.state_space.symbolic_step import Event

    Check = Callable[[Study], Iterator[Finding]]


def _over_courses(check: Check) -> Check:
    """Let a check look at the courses only where it is not plain without that they are right."""

    @wraps(check)
    def look(study: Study) -> Iterator[Finding]:
        if not study.is_plainly_sound:
            yield from check(study)

    return look


@_over_courses
def undecided(study: Study) -> Iterator[Finding]:
    """Say so where there are more situations than the budget lets be seen."""
    if not study.courses.complete:
        seen = len(study.courses.before)
        yield finding(
            "undecided",
            "warning",
            study.definition.origin.where("states"),
            fi=f"tilanteita on niin paljon, ettei kaikkia voitu käydä läpi ({seen} nähtiin): "
            "se, mitä ei löytynyt, voi silti olla",
            en=f"there are too many situations to look at all of them ({seen} were seen): what was "
            "not found may still be there",
        )


@_over_courses
def unsafe(study: Study) -> Iterator[Finding]:
    """Find moves that can be stopped because the place they lead to is taken (N5)."""
    seen: set[str] = set()
    for blocked in study.courses.found.blocked:
        move = blocked.move
        if move.net.name in seen:
            continue
        seen.add(move.net.name)
        place = place_name(study.machine, blocked.place)
        yield finding(
            "unsafe",
            "error",
            _where(study, move),
            fi=f"{_moved(study, move, 'fi')} voi jäädä odottamaan: {place.fi} on jo varattu toisen "
            "haaran asiakkaalle",
            en=f"{_moved(study, move, 'en')} can be stopped: {place.en} is taken by another branch",
            hint=(
                "yhdistä haarat (`join`) ennen samaa tilaa",
                "bring the branches together (`join`) before they meet in one state",
            ),
            course=_way_to_blocked(study, blocked),
        )


def _way_to_blocked(study: Study, blocked: Blocked) -> tuple[Step, ...]:
    """Return the way to a stopped move: with an event it comes after, or itself as tried."""
    event, move = blocked.event, blocked.move
    if event.moves:
        return _way(study, blocked.situation, event)
    return _way(study, blocked.situation, tried=move)


@_over_courses
def improper_completion(study: Study) -> Iterator[Finding]:
    """Find ends that are entered while something else is still open (P1)."""
    seen: set[str] = set()
    for swept in study.courses.found.swept:
        move = swept.move
        if not move.net.ends or _is_interrupt(move) or move.net.name in seen:
            continue
        seen.add(move.net.name)
        lost = _places(study, swept.lost)
        yield finding(
            "improper-completion",
            "error",
            _where(study, move),
            fi=f"{_moved(study, move, 'fi')} päättää tapauksen, vaikka kesken on vielä: {lost[0]}",
            en=f"{_moved(study, move, 'en')} ends the case while this is still open: {lost[1]}",
            hint=(
                "yhdistä haarat (`join`) ennen loppua",
                "bring the branches together (`join`) before the end",
            ),
            course=_way(study, swept.situation, swept.event),
        )


@_over_courses
def call_cancelled(study: Study) -> Iterator[Finding]:
    """Find moves of another branch that cut off a process that is running inside a call."""
    machine = study.machine
    seen: set[tuple[str, int]] = set()
    for swept in study.courses.found.swept:
        for place in sorted(swept.lost & machine.called.keys()):
            call = machine.net.places[place]
            if call.scope != 0 or (swept.move.net.name, place) in seen:
                continue
            seen.add((swept.move.net.name, place))
            told = name(study.definition.states[call.state or ""])
            yield finding(
                "call-cancelled",
                "error",
                _where(study, swept.move),
                fi=f"{_moved(study, swept.move, 'fi')} voi katkaista kesken olevan prosessin {told.fi}",
                en=f"{_moved(study, swept.move, 'en')} can cut off the process running in {told.en}",
                hint=(
                    "yhdistä haarat ennen kutsua tai anna luovutukselle oma `else`",
                    "join the branches before the call, or give the hand-off its own `else`",
                ),
                course=_way(study, swept.situation, swept.event),
            )


@_over_courses
def no_way_to_end(study: Study) -> Iterator[Finding]:
    """Find situations from which no end can be reached: the client is lost there (P1)."""
    courses = study.courses
    if not courses.complete:
        return
    completing = courses.leading_to(courses.is_final)
    lost = [situation for situation in courses.before if situation not in completing]
    # Where nothing can happen at all is told; what leads there only through it is not told again.
    stuck = [situation for situation in lost if not courses.next[situation]] or lost[:1]
    seen: set[frozenset[int]] = set()
    for situation in stuck:
        if situation.marking in seen:
            continue
        seen.add(situation.marking)
        places = _places(study, situation.marking)
        known = _fixed(study, situation)
        yield finding(
            "no-way-to-end",
            "error",
            _where_marked(study, situation),
            fi=f"täältä ei pääse mihinkään loppuun: {places[0]}{known[0]}",
            en=f"no end can be reached from here: {places[1]}{known[1]}",
            hint=(
                "lisää siirtymä, joka on tällöin mahdollinen",
                "add a transition that is possible then",
            ),
            course=_way(study, situation),
        )


def _fixed(study: Study, situation: Situation) -> tuple[str, str]:
    """Return the facts that cannot change in a situation, in words."""
    courses = study.courses
    fixed = {
        study.machine.slots[number].name: value
        for number, value in zip(courses.tracked, situation.facts, strict=True)
        if number not in courses.changeable(situation.marking, situation.left)
        and study.machine.slots[number].scope == 0
        and not isinstance(value, tuple)
    }
    told = valuation(study.definition, fixed)
    return (f", kun {told.fi}", f", when {told.en}") if fixed else ("", "")


@_over_courses
def dead_transition(study: Study) -> Iterator[Finding]:
    """Find transitions that no case can ever take; says what keeps them from it."""
    courses, definition = study.courses, study.definition
    if not courses.complete:
        return
    blocked = {entry.move.net.name for entry in courses.found.blocked}
    forked = {
        arrow.transition.id
        for move in study.machine.moves
        if move.net.kind == "fork" and move.net.scope == 0 and move.net.name in courses.found.fired
        for arrow in move.net.arrows
    }
    marked = {place for situation in courses.before for place in situation.marking}
    for transition in definition.transitions.values():
        sources = transition.sources or tuple(definition.states)
        if transition.id in courses.found.fired | forked or not study.reachable & set(sources):
            continue  # what leaves only unreachable states is said of those
        moves = [m for m in study.machine.moves if m.net.name == transition.id]
        met = any(move.net.inputs <= marked for move in moves)
        if transition.id in blocked:
            why = ("sen kohde on aina varattu", "its target is always taken")
        elif met and transition.guard is not None:
            why = (
                f"sen ehto ei voi toteutua siellä, mistä se lähtee: {transition.guard.strip()}",
                f"its guard cannot be true where it starts: {transition.guard.strip()}",
            )
        else:
            why = (
                "tapaus ei koskaan ole siellä, mistä se lähtee",
                "no case is ever where it starts",
            )
        told = name(transition)
        yield finding(
            "dead-transition",
            "error",
            definition.origin.where("transitions", transition.id),
            fi=f"siirtymää {told.fi} ei voi tehdä kukaan koskaan: {why[0]}",
            en=f"nobody can ever take the transition {told.en}: {why[1]}",
        )


@_over_courses
def from_ambiguous(study: Study) -> Iterator[Finding]:
    """Find transitions two sources of which can be marked together: a call must then say which."""
    machine, definition = study.machine, study.definition
    places: dict[str, set[int]] = {}
    for move in machine.moves:
        transition = move.transition
        if transition is None or move.net.scope != 0 or move.net.kind != "transition":
            continue
        if len(transition.sources) > 1 and not transition.interrupt:
            places.setdefault(transition.id, set()).update(move.net.inputs)
    for ambiguous, sources in places.items():
        for situation in study.courses.before:
            together = sources & situation.marking
            if len(together) > 1:
                told, where = name(definition.transitions[ambiguous]), _places(study, together)
                yield finding(
                    "from-ambiguous",
                    "warning",
                    definition.origin.where("transitions", ambiguous, "from"),
                    fi=f"siirtymän {told.fi} lähtötiloista voi olla voimassa useampi yhtä aikaa: "
                    f"{where[0]}; tekijän on kerrottava, kumpaa tarkoittaa",
                    en=f"more than one source of {told.en} can be marked at once: {where[1]}; who "
                    "acts must name one",
                    course=_way(study, situation),
                )
                break


@_over_courses
def handoff_in_branch(study: Study) -> Iterator[Finding]:
    """Find hand-offs without ``else`` where other branches can be open: a decline cancels those."""
    definition, machine = study.definition, study.machine
    offered = {
        place.number: definition.transitions[place.transition or ""]
        for place in machine.net.places
        if place.kind == "offered" and place.scope == 0
    }
    told: set[str] = set()
    for situation in study.courses.before:
        for place in sorted(offered.keys() & situation.marking):
            transition, handoff = offered[place], offered[place].handoff
            others = {
                p for p in situation.marking if machine.net.places[p].scope == 0 and p != place
            }
            if not others or handoff is None or handoff.otherwise or transition.id in told:
                continue
            told.add(transition.id)
            words, open_ = name(transition), _places(study, others)
            yield finding(
                "handoff-in-branch",
                "warning",
                definition.origin.where("transitions", transition.id, "handoff"),
                fi=f"jos luovutusta {words.fi} ei oteta vastaan, myös muut haarat peruuntuvat: "
                f"{open_[0]}",
                en=f"if the hand-off {words.en} is declined, other branches are cancelled too: "
                f"{open_[1]}",
                hint=(
                    "anna luovutukselle `else`: se siirtää vain oman haaransa",
                    "give the hand-off an `else`: it moves only its own branch",
                ),
                course=_way(study, situation),
            )


@_over_courses
def choice_waits(study: Study) -> Iterator[Finding]:
    """Find choices at which a fact they need may not be known yet (E4): the case waits for it."""
    machine = study.machine
    asked: dict[int, dict[str, None]] = {}
    first: dict[int, Waits] = {}
    for waits in study.courses.found.waits:
        if machine.net.places[waits.place].scope == 0:
            first.setdefault(waits.place, waits)
            asked.setdefault(waits.place, {}).update(dict.fromkeys(waits.asks))
    for place, facts in asked.items():
        definition, waits = study.definition, first[place]
        state = definition.states[machine.net.places[place].state or ""]
        told = name(state)
        known = names((definition.facts.get(f) or definition.info[f]) for f in facts)
        yield finding(
            "choice-waits",
            "warning",
            definition.origin.where("states", state.id),
            fi=f"kun tullaan tilaan {told.fi}, voi olla kirjaamatta: {known.fi}; tapaus odottaa, "
            "kunnes se kirjataan",
            en=f"on coming to {told.en} this may not be known: {known.en}; the case waits until it "
            "is recorded",
            hint=(
                "vaadi tieto jo siirtymän ehdossa (`has(…)`) tai anna sille `default`",
                "ask for it in the guard of the transition before (`has(…)`), or give a `default`",
            ),
            course=_way(study, waits.situation, waits.event),
        )


# ---- words and places


def _is_interrupt(move: Move) -> bool:
    return move.net.kind == "transition" and bool(move.transition and move.transition.interrupt)


def _where(study: Study, move: Move) -> Where:
    """Return the place of what a move belongs to: a transition, or the state of a fork or call."""
    scope = study.machine.net.scopes[move.net.scope]
    if scope.number == 0 and move.transition is not None:
        return study.definition.origin.where("transitions", move.transition.id)
    place = study.machine.net.places[min(move.net.inputs)]
    state = place.name.split("/")[0].split(".")[0]
    return study.definition.origin.where("states", state)


def _where_marked(study: Study, situation: Situation) -> Where:
    place = study.machine.net.places[min(situation.marking)]
    if place.kind in {"offered", "arrived"} and place.scope == 0:
        return study.definition.origin.where("transitions", place.transition or "")
    return study.definition.origin.where("states", place.name.split("/")[0].split(".")[0])


def _moved(study: Study, move: Move, language: str) -> str:
    scope = study.machine.net.scopes[move.net.scope].definition
    if move.transition is None:
        local = move.net.name.rsplit("/", 1)[-1].split(".")[0]
        return name(scope.states[local]).text(language)
    return name(scope.transitions[move.transition.id]).text(language)


def _places(study: Study, places: Iterable[int]) -> tuple[str, str]:
    every = [place_name(study.machine, place) for place in sorted(places)]
    return ", ".join(one.fi for one in every), ", ".join(one.en for one in every)


def _way(
    study: Study, situation: Situation, last: Event | None = None, tried: Move | None = None
) -> tuple[Step, ...]:
    """Return the shortest course to a situation, and one event or a stopped move after it."""
    way = study.courses.way_to(situation)
    if last is not None:
        marking = situation.marking
        for move in last.moves:
            marking = (marking - move.net.inputs - move.net.resets) | move.net.outputs
        way = (*way, (last, Situation(marking, ())))
    return steps(study.machine, way, tried)
