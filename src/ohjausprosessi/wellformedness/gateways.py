"""Gateways, which are left automatically: choices, forks and joins (SEMANTICS E2–E4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model.naming import kind, listed, name
from ohjausprosessi.wellformedness.problem import problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.diagnostics import Finding
    from ohjausprosessi.model import Definition, State, Transition

AUTOMATIC = frozenset({"choice", "fork", "join"})


def _of_kind(definition: Definition, wanted: str) -> Iterator[State]:
    return (state for state in definition.states.values() if state.kind == wanted)


def automatic_by(definition: Definition) -> Iterator[Finding]:
    """Find ``by`` and ``after`` on exits of gateways, and ``after`` on exits of calls.

    A gateway is left at once, a call when the process inside it ends.
    """
    for transition in definition.transitions.values():
        if transition.interrupt:
            continue
        sources = [definition.states[source] for source in transition.sources]
        automatic = [source for source in sources if source.kind in AUTOMATIC]
        timeless = [source for source in sources if source.kind in {*AUTOMATIC, "call"}]
        if transition.by and automatic:
            yield _moves_itself(definition, transition, automatic, "by")
        if transition.after and timeless:
            yield _moves_itself(definition, transition, timeless, "after")


def _moves_itself(
    definition: Definition, transition: Transition, sources: list[State], key: str
) -> Finding:
    way, told = name(transition), listed(sources)
    return problem(
        definition,
        "automatic-by",
        *("transitions", transition.id, key),
        message=Text(
            f"siirtymä {way.fi} lähtee paikasta, jossa ei odoteta ketään eikä mitään ({told.fi}), "
            f"joten sillä ei voi olla kohtaa `{key}`",
            f"the transition {way.en} leaves a place that waits neither for people nor for time "
            f"({told.en}), so it cannot have `{key}`",
        ),
        hint=Text(
            f"poista `{key}`; jos jonkun pitää päättää tai jotakin odottaa, lisää väliin odottava "
            "tila",
            f"remove `{key}`; if somebody has to decide or something has to wait, put a waiting "
            "state in between",
        ),
    )


def choice_else(definition: Definition) -> Iterator[Finding]:
    """Find a second exit without ``if``, of a choice or of one outcome of a call without ``by``."""
    for choice in _of_kind(definition, "choice"):
        yield from _second_else(definition, choice, definition.exits(choice.id), None)
    for call, called in definition.calls.items():
        automatic = [exit_ for exit_ in definition.exits(call) if not exit_.by]
        for outcome in called.outcomes:
            exits = tuple(exit_ for exit_ in automatic if outcome in exit_.outcomes)
            yield from _second_else(definition, definition.states[call], exits, outcome)


def _second_else(
    definition: Definition, state: State, exits: tuple[Transition, ...], outcome: str | None
) -> Iterator[Finding]:
    without = [exit_ for exit_ in exits if exit_.guard is None]
    if len(without) < 2:  # noqa: PLR2004  the second is the problem
        return
    ways, told = listed(without), name(state)
    result_fi = "" if outcome is None else f" tuloksella {outcome}"
    result_en = "" if outcome is None else f" with the outcome {outcome}"
    yield problem(
        definition,
        "choice-else",
        *("transitions", without[1].id),
        message=Text(
            f"paikasta {told.fi}{result_fi} lähtee useampi siirtymä ilman ehtoa: {ways.fi}",
            f"more than one transition leaves {told.en}{result_en} without a condition: {ways.en}",
        ),
        hint=Text(
            "lisää `if` kaikkiin muihin paitsi siihen, jota kuljetaan, kun mikään ehto ei toteudu",
            "add `if` to all but the one that is taken when no condition is true",
        ),
    )


def fork_exits(definition: Definition) -> Iterator[Finding]:
    """Find forks that do not start all their branches at once (E3)."""
    for fork in _of_kind(definition, "fork"):
        exits = definition.exits(fork.id)
        yield from _too_few_branches(definition, fork, len(exits))
        yield from _same_target(definition, fork, exits)
        for branch in exits:
            yield from _branch_into_end(definition, fork, branch)
            for keys in _conditions(branch, with_set=True):
                yield _unconditional(definition, "fork-exits", fork, branch, keys)


def _too_few_branches(definition: Definition, fork: State, count: int) -> Iterator[Finding]:
    if count < 2:  # noqa: PLR2004  a fork has two branches at least
        told = name(fork)
        yield problem(
            definition,
            "fork-exits",
            *("states", fork.id),
            message=Text(
                f"haarautumisesta {told.fi} pitää lähteä vähintään kaksi siirtymää, niitä on "
                f"{count}",
                f"the fork {told.en} must have at least two exits, it has {count}",
            ),
            hint=Text(
                "lisää siirtymä joka haaraan, tai poista haarautuminen",
                "add a transition into each branch, or remove the fork",
            ),
        )


def _same_target(
    definition: Definition, fork: State, exits: tuple[Transition, ...]
) -> Iterator[Finding]:
    first: dict[str, Transition] = {}
    for branch in exits:
        other = first.setdefault(branch.to, branch)
        if other is not branch:
            told, both = name(fork), listed([other, branch])
            target = name(definition.states[branch.to])
            yield problem(
                definition,
                "fork-exits",
                *("transitions", branch.id, "to"),
                message=Text(
                    f"haarautumisesta {told.fi} vie kaksi siirtymää samaan paikkaan {target.fi}: "
                    f"{both.fi}",
                    f"two transitions lead from the fork {told.en} to the same place {target.en}: "
                    f"{both.en}",
                ),
                hint=Text("vie haarat eri paikkoihin", "lead the branches to different places"),
            )


def _branch_into_end(definition: Definition, fork: State, branch: Transition) -> Iterator[Finding]:
    target = definition.states[branch.to]
    if target.kind == "end":
        told, way, end = name(fork), name(branch), name(target)
        yield problem(
            definition,
            "fork-exits",
            *("transitions", branch.id, "to"),
            message=Text(
                f"siirtymä {way.fi} vie haarautumisesta {told.fi} suoraan loppuun {end.fi}, "
                f"jolloin "
                "muut haarat katkeaisivat heti",
                f"the transition {way.en} leads from the fork {told.en} straight into the end "
                f"{end.en}, which would cut off the other branches at once",
            ),
            hint=Text(
                "vie haara odottavaan tilaan ja yhdistä haarat ennen loppua",
                "lead the branch to a waiting state, and join the branches before the end",
            ),
        )


def _conditions(transition: Transition, *, with_set: bool) -> Iterator[tuple[str, ...]]:
    """Yield the path of each key that makes a transition conditional, or records facts."""
    if transition.guard is not None:
        yield ("if",)
    if with_set and transition.sets:
        yield ("set",)
    if transition.handoff is not None and transition.handoff.info:
        yield ("handoff", "info")


def _unconditional(
    definition: Definition,
    code: str,
    gateway: State,
    transition: Transition,
    keys: tuple[str, ...],
) -> Finding:
    way, told, sort = name(transition), name(gateway), kind(gateway)
    key = ".".join(keys)
    return problem(
        definition,
        code,
        *("transitions", transition.id, *keys),
        message=Text(
            f"siirtymällä {way.fi} on `{key}`, mutta {told.fi} on {sort.fi}: siitä lähdetään aina",
            f"the transition {way.en} has `{key}`, but {told.en} is {sort.en}, which is always "
            f"left "
            "at once",
        ),
        hint=Text(
            f"siirrä `{key}` toiseen siirtymään ennen tätä tai tämän jälkeen",
            f"move `{key}` to another transition before or after this one",
        ),
    )


def join_exits(definition: Definition) -> Iterator[Finding]:
    """Find joins that do not merge several branches into one (E3)."""
    for join in _of_kind(definition, "join"):
        told = name(join)
        entries, exits = definition.entries(join.id), definition.exits(join.id)
        if len(entries) < 2:  # noqa: PLR2004  a join merges two branches at least
            yield problem(
                definition,
                "join-exits",
                *("states", join.id),
                message=Text(
                    f"yhdistymiseen {told.fi} pitää tulla vähintään kaksi siirtymää, niitä on "
                    f"{len(entries)}",
                    f"the join {told.en} must have at least two transitions into it, it has "
                    f"{len(entries)}",
                ),
                hint=Text(
                    "vie siihen siirtymä joka haarasta, tai poista yhdistyminen",
                    "lead a transition to it from each branch, or remove the join",
                ),
            )
        if len(exits) != 1:
            yield problem(
                definition,
                "join-exits",
                *("states", join.id),
                message=Text(
                    f"yhdistymisestä {told.fi} pitää lähteä tasan yksi siirtymä, niitä on "
                    f"{len(exits)}",
                    f"the join {told.en} must have exactly one exit, it has {len(exits)}",
                ),
                hint=Text(
                    "jätä yksi siirtymä; jos jatko riippuu jostakin, vie se valintaan",
                    "keep one transition; if what follows depends on something, lead it to a "
                    "choice",
                ),
            )
        for way in exits:
            for keys in _conditions(way, with_set=False):
                yield _unconditional(definition, "join-exits", join, way, keys)


def gateway_list(definition: Definition) -> Iterator[Finding]:
    """Find forks and joins in a list of several sources."""
    for transition in definition.transitions.values():
        if transition.interrupt or len(transition.sources) < 2:  # noqa: PLR2004  a list has two
            continue
        sources = [definition.states[source] for source in transition.sources]
        if gateways := [source for source in sources if source.kind in {"fork", "join"}]:
            way, told, sort = name(transition), listed(gateways), kind(gateways[0])
            yield problem(
                definition,
                "gateway-list",
                *("transitions", transition.id, "from", str(sources.index(gateways[0]))),
                message=Text(
                    f"siirtymän {way.fi} lähtöjen luettelossa on {sort.fi}: {told.fi}",
                    f"the transition {way.en} lists {sort.en} among the places it leaves: "
                    f"{told.en}",
                ),
                hint=Text(
                    "kirjoita haarautumisesta tai yhdistymisestä lähtevä siirtymä erikseen",
                    "write a separate transition for the fork or join",
                ),
            )
