"""Checks of every course a case can take: where a client could be lost or cut off (SEMANTICS §12).

They read ``StateSpace``: guards and ``set`` count, so a way that no client can go is no counterexample.
Each finding has the shortest course that shows it, event by event as the engine accepts them.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model.naming import name
from ohjausprosessi.verify.state_space.symbolic_step import SymbolicState
from ohjausprosessi.verify.state_space.wording import names, place_name, steps, valuation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ohjausprosessi.diagnostics import Location, Step
    from ohjausprosessi.net import Move
    from ohjausprosessi.verify.state_space.analysis import AnalysisContext
    from ohjausprosessi.verify.state_space.state_space import Blocked, Waits
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicEvent

    Check = Callable[[AnalysisContext], Iterator[Finding]]


def _over_courses(check: Check) -> Check:
    """Let a check look at the courses only where it is not plain without that they are right."""

    @wraps(check)
    def look(analysis: AnalysisContext) -> Iterator[Finding]:
        if not analysis.is_plainly_sound:
            yield from check(analysis)

    return look


@_over_courses
def undecided(analysis: AnalysisContext) -> Iterator[Finding]:
    """Say so where there are more situations than the budget lets be seen."""
    if not analysis.state_space.complete:
        seen = len(analysis.state_space.before)
        yield Finding.warning(
            "undecided",
            analysis.definition.origin.location("states"),
            Text(
                f"tilanteita on niin paljon, ettei kaikkia voitu käydä läpi ({seen} nähtiin): "
                "se, mitä ei löytynyt, voi silti olla",
                f"there are too many situations to look at all of them ({seen} were seen): what "
                f"was "
                "not found may still be there",
            ),
            Text(
                "vähennä yhtä aikaa avoimia haaroja ja ehtojen lukemia tietoja, tai siirrä osa "
                "kutsuttuun prosessiin",
                "reduce the parallel branches and the facts that guards read, or move a part into "
                "a called process",
            ),
        )


@_over_courses
def unsafe(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find moves that can be stopped because the place they lead to is taken (N5)."""
    seen: set[str] = set()
    for blocked in analysis.state_space.found.blocked:
        move = blocked.move
        if move.net.name in seen:
            continue
        seen.add(move.net.name)
        place = place_name(analysis.compiled, blocked.place)
        yield Finding.error(
            "unsafe",
            _where(analysis, move),
            Text(
                f"{_moved(analysis, move, 'fi')} voi jäädä odottamaan: {place.fi} on jo varattu "
                f"toisen "
                "haaran asiakkaalle",
                f"{_moved(analysis, move, 'en')} can be stopped: {place.en} is taken by another "
                f"branch",
            ),
            Text(
                "yhdistä haarat (`join`) ennen samaa tilaa",
                "bring the branches together (`join`) before they meet in one state",
            ),
            counterexample=_way_to_blocked(analysis, blocked),
        )


def _way_to_blocked(analysis: AnalysisContext, blocked: Blocked) -> tuple[Step, ...]:
    """Return the way to a stopped move: with an event it comes after, or itself as tried."""
    event, move = blocked.event, blocked.move
    if event.moves:
        return _way(analysis, blocked.symbolic_state, event)
    return _way(analysis, blocked.symbolic_state, tried=move)


@_over_courses
def improper_completion(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find ends that are entered while something else is still open (P1)."""
    seen: set[str] = set()
    for swept in analysis.state_space.found.swept:
        move = swept.move
        if not move.net.ends or _is_interrupt(move) or move.net.name in seen:
            continue
        seen.add(move.net.name)
        lost = _places(analysis, swept.lost)
        yield Finding.error(
            "improper-completion",
            _where(analysis, move),
            Text(
                f"{_moved(analysis, move, 'fi')} päättää tapauksen, vaikka kesken on vielä: "
                f"{lost[0]}",
                f"{_moved(analysis, move, 'en')} ends the case while this is still open: {lost[1]}",
            ),
            Text(
                "yhdistä haarat (`join`) ennen loppua",
                "bring the branches together (`join`) before the end",
            ),
            counterexample=_way(analysis, swept.symbolic_state, swept.event),
        )


@_over_courses
def call_cancelled(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find moves of another branch that cut off a process that is running inside a call."""
    compiled = analysis.compiled
    seen: set[tuple[str, int]] = set()
    for swept in analysis.state_space.found.swept:
        for place in sorted(swept.lost & compiled.called.keys()):
            call = compiled.net.places[place]
            if call.scope != 0 or (swept.move.net.name, place) in seen:
                continue
            seen.add((swept.move.net.name, place))
            told = name(analysis.definition.states[call.state or ""])
            yield Finding.error(
                "call-cancelled",
                _where(analysis, swept.move),
                Text(
                    f"{_moved(analysis, swept.move, 'fi')} voi katkaista kesken olevan prosessin "
                    f"{told.fi}",
                    f"{_moved(analysis, swept.move, 'en')} can cut off the process running in "
                    f"{told.en}",
                ),
                Text(
                    "yhdistä haarat ennen kutsua tai anna luovutukselle oma `else`",
                    "join the branches before the call, or give the hand-off its own `else`",
                ),
                counterexample=_way(analysis, swept.symbolic_state, swept.event),
            )


@_over_courses
def no_way_to_end(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find situations from which no end can be reached: the client is lost there (P1)."""
    state_space = analysis.state_space
    if not state_space.complete:
        return
    completing = state_space.leading_to(state_space.is_final)
    lost = [
        symbolic_state for symbolic_state in state_space.before if symbolic_state not in completing
    ]
    # Where nothing can happen at all is told; what leads there only through it is not told again.
    stuck = [
        symbolic_state for symbolic_state in lost if not state_space.next[symbolic_state]
    ] or lost[:1]
    seen: set[frozenset[int]] = set()
    for symbolic_state in stuck:
        if symbolic_state.marking in seen:
            continue
        seen.add(symbolic_state.marking)
        places = _places(analysis, symbolic_state.marking)
        known = _fixed(analysis, symbolic_state)
        yield Finding.error(
            "no-way-to-end",
            _where_marked(analysis, symbolic_state),
            Text(
                f"täältä ei pääse mihinkään loppuun: {places[0]}{known[0]}",
                f"no end can be reached from here: {places[1]}{known[1]}",
            ),
            Text(
                "lisää siirtymä, joka on tällöin mahdollinen",
                "add a transition that is possible then",
            ),
            counterexample=_way(analysis, symbolic_state),
        )


def _fixed(analysis: AnalysisContext, symbolic_state: SymbolicState) -> tuple[str, str]:
    """Return the facts that cannot change in a situation, in words."""
    state_space = analysis.state_space
    fixed = {
        analysis.compiled.slots[number].name: value
        for number, value in zip(state_space.tracked, symbolic_state.facts, strict=True)
        if number not in state_space.changeable(symbolic_state.marking, symbolic_state.left)
        and analysis.compiled.slots[number].scope == 0
        and not isinstance(value, tuple)
    }
    told = valuation(analysis.definition, fixed)
    return (f", kun {told.fi}", f", when {told.en}") if fixed else ("", "")


@_over_courses
def dead_transition(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find transitions that no case can ever take; says what keeps them from it."""
    state_space, definition = analysis.state_space, analysis.definition
    if not state_space.complete:
        return
    blocked = {entry.move.net.name for entry in state_space.found.blocked}
    forked = {
        arrow.transition.id
        for move in analysis.compiled.moves
        if move.net.kind == "fork"
        and move.net.scope == 0
        and move.net.name in state_space.found.fired
        for arrow in move.net.arrows
    }
    marked = {place for symbolic_state in state_space.before for place in symbolic_state.marking}
    for transition in definition.transitions.values():
        sources = transition.sources or tuple(definition.states)
        if transition.id in state_space.found.fired | forked or not analysis.reachable & set(
            sources
        ):
            continue  # what leaves only unreachable states is said of those
        moves = [m for m in analysis.compiled.moves if m.net.name == transition.id]
        met = any(move.net.inputs <= marked for move in moves)
        if transition.id in blocked:
            why = ("sen kohde on aina varattu", "its target is always taken")
            hint = Text(
                "vie siirtymä muualle, tai yhdistä haarat (`join`) ennen sitä",
                "lead it elsewhere, or bring the branches together (`join`) before it",
            )
        elif met and transition.guard is not None:
            why = (
                f"sen ehto ei voi toteutua siellä, mistä se lähtee: {transition.guard.strip()}",
                f"its guard cannot be true where it starts: {transition.guard.strip()}",
            )
            hint = Text(
                "korjaa ehto tai `from`, tai poista siirtymä",
                "correct the guard or `from`, or remove the transition",
            )
        else:
            why = (
                "tapaus ei koskaan ole siellä, mistä se lähtee",
                "no case is ever where it starts",
            )
            hint = Text(
                "korjaa `from`, tee lähtöön tie, tai poista siirtymä",
                "correct `from`, make a way to where it starts, or remove the transition",
            )
        told = name(transition)
        yield Finding.error(
            "dead-transition",
            definition.origin.location("transitions", transition.id),
            Text(
                f"siirtymää {told.fi} ei voi tehdä kukaan koskaan: {why[0]}",
                f"nobody can ever take the transition {told.en}: {why[1]}",
            ),
            hint,
        )


@_over_courses
def from_ambiguous(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find transitions two sources of which can be marked together: a call must then say which."""
    compiled, definition = analysis.compiled, analysis.definition
    places: dict[str, set[int]] = {}
    for move in compiled.moves:
        transition = move.transition
        if transition is None or move.net.scope != 0 or move.net.kind != "transition":
            continue
        if len(transition.sources) > 1 and not transition.interrupt:
            places.setdefault(transition.id, set()).update(move.net.inputs)
    for ambiguous, sources in places.items():
        for symbolic_state in analysis.state_space.before:
            together = sources & symbolic_state.marking
            if len(together) > 1:
                told, location = (
                    name(definition.transitions[ambiguous]),
                    _places(analysis, together),
                )
                yield Finding.warning(
                    "from-ambiguous",
                    definition.origin.location("transitions", ambiguous, "from"),
                    Text(
                        f"siirtymän {told.fi} lähtötiloista voi olla voimassa useampi yhtä aikaa: "
                        f"{location[0]}; tekijän on kerrottava, kumpaa tarkoittaa",
                        f"more than one source of {told.en} can be marked at once: {location[1]}; "
                        f"who "
                        "acts must name one",
                    ),
                    Text(
                        "tee siirtymä erikseen kummastakin lähtötilasta, tai anna tekijän valita "
                        "(`state`)",
                        "write one transition per source, or let those who act choose (`state`)",
                    ),
                    counterexample=_way(analysis, symbolic_state),
                )
                break


@_over_courses
def handoff_in_branch(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find hand-offs without ``else`` where other branches can be open: a decline cancels those."""
    definition, compiled = analysis.definition, analysis.compiled
    offered = {
        place.number: definition.transitions[place.transition or ""]
        for place in compiled.net.places
        if place.kind == "offered" and place.scope == 0
    }
    told: set[str] = set()
    for symbolic_state in analysis.state_space.before:
        for place in sorted(offered.keys() & symbolic_state.marking):
            transition, handoff = offered[place], offered[place].handoff
            others = {
                p
                for p in symbolic_state.marking
                if compiled.net.places[p].scope == 0 and p != place
            }
            if not others or handoff is None or handoff.otherwise or transition.id in told:
                continue
            told.add(transition.id)
            words, open_ = name(transition), _places(analysis, others)
            yield Finding.warning(
                "handoff-in-branch",
                definition.origin.location("transitions", transition.id, "handoff"),
                Text(
                    f"jos luovutusta {words.fi} ei oteta vastaan, myös muut haarat peruuntuvat: "
                    f"{open_[0]}",
                    f"if the hand-off {words.en} is declined, other branches are cancelled too: "
                    f"{open_[1]}",
                ),
                Text(
                    "anna luovutukselle `else`: se siirtää vain oman haaransa",
                    "give the hand-off an `else`: it moves only its own branch",
                ),
                counterexample=_way(analysis, symbolic_state),
            )


@_over_courses
def choice_waits(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find choices at which a fact they need may not be known yet (E4): the case waits for it."""
    compiled = analysis.compiled
    asked: dict[int, dict[str, None]] = {}
    first: dict[int, Waits] = {}
    for waits in analysis.state_space.found.waits:
        if compiled.net.places[waits.place].scope == 0:
            first.setdefault(waits.place, waits)
            asked.setdefault(waits.place, {}).update(dict.fromkeys(waits.asks))
    for place, facts in asked.items():
        definition, waits = analysis.definition, first[place]
        state = definition.states[compiled.net.places[place].state or ""]
        told = name(state)
        known = names((definition.facts.get(f) or definition.info[f]) for f in facts)
        yield Finding.warning(
            "choice-waits",
            definition.origin.location("states", state.id),
            Text(
                f"kun tullaan tilaan {told.fi}, voi olla kirjaamatta: {known.fi}; tapaus odottaa, "
                "kunnes se kirjataan",
                f"on coming to {told.en} this may not be known: {known.en}; the case waits until "
                f"it "
                "is recorded",
            ),
            Text(
                "vaadi tieto jo siirtymän ehdossa (`has(…)`) tai anna sille `default`",
                "ask for it in the guard of the transition before (`has(…)`), or give a `default`",
            ),
            counterexample=_way(analysis, waits.symbolic_state, waits.event),
        )


# ---- words and places


def _is_interrupt(move: Move) -> bool:
    return move.net.kind == "transition" and bool(move.transition and move.transition.interrupt)


def _where(analysis: AnalysisContext, move: Move) -> Location:
    """Return the place of what a move belongs to: a transition, or the state of a fork or call."""
    scope = analysis.compiled.net.scopes[move.net.scope]
    if scope.number == 0 and move.transition is not None:
        return analysis.definition.origin.location("transitions", move.transition.id)
    place = analysis.compiled.net.places[min(move.net.inputs)]
    state = place.name.split("/")[0].split(".")[0]
    return analysis.definition.origin.location("states", state)


def _where_marked(analysis: AnalysisContext, symbolic_state: SymbolicState) -> Location:
    place = analysis.compiled.net.places[min(symbolic_state.marking)]
    if place.kind in {"offered", "arrived"} and place.scope == 0:
        return analysis.definition.origin.location("transitions", place.transition or "")
    return analysis.definition.origin.location("states", place.name.split("/")[0].split(".")[0])


def _moved(analysis: AnalysisContext, move: Move, lang: str) -> str:
    scope = analysis.compiled.net.scopes[move.net.scope].definition
    if move.transition is None:
        local = move.net.name.rsplit("/", 1)[-1].split(".")[0]
        return name(scope.states[local]).text(lang)
    return name(scope.transitions[move.transition.id]).text(lang)


def _places(analysis: AnalysisContext, places: Iterable[int]) -> tuple[str, str]:
    every = [place_name(analysis.compiled, place) for place in sorted(places)]
    return ", ".join(one.fi for one in every), ", ".join(one.en for one in every)


def _way(
    analysis: AnalysisContext,
    symbolic_state: SymbolicState,
    last: SymbolicEvent | None = None,
    tried: Move | None = None,
) -> tuple[Step, ...]:
    """Return the shortest course to a situation, and one event or a stopped move after it."""
    way = analysis.state_space.way_to(symbolic_state)
    if last is not None:
        marking = symbolic_state.marking
        for move in last.moves:
            marking = (marking - move.net.inputs - move.net.resets) | move.net.outputs
        way = (*way, (last, SymbolicState(marking, ())))
    return steps(analysis.compiled, way, tried)
