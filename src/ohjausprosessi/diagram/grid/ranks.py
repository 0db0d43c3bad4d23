"""Columns inside one phase: the longest path, after the edges that close a cycle are dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagram.grid.pairs import Pair
    from ohjausprosessi.model import Definition

_FAN_ROW = 5


def phase_ranks(
    definition: Definition,
    members: list[str],
    pairs: list[Pair],
    fed: frozenset[str],
    fans: Mapping[str, tuple[str, ...]],
) -> dict[str, int]:
    """The column of each state of a phase, from 0.

    A state stands to the right of its predecessors in its own lane, and not to the left of those in
    other lanes. The start shares the column of what follows it. The targets of a fan stand side by
    side.

    Args:
        definition: the process.
        members: the states of the phase.
        pairs: every pair of source and target.
        fed: the states that many states of their own phase lead to; steps between them are ignored.
        fans: the choices with many branches, and the targets of these.
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
    """The steps without those that close a cycle: within one, only steps away from the entry remain."""
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
    """For each target of a fan, the target of the same lane it stands to the right of."""
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
    """Move the shorter rows of a fan to the right, unless something follows them."""
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
