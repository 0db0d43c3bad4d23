"""Columns inside one phase: the longest path, cycles cut where they lead back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ohjausprosessi.model import arrows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ohjausprosessi.model import Definition, Transition

FAN = 4
_FED = 4
_FAN_ROW = 5


class Pair(NamedTuple):
    """One way from a state to a state.

    Attributes:
        transition: the transition.
        source: the state it leaves.
        target: the state it leads to.
        handoff: whether the client passes to another organisation.
        answered: whether the receiver must acknowledge.
    """

    transition: Transition
    source: str
    target: str
    handoff: bool
    answered: bool


def ordinary_pairs(definition: Definition) -> list[Pair]:
    """Return every pair of source and target in file order; interrupts have none."""
    return [
        Pair(transition, arrow.source, transition.to, arrow.is_handoff, arrow.opens)
        for transition in definition.transitions.values()
        if not transition.interrupt
        for arrow in arrows(definition, transition)
        if arrow.source is not None
    ]


def fed_targets(
    pairs: Iterable[Pair], standing: list[str], phase: Mapping[str, str | None]
) -> frozenset[str]:
    """Return the states that four or more states of their own phase feed.

    Only transitions with several sources count: what they mean is "from anywhere in this phase".
    """
    inside: dict[str, set[str]] = {state: set() for state in standing}
    if len(set(phase.values())) < 2:  # noqa: PLR2004  without phases there is no "own phase"
        return frozenset()
    for pair in pairs:
        several = len(pair.transition.sources) > 1
        if several and pair.target in inside and phase.get(pair.source) == phase[pair.target]:
            inside[pair.target].add(pair.source)
    return frozenset(state for state, sources in inside.items() if len(sources) >= _FED)


def phase_ranks(
    definition: Definition,
    members: list[str],
    pairs: list[Pair],
    fed: frozenset[str],
    fans: Mapping[str, tuple[str, ...]],
) -> dict[str, int]:
    """Return the column of each state of a phase, from 0.

    A state stands right of those before it in its own lane, and not left of those before it in
    others. The start shares the column of what follows it. The goals of a fan stand side by side.
    """
    inside = set(members)
    steps = list(
        dict.fromkeys(
            (pair.source, pair.target)
            for pair in pairs
            if pair.source in inside
            and pair.target in inside
            and not (pair.source in fed and pair.target in fed)
        )
    )
    entered = [
        state
        for state in members
        if state == definition.start
        or any(p.target == state and p.source not in inside for p in pairs)
    ]
    forward = _acyclic(members, steps, entered)
    chained = _chains(definition, inside, fans)
    ranks = _longest(definition, members, forward, chained)
    for targets in fans.values():
        _align_right(definition, [t for t in targets if t in inside], forward, ranks)
    least = min(ranks.values())
    return {state: rank - least for state, rank in ranks.items()}


def _acyclic(
    members: list[str], steps: list[tuple[str, str]], entered: list[str]
) -> list[tuple[str, str]]:
    """Return the steps that lead on: all but those that close a cycle, judged by distance."""
    after: dict[str, list[str]] = {state: [] for state in members}
    for source, target in steps:
        after[source].append(target)
    order = _breadth_first(after, [*entered, *members])
    reach = {state: _reachable(after, state) for state in members}
    return [
        (source, target)
        for source, target in steps
        if source not in reach[target] or order[source] < order[target]
    ]


def _breadth_first(after: Mapping[str, list[str]], roots: list[str]) -> dict[str, int]:
    queue = list(dict.fromkeys(roots[: max(1, len(roots) - len(after))]))
    order = {state: n for n, state in enumerate(queue)}
    for root in (None, *roots):
        if root is not None and root not in order:
            order[root] = len(order)
            queue.append(root)
        while queue:
            for target in after[queue.pop(0)]:
                if target not in order:
                    order[target] = len(order)
                    queue.append(target)
    return order


def _reachable(after: Mapping[str, list[str]], state: str) -> set[str]:
    found: set[str] = set()
    stack = [state]
    while stack:
        for target in after[stack.pop()]:
            if target not in found:
                found.add(target)
                stack.append(target)
    return found


def _chains(
    definition: Definition, inside: set[str], fans: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Return for the goals of a fan the goal of their lane they stand right of."""
    chained: dict[str, str] = {}
    for targets in fans.values():
        last: dict[str, list[str]] = {}
        for target in targets:
            if target in inside:
                row = last.setdefault(definition.states[target].owner, [])
                if len(row) % _FAN_ROW:
                    chained[target] = row[-1]
                row.append(target)
    return chained


def _longest(
    definition: Definition,
    members: list[str],
    forward: list[tuple[str, str]],
    chained: Mapping[str, str],
) -> dict[str, int]:
    before: dict[str, list[str]] = {state: [] for state in members}
    for source, target in forward:
        before[target].append(source)
    for target, source in chained.items():
        if source not in before[target]:
            before[target].append(source)
    lane = {state: definition.states[state].owner for state in members}
    lane[definition.start] = ""
    ranks: dict[str, int] = {}
    furthest: dict[str, dict[str, int]] = {}
    for state in _topological(members, before):
        lanes: dict[str, int] = {}
        for source in before[state]:
            for name, rank in furthest.get(source, {}).items():
                lanes[name] = max(lanes.get(name, 0), rank)
        ranks[state] = max([0, lanes.get(lane[state], -1) + 1, *lanes.values()])
        furthest[state] = {**lanes, lane[state]: ranks[state]}
    return ranks


def _topological(members: list[str], before: Mapping[str, list[str]]) -> list[str]:
    placed: dict[str, None] = {}
    while len(placed) < len(members):
        ready = [s for s in members if s not in placed and all(b in placed for b in before[s])]
        for state in ready or [next(s for s in members if s not in placed)]:
            placed[state] = None
    return list(placed)


def _align_right(
    definition: Definition,
    targets: list[str],
    forward: list[tuple[str, str]],
    ranks: dict[str, int],
) -> None:
    """Move the goals of a fan in shorter rows to the right, unless something follows them."""
    if not targets:
        return
    followed = {source for source, target in forward if ranks[target] >= ranks[source]}
    furthest = max(ranks[target] for target in targets)
    for owner in dict.fromkeys(definition.states[t].owner for t in targets):
        row = [t for t in targets if definition.states[t].owner == owner]
        if not followed & set(row):
            shift = furthest - max(ranks[t] for t in row)
            for target in row:
                ranks[target] += shift
